"""Who must act hears of an end before it comes, once for each end: a day ahead, an hour where the time is shorter.

A model with such an end has `reminded_for`: the end of which its people were told.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from epeken.core import clock
from epeken.core.errors import InvalidMove
from epeken.core.rules import Hours

AHEAD = Hours("reminder.hours_ahead")
SHORT = Hours("reminder.short_hours_ahead")  # for food, and where all the time there is is not longer than AHEAD


def ending(begin: str, end: str, now: datetime, *, food: Q | None = None) -> Q:
    """Rows of whose `end` their people are to be told now: `near`, and not told yet. `food`: as there."""
    untold = Q(reminded_for__isnull=True) | ~Q(reminded_for=F(end))
    return near(begin, end, now, food=food) & untold


def near(begin: str, end: str, now: datetime, *, food: Q | None = None) -> Q:
    """Rows whose `end` is close and still to come.

    Told as the work was given, nobody is reminded at once: the time from `begin` to `end` is longer than what it is
    told ahead. `food`: rows told at the shorter time only.
    """
    day = clock.local_date(now)
    ahead, short = (timedelta(hours=rule.on(day)) for rule in (AHEAD, SHORT))
    long = clock.over(end, now + ahead) & Q(**{f"{begin}__lt": F(end) - ahead})
    if food is not None:
        long &= ~food
    soon = clock.over(end, now + short) & Q(**{f"{begin}__lt": F(end) - short})
    return clock.running(end, now) & (long | soon)


def mark(row: Any, due: QuerySet[Any], end: datetime) -> None:
    """The people of the locked row are told of this end. Raises: InvalidMove when it is not among `due` any more."""
    if not due.filter(pk=row.pk).update(reminded_for=end):
        raise InvalidMove()
