"""Reads of changes of a shop's identity."""

from datetime import datetime
from typing import Self

from django.db.models import Q

from epeken.core.clock import over
from epeken.users.models import User
from umkm.identity.states import ChangeState, IdentityKind
from umkm.sellers.querysets import OfShopQuerySet

OPEN_STATES = [ChangeState.OFFERED, ChangeState.CHECKING, ChangeState.WAITING, ChangeState.APPROVED, ChangeState.HELD]
OPEN = Q(state__in=OPEN_STATES)
# With a verifier: to be judged, or denied and to be looked at.
AT_OFFICE = Q(state__in=[ChangeState.CHECKING, ChangeState.WAITING, ChangeState.HELD])


class ChangeQuerySet(OfShopQuerySet):
    def held(self) -> Self:
        return self.filter(state=ChangeState.HELD)

    def of_account(self) -> Self:
        return self.filter(kind__in=[IdentityKind.BANK, IdentityKind.TRANSFER])

    def late_offers(self, now: datetime) -> Self:
        """Nobody took them in time."""
        return self.filter(over("due_at", now), state=ChangeState.OFFERED)

    def offered_to(self, user: User) -> Self:
        """Transfers in which this person is to own the shop, found by what they sign in with until they took
        one."""
        theirs = Q(successor=user) | Q(successor__isnull=True, successor_address__in=user.sign_in_names)
        return self.filter(theirs, kind=IdentityKind.TRANSFER)

    def passed_on_by(self, user: User) -> Self:
        """Transfers in force of shops that were this person's."""
        in_force = self.filter(kind=IdentityKind.TRANSFER, applied_at__isnull=False)
        return in_force.filter(proposed_by=user).exclude(state=ChangeState.CANCELLED)

    def transfers_of(self, user: User) -> Self:
        """Those a person gave their word for, or is to own the shop by; also when they are over."""
        theirs = Q(pk__in=self.offered_to(user).values("pk")) | Q(proposed_by=user)
        return self.filter(theirs, kind=IdentityKind.TRANSFER)

    def to_apply(self, now: datetime) -> Self:
        """Approved, and their time has come."""
        return self.filter(over("in_force_at", now), state=ChangeState.APPROVED)
