"""Who fulfils and who confirms what a decision gave. Pure yes or no."""

from epeken.users.models import User
from orders.orders import policies as orders_policies
from orders.orders.models import Order
from orders.remedies.models import Remedy
from orders.remedies.states import RemedyState


def can_fulfil(actor: User, order: Order) -> bool:
    return orders_policies.is_seller_of(actor, order)


def can_confirm(actor: User, order: Order) -> bool:
    """The person the money goes back to."""
    return orders_policies.is_buyer_of(actor, order)


def waits_for_buyer(remedy: Remedy) -> bool:
    return remedy.state == RemedyState.RECORDED
