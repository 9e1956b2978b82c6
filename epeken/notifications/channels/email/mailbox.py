"""The two ends of the mail: the outbox every mail enters by, and the demo's mailbox page."""

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from epeken.core import clock
from epeken.notifications.channels.email.models import DemoMail
from epeken.notifications.channels.email.services import keep_letter


class OutboxBackend(BaseEmailBackend):
    """Django's e-mail backend (account mails, error reports): a row and a job in the caller's transaction."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        now = clock.now()
        for message in email_messages:
            if message.attachments:
                raise ValueError("Letters of the outbox carry no attachments.")
            html = next((part[0] for part in getattr(message, "alternatives", []) if part[1] == "text/html"), "")
            for recipient in message.recipients():
                keep_letter(
                    recipient=recipient, subject=str(message.subject), text=str(message.body), html=str(html), now=now
                )
        return len(email_messages)


class DemoMailBackend(BaseEmailBackend):
    """One row per Message-ID: sending the same mail again changes nothing."""

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
