"""Before an answer, an inspection, a payment or a word on a cancellation is late, whoever must act hears of it."""

from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from epeken.core import reminders
from epeken.core.services import service
from epeken.core.sweeps import sweep
from orders.addenda import notices as addenda_notices
from orders.addenda.models import Addendum
from orders.billing import notices as billing_notices
from orders.billing.models import Invoice
from orders.cancellations import notices as cancellations_notices
from orders.cancellations.models import Cancellation
from orders.compensations import notices as compensations_notices
from orders.compensations.models import Compensation, CompensationReversal
from orders.confirmations import notices as confirmations_notices
from orders.confirmations.models import SellerConfirmation
from orders.deliveries import notices as deliveries_notices
from orders.deliveries.models import Delivery
from orders.disputes import notices as disputes_notices
from orders.disputes.models import Dispute
from orders.disputes.states import UNDECIDED, DisputeState
from orders.orders import notices
from orders.orders.models import Order, OrderLine
from orders.remedies import notices as remedies_notices
from orders.remedies.models import Remedy
from orders.remedies.states import RemedyState
from orders.reversals import notices as reversals_notices
from orders.reversals.models import PaymentReversal
from umkm.catalogue.querysets import meals

OfOrder = TypeVar("OfOrder", Addendum, Cancellation, Compensation, Dispute, Remedy)


@service
def remind_answer(*, order: Order, now: datetime) -> None:
    """The people of the shop hear that their time to answer ends; once. Raises: InvalidMove. Locks: Order."""
    order = Order.objects.locked().select_related("seller", "agency", "buyer").get(pk=order.pk)
    reminders.mark(order, _unanswered(now), order.answer_due_at)
    notices.answer_near(order, now=now)


@service
def remind_inspection(*, delivery: Delivery, now: datetime) -> None:
    """Whoever receives hears that silence will soon count as yes; once. Raises: InvalidMove. Locks: Delivery."""
    related = ("order__agency", "order__buyer", "order__issuer", "order__request__requester")
    delivery = Delivery.objects.locked().select_related(*related).get(pk=delivery.pk)
    assert delivery.due_at is not None
    reminders.mark(delivery, _uninspected(now), delivery.due_at)
    deliveries_notices.inspection_near(delivery, now=now)


@service
def remind_payment(*, invoice: Invoice, now: datetime) -> None:
    """Whoever holds an invoice hears that it falls due; once. Raises: InvalidMove. Locks: Invoice."""
    invoice = Invoice.objects.locked().select_related("order__seller", "order__agency").get(pk=invoice.pk)
    assert invoice.due_at is not None
    reminders.mark(invoice, _unpaid(now), invoice.due_at)
    billing_notices.payment_near(invoice, now=now)


@service
def remind_addendum(*, addendum: Addendum, now: datetime) -> None:
    """Whoever answers a proposed change hears that silence keeps the order as it is; once. Raises: InvalidMove.
    Locks: Order."""
    found = _found(addendum)
    reminders.mark(found, _unagreed(now), found.due_at)
    addenda_notices.answer_near(found, now=now)


@service
def remind_cancellation(*, cancellation: Cancellation, now: datetime) -> None:
    """Whoever answers a request to cancel, or a claim, hears that silence keeps the order; once. Raises: InvalidMove.
    Locks: Order."""
    found = _found(cancellation)
    reminders.mark(found, _unreleased(now), found.due_at)
    cancellations_notices.answer_near(found, now=now)


@service
def remind_remedy(*, remedy: Remedy, now: datetime) -> None:
    """Whoever has to fulfil what a decision gave, or to check it, hears that the time ends; once. Raises: InvalidMove.
    Locks: Order."""
    found = _found(remedy)
    assert found.due_at is not None
    reminders.mark(found, _unfulfilled(now), found.due_at)
    remedies_notices.near(found, now=now)


@service
def remind_ruling(*, remedy: Remedy, now: datetime) -> None:
    """Those who decide for the city hear that the time to rule on what is contested ends; once. Raises: InvalidMove.
    Locks: Order."""
    found = _found(remedy)
    assert found.decide_due_at is not None
    reminders.mark(found, _unruled(now), found.decide_due_at)
    remedies_notices.ruling_near(found, now=now)


@service
def remind_dispute(*, dispute: Dispute, now: datetime) -> None:
    """The other side hears that its time to answer a complaint ends; once. Raises: InvalidMove. Locks: Order."""
    found = _found(dispute)
    reminders.mark(found, _unreplied(now), found.due_at)
    disputes_notices.answer_near(found, now=now)


@service
def remind_decision(*, dispute: Dispute, now: datetime) -> None:
    """Those who decide for the city hear that their time ends; once. Raises: InvalidMove. Locks: Order."""
    found = _found(dispute)
    assert found.decide_due_at is not None
    reminders.mark(found, _undecided(now), found.decide_due_at)
    disputes_notices.decision_near(found, now=now)


@service
def remind_reversal(*, reversal: PaymentReversal, now: datetime) -> None:
    """The head hears that a payment is still to be released or kept; once. Raises: InvalidMove. Locks: Order."""
    order_id = PaymentReversal.objects.values_list("payment__invoice__order", flat=True).get(pk=reversal.pk)
    order = Order.objects.locked().select_related("seller", "agency", "buyer").get(pk=order_id)
    found = PaymentReversal.objects.select_related("payment").get(pk=reversal.pk)
    reminders.mark(found, _unreleased_payments(now), found.due_at)
    reversals_notices.near(found, order, now=now)


@service
def remind_compensation(*, compensation: Compensation, now: datetime) -> None:
    """The head, or the treasurer once a line bears it, hears that a compensation falls due; once. Raises: InvalidMove.
    Locks: Order."""
    found = _found(compensation)
    reminders.mark(found, _uncompensated(now), found.due_at)
    compensations_notices.near(found, now=now)


@service
def remind_compensation_reversal(*, reversal: CompensationReversal, now: datetime) -> None:
    """The head hears that a payment of a compensation is still to be released or kept; once. Raises: InvalidMove.
    Locks: Order."""
    order_id = CompensationReversal.objects.values_list("payment__compensation__order", flat=True).get(pk=reversal.pk)
    order = Order.objects.locked().select_related("seller", "agency", "buyer").get(pk=order_id)
    found = CompensationReversal.objects.select_related("payment__compensation").get(pk=reversal.pk)
    reminders.mark(found, _unreleased_compensations(now), found.due_at)
    found.payment.compensation.order = order
    compensations_notices.reversal_near(found, found.payment.compensation, now=now)


@service
def remind_confirmation(*, confirmation: SellerConfirmation, now: datetime) -> None:
    """The shop hears that its silence will be stated; once. Raises: InvalidMove. Locks: Order."""
    order = Order.objects.locked().select_related("seller", "agency").get(pk=confirmation.order_id)
    found = SellerConfirmation.objects.select_related("payment", "delivery").get(pk=confirmation.pk)
    reminders.mark(found, _unconfirmed(now), found.due_at)
    confirmations_notices.near(found, order, now=now)


def _found(row: OfOrder) -> OfOrder:
    """As it stands under the lock of its order."""
    related = ("seller", "agency", "buyer", "issuer", "request__requester")
    order = Order.objects.locked().select_related(*related).get(pk=row.order_id)
    found = type(row).objects.get(pk=row.pk)
    found.order = order
    return found


def remind_ahead(*, now: datetime) -> int:
    """Of each answer, inspection, payment, cancellation, compensation, dispute, remedy, reversal and confirmation whose
    time ends soon; how many. Each in a transaction.

    Locks: Order, Delivery, Invoice.
    """
    return sum([
        sweep(
            _unanswered(now).order_by("answer_due_at"),
            lambda order: remind_answer(order=order, now=now),
            failure="Nobody could be reminded to answer order %s",
        ),
        sweep(
            _uninspected(now).order_by("due_at"),
            lambda delivery: remind_inspection(delivery=delivery, now=now),
            failure="Nobody could be reminded to inspect delivery %s",
        ),
        sweep(
            _unpaid(now).order_by("due_at"),
            lambda invoice: remind_payment(invoice=invoice, now=now),
            failure="Nobody could be reminded to pay invoice %s",
        ),
        sweep(
            _unreleased(now).select_related("order").order_by("due_at"),
            lambda cancellation: remind_cancellation(cancellation=cancellation, now=now),
            failure="Nobody could be reminded of the cancellation of order %s",
        ),
        sweep(
            _unagreed(now).select_related("order").order_by("due_at"),
            lambda addendum: remind_addendum(addendum=addendum, now=now),
            failure="Nobody could be reminded of the addendum %s",
        ),
        sweep(
            _unfulfilled(now).select_related("order").order_by("due_at"),
            lambda remedy: remind_remedy(remedy=remedy, now=now),
            failure="Nobody could be reminded of what was decided about order %s",
        ),
        sweep(
            _unreleased_payments(now).with_page().order_by("due_at"),
            lambda reversal: remind_reversal(reversal=reversal, now=now),
            failure="Nobody could be reminded of the payment to be reversed of order %s",
        ),
        sweep(
            _uncompensated(now).order_by("due_at"),
            lambda compensation: remind_compensation(compensation=compensation, now=now),
            failure="Nobody could be reminded of compensation %s",
        ),
        sweep(
            _unreleased_compensations(now).with_page().order_by("due_at"),
            lambda reversal: remind_compensation_reversal(reversal=reversal, now=now),
            failure="Nobody could be reminded of the payment to be reversed of compensation %s",
        ),
        sweep(
            _unconfirmed(now).select_related("order").order_by("due_at"),
            lambda confirmation: remind_confirmation(confirmation=confirmation, now=now),
            failure="Nobody could be reminded to confirm a paper of order %s",
        ),
        sweep(
            _unruled(now).select_related("order").order_by("decide_due_at"),
            lambda remedy: remind_ruling(remedy=remedy, now=now),
            failure="Nobody could be reminded of what is contested of order %s",
        ),
        sweep(
            _unreplied(now).select_related("order").order_by("due_at"),
            lambda dispute: remind_dispute(dispute=dispute, now=now),
            failure="Nobody could be reminded to answer the dispute of order %s",
        ),
        sweep(
            _undecided(now).select_related("order").order_by("decide_due_at"),
            lambda dispute: remind_decision(dispute=dispute, now=now),
            failure="Nobody could be reminded to decide the dispute of order %s",
        ),
    ])  # fmt: skip


def _unanswered(now: datetime) -> QuerySet[Any]:
    """Of meals the end is told at the shorter time."""
    food = Q(Exists(OrderLine.objects.filter(meals(), order=OuterRef("pk"))))
    ends = reminders.ending("placed_at", "answer_due_at", now, food=food)
    return Order.objects.placed().undisputed().filter(ends)


def _uninspected(now: datetime) -> QuerySet[Any]:
    """An undecided dispute stops the clock."""
    return Delivery.objects.arrived().undisputed().filter(reminders.ending("arrived_at", "due_at", now))


def _unpaid(now: datetime) -> QuerySet[Any]:
    found = Invoice.objects.payable().without_debts().undisputed().settled_goods()
    return found.filter(reminders.ending("issued_at", "due_at", now))


def _unreleased(now: datetime) -> QuerySet[Any]:
    """An undecided dispute stops the clock."""
    return Cancellation.objects.waiting().undisputed().filter(reminders.ending("waits_since", "due_at", now))


def _unagreed(now: datetime) -> QuerySet[Any]:
    """An undecided dispute keeps both sides from answering."""
    return Addendum.objects.waiting().undisputed().filter(reminders.ending("asked_at", "due_at", now))


def _unfulfilled(now: datetime) -> QuerySet[Any]:
    """An undecided dispute stops the clock; a deduction has none."""
    waits = Remedy.objects.filter(state__in=(RemedyState.OWED, RemedyState.RECORDED))
    return waits.undisputed().filter(reminders.ending("waits_since", "due_at", now))


def _unruled(now: datetime) -> QuerySet[Any]:
    """An undecided dispute stops the clock."""
    contested = Remedy.objects.filter(state=RemedyState.CONTESTED)
    return contested.undisputed().filter(reminders.ending("waits_since", "decide_due_at", now))


def _unreplied(now: datetime) -> QuerySet[Any]:
    asked = Dispute.objects.filter(state=DisputeState.OPENED, unanswered_at__isnull=True)
    return asked.filter(reminders.ending("opened_at", "due_at", now))


def _undecided(now: datetime) -> QuerySet[Any]:
    """The time of the city runs from the answer, or from when it was due."""
    found = Dispute.objects.for_city().alias(given_at=Coalesce("unanswered_at", "answered_at"))
    return found.filter(reminders.ending("given_at", "decide_due_at", now))


def _unreleased_payments(now: datetime) -> Any:
    """An undecided dispute stops the clock."""
    return (
        PaymentReversal.objects.waiting()
        .exclude(payment__invoice__order__disputes__state__in=UNDECIDED)
        .filter(reminders.ending("asked_at", "due_at", now))
    )


def _uncompensated(now: datetime) -> Any:
    return Compensation.objects.unpaid().filter(reminders.ending("agreed_at", "due_at", now))


def _unreleased_compensations(now: datetime) -> Any:
    return CompensationReversal.objects.waiting().filter(reminders.ending("asked_at", "due_at", now))


def _unconfirmed(now: datetime) -> Any:
    """An undecided dispute stops the clock."""
    return SellerConfirmation.objects.waiting().undisputed().filter(reminders.ending("changed_at", "due_at", now))
