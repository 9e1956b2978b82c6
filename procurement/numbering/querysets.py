"""Reads of how papers are numbered."""

from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from epeken.core.clock import valid_on


class NumberFormQuerySet(QuerySet[Any]):
    def in_force(self, agency: Any, kind: str, day: date) -> Any:
        """The department's own, else that of all; of two the newer. None: it numbers these papers itself."""
        found = self.filter(valid_on(day), Q(agency__isnull=True) | Q(agency=agency), kind=kind)
        return found.order_by(F("agency").asc(nulls_last=True), "-valid_from", "-pk").first()
