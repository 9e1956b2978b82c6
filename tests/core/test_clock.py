from datetime import UTC, date, datetime, timedelta

import pytest

from epeken.core import clock
from epeken.core.models import Holiday


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
        assert due == datetime(2026, 3, 5, 23, 59, 59, tzinfo=clock.ZONE)

    def test_one_query(self, django_assert_num_queries: object) -> None:
        with django_assert_num_queries(1):  # type: ignore[operator]
            clock.add_working_days(date(2026, 3, 2), 15)
