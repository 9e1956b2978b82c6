"""What an order counts for against the monthly cap of its seller's owner."""

from datetime import datetime
from decimal import Decimal

from epeken.core.money import share
from orders.orders.models import Order, OrderLine
from orders.schedules import due
from umkm.owners import services as owners


def counted(order: Order) -> int:
    """Rupiah: what was ordered, without what was given up before it was sent, and without the delivery of dates for
    which nothing left. What was sent counts, whatever became of it. One query, of a schedule some more.

    Source: the city's rule counts orders that were placed and not cancelled.
    """
    given_up = order.rest_closed_at is not None
    kept = [(line.price, _kept(line, given_up=given_up)) for line in OrderLine.objects.filter(order=order)]
    saved = sum(
        day.missed_cost or due.cost_on(order, day)
        for day in due.days_of(order)
        if day.dropped_at is None and not day.is_begun and (given_up or day.missed_at is not None)
    )
    return sum(share(price, quantity) for price, quantity in kept) + order.delivery_cost - saved


def give_back(order: Order, now: datetime) -> None:
    """The owner may sell again for what was given up, in the month in which the order took it; a second call changes
    nothing. Called with the order locked, once its lines and dates say what was given up. Locks: TurnoverMonth."""
    owners.release_turnover(reference=order.number, now=now, keep={order.seller_id: counted(order)})


def _kept(line: OrderLine, *, given_up: bool) -> Decimal:
    return line.sent_quantity if given_up else line.quantity - line.missed_quantity
