"""Reads of requests to separate shops."""

from datetime import datetime
from typing import Any, Self

from django.db.models import F, Q

from epeken.core import reminders
from epeken.core.clock import over
from epeken.users.models import Visitor
from umkm.sellers.querysets import OfShopQuerySet
from umkm.separations.states import OPEN_STATES, SeparationState

OPEN = Q(state__in=OPEN_STATES)
READERS = ("umkm.verify_seller", "umkm.decide_appeal")


def before_office_of(user: Any) -> Q:
    """Open, and with the office this reader holds, as appeals are."""
    officer, head = READERS
    states = [SeparationState.WITH_OFFICER] if user.has_perm(officer) else []
    return Q(state__in=[*states, SeparationState.WITH_HEAD] if user.has_perm(head) else states)


class SeparationQuerySet(OfShopQuerySet):
    readers = READERS

    def seen_by_members(self, user: Visitor) -> Q:
        """What the owner wrote is none of who helps, and what an earlier owner wrote none of their successor's."""
        mine = Q(seller__owner_since__isnull=True) | Q(filed_at__gte=F("seller__owner_since"))
        return (mine & Q(seller__members__role="owner")) | Q(filed_by=user)

    def open(self) -> Self:
        return self.filter(OPEN)

    def decided(self) -> Self:
        """An officer or the head judged it."""
        return self.filter(state__in=[SeparationState.SEPARATED, SeparationState.KEPT])

    def of_pair(self, one: int, other: int) -> Self:
        """About the tie between these two shops, whoever of them asked."""
        return self.filter(Q(seller=one, other=other) | Q(seller=other, other=one))

    def late(self, now: datetime) -> Self:
        """The officers let its deadline pass."""
        return self.filter(over("due_at", now), state=SeparationState.WITH_OFFICER)

    def ending(self, now: datetime) -> Self:
        """Open, and whoever has it is to be reminded of its deadline now."""
        return self.open().filter(reminders.ending("filed_at", "due_at", now))
