"""Who had a part in the money of an order: who checked or paid, and who approved it. Events tell it, which stay."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Value

from epeken.core.queries import written_once
from epeken.users.models import User
from orders.billing.models import InvoiceEvent, Payment
from orders.deliveries.models import DeliveryEvent
from orders.orders.models import Order
from orders.orders.states import SELLER_SIDE

TREASURY_ACTS = ("verify", "pay")
APPROVALS = ("approve",)


def handled_by(actor: User, order: Order) -> bool:
    """Whether the person ever checked or paid an invoice of the order, also one that is void now."""
    return actor.pk in _of_money(order)[0]


def approved_by(actor: User, order: Order) -> bool:
    """Whether the person ever approved a payment of the order, also when that holds no longer."""
    return actor.pk in _of_money(order)[1]


def handled_among(actor: User, orders: Iterable[int]) -> set[int]:
    """`handled_by` for several orders, by their pks: those of which it is true. One query."""
    pks = list(orders)
    paid = Payment.objects.filter(invoice__order__in=pks, recorded_by=actor).order_by()
    return set(_acted(actor, pks, TREASURY_ACTS).union(paid.values_list("invoice__order_id", flat=True)))


def approved_among(actor: User, orders: Iterable[int]) -> set[int]:
    """`approved_by` likewise. One query."""
    return set(_acted(actor, orders, APPROVALS))


def _acted(actor: User, orders: Iterable[int], actions: Iterable[str]) -> Any:
    """The pks of those of the orders on whose invoices the person did one of the acts."""
    events = InvoiceEvent.objects.filter(invoice__order__in=list(orders), action__in=actions, actor=actor)
    return events.order_by().values_list("invoice__order_id", flat=True)


def keep(
    order: Order,
    user: User,
    *,
    received: Collection[int],
    approved: Collection[int] = (),
    handled: Collection[int] = (),
) -> None:
    """The order in hand answers, of this person alone, from what was asked for many: pks of the orders they received,
    approved or handled."""
    mine = frozenset({user.pk})
    order.__dict__["receivers"] = mine if order.pk in received else frozenset()
    order.__dict__["money_people"] = (
        mine if order.pk in handled else frozenset(), mine if order.pk in approved else frozenset(),
    )  # fmt: skip


def _of_money(order: Order) -> tuple[frozenset[int | None], frozenset[int | None]]:
    """Who handled the order's money, and who approved its payments. One query for an order in hand."""
    if "money_people" not in order.__dict__:
        rows = _acts_of_money(order.pk)
        # What `deliveries.policies.received_by` would ask next.
        order.__dict__.setdefault("receivers", frozenset(who for who, action in rows if action == "receive"))
        handled = {who for who, action in rows if action in TREASURY_ACTS}
        approved = {who for who, action in rows if action in APPROVALS}
        order.__dict__["money_people"] = (frozenset(handled), frozenset(approved))
    return order.__dict__["money_people"]


@written_once
def _acts_of_money(order: Any) -> Any:
    events = InvoiceEvent.objects.filter(invoice__order=order, action__in=(*TREASURY_ACTS, *APPROVALS))
    paid = Payment.objects.filter(invoice__order=order).order_by().values_list("recorded_by_id", Value("pay"))
    came = DeliveryEvent.objects.filter(delivery__order=order).exclude(acted_as=SELLER_SIDE)
    received = came.order_by().values_list("actor_id", Value("receive"))
    return events.order_by().values_list("actor_id", "action").union(paid, received)
