"""Reads of disputes, through what a person may see."""

from typing import Self

from django.db.models import Q

from orders.disputes.states import DisputeState
from orders.orders.querysets import OfOrderQuerySet

UNDECIDED = ~Q(state=DisputeState.DECIDED)


class DisputeQuerySet(OfOrderQuerySet):
    def undecided(self) -> Self:
        return self.filter(UNDECIDED)
