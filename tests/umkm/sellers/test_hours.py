"""When a shop is open: the function, its twin in SQL and the words agree at every edge."""

from datetime import date, datetime, time, timedelta
from itertools import product as every

import pytest

from epeken.core.clock import ZONE, end_of
from epeken.core.i18n.times import long_date, long_time
from tests.factories import umkm as make
from umkm.sellers import hours
from umkm.sellers.models import FoodCourt, Seller
from umkm.sellers.states import SellerKind

MONDAY = date(2026, 9, 7)
DAY_SHOP = (time(8), time(17))
NIGHT_SHOP = (time(18), time(2))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def shop(opening: tuple[time, time], days: str = "1234567", until: date | None = None) -> Seller:
    return Seller(open_days=days, opens_at=opening[0], closes_at=opening[1], closed_until=until)


@pytest.mark.parametrize(
    ("seller", "moment", "expected"),
    [
        (shop(DAY_SHOP), at(MONDAY, 7, 59), False),
        (shop(DAY_SHOP), at(MONDAY, 8), True),
        (shop(DAY_SHOP), at(MONDAY, 16, 59), True),
        (shop(DAY_SHOP), at(MONDAY, 17), False),  # the closing minute is closed
        (shop(DAY_SHOP, days="2"), at(MONDAY, 9), False),
        (shop(DAY_SHOP, days=""), at(MONDAY, 9), False),
        (shop(NIGHT_SHOP), at(MONDAY, 17, 59), False),
        (shop(NIGHT_SHOP), at(MONDAY, 18), True),
        (shop(NIGHT_SHOP, days="7"), at(MONDAY, 1, 59), True),  # Sunday's evening
        (shop(NIGHT_SHOP, days="7"), at(MONDAY, 2), False),
        (shop(NIGHT_SHOP, days="1"), at(MONDAY, 1), False),  # Monday's evening is yet to come
        (shop(DAY_SHOP, until=MONDAY), at(MONDAY, 9), False),
        (shop(DAY_SHOP, until=MONDAY - timedelta(days=1)), at(MONDAY, 9), True),
        (shop(NIGHT_SHOP, until=MONDAY - timedelta(days=1)), at(MONDAY, 1), False),  # nobody opened on Sunday
        (shop(NIGHT_SHOP, until=MONDAY - timedelta(days=2)), at(MONDAY, 1), True),
    ],
)
def test_edges(seller: Seller, moment: datetime, expected: bool) -> None:
    assert hours.is_open(seller, moment) is expected
    assert hours.opening_of(seller, moment).is_open is expected


@pytest.mark.parametrize(
    ("opening", "hour", "until"),
    [
        (DAY_SHOP, 9, "17.00"),
        (NIGHT_SHOP, 18, "besok 02.00"),
        (NIGHT_SHOP, 23, "besok 02.00"),
        (NIGHT_SHOP, 1, "02.00"),
    ],
)
def test_a_closing_hour_after_midnight_is_tomorrows_until_midnight(
    opening: tuple[time, time], hour: int, until: str
) -> None:
    found = hours.opening_of(shop(opening), at(MONDAY, hour))
    assert found.until.startswith(until) and found.text.startswith(f"Buka sampai {until}")


def test_any_zone_of_the_moment_gives_the_same() -> None:
    from datetime import UTC

    assert hours.is_open(shop(DAY_SHOP), datetime(2026, 9, 7, 8, 0, tzinfo=ZONE).astimezone(UTC))
    assert not hours.is_open(shop(DAY_SHOP), datetime(2026, 9, 7, 17, 0, tzinfo=ZONE).astimezone(UTC))


@pytest.mark.django_db
def test_the_database_says_the_same() -> None:
    holidays = [None, *(MONDAY + timedelta(days=n) for n in (-2, -1, 0, 1))]
    shops = []
    for days, opening, until in every(["", "1", "7", "17", "1234567"], [DAY_SHOP, NIGHT_SHOP], holidays):
        shops.append(make.make_seller(open_days=days, opens_at=opening[0], closes_at=opening[1], closed_until=until))
    for day, clock in every(
        [MONDAY - timedelta(days=1), MONDAY],
        [(0, 0), (1, 59), (2, 0), (7, 59), (8, 0), (16, 59), (17, 0), (18, 0), (23, 59)],
    ):
        moment = at(day, *clock)
        found = set(Seller.objects.open_at(moment).values_list("pk", flat=True))
        assert found == {seller.pk for seller in shops if hours.is_open(seller, moment)}, moment


DAY_COURT, NIGHT_COURT = (time(9), time(16)), (time(19), time(1))


def stall(opening: tuple[time, time], court: tuple[time, time]) -> Seller:
    """Unsaved; its court too."""
    found = shop(opening)
    found.food_court = FoodCourt(pk=1, opens_at=court[0], closes_at=court[1])
    return found


@pytest.mark.parametrize(
    ("opening", "court", "told", "ends"),
    [
        (DAY_SHOP, DAY_COURT, DAY_COURT, at(MONDAY, 16)),
        (DAY_SHOP, (time(6), time(23)), DAY_SHOP, at(MONDAY, 17)),
        (NIGHT_SHOP, NIGHT_COURT, NIGHT_COURT, end_of(MONDAY)),
        (NIGHT_SHOP, (time(8), time(21)), (time(18), time(21)), at(MONDAY, 21)),
        (DAY_SHOP, (time(16), time(2)), (time(16), time(17)), at(MONDAY, 17)),
        (DAY_SHOP, (time(7), time(7)), DAY_SHOP, at(MONDAY, 17)),  # a court that never closes
    ],
)
def test_a_stall_works_while_its_court_is_open(
    opening: tuple[time, time], court: tuple[time, time], told: tuple[time, time], ends: datetime
) -> None:
    seller = stall(opening, court)
    assert hours.hours_of(seller) == told
    assert hours.has_hours(*opening, seller.food_court)
    door = datetime.combine(MONDAY, told[0], tzinfo=ZONE)
    assert (hours.is_open(seller, door - timedelta.resolution), hours.is_open(seller, door)) == (False, True)
    assert hours.opening_of(seller, door - timedelta(minutes=1)).text.startswith(f"Buka pukul {told[0]:%H.%M}")
    assert told[1].strftime("%H.%M") in hours.opening_of(seller, door).until
    assert hours.first_moment(seller, MONDAY, at(MONDAY, 0)) == door
    assert hours.last_moment(seller, MONDAY) == ends


@pytest.mark.parametrize(
    ("seller", "opening"),
    [
        (shop(DAY_SHOP, until=MONDAY), at(MONDAY + timedelta(days=1), 8)),
        (shop(DAY_SHOP, days="1", until=MONDAY), at(MONDAY + timedelta(days=7), 8)),
        (shop(NIGHT_SHOP, days="17", until=MONDAY), at(MONDAY + timedelta(days=6), 18)),
        (shop(DAY_SHOP, days="", until=MONDAY), None),
    ],
)
def test_a_holiday_says_when_the_shop_opens_again(seller: Seller, opening: datetime | None) -> None:
    """On whatever day of it: the first day after it on which the shop works, at its hour."""
    again = "" if opening is None else f"; buka lagi {long_time(opening)}"
    for moment in (at(MONDAY - timedelta(days=3), 9), at(MONDAY, 23, 59)):
        assert hours.opening_of(seller, moment).text == f"Libur sampai {long_date(MONDAY)}{again}"
    assert hours.holiday_words(seller, at(MONDAY + timedelta(days=1), 0)) == ""
    assert opening is None or hours.is_open(seller, opening)


def test_hours_outside_those_of_the_court_are_none() -> None:
    for court in [(time(17), time(23)), (time(20), time(8))]:
        assert not hours.has_hours(*DAY_SHOP, FoodCourt(opens_at=court[0], closes_at=court[1]))


@pytest.mark.django_db
def test_the_database_says_the_same_of_stalls() -> None:
    shops = []
    for number, (opening, court) in enumerate(
        every([DAY_SHOP, NIGHT_SHOP], [DAY_COURT, NIGHT_COURT, (time(7), time(7))])
    ):
        place = FoodCourt.objects.create(
            name=f"SWK {number}", slug=f"uji-{number}", opens_at=court[0], closes_at=court[1]
        )
        kept = {"opens_at": opening[0], "closes_at": opening[1], "food_court": place}
        shops.append(make.make_seller(kind=SellerKind.SWK, **kept))
    for clock in [
        (0, 59),
        (1, 0),
        (2, 0),
        (7, 0),
        (8, 0),
        (8, 59),
        (9, 0),
        (15, 59),
        (16, 0),
        (18, 0),
        (18, 59),
        (19, 0),
    ]:
        moment = at(MONDAY, *clock)
        found = set(Seller.objects.open_at(moment).values_list("pk", flat=True))
        assert found == {seller.pk for seller in shops if hours.is_open(seller, moment)}, moment


@pytest.mark.parametrize(
    ("seller", "lead", "moment", "expected"),
    [
        (shop(DAY_SHOP), 0, at(MONDAY, 15, 59), MONDAY),
        (shop(DAY_SHOP), 0, at(MONDAY, 16), MONDAY + timedelta(days=1)),  # an hour before closing is too late
        (shop(NIGHT_SHOP), 0, at(MONDAY, 21), MONDAY),
        (shop(NIGHT_SHOP), 0, at(MONDAY, 3), MONDAY),
        (shop(DAY_SHOP, days="12345"), 5, at(MONDAY, 9), MONDAY + timedelta(days=7)),
        (shop(DAY_SHOP, until=MONDAY + timedelta(days=3)), 0, at(MONDAY, 9), MONDAY + timedelta(days=4)),
        (shop(DAY_SHOP, days=""), 0, at(MONDAY, 9), MONDAY + timedelta(days=hours.HORIZON_DAYS)),
    ],
)
def test_the_first_day_it_can_be_ready(seller: Seller, lead: int, moment: datetime, expected: date) -> None:
    assert hours.first_day(seller, lead, moment) == expected


def test_work_on_a_day_ends_that_day() -> None:
    assert hours.last_moment(shop(DAY_SHOP), MONDAY) == at(MONDAY, 17)
    assert hours.last_moment(shop(NIGHT_SHOP), MONDAY) == end_of(MONDAY)


@pytest.mark.parametrize(
    ("seller", "due", "expected"),
    [
        (shop(DAY_SHOP), at(MONDAY, 16, 59), at(MONDAY, 16, 59)),
        (shop(DAY_SHOP), at(MONDAY, 17), at(MONDAY, 17)),  # somebody is there up to it
        (shop(DAY_SHOP), at(MONDAY, 17) + timedelta.resolution, at(MONDAY + timedelta(days=1), 9)),
        (shop(DAY_SHOP), at(MONDAY, 8), at(MONDAY, 9)),  # nobody was there before it
        (shop(DAY_SHOP), at(MONDAY, 8) + timedelta.resolution, at(MONDAY, 8) + timedelta.resolution),
        (shop(DAY_SHOP), at(MONDAY, 3), at(MONDAY, 9)),
        (shop(DAY_SHOP, days="12345"), at(MONDAY - timedelta(days=2), 10), at(MONDAY, 9)),
        (shop(DAY_SHOP, until=MONDAY + timedelta(days=3)), at(MONDAY, 10), at(MONDAY + timedelta(days=4), 9)),
        (shop(NIGHT_SHOP), at(MONDAY, 1, 59), at(MONDAY, 1, 59)),
        (shop(NIGHT_SHOP), at(MONDAY, 2), at(MONDAY, 2)),
        (shop(NIGHT_SHOP), at(MONDAY, 2) + timedelta.resolution, at(MONDAY, 19)),
        (shop(DAY_SHOP, days=""), at(MONDAY, 10), at(MONDAY, 10)),  # never opens: nothing to wait for
    ],
)
def test_no_deadline_ends_while_the_shop_is_closed(seller: Seller, due: datetime, expected: datetime) -> None:
    assert hours.answer_by(seller, due) == expected


@pytest.mark.parametrize(
    ("seller", "end", "expected"),
    [
        (shop(DAY_SHOP), at(MONDAY, 3), MONDAY),
        (shop(DAY_SHOP), at(MONDAY, 0), MONDAY - timedelta(days=1)),
        (shop(NIGHT_SHOP), at(MONDAY, 0), MONDAY - timedelta(days=1)),
        (shop(NIGHT_SHOP), at(MONDAY, 2), MONDAY - timedelta(days=1)),
        (shop(NIGHT_SHOP), at(MONDAY, 2) + timedelta.resolution, MONDAY),
    ],
)
def test_small_hours_belong_to_the_day_the_shop_opened(seller: Seller, end: datetime, expected: date) -> None:
    assert hours.working_day(seller, end) == expected


@pytest.mark.parametrize(("step", "day"), [(-timedelta.resolution, MONDAY), (timedelta(), MONDAY + timedelta(days=1))])
def test_today_ends_when_no_time_is_left_to_prepare(step: timedelta, day: date) -> None:
    assert hours.first_day(shop(DAY_SHOP), 0, at(MONDAY, 17) - hours.PREPARE + step) == day
