"""Reads of appeals."""

from datetime import datetime
from typing import Self

from django.db.models import F, Q

from epeken.core import reminders
from epeken.core.clock import over
from epeken.users.models import Visitor
from umkm.appeals.states import OPEN_STATES
from umkm.sellers.querysets import OfShopQuerySet

OPEN = Q(state__in=OPEN_STATES)
READERS = ("umkm.verify_seller", "umkm.freeze_seller", "umkm.decide_appeal")


class AppealQuerySet(OfShopQuerySet):
    readers = READERS

    def seen_by_members(self, user: Visitor) -> Q:
        """What an earlier owner wrote is none of their successor's."""
        return Q(seller__owner_since__isnull=True) | Q(filed_at__gte=F("seller__owner_since")) | Q(filed_by=user)

    def open(self) -> Self:
        return self.filter(OPEN)

    def late(self, now: datetime) -> Self:
        """Open, and whoever has it let its deadline pass."""
        return self.open().filter(over("due_at", now))

    def ending(self, now: datetime) -> Self:
        """Open, and whoever has it is to be reminded of its deadline now."""
        return self.open().filter(reminders.ending("filed_at", "due_at", now))
