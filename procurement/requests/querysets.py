"""Reads of requests."""

from typing import Self

from epeken.users.models import User
from procurement.agencies.querysets import OfAgencyQuerySet
from procurement.requests.states import RequestState


class RequestQuerySet(OfAgencyQuerySet):
    def submitted(self) -> Self:
        return self.filter(state=RequestState.SUBMITTED)

    def approved(self) -> Self:
        return self.filter(state=RequestState.APPROVED)

    def live(self) -> Self:
        """Requests that hold budget as reserved."""
        return self.filter(state__in=[RequestState.SUBMITTED, RequestState.APPROVED])

    def with_desk(self) -> Self:
        return self.select_related("agency", "line", "line__account", "requester")

    def open_of(self, user: User) -> Self:
        """Drafts and sent-back requests of this requester, newest first: where goods from the shop windows go."""
        return self.filter(requester=user, state__in=[RequestState.DRAFT, RequestState.SENT_BACK]).order_by("-pk")
