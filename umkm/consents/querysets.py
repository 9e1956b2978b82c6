"""Reads of purposes and consents."""

from datetime import date
from typing import Self

from epeken.core import clock
from epeken.core.models import LockingQuerySet
from epeken.users.models import Visitor
from umkm.consents.states import LawfulBasis


class PurposeQuerySet(LockingQuerySet):
    def in_force(self, day: date) -> Self:
        return self.filter(clock.valid_on(day))

    def asked(self, code: str, day: date) -> Self:
        """The purpose if people are asked for their consent to it on the day."""
        return self.in_force(day).filter(code=code, basis=LawfulBasis.CONSENT)


class ConsentQuerySet(LockingQuerySet):
    def visible_to(self, user: Visitor) -> Self:
        """Their own, also withdrawn ones."""
        return self.filter(person=user) if getattr(user, "is_authenticated", False) else self.none()

    def in_force(self, user: Visitor, code: str) -> Self:
        return self.visible_to(user).filter(purpose=code, withdrawn_at__isnull=True)
