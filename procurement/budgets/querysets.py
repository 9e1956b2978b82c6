"""Reads of departments, budgets and requests."""

from typing import Self

from django.db.models import F

from procurement.agencies.querysets import OfAgencyQuerySet


class BudgetLineQuerySet(OfAgencyQuerySet):
    def with_available(self) -> Self:
        """Adds `left`: pagu − reserved − committed − realised."""
        return self.annotate(left=F("pagu") - F("reserved") - F("committed") - F("realised"))
