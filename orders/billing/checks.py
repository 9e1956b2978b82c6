"""System check of the tax table: every row is read by the computation, and everything it reads holds today."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.db import DatabaseError

from epeken.core import clock
from orders.billing import taxes
from orders.billing.models import TaxExemption, TaxRate
from orders.billing.states import TaxKind


@register("city", deploy=True)
def taxes_are_complete(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """As `core.checks.rules_are_complete`: rows and code are compared in both directions."""
    if "default" not in (databases or []):
        return []
    try:
        rates, exemptions = list(TaxRate.objects.all()), list(TaxExemption.objects.all())
    except DatabaseError:
        return []  # before the first migrate
    if not rates:
        return []
    today = clock.today()
    return [
        *faults("rate", rates, taxes.COMPUTED, today),
        *faults("exemption", exemptions, taxes.EXEMPTIONS, today, is_complete=False),
    ]


def faults(
    what: str,
    rows: Iterable[TaxRate | TaxExemption],
    known: Mapping[str, TaxKind],
    today: date,
    *,
    is_complete: bool = True,
) -> Iterable[CheckMessage]:
    """An exemption may have ended, and its tax is then collected; a rate that is missing stops every invoice. So does
    the one exemption of who cannot collect PPN."""
    in_force = set()
    for row in rows:
        kind = known.get(row.code)
        if kind is None:
            yield Error(f"No code reads tax {what} {row.code}.", hint="Remove the row or compute it.", id="orders.E001")
        elif row.kind != kind:
            yield Error(f"Tax {what} {row.code} of {row.valid_from} is of {row.kind}, not {kind}.", id="orders.E002")
        elif clock.is_valid_on(row, today):
            in_force.add(row.code)
    wanted = known.keys() if is_complete else {taxes.NOT_PKP}
    for code in sorted(wanted - in_force):
        yield Error(f"Tax {what} {code} has no row in force on {today}.", hint="Add it in the admin.", id="orders.E003")
