"""The market's price: who counts, when, and how far above it a price is."""

import itertools
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from epeken.core import clock
from epeken.core.idempotency import new_key
from epeken.core.states import move
from tests.factories import umkm as make
from tests.factories.rules import set_rule
from tests.factories.users import signed_in
from tests.kept_steps import kept
from umkm.catalogue import checks
from umkm.catalogue.models import Category, PriceChange, Product
from umkm.catalogue.states import StockMode
from umkm.market_prices.references import (
    MarketPrice,
    PriceLevel,
    market_of,
    markets_beside,
    reference_of,
    references_of,
)
from umkm.owners.models import Owner

pytestmark = pytest.mark.django_db
DAY = clock.local_date(make.SINCE + timedelta(days=60))
SETTLED = 14


@pytest.fixture
@kept
def goods() -> Category:
    return make.make_category()


@pytest.fixture
@kept
def asked(goods: Category) -> Product:
    return make.make_product(category=goods, price=50_000)


@pytest.fixture
@kept
def five(goods: Category) -> list[Product]:
    """Of five owners: 10, 20, 30, 40 and 50 thousand."""
    return [make.make_product(category=goods, price=10_000 * n) for n in range(1, 6)]


def at(day_before: int) -> datetime:
    """The first moment of the day so many days before DAY."""
    return clock.start_of(DAY - timedelta(days=day_before))


def median(asked: Product) -> int | None:
    found = reference_of(asked, DAY)
    return found.median if found else None


def raised(product: Product, new: int, when: datetime) -> None:
    PriceChange.objects.create(product=product, old=product.price, new=new, actor=None, at=when)
    Product.objects.filter(pk=product.pk).update(price=new)


def test_the_middle_of_other_owners_and_where_half_of_them_stands(asked: Product, five: list[Product]) -> None:
    assert reference_of(asked, DAY) == MarketPrice(median=30_000, low=20_000, high=40_000, owners=5)


def test_of_fewer_owners_there_is_none(asked: Product, five: list[Product]) -> None:
    move(five[0], "hide", actor=None, now=make.SINCE)
    assert median(asked) is None
    set_rule("market.owners_least", value=4)
    assert median(asked) == 30_000  # of 20, 30, 40 and 50: the lower of the two in the middle


def test_an_owner_counts_once_with_any_number_of_shops_and_goods(asked: Product, five: list[Product]) -> None:
    dear = five[4].seller
    twin = make.make_seller(owner=dear.owner, nik=dear.nik)
    for n in range(20):
        make.make_product(dear if n % 2 else twin, category=asked.category, price=900_000 + n)
    found = reference_of(asked, DAY)
    assert found is not None and (found.owners, found.median, found.high) == (5, 30_000, 40_000)


@pytest.mark.parametrize("how", ["own", "sister", "draft"])
def test_the_owner_who_asks_does_not_count(asked: Product, five: list[Product], how: str) -> None:
    """Neither by other goods of the shop, nor by another shop, nor before an approval gave the new shop its owner."""
    rich = asked.seller
    sister = make.make_seller(owner=rich.owner, nik=rich.nik)
    for n in range(6):
        make.make_product(rich if how == "own" else sister, category=asked.category, price=800_000 + n)
    if how == "draft":
        shop = make.make_seller(state="draft", nik=rich.nik)
        asked = make.make_product(shop, category=asked.category, price=700_000, state="draft")
    found = reference_of(asked, DAY)
    assert found is not None and (found.owners, found.high) == (5, 40_000)


@pytest.mark.parametrize(("days", "counts"), [(SETTLED, True), (SETTLED - 1, False)])
def test_goods_count_once_they_were_on_show_long_enough(
    asked: Product, five: list[Product], days: int, counts: bool
) -> None:
    Product.objects.filter(pk=five[0].pk).update(published_at=at(days))
    assert (median(asked) is not None) == counts


def test_goods_kept_hidden_and_shown_just_before_do_not_count(asked: Product, five: list[Product]) -> None:
    hidden = five[0]
    move(hidden, "hide", actor=None, now=make.SINCE)
    move(hidden, "show", actor=None, now=at(SETTLED) + timedelta(seconds=1))
    assert median(asked) is None


@pytest.mark.parametrize(("days", "told"), [(SETTLED, 90_000), (SETTLED - 1, 30_000)])
def test_a_raised_price_counts_once_it_held_long_enough(
    asked: Product, five: list[Product], days: int, told: int
) -> None:
    for product in five[2:]:
        raised(product, 90_000, at(days))
    assert median(asked) == told


def test_a_price_lowered_and_raised_again_counts_at_its_lowest(asked: Product, five: list[Product]) -> None:
    raised(five[2], 25_000, at(5))
    five[2].refresh_from_db()
    raised(five[2], 95_000, at(1))
    assert median(asked) == 25_000


def test_a_lowered_price_counts_at_once(asked: Product, five: list[Product]) -> None:
    raised(five[2], 24_000, at(0))
    assert median(asked) == 24_000


@pytest.mark.parametrize("how", ["sold_out", "frozen", "other_unit", "other_goods"])
def test_what_cannot_be_had_or_is_not_the_same_does_not_count(asked: Product, five: list[Product], how: str) -> None:
    product = five[0]
    if how == "sold_out":
        empty = make.make_product(product.seller, category=product.category, price=10_000, on_hand=0)
        move(product, "hide", actor=None, now=make.SINCE)
        assert empty.on_hand == 0
    elif how == "frozen":
        move(product.seller, "freeze", actor=None, now=make.SINCE)
    elif how == "other_unit":
        Product.objects.filter(pk=product.pk).update(unit="kg")
    else:
        Product.objects.filter(pk=product.pk).update(category=make.make_category())
    assert median(asked) is None


def test_what_is_promised_to_orders_or_made_per_day_can_be_had(asked: Product, goods: Category) -> None:
    for n in range(1, 6):
        make.make_product(category=goods, price=10_000 * n, stock_mode=StockMode.DAILY)
    assert median(asked) == 30_000


@pytest.mark.parametrize(
    ("price", "level"),
    [(37_500, PriceLevel.USUAL), (37_501, PriceLevel.USUAL), (40_000, PriceLevel.USUAL), (40_001, PriceLevel.AMBER),
     (52_500, PriceLevel.AMBER), (52_501, PriceLevel.RED), (1, PriceLevel.USUAL)],
)  # fmt: skip
def test_both_sides_of_each_limit(price: int, level: PriceLevel) -> None:
    """Amber from a quarter above 30,000 and above the upper quarter; red from three quarters above, and from a quarter
    above the upper quarter."""
    assert MarketPrice(30_000, 20_000, 40_000, 5).level(price, DAY) == level


def test_amber_at_its_limit_where_the_others_agree() -> None:
    market = MarketPrice(30_000, 30_000, 30_000, 5)
    assert [market.level(price, DAY) for price in (37_500, 37_501)] == [PriceLevel.USUAL, PriceLevel.AMBER]
    assert [market.percent_above(price) for price in (30_000, 37_499, 29_999)] == [0, 24, -1]


def test_two_of_five_cannot_hide_a_price_far_above_the_others(asked: Product, five: list[Product]) -> None:
    for product in five[3:]:
        Product.objects.filter(pk=product.pk).update(price=5_000_000)
    found = reference_of(asked, DAY)
    assert found is not None and (found.median, found.high) == (30_000, 5_000_000)
    assert [found.level(price, DAY) for price in (75_000, 75_001)] == [PriceLevel.AMBER, PriceLevel.RED]
    assert [found.level(price, DAY) for price in (60_000, 60_001)] == [PriceLevel.USUAL, PriceLevel.AMBER]


def test_very_different_goods_of_one_category_are_no_news() -> None:
    """Drinks from 4,000 to 8,000: 8,000 is ordinary there, 10,001 is not."""
    market = MarketPrice(4_000, 4_000, 8_000, 8)
    levels = [market.level(price, DAY) for price in (8_000, 8_001, 10_000, 10_001)]
    assert levels == [PriceLevel.USUAL, PriceLevel.AMBER, PriceLevel.AMBER, PriceLevel.RED]


def test_one_query_for_any_number_of_goods(goods: Category, five: list[Product]) -> None:
    more = [make.make_product(price=10_000, unit=unit) for unit in ("kg", "box", "pcs")]
    products = list(Product.objects.filter(pk__in=[*(one.pk for one in more), five[0].pk]).as_cards())
    with CaptureQueriesContext(connection) as seen:
        references_of(products, DAY)
    assert len([query for query in seen if "core_rule" not in query["sql"]]) == 1


def test_the_seller_and_the_curator_read_it_with_the_figures(goods: Category) -> None:
    for n in range(1, 6):
        make.make_product(category=goods, price=10_000 * n, published_at=clock.now() - timedelta(days=30))
    person = make.make_user()
    mine = make.make_product(make.make_seller(person), category=goods, price=45_000)
    client, page = signed_in(person), reverse("umkm:product-edit", args=[mine.pk])
    text = " ".join(client.get(page).text.split())
    assert "Harga Rp45.000 per buah 50% di atas harga tengah 5 penjual lain" in text
    assert "Rp30.000 (separuhnya Rp20.000 sampai Rp40.000)" in text
    codes = [finding.code for finding in checks.findings_of(mine, clock.today())]
    assert codes.count("price_above_market") == 1
    Product.objects.filter(pk=mine.pk).update(price=40_000)
    text = " ".join(client.get(page).text.split())
    assert "di atas harga tengah" not in text
    # A usual price is told what is usual, and so are goods that are only about to be offered.
    usual = f"Harga tengah 5 penjual lain untuk {goods.title}: Rp30.000 per buah (separuhnya Rp20.000 sampai Rp40.000)."
    assert usual in text
    create = reverse("umkm:product-create")
    assert "Harga tengah" not in client.get(create).text
    answer = client.post(create, {"key": new_key(), "category": goods.pk, "unit": "pcs"})
    assert answer.status_code == 422 and usual in " ".join(answer.text.split())
    other = client.post(create, {"key": new_key(), "category": goods.pk, "unit": "kg"})
    assert "Harga tengah" not in other.text


def test_owners_that_become_one_count_once(asked: Product, five: list[Product]) -> None:
    owner = Owner.objects.get(pk=five[0].seller.owner_id)
    five[4].seller.owner = owner
    five[4].seller.save(update_fields=["owner"])
    assert median(asked) is None


def test_a_price_of_less_than_a_third_is_unusual(asked: Product, five: list[Product]) -> None:
    def codes(price: int) -> list[Any]:
        asked.price = price
        found = checks.market_finding(asked, reference_of(asked, DAY), DAY)
        return [found.code] if found else []

    assert (codes(10_000), codes(9_999)) == ([], ["price_unusual"])


@pytest.mark.parametrize("count", range(9))
def test_the_markets_beside_each_owner_are_those_of_the_others(count: int) -> None:
    """Also of one who sells nothing of it, and where several ask the same price."""
    for prices in itertools.product((10_000, 20_000, 35_000), repeat=min(count, 3)):
        points = list(enumerate(itertools.islice(itertools.cycle(prices), count), 1))
        beside = markets_beside(points, DAY)
        for owner in range(count + 2):
            assert beside(owner) == market_of([point for point in points if point[0] != owner], DAY)
