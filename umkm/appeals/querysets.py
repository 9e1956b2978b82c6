"""Reads of appeals."""

from datetime import datetime
from typing import Any, Self

from django.db.models import F, Q

from epeken.core import reminders
from epeken.core.clock import over
from epeken.users.models import Visitor
from umkm.appeals.states import OPEN_STATES, AppealState
from umkm.sellers.querysets import OfShopQuerySet

OPEN = Q(state__in=OPEN_STATES)
READERS = ("umkm.verify_seller", "umkm.freeze_seller", "umkm.decide_appeal")


def before_office_of(user: Any) -> Q:
    """Open, and with the office this reader holds: what is with the head of the office is none of an officer's to
    decide, nor the other way round."""
    *officers, head = READERS
    states = [AppealState.WITH_OFFICER] if any(user.has_perm(name) for name in officers) else []
    return Q(state__in=[*states, AppealState.WITH_HEAD] if user.has_perm(head) else states)


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
