"""Texts are rows first."""

from datetime import datetime, timedelta

from epeken.core.jobs import enqueue
from epeken.core.services import service
from epeken.notifications.channels.attempts import GIVE_UP_AFTER
from epeken.notifications.channels.email.services import new_message_id
from epeken.notifications.channels.text.models import OutgoingText


@service
def keep_text(*, phone: str, text: str, now: datetime, lasts: timedelta = GIVE_UP_AFTER) -> None:
    """A text to a number in E.164 is kept until it has left, at the longest for `lasts`."""
    row = OutgoingText.objects.create(
        phone=phone, text=text, message_id=new_message_id(), created_at=now, useful_until=now + lasts
    )
    enqueue("notifications.send_text", text_pk=row.pk)
