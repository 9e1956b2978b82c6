"""Who may cancel, how, and who answers. Pure yes or no over an order whose lines, deliveries, disputes and
cancellations are loaded or read on the way."""

from datetime import datetime

from django.db.models import TextChoices

from epeken.core import clock
from epeken.core.money import share
from epeken.users.models import User
from orders.cancellations.models import Cancellation
from orders.cancellations.states import WAITING, CancellationState
from orders.orders import policies as orders_policies
from orders.orders.models import Order
from orders.orders.next_step import dispute_of, is_rest_expected, sent_deliveries_of, waiting_of
from orders.orders.states import OrderState
from orders.schedules import due


class Way(TextChoices):
    """How somebody cancels what was not sent."""

    DIRECT = "direct"  # in one step
    ASK = "ask"  # the other side answers


def way_of(actor: User, order: Order, now: datetime) -> Way | None:
    """None: this person cannot cancel anything of it now.

    A buyer whose seller is late and has sent a part closes the rest instead (`policies.can_close_rest`); with a claim
    waiting they answer the claim first.
    """
    if not is_rest_expected(order) or dispute_of(order) is not None:
        return None
    waiting = waiting_of(order)
    if orders_policies.is_seller_of(actor, order):
        return Way.ASK if order.state == OrderState.ACCEPTED and waiting is None else None
    if not orders_policies.buys(actor, order, clock.local_date(now)):
        return None
    if order.state == OrderState.PLACED:
        return Way.DIRECT
    if order.state != OrderState.ACCEPTED or is_claimed(order):
        return None
    if orders_policies.is_late(order, now):
        return None if sent_deliveries_of(order) else Way.DIRECT
    return Way.ASK if waiting is None else None


def is_claimed(order: Order) -> bool:
    """Whether the seller claims compensation and the department has not answered."""
    waiting = waiting_of(order)
    return waiting is not None and waiting.state == CancellationState.CLAIMED


def unsent_value(order: Order) -> int:
    """What was ordered and not sent, whole rupiah; with the delivery while nothing was sent at all, of an order with a
    schedule that of each date for which nothing was."""
    goods = sum(share(line.price, line.unsent_quantity) for line in order.lines.all())
    if due.is_scheduled(order):
        return goods + sum(due.cost_on(order, day) for day in due.open_days(order) if not day.is_begun)
    return goods if sent_deliveries_of(order) else goods + order.delivery_cost


def is_of_asking_side(actor: User, cancellation: Cancellation, order: Order, now: datetime) -> bool:
    if cancellation.by_seller:
        return orders_policies.is_seller_of(actor, order)
    return orders_policies.buys(actor, order, clock.local_date(now))


def is_of_other_side(actor: User, cancellation: Cancellation, order: Order, now: datetime) -> bool:
    if cancellation.by_seller:
        return orders_policies.buys(actor, order, clock.local_date(now))
    return orders_policies.is_seller_of(actor, order)


def may_answer(actor: User, cancellation: Cancellation, order: Order, now: datetime) -> bool:
    """Whether it waits for this person: the side that was asked, or, with a claim, the side that asked."""
    if cancellation.state not in WAITING or clock.is_over(cancellation.due_at, now) or dispute_of(order) is not None:
        return False
    if cancellation.state == CancellationState.CLAIMED:
        return is_of_asking_side(actor, cancellation, order, now)
    return is_of_other_side(actor, cancellation, order, now)


def may_lower(actor: User, cancellation: Cancellation, order: Order, now: datetime) -> bool:
    """Whether this person's side made the claim that waits: it lowers the claim, or drops it and consents."""
    return (
        cancellation.state == CancellationState.CLAIMED
        and not clock.is_over(cancellation.due_at, now)
        and dispute_of(order) is None
        and orders_policies.is_seller_of(actor, order)
    )


def may_withdraw(actor: User, cancellation: Cancellation, order: Order, now: datetime) -> bool:
    """Whether this person's side asked, and nobody answered yet."""
    return (
        cancellation.state == CancellationState.ASKED
        and dispute_of(order) is None
        and is_of_asking_side(actor, cancellation, order, now)
    )
