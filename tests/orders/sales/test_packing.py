"""What is packed for a day: what the shop still sends, added up, and nothing that left or was given up."""

import pytest

from epeken.core import clock
from orders.orders.models import Order
from orders.sales import packing
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.pages import url

pytestmark = pytest.mark.django_db


@pytest.fixture
@kept
def shop() -> goods.Seller:
    return goods.make_seller(delivery_fee=0)


@pytest.fixture
@kept
def orders(shop: goods.Seller) -> list[Order]:
    """Three people order of one shop, two of them the same goods."""
    rice, cake = goods.make_product(shop, name="Nasi", on_hand=100), goods.make_product(shop, name="Kue", on_hand=100)
    wanted = ([(rice, 3)], [(rice, 4), (cake, 2)], [(cake, 1)])
    placed = [make.place(goods.make_user(), *each)[0] for each in wanted]
    return [make.accepted(order) for order in placed]


def test_goods_are_added_up_over_the_day(shop: goods.Seller, orders: list[Order]) -> None:
    now = MONDAY + 2 * HOUR
    days = packing.days_of(shop, now)
    assert sum(days.values()) == 3
    day = next(iter(days))
    found = packing.orders_on(shop, day, now)
    assert [one.order.pk for one in found] == [order.pk for order in orders]
    amounts = {name: amount for amount, name in packing.added_up(found)}
    assert {name: amount.split()[0] for name, amount in amounts.items()} == {"Nasi": "7", "Kue": "3"}


def test_what_left_is_not_packed_again(shop: goods.Seller, orders: list[Order]) -> None:
    make.shipped(orders[0])
    line = orders[1].lines.get(name="Nasi")
    make.shipped(orders[1], sent={line.pk: 1, orders[1].lines.get(name="Kue").pk: 0})
    now = MONDAY + DAY + HOUR
    found = [one for day in packing.days_of(shop, now) for one in packing.orders_on(shop, day, now)]
    amounts = {name: amount.split()[0] for amount, name in packing.added_up(found)}
    assert amounts == {"Nasi": "3", "Kue": "3"}


def test_the_page_of_a_shop_is_its_own(shop: goods.Seller, orders: list[Order]) -> None:
    member = shop.members.get().user
    day = clock.local_date(orders[0].deliver_at)
    text = signed_in(member).get(url("packing-list"), {"hari": f"{day:%d-%m-%Y}"}).content.decode()
    assert all(order.number in text for order in orders)
    stranger = goods.make_seller().members.get().user
    theirs = signed_in(stranger).get(url("packing-list"), {"hari": f"{day:%d-%m-%Y}"}).content.decode()
    assert "Tidak ada yang dikemas" in theirs
    assert not any(order.number in theirs for order in orders)


def test_the_page_asks_as_many_statements_for_many_orders(
    shop: goods.Seller, orders: list[Order], django_assert_max_num_queries: object
) -> None:
    now = MONDAY + 2 * HOUR
    day = next(iter(packing.days_of(shop, now)))
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        packing.orders_on(shop, day, now)
