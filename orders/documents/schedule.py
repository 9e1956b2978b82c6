"""Which documents an order has, still lacks, or does not have yet, and who may open which."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from epeken.core.models import Event
from epeken.users.models import User
from orders.billing.models import Invoice, Payment
from orders.billing.states import InvoiceState, PaymentMethod
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.documents.models import Attachment, Document
from orders.documents.states import AttachmentKind, DocumentKind
from orders.orders import policies
from orders.orders.models import Order
from procurement.agencies.querysets import INSPECT
from procurement.requests.models import PurchaseRequest

# In the order a treasurer files them; attachments stand between the order and the delivery.
GENERATED = (
    DocumentKind.REQUEST,
    DocumentKind.PURCHASE_ORDER,
    DocumentKind.DELIVERY_NOTE,
    DocumentKind.INSPECTION,
    DocumentKind.BAST,
    DocumentKind.INVOICE,
    DocumentKind.DELIVERY,
    DocumentKind.TAX_SHEET,
    DocumentKind.PAYMENT,
)
# What the office brings itself; OTHER is never missed.
WANTED = (AttachmentKind.INVITATION, AttachmentKind.ATTENDANCE, AttachmentKind.MINUTES)
# Who approved what, and the whole file, are the department's own documents.
AGENCY_ONLY = frozenset({DocumentKind.REQUEST, DocumentKind.SPJ})

WHEN: dict[str, str | Promise] = {
    DocumentKind.REQUEST: _("terbit bersama surat pesanan"),
    DocumentKind.PURCHASE_ORDER: _("terbit bersama surat pesanan"),
    DocumentKind.DELIVERY_NOTE: _("terbit saat barang dikirim"),
    DocumentKind.INSPECTION: _("terbit bila penerima memeriksa barang"),
    DocumentKind.BAST: _("terbit sesudah serah terima"),
    DocumentKind.INVOICE: _("terbit sesudah BAST"),
    DocumentKind.DELIVERY: _("terbit sesudah BAST"),
    DocumentKind.TAX_SHEET: _("terbit sesudah BAST"),
    DocumentKind.PAYMENT: _("terbit sesudah dibayar"),
}


@dataclass(frozen=True)
class Trail:
    """Where an order stands, fetched once: the facts documents are made of."""

    order: Order
    invoice: Invoice | None
    delivery: Delivery | None
    payment: Payment | None
    until: datetime | None = None  # a document states no act after the moment it was asked for

    def act(self, noun: Order | Invoice | Delivery | PurchaseRequest | None, action: str) -> Event | None:
        """The last event of this action by a person; None when nobody did it (yet), or only silence."""
        if noun is None:
            return None
        done = [event for event in self.events(noun) if event.action == action]
        return done[-1] if done and done[-1].acted_as else None

    def events(self, noun: Order | Invoice | Delivery | PurchaseRequest) -> list[Event]:
        """What had happened when the document was asked for, oldest first."""
        past = [event for event in noun.events.all() if self.until is None or event.at <= self.until]
        return sorted(past, key=lambda event: event.pk)


@dataclass(frozen=True)
class ScheduleEntry:
    """One place in the file. `document` or `attachments` when present; else why not yet, or that it must be brought."""

    kind: str
    label: str | Promise
    number: str = ""
    at: datetime | None = None
    document: Document | None = None
    attachments: tuple[Attachment, ...] = ()
    is_due: bool = False
    note: str | Promise = ""

    @property
    def is_present(self) -> bool:
        return bool(self.attachments) or bool(self.document and self.document.made_at)

    @property
    def is_upload(self) -> bool:
        return self.kind in AttachmentKind.values


def trail_of(order: Order, until: datetime | None = None) -> Trail:
    """What stands on the documents of an order asked for at `until` (now, when None)."""
    # A delivery sent back still went out and was inspected: its documents stand as long as no other came after it.
    deliveries = sorted(order.deliveries.all(), key=lambda r: (r.state != DeliveryState.REJECTED, r.pk))
    invoices = [i for i in order.invoices.all() if i.state != InvoiceState.VOID]
    invoice = invoices[-1] if invoices else None
    # Paid in parts: with the last of them.
    paid = invoice is not None and invoice.state == InvoiceState.PAID
    payment = max(invoice.payments.all(), key=lambda row: row.pk, default=None) if invoice and paid else None
    return Trail(
        order=order,
        invoice=invoice,
        delivery=deliveries[-1] if deliveries else None,
        payment=payment if payment and (until is None or payment.recorded_at <= until) else None,
        until=until,
    )


def settled_at(trail: Trail) -> dict[str, datetime]:
    """Per document that is due, when the facts on it were last set. A document older than that is out of date."""
    order, invoice, delivery, payment = trail.order, trail.invoice, trail.delivery, trail.payment
    times: dict[str, datetime] = {}
    if order.agency_id is None:
        return times
    times[DocumentKind.REQUEST] = order.placed_at
    times[DocumentKind.PURCHASE_ORDER] = order.accepted_at or order.placed_at
    if delivery is not None:
        times[DocumentKind.DELIVERY_NOTE] = delivery.shipped_at
        # Silence accepts goods, but nobody inspected them.
        seen = delivery.inspected_at if delivery.receiver_id else None
        if seen and (trail.until is None or seen <= trail.until):
            times[DocumentKind.INSPECTION] = seen
        if delivery.accepted_at:
            times[DocumentKind.BAST] = delivery.accepted_at
    if invoice is not None:
        # Paying by card computes the tax again, so what was billed before it is out of date.
        by_card = payment is not None and payment.method == PaymentMethod.KKPD
        billed = payment.recorded_at if by_card and payment else invoice.issued_at
        times[DocumentKind.INVOICE] = billed
        times[DocumentKind.TAX_SHEET] = billed
        times[DocumentKind.DELIVERY] = payment.recorded_at if payment else invoice.issued_at
    if payment is not None:
        times[DocumentKind.PAYMENT] = payment.recorded_at
    return times


def number_of(kind: str, trail: Trail) -> str:
    """The number printed on the document."""
    order, invoice, delivery = trail.order, trail.invoice, trail.delivery
    if kind == DocumentKind.REQUEST and order.request is not None:
        return order.request.number
    if kind in (DocumentKind.DELIVERY_NOTE, DocumentKind.INSPECTION) and delivery is not None:
        return delivery.number
    if kind == DocumentKind.BAST and delivery is not None:
        return delivery.bast_number or ""
    if kind in (DocumentKind.INVOICE, DocumentKind.TAX_SHEET):
        return invoice.number if invoice else ""
    if kind == DocumentKind.DELIVERY:
        return invoice.kuitansi_number if invoice else ""
    if kind == DocumentKind.PAYMENT and trail.payment is not None and invoice is not None:
        return (trail.payment.reference or invoice.number)[:40]
    return order.number


def may_open(user: User, order: Order, kind: str, day: date) -> bool:
    """Asked of somebody who sees the order. Sellers see the documents both sides share, but not
    the buyer's attendance lists.
    """
    if user.has_perm(INSPECT) or policies.is_officer_of(user, order, day):
        return True
    return kind in DocumentKind.values and kind not in AGENCY_ONLY


def entries_of(trail: Trail, *, for_agency: bool) -> list[ScheduleEntry]:
    """The file in order. Two queries."""
    current = {d.kind: d for d in trail.order.documents.all() if d.replaced_at is None}
    due = settled_at(trail)
    kept = _by_kind(a for a in trail.order.attachments.all() if a.removed_at is None) if for_agency else {}
    entries: list[ScheduleEntry] = []
    if trail.order.agency_id is None:
        return entries
    for kind in GENERATED:
        if kind in AGENCY_ONLY and not for_agency:
            continue
        document = current.get(kind)
        entries.append(
            ScheduleEntry(
                kind=kind,
                label=kind.label,
                number=number_of(kind, trail) if kind in due else "",
                # The day on the document, not the second its file was written.
                at=document.requested_at if document and document.made_at else None,
                document=document,
                is_due=kind in due,
                note="" if kind in due else WHEN[kind],
            )
        )
        if kind == DocumentKind.PURCHASE_ORDER and for_agency:
            entries.extend(_attachment_entries(kept))
    return entries


def _attachment_entries(kept: dict[str, tuple[Attachment, ...]]) -> list[ScheduleEntry]:
    entries = []
    for kind in AttachmentKind:
        papers = kept.get(kind, ())
        if papers or kind in WANTED:
            entries.append(
                ScheduleEntry(
                    kind=kind,
                    label=kind.label,
                    at=papers[-1].uploaded_at if papers else None,
                    attachments=papers,
                    is_due=True,
                    note="" if papers else _("unggah"),
                )
            )
    return entries


def _by_kind(attachments: Iterable[Attachment]) -> dict[str, tuple[Attachment, ...]]:
    found: dict[str, tuple[Attachment, ...]] = {}
    for attachment in attachments:
        found[attachment.kind] = (*found.get(attachment.kind, ()), attachment)
    return found
