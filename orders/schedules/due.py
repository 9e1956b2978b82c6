"""When what of an order is to come. Everybody who asks for the date of a part asks here.

An order with one date says it itself. One with a schedule has a row per date; the next of them stands on the order
(`Order.next_due_at`), so that a list asks no other table.
"""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects

from epeken.core import clock
from epeken.core.money import split
from orders.orders import rules

if TYPE_CHECKING:
    from orders.deliveries.models import Delivery
    from orders.orders.models import Order
    from orders.schedules.models import DueDay


def is_scheduled(order: "Order") -> bool:
    return order.next_due_at is not None


def rest_end(last: date, today: date) -> datetime:
    """Until when what did not come by the day `last` may still be sent."""
    return clock.end_of(clock.add_working_days(max(last, today), rules.REST.on(today)))


def days_of(order: "Order") -> "list[DueDay]":
    """Its dates with their amounts, as a list prefetched them; none, without a query, of an order with one date."""
    if not is_scheduled(order):
        return []
    days = list(order.due_days.all())
    prefetch_related_objects(days, "amounts__order_line")
    return days


def day_of(delivery: "Delivery") -> "DueDay | None":
    """For which date its goods come, also where they come again for others; None: the order has one date."""
    if not is_scheduled(delivery.order):
        return None
    if delivery.due_day_id is None and delivery.remedy is not None:
        return day_of(delivery.remedy.delivery)
    return delivery.due_day


def cost_on(order: "Order", day: "DueDay") -> int:
    """What bringing the goods of the date costs: the order's delivery cost is that of all its dates, evenly. What the
    others cost stays when one of them is dropped."""
    kept = [one for one in order.due_days.all() if one.dropped_at is None]
    return split(order.delivery_cost, [1] * len(kept))[kept.index(day)] if day in kept else 0


def open_days(order: "Order") -> "list[DueDay]":
    """Those of which something is still to be sent, the first first: one that was moved comes when it says now."""
    return sorted((day for day in days_of(order) if day.is_open), key=lambda day: (day.deliver_at, day.number))


def late_days(order: "Order", now: datetime, paused: timedelta = timedelta()) -> "list[DueDay]":
    """Open dates that are over; `paused`: how long the seller was kept from sending."""
    return [day for day in open_days(order) if clock.is_over(day.deliver_at + paused, now)]
