"""Reads of sanctions."""

from datetime import datetime
from typing import Self

from epeken.core.clock import over
from umkm.sanctions.states import SanctionState
from umkm.sellers.querysets import OfShopQuerySet


class SanctionQuerySet(OfShopQuerySet):
    readers = ("umkm.verify_seller", "umkm.freeze_seller")

    def in_force(self) -> Self:
        return self.filter(state=SanctionState.IN_FORCE)

    def to_end(self, now: datetime) -> Self:
        """In force, and their last day is over."""
        return self.in_force().filter(over("ends_at", now))
