"""Who may send and receive. Pure yes or no."""

from datetime import date

from epeken.core import clock
from epeken.users.models import User
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.orders.models import Order
from orders.orders.policies import earlier_side, holds, is_buyer_of
from procurement.agencies.states import OfficerRole


def came_on_time(delivery: Delivery, order: Order) -> bool:
    """Goods nobody reported as arrived are late for nobody."""
    return delivery.arrived_at is None or not clock.is_over(order.deliver_at, delivery.arrived_at)


def is_all_rejected(delivery: Delivery) -> bool:
    """Whether it was inspected and nothing of it is good."""
    return all(line.accepted == 0 for line in delivery.lines.all())


def can_inspect(actor: User, order: Order, delivery: Delivery, day: date) -> bool:
    """A person inspects what they have in hand, reported or not; a department reports the arrival first."""
    came = delivery.state == DeliveryState.ARRIVED
    if delivery.state == DeliveryState.SHIPPED:
        came = is_buyer_of(actor, order)
    return came and can_receive(actor, order, day)


def received_by(actor: User, order: Order) -> bool:
    return any(delivery.receiver_id == actor.pk for delivery in order.deliveries.all())


def has_receiver_role(actor: User, order: Order, day: date) -> bool:
    return is_buyer_of(actor, order) or holds(actor, order.agency_id, day, OfficerRole.RECEIVER)


def can_receive(actor: User, order: Order, day: date) -> bool:
    return has_receiver_role(actor, order, day) and earlier_side(actor, order) is None
