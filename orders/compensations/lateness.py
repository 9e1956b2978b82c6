"""An agreed compensation that is not paid in time goes from desk to desk by itself, on the days of late bills."""

from collections.abc import Iterator
from datetime import datetime

from epeken.core import clock
from orders.compensations import notices
from orders.compensations.models import Compensation
from orders.ladder import rules
from orders.ladder.states import LEVELS, LateLevel


def climb(*, now: datetime) -> int:
    """Every desk whose day has come hears of it, each person once; how many are late. Nothing is kept: the days follow
    from the last one to pay, which a correction moves."""
    found = list(Compensation.objects.late(now).select_related("order__seller", "order__agency").order_by("pk"))
    for row in found:
        days = clock.working_days_between(clock.last_day(row.due_at), clock.local_date(now))
        for level in desks_of(row, now):
            notices.late(row, level, days, now=now)
    return len(found)


def desks_of(row: Compensation, now: datetime) -> Iterator[LateLevel]:
    """Those that are told by now, of one that is late: first whoever holds it."""
    day = clock.last_day(row.due_at)
    for level in LEVELS:
        after = rules.AFTER.get(level)
        opens = row.due_at if after is None else clock.working_days_later(row.due_at, after.on(day))
        if clock.is_over(opens, now):
            yield level
