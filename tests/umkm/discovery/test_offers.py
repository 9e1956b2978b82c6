"""Which offers can come by a moment to a place, and a search that keeps only them."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from epeken.core.clock import ZONE
from tests.factories import umkm as make
from tests.factories.places import WARD, far_away
from tests.factories.rules import set_rule
from umkm.catalogue.models import Product
from umkm.catalogue.states import StockMode
from umkm.discovery import search as engine
from umkm.discovery.offers import Destination, Offer, offers_of
from umkm.discovery.places import places
from umkm.discovery.search import Query, search

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 7, 9, 0, tzinfo=ZONE)
BY = NOW + timedelta(days=3)


@pytest.fixture(autouse=True)
def _rules(db: None) -> None:
    set_rule("seller.cap_monthly", 30_000_000)
    set_rule("order.answer_food_days_before", 1)


def offer(product: Product, quantity: int = 10, asked: int = 0, **over: Any) -> Offer:
    values: dict[str, Any] = {"by": BY, "place": places()[WARD], "now": NOW, **over}
    goods = Product.objects.as_offers().filter(pk=product.pk)
    return offers_of(goods, Destination(**values), lambda _product: Decimal(quantity), lambda _product: asked)[0]


def daily(capacity: int, **over: Any) -> Product:
    """A meal, made on the day itself."""
    return make.make_product(stock_mode=StockMode.DAILY, daily_capacity=Decimal(capacity), keeps="cooked", **over)


@pytest.mark.parametrize(
    ("over", "quantity", "codes"),
    [
        ({}, 100, []),
        ({}, 101, ["out_of_stock"]),
        ({"lead_days": 3}, 10, []),
        ({"lead_days": 4}, 10, ["too_soon"]),
        ({"minimum": Decimal(11)}, 10, ["below_minimum"]),
        ({"price": 299_900}, 100, []),  # 29.990.000 and 10.000 for delivery: just the cap
        ({"price": 299_901}, 100, ["cap_full"]),
    ],
)
def test_why_an_offer_cannot_come(over: dict[str, Any], quantity: int, codes: list[str]) -> None:
    found = offer(make.make_product(**over), quantity)
    assert [fault.code for fault in found.faults] == codes
    assert found.is_able is (not codes)


def test_what_the_purchase_asks_anyway_of_the_owner_takes_room_and_pays_the_delivery() -> None:
    goods = make.make_product(price=100_000)
    shop = goods.seller_id
    assert offer(goods, asked=28_990_000).is_able
    assert [fault.code for fault in offer(goods, asked=28_990_001).faults] == ["cap_full"]
    assert offer(goods, asked=28_990_001, paid=frozenset({shop})).total == 1_000_000


@pytest.mark.parametrize(("most", "able"), [(1_010_000, True), (1_009_999, False), (None, True)])
def test_what_the_budget_does_not_pay_is_said(most: int | None, able: bool) -> None:
    assert offer(make.make_product(price=100_000), most=most).is_able is able


def test_a_day_is_no_way_out_of_a_full_month() -> None:
    """What another day does not mend comes first, and then no other day is proposed."""
    closed = make.make_product(price=299_901, seller=make.make_seller(closed_until=BY.date()))
    free, full = offer(closed, 10), offer(closed, 100)
    assert [fault.code for fault in free.faults] == ["shop_closed"]
    assert free.faults[0].day is not None and free.faults[0].text.endswith("Pilih hari lain.")
    assert [fault.code for fault in full.faults] == ["cap_full", "shop_closed"]
    assert {fault.day for fault in full.faults} == {None} and "Pilih hari lain" not in full.faults[1].text
    # Nor a day of a year that does not pay.
    ended = offer(closed, 10, until=BY.date()).faults[0]
    assert ended.day is None and ended.text.endswith("Cari penjual lain.")


def test_an_own_shop_is_no_offer() -> None:
    goods = make.make_product()
    assert [fault.code for fault in offer(goods, tied=frozenset({goods.seller_id})).faults] == ["own_shop"]


def test_facts_of_an_offer() -> None:
    near = daily(50, price=20_000, seller=make.make_seller(delivery_fee=7_000))
    facts = offer(near)
    assert (facts.nearness, facts.goods, facts.fee, facts.free) == (0, 200_000, 7_000, 50)
    assert facts.earliest == (NOW + timedelta(days=1)).date()  # a meal is answered the day before
    assert facts.most == 50
    far = make.make_product(seller=make.make_seller(kelurahan=far_away(), offers_delivery=False), price=3_000_000)
    assert (offer(far, 1).nearness, offer(far, 1).fee, offer(far, 1).most) == (2, 0, 10)  # ten fill the cap


@pytest.mark.parametrize("by", [None, NOW - timedelta(days=1)])
def test_while_the_day_is_open_only_what_holds_on_every_day_is_asked(by: datetime | None) -> None:
    found = offer(make.make_product(lead_days=30), by=by)
    assert (found.is_able, found.free, found.earliest, found.most) == (True, None, None, None)


def test_the_number_of_queries_is_fixed() -> None:
    def asked(goods: list[Product]) -> int:
        with CaptureQueriesContext(connection) as found:
            offers_of(goods, Destination(BY, None, NOW), lambda product: product.minimum)
        return len(found)

    goods = [daily(5), *(make.make_product() for _n in range(4)), daily(9)]
    assert asked(goods[:1]) == asked(goods) <= 5


def test_a_search_keeps_only_what_may_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count, filters and pages are those of what stays, in the market's order."""
    goods = [make.make_product(name=f"Lemper {n}", published_at=NOW + timedelta(minutes=n)) for n in range(6)]
    market = [hit.product.pk for hit in search(Query(text="lemper"), now=NOW).hits]
    assert len(market) == 6
    seen: list[int] = []

    def keep(pks: list[int]) -> list[int]:
        seen[:] = pks
        return [pk for pk in pks if pk not in (goods[1].pk, goods[4].pk)]

    monkeypatch.setattr(engine, "PAGE", 3)
    first = search(Query(text="lemper"), now=NOW, keep=keep)
    assert seen == market
    assert (first.count, first.facets.kinds) == (4, {"umkm": 4})
    second = search(Query(text="lemper", after=first.next), now=NOW, keep=keep)
    assert [hit.product.pk for hit in (*first.hits, *second.hits)] == [pk for pk in market if pk in keep(market)]
