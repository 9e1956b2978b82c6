"""Reads of disputes, through what a person may see."""

from datetime import datetime
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q, QuerySet

from epeken.core.clock import over
from orders.disputes import states
from orders.disputes.states import DisputeOutcome, DisputeState
from orders.orders.querysets import OfOrderQuerySet
from orders.remedies.states import CITY

UNDECIDED = Q(state__in=states.UNDECIDED)
FOR_CITY = Q(state=DisputeState.ANSWERED) | Q(state=DisputeState.OPENED, unanswered_at__isnull=False)


class DisputeQuerySet(OfOrderQuerySet):
    def undecided(self) -> Self:
        return self.filter(UNDECIDED)

    def for_city(self) -> Self:
        """Undecided, and for the city's officer to decide (`Dispute.is_for_city`)."""
        return self.filter(FOR_CITY)

    def undecided_late(self, now: datetime) -> Self:
        """Whose time to be decided by the city is over."""
        return self.for_city().filter(over("decide_due_at", now))

    def unanswered(self, now: datetime) -> Self:
        """Whose time to be answered is over, and which did not pass to the city yet."""
        return self.filter(over("due_at", now), state=DisputeState.OPENED, unanswered_at__isnull=True)

    def came_to_nothing(self) -> Self:
        """Complaints of departments that ended without a result and without a decision of the city: its own people
        ended them, or nobody decided in time."""
        ended = self.filter(state__in=(DisputeState.DECIDED, DisputeState.LAPSED), outcome=DisputeOutcome.NOTHING)
        own = ended.filter(opened_by_seller=False, order__agency__isnull=False)
        return own.filter(~Exists(self._events().filter(dispute=OuterRef("pk"), action="decide", acted_as=CITY)))

    def unheard(self, now: datetime) -> Self:
        """Not decided by the time at which others are told, or at which it ends."""
        return self.for_city().filter(over("climbs_at", now))

    @staticmethod
    def _events() -> QuerySet[Any]:
        from orders.disputes.models import DisputeEvent

        return DisputeEvent.objects.all()
