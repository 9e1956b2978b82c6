from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from epeken.core import clock
from epeken.core.models import Holiday, Job, Rule

days = st.dates(date(2020, 1, 1), date(2035, 1, 1))


def test_the_month_belongs_to_the_city() -> None:
    """Half an hour past midnight at home is already February, though it is January in UTC."""
    moment = datetime(2026, 2, 1, 0, 30, tzinfo=clock.ZONE).astimezone(UTC)
    assert moment.date() == date(2026, 1, 31)
    assert clock.month_of(moment) == date(2026, 2, 1)
    assert clock.local_date(moment - timedelta(hours=1)) == date(2026, 1, 31)


@pytest.mark.django_db
class TestWorkingDays:
    def test_weekends_and_holidays_do_not_count(self) -> None:
        Holiday.objects.all().delete()
        Holiday.objects.create(day=date(2026, 3, 9), name="Uji", source="Uji")
        friday = date(2026, 3, 6)
        assert clock.add_working_days(friday, 1) == date(2026, 3, 10)
        assert clock.add_working_days(friday, 5) == date(2026, 3, 16)

    def test_the_starting_day_never_counts(self) -> None:
        assert clock.add_working_days(date(2026, 3, 2), 0) == date(2026, 3, 2)

    def test_between_is_the_inverse_of_add(self) -> None:
        start = date(2026, 2, 26)
        for days in range(1, 40):
            end = clock.add_working_days(start, days)
            assert clock.working_days_between(start, end) == days
            assert clock.working_days_between(end, start) == -days

    def test_long_holidays_are_within_the_horizon(self) -> None:
        Holiday.objects.all().delete()
        first = date(2026, 3, 16)
        Holiday.objects.bulk_create(
            Holiday(day=first + timedelta(days=n), name="Lebaran uji", source="Uji") for n in range(14)
        )
        assert clock.add_working_days(date(2026, 3, 13), 1) == date(2026, 3, 30)

    def test_due_is_the_end_of_the_day_at_home(self) -> None:
        due = clock.due_after_working_days(datetime(2026, 3, 2, 20, 0, tzinfo=UTC), 2)
        assert due == datetime(2026, 3, 6, tzinfo=clock.ZONE)

    def test_an_end_put_off_counts_from_its_last_day(self) -> None:
        thursday = clock.end_of(date(2026, 3, 5))
        assert clock.working_days_later(thursday, 1) == clock.end_of(date(2026, 3, 6))
        assert clock.working_days_later(thursday - timedelta(hours=1), 1) == clock.end_of(date(2026, 3, 6))
        assert clock.working_days_later(thursday, 0) == thursday

    def test_a_day_that_stood_still_ends_as_a_day(self) -> None:
        wednesday = clock.end_of(date(2026, 12, 2))
        minute, at_nine = timedelta(minutes=1), wednesday + timedelta(hours=9)
        assert clock.moved(wednesday, minute) == clock.end_of(date(2026, 12, 3))
        assert clock.moved(wednesday, timedelta(days=1)) == clock.end_of(date(2026, 12, 3))
        assert clock.moved(wednesday, timedelta(0)) == wednesday
        assert clock.moved(at_nine, minute) == at_nine + minute

    def test_one_query(self, django_assert_num_queries: object) -> None:
        with django_assert_num_queries(1):  # type: ignore[operator]
            clock.add_working_days(date(2026, 3, 2), 15)


ENDS = [
    clock.end_of(date(2026, 12, 31)),
    datetime(2026, 12, 14, 16, 30, tzinfo=clock.ZONE),
    datetime(2026, 12, 14, 17, 0, tzinfo=UTC),  # midnight at home
]
LEAST = timedelta.resolution


@pytest.mark.parametrize("end", ENDS)
def test_before_its_end_a_period_runs_and_at_its_end_it_is_over(end: datetime) -> None:
    assert [clock.is_over(end, end + step) for step in (-LEAST, timedelta(), LEAST)] == [False, True, True]
    assert not clock.is_over(None, end)


@given(days, st.integers(0, 40))
def test_every_moment_belongs_to_one_day(day: date, ahead: int) -> None:
    end = clock.end_of(day)
    assert end == clock.start_of(day + timedelta(days=1))
    assert clock.local_date(end - LEAST) == clock.last_day(end) == day
    moment = clock.start_of(day) + timedelta(hours=ahead)
    held = [n for n in range(4) if not clock.is_over(clock.end_of(day + timedelta(days=n)), moment)]
    assert held[0] == (clock.local_date(moment) - day).days


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(clock.ZONE)))
def test_people_are_told_an_end_on_its_last_day(end: datetime) -> None:
    told = clock.told_end(end)
    assert clock.local_date(told) == clock.last_day(end)
    assert told == end or (told.hour, told.minute, end - told) == (23, 59, timedelta(minutes=1))


@pytest.mark.parametrize(
    ("end", "told"),
    [
        (clock.end_of(date(2026, 12, 14)), (date(2026, 12, 14), 23, 59)),
        (clock.end_of(date(2026, 12, 14)).astimezone(UTC), (date(2026, 12, 14), 23, 59)),
        (clock.end_of(date(2026, 12, 14)) + LEAST, (date(2026, 12, 15), 0, 0)),
        (clock.start_of(date(2026, 12, 14)) + timedelta(hours=16), (date(2026, 12, 14), 16, 0)),
    ],
)
def test_an_end_as_it_is_told(end: datetime, told: tuple[date, int, int]) -> None:
    moment = clock.told_end(end).astimezone(clock.ZONE)
    assert (moment.date(), moment.hour, moment.minute) == told


@pytest.mark.django_db
@pytest.mark.parametrize("step", [-LEAST, timedelta(), LEAST])
def test_rows_are_asked_as_one_end_is(step: timedelta) -> None:
    end = clock.end_of(date(2026, 12, 14))
    row = Job.objects.create(name="core.tidy", arguments={}, created_at=end, due_at=end)
    now = end + step
    assert Job.objects.filter(clock.over("due_at", now), pk=row.pk).exists() == clock.is_over(end, now)
    assert Job.objects.filter(clock.running("due_at", now), pk=row.pk).exists() != clock.is_over(end, now)


@pytest.mark.django_db
@given(days, st.none() | st.integers(0, 3), st.integers(-2, 5), st.integers(0, 3))
@settings(max_examples=60)
def test_a_row_holds_on_its_first_and_on_its_last_day(first: date, length: int | None, asked: int, more: int) -> None:
    last = None if length is None else first + timedelta(days=length)
    code = f"test.{first}.{length}.{asked}.{more}"
    row = Rule(code=code, name="Uji", unit="days", valid_from=first, valid_until=last, source="Uji")
    Rule.objects.filter(code=code).delete()
    row.save()
    day = first + timedelta(days=asked)
    expected = [day + timedelta(days=n) for n in range(more + 1)]
    valid = [one for one in expected if first <= one and (last is None or one <= last)]
    assert clock.is_valid_on(row, day) == (day in valid)
    found = Rule.objects.filter(code=code)
    assert found.filter(clock.valid_on(day)).exists() == (day in valid)
    assert found.filter(clock.valid_on(day, until=expected[-1])).exists() == bool(valid)
