"""Read-only admin pages of outgoing mail: what left, what waits, what was given up and why. Never what they said."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from epeken.core.admin import ReadOnlyAdmin
from epeken.core.web.queue import QueueFilter, QueuePage
from epeken.notifications.channels.email import admin as email
from epeken.notifications.models import NotificationDelivery


@admin.register(NotificationDelivery)
class NotificationDeliveryAdmin(QueuePage, ReadOnlyAdmin):
    queue_parts = email.OUTBOX
    list_display = ["message_id", "kind", "created_at", "sent_at", "dead_at", "reason"]
    list_filter = [QueueFilter]
    list_select_related = ["notification"]
    search_fields = ["message_id", "reason"]
    fields = ["message_id", "channel", "created_at", "sent_at", "dead_at", "reason"]
    ordering = ["-pk"]
    show_full_result_count = False

    @admin.display(description=_("jenis"))
    def kind(self, row: NotificationDelivery) -> str:
        return row.notification.kind
