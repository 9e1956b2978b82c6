"""Who may check and pay an invoice. Pure yes or no."""

from datetime import date

from epeken.users.models import User
from orders.deliveries.policies import received_by
from orders.orders.models import Order
from orders.orders.policies import earlier_side, holds
from procurement.agencies.states import OfficerRole


def has_treasurer_role(actor: User, order: Order, day: date) -> bool:
    return holds(actor, order.agency_id, day, OfficerRole.TREASURER)


def can_pay(actor: User, order: Order, day: date) -> bool:
    return (
        has_treasurer_role(actor, order, day) and earlier_side(actor, order) is None and not received_by(actor, order)
    )
