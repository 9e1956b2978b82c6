"""Who may bring a late invoice further, and who looks after those that came to the city hall. Pure yes or no."""

from epeken.users.models import User
from orders.orders.models import Order
from orders.orders.policies import is_seller_of

FOLLOW = "orders.follow_late_invoice"


def can_send(actor: User, order: Order) -> bool:
    return is_seller_of(actor, order)


def can_follow(actor: User) -> bool:
    return bool(actor.has_perm(FOLLOW))
