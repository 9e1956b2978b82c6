"""Reads of departments and appointments."""

from datetime import date
from typing import Self

from django.db.models import Exists, OuterRef, Q

from epeken.core import clock
from epeken.core.clock import valid_on
from epeken.core.models import LockingQuerySet
from epeken.users.models import User, Visitor
from procurement.agencies.states import OfficerRole

INSPECT = "procurement.inspect_all"  # the inspectorate: reads everything, changes nothing


def _is_away(day: date) -> Exists:
    from procurement.leaves.models import OfficerLeave

    return Exists(OfficerLeave.objects.on(day).filter(agency=OuterRef("agency"), user=OuterRef("user")))


class MemberQuerySet(LockingQuerySet):
    def own(self) -> Self:
        """Appointments of the people themselves: not those in which they stand in for somebody on leave."""
        return self.filter(leave__isnull=True)

    def appointed(self, day: date) -> Self:
        """Appointments of the day, also of who is on leave that day.

        A stand-in has one on the days of the leave, while both are appointed in the department themselves.
        """
        from procurement.agencies.models import AgencyMember
        from procurement.leaves.models import OfficerLeave

        own = AgencyMember.objects.own().filter(valid_on(day))
        covers = (
            Exists(OfficerLeave.objects.on(day).filter(pk=OuterRef("leave")))
            & Exists(own.filter(pk=OuterRef("stands_in_for")))
            & Exists(own.filter(agency=OuterRef("agency"), user=OuterRef("user")))
        )
        return self.filter(valid_on(day)).filter(Q(leave__isnull=True) | covers)

    def on(self, day: date) -> Self:
        """Appointments in force on the day: who is on leave holds no office of that department."""
        return self.appointed(day).exclude(_is_away(day))

    def with_away(self, day: date) -> Self:
        """Adds `is_away`: the person is on leave from that department on the day."""
        return self.annotate(is_away=_is_away(day))

    def of(self, user: Visitor, day: date) -> Self:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.on(day).filter(user=user)

    def over(self, user: Visitor, day: date) -> Self:
        """Appointments of the person that ended before the day."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(clock.over_by(day), user=user)

    def seen_by(self, user: Visitor, day: date) -> Self:
        """What the person may see of departments: on leave they still read, and act nowhere."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.appointed(day).filter(user=user)


class AgencyQuerySet(LockingQuerySet):
    def of_officer(self, user: User, day: date, *roles: OfficerRole) -> Self:
        """Departments in which the person holds one of these roles on the day; without roles, those they read."""
        from procurement.agencies.models import AgencyMember

        memberships = AgencyMember.objects.seen_by(user, day)
        if roles:
            memberships = AgencyMember.objects.of(user, day).filter(role__in=roles)
        return self.filter(pk__in=memberships.values("agency_id"))


class OfAgencyQuerySet(LockingQuerySet):
    def visible_to(self, user: User, day: date) -> Self:
        """Officers see their own department's rows; the inspectorate sees all."""
        from procurement.agencies.models import AgencyMember

        if not getattr(user, "is_authenticated", False):
            return self.none()
        if user.has_perm(INSPECT):
            return self
        return self.filter(agency_id__in=AgencyMember.objects.seen_by(user, day).values("agency_id"))
