"""Whether goods are for sale, and whether this much of them can be ordered for that day."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import product as every
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import assume, given
from hypothesis import strategies as st

from epeken.core.clock import ZONE
from epeken.core.errors import RuleBroken
from tests.factories import umkm as make
from tests.kept_steps import kept
from umkm.catalogue import feasibility, rules
from umkm.catalogue.models import Product
from umkm.catalogue.policies import is_for_sale
from umkm.catalogue.states import FoodKind, Keeps, ProductState, StockMode, Unit
from umkm.discovery.search import Query, search
from umkm.sellers import hours
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState
from umkm.stock import services as stock

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 9, 7)
NOW = datetime(2026, 9, 7, 9, 0, tzinfo=ZONE)


def test_for_sale_means_the_same_everywhere() -> None:
    """Every state of goods × every state of the shop × both ways of counting × empty or full shelves."""
    category = make.make_category()
    expected = set()
    for shop_state in SellerState:
        active = shop_state in {SellerState.ACTIVE, SellerState.FROZEN}
        seller = make.make_seller(state=shop_state, **({} if active else {"owner": None, "slug": None}))
        for state, mode, shelf in every(ProductState, StockMode, (0, 100)):
            goods = make.make_product(seller, state=state, stock_mode=mode, on_hand=shelf, category=category)
            if shop_state == SellerState.ACTIVE and state == ProductState.PUBLISHED:
                expected.add(goods.pk)
    assert len(expected) == 4
    assert {p.pk for p in Product.objects.select_related("seller") if is_for_sale(p)} == expected
    assert set(Product.objects.for_sale().values_list("pk", flat=True)) == expected
    assert set(Product.objects.visible_to(AnonymousUser()).values_list("pk", flat=True)) == expected
    assert {hit.product.pk for hit in search(Query(), now=NOW).hits} == expected


@kept
def goods(**over: Any) -> Product:
    shop = {name.removeprefix("shop_"): over.pop(name) for name in list(over) if name.startswith("shop_")}
    return make.make_product(make.make_seller(**shop), **over)


def codes(product: Product, quantity: object, day: date | None, *, for_agency: bool = False) -> list[str]:
    product = Product.objects.select_related("seller").get(pk=product.pk)
    on = feasibility.calendar([product], day, NOW, for_agency=for_agency) if day else None
    return [fault.code for fault in feasibility.faults(product, Decimal(str(quantity)), on)]


TOMORROW = MONDAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("over", "quantity", "day", "expected"),
    [
        ({}, 1, MONDAY, []),
        ({}, 100, MONDAY, []),
        ({}, 101, MONDAY, ["out_of_stock"]),
        ({}, 101, None, []),  # in a cart it is a wish; the day decides
        ({"minimum": Decimal(5)}, 4, None, ["below_minimum"]),
        ({"minimum": Decimal(5)}, 5, None, []),
        ({"step": Decimal("0.25"), "minimum": Decimal("0.5")}, "0.6", None, ["off_step"]),
        ({"step": Decimal("0.25"), "minimum": Decimal("0.5")}, "0.75", None, []),
        ({}, 0, None, ["below_minimum"]),
        ({}, -1, None, ["below_minimum"]),
        ({}, 999_999, None, []),
        ({}, 1_000_000, None, ["too_many"]),
        ({"lead_days": 1}, 1, MONDAY, ["too_soon"]),
        ({"lead_days": 1}, 1, TOMORROW, []),
        ({"shop_open_days": "1"}, 1, TOMORROW, ["shop_closed"]),
        ({"shop_closed_until": TOMORROW}, 1, TOMORROW, ["shop_closed"]),
        ({"shop_closed_until": MONDAY}, 1, TOMORROW, []),
        ({"shop_closes_at": time(10)}, 1, MONDAY, ["too_soon"]),  # closes within the hour
        ({"shop_closes_at": time(10, 1)}, 1, MONDAY, []),
        ({"shop_closes_at": time(2), "shop_opens_at": time(18)}, 1, MONDAY, []),
        ({"order_until": time(9, 1)}, 1, MONDAY, []),
        ({"order_until": time(9)}, 1, MONDAY, ["too_soon"]),  # exactly the hour counts as of the next day
        ({"order_until": time(9)}, 1, TOMORROW, []),
        ({"order_until": time(9), "lead_days": 1}, 1, TOMORROW, ["too_soon"]),
        ({"order_until": time(9, 1), "lead_days": 1}, 1, TOMORROW, []),
        ({"shop_order_until": time(9), "lead_days": 1}, 1, TOMORROW, ["too_soon"]),
        ({"shop_order_until": time(9), "order_until": time(23, 59)}, 1, MONDAY, []),  # the goods' own hour holds
        ({"shop_order_until": time(5), "shop_opens_at": time(8)}, 1, MONDAY, ["too_soon"]),  # before it opens
        ({"state": ProductState.HIDDEN, "minimum": Decimal(5)}, 1, MONDAY, ["not_for_sale"]),
        ({"shop_state": SellerState.FROZEN}, 1, MONDAY, ["not_for_sale"]),
        ({"minimum": Decimal(5), "lead_days": 1, "on_hand": 2}, 4, MONDAY,
         ["below_minimum", "too_soon", "out_of_stock"]),
    ],
)  # fmt: skip
def test_what_is_in_the_way(over: dict[str, Any], quantity: object, day: date | None, expected: list[str]) -> None:
    assert codes(goods(**over), quantity, day) == expected


@pytest.mark.parametrize("over", [{"keeps": Keeps.COOKED}, {"food_kind": FoodKind.CATERING}])
def test_a_meal_for_a_department_is_answered_the_day_before(over: dict[str, Any]) -> None:
    meal = goods(**over)
    assert codes(meal, 1, MONDAY) == []
    assert codes(meal, 1, MONDAY, for_agency=True) == ["too_soon"]
    answered = MONDAY + timedelta(days=rules.ANSWER_FOOD_BEFORE.on(MONDAY))
    assert codes(meal, 1, answered - timedelta(days=1), for_agency=True) == ["too_soon"]
    assert codes(meal, 1, answered, for_agency=True) == []


def test_the_cut_off_hour_is_an_hour_of_the_city() -> None:
    """Every other day on which nothing is worked comes after the day as of which the order counts; midnight ends it."""
    product = goods(order_until=time(15), lead_days=1, shop_open_days="1245")

    def earliest(hour: int, minute: int, *, day: date = MONDAY) -> date:
        return feasibility.first_day(product, datetime.combine(day, time(hour, minute), tzinfo=ZONE))

    assert earliest(14, 59) == TOMORROW
    assert earliest(15, 0) == earliest(23, 59) == MONDAY + timedelta(days=3)  # closed on Wednesday
    assert earliest(0, 0, day=TOMORROW) == MONDAY + timedelta(days=3)
    assert feasibility.first_day(product, datetime(2026, 9, 7, 7, 59, tzinfo=UTC)) == TOMORROW
    assert feasibility.first_day(product, datetime(2026, 9, 7, 8, 0, tzinfo=UTC)) == MONDAY + timedelta(days=3)


def test_an_order_kept_past_the_cut_off_comes_too_late_and_says_until_when() -> None:
    """A department's request that was sent before the hour and is ordered after it; the answer for a meal counts from
    today, whatever the hour."""
    product = goods(order_until=time(9, 30), lead_days=1)
    on = feasibility.calendar([product], TOMORROW, NOW, for_agency=True)
    end = feasibility.order_by(product, on)
    assert end == datetime(2026, 9, 7, 9, 30, tzinfo=ZONE)
    assert not feasibility.faults(product, Decimal(1), replace(on, now=end - timedelta(microseconds=1)))
    (fault,) = feasibility.faults(product, Decimal(1), replace(on, now=end))
    assert (fault.code, fault.day) == ("too_soon", TOMORROW + timedelta(days=1)) and "09.30" in fault.text
    meal = goods(order_until=time(8), keeps=Keeps.COOKED)
    on = feasibility.calendar([meal], TOMORROW, NOW, for_agency=True)
    assert not feasibility.faults(meal, Decimal(1), on)
    assert feasibility.order_by(meal, on) == datetime(2026, 9, 8, tzinfo=ZONE)


def test_a_meal_counts_by_its_day() -> None:
    product = goods(stock_mode=StockMode.DAILY, daily_capacity=Decimal(10), keeps=Keeps.COOKED)
    stock.take_stock(product=product, quantity=Decimal(8), reference="uji", days=[TOMORROW], actor=None, now=NOW)
    assert codes(product, 10, MONDAY) == []
    assert codes(product, 2, TOMORROW) == []
    assert codes(product, 3, TOMORROW) == ["out_of_stock"]


def tailor(**over: Any) -> Product:
    """Makes thirty sets a day, which keep, from the third day on."""
    sets = {"stock_mode": StockMode.DAILY, "daily_capacity": Decimal(30), "lead_days": 3, "unit": Unit.SET}
    return goods(**(sets | {"keeps": Keeps.OTHER, "name": "Seragam", "shop_open_days": "1234567"} | over))


def fault_of(product: Product, quantity: object, day: date) -> feasibility.Fault:
    product = Product.objects.select_related("seller").get(pk=product.pk)
    on = feasibility.calendar([product], day, NOW, for_agency=True)
    return feasibility.faults(product, Decimal(str(quantity)), on)[0]


@pytest.mark.parametrize(
    ("days", "most"),
    [(3, 30), (4, 60), (9, 210)],  # on the third day one day's work, on the ninth that of the third to the ninth
)
def test_what_keeps_is_made_on_every_day_up_to_its_delivery(days: int, most: int) -> None:
    sets, day = tailor(), MONDAY + timedelta(days=days)
    assert codes(sets, most, day) == []
    fault = fault_of(sets, most + 1, day)
    assert (fault.code, fault.most, fault.day) == ("out_of_stock", Decimal(most), day + timedelta(days=1))


def test_days_on_which_the_shop_is_closed_make_nothing() -> None:
    """From Thursday to Monday: the week's end and a holiday up to Thursday leave Friday and Monday."""
    sets = tailor(shop_open_days="12345", shop_closed_until=MONDAY + timedelta(days=3))
    assert codes(sets, 60, MONDAY + timedelta(days=7)) == []
    assert codes(sets, 61, MONDAY + timedelta(days=7)) == ["out_of_stock"]


@pytest.mark.parametrize("over", [{"keeps": Keeps.COOKED}, {"keeps": Keeps.FRESH}, {"food_kind": FoodKind.CATERING}])
def test_what_must_be_fresh_is_made_on_the_day_itself(over: dict[str, Any]) -> None:
    meal, day = tailor(**over), MONDAY + timedelta(days=9)
    assert codes(meal, 30, day) == []
    assert codes(meal, 31, day) == ["out_of_stock"]
    assert fault_of(meal, 31, day).day is None  # on no day


def test_what_others_took_of_each_day_is_not_free() -> None:
    """A sentence with figures and the ways out: less, later, elsewhere."""
    sets, day = tailor(shop_name="Jahit Rapi"), MONDAY + timedelta(days=7)
    days = [MONDAY + timedelta(days=ahead) for ahead in range(3, 8)]
    take = {"product": sets, "reference": "SP-1", "actor": None, "now": NOW}
    stock.take_stock(quantity=Decimal(70), days=days, **take)
    taken = dict(sets.capacity_days.order_by("day").values_list("day", "used"))
    assert taken == {days[2]: 10, days[3]: 30, days[4]: 30}  # the last day first
    assert codes(sets, 80, day) == []
    fault = fault_of(sets, 81, day)
    assert (fault.most, fault.day) == (Decimal(80), MONDAY + timedelta(days=8))
    assert fault.text == (
        "Jahit Rapi bisa 30 set Seragam sehari; sampai Senin, 14 September 2026 tersisa 80 set. "
        "Kurangi jumlah, pilih Selasa, 15 September 2026, atau ambil sebagian dari penjual lain."
    )
    bare = fault.without_ways_out
    assert bare.text == "Jahit Rapi bisa 30 set Seragam sehari; sampai Senin, 14 September 2026 tersisa 80 set."
    assert (bare.most, bare.day) == (None, None)
    # A day on which nothing can be paid for is not proposed.
    on = feasibility.calendar([sets], day, NOW, for_agency=True, until=day)
    (late,) = feasibility.faults(sets, Decimal(81), on)
    assert late.day is None and late.text.endswith("Kurangi jumlah, atau ambil sebagian dari penjual lain.")
    stock.return_stock(product=sets, reference="SP-1", actor=None, now=NOW)
    assert set(sets.capacity_days.values_list("used", flat=True)) == {0}
    assert codes(sets, 150, day) == []


def test_the_work_of_a_day_is_what_the_shop_makes_now() -> None:
    """More a day counts from then on, also on a day that was taken of; less takes nothing from who has it."""
    sets, day = tailor(), MONDAY + timedelta(days=3)
    stock.take_stock(product=sets, quantity=Decimal(20), reference="SP-1", days=[day], actor=None, now=NOW)
    Product.objects.filter(pk=sets.pk).update(daily_capacity=50)
    assert codes(sets, 30, day) == []
    stock.take_stock(product=sets, quantity=Decimal(30), reference="SP-2", days=[day], actor=None, now=NOW)
    Product.objects.filter(pk=sets.pk).update(daily_capacity=40)
    assert codes(sets, 1, day) == ["out_of_stock"]
    assert sets.capacity_days.get().used == 50


@given(
    lead=st.integers(0, 5),
    ahead=st.integers(0, 12),
    opens=st.times(),
    closes=st.times(),
    days=st.sets(st.sampled_from("1234567"), min_size=1),
    minutes=st.integers(0, 20_000),
    cut_off=st.none() | st.times(min_value=time(0, 1)),
)
def test_an_order_is_in_time_up_to_the_last_call(
    lead: int, ahead: int, opens: time, closes: time, days: set[str], minutes: int, cut_off: time | None
) -> None:
    shop = Seller(opens_at=opens, closes_at=closes, open_days="".join(sorted(days)))
    day = MONDAY + timedelta(days=ahead)
    assume(hours.opens_on(shop, day))
    now = NOW - timedelta(days=1) + timedelta(minutes=minutes)
    first = hours.first_day(shop, lead, now, cut_off=cut_off)
    assert (first <= day) == (now < hours.last_call(shop, lead, day, cut_off=cut_off))


def test_many_goods_cost_one_query(django_assert_num_queries: Any) -> None:
    made = [goods(stock_mode=mode) for mode in (StockMode.DAILY, StockMode.STOCK) for _n in range(4)]
    with django_assert_num_queries(1):
        on = feasibility.calendar(made, TOMORROW, NOW, for_agency=False)
    with django_assert_num_queries(0):
        assert not any(feasibility.faults(product, Decimal(1), on) for product in made)


def test_a_fault_points_at_what_to_change() -> None:
    product = goods(lead_days=1)
    on = feasibility.calendar([product], MONDAY, NOW, for_agency=False)
    fault = feasibility.faults(product, Decimal(1), on)[0]
    assert (fault.field, fault.refusal().field, fault.refusal("deliver_on_7").field) == ("day", "day", "deliver_on_7")
    with pytest.raises(RuleBroken) as refused:
        feasibility.check(product, Decimal(1), replace(on, day=MONDAY))
    assert refused.value.code == "too_soon"
    assert Seller.objects.get().name not in fault.text  # the goods, not the shop


@pytest.mark.parametrize(
    ("day", "hour", "minute", "expected"),
    [
        (TOMORROW, 7, 59, ["before_opening"]),
        (TOMORROW, 8, 0, []),
        (TOMORROW, 3, 0, ["before_opening"]),
        (TOMORROW, 23, 0, []),  # at the latest: it comes while the shop works
        (MONDAY, 9, 59, ["before_opening"]),  # asked at nine
        (MONDAY, 10, 0, []),
    ],
)
def test_the_hour_goods_must_be_there_is_an_hour_the_shop_can_keep(
    day: date, hour: int, minute: int, expected: list[str]
) -> None:
    product = goods(shop_opens_at=time(8), shop_closes_at=time(17), shop_open_days="1234567")
    by = datetime.combine(day, time(hour, minute), tzinfo=ZONE)
    on = feasibility.calendar([product], day, NOW, for_agency=True, by=by)
    assert [fault.code for fault in feasibility.faults(product, Decimal(1), on)] == expected
