"""Reads of invitations."""

from datetime import datetime
from typing import Self

from epeken.core import clock
from epeken.core.models import LockingQuerySet
from epeken.users.models import User
from umkm.members.states import InvitationState


class MemberInvitationQuerySet(LockingQuerySet):
    def open(self, now: datetime) -> Self:
        """Not answered, and still in time: an invitation ends by itself."""
        return self.filter(clock.running("until", now), state=InvitationState.OPEN)

    def sent_to(self, user: User) -> Self:
        """By the address or the number they sign in with, whatever came of them."""
        return self.filter(address__in=user.sign_in_names)
