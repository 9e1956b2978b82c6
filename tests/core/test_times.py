"""Days, hours and deadlines in words."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import translation

from epeken.core.clock import ZONE
from epeken.core.i18n import times

NOW = datetime(2026, 9, 7, 9, 0, tzinfo=ZONE)
LATE = datetime(2026, 9, 12, 1, 0, tzinfo=ZONE).astimezone(UTC)  # still the day before in UTC
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def test_an_hour_has_one_form() -> None:
    assert times.clock_words(LATE) == f"01.00 {times.ZONE_NAME}"
    assert times.clock_words(time(9, 5)) == f"09.05 {times.ZONE_NAME}"
    assert times.hours_words(time(8), time(17, 30)) == f"08.00–17.30 {times.ZONE_NAME}"
    assert times.hours_words(time(20), time(8)) == f"20.00–08.00 {times.ZONE_NAME} hari berikutnya"
    with translation.override("en"):
        assert times.clock_words(LATE) == f"01.00 {times.ZONE_NAME}"


def test_days_are_the_citys() -> None:
    assert times.long_date(LATE) == "Sabtu, 12 September 2026"
    assert times.long_date(date(2026, 1, 1)) == "Kamis, 1 Januari 2026"
    assert times.full_date(LATE) == "12 September 2026"
    assert times.short_date(LATE) == "12 September"
    assert times.long_time(LATE) == f"Sabtu, 12 September 2026 pukul 01.00 {times.ZONE_NAME}"
    assert times.full_time(LATE) == f"12 September 2026, 01.00 {times.ZONE_NAME}"
    assert (times.weekday(LATE), times.month(LATE)) == ("Sabtu", "September")


def test_an_end_has_its_hour_unless_all_of_the_day_counts() -> None:
    at_five, midnight = datetime(2026, 11, 27, 17, 0, tzinfo=ZONE), datetime(2026, 11, 28, 0, 0, tzinfo=ZONE)
    assert (times.short_end(at_five), times.short_end(midnight)) == (
        f"27 November pukul 17.00 {times.ZONE_NAME}",
        "27 November",
    )
    assert times.long_end(at_five) == f"Jumat, 27 November 2026 pukul 17.00 {times.ZONE_NAME}"
    assert times.long_end(midnight) == "Jumat, 27 November 2026"


def test_days_in_english() -> None:
    with translation.override("en"):
        assert times.long_date(date(2026, 10, 5)) == "Monday, 5 October 2026"
        assert times.long_time(LATE) == f"Saturday, 12 September 2026 at 01.00 {times.ZONE_NAME}"
        assert times.near_time(NOW + DAY, NOW) == f"tomorrow at 09.00 {times.ZONE_NAME}"
        assert times.left_words(NOW + 3 * DAY, NOW) == "3 days left"
        assert times.working_days_words(1, date(2026, 9, 8), date(2026, 9, 7)) == "1 working day left"


def test_days_without_a_language_are_indonesian() -> None:
    with translation.override(None):
        assert times.long_date(date(2026, 10, 5)) == "Senin, 5 Oktober 2026"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (NOW, f"hari ini pukul 09.00 {times.ZONE_NAME}"),
        (NOW.replace(hour=23, minute=59), f"hari ini pukul 23.59 {times.ZONE_NAME}"),
        (NOW.replace(hour=0) + DAY, f"besok pukul 00.00 {times.ZONE_NAME}"),
        (NOW + DAY, f"besok pukul 09.00 {times.ZONE_NAME}"),
        (NOW - DAY, f"kemarin pukul 09.00 {times.ZONE_NAME}"),
        (NOW + 2 * DAY, f"9 September pukul 09.00 {times.ZONE_NAME}"),
        (datetime(2026, 9, 8, tzinfo=ZONE).astimezone(UTC), f"besok pukul 00.00 {times.ZONE_NAME}"),
    ],
)
def test_near_moments(moment: datetime, words: str) -> None:
    assert times.near_time(moment, NOW) == words


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (NOW + timedelta(seconds=1), "Sisa 1 menit"),
        (NOW + 59 * MINUTE + timedelta(seconds=59), "Sisa 59 menit"),
        (NOW + HOUR, "Sisa 1 jam 0 menit"),
        (NOW + 8 * HOUR + 18 * MINUTE, "Sisa 8 jam 18 menit"),
        (NOW + DAY - MINUTE, "Sisa 23 jam 59 menit"),
        (NOW + DAY, "Sisa 1 hari 0 jam"),
        (NOW + 2 * DAY - MINUTE, "Sisa 1 hari 23 jam"),
        (NOW + 2 * DAY, "Sisa 2 hari 0 jam"),
        (NOW + 3 * DAY - MINUTE, "Sisa 2 hari 23 jam"),
        (NOW + 3 * DAY, "Sisa 3 hari"),
        (NOW, "Waktu habis"),
        (NOW.replace(hour=0), "Lewat 1 hari"),  # the end of yesterday
        (NOW.replace(hour=0) + timedelta.resolution, "Waktu habis"),
        (NOW.replace(hour=23, minute=59) - DAY, "Lewat 1 hari"),
        (NOW - 3 * DAY, "Lewat 3 hari"),
    ],
)
def test_what_is_left(due: datetime, words: str) -> None:
    assert times.left_words(due, NOW) == words


@pytest.mark.parametrize(
    ("left", "ahead", "words"),
    [
        (2, 2, "Sisa 2 hari kerja"),
        (1, 3, "Sisa 1 hari kerja"),
        (0, 0, "Hari ini batasnya"),
        (0, -1, "Lewat, batasnya kemarin"),  # a Saturday
        (0, -2, "Lewat, batasnya 5 September"),
        (0, 1, "Batasnya besok"),  # declared a holiday meanwhile
        (-1, -1, "Lewat 1 hari kerja"),
    ],
)
def test_working_days_left(left: int, ahead: int, words: str) -> None:
    today = date(2026, 9, 7)
    assert times.working_days_words(left, today + timedelta(days=ahead), today) == words
