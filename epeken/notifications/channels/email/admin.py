"""Read-only admin pages of outgoing mail of the account pages. Never what they said."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.admin import ReadOnlyAdmin
from epeken.core.web.queue import QueueFilter, QueuePage, QueuePart, every
from epeken.notifications.channels.email.models import OutgoingMail

# Of everything that is sent: rows with `sent_at` and `dead_at`.
OUTBOX = (
    QueuePart("", _("Semua"), every, is_figure=False),
    QueuePart(
        "menunggu",
        pgettext_lazy("keadaan", "Menunggu"),
        lambda user, now: Q(sent_at__isnull=True, dead_at__isnull=True),
        is_figure=False,
    ),
    QueuePart("mati", _("Menyerah"), lambda user, now: Q(dead_at__isnull=False), is_urgent=True),
    QueuePart("terkirim", _("Terkirim"), lambda user, now: Q(sent_at__isnull=False), is_figure=False),
)


@admin.register(OutgoingMail)
class OutgoingMailAdmin(QueuePage, ReadOnlyAdmin):
    queue_parts = OUTBOX
    list_display = ["subject", "recipient", "created_at", "sent_at", "dead_at", "reason"]
    list_filter = [QueueFilter]
    search_fields = ["message_id", "recipient", "reason"]
    fields = ["recipient", "subject", "created_at", "sent_at", "dead_at", "reason", "message_id"]
    ordering = ["-pk"]
