"""From a Document row to its PDF: fetch everything once, lay out one document or bundle the SPJ."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Prefetch
from django.db.models.functions import Coalesce
from django.utils import translation

from epeken.core.canonical import fingerprint
from epeken.core.files.uploads import read_private
from epeken.core.i18n.times import full_date
from epeken.core.i18n.words import rupiah
from orders.billing import charges
from orders.billing.models import Payment
from orders.billing.states import InvoiceState
from orders.deliveries.models import InspectionPhoto
from orders.documents import schedule, slots
from orders.documents.bundle import BundlePart, merge, page_count
from orders.documents.entries import ScheduleEntry, entries_of
from orders.documents.layout import (
    amending,
    cancelling,
    carrying,
    comparing,
    continued,
    deciding,
    delivery,
    drawing_lots,
    facts,
    money,
    negotiating,
    ordering,
    quoting,
)
from orders.documents.layout.facts import Paper
from orders.documents.models import Document, SlotWaiver
from orders.documents.render import page_numbers, render
from orders.documents.schedule import Trail
from orders.documents.states import OF_BILLS, DocumentKind
from orders.orders.models import Order
from procurement.budgets import charges as budget_charges
from procurement.budgets.charges import Charges

BUILDERS: dict[str, Callable[[Trail, Document], Paper]] = {
    DocumentKind.REQUEST: ordering.request_sheet,
    DocumentKind.COMPARISON: comparing.comparison_sheet,
    DocumentKind.ROTATION: drawing_lots.draw_minutes,
    DocumentKind.QUOTATION: quoting.protocol,
    DocumentKind.NEGOTIATION: negotiating.minutes,
    DocumentKind.PURCHASE_ORDER: ordering.purchase_order,
    DocumentKind.ADDENDUM: amending.addendum_sheet,
    DocumentKind.CANCELLATION: cancelling.cancellation_sheet,
    DocumentKind.DECISION: deciding.decision_sheet,
    DocumentKind.DELIVERY_NOTE: delivery.delivery_note,
    DocumentKind.INSPECTION: delivery.inspection,
    DocumentKind.BAST: delivery.bast,
    DocumentKind.INVOICE: money.invoice,
    DocumentKind.DEBT: carrying.debt_sheet,
    DocumentKind.KUITANSI: money.kuitansi,
    DocumentKind.TAX_SHEET: money.tax_sheet,
    DocumentKind.PART_PAYMENT: money.part_payment,
    DocumentKind.PAYMENT: money.payment,
}


def order_for_papers(pk: int) -> Order:
    return (
        Order.objects.with_negotiation()
        .with_draw()
        .with_slots()
        .select_related(
            "buyer_party",
            "seller_party",
            "commitment",
            "delivery_kelurahan__kecamatan",
            "request__line__account",
            "request__delivery_kelurahan__kecamatan",
            "request__frame",
            "request__sourced_again_from__seller",
            "request__sourced_again_from__request",
        )
        .prefetch_related(
            "lines__charged_to__account",
            Prefetch("deliveries__photos", InspectionPhoto.objects.select_related("place")),
            "deliveries__drafted_acts",
            "deliveries__events",
            "deliveries__remedy__delivery",
            "deliveries__lines__order_line",
            "confirmations__events",
            "confirmations__document",
            "invoices__events",
            Prefetch("invoices__payments", Payment.objects.with_reversal()),
            "invoices__seller_party",
            "invoices__tax_papers",
            "documents",
            "attachments",
            "events",
            "addenda__events",
            "addenda__kelurahan__kecamatan",
            "addenda__earlier_kelurahan__kecamatan",
            "addenda__lines__order_line",
            "addenda__due_day__amounts__order_line",
            "cancellations__events",
            "disputes__events",
            "disputes__opened_by",
            "disputes__photos",
            "remedies__events",
            "remedies__delivery",
            "remedies__order_line",
            "request__lines__charged_to__account",
            "request__sellers",
            "request__sheets__goods__offers",
            "request__events",
            "request__frame__events",
            "request__negotiations__rounds__prices",
            "request__negotiations__events",
            "request__attachments",
        )
        .get(pk=pk)
    )


class Made(NamedTuple):
    content: bytes
    pages: int
    paper: Paper  # what it states


def make(document: Document) -> Made:
    """The PDF. Reads only; for the SPJ every document it bundles is in the store already."""
    order = order_for_papers(document.order_id)
    with translation.override("id"):
        if document.kind == DocumentKind.SPJ:
            content, paper = _spj(order, document)
        else:
            paper = _stated(document, order)
            content = _lay_out(paper, document)
    return Made(content, page_count(content), paper)


def stated_sha256(document: Document) -> str:
    """`Document.stated_sha256` of one that is not made yet. Reads only, and lays nothing out."""
    with translation.override("id"):
        return fingerprint(_stated(document, order_for_papers(document.order_id)).data)


def _stated(document: Document, order: Order) -> Paper:
    """An edition that says BATAL is the earlier one again, under its own code."""
    paper = BUILDERS[document.kind](schedule.trail_for(document.voids or document, order), document)
    paper.data["void"] = facts.void_words(document, order)
    return paper


def _lay_out(paper: Paper, document: Document) -> bytes:
    title = f"{paper.data['title']} {document.number}".strip()
    content = render(paper.data, paper.files, title=title, moment=document.requested_at)
    if not paper.followed_by:
        return content
    return merge([BundlePart(title, content), *(BundlePart(title, more, is_ours=False) for more in paper.followed_by)])


def _spj(order: Order, document: Document) -> tuple[bytes, Paper]:
    """A new cover with the table of contents, then every stored document and attachment as it is, in filing order."""
    rows: list[dict[str, object]] = []
    parts: list[BundlePart] = []
    days = paper_days(order)
    part_paid = {
        trail.invoice.number
        for trail in schedule.trails_of(order, document.requested_at)
        if trail.invoice and trail.payments and trail.paid_at is None
    }
    starts: list[int | None] = []  # pages before the entry, without the cover; None when it is not there
    for entry in entries_of(order, document.requested_at, for_agency=True):
        held = sum(page_count(part.content) for part in parts)
        found = _parts_of(entry, document)
        is_in_part = entry.kind == DocumentKind.PAYMENT and entry.of in part_paid and not found
        starts.append(held if found else None)
        parts += found
        rows.append(
            {
                "name": entry.name,
                "number": entry.number or "–",
                "date": full_date(day) if (day := day_of(entry, days)) else "–",
                "present": bool(found),
                "state": "sebagian" if is_in_part else _presence(entry, found),
                "waived": _waived(entry.slot.waiver, document) if entry.slot is not None else "",
            }
        )
    pages = 1
    while True:
        for row, start in zip(rows, starts, strict=True):
            row["page"] = "–" if start is None else str(pages + start + 1)
        paper = _cover(order, document, rows)
        cover = _lay_out(paper, document)
        if page_count(cover) == pages:
            name = f"SPJ {order.number}"
            total = pages + sum(page_count(part.content) for part in parts)
            numbers = page_numbers(name, total, moment=document.requested_at)
            return merge([BundlePart(name, cover), *parts], numbers), paper
        pages += 1


def paper_days(order: Order) -> dict[int, date]:
    """By attachment the day its paper bears, where the system knows it. One query."""
    dated = order.attachments.filter(kind__in=OF_BILLS).annotate(
        paper_day=Coalesce("tax_invoice__dated_on", "deposited_taxes__deposited_on", "slip_lines__dated_on")
    )
    return {pk: day for pk, day in dated.values_list("pk", "paper_day") if day is not None}


def day_of(entry: ScheduleEntry, days: Mapping[int, date]) -> date | datetime | None:
    """Of a tax invoice, a deposit, a bukti potong its own latest day, of anything else when it came."""
    found = [days[paper.pk] for paper in entry.attachments if entry.kind in OF_BILLS and paper.pk in days]
    return max(found) if found else entry.at


def _parts_of(entry: ScheduleEntry, spj: Document) -> list[BundlePart]:
    if entry.is_upload:
        # Photos that fill a place stand in the inspection sheet.
        return [part for attachment in entry.attachments for part in _attachment(attachment, spj)]
    if not entry.is_due or entry.document is None or entry.document.made_at is None:
        return []
    return [BundlePart(f"{entry.label} {entry.number}".strip(), stored_pdf(entry.document))]


def _presence(entry: ScheduleEntry, found: list[BundlePart]) -> str:
    """The word beside a document in the table of contents."""
    slot = entry.slot
    if slot is not None and slot.is_filled and not found and slot.has_photos:
        return "di lembar pemeriksaan"
    if found or entry.is_present:
        return "ada" if found else "belum"
    if slot is None or slot.is_empty:
        return "belum"
    return "dikecualikan" if slot.is_waived else "tidak wajib"


def _waived(waiver: SlotWaiver | None, spj: Document) -> str:
    """Who let a required paper go unasked, and why; '' when nobody had when the file was asked for."""
    if waiver is None or waiver.given_at > spj.requested_at:
        return ""
    return (
        f"{waiver.get_kind_display()} dikecualikan: {waiver.get_reason_display()}. {waiver.note} "
        f"({waiver.given_name}, {waiver.get_acted_as_display()}, {full_date(waiver.given_at)})"
    )


def stored_pdf(document: Document) -> bytes:
    """The document as it was issued. Raises ValueError when the store holds other bytes than were issued."""
    content = read_private(document.file)
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise ValueError(f"{document.file} is not what was issued.")
    return content


def _cover(order: Order, document: Document, rows: list[dict[str, object]]) -> Paper:
    if order.agency_id is None or order.request is None:
        raise ValueError("Only a department's order has an SPJ.")
    trails = schedule.trails_of(order, document.requested_at)
    frame = continued.approving_frame(trails[0], order.request)
    invoices = [trail.invoice for trail in trails if trail.invoice]
    gross, withheld = sum(i.gross for i in invoices), sum(i.withheld for i in invoices)
    amount = gross if invoices else order.total
    issued, _lines = amending.as_issued(order)
    changes = schedule.addenda_of(order, document.requested_at)
    missing = [str(row["name"]) for row in rows if row["state"] in ("belum", "sebagian")]
    waived = [str(row["waived"]) for row in rows if row["waived"]]
    paper = facts.base(
        document,
        title="Berkas Pertanggungjawaban (SPJ)",
        numbers=[f"Surat pesanan {order.number}"],
        head=facts.agency_head(order.buyer_party),
    )
    paper.data |= {
        "event": order.title,
        "facts": [
            ("Penyedia", f"{order.seller_party.name}, {order.seller_party.owner_name}"),
            *facts.budget_facts(facts.charged(order, _charges(order, trails))),
            *([("Kerangka persetujuan", f"{frame.number}, keputusan {frame.decree}")] if frame else []),
            ("Nilai surat pesanan", rupiah(issued.total)),
            *([("Nilai sesudah adendum", rupiah(changes[-1].total))] if changes else []),
            *([("Nilai tagihan", rupiah(gross))] if invoices else []),
            *([("Pajak dipotong", rupiah(withheld))] if withheld else []),
            *(_paid_facts(gross - withheld, sum(p.amount for t in trails for p in t.payments)) if invoices else []),
            ("Keadaan pembayaran", _payment_state(trails)),
        ],
        "rows": rows,
        "remark": "Berkas lengkap."
        if not missing
        else f"Belum ada: {', '.join(missing)}. Sesudah ada, buat ulang berkas ini dari halaman pesanan.",
        "waived": waived,
        "signs": [],
    }
    paper.amount = amount
    return paper


def _paid_facts(net: int, paid: int) -> list[tuple[str, str]]:
    """What the seller got, or is to get and how much of it was paid."""
    if paid == net:
        return [("Dibayarkan ke penjual", rupiah(net))]
    return [("Untuk penjual", rupiah(net)), ("Sudah dibayar", rupiah(paid))]


def _charges(order: Order, trails: list[Trail]) -> Charges:
    """What was invoiced puts on which budget line; before there is an invoice, what was ordered."""
    billed = [
        charges.of_invoice(trail.invoice, trail.delivery.lines.all(), trail.as_of)
        for trail in trails
        if trail.invoice and trail.delivery
    ]
    return budget_charges.added(billed) if billed else charges.of_order(order, order.lines.all())


def _payment_state(trails: list[Trail]) -> str:
    """The state of the invoice, or of each; before there is one, of the commitment."""
    said = []
    for trail in trails:
        if trail.invoice is None:
            continue
        state = str(InvoiceState(trail.events(trail.invoice)[-1].to_state).label)
        if trail.payments and trail.paid_at is None:
            state = f"Dibayar sebagian. {state}"
        said.append(f"{trail.invoice.number}: {state}" if len(trails) > 1 else state)
    return "; ".join(said) or str(trails[0].order.commitment.get_state_display())


def _attachment(attachment: slots.Paperwork, spj: Document) -> list[BundlePart]:
    """What the office uploaded: a PDF with its own pages, a picture on a page that carries the pack's code."""
    name = str(attachment.get_kind_display())
    title = f"{name}: {attachment.title}" if attachment.title else name
    note = f"diunggah {full_date(attachment.uploaded_at)}"
    stem = f"attachment-{attachment.pk}"
    return _uploaded(title, note, stem, attachment.file, attachment.content_type, spj)


def _uploaded(title: str, note: str, stem: str, file: str, content_type: str, spj: Document) -> list[BundlePart]:
    """A PDF with its own pages, a picture on a page that carries the pack's code."""
    paper = facts.base(spj, title=title, numbers=[], head={})
    shown = money.attach(paper, stem, file, content_type)
    if paper.followed_by:
        return [BundlePart(title, content, is_ours=False) for content in paper.followed_by]
    paper.data |= {"kind": "attachment", "title": title, "note": note, "file": shown["file"]}
    return [BundlePart(title, _lay_out(paper, spj))]
