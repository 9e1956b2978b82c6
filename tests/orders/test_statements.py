"""How many statements an order costs: each locks rows others wait for, and there are many orders in a lunch hour."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from epeken.core.idempotency import new_key
from orders.carts import services as carts
from orders.orders.services import agreement
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import HOUR, MONDAY

pytestmark = pytest.mark.django_db

ATTESTED = 2  # read the file, write the acts: however many orders; of new ones nobody waits for the chain
PLACED, ISSUED, EACH_MORE = 18 + ATTESTED, 47 + ATTESTED, 23


def counted(act: Any) -> int:
    """Without the savepoint of a service that a test calls, and what a connection prepares once."""
    with CaptureQueriesContext(connection) as seen:
        act()
    return len([row for row in seen.captured_queries if not re.search("SAVEPOINT|^PREPARE", row["sql"])])


def test_a_person_places_an_order() -> None:
    product = goods.make_product(on_hand=100)
    make.place(goods.make_user(), (product, 1))  # the month's room of the owner is there from its first order on
    person = goods.make_user()
    cart = carts.put_in_cart(user=person, key="", product=product, quantity=Decimal(1), now=MONDAY)
    values = make.checkout_values(product)
    assert (
        counted(lambda: carts.place_orders(actor=person, cart=cart, values=values, key=new_key(), now=MONDAY)) <= PLACED
    )


def test_an_officer_issues_and_each_more_seller_costs_less_than_the_first() -> None:
    office = make.make_office()

    def issued(sellers: int) -> int:
        wanted = [(goods.make_product(price=10_000), 1) for _n in range(sellers)]
        request = make.make_approved(office, wanted)
        return counted(
            lambda: agreement.issue_orders(actor=office.pp, request=request, key=new_key(), now=MONDAY + HOUR)
        )

    assert issued(1) <= ISSUED
    assert issued(4) <= ISSUED + 3 * EACH_MORE
