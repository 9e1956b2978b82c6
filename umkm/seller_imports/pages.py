"""What the page of an import of sellers says."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page
from django.db.models import Count
from django.utils.translation import gettext as _

from epeken.core.secret import masked
from umkm.assisted.models import AssistedRegistration
from umkm.assisted.states import OPEN, AssistedState
from umkm.seller_imports import columns
from umkm.seller_imports.models import SellerImport, SellerImportProblem, SellerImportRow
from umkm.seller_imports.states import SellerRowOutcome


@dataclass(frozen=True)
class ListRow:
    """`who`: the resident's name while the officer may read it; `nik`: its last figures. `assisted`: pk of a
    registration the officer can still take back, to correct it or for good; `waits`: for the resident. A row of a
    kelurahan where the officer does not help has none of these."""

    number: int
    who: str
    nik: str
    place: str
    state: str
    assisted: int | None = None
    waits: bool = False
    problems: list[SellerImportProblem] = field(default_factory=list)


def rows_of(row: SellerImport, page: Page[SellerImportRow], places: frozenset[str]) -> list[ListRow]:
    """Rows of the page are loaded with their kelurahan and registration. `places`: codes of the kelurahan in which the
    officer helps. One query."""
    problems: dict[int, list[SellerImportProblem]] = defaultdict(list)
    for problem in row.problems.filter(number__in=[one.number for one in page]):
        problems[problem.number].append(problem)
    return [_row(one, problems[one.number], places) for one in page]


def _row(one: SellerImportRow, problems: list[SellerImportProblem], places: frozenset[str]) -> ListRow:
    is_elsewhere = one.kelurahan_id is not None and one.kelurahan_id not in places
    cells = columns.by_name("" if is_elsewhere else one.cells)
    place = one.kelurahan.name if one.kelurahan else ""
    found: AssistedRegistration | None = None if is_elsewhere else getattr(one, "assisted", None)
    if found is None:
        ended = one.outcome != SellerRowOutcome.WAITING
        state = one.get_outcome_display() if ended else one.get_plan_display()
        return ListRow(one.number, cells["nama"], masked(cells["nik"]), place, state, problems=problems)
    is_open = found.state in OPEN
    state = found.get_state_display()
    if found.state == AssistedState.FILLING and found.handed_over_at is None:
        state = _("Warga belum diminta memastikan")
    who = found.name or _("Pendaftaran nomor %(n)d") % {"n": found.seller_id}
    waits = found.state == AssistedState.WAITING
    return ListRow(one.number, who, "", place, state, found.pk if is_open else None, waits, problems)


def answers_of(row: SellerImport) -> list[dict[str, Any]]:
    """How many registrations of the import are in which state. One query."""
    found = AssistedRegistration.objects.filter(import_row__seller_import=row).order_by()
    counts = dict(found.values_list("state").annotate(n=Count("pk")))
    return [{"label": state.label, "value": counts[state]} for state in AssistedState if counts.get(state)]
