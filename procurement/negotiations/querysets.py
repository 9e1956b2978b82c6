"""Reads of negotiations."""

from datetime import date, datetime
from typing import Any, Self

from django.db.models import Q

from epeken.core import clock
from epeken.core.models import LockingQuerySet
from epeken.users.models import User
from procurement.agencies.querysets import INSPECT
from procurement.negotiations.states import LIVE, NegotiationState
from procurement.requests.states import LIVE as HELD
from umkm.sellers.policies import own_shops


class NegotiationQuerySet(LockingQuerySet):
    def visible_to(self, user: User, day: date) -> Self:
        """The shop's own people, officers of the department, the inspectorate."""
        from procurement.agencies.models import AgencyMember

        if user.has_perm(INSPECT):
            return self
        offices = AgencyMember.objects.seen_by(user, day).values("agency_id")
        return self.filter(Q(request__agency_id__in=offices) | Q(seller__in=own_shops(user)))

    def live(self) -> Self:
        return self.filter(state__in=LIVE)

    def agreed_to_order(self) -> Self:
        """Agreed, of a request whose surat pesanan is not out yet."""
        return self.filter(state=NegotiationState.AGREED, request__state__in=HELD)

    def silent(self, now: datetime) -> Self:
        """Live, and the time of whose turn it is is over."""
        return self.live().filter(clock.over("due_at", now))

    def with_seller(self) -> Self:
        return self.filter(state=NegotiationState.WITH_SELLER)

    def of_sending(self, request: Any) -> Self:
        """Those of the request as it was last sent."""
        return self.filter(request=request, sent_at=request.submitted_at)

    def with_rounds(self) -> Self:
        return self.select_related("seller").prefetch_related("rounds__prices")

    def with_people(self) -> Self:
        """As `with_rounds`, and who offered what."""
        return self.with_rounds().prefetch_related("rounds__actor")
