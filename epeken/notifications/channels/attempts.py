"""One attempt at sending a kept message, whichever channel it takes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from epeken.core import clock

GIVE_UP_AFTER = timedelta(hours=24)


class NotSentYet(Exception):
    """The other side could not be reached or asked to come back later. Carries no address: it ends up in a log."""


class RefusedForGood(Exception):
    """The other side will never take this message."""


def attempt(row: Any, hand_over: Callable[[], None], *, until: datetime, now: datetime) -> None:
    """`hand_over` is called, and `sent_at` written; or the row is given up with a reason, once it is refused or its
    time is over. `row` is locked by the caller. Raises NotSentYet to be tried again."""
    try:
        hand_over()
    except RefusedForGood as problem:
        give_up(row, str(problem), now)
    except NotSentYet as problem:
        if not clock.is_over(until, now):
            raise
        give_up(row, f"Gave up after {until - row.created_at}: {problem}", now)
    else:
        type(row)._base_manager.filter(pk=row.pk).update(sent_at=now)


def give_up(row: Any, reason: str, now: datetime) -> None:
    type(row)._base_manager.filter(pk=row.pk).update(dead_at=now, reason=reason[:300])
