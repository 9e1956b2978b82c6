"""Reads of cancellations, through what a person may see."""

from typing import Self

from django.db.models import Q

from orders.cancellations.states import WAITING, CancellationState
from orders.orders.querysets import OfOrderQuerySet

UNANSWERED = Q(state__in=WAITING)


class CancellationQuerySet(OfOrderQuerySet):
    def waiting(self) -> Self:
        """Somebody has to answer."""
        return self.filter(UNANSWERED)

    def claimed(self) -> Self:
        return self.filter(state=CancellationState.CLAIMED)
