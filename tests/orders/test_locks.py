"""Rows are locked in one written order, whatever the service: two of them never wait for each other in a circle."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from epeken.core.idempotency import new_key
from orders.billing import services as billing
from orders.billing.models import Invoice
from orders.carts import services as carts
from orders.deliveries import services as deliveries
from orders.disputes import services as disputes
from orders.orders.services import agreement
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY

pytestmark = pytest.mark.django_db
LINE = [
    "procurement_budgetline",
    "procurement_purchaserequest",
    "orders_cart",
    "orders_order",
    "orders_delivery",
    "orders_invoice",
    "orders_dispute",
    "umkm_turnovermonth",
    "umkm_product",
]
LOCK = re.compile(r'FROM "(\w+)".*FOR NO KEY UPDATE')
# Hot rows are locked by their conditional UPDATE.
HOT = re.compile(r'^UPDATE "(procurement_budgetline|umkm_turnovermonth|umkm_product)"')


def locked_by(act: Callable[[], Any]) -> list[str]:
    """Tables in the order in which they were first locked."""
    with CaptureQueriesContext(connection) as seen:
        act()
    tables: list[str] = []
    for query in seen.captured_queries:
        found = LOCK.search(query["sql"]) or HOT.search(query["sql"])
        if found and found[1] in LINE and found[1] not in tables:
            tables.append(found[1])
    return tables


def in_line(tables: list[str]) -> bool:
    return tables == sorted(tables, key=LINE.index)


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


def test_issuing(office: make.Office) -> None:
    request = make.make_approved(office, [(goods.make_product(), 1)])
    tables = locked_by(lambda: agreement.issue_orders(actor=office.pp, request=request, key=new_key(), now=MONDAY))
    assert tables == [LINE[0], LINE[1], LINE[7], LINE[8]]


def test_placing() -> None:
    person, product = goods.make_user(), goods.make_product()
    cart = carts.put_in_cart(user=person, key="", product=product, quantity=1, now=MONDAY)
    values = make.checkout_values(product)
    tables = locked_by(lambda: carts.place_orders(actor=person, cart=cart, values=values, key=new_key(), now=MONDAY))
    assert tables == ["orders_cart", "umkm_turnovermonth", "umkm_product"]


def test_closing(office: make.Office) -> None:
    order = make.make_issued(office)
    tables = locked_by(
        lambda: agreement.close_order(actor=office.pp, order=order, reason="buyer_cancelled", note="x", now=MONDAY)
    )
    assert tables == [LINE[0], LINE[3], LINE[5], LINE[7], LINE[8]]


@pytest.mark.parametrize("accept", [None, 4, 0])
def test_signing_the_bast(office: make.Office, accept: int | None) -> None:
    delivery = make.arrived(make.shipped(make.accepted(make.make_issued(office))), office.receiver)
    make.inspected(delivery, office.receiver, accept=accept)
    tables = locked_by(
        lambda: deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=MONDAY + 2 * DAY)
    )
    assert in_line(tables), tables
    assert {"orders_order", "orders_delivery", "orders_invoice", "umkm_product"} <= set(tables)


def test_silence(office: make.Office) -> None:
    delivery = make.arrived(make.shipped(make.accepted(make.make_issued(office))), office.receiver)
    delivery.refresh_from_db()
    late = delivery.inspect_due_at + HOUR
    tables = locked_by(lambda: deliveries.accept_by_silence(now=late))
    assert in_line(tables), tables
    assert "orders_invoice" in tables


def test_paying(office: make.Office) -> None:
    order = make.verified(office, make.make_issued(office))
    assert locked_by(lambda: make.pay(office, order)) == [LINE[0], LINE[3], LINE[5]]


def test_verifying_and_deciding(office: make.Office) -> None:
    order = make.taken_over(office, make.make_issued(office))
    invoice = Invoice.objects.get(order=order)
    dispute = disputes.open_dispute(actor=office.receiver, order=order, complaint="x", now=MONDAY + 2 * DAY)
    tables = locked_by(
        lambda: disputes.decide_dispute(actor=office.receiver, dispute=dispute, decision="x", now=MONDAY + 3 * DAY)
    )
    assert tables == ["orders_order", "orders_delivery", "orders_invoice", "orders_dispute"]
    tables = locked_by(lambda: billing.verify_invoice(actor=office.treasurer, invoice=invoice, now=MONDAY + 3 * DAY))
    assert tables == ["orders_order", "orders_invoice"]
