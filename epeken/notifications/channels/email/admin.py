"""Read-only admin pages of outgoing mail of the account pages. Never what they said."""

from django.contrib import admin

from epeken.core.admin import ReadOnlyAdmin
from epeken.notifications.channels.email.models import OutgoingMail


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyAdmin):
    list_display = ["message_id", "subject", "created_at", "sent_at", "dead_at", "reason"]
    list_filter = [("dead_at", admin.EmptyFieldListFilter), ("sent_at", admin.EmptyFieldListFilter)]
    search_fields = ["message_id", "recipient", "reason"]
    fields = ["message_id", "recipient", "subject", "created_at", "sent_at", "dead_at", "reason"]
    ordering = ["-pk"]
    show_full_result_count = False
