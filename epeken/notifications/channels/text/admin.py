"""Read-only admin page of texts on their way. Never what they said, nor the whole number."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from epeken.core.admin import ReadOnlyAdmin
from epeken.core.secret import masked
from epeken.core.web.queue import QueueFilter, QueuePage
from epeken.notifications.channels.email.admin import OUTBOX
from epeken.notifications.channels.text.models import OutgoingText


@admin.register(OutgoingText)
class OutgoingTextAdmin(QueuePage, ReadOnlyAdmin):
    queue_parts = OUTBOX
    list_display = ["number", "created_at", "sent_at", "dead_at", "reason"]
    list_filter = [QueueFilter]
    search_fields = ["message_id", "reason"]
    fields = ["number", "created_at", "useful_until", "sent_at", "dead_at", "reason", "message_id"]
    readonly_fields = ["number"]
    ordering = ["-pk"]

    @admin.display(description=_("nomor"))
    def number(self, row: OutgoingText) -> str:
        return masked(row.phone)
