"""Reads of disputes, through what a person may see."""

from typing import Self

from orders.disputes.states import DisputeState
from orders.orders.querysets import OfOrderQuerySet


class DisputeQuerySet(OfOrderQuerySet):
    def undecided(self) -> Self:
        return self.exclude(state=DisputeState.DECIDED)
