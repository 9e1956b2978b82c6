"""Who had a part in the money of an order: who checked or paid, and who approved it. Events tell it, which stay."""

from collections.abc import Iterable

from django.db.models import Value

from epeken.users.models import User
from orders.billing.models import InvoiceEvent, Payment
from orders.deliveries.models import DeliveryEvent
from orders.orders.models import Order
from orders.orders.states import SELLER_SIDE

TREASURY_ACTS = ("verify", "pay")


def handled_by(actor: User, order: Order) -> bool:
    """Whether the person ever checked or paid an invoice of the order, also one that is void now."""
    return actor.pk in _of_money(order)[0]


def approved_by(actor: User, order: Order) -> bool:
    """Whether the person ever approved a payment of the order, also when that holds no longer."""
    return actor.pk in _of_money(order)[1]


def handled_among(actor: User, orders: Iterable[int]) -> set[int]:
    """`handled_by` for several orders, by their pks: those of which it is true. One query."""
    pks = list(orders)
    events = InvoiceEvent.objects.filter(invoice__order__in=pks, action__in=TREASURY_ACTS, actor=actor)
    paid = Payment.objects.filter(invoice__order__in=pks, recorded_by=actor).order_by()
    found = events.order_by().values_list("invoice__order_id", flat=True)
    return set(found.union(paid.values_list("invoice__order_id", flat=True)))


def _of_money(order: Order) -> tuple[frozenset[int | None], frozenset[int | None]]:
    """Who handled the order's money, and who approved its payments. One query for an order in hand."""
    if "money_people" not in order.__dict__:
        events = InvoiceEvent.objects.filter(invoice__order=order, action__in=(*TREASURY_ACTS, "approve"))
        paid = Payment.objects.filter(invoice__order=order).order_by().values_list("recorded_by_id", Value("pay"))
        came = DeliveryEvent.objects.filter(delivery__order=order).exclude(acted_as=SELLER_SIDE)
        received = came.order_by().values_list("actor_id", Value("receive"))
        rows = set(events.order_by().values_list("actor_id", "action").union(paid, received))
        # What `deliveries.policies.received_by` would ask next.
        order.__dict__.setdefault("receivers", frozenset(who for who, action in rows if action == "receive"))
        handled = {who for who, action in rows if action in TREASURY_ACTS}
        approved = {who for who, action in rows if action == "approve"}
        order.__dict__["money_people"] = (frozenset(handled), frozenset(approved))
    return order.__dict__["money_people"]
