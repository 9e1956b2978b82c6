"""Payments somebody asks to reverse."""

from typing import Any

from epeken.core.idempotency import new_key
from orders.billing.models import Payment
from orders.orders.models import Order
from orders.reversals import services as reversals
from orders.reversals.models import PaymentReversal
from orders.reversals.states import ReversalReason
from tests.factories import orders as make
from tests.factories.orders import DAY, HOUR, MONDAY, Office
from tests.kept_steps import kept


@kept
def last_payment(order: Order) -> Payment:
    found: Payment = Payment.objects.filter(invoice__order=order).latest("pk")
    return found


@kept
def asked(office: Any, order: Order, **over: Any) -> PaymentReversal:
    """The treasurer asks to reverse the last payment of the order, one day after it. Of a wrong amount, Rp1.000 less
    left, unless said otherwise."""
    payment = over.pop("payment", None) or last_payment(order)
    if over.get("reason") == ReversalReason.AMOUNT:
        over.setdefault("sent_amount", payment.amount - 1000)
    values = {
        "actor": office.treasurer,
        "payment": payment,
        "reason": "reference",
        "note": "Seharusnya SP2D-002/2026",
        "key": new_key(),
        "now": MONDAY + 3 * DAY,
        **over,
    }
    return reversals.ask_reversal(**values)


@kept
def released(office: Any, row: PaymentReversal, **over: Any) -> PaymentReversal:
    values = {"actor": make.head_of(office), "reversal": row, "key": new_key(), "now": row.asked_at + HOUR, **over}
    return reversals.release_reversal(**values)


@kept
def paid(office: Office, **over: Any) -> Order:
    """A department's order paid in full and finished."""
    order = make.cleared(office, make.make_issued(office, **over))
    make.pay(office, order)
    return Order.objects.get(pk=order.pk)
