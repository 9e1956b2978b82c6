"""Reads of appeals."""

from datetime import datetime
from typing import Self

from django.db.models import Q

from epeken.core.clock import over
from epeken.core.models import LockingQuerySet
from epeken.users.models import Visitor
from umkm.appeals.states import OPEN_STATES

OPEN = Q(state__in=OPEN_STATES)
READERS = ("umkm.verify_seller", "umkm.freeze_seller", "umkm.decide_appeal")


class AppealQuerySet(LockingQuerySet):
    def open(self) -> Self:
        return self.filter(OPEN)

    def late(self, now: datetime) -> Self:
        """Open, and whoever has it let its deadline pass."""
        return self.open().filter(over("due_at", now))

    def visible_to(self, user: Visitor) -> Self:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        if any(user.has_perm(name) for name in READERS):
            return self
        return self.filter(seller__members__user=user, seller__members__until__isnull=True).distinct()
