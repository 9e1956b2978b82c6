"""Reads of changes of a shop's identity."""

from datetime import datetime
from typing import Self

from django.db.models import Q

from epeken.core.clock import over
from umkm.identity.states import ChangeState, IdentityKind
from umkm.sellers.querysets import OfShopQuerySet

OPEN_STATES = [ChangeState.CHECKING, ChangeState.WAITING, ChangeState.APPROVED, ChangeState.HELD]
# With a verifier: to be judged, or denied and to be looked at.
AT_OFFICE = Q(state__in=[ChangeState.CHECKING, ChangeState.WAITING, ChangeState.HELD])


class ChangeQuerySet(OfShopQuerySet):
    def held(self) -> Self:
        return self.filter(state=ChangeState.HELD)

    def of_account(self) -> Self:
        return self.filter(kind=IdentityKind.BANK)

    def to_apply(self, now: datetime) -> Self:
        """Approved, and their time has come."""
        return self.filter(over("in_force_at", now), state=ChangeState.APPROVED)
