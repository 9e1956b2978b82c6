"""The clocks that an undecided dispute stops run on. Used by services that end a dispute, with the order, its
deliveries and its invoices locked."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from epeken.core import clock
from orders.addenda import ending
from orders.billing.models import Invoice
from orders.confirmations import asking
from orders.deliveries.models import Delivery
from orders.deliveries.states import WITHOUT_RESULT
from orders.disputes.models import Dispute
from orders.orders.models import Order
from orders.remedies.states import OPEN
from orders.reversals.models import PaymentReversal
from orders.schedules import changes as schedules


@dataclass(frozen=True)
class PausedOrder:
    """What stands still, locked: Order, Delivery, Invoice."""

    order: Order
    deliveries: list[Delivery]
    invoices: list[Invoice]


def lock(order_pk: int, about: Delivery | None = None) -> PausedOrder:
    """`about`: what the decision is about, locked too whatever became of it."""
    order = Order.objects.locked().get(pk=order_pk)
    wanted = Q(state__in=WITHOUT_RESULT) if about is None else Q(state__in=WITHOUT_RESULT) | Q(pk=about.pk)
    found = list(Delivery.objects.locked().filter(wanted, order=order))
    deliveries = [delivery for delivery in found if delivery.state in WITHOUT_RESULT]
    return PausedOrder(
        order, deliveries, list(Invoice.objects.locked().unpaid().filter(order=order, due_at__isnull=False))
    )


def run_on(stopped: PausedOrder, dispute: Dispute, now: datetime, *, pays_later: bool) -> None:
    """Each for what was left of it when the dispute was opened; the time to pay only if `pays_later`: who owes the
    money gains no time by a complaint of their own that came to nothing without a decision."""
    order, paused = stopped.order, now - dispute.opened_at
    for delivery in stopped.deliveries:
        if delivery.due_at is not None:
            stood = now - max(dispute.opened_at, delivery.waits_since)
            Delivery.objects.filter(pk=delivery.pk).update(due_at=clock.moved(delivery.due_at, stood))
    if not dispute.opened_by_seller:  # who complains gains no time to send
        if order.rest_due_at is not None:
            Order.objects.filter(pk=order.pk).update(rest_due_at=clock.moved(order.rest_due_at, paused))
        schedules.pause(order, paused, now)
    ending.pause(order, paused, now)
    waiting = order.cancellations.waiting()
    for cancellation in waiting:
        waiting.filter(pk=cancellation.pk).update(due_at=clock.moved(cancellation.due_at, paused))
    # Payment runs in working days: those that passed while paused are given back.
    days = max(clock.working_days_between(clock.local_date(dispute.opened_at), clock.local_date(now)), 0)
    for invoice in stopped.invoices if pays_later else ():
        assert invoice.due_at is not None
        Invoice.objects.filter(pk=invoice.pk).update(due_at=clock.working_days_later(invoice.due_at, days))
    asking.give_back(order, days)
    for reversal in PaymentReversal.objects.waiting().filter(payment__invoice__order=order):
        PaymentReversal.objects.filter(pk=reversal.pk).update(due_at=clock.moved(reversal.due_at, paused))
    for remedy in order.remedies.filter(state__in=OPEN):
        ends = {name: getattr(remedy, name) for name in ("due_at", "decide_due_at", "climbs_at", "ends_at")}
        moved = {name: clock.moved(end, paused) for name, end in ends.items() if end is not None}
        if moved:
            order.remedies.filter(pk=remedy.pk).update(**moved)
