"""Reads of tax papers."""

from datetime import date, datetime, timedelta
from typing import Self

from django.db.models import Q

from epeken.core.clock import over, over_by
from umkm.sellers.querysets import PaperQuerySet
from umkm.tax_papers.states import TaxPaperState

WAITING = Q(state=TaxPaperState.WAITING)


def late(now: datetime) -> Q:
    return WAITING & over("due_at", now)


class TaxPaperQuerySet(PaperQuerySet):
    def ending(self, day: date, last: date) -> Self:
        """Papers that count and whose own last day is one of these."""
        ends = self.filter(over_by(last + timedelta(days=1)), state=TaxPaperState.VERIFIED)
        return ends.exclude(over_by(day))

    def late(self, now: datetime) -> Self:
        return self.filter(late(now))
