"""Who may open and decide a dispute. Pure yes or no."""

from datetime import date

from epeken.users.models import User
from orders.cancellations.policies import is_claimed
from orders.deliveries.states import DeliveryState
from orders.disputes.models import Dispute
from orders.disputes.states import DisputeState
from orders.orders.models import Order
from orders.orders.policies import is_buyer_of, is_officer_of, is_seller_of


def can_dispute(actor: User, order: Order, day: date) -> bool:
    """Either side of the delivery: the buyer, the department's officers, the seller."""
    return is_seller_of(actor, order) or is_buyer_of(actor, order) or is_officer_of(actor, order, day)


CAME = (DeliveryState.ARRIVED, DeliveryState.INSPECTED, DeliveryState.ACCEPTED)


def is_about_something(order: Order) -> bool:
    """Whether there is something to disagree about: goods that came, or a claim for compensation."""
    return any(delivery.state in CAME for delivery in order.deliveries.all()) or is_claimed(order)


def can_settle(actor: User, dispute: Dispute, order: Order, day: date) -> bool:
    """Who opened it, while still on that side of the delivery."""
    if actor.pk != dispute.opened_by_id:
        return False
    if dispute.opened_by_seller:
        return is_seller_of(actor, order)
    return is_buyer_of(actor, order) or is_officer_of(actor, order, day)


def can_decide(actor: User) -> bool:
    return bool(actor.has_perm("orders.decide_dispute"))


def is_disputed(order: Order) -> bool:
    """Whether a dispute is undecided: silence, handover, payment and the time for the rest wait for it."""
    return order.disputes.undecided().exists()


UNDECIDED = (DisputeState.OPENED, DisputeState.ANSWERED)
