"""How far an import is: how many of its rows there are of each plan, and what became of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from umkm.imports.states import ImportState, RowOutcome

TAGS = {
    ImportState.READING: "info",
    ImportState.REFUSED: "no",
    ImportState.EMPTY: "no",
    ImportState.CHECKED: "now",
    ImportState.RUNNING: "info",
    ImportState.DONE: "done",
    ImportState.CANCELLED: "",
    ImportState.UNDOING: "info",
    ImportState.UNDONE: "",
}
AT_WORK = (ImportState.READING, ImportState.RUNNING, ImportState.UNDOING)


@dataclass(frozen=True)
class ImportCounts:
    """How many rows there are of each plan, and of each outcome of those that do something."""

    plans: Counter[str]
    outcomes: Counter[str]

    @property
    def runnable(self) -> int:
        return sum(self.outcomes.values())

    @property
    def ended(self) -> int:
        return self.runnable - self.outcomes[RowOutcome.WAITING]

    @property
    def left_to_undo(self) -> int:
        return self.outcomes[RowOutcome.DONE]


def counts_of(row: Any, run_kinds: Iterable[str]) -> ImportCounts:
    """`run_kinds`: plans that do something. One query."""
    plans: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    kinds = set(run_kinds)
    for found in row.rows.order_by().values("plan", "outcome").annotate(n=Count("pk")):
        plans[found["plan"]] += found["n"]
        if found["plan"] in kinds:
            outcomes[found["outcome"]] += found["n"]
    return ImportCounts(plans, outcomes)


def facts(counts: ImportCounts, plans: Any, outcomes: Any) -> list[dict[str, Any]]:
    """Of the file, then of what became of it. `plans` and `outcomes`: the choices with their words."""
    rows = [{"label": plan.label, "value": counts.plans[plan]} for plan in plans]
    told = [outcome for outcome in outcomes if outcome != RowOutcome.WAITING]
    return rows + [{"label": one.label, "value": counts.outcomes[one]} for one in told if counts.outcomes[one]]
