"""Read-only admin pages of outgoing mail: what left, what waits, what was given up and why. Never what they said."""

from django.contrib import admin

from epeken.core.admin import ReadOnlyAdmin
from epeken.notifications.channels.email import admin as email  # noqa: F401  registers itself
from epeken.notifications.models import NotificationDelivery


@admin.register(NotificationDelivery)
class NotificationDeliveryAdmin(ReadOnlyAdmin):
    list_display = ["message_id", "kind", "created_at", "sent_at", "dead_at", "reason"]
    list_filter = [("dead_at", admin.EmptyFieldListFilter), ("sent_at", admin.EmptyFieldListFilter)]
    list_select_related = ["notification"]
    search_fields = ["message_id", "reason"]
    fields = ["message_id", "channel", "created_at", "sent_at", "dead_at", "reason"]
    ordering = ["-pk"]
    show_full_result_count = False

    @admin.display
    def kind(self, row: NotificationDelivery) -> str:
        return row.notification.kind
