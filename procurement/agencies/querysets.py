"""Reads of departments and appointments."""

from datetime import date
from typing import Self

from epeken.core.clock import valid_on
from epeken.core.models import LockingQuerySet
from epeken.users.models import User, Visitor
from procurement.agencies.states import OfficerRole

INSPECT = "procurement.inspect_all"  # the inspectorate: reads everything, changes nothing


class MemberQuerySet(LockingQuerySet):
    def on(self, day: date) -> Self:
        """Appointments in force on the day."""
        return self.filter(valid_on(day))

    def of(self, user: Visitor, day: date) -> Self:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.on(day).filter(user=user)

    def over(self, user: Visitor, day: date) -> Self:
        """Appointments of the person that ended before the day."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(user=user, valid_until__lt=day)


class AgencyQuerySet(LockingQuerySet):
    def of_officer(self, user: User, day: date, *roles: OfficerRole) -> Self:
        """Departments in which the person holds (one of) these roles on the day."""
        from procurement.agencies.models import AgencyMember

        memberships = AgencyMember.objects.of(user, day)
        if roles:
            memberships = memberships.filter(role__in=roles)
        return self.filter(pk__in=memberships.values("agency_id"))


class OfAgencyQuerySet(LockingQuerySet):
    def visible_to(self, user: User, day: date) -> Self:
        """Officers see their own department's rows; the inspectorate sees all."""
        from procurement.agencies.models import AgencyMember

        if not getattr(user, "is_authenticated", False):
            return self.none()
        if user.has_perm(INSPECT):
            return self
        return self.filter(agency_id__in=AgencyMember.objects.of(user, day).values("agency_id"))
