"""Whether goods are for sale, and whether this much of them can be ordered for that day."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import product as every
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from epeken.core.clock import ZONE
from epeken.core.errors import RuleBroken
from tests.factories import umkm as make
from umkm.catalogue import feasibility, rules
from umkm.catalogue.models import Product
from umkm.catalogue.policies import is_for_sale
from umkm.catalogue.states import FoodKind, Keeps, ProductState, StockMode
from umkm.discovery.search import Query, search
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
    assert {hit.product.pk for hit in search(Query(), day=MONDAY).hits} == expected


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


def test_what_is_made_per_day_counts_by_its_day() -> None:
    product = goods(stock_mode=StockMode.DAILY, daily_capacity=Decimal(10))
    stock.take_stock(product=product, quantity=Decimal(8), reference="uji", day=TOMORROW, actor=None, now=NOW)
    assert codes(product, 10, MONDAY) == []
    assert codes(product, 2, TOMORROW) == []
    assert codes(product, 3, TOMORROW) == ["out_of_stock"]


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
