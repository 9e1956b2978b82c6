"""What the pages of an import say."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import Count
from django.utils.translation import gettext as _

from umkm.imports import columns
from umkm.imports.models import GoodsImport, GoodsImportProblem, GoodsImportRow
from umkm.imports.states import ImportState, RowOutcome, RowPlan

TAGS = {
    ImportState.READING: "info",
    ImportState.REFUSED: "no",
    ImportState.CHECKED: "now",
    ImportState.RUNNING: "info",
    ImportState.DONE: "done",
    ImportState.CANCELLED: "",
    ImportState.UNDOING: "info",
    ImportState.UNDONE: "",
}
AT_WORK = (ImportState.READING, ImportState.RUNNING, ImportState.UNDOING)
PLAN_TAGS = {RowPlan.CREATE: "info", RowPlan.CHANGE: "info", RowPlan.SAME: "", RowPlan.WRONG: "no"}
OUTCOME_TAGS = {
    RowOutcome.DONE: "done",
    RowOutcome.REFUSED: "no",
    RowOutcome.UNDONE: "",
    RowOutcome.KEPT: "now",
}


@dataclass(frozen=True)
class ImportCounts:
    """How many rows there are of each plan, and of each outcome of those that do something."""

    plans: Counter[str]
    outcomes: Counter[str]

    @property
    def runnable(self) -> int:
        return self.plans[RowPlan.CREATE] + self.plans[RowPlan.CHANGE]

    @property
    def ended(self) -> int:
        return self.runnable - self.outcomes[RowOutcome.WAITING]

    @property
    def left_to_undo(self) -> int:
        return self.outcomes[RowOutcome.DONE]


def counts_of(goods_import: GoodsImport) -> ImportCounts:
    """One query."""
    plans: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    found = goods_import.rows.order_by().values("plan", "outcome").annotate(n=Count("pk"))
    for row in found:
        plans[row["plan"]] += row["n"]
        if row["plan"] in (RowPlan.CREATE, RowPlan.CHANGE):
            outcomes[row["outcome"]] += row["n"]
    return ImportCounts(plans, outcomes)


def facts(counts: ImportCounts) -> list[dict[str, Any]]:
    """Of the file, then of what became of it."""
    rows = [{"label": plan.label, "value": counts.plans[plan]} for plan in RowPlan]
    told = [RowOutcome.DONE, RowOutcome.REFUSED, RowOutcome.UNDONE, RowOutcome.KEPT]
    return rows + [{"label": one.label, "value": counts.outcomes[one]} for one in told if counts.outcomes[one]]


def rows_of(goods_import: GoodsImport, page: Page[GoodsImportRow]) -> list[dict[str, Any]]:
    """`number name tag kind product problems` of the rows on the page. One query."""
    problems: dict[int, list[GoodsImportProblem]] = defaultdict(list)
    for problem in goods_import.problems.filter(number__in=[row.number for row in page]):
        problems[problem.number].append(problem)
    return [_row(row, problems[row.number]) for row in page]


def _row(row: GoodsImportRow, problems: list[GoodsImportProblem]) -> dict[str, Any]:
    cells = columns.by_name(row.cells)
    ended = row.outcome != RowOutcome.WAITING
    kind = OUTCOME_TAGS[RowOutcome(row.outcome)] if ended else PLAN_TAGS[RowPlan(row.plan)]
    return {
        "number": row.number,
        "name": cells["nama"] or _("(tanpa nama)"),
        "price": cells["harga"],
        "tag": row.get_outcome_display() if ended else row.get_plan_display(),
        "kind": kind,
        "product": row.product_id,
        "problems": problems,
    }
