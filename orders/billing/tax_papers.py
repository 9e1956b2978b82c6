"""What of a seller's tax papers an invoice is taxed by: those that hold on its day, kept with it as they were then."""

from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from epeken.core.i18n.times import full_date
from orders.billing.models import Invoice, InvoiceSeller, InvoiceTaxPaper
from orders.billing.taxes import TaxedSeller
from umkm.sellers.models import Seller
from umkm.tax_papers.policies import TaxStanding, standing_of
from umkm.tax_papers.states import TaxPaperKind

DAYS = ("issued_on", "valid_from", "valid_until")


def standing_on(seller: Seller, day: date) -> TaxStanding:
    """One query unless the shop's papers were read with it."""
    prefetch_related_objects([seller], "tax_papers")
    return standing_of(seller, seller.tax_papers.all(), day)


def stated(seller: Seller, day: date) -> dict[str, bool]:
    """The fields of InvoiceSeller its tax depends on."""
    standing = standing_on(seller, day)
    return {
        "is_person": seller.is_person,
        "is_pkp": standing.is_pkp,
        "has_low_turnover_statement": standing.has_low_turnover_statement,
        "has_final_tax_certificate": standing.has_final_tax_certificate,
    }


def taxed_shop(seller: Seller, day: date) -> TaxedSeller:
    """A shop as it would be taxed on the day."""
    return TaxedSeller(has_npwp=seller.has_npwp, **stated(seller, day))


def taxed_party(party: InvoiceSeller) -> TaxedSeller:
    """The seller as it was when the invoice was issued."""
    return TaxedSeller(
        is_person=party.is_person,
        is_pkp=party.is_pkp,
        has_npwp=party.has_npwp,
        has_low_turnover_statement=party.has_low_turnover_statement,
        has_final_tax_certificate=party.has_final_tax_certificate,
    )


def keep(invoice: Invoice, seller: Seller, day: date) -> None:
    """One row for each paper that counts, and for each the shop says it has and that does not. Called with Order
    locked."""
    standing = standing_on(seller, day)
    rows = [
        InvoiceTaxPaper(
            invoice=invoice, kind=paper.kind, number=paper.number, issued_on=paper.issued_on,
            valid_from=paper.valid_from, valid_until=paper.last_day, file=paper.file,
            content_type=paper.content_type, sha256=paper.sha256,
        )
        for paper in standing.papers
    ]  # fmt: skip
    InvoiceTaxPaper.objects.bulk_create([*rows, *(InvoiceTaxPaper(invoice=invoice, kind=k) for k in standing.unproven)])


def cited(paper: InvoiceTaxPaper) -> str:
    """Number, date and days of a paper; of one without a copy that none held."""
    if not paper.number or paper.issued_on is None or paper.valid_from is None:
        return _("dinyatakan penjual, tanpa surat yang berlaku")
    said = {"number": paper.number, "day": full_date(paper.issued_on), "since": full_date(paper.valid_from)}
    if paper.valid_until is None:
        return _("nomor %(number)s tanggal %(day)s, berlaku sejak %(since)s") % said
    said["last"] = full_date(paper.valid_until)
    return _("nomor %(number)s tanggal %(day)s, berlaku %(since)s sampai %(last)s") % said


def _papers(invoice: Invoice) -> list[InvoiceTaxPaper]:
    """One query unless the invoice was read `with_tax_papers`."""
    if "tax_paper_rows" not in invoice.__dict__:
        return list(invoice.tax_papers.all())
    return [InvoiceTaxPaper(**row | {name: _day(row[name]) for name in DAYS}) for row in invoice.tax_paper_rows]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True)
class ToldPapers:
    """For pages: the papers the invoice is taxed by, and what the seller says without a paper that holds."""

    held: tuple[str, ...]
    unproven: tuple[str, ...]


def told(invoice: Invoice) -> ToldPapers:
    said = {
        TaxPaperKind.CERTIFICATE: _(
            "Penjual menyatakan memegang surat keterangan PP 55, tetapi tidak ada surat terverifikasi yang berlaku "
            "pada hari tagihan. Tarif final 0,5% tidak dipakai."
        ),
        TaxPaperKind.STATEMENT: _(
            "Penjual menyatakan omzetnya di bawah Rp500 juta setahun, tetapi tidak ada surat terverifikasi yang "
            "berlaku pada hari tagihan. Pajak penghasilan dipungut."
        ),
        TaxPaperKind.PKP: _(
            "Penjual menyatakan diri PKP, tetapi surat pengukuhannya (SPPKP) belum diverifikasi. PPN dihitung menurut "
            "pernyataannya; cocokkan dengan faktur pajaknya."
        ),
    }
    papers = _papers(invoice)
    held = (f"{paper.get_kind_display()}: {cited(paper)}" for paper in papers if paper.number)
    return ToldPapers(tuple(held), tuple(said[TaxPaperKind(paper.kind)] for paper in papers if not paper.number))
