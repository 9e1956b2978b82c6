"""The seller's tax papers on the tax sheet: number, date and days of each, with its copy."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import override

from epeken.core.i18n.times import full_date
from epeken.core.i18n.words import rupiah
from orders.billing import tax_papers
from orders.billing.models import Invoice, InvoiceTaxPaper, TaxLine
from orders.billing.states import TaxKind
from orders.documents import slots
from orders.documents.layout import facts
from orders.documents.schedule import Trail
from orders.documents.states import AttachmentKind
from orders.tax_decisions import pages as tax_decisions
from orders.tax_deposits.models import DepositedTax
from orders.tax_invoices import policies as tax_invoices
from orders.tax_slips.models import TaxSlipLine
from umkm.tax_papers.states import TaxPaperKind

# What the sheet says of a seller without the paper, and of one whose invoice was issued before papers were kept.
WITHOUT = {
    TaxPaperKind.CERTIFICATE: ("Surat keterangan PP 55", "tidak ada", "ada"),
    TaxPaperKind.STATEMENT: ("Pernyataan omzet < Rp500 juta", "tidak ada", "sudah diserahkan"),
    TaxPaperKind.PKP: ("Pengusaha Kena Pajak (PKP)", "tidak", "ya"),
}


def seller_facts(invoice: Invoice) -> facts.Facts:
    """One line for each kind of paper."""
    party = invoice.seller_party
    kept = {paper.kind: paper for paper in invoice.tax_papers.all()}
    held = {
        TaxPaperKind.PKP: party.is_pkp,
        TaxPaperKind.STATEMENT: party.has_low_turnover_statement,
        TaxPaperKind.CERTIFICATE: party.has_final_tax_certificate,
    }
    return [(WITHOUT[kind][0], _said(kept.get(kind), WITHOUT[kind][1 + is_held])) for kind, is_held in held.items()]


def _said(paper: InvoiceTaxPaper | None, otherwise: str) -> str:
    if paper is None:
        return otherwise
    with override("id"):
        said = tax_papers.cited(paper)
    return f"ya, {said}" if otherwise == "ya" else said


def copies(invoice: Invoice) -> list[dict[str, Any]]:
    """Of the papers the invoice was taxed by: what each is, where its copy lies, and of what kind the file is."""
    return [
        {"title": str(paper), "pk": paper.pk, "file": paper.file, "content_type": paper.content_type}
        for paper in invoice.tax_papers.all()
        if paper.file
    ]


def data(invoice: Invoice) -> list[dict[str, Any]]:
    """The same for a machine; an empty number says that the seller has none that held."""
    return [
        {
            "kind": paper.kind,
            "number": paper.number,
            "issued_on": paper.issued_on.isoformat() if paper.issued_on else None,
            "valid_from": paper.valid_from.isoformat() if paper.valid_from else None,
            "valid_until": paper.valid_until.isoformat() if paper.valid_until else None,
            "sha256": paper.sha256,
        }
        for paper in invoice.tax_papers.all()
    ]


def tax_invoice_data(invoice: Invoice) -> dict[str, Any] | None:
    """The tax invoice in the file, for a machine."""
    found = tax_invoices.of_invoice(invoice)
    if found is None:
        return None
    return {
        "number": found.number,
        "dated_on": found.dated_on.isoformat(),
        "ppn": found.ppn,
        "sha256": found.attachment.sha256,
    }


def tax_invoice_facts(trail: Trail, invoice: Invoice) -> facts.Facts:
    """A line where PPN is collected: the tax invoice in the file when the sheet was asked for, who let it go unasked,
    or that there was none yet."""
    if not tax_invoices.is_wanted(invoice):
        return []
    found = tax_invoices.of_invoice(invoice, trail.as_of)
    if found is not None:
        return [("Faktur pajak", f"nomor {found.number} tanggal {full_date(found.dated_on)}")]
    given = [one for one in slots.waivers_of(trail.order) if one.kind == AttachmentKind.TAX_INVOICE]
    given = [one for one in given if trail.as_of is None or one.given_at <= trail.as_of]
    return [("Faktur pajak", f"dikecualikan: {given[0].note} ({given[0].given_name})" if given else "belum ada")]


def deposit_facts(trail: Trail, invoice: Invoice) -> facts.Facts:
    """A line for each deposit of its tax that stood then: NTPN, day and what it covers of this invoice. None before."""
    with override("id"):
        return [
            (
                f"Setoran {TaxKind(one.kind).label}",
                f"NTPN {one.ntpn} tanggal {full_date(one.deposited_on)}, {rupiah(one.amount)}",
            )
            for one in DepositedTax.objects.live(trail.as_of).filter(invoice=invoice)
        ]


def decision_facts(trail: Trail, invoice: Invoice, lines: Sequence[TaxLine]) -> facts.Facts:
    """What the treasurer had decided of the facts it is taxed on, and what nobody had. `lines`: those in force."""
    with override("id"):
        told = tax_decisions.told(invoice, lines, tax_decisions.decisions_of(invoice, trail.as_of))
        return [(one.label, one.words) for one in told]


def decision_data(invoice: Invoice) -> list[dict[str, Any]]:
    """What the treasurer decided of the facts it is taxed on, the newest of a subject last; for a machine."""
    return [
        {
            "subject": one.subject,
            "is_split": one.is_split,
            "with": one.others,
            "goods": one.order_line.name if one.order_line is not None else "",
            "food_kind": one.food_kind,
            "reason": one.reason,
            "decided_by": one.decided_name,
            "office": one.decided_as,
            "decided_at": one.decided_at.isoformat(),
        }
        for one in tax_decisions.decisions_of(invoice)
    ]


def slip_facts(trail: Trail, invoice: Invoice) -> facts.Facts:
    """A line for each bukti potong that stood then."""
    with override("id"):
        return [
            (
                f"Bukti potong {TaxKind(one.kind).label}",
                f"nomor {one.number} tanggal {full_date(one.dated_on)}, {rupiah(one.amount)}",
            )
            for one in TaxSlipLine.objects.live(trail.as_of).filter(invoice=invoice)
        ]


def slip_data(invoice: Invoice) -> list[dict[str, Any]]:
    """Those that stand, for a machine."""
    return [
        {
            "kind": one.kind,
            "number": one.number,
            "dated_on": one.dated_on.isoformat(),
            "base": one.base,
            "amount": one.amount,
            "sha256": one.attachment.sha256,
        }
        for one in TaxSlipLine.objects.live().filter(invoice=invoice).select_related("attachment")
    ]


def deposit_data(invoice: Invoice) -> list[dict[str, Any]]:
    """Those that stand, for a machine."""
    return [
        {
            "kind": one.kind,
            "ntpn": one.ntpn,
            "deposited_on": one.deposited_on.isoformat(),
            "amount": one.amount,
            "sha256": one.attachment.sha256,
        }
        for one in DepositedTax.objects.live().filter(invoice=invoice).select_related("attachment")
    ]
