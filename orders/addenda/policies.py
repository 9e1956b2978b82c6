"""Who may propose a change, and who answers. Yes or no over an order whose lines, deliveries and disputes are loaded or
read on the way."""

from datetime import datetime
from enum import Enum

from epeken.core import clock
from epeken.users.models import User
from orders.addenda import dates
from orders.addenda.models import Addendum
from orders.addenda.states import AddendumState
from orders.billing import sides
from orders.deliveries import policies as deliveries_policies
from orders.orders import policies as orders_policies
from orders.orders.models import Order
from orders.orders.next_step import dispute_of, is_rest_expected, waiting_of
from orders.orders.states import OrderState
from orders.schedules.due import is_scheduled
from procurement.requests import policies as requests_policies
from umkm.sellers.policies import is_tied


class AmendHindrance(Enum):
    """Why no change of an order may be proposed."""

    CITIZEN = "citizen"
    STATE = "state"
    SCHEDULE = "schedule"  # something left for each date that is still waited for
    DISPUTE = "dispute"
    CANCELLATION = "cancellation"


def hindrance(order: Order) -> AmendHindrance | None:
    """None of a department's order accepted by its seller, with goods still to be sent, when nothing waits that would
    end it."""
    if order.agency_id is None:
        return AmendHindrance.CITIZEN
    if order.state != OrderState.ACCEPTED or not is_rest_expected(order):
        return AmendHindrance.STATE
    if is_scheduled(order) and not dates.changeable(order):
        return AmendHindrance.SCHEDULE
    if dispute_of(order) is not None:
        return AmendHindrance.DISPUTE
    return AmendHindrance.CANCELLATION if waiting_of(order) is not None else None


def signs_for_agency(actor: User, order: Order, now: datetime) -> bool:
    """A PP or PPK of today who is on no other side of this purchase: who did not write its request, has no part in the
    shop, received nothing of it and paid for none of it."""
    return (
        orders_policies.buys(actor, order, clock.local_date(now))
        and order.request is not None
        and not requests_policies.has_written(actor, order.request)
        and not is_tied(actor, order.seller)
        and not deliveries_policies.received_by(actor, order)
        and not sides.handled_by(actor, order)
    )


def may_propose(actor: User, order: Order, now: datetime) -> bool:
    return (
        hindrance(order) is None
        and order.amend_due_at is None
        and (orders_policies.is_seller_of(actor, order) or signs_for_agency(actor, order, now))
    )


def is_of_side(actor: User, order: Order, now: datetime, *, seller: bool) -> bool:
    if seller:
        return orders_policies.is_seller_of(actor, order)
    return signs_for_agency(actor, order, now)


def may_answer(actor: User, row: Addendum, order: Order, now: datetime) -> bool:
    return (
        row.state == AddendumState.ASKED
        and not clock.is_over(row.due_at, now)
        and dispute_of(order) is None
        and is_of_side(actor, order, now, seller=not row.by_seller)
    )
