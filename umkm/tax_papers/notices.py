"""Who is told what about a tax paper."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.i18n.messages import COUNT, DAY, SENTENCE, TEXT, choice
from epeken.notifications.kinds import notice
from epeken.notifications.services import notify
from epeken.users.models import User
from umkm.sellers.policies import members_of
from umkm.tax_papers.models import TaxPaper
from umkm.tax_papers.states import TaxPaperKind

KINDS = {
    "seller.tax_paper_verified": notice(
        _("%(shop)s: %(what)s diverifikasi"),
        _("Pajak tagihan yang terbit selama surat ini berlaku dihitung menurut surat ini. Berlaku sejak %(since)s."),
        shop=TEXT,
        what=choice(TaxPaperKind),
        since=DAY,
    ),
    "seller.tax_paper_rejected": notice(
        _("%(shop)s: %(what)s ditolak"),
        _("Alasan petugas: %(reason)s Pajak dihitung tanpa surat ini; Anda dapat mengunggah lagi."),
        shop=TEXT,
        what=choice(TaxPaperKind),
        reason=SENTENCE,
    ),
    "seller.tax_paper_ended": notice(
        _("%(shop)s: %(what)s tidak dipakai lagi"),
        _("Dipakai terakhir untuk tagihan %(last)s. Alasan petugas: %(reason)s"),
        shop=TEXT,
        what=choice(TaxPaperKind),
        last=DAY,
        reason=SENTENCE,
    ),
    "case.tax_papers_overdue": notice(
        ngettext_lazy("%(count)d surat pajak lewat tenggat", "%(count)d surat pajak lewat tenggat", "count"),
        "%(shops)s.",
        count=COUNT,
        shops=TEXT,
    ),
}
NAMED = 5


def paper_verified(paper: TaxPaper, *, now: datetime) -> None:
    _tell(paper, "verified", now, since=paper.valid_from)


def paper_rejected(paper: TaxPaper, *, now: datetime) -> None:
    _tell(paper, "rejected", now, reason=paper.note)


def paper_ended(paper: TaxPaper, *, now: datetime) -> None:
    _tell(paper, "ended", now, last=paper.last_day, reason=paper.note)


def papers_overdue(people: Iterable[User], papers: list[TaxPaper], *, day: date, now: datetime) -> None:
    shops = list(dict.fromkeys(str(paper.seller) for paper in papers))
    notify(
        people,
        kind="case.tax_papers_overdue",
        url=reverse("admin:umkm_taxpaper_changelist") + "?antrean=lewat",
        key=f"tax-papers-overdue-{day}",
        now=now,
        count=len(papers),
        shops=", ".join(shops[:NAMED]) + (", …" if len(shops) > NAMED else ""),
    )


def _tell(paper: TaxPaper, what: str, now: datetime, **parameters: Any) -> None:
    notify(
        members_of(paper.seller_id),
        kind=f"seller.tax_paper_{what}",
        url=f"{reverse('umkm:tax-papers')}?toko={paper.seller_id}",
        key=f"tax-paper-{paper.pk}-{what}",
        now=now,
        shop=str(paper.seller),
        what=paper.kind,
        **parameters,
    )
