"""The city's clock. Services never ask it: the caller passes `now` in."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

# The time zone of the city: days, months and hours on pages are its own.
ZONE = settings.CITY.zone


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
    """The last second of the day in the city."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=ZONE)


def is_working_day(day: date, holidays: frozenset[date] | set[date] | None = None) -> bool:
    if holidays is None:
        holidays = holidays_between(day, day)
    return day.weekday() < 5 and day not in holidays


def holidays_between(first: date, last: date) -> frozenset[date]:
    from epeken.core.models import Holiday

    return frozenset(Holiday.objects.filter(day__range=(first, last)).values_list("day", flat=True))


def add_working_days(start: date, days: int) -> date:
    """The `days`-th working day after `start` (start itself never counts). One query."""
    horizon = start + timedelta(days=days * 2 + 40)
    holidays = holidays_between(start, horizon)
    day = start
    while days > 0:
        day += timedelta(days=1)
        if is_working_day(day, holidays):
            days -= 1
    return day


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
    """End of the `days`-th working day after the moment's day in the city."""
    return end_of(add_working_days(local_date(moment), days))
