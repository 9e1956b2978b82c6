"""Every place in the file of an order: what it has, still lacks, or does not have yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orders.deliveries.states import WITHOUT_GOODS, DeliveryState
from orders.documents import schedule, slots
from orders.documents.models import Document
from orders.documents.slots import Paperwork, Slot
from orders.documents.states import AttachmentKind, DocumentKind
from orders.orders.models import Order
from orders.orders.next_step import is_rest_expected

# In the order a treasurer files them: of the order, attachments after them, then for each delivery its own and its
# invoice's.
OF_ORDER = (
    DocumentKind.REQUEST, DocumentKind.QUOTATION, DocumentKind.ROTATION, DocumentKind.COMPARISON,
    DocumentKind.NEGOTIATION, DocumentKind.PURCHASE_ORDER, DocumentKind.ADDENDUM, DocumentKind.CANCELLATION,
    DocumentKind.DECISION,
)  # fmt: skip
# Of a delivery of which everything was rejected there is nothing else.
OF_REJECTED = (DocumentKind.DELIVERY_NOTE, DocumentKind.INSPECTION)

WHEN: dict[str, str | Promise] = {
    DocumentKind.REQUEST: _("terbit bersama surat pesanan"),
    DocumentKind.COMPARISON: _("terbit bersama surat pesanan"),
    DocumentKind.ROTATION: _("terbit bersama surat pesanan"),
    DocumentKind.QUOTATION: _("terbit bersama surat pesanan"),
    DocumentKind.NEGOTIATION: _("terbit bersama surat pesanan"),
    DocumentKind.PURCHASE_ORDER: _("terbit bersama surat pesanan"),
    DocumentKind.ADDENDUM: _("terbit bila kedua pihak sepakat mengubah pesanan"),
    DocumentKind.CANCELLATION: _("terbit bila kedua pihak sepakat membatalkan"),
    DocumentKind.DECISION: _("terbit sesudah keluhan diputus"),
    DocumentKind.DELIVERY_NOTE: _("terbit saat barang dikirim"),
    DocumentKind.INSPECTION: _("terbit bila penerima memeriksa barang"),
    DocumentKind.BAST: _("terbit sesudah serah terima"),
    DocumentKind.INVOICE: _("terbit sesudah BAST"),
    DocumentKind.DEBT: _("terbit bila dibebankan ke tahun anggaran berikutnya"),
    DocumentKind.KUITANSI: _("terbit sesudah BAST"),
    DocumentKind.TAX_SHEET: _("terbit sesudah BAST"),
    DocumentKind.PART_PAYMENT: _("terbit sesudah sebagian tagihan dibayar"),
    DocumentKind.PAYMENT: _("terbit sesudah dibayar"),
}


@dataclass(frozen=True)
class ScheduleEntry:
    """One place in the file. `document` or `attachments` when present; else why not yet, or that it must be brought.
    `of` is the number of the delivery or invoice it belongs to, of a part's paper its own; `part` that of its delivery,
    when there are several."""

    kind: str
    label: str | Promise
    part: str = ""
    of: str = ""
    number: str = ""
    at: datetime | None = None
    document: Document | None = None
    slot: Slot | None = None  # of what the office brings
    is_due: bool = False
    note: str | Promise = ""

    @property
    def name(self) -> str:
        return f"{self.label} ({self.part})" if self.part else str(self.label)

    @property
    def attachments(self) -> tuple[Paperwork, ...]:
        return self.slot.papers if self.slot is not None else ()

    @property
    def is_present(self) -> bool:
        if self.slot is not None:
            return self.slot.is_filled
        return bool(self.document and self.document.made_at)

    @property
    def is_missing(self) -> bool:
        """Not there, and neither waived nor left to the office."""
        return self.slot.is_empty if self.slot is not None else not self.is_present

    @property
    def is_upload(self) -> bool:
        return self.kind in AttachmentKind.values


def entries_of(order: Order, as_of: datetime | None = None, *, for_agency: bool) -> list[ScheduleEntry]:
    """The file in order, as it was at `as_of` (now, when None); of a closed order what there is."""
    if order.agency_id is None:
        return []
    trails = schedule.trails_of(order, as_of)
    wanted = [kind for kind in OF_ORDER if _is_wanted(kind, order) and (for_agency or kind not in schedule.AGENCY_ONLY)]
    issued = wanted.index(DocumentKind.PURCHASE_ORDER) + 1
    entries = _entries(trails[0], wanted[:issued])
    changes = schedule.addendum_trails(order, as_of)
    for n, trail in enumerate(changes, 1):
        entries.extend(_entries(trail, (DocumentKind.ADDENDUM,), str(n) if len(changes) > 1 else ""))
    entries.extend(_entries(trails[0], wanted[issued:]))
    if for_agency:
        entries.extend(_attachment_entries(("", slot) for slot in slots.slots_of(order)))
    else:
        entries.extend(_attachment_entries(slots.slots_of_seller(order)))
    for trail in trails:
        part = trail.delivery.number if trail.delivery and len(trails) > 1 else ""
        own = _entries(trail, _kinds_of(trail), part)
        parts = [_entries(paid, (DocumentKind.PART_PAYMENT,), part) for paid in schedule.part_trails(trail)]
        whole = next((n for n, entry in enumerate(own) if entry.kind == DocumentKind.PAYMENT), len(own))
        entries.extend([*own[:whole], *(entry for found in parts for entry in found), *own[whole:]])
    if all(trail.delivery and trail.delivery.state in WITHOUT_GOODS for trail in trails) and is_rest_expected(order):
        rest = schedule.trail_of(order, as_of=as_of)  # the file goes on
        entries.extend(_entries(rest, _kinds_of(schedule.Trail(order))))
    if order.closed_at is not None and (as_of is None or order.closed_at <= as_of):
        return [entry for entry in entries if entry.document or entry.attachments]  # nothing more comes
    return entries


def _is_wanted(kind: str, order: Order) -> bool:
    """Not every purchase asks for a comparison or is negotiated, and few are cancelled."""
    if kind == DocumentKind.COMPARISON:
        return schedule.is_compared(order)
    if kind == DocumentKind.QUOTATION:
        return schedule.is_quoted(order)
    if kind == DocumentKind.NEGOTIATION:
        return bool(schedule.negotiation_number(order))
    if kind == DocumentKind.DECISION:
        return bool(schedule.decided_disputes(order))
    if kind == DocumentKind.ROTATION:
        return bool(schedule.draw_number(order))
    if kind == DocumentKind.ADDENDUM:
        return False  # each has its own place, beside the surat pesanan
    return kind != DocumentKind.CANCELLATION or schedule.agreed_cancellation(order) is not None


def _kinds_of(trail: schedule.Trail) -> tuple[DocumentKind, ...]:
    """Nobody expects the paper of a debt before there is one."""
    found = _kinds_expected(trail)
    return found if schedule.carried_at(trail) else tuple(kind for kind in found if kind != DocumentKind.DEBT)


def _kinds_expected(trail: schedule.Trail) -> tuple[DocumentKind, ...]:
    if trail.delivery is not None and trail.delivery.state == DeliveryState.REJECTED:
        # What a decision refused after it was handed over keeps the paper of its handover.
        return (*OF_REJECTED, DocumentKind.BAST) if trail.delivery.accepted_at else OF_REJECTED
    if trail.delivery is not None and trail.delivery.state == DeliveryState.MISSED:
        return (DocumentKind.DELIVERY_NOTE,)
    if trail.delivery is not None and trail.delivery.state == DeliveryState.WITHDRAWN:
        return ()
    if trail.delivery is not None and trail.delivery.remedy is not None and trail.invoice is None:
        is_over = trail.delivery.state == DeliveryState.ACCEPTED  # in place of goods that are invoiced already
        return (
            schedule.OF_DELIVERY
            if is_over or not trail.delivery.remedy.refused
            else (*schedule.OF_DELIVERY, *schedule.OF_INVOICE)
        )
    if trail.invoice is not None and not trail.invoice.gross:  # all of it deducted: nobody receives or pays anything
        return (*schedule.OF_DELIVERY, DocumentKind.INVOICE, DocumentKind.TAX_SHEET)
    return (*schedule.OF_DELIVERY, *schedule.OF_INVOICE)


def _entries(trail: schedule.Trail, kinds: Iterable[DocumentKind], part: str = "") -> list[ScheduleEntry]:
    again = trail.delivery is not None and trail.delivery.remedy_id is not None
    current = schedule.current_of(trail.order)
    due = schedule.settled_at(trail)
    entries = []
    for kind in kinds:
        document = current.get(schedule.place_of(kind, trail))
        entries.append(
            ScheduleEntry(
                kind=kind,
                label=_("Surat jalan pengganti") if again and kind == DocumentKind.DELIVERY_NOTE else kind.label,
                part=part,
                of=schedule.number_of(kind, trail)
                if kind == DocumentKind.PART_PAYMENT
                else _called(schedule.nouns_of(kind, trail)),
                number=schedule.number_of(kind, trail) if kind in due else "",
                at=_printed(kind, trail, document) if document and document.made_at else None,
                document=document,
                is_due=kind in due,
                note="" if kind in due else WHEN[kind],
            )
        )
    return entries


def _called(belongs: schedule.Belonging) -> str:
    """The number of what a document belongs to; "" of the order."""
    numbers = [noun.number for noun in belongs[:3] if noun is not None]
    return (numbers[0] or "") if numbers else ""


def _printed(kind: str, trail: schedule.Trail, document: Document) -> datetime:
    """The day on the document: a later edition of it (a surat pesanan with the seller's yes) keeps the day of the
    first."""
    invoice = trail.invoice
    if kind == DocumentKind.PURCHASE_ORDER:
        return trail.order.placed_at
    if kind == DocumentKind.BAST and trail.delivery is not None and trail.delivery.accepted_at is not None:
        return trail.delivery.accepted_at
    if kind == DocumentKind.ADDENDUM and trail.addendum is not None and trail.addendum.ended_at is not None:
        return trail.addendum.ended_at
    if kind == DocumentKind.INVOICE and invoice is not None:
        return invoice.issued_at
    if kind == DocumentKind.PART_PAYMENT and trail.payment is not None:
        return trail.payment.recorded_at
    if kind in (DocumentKind.KUITANSI, DocumentKind.TAX_SHEET) and invoice is not None:
        return (
            schedule.trail_of(trail.order, trail.delivery, invoice, document.requested_at).paid_at or invoice.issued_at
        )
    return document.requested_at


def _attachment_entries(found: Iterable[tuple[str, Slot]]) -> list[ScheduleEntry]:
    """`found`: each with the bill it belongs to, "" of the order."""
    return [
        ScheduleEntry(
            kind=slot.kind,
            label=slot.label,
            of=of,
            at=slot.papers[-1].uploaded_at if slot.papers else None,
            slot=slot,
            is_due=True,
            note="" if slot.papers or slot.has_photos else _("unggah"),
        )
        for of, slot in found
    ]
