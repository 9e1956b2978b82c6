"""Whose turn it is with an order, what they must do, until when. The only place that derives it.

`steps_of` is pure over loaded rows; `waiting` asks the same in SQL, for counts and lists. A test holds both to each
other over every combination of states.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.clock import is_over, running
from orders.billing import standing
from orders.billing.models import Invoice
from orders.billing.policies import approver_role
from orders.billing.states import UNPAID, HoldReason, InvoiceState
from orders.cancellations.models import Cancellation
from orders.cancellations.states import WAITING, CancellationState
from orders.deliveries.models import Delivery
from orders.deliveries.policies import is_all_rejected, report_until
from orders.deliveries.states import WITHOUT_RESULT, DeliveryState
from orders.disputes.models import Dispute
from orders.disputes.states import DisputeState
from orders.orders.models import Order, OrderLine
from orders.orders.states import DeliveryMethod, OrderState
from orders.remedies.models import Remedy
from orders.remedies.states import OPEN, TO_DO, RemedyKind, RemedyState
from procurement.agencies.states import OfficerRole


class Turn(TextChoices):
    """Who is to act."""

    SELLER = "seller", _("penjual")
    BUYER = "buyer", _("pembeli")
    OFFICER = "officer", _("PP atau PPK")
    REQUESTER = "requester", _("pemesan")
    RECEIVER = "receiver", _("penerima barang")
    TREASURER = "treasurer", _("bendahara")
    HEAD = "head", _("kepala dinas")
    APPROVER = "approver", _("pejabat yang menyetujui pembayaran")
    CITY = "city", _("petugas kota")


class Task(TextChoices):
    """What is to be done."""

    ANSWER = "answer", _("Jawab pesanan")
    SHIP = "ship", _("Kirim barang")
    RELEASE = "release", _("Jawab permintaan pembatalan")
    AMEND = "amend", _("Jawab usul perubahan")
    SETTLE_CLAIM = "claim", _("Jawab tuntutan ganti rugi")
    ARRIVE = "arrive", _("Catat barang tiba")
    CONFIRM = "confirm", _("Terima barang")
    INSPECT = "inspect", _("Periksa barang")
    SIGN = "sign", _("Tandatangani BAST")
    COLLECT = "collect", _("Catat uang tunai")
    BRING = "bring", _("Lengkapi berkas tagihan")
    VERIFY = "verify", _("Periksa berkas tagihan")
    APPROVE = "approve", _("Setujui pembayaran")
    PAY = "pay", _("Catat pembayaran")
    RESUME = "resume", _("Lanjutkan tagihan yang ditahan")
    CARRY = "carry", _("Bebankan utang ke anggaran baru")
    REPLY = "reply", _("Jawab keluhan")
    DECIDE = "decide", _("Putuskan keluhan")
    FULFIL = "fulfil", _("Penuhi keputusan keluhan")
    CHECK = "check", _("Periksa yang dicatat penjual")
    RULE = "rule", _("Putuskan bantahan")


@dataclass(frozen=True)
class Step:
    """`paused`: a dispute is undecided, so the turn is the dispute's, and delivery and payment wait for it.
    `delivery`, `invoice` and `remedy`: the pk of the one it is about, if any."""

    who: Turn
    what: Task
    due: datetime | None = None
    paused: bool = False
    delivery: int | None = None
    invoice: int | None = None
    remedy: int | None = None


def is_to_fulfil(remedy: Remedy) -> bool:
    """The seller has to bring goods or return money; a deduction asks nobody."""
    return remedy.kind != RemedyKind.DEDUCTION and remedy.state in TO_DO


def is_awaited(remedy: Remedy) -> bool:
    """Goods that are to come again, without a result."""
    return remedy.kind == RemedyKind.REPLACEMENT and remedy.state in OPEN


def is_invoice_awaited(order: Order, invoice: Invoice) -> bool:
    """Whether goods that the unpaid invoice bears come again first: those of its delivery, or of the one its goods
    came in place of. What comes in place of refused goods stops no invoice: none bears them."""
    if invoice.state not in UNPAID:
        return False
    by_delivery = {delivery.pk: delivery.remedy_id for delivery in order.deliveries.all()}
    remedies = {remedy.pk: remedy for remedy in order.remedies.all()}
    again = remedies.get(by_delivery.get(invoice.delivery_id) or 0)
    about = {invoice.delivery_id, again.delivery_id if again is not None else None}
    return any(
        is_awaited(remedy) and remedy.invoiced_left > 0 and remedy.delivery_id in about for remedy in remedies.values()
    )


def is_rest_expected(order: Order) -> bool:
    """Whether part of the goods was not sent yet and not given up."""
    return order.rest_closed_at is None and any(line.unsent_quantity > 0 for line in order.lines.all())


def sent_deliveries_of(order: Order) -> list[Delivery]:
    """Oldest first, without those whose record was withdrawn: nothing of them left."""
    return [delivery for delivery in order.deliveries.all() if delivery.state != DeliveryState.WITHDRAWN]


def is_in_parts(order: Order) -> bool:
    """Whether no delivery is the whole order: there are several, or part of the goods was not sent."""
    return len(sent_deliveries_of(order)) > 1 or any(line.unsent_quantity > 0 for line in order.lines.all())


def delivery_of(order: Order) -> Delivery | None:
    """The one an order is described by: the oldest without a result, else the last accepted, else the last rejected."""
    deliveries = sent_deliveries_of(order)
    under_way = [delivery for delivery in deliveries if delivery.state in WITHOUT_RESULT]
    accepted = [delivery for delivery in deliveries if delivery.state == DeliveryState.ACCEPTED]
    return next(iter([*under_way[:1], *accepted[-1:], *deliveries[-1:]]), None)


def dispute_of(order: Order) -> Dispute | None:
    """The undecided one; there is one at most."""
    return next((d for d in order.disputes.all() if d.is_undecided), None)


def waiting_of(order: Order) -> Cancellation | None:
    """The request to cancel that waits for an answer; there is one at most."""
    return next((row for row in order.cancellations.all() if row.state in WAITING), None)


def unpaid_of(order: Order) -> list[Invoice]:
    """Invoices that are not paid, oldest first."""
    return [invoice for invoice in order.invoices.all() if invoice.state in UNPAID]


def live_invoices_of(order: Order) -> list[Invoice]:
    """Invoices that are not void, oldest first."""
    return [invoice for invoice in order.invoices.all() if invoice.state != InvoiceState.VOID]


def replaced_invoices_of(order: Order) -> list[Invoice]:
    """Those in whose place others came, oldest first."""
    return [invoice for invoice in order.invoices.all() if invoice.state == InvoiceState.VOID]


def invoice_of(order: Order) -> Invoice | None:
    """The one an order is described by: the oldest unpaid, else the last paid."""
    paid = [invoice for invoice in order.invoices.all() if invoice.state == InvoiceState.PAID]
    return next(iter([*unpaid_of(order)[:1], *paid[-1:]]), None)


def steps_of(order: Order, now: datetime) -> list[Step]:
    """All that is to be done now, the earliest due first: goods may be under way while the rest is still to be sent
    and an earlier delivery is to be paid. Beside an undecided dispute what was not sent yet is still to be sent, and
    a department counts what comes; a person's inspection is the handover, which waits.

    Reads the order's lines, deliveries, disputes, remedies, cancellations and invoices (`with_lacks`), which a list
    prefetches.
    """
    if order.state == OrderState.CLOSED:
        return []
    buyer = Turn.RECEIVER if order.agency_id else Turn.BUYER
    dispute = dispute_of(order)
    if dispute is not None:
        replier = buyer if dispute.opened_by_seller else Turn.SELLER
        told = (
            Step(Turn.CITY, Task.DECIDE, dispute.decide_due_at, paused=True)
            if dispute.is_for_city
            else Step(replier, Task.REPLY, dispute.due_at, paused=True)
        )
        return _sorted([told, *_counting(order), *_sending(order, now)], now)
    if order.state == OrderState.PLACED:
        return [Step(Turn.SELLER, Task.ANSWER, order.answer_due_at)] if not is_over(order.answer_due_at, now) else []
    steps = [step for remedy in order.remedies.all() if (step := _remedy(remedy))]
    steps += [
        Step(buyer, task, _received_by(delivery, task), delivery=delivery.pk)
        for delivery in order.deliveries.all()
        if (order.state == OrderState.ACCEPTED or delivery.remedy_id is not None)
        and (task := _receiving(order, delivery))
    ]
    if order.state != OrderState.ACCEPTED:  # only goods that come again are still under way
        return _sorted(steps, now)
    steps += _sending(order, now)
    steps += _letting_go(order, now)
    steps += _amending(order, now)
    for invoice in unpaid_of(order):
        # A debt is asked about with what the budget year leaves open (orders/year_end).
        if not is_invoice_awaited(order, invoice) and invoice.hold_reason != HoldReason.DEBT:
            steps += _payment(order, invoice)
    return _sorted(steps, now)


def _sorted(steps: list[Step], now: datetime) -> list[Step]:
    return sorted(steps, key=lambda step: (step.due is None, step.due or now))


def is_to_send(order: Order) -> bool:
    """The seller promised goods that were not sent yet. A complaint is about goods that came, so it does not keep the
    others away; a claim for compensation that is disputed does: whether they come at all depends on it."""
    if order.state != OrderState.ACCEPTED or not is_rest_expected(order):
        return False
    waiting = waiting_of(order)
    is_claimed = waiting is not None and waiting.state == CancellationState.CLAIMED
    return dispute_of(order) is None or not is_claimed


def sends_by(order: Order, now: datetime) -> datetime:
    """By when what was not sent is to come: as agreed, and when that is over, until the rest is given up."""
    agreed = order.awaited_at
    if order.rest_due_at is None or not is_over(agreed, now):
        return agreed
    return order.rest_due_at


def _sending(order: Order, now: datetime) -> list[Step]:
    return [Step(Turn.SELLER, Task.SHIP, sends_by(order, now))] if is_to_send(order) else []


def _counting(order: Order) -> list[Step]:
    """What a department's receiver does while a dispute is undecided; silence counts for nothing, so without an end."""
    if order.agency_id is None or order.state != OrderState.ACCEPTED:
        return []
    tasks = {DeliveryState.SHIPPED: Task.ARRIVE, DeliveryState.ARRIVED: Task.INSPECT}
    return [
        Step(Turn.RECEIVER, tasks[DeliveryState(delivery.state)], delivery=delivery.pk)
        for delivery in order.deliveries.all()
        if delivery.state in tasks
    ]


def _remedy(remedy: Remedy) -> Step | None:
    """What a decision gave, also after the order is finished. Goods that were sent again are their delivery's."""
    if is_to_fulfil(remedy):
        return Step(Turn.SELLER, Task.FULFIL, remedy.due_at, remedy=remedy.pk)
    if remedy.state == RemedyState.RECORDED:
        return Step(Turn.BUYER, Task.CHECK, remedy.due_at, remedy=remedy.pk)
    if remedy.state == RemedyState.CONTESTED:
        return Step(Turn.CITY, Task.RULE, remedy.decide_due_at, remedy=remedy.pk)
    return None


def _letting_go(order: Order, now: datetime) -> list[Step]:
    """A request to cancel changes nothing until it is answered, so the goods are still to be sent."""
    waiting = waiting_of(order)
    if waiting is None or is_over(waiting.due_at, now):
        return []
    buyer = Turn.OFFICER if order.agency_id else Turn.BUYER
    if waiting.state == CancellationState.CLAIMED:
        return [Step(buyer, Task.SETTLE_CLAIM, waiting.due_at)]
    return [Step(buyer if waiting.by_seller else Turn.SELLER, Task.RELEASE, waiting.due_at)]


def _amending(order: Order, now: datetime) -> list[Step]:
    """A proposed addendum changes nothing until it is answered."""
    if order.amend_due_at is None or is_over(order.amend_due_at, now):
        return []
    return [Step(Turn.OFFICER if order.amend_by_seller else Turn.SELLER, Task.AMEND, order.amend_due_at)]


def _receiving(order: Order, delivery: Delivery) -> Task | None:
    if delivery.state == DeliveryState.SHIPPED:
        return Task.ARRIVE if order.agency_id else Task.CONFIRM
    return {DeliveryState.ARRIVED: Task.INSPECT, DeliveryState.INSPECTED: Task.SIGN}.get(DeliveryState(delivery.state))


def _received_by(delivery: Delivery, task: Task) -> datetime | None:
    """Once others were told that no arrival is recorded, the end of the delivery is when they are told again: the end
    of whoever was to record it stays the one that is over."""
    return report_until(delivery) if task == Task.ARRIVE and delivery.escalations else delivery.due_at


def _payment(order: Order, invoice: Invoice) -> list[Step]:
    if order.agency_id is None:
        return [Step(Turn.SELLER, Task.COLLECT, invoice=invoice.pk)]
    return [
        Step(
            who,
            what,
            standing.office_brings_by(invoice) if who == Turn.REQUESTER else invoice.due_at,
            invoice=invoice.pk,
        )
        for who, what in turns_of_invoice(invoice)
    ]


def turn_of_invoice(invoice: Invoice) -> tuple[Turn, Task]:
    """Who holds an unpaid invoice of a department that nothing else stops, and what they do; of two the department."""
    return turns_of_invoice(invoice)[0]


def turns_of_invoice(invoice: Invoice) -> list[tuple[Turn, Task]]:
    """All who hold it, the department first. The treasurer can neither check nor pay while a required paper lacks: it
    is the turn of who brings it."""
    if invoice.hold_reason == HoldReason.DEBT:
        return [(Turn.HEAD, Task.CARRY)]
    if invoice.held_at is not None:
        return [(Turn.TREASURER, Task.RESUME)]
    if invoice.state == InvoiceState.VERIFIED:
        return [(Turn.APPROVER, Task.APPROVE)]
    of_office, of_seller = standing.awaits_papers(invoice)
    bring = [(turn, Task.BRING) for turn, lacks in ((Turn.REQUESTER, of_office), (Turn.SELLER, of_seller)) if lacks]
    return bring or [(Turn.TREASURER, Task.VERIFY if invoice.state == InvoiceState.ISSUED else Task.PAY)]


def office_in_turn(turn: Turn, day: date) -> OfficerRole | None:
    """The office of a department that acts on an invoice in this turn, on the day; None in the seller's."""
    if turn == Turn.APPROVER:
        return approver_role(day)
    return {
        Turn.TREASURER: OfficerRole.TREASURER, Turn.REQUESTER: OfficerRole.REQUESTER, Turn.HEAD: OfficerRole.HEAD,
    }.get(turn)  # fmt: skip


# Of an invoice whose money was sent, and of which only the record is corrected.
_CORRECTED = {
    Task.APPROVE: _("Setujui catatan pembayaran yang dibetulkan"),
    Task.PAY: _("Catat ulang pembayaran, uangnya sudah dikirim"),
}


def invoice_task_words(task: Task, invoice: Invoice | None) -> str:
    """What is to be done with an invoice: money that was sent is recorded anew, and not sent again."""
    if invoice is not None and invoice.correcting_id is not None:
        return str(_CORRECTED.get(task, task.label))
    return str(task.label)


def task_words(order: Order, step: Step) -> str:
    """What is to be done with this very order. Reads the lines of its deliveries and its invoices."""
    if step.what == Task.SHIP and order.method == DeliveryMethod.PICKUP:
        return str(_("Siapkan untuk diambil"))
    if step.what == Task.SIGN and any(d.pk == step.delivery and is_all_rejected(d) for d in order.deliveries.all()):
        return str(_("Nyatakan semua ditolak"))
    return invoice_task_words(step.what, next((row for row in order.invoices.all() if row.pk == step.invoice), None))


def waiting(
    orders: QuerySet[Order],
    now: datetime,
    *,
    turns: Collection[str] = (),
    tasks: Collection[str] = (),
    step: tuple[str, str] | None = None,
) -> Any:
    """Orders in which one of these sides is to act, one of these is to be done, or this side is to do this."""
    found = [when() for when, task, turn in _conditions(now) if task in tasks or turn in turns or (turn, task) == step]
    if not found:  # `Task.CARRY`: a bill says it, and the list of what a year leaves open
        return orders.none()
    undecided = Dispute.objects.undecided().filter(order=OuterRef("pk"))
    return orders.alias(disputed=Subquery(undecided.values("state")[:1])).filter(reduce(or_, found))


def _conditions(now: datetime) -> list[tuple[Callable[[], Any], Task, Turn]]:
    """What `steps_of` asks of an order, over its columns and `disputed`. Only what is wanted is called: putting a
    condition together takes longer than the database needs to answer it."""
    person, agency = Q(agency__isnull=True), Q(agency__isnull=False)
    runs = Q(state=OrderState.ACCEPTED, disputed__isnull=True)
    rests = Q(state__in=(OrderState.ACCEPTED, OrderState.FINISHED), disputed__isnull=True)
    counts = agency & (Q(state=OrderState.ACCEPTED) | rests)
    open_ = ~Q(state=OrderState.CLOSED)
    amended = Q(running("amend_due_at", now))

    def disputed(**values: Any) -> Exists:
        return Exists(Dispute.objects.undecided().filter(order=OuterRef("pk"), **values))

    def for_city() -> Exists:
        return Exists(Dispute.objects.for_city().filter(order=OuterRef("pk")))

    def replies() -> Any:
        return open_ & Q(disputed=DisputeState.OPENED) & ~for_city()

    def remedies() -> Any:
        return Remedy.objects.filter(order=OuterRef("pk"))

    def delivery(state: DeliveryState) -> Exists:
        going = Q(order__state=OrderState.ACCEPTED) | Q(remedy__isnull=False)
        return Exists(Delivery.objects.filter(going, order=OuterRef("pk"), state=state))

    def to_send() -> Any:
        left = F("sent_quantity") + F("missed_quantity")
        unsent = Exists(OrderLine.objects.filter(order=OuterRef("pk"), quantity__gt=left))
        kept_back = Exists(Cancellation.objects.filter(state=CancellationState.CLAIMED, order=OuterRef("pk")))
        promised = Q(state=OrderState.ACCEPTED, rest_closed_at__isnull=True)
        return promised & unsent & (Q(disputed__isnull=True) | ~kept_back)

    def cancelling(state: CancellationState, **values: Any) -> Exists:
        return Exists(Cancellation.objects.filter(running("due_at", now), order=OuterRef("pk"), state=state, **values))

    def invoices() -> Any:
        return Invoice.objects.settled_goods().filter(order=OuterRef("pk"))

    def complete(state: InvoiceState) -> Exists:
        papers = invoices().going().with_lacks().filter(lacks_office=False, lacks_seller=False)
        return Exists(papers.filter(state=state))

    def lacking(side: str) -> Exists:
        return Exists(invoices().lacking().filter(**{side: True}))

    return [
        (lambda: open_ & for_city(), Task.DECIDE, Turn.CITY),
        (lambda: replies() & person & disputed(opened_by_seller=True), Task.REPLY, Turn.BUYER),
        (lambda: replies() & agency & disputed(opened_by_seller=True), Task.REPLY, Turn.RECEIVER),
        (lambda: replies() & ~disputed(opened_by_seller=True), Task.REPLY, Turn.SELLER),
        (
            lambda: Q(running("answer_due_at", now), state=OrderState.PLACED, disputed__isnull=True),
            Task.ANSWER,
            Turn.SELLER,
        ),
        (lambda: rests & Exists(remedies().to_fulfil()), Task.FULFIL, Turn.SELLER),
        (lambda: rests & Exists(remedies().filter(state=RemedyState.RECORDED)), Task.CHECK, Turn.BUYER),
        (lambda: rests & Exists(remedies().filter(state=RemedyState.CONTESTED)), Task.RULE, Turn.CITY),
        (to_send, Task.SHIP, Turn.SELLER),
        (lambda: runs & cancelling(CancellationState.ASKED, by_seller=False), Task.RELEASE, Turn.SELLER),
        (lambda: runs & person & cancelling(CancellationState.ASKED, by_seller=True), Task.RELEASE, Turn.BUYER),
        (lambda: runs & agency & cancelling(CancellationState.ASKED, by_seller=True), Task.RELEASE, Turn.OFFICER),
        (lambda: runs & agency & cancelling(CancellationState.CLAIMED), Task.SETTLE_CLAIM, Turn.OFFICER),
        (lambda: runs & amended & Q(amend_by_seller=False), Task.AMEND, Turn.SELLER),
        (lambda: runs & amended & Q(amend_by_seller=True), Task.AMEND, Turn.OFFICER),
        (lambda: rests & person & delivery(DeliveryState.SHIPPED), Task.CONFIRM, Turn.BUYER),
        (lambda: counts & delivery(DeliveryState.SHIPPED), Task.ARRIVE, Turn.RECEIVER),
        (lambda: rests & person & delivery(DeliveryState.ARRIVED), Task.INSPECT, Turn.BUYER),
        (lambda: counts & delivery(DeliveryState.ARRIVED), Task.INSPECT, Turn.RECEIVER),
        (lambda: rests & person & delivery(DeliveryState.INSPECTED), Task.SIGN, Turn.BUYER),
        (lambda: rests & agency & delivery(DeliveryState.INSPECTED), Task.SIGN, Turn.RECEIVER),
        (lambda: runs & person & Exists(invoices().unpaid()), Task.COLLECT, Turn.SELLER),
        (lambda: runs & agency & lacking("lacks_office"), Task.BRING, Turn.REQUESTER),
        (lambda: runs & agency & lacking("lacks_seller"), Task.BRING, Turn.SELLER),
        (lambda: runs & agency & complete(InvoiceState.ISSUED), Task.VERIFY, Turn.TREASURER),
        (
            lambda: runs & agency & Exists(invoices().going().filter(state=InvoiceState.VERIFIED)),
            Task.APPROVE,
            Turn.APPROVER,
        ),
        (lambda: runs & agency & complete(InvoiceState.APPROVED), Task.PAY, Turn.TREASURER),
        (lambda: runs & agency & Exists(invoices().unpaid().held().without_debts()), Task.RESUME, Turn.TREASURER),
    ]
