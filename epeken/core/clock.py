"""The city's clock. Services never ask it: the caller passes `now` in.

A period runs from its start (included) to its end (not included), so no moment belongs to two periods or to none:
before the end is in time, at the end and after it is late. The end of a day is the start of the next one. Every
comparison of a moment with an end asks `is_over`, `over` or `running`; people are told an end through `told_end` and
`last_day`. Days people write ("sampai 14 Desember") include the last one: `is_valid_on` and `valid_on`.
"""

from datetime import date, datetime, time, timedelta
from typing import Any, Protocol, TypeVar

from django.conf import settings
from django.db.models import F, OuterRef, Q
from django.utils import timezone

from epeken.core.queries import written_once

# The time zone of the city: days, months and hours on pages are its own.
ZONE = settings.CITY.zone

Moment = TypeVar("Moment", datetime, float)


class Dated(Protocol):
    """Something that holds for days: from the first to the last, both included; without a last one, for good."""

    @property
    def valid_from(self) -> date: ...
    @property
    def valid_until(self) -> date | None: ...


def now() -> datetime:
    """Aware, UTC-stored; `local_date` gives the day in the city."""
    return timezone.now()


def local_date(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()


def today() -> date:
    """The day in the city now; for callers that need no moment."""
    return local_date(now())


def month_of(moment: datetime) -> date:
    """First day of the calendar month in the city's time zone: the month money and duties belong to."""
    return local_date(moment).replace(day=1)


def start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ZONE)


def end_of(day: date) -> datetime:
    """The end of the day in the city, no part of it: the start of the next one."""
    return start_of(day + timedelta(days=1))


def on_days(field: str, first: date | None, last: date | None) -> Q:
    """Rows whose `field` (a moment) lies on the days from `first` to `last`, both included; without one, open there."""
    found = Q()
    if first:
        found &= Q(**{f"{field}__gte": start_of(first)})
    if last:
        found &= Q(**{f"{field}__lt": end_of(last)})
    return found


def is_over(end: Moment | None, now: Moment) -> bool:
    """Whether what runs to `end` is over: at its end it is. None: it has no end. Also for seconds since 1970."""
    return end is not None and end <= now


def over(field: str, now: datetime | F) -> Q:
    """`is_over` for rows: those whose `field` (an end) is reached or past; not those without one."""
    return Q(**{f"{field}__lte": now})


def running(field: str, now: datetime | F) -> Q:
    """Rows whose `field` (an end) is still to come; not those without one."""
    return Q(**{f"{field}__gt": now})


def last_day(end: datetime) -> date:
    """The last day in the city that lies before `end`, wholly or in part."""
    return local_date(end - timedelta.resolution)


def moved(end: datetime, by: timedelta) -> datetime:
    """An end that stood still for so long. One at midnight ends a day, so it ends the day into which it moves."""
    later = end + by
    return end_of(last_day(later)) if end == start_of(local_date(end)) else later


def told_end(end: datetime) -> datetime:
    """The moment by which people are told an end: at midnight 23.59 of the day that ends, else the end itself."""
    return end - timedelta(minutes=1) if end == start_of(local_date(end)) else end


def is_valid_on(row: Dated, day: date) -> bool:
    """Whether `day` is from the first to the last of the row's days, both included."""
    return row.valid_from <= day and (row.valid_until is None or day <= row.valid_until)


def valid_on(day: date | OuterRef, until: date | None = None) -> Q:
    """`is_valid_on` for rows; `day` may be a column of an outer query. With `until`: those that hold on some day from
    `day` to `until`, both included."""
    ends = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    return Q(valid_from__lte=until or day) & ends


def over_by(day: date) -> Q:
    """Rows whose last day, `valid_until`, was before the day; not those without one."""
    return Q(valid_until__lt=day)


def is_working_day(day: date, holidays: frozenset[date] | set[date] | None = None) -> bool:
    if holidays is None:
        holidays = holidays_between(day, day)
    return day.weekday() < 5 and day not in holidays


def holidays_between(first: date, last: date) -> frozenset[date]:
    return frozenset(_holidays(first, last))


@written_once
def _holidays(first: Any, last: Any) -> Any:
    from epeken.core.models import Holiday

    return Holiday.objects.filter(day__range=(first, last)).values_list("day", flat=True)


def add_working_days(start: date, days: int, holidays: frozenset[date] | None = None) -> date:
    """The `days`-th working day after `start` (start itself never counts). One query without `holidays`: those known
    already, as in `working_days_between`."""
    if holidays is None:
        holidays = holidays_between(start, start + timedelta(days=days * 2 + 40))
    day = start
    while days > 0:
        day += timedelta(days=1)
        if is_working_day(day, holidays):
            days -= 1
    return day


def working_day_from(day: date, holidays: frozenset[date] | None = None) -> date:
    """The day itself, or the first working day after it. `holidays`: those known already."""
    return day if is_working_day(day, holidays) else add_working_days(day, 1, holidays)


def working_days_between(start: date, end: date, holidays: frozenset[date] | None = None) -> int:
    """Working days after `start` up to and including `end`; negative when `end` lies before `start`.

    `holidays`: those known already, of these days at least; a list reads them once for all its rows.
    """
    if end < start:
        return -working_days_between(end, start, holidays)
    if holidays is None:
        holidays = holidays_between(start, end)
    span = (end - start).days
    return sum(is_working_day(start + timedelta(days=n), holidays) for n in range(1, span + 1))


def due_after_working_days(moment: datetime, days: int) -> datetime:
    """End of the `days`-th working day after the day in the city on which something happened."""
    return end_of(add_working_days(local_date(moment), days))


def working_days_later(end: datetime, days: int) -> datetime:
    """An end put off: the end of the `days`-th working day after its last day."""
    return end_of(add_working_days(last_day(end), days))
