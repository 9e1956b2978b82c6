"""What a purchase puts on which budget line. Asked by whoever reserves, binds, pays or shows it; nothing is written.

Each of the goods is charged to one budget line, a seller's delivery cost follows its goods. The audit asks the same of
the tables (`epeken/site/audit/sql/budgets.py`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Sum

from procurement.budgets.models import BudgetEntry, BudgetLine

# By the pk of the budget line, in that order: whole rupiah, more than nothing.
Charges = dict[int, int]


@dataclass(frozen=True)
class Charge:
    """So much on one budget line."""

    line: BudgetLine
    amount: int

    @property
    def missing(self) -> int:
        """What the line lacks for it, whole rupiah; 0 when there is enough left."""
        return max(self.amount - self.line.available, 0)


def line_of_delivery(goods: Sequence[int], main: int) -> int:
    """The budget line that bears a seller's delivery cost: the request's main line where any of the seller's goods is
    charged to it, else that of the first of its goods.

    `goods`: to which line each of them is charged, in the order they were put in. Their prices do not matter, so that a
    negotiation moves no cost to another line.
    """
    return main if main in goods else goods[0]


def of_part(goods: Iterable[tuple[int, int]], cost: int, *, main: int, cost_on: int | None = None) -> Charges:
    """What one seller's part puts on which line. `goods`: the line and the amount of each; `cost`: of their delivery,
    on `cost_on` where that was fixed already. Nothing when there are no goods."""
    rows = list(goods)
    if not rows:
        return {}
    if cost:
        rows.append((cost_on or line_of_delivery([pk for pk, _amount in rows], main), cost))
    return added(dict([row]) for row in rows)


def added(parts: Iterable[Mapping[int, int]]) -> Charges:
    """Several parts together."""
    found: dict[int, int] = {}
    for part in parts:
        for pk, amount in part.items():
            found[pk] = found.get(pk, 0) + amount
    return {pk: found[pk] for pk in sorted(found) if found[pk]}


def lowered(charges: Charges, by: int) -> Charges:
    """Each line bears its share of what is taken off, one after the other, half a rupiah rounded up.

    What a line bears never grows with `by`, so that the budget freed before stays free.
    """
    rest, left, found = by, sum(charges.values()), {}
    for pk, amount in charges.items():
        off = (2 * rest * amount + left) // (2 * left)
        found[pk], rest, left = amount - off, rest - off, left - amount
    return {pk: amount for pk, amount in found.items() if amount}


def held_under(reference: str) -> Charges:
    """What a request that waits has reserved by its number, as the ledger says."""
    return _in_ledger(reference, "reserved_delta")


def bound_under(reference: str) -> Charges:
    """What an order binds by its number and was not paid, as the ledger says."""
    return _in_ledger(reference, "committed_delta")


def _in_ledger(reference: str, column: str) -> Charges:
    rows = BudgetEntry.objects.filter(reference=reference).order_by("line")
    return {pk: amount for pk, amount in rows.values_list("line").annotate(sum=Sum(column)) if amount}
