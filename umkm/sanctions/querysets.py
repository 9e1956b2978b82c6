"""Reads of sanctions."""

from datetime import datetime
from typing import Self

from epeken.core.clock import over
from epeken.core.models import LockingQuerySet
from epeken.users.models import Visitor
from umkm.sanctions.states import SanctionState


class SanctionQuerySet(LockingQuerySet):
    def in_force(self) -> Self:
        return self.filter(state=SanctionState.IN_FORCE)

    def to_end(self, now: datetime) -> Self:
        """In force, and their last day is over."""
        return self.in_force().filter(over("ends_at", now))

    def visible_to(self, user: Visitor) -> Self:
        """The shop's people read their own, and officers of the sellers all; nobody else any."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        if user.has_perm("umkm.verify_seller") or user.has_perm("umkm.freeze_seller"):
            return self
        return self.filter(seller__members__user=user, seller__members__until__isnull=True)
