"""Reads of departments, budgets and requests."""

from datetime import date
from typing import Any, Self

from django.db.models import F, Q

from epeken.core.models import LockingQuerySet
from procurement.states import OfficerRole, RequestState

INSPECT = "procurement.inspect_all"  # the inspectorate: reads everything, changes nothing


class MemberQuerySet(LockingQuerySet):
    def on(self, day: date) -> Self:
        """Appointments in force on the day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))

    def of(self, user: Any, day: date) -> Self:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.on(day).filter(user=user)


class AgencyQuerySet(LockingQuerySet):
    def of_officer(self, user: Any, day: date, *roles: OfficerRole) -> Self:
        """Departments in which the person holds (one of) these roles on the day."""
        from procurement.models import AgencyMember

        seats = AgencyMember.objects.of(user, day)
        if roles:
            seats = seats.filter(role__in=roles)
        return self.filter(pk__in=seats.values("agency_id"))


class _OfAgency(LockingQuerySet):
    def visible_to(self, user: Any, day: date) -> Self:
        """Officers see their own department's rows; the inspectorate sees all."""
        from procurement.models import AgencyMember

        if not getattr(user, "is_authenticated", False):
            return self.none()
        if user.has_perm(INSPECT):
            return self
        return self.filter(agency_id__in=AgencyMember.objects.of(user, day).values("agency_id"))


class BudgetLineQuerySet(_OfAgency):
    def with_available(self) -> Self:
        """Adds `left`: pagu − reserved − committed − realised."""
        return self.annotate(left=F("pagu") - F("reserved") - F("committed") - F("realised"))


class RequestQuerySet(_OfAgency):
    def submitted(self) -> Self:
        return self.filter(state=RequestState.SUBMITTED)

    def approved(self) -> Self:
        return self.filter(state=RequestState.APPROVED)

    def live(self) -> Self:
        """Requests that hold budget as reserved."""
        return self.filter(state__in=[RequestState.SUBMITTED, RequestState.APPROVED])

    def with_desk(self) -> Self:
        return self.select_related("agency", "line", "line__account", "requester")

    def open_of(self, user: Any) -> Self:
        """Drafts and sent-back requests of this requester, newest first: where goods from the shop windows go."""
        return self.filter(requester=user, state__in=[RequestState.DRAFT, RequestState.SENT_BACK]).order_by("-pk")
