"""Letters are rows first."""

import uuid
from datetime import datetime

from django.conf import settings

from epeken.core.jobs import enqueue
from epeken.core.services import service
from epeken.notifications.channels.email.models import OutgoingMail


@service
def keep_letter(*, recipient: str, subject: str, text: str, html: str = "", now: datetime) -> None:
    """A mail that is no notice (confirm an address, reset a password) is kept until it has left."""
    mail = OutgoingMail.objects.create(
        recipient=recipient[:254],
        subject=" ".join(subject.split())[:300],
        text=text,
        html=html,
        message_id=new_message_id(),
        created_at=now,
    )
    enqueue("notifications.send_mail", mail_pk=mail.pk)


def keep_link(*, recipient: str, subject: str, ask: str, path: str, now: datetime) -> None:
    """As `keep_letter`, of a page of ours to be opened: what it is about, what to do, the address."""
    text = f"{subject}\n\n{ask}\n{settings.SITE_URL.rstrip('/')}{path}\n"
    keep_letter(recipient=recipient, subject=subject, text=text, now=now)


def new_message_id() -> str:
    """Stable once written: a repeat after a crash carries the same id, so a receiving server can drop it."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return f"<{uuid.uuid4().hex}@{host}>"
