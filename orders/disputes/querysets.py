"""Reads of orders, deliveries, invoices, disputes: through what the person may see."""

from typing import Self

from orders.disputes.states import DisputeState
from orders.orders.querysets import OfOrderQuerySet


class DisputeQuerySet(OfOrderQuerySet):
    def undecided(self) -> Self:
        return self.exclude(state=DisputeState.DECIDED)
