"""Reads of leaves."""

from datetime import date
from typing import Self

from epeken.core.clock import valid_on
from procurement.agencies.querysets import OfAgencyQuerySet


class LeaveQuerySet(OfAgencyQuerySet):
    def on(self, day: date, until: date | None = None) -> Self:
        """Leaves of the day; with `until` those of any day from `day` to it."""
        return self.filter(valid_on(day, until), withdrawn_at__isnull=True)

    def with_people(self) -> Self:
        return self.select_related("agency", "user", "recorded_by", "ended_by").prefetch_related("stand_ins__user")
