"""Reads of registrations filled in by an officer."""

from datetime import datetime
from typing import Self

from django.db.models import Exists, OuterRef, Q

from epeken.core import clock
from epeken.core.models import LockingQuerySet
from epeken.users.models import User, Visitor
from umkm.assisted.states import OPEN, AssistedState

PERMISSION = "umkm.assist_seller"


class AssistedQuerySet(LockingQuerySet):
    def open(self, now: datetime) -> Self:
        """Neither answered nor out of time: it ends by itself, before the nightly job has come."""
        return self.filter(clock.running("due_at", now), state__in=OPEN)

    def of_officer(self, user: Visitor, now: datetime) -> Self:
        """Open ones that the officer began, while they are posted at the place or may help everywhere."""
        from umkm.area_checks.models import AreaPosting

        if not (isinstance(user, User) and user.is_staff):
            return self.none()
        own = self.open(now).filter(officer=user)
        if user.has_perm(PERMISSION):
            return own
        posted = AreaPosting.objects.on(clock.local_date(now)).filter(user=user, kelurahan=OuterRef("kelurahan"))
        return own.filter(Exists(posted))

    def filled_by(self, user: Visitor, now: datetime) -> Self:
        """Of these, what the officer may read and type."""
        return self.of_officer(user, now).filter(state=AssistedState.FILLING)

    def at_the_desk(self) -> Self:
        """Of these, what the officer has to do with one by one: what came in a list only once it came back to be
        corrected."""
        return self.filter(Q(import_row=None) | Q(state=AssistedState.FILLING, handed_over_at__isnull=False))

    def addressed_to(self, user: Visitor, now: datetime) -> Self:
        """What waits for whoever signs in with this number. A number that nobody confirmed is no one's."""
        if not isinstance(user, User) or user.phone_verified_at is None:
            return self.none()
        return self.open(now).filter(state=AssistedState.WAITING, phone=user.phone)

    def shown_to(self, user: Visitor, now: datetime) -> Self:
        """Of these, whose answers and papers the resident reads: they told figures of its NIK."""
        return self.addressed_to(user, now).filter(resident=user.pk)
