"""Addresses of the order's pages, and orders that came as far as a page needs."""

from typing import Any

from django.urls import reverse

from epeken.core import clock
from orders.billing.models import Invoice
from orders.deliveries import services as deliveries
from orders.deliveries.models import Delivery
from orders.orders.models import Order
from tests.factories import orders as make

# Addresses of one delivery or one invoice of an order.
OF_DELIVERY = {"delivery-arrive", "delivery-inspect", "bast-create", "delivery-confirm", "delivery-pin", "pin-renew"}
OF_INVOICE = {
    "invoice-verify", "invoice-reissue", "invoice-return", "invoice-hold", "invoice-resume", "payment-create",
    "cash-create",
}  # fmt: skip


def url(name: str, *args: Any) -> str:
    """Where one delivery or invoice is wanted, the order's newest, or a number that is none."""
    if name in OF_DELIVERY | OF_INVOICE and len(args) == 1:
        parts: Any = Delivery if name in OF_DELIVERY else Invoice
        args = (*args, parts.objects.filter(order__number=args[0]).values_list("number", flat=True).last() or "SJ-0")
    app = "site" if name in ("seller-dashboard", "seller-orders", "seller-money") else "orders"
    return reverse(f"{app}:{name}", args=args)


def to_arrived(order: Order, office: make.Office) -> Delivery:
    now = clock.now()
    delivery = make.shipped(make.accepted(order, now=now), now=now)
    return make.arrived(delivery, office.receiver, now=now)


def to_billed(order: Order, office: make.Office) -> Invoice:
    now = clock.now()
    delivery = to_arrived(order, office)
    make.inspected(delivery, office.receiver, now=now)
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=now)
    return Invoice.objects.get(order=order)
