"""Read-only admin pages of outgoing mail: what left, what waits, what was given up and why. Never what they said."""

from django.contrib import admin
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from epeken.core.admin import ReadOnlyAdmin
from epeken.core.web.queue import QueueFilter, QueuePage
from epeken.notifications import rendering
from epeken.notifications.breaches import admin as breaches
from epeken.notifications.channels.email import admin as email
from epeken.notifications.channels.text import admin as text  # noqa: F401  # registers itself
from epeken.notifications.models import NotificationDelivery

__all__ = ["NotificationDeliveryAdmin", "breaches", "email"]


@admin.register(NotificationDelivery)
class NotificationDeliveryAdmin(QueuePage, ReadOnlyAdmin):
    queue_parts = email.OUTBOX
    list_display = ["told", "person", "created_at", "sent_at", "dead_at", "reason"]
    list_filter = [QueueFilter]
    list_select_related = ["notification__person"]
    search_fields = ["message_id", "reason", "notification__person__name", "notification__person__email"]
    fields = ["told", "person", "message_id", "channel", "created_at", "sent_at", "dead_at", "reason"]
    readonly_fields = ["told", "person"]
    ordering = ["-pk"]

    @admin.display(description=_("judul"))
    def told(self, row: NotificationDelivery) -> str:
        return rendering.render(row.notification, get_language() or "id").title

    @admin.display(description=_("penerima"), ordering="notification__person__name")
    def person(self, row: NotificationDelivery) -> str:
        return str(row.notification.person)
