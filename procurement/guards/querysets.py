"""Reads of warnings."""

from datetime import date
from typing import Self

from epeken.core.models import LockingQuerySet
from epeken.users.models import User
from procurement.agencies.querysets import INSPECT


class FindingQuerySet(LockingQuerySet):
    def visible_to(self, user: User, day: date) -> Self:
        """Officers see their own department's; the inspectorate sees all."""
        from procurement.agencies.models import AgencyMember

        if user.has_perm(INSPECT):
            return self
        return self.filter(request__agency_id__in=AgencyMember.objects.seen_by(user, day).values("agency_id"))

    def unanswered(self) -> Self:
        return self.filter(outcome="open")
