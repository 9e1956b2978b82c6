"""What of a seller's tax papers counts on a day. Pure over what is loaded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from umkm.sellers.models import Seller
from umkm.tax_papers.models import TaxPaper
from umkm.tax_papers.states import PROVEN, TaxPaperKind, TaxPaperState


@dataclass(frozen=True)
class TaxStanding:
    """`papers`: one of each kind that counts on the day. `unproven`: kinds the shop says it has, of which none does."""

    papers: tuple[TaxPaper, ...]
    unproven: tuple[str, ...]
    is_pkp: bool

    def has(self, kind: str) -> bool:
        return any(paper.kind == kind for paper in self.papers)

    @property
    def has_low_turnover_statement(self) -> bool:
        return self.has(TaxPaperKind.STATEMENT)

    @property
    def has_final_tax_certificate(self) -> bool:
        return self.has(TaxPaperKind.CERTIFICATE)


def standing_of(seller: Seller, papers: Iterable[TaxPaper], day: date) -> TaxStanding:
    """What the shop said at its registration lowers no tax by itself: only a verified paper that holds on the day does.

    PKP is turned the other way round: who says so and never showed its paper is one, since its prices include PPN; with
    a verified paper the days of the paper decide.
    Source: PP 55/2022 and PMK 164/2023 (certificate and statement are shown to who withholds); UU PPN article 3A.
    """
    # What an earlier owner showed says nothing of who the shop belongs to now.
    of_shop = [paper for paper in papers if seller.owner_since is None or paper.uploaded_at >= seller.owner_since]
    proven = [paper for paper in of_shop if paper.state in PROVEN]
    counting = {paper.kind: paper for paper in sorted(proven, key=_age) if paper.covers(day)}
    asked = {paper.kind for paper in of_shop if paper.state == TaxPaperState.WAITING and paper.covers(day)}
    said: dict[str, bool] = {
        TaxPaperKind.CERTIFICATE: seller.has_final_tax_certificate,
        TaxPaperKind.STATEMENT: seller.has_low_turnover_statement,
        TaxPaperKind.PKP: seller.is_pkp,
    }
    was_shown = any(paper.kind == TaxPaperKind.PKP for paper in proven)
    return TaxStanding(
        papers=tuple(counting[kind] for kind in TaxPaperKind.values if kind in counting),
        unproven=tuple(kind for kind in TaxPaperKind.values if kind not in counting and (said[kind] or kind in asked)),
        is_pkp=TaxPaperKind.PKP in counting or (seller.is_pkp and not was_shown),
    )


def leaves_none(paper: TaxPaper, papers: Iterable[TaxPaper]) -> bool:
    """Whether the shop has no paper of this kind that counts from the day after the paper's last: a renewed one is
    another row. `papers`: all of the shop."""
    if paper.valid_until is None:
        return False
    rows = list(papers)
    counts = paper in standing_of(paper.seller, rows, paper.valid_until).papers
    return counts and not standing_of(paper.seller, rows, paper.valid_until + timedelta(days=1)).has(paper.kind)


def _age(paper: TaxPaper) -> tuple[date, int]:
    return paper.issued_on, paper.pk
