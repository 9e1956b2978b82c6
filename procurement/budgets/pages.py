"""Where a budget stands: totals, bars, ledger rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from epeken.core import exports
from epeken.core.files.tables import TableProblem
from epeken.core.i18n.words import rupiah
from procurement.agencies.models import Agency
from procurement.budgets import ceilings
from procurement.budgets.ceilings import Change, WantedLine
from procurement.budgets.imports import BudgetFile
from procurement.budgets.models import BudgetEntry, BudgetLine, CeilingRevision
from procurement.budgets.states import ChangeKind
from procurement.requests import asked_ceilings
from procurement.requests.contents import RequestContents
from procurement.requests.models import PurchaseRequest
from procurement.requests.pages.requests import tag
from procurement.requests.states import LIVE, OPEN

MOST_SHOWN = 200
ASKED_SHOWN = 20


@dataclass(frozen=True)
class BudgetStatus:
    """A budget line as figures, a bar and one sentence."""

    line: BudgetLine
    parts: list[dict[str, Any]]
    left: int
    label: str

    @property
    def total(self) -> int:
        return self.line.pagu


@dataclass(frozen=True)
class Totals:
    """Several budget lines together, whole rupiah."""

    pagu: int
    reserved: int
    committed: int
    realised: int

    @property
    def left(self) -> int:
        return self.pagu - self.reserved - self.committed - self.realised


@dataclass(frozen=True)
class Preview:
    """What a budget file would do; nothing is taken while there is a problem. `asked`: rows of `asked_about`."""

    wanted: list[WantedLine]
    changes: list[Change]
    problems: list[TableProblem]
    skipped: list[tuple[int, str]]
    asked: list[WantedLine]

    @property
    def can_take(self) -> bool:
        return not self.problems and any(change.kind != ChangeKind.SAME for change in self.changes)

    @property
    def shown(self) -> str:
        return ceilings.shown(self.changes)

    @property
    def wrong(self) -> set[int]:
        """Rows with a problem, whether they could be read or not."""
        return {problem.row for problem in self.problems}

    @property
    def counts(self) -> list[tuple[ChangeKind, int]]:
        """Of rows without a problem."""
        return ceilings.counts(change for change in self.changes if change.wanted.row not in self.wrong)

    @property
    def total(self) -> int:
        """The sum of the file, to compare with the sum at the end of it."""
        return sum(line.pagu for line in self.wanted)

    @property
    def delta_words(self) -> str:
        delta = sum(change.delta for change in self.changes)
        return f"+{rupiah(delta)}" if delta > 0 else rupiah(delta).replace("-", "−")

    @property
    def listed(self) -> list[Change]:
        """What changes, as many as a page carries; what stays the same is only counted."""
        return self._changing()[:MOST_SHOWN]

    @property
    def unlisted(self) -> int:
        """How many changes the page does not carry."""
        return max(len(self._changing()) - MOST_SHOWN, 0)

    def _changing(self) -> list[Change]:
        return [one for one in self.changes if one.kind != ChangeKind.SAME and one.wanted.row not in self.wrong]


def preview(read: BudgetFile, decree_on: date, today: date) -> Preview:
    """Refused changes stand among the problems, with their row. Two queries."""
    lines = ceilings.lines_for(read.wanted)
    changes = ceilings.plan(read.wanted, lines, decree_on)
    refused = [TableProblem(c.wanted.row, "pagu", c.refusal) for c in changes if c.kind == ChangeKind.REFUSED]
    problems = sorted([*read.problems, *refused], key=lambda problem: problem.row)
    return Preview(read.wanted, changes, problems, read.skipped, ceilings.asked_about(read.wanted, lines, today))


def lines_of(agency: Agency, year: int | None = None, words: str = "") -> list[BudgetLine]:
    found = BudgetLine.objects.filter(agency=agency).select_related("account", "agency")
    if year is not None:
        found = found.filter(year=year)
    for word in words.split():
        found = found.filter(
            Q(activity_name__icontains=word)
            | Q(activity_code__icontains=word)
            | Q(account__code__icontains=word)
            | Q(account__name__icontains=word)
            | Q(rup_id__icontains=word)
        )
    return list(found.order_by("-year", "activity_code", "account", "pk"))


def asked_of(agency: Agency, now: datetime) -> list[dict[str, str]]:
    """Drafts of the department that its budget lines do not bear and for which a higher ceiling was asked."""
    asked = PurchaseRequest.objects.filter(agency=agency, state__in=OPEN, ceiling_asked_at__isnull=False)
    return [
        {"number": request.number, "title": request.title, "text": asked_ceilings.state_words(request, now)[0]}
        for request in asked.select_related("agency", "requester", "line").order_by("-ceiling_asked_at")[:ASKED_SHOWN]
        if asked_ceilings.missing(request, now)
    ]


def sum_of(lines: Iterable[BudgetLine]) -> Totals:
    rows = list(lines)
    return Totals(*(sum(getattr(row, name) for row in rows) for name in ("pagu", "reserved", "committed", "realised")))


def status(line: BudgetLine, *, this: int = 0, is_held: bool = False, is_part: bool = False) -> BudgetStatus:
    """`this`: the request being looked at; `is_held` when its amount is already among the reserved; `is_part` when
    other budget lines pay for the rest of it."""
    others = line.reserved - this if is_held else line.reserved
    left = line.available if is_held else line.available - this
    parts = [
        _part(line.realised, "a", _("Dibayar")),
        _part(line.committed, "b", _("Dipesan")),
        _part(others, "c", pgettext("anggaran", "Ditahan")),
    ]
    if this:
        parts.append(_part(this, "now", _("Bagian permintaan ini") if is_part else _("Permintaan ini")))
    figures = ", ".join(f"{part['label'].lower()} {rupiah(part['value'])}" for part in parts)
    label = _("Pagu %(pagu)s: %(figures)s, sisa %(left)s") % {
        "pagu": rupiah(line.pagu),
        "figures": figures,
        "left": rupiah(left),
    }
    return BudgetStatus(line=line, parts=parts, left=left, label=label)


def bar_of(request: PurchaseRequest, held: RequestContents, *, is_framed: bool = False) -> BudgetStatus | None:
    """The strip of a request on its own budget line: before, this one, after. None without one.

    `is_framed`: what a draft would take is among the reserved already, for its frame."""
    if request.line is None:
        return None
    this, is_part = held.charges.get(request.line.pk, 0), len(held.charges) > 1
    if request.state in LIVE:
        return status(request.line, this=this, is_held=True, is_part=is_part)
    is_open = request.state in OPEN
    is_held = is_open and (is_framed or request.held_until is not None)  # of a draft: the money of an award
    return status(request.line, this=this if is_open else 0, is_held=is_held, is_part=is_part)


def ledger(line: BudgetLine) -> QuerySet[BudgetEntry]:
    """Entries by the time of the act, newest first, each with what was left after it of the ceiling of that time
    (`left_after`).

    The balances an entry was written with are in the order of writing, which is another one where two acts waited for
    each other or one was recorded afterwards. So what was used by then is added up in the order the page shows.
    """
    before = Q(at__lt=OuterRef("at")) | Q(at=OuterRef("at"), pk__lte=OuterRef("pk"))
    change = F("reserved_delta") + F("committed_delta") + F("realised_delta")
    used = line.entries.filter(before).order_by().values("line").annotate(used=Sum(change)).values("used")
    then = line.revisions.filter(at__lte=OuterRef("at")).order_by("-at", "-pk").values("pagu_after")[:1]
    first = line.revisions.order_by("at", "pk").values("pagu_after")[:1]  # of what was written down before it began
    left = Coalesce(Subquery(then), Subquery(first)) - Subquery(used)
    return line.entries.annotate(left_after=left).select_related("actor").order_by("-at", "-pk")


def revisions(line: BudgetLine) -> QuerySet[CeilingRevision]:
    """How the ceiling came about, newest first."""
    return line.revisions.select_related("actor").order_by("-pk")


def newest_requests(line: BudgetLine) -> list[dict[str, str]]:
    """The last of its requests, as their list calls them."""
    found: Any = line.requests.order_by("-pk").with_step()[:10]
    return [
        {"number": row.number, "title": row.title, "state": tag(row.state, row.task, is_empty=row.is_empty)[0]}
        for row in found
    ]


def line_head() -> list[str]:
    return [
        _("Tahun"), _("Kode sub-kegiatan"), _("Sub-kegiatan"), _("Kode rekening"),
        pgettext("anggaran", "Rekening"), _("ID RUP"), _("Pagu"),
        pgettext("anggaran", "Ditahan"), _("Dipesan"), _("Dibayar"), _("Sisa"),
    ]  # fmt: skip


def line_cells(line: BudgetLine) -> Sequence[exports.Cell]:
    return [
        exports.Number(line.year), line.activity_code, line.activity_name, line.account_id, line.account.name,
        line.rup_id,
        line.pagu, line.reserved, line.committed, line.realised, line.available,
    ]  # fmt: skip


def entry_head() -> list[str]:
    return [
        _("Waktu"), _("Catatan"), _("Nomor"), _("Oleh"),
        pgettext("anggaran", "Ditahan"), _("Dipesan"), _("Dibayar"), _("Sisa"),
        pgettext("anggaran", "Keterangan"),
    ]  # fmt: skip


def entry_cells(entry: Any) -> Sequence[exports.Cell]:
    paper = entry.document or entry.reference
    by = str(entry.actor) if entry.actor else _("Sistem")
    return [
        entry.at, entry.get_kind_display(), paper, by,
        entry.reserved_delta, entry.committed_delta, entry.realised_delta, entry.left_after, entry.words,
    ]  # fmt: skip


def line_columns() -> list[dict[str, Any]]:
    """Head of the table of budget lines on the page; the file has `line_head`."""
    return _columns(_("Mata anggaran"), _("Dibayar"), _("Dipesan"), pgettext("anggaran", "Ditahan"), _("Sisa"))


def entry_columns() -> list[dict[str, Any]]:
    """Head of the table of entries on the page; the file has `entry_head`."""
    return _columns(_("Catatan"), pgettext("anggaran", "Ditahan"), _("Dipesan"), _("Dibayar"), _("Sisa"))


def _columns(first: str, *amounts: str) -> list[dict[str, Any]]:
    return [{"text": first}, *({"text": text, "n": True} for text in amounts)]


def _part(value: int, kind: str, label: str) -> dict[str, Any]:
    return {"value": value, "kind": kind, "label": label, "text": rupiah(value).removeprefix("Rp")}
