"""What a decree would do to the budget lines: which are new, raised, lowered or refused. Nothing is written here."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db.models import Q
from django.utils.translation import gettext as _

from epeken.core.i18n.times import full_date
from epeken.core.i18n.words import rupiah
from procurement.budgets import rules
from procurement.budgets.models import BudgetLine, CeilingRevision
from procurement.budgets.states import ChangeKind

# Department, year, sub-activity, account, RUP id: what a budget line is known by.
Key = tuple[int, int, str, str, str]


@dataclass(frozen=True)
class WantedLine:
    """A row of a budget file. `row`: its number there. Money in whole rupiah."""

    row: int
    agency_id: int
    year: int
    activity_code: str
    activity_name: str
    account_id: str
    rup_id: str
    pagu: int

    @property
    def key(self) -> Key:
        return self.agency_id, self.year, self.activity_code, self.account_id, self.rup_id


@dataclass(frozen=True)
class Change:
    """`line`: the line of the books, none when it is new. `refusal`: why not, with the figures."""

    wanted: WantedLine
    line: BudgetLine | None
    kind: ChangeKind
    refusal: str = ""

    @property
    def before(self) -> int:
        return self.line.pagu if self.line else 0

    @property
    def delta(self) -> int:
        return self.wanted.pagu - self.before


def key_of(line: BudgetLine) -> Key:
    return line.agency_id, line.year, line.activity_code, line.account_id, line.rup_id


def lines_for(wanted: Sequence[WantedLine]) -> dict[Key, BudgetLine]:
    """The lines of the books these rows speak of. One query."""
    keys = {row.key for row in wanted}
    agencies, years = {row.agency_id for row in wanted}, {row.year for row in wanted}
    found = BudgetLine.objects.filter(agency_id__in=agencies, year__in=years)
    return {key: line for line in found if (key := key_of(line)) in keys}


def plan(wanted: Sequence[WantedLine], lines: Mapping[Key, BudgetLine], decree_on: date) -> list[Change]:
    """One change for each row, in their order. One query, for the decrees before."""
    last = _last_decrees(lines.values())
    return [_change(row, lines.get(row.key), decree_on, last) for row in wanted]


def asked_about(wanted: Iterable[WantedLine], lines: Mapping[Key, BudgetLine], day: date) -> list[WantedLine]:
    """Rows whose new or raised ceiling is so high that it is taken only once somebody says that it is meant."""
    limit = rules.ASKED_ABOVE.on(day)
    high = [row for row in wanted if row.pagu > limit]
    return [row for row in high if (line := lines.get(row.key)) is None or row.pagu > line.pagu]


def shown(changes: Iterable[Change]) -> str:
    """A digest of what a preview shows and its confirmation rests on."""
    told = [(change.wanted.key, change.kind.value, change.before, change.wanted.pagu) for change in changes]
    return sha256(repr(sorted(told)).encode()).hexdigest()


def counts(changes: Iterable[Change]) -> list[tuple[ChangeKind, int]]:
    """How many of each kind, refusals first; kinds that do not occur are left out."""
    found = Counter(change.kind for change in changes)
    return [(kind, found[kind]) for kind in ChangeKind if found[kind]]


def below_used(line: BudgetLine, pagu: int) -> str:
    """Why the ceiling may not be `pagu`, with the figures; empty when it may."""
    if pagu >= line.used:
        return ""
    return _("Pagu paling sedikit %(used)s: ditahan %(reserved)s, dipesan %(committed)s, dibayar %(realised)s.") % {
        "used": rupiah(line.used),
        "reserved": rupiah(line.reserved),
        "committed": rupiah(line.committed),
        "realised": rupiah(line.realised),
    }


def superseded(line: BudgetLine, last: CeilingRevision | None, pagu: int, decree_on: date) -> str:
    """Why a decree of this day no longer sets the ceiling; empty when it does."""
    if last is None or decree_on >= last.decree_on or pagu == line.pagu:
        return ""
    return _("Pagunya sudah ditetapkan %(pagu)s oleh keputusan yang lebih baru, %(decree)s tanggal %(day)s.") % {
        "pagu": rupiah(line.pagu),
        "decree": last.reference,
        "day": full_date(last.decree_on),
    }


def _change(row: WantedLine, line: BudgetLine | None, decree_on: date, last: Mapping[int, CeilingRevision]) -> Change:
    if line is None:
        return Change(row, None, ChangeKind.NEW)
    refusal = below_used(line, row.pagu) or superseded(line, last.get(line.pk), row.pagu, decree_on)
    if refusal:
        return Change(row, line, ChangeKind.REFUSED, refusal)
    if row.pagu != line.pagu:
        return Change(row, line, ChangeKind.RAISED if row.pagu > line.pagu else ChangeKind.LOWERED)
    return Change(row, line, ChangeKind.SAME if row.activity_name == line.activity_name else ChangeKind.RENAMED)


def _last_decrees(lines: Iterable[BudgetLine]) -> dict[int, CeilingRevision]:
    wanted = Q(line_id__in=[line.pk for line in lines])
    newest = CeilingRevision.objects.filter(wanted).order_by("line_id", "-decree_on", "-pk").distinct("line_id")
    return {revision.line_id: revision for revision in newest}
