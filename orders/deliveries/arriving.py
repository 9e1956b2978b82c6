"""The arrival of a delivery, by whoever may say it. Used by services alone, with the order and the delivery locked."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from epeken.core import clock
from epeken.core.states import move
from epeken.users.models import User
from orders.deliveries import notices, rules
from orders.deliveries.handover import receiver_office
from orders.deliveries.models import Delivery
from orders.orders import policies as orders_policies
from orders.orders.models import Order, OrderLine
from orders.orders.states import SELLER_SIDE
from umkm.catalogue.states import Keeps


def arrive(
    delivery: Delivery, order: Order, *, actor: User, now: datetime, by_pin: bool = False, is_inspected: bool = False
) -> Delivery:
    """The silence clock of the fastest-spoiling line starts. `by_pin`: the seller typed the PIN of the receiving side,
    so the arrival is no bare word of the seller's. `is_inspected`: the same act says what of it is good, so nobody is
    asked to inspect it."""
    due = now + silence_of([line.order_line for line in delivery.lines.select_related("order_line")], now)
    office = SELLER_SIDE if by_pin and order.agency_id is not None else receiver_office(order, actor, now)
    move(
        delivery,
        "arrive",
        actor=actor,
        now=now,
        acted_as=office,
        arrived_at=now,
        due_at=due,
        is_told_by_seller=not by_pin and orders_policies.is_seller_of(actor, order),
        is_arrived_by_pin=by_pin,
    )
    notices.arrival_done(delivery, now=now)
    if not is_inspected:
        notices.delivery_arrived(delivery, now=now)
    return delivery


def silence_of(lines: Sequence[OrderLine], now: datetime) -> timedelta:
    """After how long silence about these goods counts as yes: the shortest period among the lines."""
    order = [Keeps.COOKED, Keeps.FRESH, Keeps.DRY, Keeps.OTHER]
    keeps = min((Keeps(line.keeps) for line in lines), key=order.index)
    return timedelta(hours=rules.SILENCE[keeps].on(clock.local_date(now)))
