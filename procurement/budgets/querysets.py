"""Reads of budget lines."""

from datetime import date
from typing import Any, Self

from django.db.models import F

from procurement.agencies.querysets import OfAgencyQuerySet


class BudgetLineQuerySet(OfAgencyQuerySet):
    """Budget lines of the departments a person belongs to."""

    def spendable(self, agency: Any, day: date) -> Self:
        """Those a request of the department may choose."""
        return self.filter(agency=agency, year__gte=day.year)

    def bearing(self, agency: Any, day: date, amount: int) -> Self:
        """Those of them that have so much left."""
        used = F("reserved") + F("committed") + F("realised")
        return self.spendable(agency, day).exclude(rup_id="").filter(pagu__gte=used + amount)
