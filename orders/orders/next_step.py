"""Whose turn it is with an order, what they must do, until when. The only place that derives it.

`next_step` is pure over loaded rows; `with_step` says the same in SQL, for counts and lists. A test holds both to each
other over every combination of states.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _

from orders.billing.models import Invoice
from orders.billing.states import InvoiceState
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.disputes.models import Dispute
from orders.disputes.states import DisputeState
from orders.orders.models import Order
from orders.orders.states import OrderState


class Turn(TextChoices):
    """Who is to act."""

    SELLER = "seller", _("penjual")
    BUYER = "buyer", _("pembeli")
    RECEIVER = "receiver", _("penerima barang")
    TREASURER = "treasurer", _("bendahara")
    CITY = "city", _("petugas kota")


class Task(TextChoices):
    """What is to be done."""

    ANSWER = "answer", _("Jawab pesanan")
    SHIP = "ship", _("Kirim barang")
    ARRIVE = "arrive", _("Catat barang tiba")
    CONFIRM = "confirm", _("Terima barang")
    INSPECT = "inspect", _("Periksa barang")
    SIGN = "sign", _("Tandatangani BAST")
    COLLECT = "collect", _("Catat uang tunai")
    VERIFY = "verify", _("Periksa berkas tagihan")
    PAY = "pay", _("Catat pembayaran")
    REPLY = "reply", _("Jawab keluhan")
    DECIDE = "decide", _("Putuskan sengketa")


@dataclass(frozen=True)
class Step:
    """`paused`: a dispute is undecided, so the turn is the dispute's, and delivery and payment wait for it."""

    who: Turn
    what: Task
    due: datetime | None = None
    paused: bool = False


def delivery_of(order: Order) -> Delivery | None:
    """The live shipment, else the last rejected one."""
    deliveries = sorted(order.deliveries.all(), key=lambda d: (d.state != DeliveryState.REJECTED, d.pk))
    return deliveries[-1] if deliveries else None


def dispute_of(order: Order) -> Dispute | None:
    """The undecided one; there is one at most."""
    return next((d for d in order.disputes.all() if d.state != DisputeState.DECIDED), None)


def unpaid_of(order: Order) -> Invoice | None:
    """The oldest invoice that is not paid."""
    unpaid = [i for i in order.invoices.all() if i.state in (InvoiceState.ISSUED, InvoiceState.VERIFIED)]
    return min(unpaid, key=lambda invoice: invoice.pk, default=None)


def next_step(order: Order, now: datetime) -> Step | None:
    """None when nobody is to act: the order is over, or its answer came too late and it closes by itself.

    Reads the order's deliveries, disputes and invoices, all of which a list prefetches.
    """
    if order.state == OrderState.CLOSED:
        return None
    buyer = Turn.RECEIVER if order.agency_id else Turn.BUYER
    dispute = dispute_of(order)
    if dispute is not None:
        if dispute.state == DisputeState.ANSWERED:
            return Step(Turn.CITY, Task.DECIDE, None, paused=True)
        return Step(buyer if dispute.opened_by_seller else Turn.SELLER, Task.REPLY, dispute.due_at, paused=True)
    if order.state == OrderState.PLACED:
        return Step(Turn.SELLER, Task.ANSWER, order.answer_due_at) if now <= order.answer_due_at else None
    if order.state != OrderState.ACCEPTED:
        return None
    delivery = delivery_of(order)
    if delivery is None or delivery.state == DeliveryState.REJECTED:
        return Step(Turn.SELLER, Task.SHIP, order.deliver_at)
    if delivery.state == DeliveryState.SHIPPED:
        return Step(buyer, Task.ARRIVE if order.agency_id else Task.CONFIRM, delivery.inspect_due_at)
    if delivery.state == DeliveryState.ARRIVED:
        return Step(buyer, Task.INSPECT, delivery.inspect_due_at)
    if delivery.state == DeliveryState.INSPECTED:
        return Step(buyer, Task.SIGN, delivery.inspect_due_at)
    return _payment(order)


def _payment(order: Order) -> Step | None:
    """The oldest unpaid invoice decides."""
    invoice = unpaid_of(order)
    if invoice is None:
        return None
    if order.agency_id is None:
        return Step(Turn.SELLER, Task.COLLECT)
    return Step(Turn.TREASURER, Task.VERIFY if invoice.state == InvoiceState.ISSUED else Task.PAY, invoice.due_at)


def with_step(orders: QuerySet[Order], now: datetime) -> Any:
    """Adds `turn` and `task`, the `who` and `what` of `next_step`; both NULL when there is no step."""
    undecided = Dispute.objects.undecided().filter(order=OuterRef("pk"))
    live = Delivery.objects.filter(order=OuterRef("pk")).order_by(
        Case(When(state=DeliveryState.REJECTED, then=Value(1)), default=Value(0)), "-pk"
    )
    unpaid = Invoice.objects.unpaid().filter(order=OuterRef("pk")).order_by("pk")
    came = Q(came__isnull=False) & ~Q(came=DeliveryState.REJECTED)
    open_ = Q(state=OrderState.ACCEPTED)
    person = Q(agency__isnull=True)
    replies = Q(disputed=DisputeState.OPENED) & Exists(undecided.filter(opened_by_seller=True))
    steps: list[tuple[Any, str | None, str | None]] = [
        (Q(state=OrderState.CLOSED), None, None),
        (Q(disputed=DisputeState.ANSWERED), Task.DECIDE, Turn.CITY),
        (replies & person, Task.REPLY, Turn.BUYER),
        (replies, Task.REPLY, Turn.RECEIVER),
        (Q(disputed=DisputeState.OPENED), Task.REPLY, Turn.SELLER),
        (Q(state=OrderState.PLACED, answer_due_at__gte=now), Task.ANSWER, Turn.SELLER),
        (~open_, None, None),
        (~came, Task.SHIP, Turn.SELLER),
        (Q(came=DeliveryState.SHIPPED) & person, Task.CONFIRM, Turn.BUYER),
        (Q(came=DeliveryState.SHIPPED), Task.ARRIVE, Turn.RECEIVER),
        (Q(came=DeliveryState.ARRIVED) & person, Task.INSPECT, Turn.BUYER),
        (Q(came=DeliveryState.ARRIVED), Task.INSPECT, Turn.RECEIVER),
        (Q(came=DeliveryState.INSPECTED) & person, Task.SIGN, Turn.BUYER),
        (Q(came=DeliveryState.INSPECTED), Task.SIGN, Turn.RECEIVER),
        (Q(billed__isnull=False) & person, Task.COLLECT, Turn.SELLER),
        (Q(billed=InvoiceState.ISSUED), Task.VERIFY, Turn.TREASURER),
        (Q(billed=InvoiceState.VERIFIED), Task.PAY, Turn.TREASURER),
    ]
    return orders.annotate(
        disputed=Subquery(undecided.values("state")[:1]),
        came=Subquery(live.values("state")[:1]),
        billed=Subquery(unpaid.values("state")[:1]),
    ).annotate(
        # Both from the same conditions: a `turn` told from `task` repeats the whole CASE for each of its own.
        task=_first([(when, task) for when, task, _turn in steps]),
        turn=_first([(when, turn) for when, _task, turn in steps]),
    )


def _first(cases: Sequence[tuple[Any, str | None]]) -> Case:
    return Case(
        *(When(when, then=Value(then)) for when, then in cases),
        default=Value(None),
        output_field=CharField(null=True),
    )
