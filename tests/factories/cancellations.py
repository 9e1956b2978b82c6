"""Orders cancelled, or asked to be, by the real services."""

from datetime import datetime
from typing import Any

from epeken.users.models import User
from orders.cancellations import services
from orders.cancellations.models import Cancellation
from orders.compensations.models import Compensation
from orders.orders.models import Order
from tests.factories.orders import HOUR, MONDAY, member_of
from tests.kept_steps import kept

LATER = MONDAY + 2 * HOUR


@kept
def cancelled(order: Order, actor: User, *, now: datetime = MONDAY + HOUR, **over: Any) -> Cancellation:
    """By the buyer, in one step."""
    reason = "activity" if order.agency_id else "not_needed"
    given = {"reason": reason, "note": "Acara diundur", **over}
    return services.cancel_order(actor=actor, order=order, now=now, **given)


@kept
def asked(order: Order, actor: User, *, now: datetime = LATER, **over: Any) -> Cancellation:
    """By the buyer, or by the seller when the actor is of the shop, of an accepted order."""
    sells = order.seller.members.filter(user=actor).exists()
    reason = "cannot_make" if sells else "activity" if order.agency_id else "not_needed"
    given = {"reason": reason, "note": "Acara diundur", **over}
    return services.ask_cancellation(actor=actor, order=order, now=now, **given)


@kept
def claimed(row: Cancellation, *, amount: int = 250_000, now: datetime = LATER + HOUR, **over: Any) -> Cancellation:
    given = {"spent_on": "Daging dan beras", **over}
    actor = given.pop("actor", None) or member_of(row.order)
    return services.claim_compensation(actor=actor, cancellation=row, amount=amount, now=now, **given)


@kept
def agreed(row: Cancellation, actor: User, *, amount: int = 250_000, now: datetime = LATER + HOUR) -> Compensation:
    """The department's answer to a claim: it owes a compensation."""
    given = {"amount": amount, "note": "Bahannya terlanjur dibeli", "now": now}
    return services.agree_claim(actor=actor, cancellation=row, **given).compensation
