"""Before the time to answer ends that side hears of it; once it has ended both hear what silence means."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from epeken.core import reminders
from epeken.core.services import service
from epeken.core.sweeps import sweep
from procurement.negotiations import notices
from procurement.negotiations.models import Negotiation


@service
def remind_answer(*, negotiation: Negotiation, now: datetime) -> None:
    """The side whose turn it is hears that its time ends; once. Raises: InvalidMove. Locks: Negotiation."""
    negotiation = Negotiation.objects.locked().select_related("seller", "request__agency").get(pk=negotiation.pk)
    assert negotiation.due_at is not None
    reminders.mark(negotiation, _ending(now), negotiation.due_at)
    notices.answer_near(negotiation, now=now)


@service
def tell_silence(*, negotiation: Negotiation, now: datetime) -> None:
    """The other side hears that it may stop; nothing is agreed. Once for each end. Locks: none."""
    notices.silent(negotiation, now=now)


def remind_ahead(*, now: datetime) -> int:
    """Of each answer that is due soon, and of silence, in transactions of their own; how many. Locks: Negotiation."""
    near = sweep(
        _ending(now).order_by("due_at"),
        lambda negotiation: remind_answer(negotiation=negotiation, now=now),
        failure="Nobody could be reminded of negotiation %s",
    )
    silent = Negotiation.objects.silent(now).select_related("seller", "request__agency")
    return near + sweep(
        silent.order_by("due_at"),
        lambda negotiation: tell_silence(negotiation=negotiation, now=now),
        failure="Nobody could be told of the silence in negotiation %s",
    )


def _ending(now: datetime) -> QuerySet[Any]:
    return Negotiation.objects.live().filter(reminders.ending("asked_at", "due_at", now))
