"""What the documents of an order are made of, which of them it has by then, and who may open which."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.functional import cached_property

from epeken.core.models import Event
from epeken.users.models import User
from orders.addenda.models import Addendum
from orders.addenda.states import AddendumState
from orders.billing.models import Invoice, Payment
from orders.billing.states import PaymentMethod
from orders.cancellations.models import Cancellation
from orders.cancellations.states import BY_CONSENT
from orders.confirmations.models import SellerConfirmation
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.disputes.models import Dispute
from orders.documents.models import Document
from orders.documents.states import DocumentKind
from orders.orders import policies
from orders.orders.models import Order
from orders.orders.next_step import live_invoices_of, replaced_invoices_of
from orders.remedies.models import Remedy
from orders.year_end.models import CarriedDebt
from procurement.agencies.querysets import INSPECT
from procurement.frames.models import ApprovalFrame
from procurement.requests.models import PurchaseRequest

# What belongs to a delivery, and what to its invoice.
OF_DELIVERY = (DocumentKind.DELIVERY_NOTE, DocumentKind.INSPECTION, DocumentKind.BAST)
OF_INVOICE = (
    DocumentKind.INVOICE, DocumentKind.DEBT, DocumentKind.KUITANSI, DocumentKind.TAX_SHEET, DocumentKind.PAYMENT,
)  # fmt: skip
# Who approved what, whom it was compared with, and the whole file are the department's own documents.
AGENCY_ONLY = frozenset({DocumentKind.REQUEST, DocumentKind.QUOTATION, DocumentKind.COMPARISON, DocumentKind.SPJ})

# What makes an act on an invoice hold no longer.
UNDONE_BY = {
    "verify": ("deduct", "return", "reverse_settled"),
    "approve": ("carry", "deduct", "disapprove", "reverse", "reverse_settled"),
    "pay": ("reverse", "reverse_settled"),
}

# What a document belongs to; all None: the order.
Belonging = tuple[Delivery | None, Invoice | None, Addendum | None, Payment | None]
Placed = tuple[str, int | None, int | None, int | None, int | None]
NUMBER_LENGTH = 40  # of `Document.number`
# What a document may state an act of.
Noun = (
    Order
    | Invoice
    | Delivery
    | PurchaseRequest
    | ApprovalFrame
    | Addendum
    | Cancellation
    | Dispute
    | Remedy
    | SellerConfirmation
)


@dataclass(frozen=True)
class Trail:
    """Where an order stands with one of its deliveries, fetched once: the facts documents are made of. `delivery` is
    None while nothing was sent."""

    order: Order
    delivery: Delivery | None = None
    invoice: Invoice | None = None  # of this delivery
    addendum: Addendum | None = None  # of the order, instead of a delivery
    payment: Payment | None = None  # a part of this invoice, instead of the whole
    payments: tuple[Payment, ...] = ()  # of this invoice, oldest first, without reversed ones
    reversed: tuple[Payment, ...] = ()  # those
    as_of: datetime | None = None  # a document states no act after the moment it was asked for

    @property
    def paid_at(self) -> datetime | None:
        """When the last payment of an invoice that is paid in full was recorded."""
        if self.invoice is None or sum(payment.amount for payment in self.payments) != self.invoice.net:
            return None
        return self.payments[-1].recorded_at if self.payments else None

    @property
    def kuitansi_number(self) -> str:
        return self.invoice.kuitansi_after(len(self.reversed)) if self.invoice is not None else ""

    @property
    def kuitansi_office_number(self) -> str:
        return self.invoice.office_number_after(len(self.reversed)) if self.invoice is not None else ""

    @cached_property
    def debt(self) -> CarriedDebt | None:
        """By which a later budget year took the invoice over. No query of one that none did."""
        if self.invoice is None or self.invoice.carried_at is None:
            return None
        rows = CarriedDebt.objects.filter(delivery=self.invoice.delivery_id).select_related("decision")
        return (rows if self.as_of is None else rows.filter(carried_at__lte=self.as_of)).last()

    @cached_property
    def confirmations(self) -> list[SellerConfirmation]:
        """What the seller of the whole order is asked about."""
        return list(self.order.confirmations.all())

    @property
    def handover(self) -> SellerConfirmation | None:
        """What the seller says about the BAST of this delivery; None without one, or of goods that were not kept."""
        return next((row for row in self.confirmations if self.delivery and row.delivery_id == self.delivery.pk), None)

    def receipt(self, payment: Payment) -> SellerConfirmation | None:
        """What the seller says about money that was sent."""
        return next((row for row in self.confirmations if row.payment_id == payment.pk), None)

    def last_said(self, found: Iterable[SellerConfirmation | None]) -> list[datetime]:
        """When the seller last said something, or was asked, about these."""
        moments = [row.changed_at for row in found if row is not None]
        return [moment for moment in moments if self.as_of is None or moment <= self.as_of]

    def act(self, noun: Noun | None, action: str) -> Event | None:
        """The last event of this action by a person; None when nobody did it (yet), or only silence."""
        if noun is None:
            return None
        events = self.events(noun)
        if isinstance(noun, Invoice) and action in UNDONE_BY:  # what was undone since counts no longer
            last = max((n for n, event in enumerate(events) if event.action in UNDONE_BY[action]), default=-1)
            events = events[last + 1 :]
        done = [event for event in events if event.action == action]
        return done[-1] if done and done[-1].acted_as else None

    def name_of(self, person: User) -> str:
        """The name under which the person last acted on the invoice; today's where no act of theirs is kept."""
        acts = self.events(self.invoice) if self.invoice is not None else []
        names = [event.actor_name for event in acts if event.actor_id == person.pk]
        return names[-1] if names else person.name

    def recorder_of(self, payment: Payment) -> str:
        """The name of who recorded the payment, as it was then."""
        return payment.recorded_name or self.name_of(payment.recorded_by)

    def events(self, noun: Noun) -> list[Event]:
        """What had happened when the document was asked for, oldest first."""
        past = [event for event in noun.events.all() if self.as_of is None or event.at <= self.as_of]
        return sorted(past, key=lambda event: event.pk)


def trail_of(
    order: Order, delivery: Delivery | None = None, invoice: Invoice | None = None, as_of: datetime | None = None
) -> Trail:
    """What stands on documents asked for at `as_of` (now, when None)."""
    found = () if invoice is None else tuple(invoice.payments.all())
    return Trail(
        order=order,
        delivery=delivery,
        invoice=invoice,
        payments=tuple(payment for payment in found if payment.stands(as_of)),
        reversed=tuple(
            payment
            for payment in found
            if payment.reversed_at is not None and (as_of is None or payment.reversed_at <= as_of)
        ),
        as_of=as_of,
    )


def trails_of(order: Order, as_of: datetime | None = None) -> list[Trail]:
    """One for each delivery, oldest first; without any, one for what is still to be sent."""
    live = {invoice.delivery_id: invoice for invoice in live_invoices_of(order)}
    deliveries = order.deliveries.all()
    return [trail_of(order, one, live.get(one.pk), as_of) for one in deliveries] or [trail_of(order, as_of=as_of)]


def replaced_trails(order: Order) -> list[Trail]:
    """One for each invoice in whose place another came, oldest first: reversed payments of it and deposits of its tax
    stay part of the file."""
    delivered = {delivery.pk: delivery for delivery in order.deliveries.all()}
    return [trail_of(order, delivered[one.delivery_id], one) for one in replaced_invoices_of(order)]


def addenda_of(order: Order, as_of: datetime | None = None) -> list[Addendum]:
    """What both sides agreed to change, oldest first. No query of an order that was never changed."""
    if order.amended_at is None:
        return []
    agreed = [row for row in order.addenda.all() if row.state == AddendumState.AGREED]
    return [row for row in agreed if as_of is None or (row.ended_at is not None and row.ended_at <= as_of)]


def addendum_trails(order: Order, as_of: datetime | None = None) -> list[Trail]:
    """One for each addendum, oldest first."""
    return [Trail(order=order, addendum=row, as_of=as_of) for row in addenda_of(order, as_of)]


def is_part(payment: Payment, invoice: Invoice) -> bool:
    """Whether it paid less than all of the invoice, as that was then."""
    was_lowered = invoice.deducted_at is not None and invoice.deducted_at > payment.recorded_at
    return payment.amount < invoice.net or was_lowered


def part_trails(trail: Trail) -> list[Trail]:
    """Of a delivery's trail one for each payment of a part of its invoice that stands, oldest first."""
    if trail.invoice is None:
        return []
    return [replace(trail, payment=payment) for payment in trail.payments if is_part(payment, trail.invoice)]


def part_number(payment: Payment, invoice: Invoice) -> str:
    """`KW-2026-000012-B2`: the second payment of its invoice, with those that were reversed."""
    found = sorted(one.pk for one in invoice.payments.all())
    return f"{invoice.kuitansi_number}-B{found.index(payment.pk) + 1}"


def trail_for(document: Document, order: Order) -> Trail:
    """The facts of one document, as they were when it was asked for."""
    if document.payment_id is not None:
        invoice = next(i for i in order.invoices.all() if i.pk == document.invoice_id)
        delivery = next(d for d in order.deliveries.all() if d.pk == invoice.delivery_id)
        payment = next(one for one in invoice.payments.all() if one.pk == document.payment_id)
        return replace(trail_of(order, delivery, invoice, document.requested_at), payment=payment)
    if document.addendum_id is not None:
        trails = addendum_trails(order, document.requested_at)
        return next(t for t in trails if t.addendum and t.addendum.pk == document.addendum_id)
    if document.invoice_id is not None:
        invoice = next(i for i in order.invoices.all() if i.pk == document.invoice_id)
        delivery = next(d for d in order.deliveries.all() if d.pk == invoice.delivery_id)
        return trail_of(order, delivery, invoice, document.requested_at)
    trails = trails_of(order, document.requested_at)
    return next((t for t in trails if t.delivery and t.delivery.pk == document.delivery_id), trails[0])


def nouns_of(kind: str, trail: Trail) -> Belonging:
    """The delivery, the invoice, the addendum or the payment a document of this kind belongs to."""
    return (
        trail.delivery if kind in OF_DELIVERY else None,
        trail.invoice if kind in (*OF_INVOICE, DocumentKind.PART_PAYMENT) else None,
        trail.addendum if kind == DocumentKind.ADDENDUM else None,
        trail.payment if kind == DocumentKind.PART_PAYMENT else None,
    )


def place_of(kind: str, trail: Trail) -> Placed:
    """What one current edition takes: its kind, and the primary keys of what it belongs to."""
    delivery, invoice, addendum, payment = (noun.pk if noun else None for noun in nouns_of(kind, trail))
    return kind, delivery, invoice, addendum, payment


def current_of(order: Order) -> dict[Placed, Document]:
    """By its place, the edition that holds now."""
    return {taken_by(document): document for document in order.documents.all() if document.replaced_at is None}


def taken_by(document: Document) -> Placed:
    """The place of this edition and of those before and after it."""
    return document.kind, document.delivery_id, document.invoice_id, document.addendum_id, document.payment_id


def is_compared(order: Order) -> bool:
    """Whether the amount of its request asked for a comparison."""
    return order.request is not None and order.request.sheet_number != ""


def is_quoted(order: Order) -> bool:
    """Whether its request buys the award of a request for quotation."""
    return order.request is not None and order.request.from_quotation_id is not None


def negotiation_number(order: Order) -> str:
    """Of what was negotiated with the seller for this order; '' where nothing was. One query unless the order was read
    `with_negotiation`."""
    if "negotiation_number" not in order.__dict__:
        read = Order.objects.with_negotiation().values_list("negotiation_number", flat=True)
        order.negotiation_number = read.get(pk=order.pk)
    return order.negotiation_number


def draw_number(order: Order) -> str:
    """Of the draw of turns that gave the order its seller; '' where none did. One query unless the order was read
    `with_draw`."""
    if "draw_number" not in order.__dict__:
        order.draw_number = Order.objects.with_draw().values_list("draw_number", flat=True).get(pk=order.pk)
    return order.draw_number


def agreed_cancellation(order: Order) -> Cancellation | None:
    """What both sides agreed to cancel; there is one at most, since nothing is left to cancel after it."""
    return next((row for row in order.cancellations.all() if row.state in BY_CONSENT), None)


def decided_disputes(order: Order, as_of: datetime | None = None) -> list[Dispute]:
    """Oldest first."""
    found = [d for d in order.disputes.all() if d.decided_at is not None and (as_of is None or d.decided_at <= as_of)]
    return sorted(found, key=lambda dispute: dispute.pk)


def _decided_at(order: Order, as_of: datetime | None) -> datetime | None:
    """When somebody last decided a dispute of the order, or did something about what it gave."""
    decided = [dispute.decided_at for dispute in decided_disputes(order, as_of) if dispute.decided_at is not None]
    if not decided:
        return None
    moments = [event.at for remedy in order.remedies.all() for event in remedy.events.all()]
    return max([*decided, *(moment for moment in moments if as_of is None or moment <= as_of)])


def settled_at(trail: Trail) -> dict[str, datetime]:
    """Per document that is due, when the facts on it were last set. A document older than that is out of date."""
    order, invoice, delivery = trail.order, trail.invoice, trail.delivery
    times: dict[str, datetime] = {}
    if order.agency_id is None:
        return times
    if trail.addendum is not None:
        return {DocumentKind.ADDENDUM: trail.addendum.ended_at or order.placed_at}
    if trail.payment is not None and invoice is not None:
        return {DocumentKind.PART_PAYMENT: _part_settled_at(trail, trail.payment, invoice)}
    times[DocumentKind.REQUEST] = order.placed_at
    if is_compared(order):
        times[DocumentKind.COMPARISON] = order.placed_at
    if draw_number(order):
        times[DocumentKind.ROTATION] = order.placed_at
    if is_quoted(order):
        times[DocumentKind.QUOTATION] = order.placed_at
    if negotiation_number(order):
        times[DocumentKind.NEGOTIATION] = order.placed_at
    times[DocumentKind.PURCHASE_ORDER] = order.accepted_at or order.placed_at
    agreed = agreed_cancellation(order)
    if agreed is not None and agreed.ended_at is not None:
        times[DocumentKind.CANCELLATION] = agreed.ended_at
    decided = _decided_at(order, trail.as_of)
    if decided is not None:
        times[DocumentKind.DECISION] = decided
    if delivery is not None:
        if delivery.state != DeliveryState.WITHDRAWN:
            times[DocumentKind.DELIVERY_NOTE] = delivery.shipped_at
        seen = delivery.inspected_at
        if seen and (trail.as_of is None or seen <= trail.as_of):
            times[DocumentKind.INSPECTION] = seen
        if delivery.accepted_at:
            times[DocumentKind.BAST] = max([delivery.accepted_at, *trail.last_said([trail.handover])])
    if invoice is not None:
        paid_at = trail.paid_at
        # Paying by card computes the tax again, so what was billed before it is out of date.
        by_card = any(payment.method == PaymentMethod.KKPD for payment in trail.payments)
        billed = paid_at if by_card and paid_at else invoice.issued_at
        # So does a decided dispute that lowered it.
        billed = max(billed, invoice.deducted_at or billed)
        times[DocumentKind.INVOICE] = billed
        # The sheet bears the name of the treasurer who checked it, and says what was cited, deposited and decided.
        stated_at = (invoice.verified_at, invoice.tax_invoice_at, invoice.tax_deposited_at, _tax_decided_at(trail))
        stated = [at for at in stated_at if at is not None and (trail.as_of is None or at <= trail.as_of)]
        times[DocumentKind.TAX_SHEET] = max([paid_at or billed, billed, *stated])
        if invoice.gross:
            approved = invoice.approved_at
            decided = approved if approved is not None and (trail.as_of is None or approved <= trail.as_of) else billed
            said = trail.last_said(trail.receipt(one) for one in (*trail.payments, *trail.reversed))
            carried = carried_at(trail)
            if carried:
                times[DocumentKind.DEBT] = carried
            times[DocumentKind.KUITANSI] = max([paid_at or decided, decided, billed, carried or billed, *said])
        if paid_at:
            times[DocumentKind.PAYMENT] = paid_at
    return times


def _tax_decided_at(trail: Trail) -> datetime | None:
    """When the treasurer last decided whether the purchase was split. One query where that is decided."""
    if trail.delivery is None or trail.delivery.counted_as_split is None:
        return None
    decisions = trail.delivery.tax_decisions.all()
    last = (decisions if trail.as_of is None else decisions.filter(decided_at__lte=trail.as_of)).last()
    return last.decided_at if last is not None else None


def _part_settled_at(trail: Trail, payment: Payment, invoice: Invoice) -> datetime:
    """When what was paid before it, or what remains after it, last changed."""
    before = [one.reversed_at for one in trail.reversed if one.pk < payment.pk]
    changes = [payment.recorded_at, invoice.deducted_at, *before]
    return max(moment for moment in changes if moment is not None and (trail.as_of is None or moment <= trail.as_of))


def carried_at(trail: Trail) -> datetime | None:
    """When a later budget year last took the invoice over."""
    moment = trail.invoice.carried_at if trail.invoice is not None else None
    return moment if moment is not None and (trail.as_of is None or moment <= trail.as_of) else None


def number_of(kind: str, trail: Trail) -> str:
    """The number printed on the document."""
    order, invoice, delivery = trail.order, trail.invoice, trail.delivery
    if kind == DocumentKind.REQUEST and order.request is not None:
        return order.request.number
    if kind == DocumentKind.COMPARISON and order.request is not None:
        return order.request.sheet_number
    if kind == DocumentKind.QUOTATION and order.request is not None and order.request.from_quotation is not None:
        return order.request.from_quotation.number
    if kind == DocumentKind.NEGOTIATION:
        return negotiation_number(order)
    if kind == DocumentKind.ROTATION:
        return draw_number(order)
    if kind in (DocumentKind.DELIVERY_NOTE, DocumentKind.INSPECTION) and delivery is not None:
        return delivery.number
    if kind == DocumentKind.BAST and delivery is not None:
        return delivery.bast_number or ""
    if kind in (DocumentKind.INVOICE, DocumentKind.TAX_SHEET):
        return invoice.number if invoice else ""
    if kind == DocumentKind.KUITANSI:
        return trail.kuitansi_number
    if kind == DocumentKind.DEBT:
        return trail.debt.number if trail.debt is not None else ""
    if kind == DocumentKind.ADDENDUM and trail.addendum is not None:
        return trail.addendum.number or ""
    if kind == DocumentKind.PART_PAYMENT and trail.payment is not None and invoice is not None:
        return part_number(trail.payment, invoice)
    if kind == DocumentKind.PAYMENT and trail.payments and invoice is not None:
        return _references(trail.payments) or invoice.number
    return order.number


def _references(payments: Iterable[Payment]) -> str:
    """Of an invoice paid in parts each, as far as they fit into a number."""
    named = [payment.reference for payment in payments if payment.reference]
    said = ", ".join(named)
    if len(said) <= NUMBER_LENGTH:
        return said
    more = f" (+{len(named) - 1})" if len(named) > 1 else ""
    return named[0][: NUMBER_LENGTH - len(more)] + more


def may_open(user: User, order: Order, kind: str, day: date) -> bool:
    """Asked of somebody who sees the order. Sellers see the documents both sides share, but not
    the buyer's attendance lists.
    """
    if user.has_perm(INSPECT) or policies.is_officer_of(user, order, day):
        return True
    return kind in DocumentKind.values and kind not in AGENCY_ONLY
