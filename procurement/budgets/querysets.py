"""Reads of budget lines."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any, Self

from django.db.models import F

from procurement.agencies.querysets import OfAgencyQuerySet


class BudgetLineQuerySet(OfAgencyQuerySet):
    """Budget lines of the departments a person belongs to."""

    def spendable(self, agency: Any, day: date) -> Self:
        """Those a request of the department may choose."""
        return self.filter(agency=agency, year__gte=day.year)

    def only_ones(self, agency: Any, accounts: Collection[str], year: int, day: date) -> dict[str, Any]:
        """By account: the one line of the year that may be spent; where there is none or a choice to make, none. One
        query."""
        found: dict[str, list[Any]] = defaultdict(list)
        rows = self.spendable(agency, day).exclude(rup_id="").filter(account__in=accounts, year=year)
        for row in rows if accounts else ():
            found[row.account_id].append(row)
        return {account: rows[0] for account, rows in found.items() if len(rows) == 1}

    def bearing(self, agency: Any, day: date, amount: int) -> Self:
        """Those of them that have so much left."""
        used = F("reserved") + F("committed") + F("realised")
        return self.spendable(agency, day).exclude(rup_id="").filter(pagu__gte=used + amount)
