"""Reads of the rules for further signatures."""

from datetime import date
from typing import Any, Self

from django.db.models import Q

from epeken.core.clock import valid_on
from epeken.core.models import LockingQuerySet


class ApprovalRuleQuerySet(LockingQuerySet):
    def on(self, day: date) -> Self:
        return self.filter(valid_on(day))

    def asking(self, agency: Any, total: int, categories: set[int | None], day: date) -> Self:
        """Those for a request of this department, this sum (whole rupiah) and goods of these categories."""
        return self.on(day).filter(
            Q(agency__isnull=True) | Q(agency=agency),
            Q(category__isnull=True) | Q(category__in=[pk for pk in categories if pk is not None]),
            above__lt=total,
        )
