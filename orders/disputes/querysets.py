"""Reads of disputes, through what a person may see."""

from datetime import datetime
from typing import Self

from django.db.models import Q

from epeken.core.clock import over
from orders.disputes.states import DisputeState
from orders.orders.querysets import OfOrderQuerySet

UNDECIDED = ~Q(state=DisputeState.DECIDED)
FOR_CITY = Q(state=DisputeState.ANSWERED) | Q(state=DisputeState.OPENED, unanswered_at__isnull=False)


class DisputeQuerySet(OfOrderQuerySet):
    def undecided(self) -> Self:
        return self.filter(UNDECIDED)

    def for_city(self) -> Self:
        """Undecided, and for the city's officer to decide (`Dispute.is_for_city`)."""
        return self.filter(FOR_CITY)

    def unanswered(self, now: datetime) -> Self:
        """Whose time to be answered is over, and which did not pass to the city yet."""
        return self.filter(over("due_at", now), state=DisputeState.OPENED, unanswered_at__isnull=True)
