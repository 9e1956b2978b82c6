"""A proposed change that something else made pointless: its goods left, or nobody waits for them any more.

Apart from the services, because the services that send goods and close orders call it.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from epeken.core import clock
from epeken.core.states import move
from epeken.users.models import User
from orders.addenda import notices
from orders.addenda.models import Addendum
from orders.orders.models import Order
from orders.schedules.models import DueDay


def overtake(
    order: Order, *, actor: User | None, now: datetime, days: Collection[DueDay] | None = None
) -> None:  # fmt: skip
    """Nobody waits for an answer any more; `days`: only what is about one of these dates. Called with the order
    locked."""
    if order.amend_due_at is None:
        return
    found = Addendum.objects.waiting().filter(order=order).select_related("asked_by")
    for waiting in found if days is None else found.filter(due_day__in=days):
        waiting.order = order
        end(waiting, "overtake", actor=actor, now=now)


def pause(order: Order, paused: timedelta, now: datetime) -> None:
    """Nobody could answer for so long while a dispute was undecided: the time that was left runs on, though not past
    the moment the goods are to come. Called with the order locked."""
    for waiting in Addendum.objects.waiting().filter(order=order):
        later = clock.moved(waiting.due_at, paused)
        ends = (order.deliver_at, waiting.deliver_at, waiting.earlier_day_at, waiting.day_at)
        ahead = [end for end in ends if end is not None and not clock.is_over(end, now)]
        due = min([later, *ahead])
        Addendum.objects.filter(pk=waiting.pk).update(due_at=due)
        Order.objects.filter(pk=order.pk).update(amend_due_at=due)


def end(row: Addendum, action: str, *, actor: User | None, now: datetime, **more: Any) -> None:
    """It waits no longer, and its order says so; both sides are told. Called with the order locked."""
    move(row, action, actor=actor, now=now, ended_at=now, **more)
    row.order.amend_due_at = None
    Order.objects.filter(pk=row.order_id).update(amend_due_at=None)
    notices.ended(row, actor=actor, now=now)
