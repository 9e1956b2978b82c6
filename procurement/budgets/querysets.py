"""Reads of budget lines."""

from procurement.agencies.querysets import OfAgencyQuerySet


class BudgetLineQuerySet(OfAgencyQuerySet):
    """Budget lines of the departments a person belongs to."""
