"""How a text is sent, once; as channels.email.delivery has it for letters, with the same window at a real gateway."""

from datetime import datetime
from functools import partial

from django.db import transaction

from epeken.core import clock
from epeken.notifications.channels import attempts
from epeken.notifications.channels.text import gateway
from epeken.notifications.channels.text.models import OutgoingText


def send_outgoing_text(*, pk: int, now: datetime) -> None:
    """The kept text is sent and forgotten, or given up and forgotten. Raises NotSentYet. Locks: OutgoingText."""
    with transaction.atomic():
        row = (
            OutgoingText.objects.select_for_update(skip_locked=True)
            .filter(pk=pk, sent_at__isnull=True, dead_at__isnull=True)
            .first()
        )
        if row is None:
            return
        if clock.is_over(row.useful_until, now):
            attempts.give_up(row, f"Not sent by {row.useful_until}: of no use any more.", now)
        else:
            hand_over = partial(gateway.send, row.phone, row.text, row.message_id)
            attempts.attempt(row, hand_over, until=row.useful_until, now=now)
        OutgoingText.objects.filter(pk=pk).update(text="")
