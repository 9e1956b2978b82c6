"""What the shop and a verifier see of tax papers. Reads only."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import full_date, long_date
from umkm.sellers.models import Seller
from umkm.sellers.pages.history import rows_of
from umkm.tax_papers.models import TaxPaper
from umkm.tax_papers.policies import standing_of
from umkm.tax_papers.states import PROVEN, TaxPaperKind, TaxPaperState


@dataclass(frozen=True)
class PaperCard:
    """One paper on its shop's page."""

    paper: TaxPaper
    period: str
    standing: str
    tag: str
    may_withdraw: bool


def period_of(paper: TaxPaper) -> str:
    if paper.last_day is None:
        return _("berlaku sejak %(since)s") % {"since": full_date(paper.valid_from)}
    return _("berlaku %(since)s sampai %(last)s") % {
        "since": full_date(paper.valid_from), "last": full_date(paper.last_day),
    }  # fmt: skip


def cards_of(papers: list[TaxPaper], now: datetime) -> list[PaperCard]:
    today = clock.local_date(now)
    return [
        PaperCard(
            paper=paper,
            period=period_of(paper),
            standing=_standing(paper, today),
            tag=_tag(paper, today),
            may_withdraw=paper.state == TaxPaperState.WAITING,
        )
        for paper in papers
    ]


def _standing(paper: TaxPaper, today: date) -> str:
    if paper.state == TaxPaperState.WAITING:
        return _("Petugas memeriksanya paling lambat %(due)s. Sampai itu pajak dihitung tanpa surat ini.") % {
            "due": long_date(clock.last_day(paper.due_at))
        }
    if paper.state == TaxPaperState.VERIFIED and _is_past(paper, today):
        return _("Masa berlakunya sudah lewat. Unggah surat yang baru.")
    if paper.state == TaxPaperState.VERIFIED:
        return _("Dipakai untuk tagihan yang terbit selama surat ini berlaku.")
    return paper.note


def _tag(paper: TaxPaper, today: date) -> str:
    if paper.state == TaxPaperState.WAITING:
        return "now"
    return "done" if paper.state == TaxPaperState.VERIFIED and not _is_past(paper, today) else "no"


def _is_past(paper: TaxPaper, today: date) -> bool:
    return paper.last_day is not None and paper.last_day < today


def unproven_words(seller: Seller, papers: list[TaxPaper], now: datetime) -> list[str]:
    """What the shop says it has and nobody has verified, with what follows from it, a sentence each."""
    missing = standing_of(seller, papers, clock.local_date(now)).unproven
    said = {
        TaxPaperKind.CERTIFICATE: _(
            "Tanpa surat keterangan PP 55 yang berlaku, tagihan dikenai tarif umum, bukan 0,5% final."
        ),
        TaxPaperKind.STATEMENT: _(
            "Tanpa surat pernyataan omzet yang berlaku, pajak penghasilan tetap dipungut dari tagihan."
        ),
        TaxPaperKind.PKP: _("Anda menyatakan diri PKP; unggah surat pengukuhannya (SPPKP)."),
    }
    return [said[TaxPaperKind(kind)] for kind in missing]


def facts_of(paper: TaxPaper) -> list[dict[str, Any]]:
    """What a verifier compares with the copy."""
    return [
        {"label": _("Nomor"), "value": paper.number},
        {"label": _("Tanggal surat"), "value": full_date(paper.issued_on)},
        {"label": _("Masa berlaku"), "value": period_of(paper)},
        {"label": _("Nama pemilik"), "value": paper.seller.owner_name},
        {"label": _("Bentuk usaha"), "value": paper.seller.get_form_display()},
    ]


def same_paper(paper: TaxPaper) -> list[str]:
    """Names of other owners' shops that showed the same number or the same file."""
    others = TaxPaper.objects.filter(kind=paper.kind, state__in=[TaxPaperState.WAITING, *PROVEN])
    others = others.exclude(seller=paper.seller).filter(number=paper.number) | others.exclude(
        seller=paper.seller
    ).filter(sha256=paper.sha256)
    shops = [one.seller for one in others.select_related("seller").order_by("pk")]
    owner = paper.seller.owner_id
    return list(dict.fromkeys(str(shop) for shop in shops if owner is None or shop.owner_id != owner))


def history(paper: TaxPaper) -> list[dict[str, Any]]:
    words = {
        "create": _("Diunggah"),
        "verify": _("Diverifikasi"),
        "reject": _("Ditolak"),
        "withdraw": _("Ditarik"),
        "end": _("Dicabut"),
    }
    return rows_of(paper, words)
