"""What the shop and a verifier see of tax papers. Reads only."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import full_date, long_date
from epeken.core.secret import masked
from umkm.sellers.models import Seller
from umkm.sellers.pages.history import rows_of
from umkm.tax_papers import rules
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
    may_mend: bool


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
            may_mend=paper.state == TaxPaperState.REJECTED,
        )
        for paper in sorted(papers, key=lambda paper: (_place(paper, today), -paper.pk))
    ]


def _place(paper: TaxPaper, today: date) -> int:
    """What is used today first, then what waits, what is to come, and what counts no more."""
    if paper.state in PROVEN and paper.covers(today):
        return 0
    if paper.state == TaxPaperState.WAITING:
        return 1
    return 2 if paper.state == TaxPaperState.VERIFIED and paper.valid_from > today else 3


def _standing(paper: TaxPaper, today: date) -> str:
    if paper.state == TaxPaperState.WAITING:
        return _("Petugas memeriksanya paling lambat %(due)s. Sampai itu pajak dihitung tanpa surat ini.") % {
            "due": long_date(clock.last_day(paper.due_at))
        }
    if paper.state == TaxPaperState.VERIFIED and _is_past(paper, today):
        return _("Masa berlakunya sudah lewat. Unggah surat yang baru.")
    if paper.state == TaxPaperState.VERIFIED and paper.valid_from > today:
        return _("Belum berlaku. Dipakai untuk tagihan yang terbit sejak %(since)s.") % {
            "since": full_date(paper.valid_from)
        }
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
    """What the shop says it has, or has shown, and that does not count today, with what follows, a sentence each. A
    paper that waits says so itself; whoever is no PKP for want of a paper reads nothing of it."""
    standing = standing_of(seller, papers, clock.local_date(now))
    waiting = {paper.kind for paper in papers if paper.state == TaxPaperState.WAITING}
    was_shown = {paper.kind for paper in papers if paper.state != TaxPaperState.WITHDRAWN} - {TaxPaperKind.PKP}
    missing = [
        kind
        for kind in TaxPaperKind.values
        if kind not in waiting and not standing.has(kind) and (kind in standing.unproven or kind in was_shown)
    ]
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


def counted_words(seller: Seller, day: date) -> dict[str, str]:
    """By the field in which the shop said it, what counts on `day`, for officers. One query."""
    standing = standing_of(seller, seller.tax_papers.all(), day)
    numbers = {paper.kind: paper.number for paper in standing.papers}
    fields = {
        "is_pkp": TaxPaperKind.PKP,
        "has_low_turnover_statement": TaxPaperKind.STATEMENT,
        "has_final_tax_certificate": TaxPaperKind.CERTIFICATE,
    }
    said = {}
    for field, kind in fields.items():
        if kind in numbers:
            said[field] = _("Ya, suratnya diverifikasi: %(number)s") % {"number": numbers[kind]}
        elif kind in standing.unproven:
            said[field] = _("Menurut penjual; suratnya belum diverifikasi")
        else:
            said[field] = _("Tidak")
    return said


def remarks_of(paper: TaxPaper) -> list[str]:
    """What a verifier looks at twice before the paper is found true. One query."""
    years = rules.FINAL_YEARS.on(paper.issued_on)
    said = []
    if (
        paper.kind == TaxPaperKind.CERTIFICATE
        and paper.valid_until
        and paper.valid_until.year >= paper.valid_from.year + years
    ):
        said.append(
            _("Masa berlakunya lebih dari %(years)d tahun pajak, paling lama menurut PP 55. Cocokkan dengan suratnya.")
            % {"years": years}
        )
    unlike = {TaxPaperKind.PKP: TaxPaperKind.STATEMENT, TaxPaperKind.STATEMENT: TaxPaperKind.PKP}
    if other := unlike.get(TaxPaperKind(paper.kind)):
        mine = paper.seller.tax_papers.filter(kind=other, state__in=[TaxPaperState.WAITING, *PROVEN])
        for one in mine:
            if one.covers(paper.valid_from) or paper.covers(one.valid_from):
                said.append(
                    _("Toko ini juga punya %(what)s untuk waktu yang sama. PKP beromzet jauh di atas pernyataan itu.")
                    % {"what": one}
                )
    return said


def facts_of(paper: TaxPaper) -> list[dict[str, Any]]:
    """What a verifier compares with the copy."""
    return [
        {"label": _("Nomor"), "value": paper.number},
        {"label": _("Tanggal surat"), "value": full_date(paper.issued_on)},
        {"label": _("Masa berlaku"), "value": period_of(paper)},
        {"label": _("Nama pemilik"), "value": paper.seller.owner_name},
        {"label": _("Nomor NPWP"), "value": masked(paper.seller.npwp) or "–"},
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
