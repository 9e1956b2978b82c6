"""Reads of tax papers."""

from datetime import datetime
from typing import Self

from django.db.models import Q

from epeken.core.clock import over
from umkm.sellers.querysets import PaperQuerySet
from umkm.tax_papers.states import TaxPaperState

WAITING = Q(state=TaxPaperState.WAITING)


def late(now: datetime) -> Q:
    return WAITING & over("due_at", now)


class TaxPaperQuerySet(PaperQuerySet):
    def late(self, now: datetime) -> Self:
        return self.filter(late(now))
