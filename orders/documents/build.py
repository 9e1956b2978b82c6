"""From a Document row to its PDF: fetch everything once, lay out one paper or the whole SPJ."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from django.utils import translation

from epeken.core.files.pdf import check_pdf
from epeken.core.i18n.times import full_date
from epeken.core.i18n.words import rupiah
from orders.documents import schedule
from orders.documents.layout import delivery, facts, money, ordering
from orders.documents.layout.facts import Paper
from orders.documents.models import Attachment, Document
from orders.documents.render import render
from orders.documents.schedule import Trail
from orders.documents.states import DocumentKind
from orders.orders.models import Order

BUILDERS: dict[str, Callable[[Trail, Document], Paper]] = {
    DocumentKind.REQUEST: ordering.request_sheet,
    DocumentKind.PURCHASE_ORDER: ordering.purchase_order,
    DocumentKind.DELIVERY_NOTE: delivery.delivery_note,
    DocumentKind.INSPECTION: delivery.inspection,
    DocumentKind.BAST: delivery.bast,
    DocumentKind.INVOICE: money.invoice,
    DocumentKind.DELIVERY: money.kuitansi,
    DocumentKind.TAX_SHEET: money.tax_sheet,
    DocumentKind.PAYMENT: money.payment,
}


def order_for_papers(pk: int) -> Order:
    return (
        Order.objects.select_related(
            "buyer_party",
            "seller_party",
            "delivery_kelurahan__kecamatan",
            "invoice__seller_party",
            "request__line__account",
        )
        .prefetch_related(
            "lines",
            "deliveries__lines__order_line",
            "deliveries__photos",
            "deliveries__events",
            "documents",
            "attachments",
            "events",
            "invoice__events",
            "request__lines",
            "request__sellers",
            "request__comparisons",
            "request__events",
        )
        .get(pk=pk)
    )


def make(document: Document) -> tuple[bytes, int]:
    """The PDF and its number of pages. Reads only."""
    trail = schedule.trail_of(order_for_papers(document.order_id), document.requested_at)
    with translation.override("id"):
        papers = (
            _spj(trail, document) if document.kind == DocumentKind.SPJ else [BUILDERS[document.kind](trail, document)]
        )
        title = f"{papers[0].data['title']} {document.number}".strip()
    files = {name: content for paper in papers for name, content in paper.files.items()}
    content = render([paper.data for paper in papers], files, title=title, moment=_timestamp(document.requested_at))
    return content, check_pdf(content)


def _spj(trail: Trail, document: Document) -> list[Paper]:
    """Cover, then every paper that is there, in filing order."""
    rows: list[dict[str, object]] = []
    papers: list[Paper] = []
    for entry in schedule.entries_of(trail, for_agency=True):
        anchor = -1
        if entry.is_upload:
            for attachment in entry.attachments:
                anchor = len(papers) + 1 if anchor < 0 else anchor
                papers.append(_attachment(attachment, document))
        elif entry.is_due and entry.document is not None:
            anchor = len(papers) + 1
            papers.append(BUILDERS[entry.kind](trail, entry.document))
        moment = entry.document.requested_at if entry.document else entry.at
        rows.append(
            {
                "name": str(entry.label),
                "number": entry.number or "–",
                "date": full_date(moment) if moment else "–",
                "present": anchor >= 0,
                "anchor": anchor,
            }
        )
    return [_cover(trail, document, rows), *papers]


def _cover(trail: Trail, document: Document, rows: list[dict[str, object]]) -> Paper:
    order, invoice = trail.order, trail.invoice
    if order.agency is None or order.request is None:
        raise ValueError("Only a department's order has an SPJ.")
    missing = [str(row["name"]) for row in rows if not row["present"]]
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
            *facts.budget_facts(order.request.line),
            ("Nilai surat pesanan", rupiah(order.total)),
            *([("Nilai tagihan", rupiah(invoice.gross))] if invoice.gross is not None else []),
            *([("Pajak dipotong", rupiah(invoice.withheld))] if invoice.withheld else []),
            *([("Dibayarkan ke penjual", rupiah(invoice.net))] if invoice.net is not None else []),
            ("Keadaan pembayaran", str(invoice.get_state_display())),
        ],
        "rows": rows,
        "remark": "Berkas lengkap."
        if not missing
        else f"Belum ada: {', '.join(missing)}. Sesudah ada, buat ulang berkas ini dari halaman pesanan.",
        "signs": [],
    }
    return paper


def _attachment(attachment: Attachment, spj: Document) -> Paper:
    """A page per sheet of what the office uploaded. It carries the pack's code: it has none of its own."""
    name = str(attachment.get_kind_display())
    paper = facts.base(spj, title=name, numbers=[], head={})
    paper.data |= {
        "kind": "attachment",
        "title": f"{name}: {attachment.title}" if attachment.title else name,
        "note": f"diunggah {full_date(attachment.uploaded_at)}",
    }
    paper.data |= money.attach(paper, f"attachment-{attachment.pk}", attachment.file, attachment.content_type)
    return paper


def _timestamp(moment: datetime) -> datetime:
    # Typst wants a fixed offset; Surabaya has had one since 1964.
    return moment.astimezone(timezone(timedelta(hours=7))).replace(microsecond=0)
