"""What became of goods that were sent in place of others: their delivery's result is the replacement's. Used by the
services of deliveries, with the order, its budget and the delivery locked."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from epeken.core import clock
from epeken.core.states import move
from epeken.users.models import User
from orders.deliveries.models import Delivery, DeliveryLine
from orders.orders import rules as orders_rules
from orders.remedies import granting, notices
from orders.remedies.models import Remedy


def of_shipment(delivery: Delivery) -> Remedy:
    """The decision it is sent by."""
    assert delivery.remedy_id is not None
    return Remedy.objects.select_related("delivery", "order_line", "dispute", "order__seller").get(
        pk=delivery.remedy_id
    )


def cover(delivery: Delivery, lines: Sequence[DeliveryLine]) -> None:
    """What was accepted stands first for goods an earlier invoice bears; only the rest is invoiced."""
    if delivery.remedy_id is None:
        return
    left = of_shipment(delivery).invoiced_left
    for line in lines:
        line.covered = min(line.kept, left)
    DeliveryLine.objects.bulk_update(lines, ["covered"])


def conclude(delivery: Delivery, lines: Sequence[DeliveryLine], *, actor: User | None, now: datetime) -> None:
    """It was accepted, whole or in part, or refused. What did not come right is owed until the decided moment."""
    if delivery.remedy_id is None:
        return
    remedy = of_shipment(delivery)
    was_holding = remedy.invoiced_left > 0
    came = remedy.came + sum((line.kept for line in lines), Decimal(0))
    if came == remedy.quantity:
        move(remedy, "come", actor=actor, now=now, note=delivery.number, came=came, ended_at=now)
    else:
        move(remedy, "fall_short", actor=actor, now=now, note=delivery.number, came=came, waits_since=now)
    granting.release(remedy, was_holding=was_holding, now=now)
    notices.came_again(remedy, actor=actor, now=now)


def unsend(delivery: Delivery, *, actor: User, acted_as: str, now: datetime) -> None:
    """It never left: it is owed until the moment it was owed before, and the seller gains no time."""
    remedy = of_shipment(delivery)
    move(remedy, "unsend", actor=actor, now=now, note=delivery.number, acted_as=acted_as, waits_since=now)


def miss(delivery: Delivery, *, actor: User | None, now: datetime) -> None:
    """It did not come. That is one side's word, so the seller has some working days for it once more."""
    remedy = of_shipment(delivery)
    days = orders_rules.REST.on(clock.local_date(now))
    again = clock.due_after_working_days(now, days)
    due = max(remedy.due_at, again) if remedy.due_at is not None else again
    move(remedy, "miss", actor=actor, now=now, note=delivery.number, waits_since=now, due_at=due)
