"""Goods of an order that left: what that means for what is still to be sent. Used by services that have the order
locked."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from epeken.users.models import User
from orders.addenda import ending as addenda
from orders.cancellations.ending import overtake
from orders.orders.models import Order, OrderLine
from orders.orders.next_step import is_rest_expected
from orders.schedules import changes as schedules
from orders.schedules.models import DueDay


def take_off(
    order: Order, sent: Mapping[OrderLine, Decimal], due_day: DueDay | None, *, actor: User | None, now: datetime
) -> None:
    """They are not waited for any more. A request to cancel that waits is overtaken, a proposed change once everything
    was sent, or something for the date it is about."""
    for line, quantity in sent.items():
        line.sent_quantity += quantity
    OrderLine.objects.bulk_update(sent, ["sent_quantity"])
    if due_day is None:
        Order.objects.filter(pk=order.pk).update(rest_due_at=None)
    else:
        schedules.take(due_day, sent)
        schedules.settle(order)
    overtake(order, actor=actor, now=now)
    if not is_rest_expected(order):
        addenda.overtake(order, actor=actor, now=now)
    elif due_day is not None:
        addenda.overtake(order, actor=actor, now=now, days=[due_day])
