"""Mail of the demo city: kept in the database and shown on a demo-only page instead of being sent."""

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from epeken.notifications.models import DemoMail


class DemoMailBackend(BaseEmailBackend):
    """One row per Message-ID: sending the same letter again changes nothing."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        rows = [
            DemoMail(
                message_id=str(message.extra_headers.get("Message-ID") or message.message()["Message-ID"]),
                recipient=", ".join(message.recipients())[:254],
                subject=str(message.subject)[:300],
                body=str(message.body),
            )
            for message in email_messages
        ]
        made: list[Any] = DemoMail.objects.bulk_create(rows, ignore_conflicts=True)
        return len(made)
