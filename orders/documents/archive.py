"""The whole purchase for a machine: one JSON, and a ZIP with it and every file."""

import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.files.uploads import read_private
from orders.addenda.models import Addendum
from orders.billing import taxes
from orders.billing.models import Invoice, Payment
from orders.billing.recorded import RecordedPayment
from orders.compensations.data import compensation_data, reversed_of
from orders.confirmations.models import SellerConfirmation
from orders.deliveries.models import Delivery
from orders.disputes.models import Dispute
from orders.documents import acts, schedule, slots
from orders.documents.entries import entries_of
from orders.documents.layout import tax_papers
from orders.documents.models import Document
from orders.documents.request_data import request_data, time_text
from orders.documents.schedule import Trail
from orders.documents.states import ATTACHMENT_SLUGS, SLUGS, DocumentKind
from orders.orders.contract_form import contract_of
from orders.orders.models import Order
from orders.photo_places.words import placed_files
from orders.reversals.data import reversal_data
from orders.schedules import due
from orders.schedules.models import DueDay

VERSION = 2
FORMAT = f"epeken-purchase/{VERSION}"
_IN_MEMORY = 8 * 1024 * 1024


def schema_of(version: int) -> Path | None:
    """Of that format; those of earlier exports stay readable. None of one that never was."""
    found = Path(__file__).with_name(f"purchase-{version}.schema.json")
    return found if found.exists() else None


def purchase_data(order: Order) -> dict[str, Any]:
    """Amounts are whole rupiah (int), quantities decimal text, times ISO 8601 with offset."""
    named = ["invoices__checks__checked_by", "attachments", "request__attachments"]
    prefetch_related_objects([order], *named, "documents__voids")
    trails = schedule.trails_of(order)
    seller = order.seller_party
    delivered: dict[int | None, str] = {trail.delivery.pk: trail.delivery.number for trail in trails if trail.delivery}
    replaced = schedule.replaced_trails(order)
    invoiced: dict[int | None, str] = {
        trail.invoice.pk: trail.invoice.number for trail in (*trails, *replaced) if trail.invoice
    }
    changed: dict[int | None, str | None] = {row.pk: row.number for row in schedule.addenda_of(order)}
    return {
        "format": FORMAT,
        "order": {
            "number": order.number,
            "office_number": order.office_number,
            "state": order.state,
            "title": order.title,
            "event_kind": order.event_kind,
            "placed_at": time_text(order.placed_at),
            "accepted_at": time_text(order.accepted_at),
            "deliver_at": time_text(order.deliver_at),
            "goods_total": order.goods_total,
            "delivery_cost": order.delivery_cost,
            "total": order.total,
            "contract": _contract_data(order),
            "schedule": [_day_data(day) for day in due.days_of(order)],
            "lines": [
                {
                    "name": line.name,
                    "unit": line.unit,
                    "price": line.price,
                    "quantity": str(line.quantity),
                    "amount": line.amount,
                    "accepted_quantity": None if line.accepted_quantity is None else str(line.accepted_quantity),
                    "accepted_amount": line.accepted_amount,
                }
                for line in order.lines.all()
            ],
        },
        "agency": {"name": order.buyer_party.name, "code": order.buyer_party.code} if order.agency_id else None,
        "seller": {"shop": seller.name, "owner": seller.owner_name, "nib": seller.nib},
        "request": request_data(order),
        "addenda": [_addendum_data(row) for row in schedule.addenda_of(order)],
        "deliveries": [_delivery_data(trail.delivery, trail) for trail in trails if trail.delivery],
        "invoices": [_invoice_data(trail.invoice, trail) for trail in trails if trail.invoice],
        "replaced_invoices": [_invoice_data(trail.invoice, trail) for trail in replaced if trail.invoice],
        "decisions": [_decision_data(dispute, order) for dispute in schedule.decided_disputes(order)],
        "compensation": compensation_data(order),
        "documents": [
            {
                "kind": document.kind,
                "number": document.number,
                "delivery": delivered.get(document.delivery_id),
                "invoice": invoiced.get(document.invoice_id),
                "addendum": changed.get(document.addendum_id),
                "code": document.code,
                "sha256": document.sha256,
                "pages": document.pages,
                "made_at": time_text(document.made_at),
            }
            for document in order.documents.all()
            if document.replaced_at is None and document.made_at
        ],
        "withdrawn_documents": [
            {
                "kind": document.kind,
                "number": document.number,
                "delivery": delivered.get(document.delivery_id),
                "invoice": invoiced.get(document.invoice_id),
                "reason": document.void_reason,
                "withdrawn_at": time_text(document.requested_at),
                "sha256": document.voids.sha256,
                "marked_code": document.code,
                "marked_sha256": document.sha256,
            }
            for document in _marked(order)
            if document.voids is not None
        ],
        "attachments": [
            {
                "kind": a.kind,
                "title": a.title,
                "sha256": a.sha256,
                "uploaded_at": time_text(a.uploaded_at),
                "uploaded_by": a.uploaded_name,
            }
            for a in slots.attachments_of(order)
        ],
        "slots": [_slot_data(slot, order) for slot in slots.slots_of(order)],
        "acts": acts.acts_of(order),
    }


def _contract_data(order: Order) -> dict[str, str] | None:
    """Of a department's order the form of its contract, and what says so."""
    if order.agency_id is None:
        return None
    found = contract_of(order.total, clock.local_date(order.placed_at))
    return {"form": found.form.value, "source": found.source}


def _day_data(day: DueDay) -> dict[str, Any]:
    """A date of the order's schedule, and what became of it."""
    return {
        "number": day.number,
        "deliver_at": time_text(day.deliver_at),
        "place": day.place,
        "missed_at": time_text(day.missed_at),
        "dropped_at": time_text(day.dropped_at),
        "lines": [
            {
                "name": amount.order_line.name,
                "quantity": str(amount.quantity),
                "sent": str(amount.sent_quantity),
            }
            for amount in day.amounts.all()
        ],
    }


def _slot_data(slot: slots.Slot, order: Order) -> dict[str, Any]:
    """A place for a paper: what it asks for, and how it stands."""
    waiver = slot.waiver
    return {
        "kind": slot.kind,
        "required": slot.is_required,
        "state": slot.state,
        "source": slot.source,
        "papers": [paper.sha256 for paper in slot.papers] or (placed_files(order) if slot.has_photos else []),
        "waiver": None
        if waiver is None
        else {
            "reason": waiver.reason,
            "note": waiver.note,
            "by": waiver.given_name,
            "office": waiver.acted_as,
            "at": time_text(waiver.given_at),
        },
    }


def _decision_data(dispute: Dispute, order: Order) -> dict[str, Any]:
    return {
        "decided_at": time_text(dispute.decided_at),
        "outcome": dispute.outcome,
        "decision": dispute.decision,
        "remedies": [
            {
                "kind": remedy.kind,
                "state": remedy.state,
                "delivery": remedy.delivery.number,
                "quantity": None if remedy.quantity is None else str(remedy.quantity),
                "amount": remedy.amount,
                "applied": remedy.applied,
                "refused": str(remedy.refused),
                "came": str(remedy.came),
                "shipments": [one.number for one in order.deliveries.all() if one.remedy_id == remedy.pk],
            }
            for remedy in order.remedies.all()
            if remedy.dispute_id == dispute.pk
        ],
    }


def _addendum_data(row: Addendum) -> dict[str, Any]:
    """The order above it is as it stands after the last."""
    return {
        "number": row.number,
        "office_number": row.office_number,
        "by_seller": row.by_seller,
        "reason": row.reason,
        "asked_at": time_text(row.asked_at),
        "agreed_at": time_text(row.ended_at),
        "earlier_deliver_at": time_text(row.earlier_deliver_at),
        "deliver_at": time_text(row.deliver_at),
        "date": _changed_date(row),
        "earlier_total": row.earlier_total,
        "total": row.total,
        "lines": [
            {
                "name": line.order_line.name,
                "earlier_quantity": str(line.earlier_quantity),
                "quantity": str(line.quantity),
                "earlier_amount": line.earlier_amount,
                "amount": line.amount,
            }
            for line in row.lines.all()
        ],
    }


def _changed_date(row: Addendum) -> dict[str, Any] | None:
    """Of the schedule, the one date it is about."""
    if row.due_day is None:
        return None
    return {
        "number": row.due_day.number,
        "earlier_deliver_at": time_text(row.earlier_day_at),
        "deliver_at": time_text(row.day_at),
    }


def _delivery_data(delivery: Delivery, trail: Trail) -> dict[str, Any]:
    return {
        "number": delivery.number,
        "replaces": delivery.remedy.delivery.number if delivery.remedy is not None else None,
        "date": delivery.due_day.number if delivery.due_day is not None else None,
        "state": delivery.state,
        "shipped_at": time_text(delivery.shipped_at),
        "arrived_at": time_text(delivery.arrived_at),
        "inspected_at": time_text(delivery.inspected_at),
        "is_on_time": delivery.is_on_time,
        "bast_number": delivery.bast_number,
        "office_number": delivery.office_number,
        "confirmation": _confirmation_data(trail.handover),
        "lines": [
            {
                "name": line.order_line.name,
                "sent": str(line.sent),
                "arrived": None if line.arrived is None else str(line.arrived),
                "accepted": None if line.accepted is None else str(line.accepted),
                "decided": str(line.decided),
                "rejected": str(line.rejected),
                "returned": str(line.returned),
                "covered": str(line.covered),
                "amount": line.amount,
                "added_amount": line.added_amount,
                "remark": line.remark,
            }
            for line in delivery.lines.all()
        ],
    }


def _confirmation_data(row: SellerConfirmation | None) -> dict[str, Any] | None:
    """The seller's own word; `document` and `sha256` of what was confirmed, '' while nothing is."""
    if row is None:
        return None
    return {
        "state": row.state,
        "due_at": time_text(row.due_at),
        "changed_at": time_text(row.changed_at),
        "document": row.document.code if row.document is not None else "",
        "sha256": row.sha256,
    }


def _invoice_data(invoice: Invoice, trail: Trail) -> dict[str, Any]:
    return {
        "number": invoice.number,
        "kuitansi_number": trail.kuitansi_number,
        "office_number": trail.kuitansi_office_number,
        "delivery": trail.delivery.number if trail.delivery else None,
        "state": invoice.state,
        "deduction": invoice.deduction,
        "gross": invoice.gross,
        "withheld": invoice.withheld,
        "net": invoice.net,
        "issued_at": time_text(invoice.issued_at),
        "due_at": time_text(invoice.due_at),
        "approved_at": time_text(invoice.approved_at),
        # Of its last check.
        "checks": [
            {
                "item": check.item,
                "by_system": check.by_system,
                "checked_at": time_text(check.checked_at),
                "checked_by": trail.name_of(check.checked_by),
            }
            for check in invoice.last_checks
        ],
        "tax_papers": tax_papers.data(invoice),
        "tax_invoice": tax_papers.tax_invoice_data(invoice),
        "tax_deposits": tax_papers.deposit_data(invoice),
        "tax_slips": tax_papers.slip_data(invoice),
        "tax_decisions": tax_papers.decision_data(invoice),
        "taxes": [
            {
                "kind": line.kind,
                "base": line.base,
                "rate": str(line.rate),
                "amount": line.amount,
                "explanation": line.explanation,
                "exemption": line.exemption.code if line.exemption else None,
                "source": line.source,
            }
            for line in taxes.in_force(invoice.tax_lines.select_related("rule", "exemption"))
        ],
        "payments": [
            _payment_data(payment, trail) | {"confirmation": _confirmation_data(trail.receipt(payment))}
            for payment in trail.payments
        ],
        "reversed_payments": [
            _payment_data(payment, trail) | reversal_data(payment) | {"sent_amount": payment.reversal.sent_amount}
            for payment in trail.reversed
        ],
    }


def _payment_data(payment: Payment, trail: Trail) -> dict[str, Any]:
    return {
        "method": payment.method,
        "reference": payment.reference,
        "paid_on": payment.paid_on.isoformat(),
        "amount": payment.amount,
        "late_year_basis": payment.late_year_basis,
        "proof_sha256": payment.proof_sha256,
        "recorded_by": trail.recorder_of(payment),
        "recorded_at": time_text(payment.recorded_at),
    }


def _marked(order: Order) -> list[Document]:
    """Editions marked BATAL that take no place in the file any more: what they state was taken back."""
    return [one for one in order.documents.all() if one.voids_id is not None and one.replaced_at and one.made_at]


def write_zip(order: Order) -> IO[bytes]:
    """An open temporary file at its start; the caller closes it. PDF and JPEG are stored as they are. What is not in
    it is named in a text of its own."""
    out: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as bundle:
        data = json.dumps(purchase_data(order), ensure_ascii=False, indent=2)
        bundle.writestr(_entry("data.json", order), data, zipfile.ZIP_DEFLATED)
        for name, stored in _files(order):
            try:
                bundle.writestr(_entry(name, order), read_private(stored))
            except FileNotFoundError:
                bundle.writestr(_entry(f"{name}.hilang.txt", order), f"Berkas {stored} tidak ada di penyimpanan.\n")
        if lacking := _lacking_words(order):
            bundle.writestr(_entry("belum-ada.txt", order), lacking)
    out.seek(0)
    return out


def _files(order: Order) -> Iterator[tuple[str, str]]:
    """(name in the ZIP, name in the store), numbered in filing order."""
    entries = [entry for entry in entries_of(order, for_agency=True) if entry.document]
    packs = [d for d in order.documents.all() if d.kind == DocumentKind.SPJ and d.replaced_at is None]
    filed = [entry.document for entry in entries if entry.document] + packs
    for n, document in enumerate(filed, 1):
        if document.made_at is not None:
            number = re.sub(r"[^A-Za-z0-9-]+", "-", document.number)
            yield f"{n:02d}-{SLUGS[DocumentKind(document.kind)]}-{number}.pdf", document.file
    for n, attachment in enumerate(slots.attachments_of(order), 1):
        yield f"lampiran/{n:02d}-{ATTACHMENT_SLUGS[attachment.kind]}.{_suffix(attachment.file)}", attachment.file
    photos = [photo for delivery in order.deliveries.all() for photo in delivery.photos.all()]
    for n, photo in enumerate(photos, 1):
        yield f"foto/{n:02d}.{_suffix(photo.file)}", photo.file
    said = [photo for dispute in order.disputes.all() for photo in dispute.photos.all()]
    for n, photo in enumerate(said, 1):
        yield f"foto-keluhan/{n:02d}-{'jawaban' if photo.of_answer else 'keluhan'}.{_suffix(photo.file)}", photo.file
    trails = schedule.trails_of(order)
    payments = [payment for trail in trails for payment in trail.payments if payment.proof]
    for n, payment in enumerate(payments, 1):
        yield f"bukti-bayar/{n:02d}.{_suffix(payment.proof)}", payment.proof
    shown = [paper for trail in trails if trail.invoice for paper in trail.invoice.tax_papers.all() if paper.file]
    for n, paper in enumerate(shown, 1):
        yield f"surat-pajak/{n:02d}-{paper.kind}.{_suffix(paper.file)}", paper.file
    taken_back = [one for trail in (*trails, *schedule.replaced_trails(order)) for one in trail.reversed]
    yield from _taken_back(order, [*taken_back, *reversed_of(order)])


def _lacking_words(order: Order) -> str:
    """The papers of the file that a taker does not find in it: still being made, or not there; '' when all are."""
    lacking = [entry for entry in entries_of(order, for_agency=True) if entry.is_missing]
    groups = {
        _("Sedang dibuat, unduh lagi sesudah jadi:"): [entry.name for entry in lacking if entry.document],
        _("Belum ada:"): [entry.name for entry in lacking if not entry.document],
    }
    return "\n".join(
        "\n".join([title, *(f"- {name}" for name in names), ""]) for title, names in groups.items() if names
    )


def _taken_back(order: Order, payments: Sequence[RecordedPayment]) -> Iterator[tuple[str, str]]:
    """What holds no longer stays in the file, apart from what holds: papers as they are marked BATAL, the proofs of
    payments that were reversed, and of money that came back."""
    for n, document in enumerate(_marked(order), 1):
        number = re.sub(r"[^A-Za-z0-9-]+", "-", document.number)
        yield f"dibatalkan/{n:02d}-{SLUGS[DocumentKind(document.kind)]}-{number}-BATAL.pdf", document.file
    for n, payment in enumerate(payments, 1):
        if payment.proof:
            yield f"dibatalkan/bukti-bayar-{n:02d}.{_suffix(payment.proof)}", payment.proof
        if payment.reversal.proof:
            yield f"dibatalkan/bukti-dana-kembali-{n:02d}.{_suffix(payment.reversal.proof)}", payment.reversal.proof


def _entry(name: str, order: Order) -> zipfile.ZipInfo:
    moment = order.placed_at
    entry = zipfile.ZipInfo(f"{order.number}/{name}", moment.timetuple()[:6])
    entry.external_attr = 0o640 << 16
    return entry


def _suffix(name: str) -> str:
    return name.rsplit(".", 1)[-1]
