"""A request to cancel that something else made pointless: the goods left, or the order ended by another way.

Apart from the services, because the services that send goods and close orders call it.
"""

from datetime import datetime

from epeken.core.states import move
from epeken.users.models import User
from orders.cancellations import notices
from orders.cancellations.models import Cancellation
from orders.orders.models import Order
from procurement.requests.services import unfilled


def overtake(order: Order, *, actor: User | None, now: datetime) -> None:
    """Nobody waits for an answer any more. Called with the order locked."""
    for waiting in Cancellation.objects.waiting().filter(order=order).select_related("asked_by"):
        move(waiting, "overtake", actor=actor, now=now, ended_at=now)
        unfilled.mark_cancellation(request=order.request, seller=order.seller, asked_at=None)
        notices.ended(waiting, actor=actor, now=now)
