"""The times of what the city's officer is to decide, and whether the silence of the city ends it."""

from datetime import datetime
from typing import Any

from epeken.core import clock
from orders.disputes import rules
from orders.disputes.models import WaitsForCity

# Of what the officer does not, or no longer, decide.
NONE: dict[str, Any] = {"decide_due_at": None, "climbs_at": None, "climbs": 0, "ends_at": None}


def given(now: datetime, *, ends: bool) -> dict[str, Any]:
    """Fields of a `WaitsForCity` that comes to the officer now.

    `ends`: silence ends it without a result. A seller's own complaint stays open instead: ended, goods that are said
    not to have come, or to be bad, would be paid by nobody; who opened it may end it at any time.
    """
    day = clock.local_date(now)
    due = clock.due_after_working_days(now, rules.DECIDE.on(day))
    last = clock.working_days_later(due, rules.SILENCE.on(day)) if ends else None
    return {"decide_due_at": due, "climbs_at": due, "climbs": 0, "ends_at": last}


def climbed(row: WaitsForCity, now: datetime) -> dict[str, Any]:
    """Fields of one that is not decided in time: others are told now, and again later or at its end."""
    after = clock.due_after_working_days(now, rules.CLIMB.on(clock.local_date(now)))
    return {"climbs": row.climbs + 1, "climbs_at": after if row.ends_at is None else min(after, row.ends_at)}
