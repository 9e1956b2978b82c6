"""Reads of addenda, through what a person may see."""

from typing import Self

from orders.addenda.states import AddendumState
from orders.orders.querysets import OfOrderQuerySet


class AddendumQuerySet(OfOrderQuerySet):
    def waiting(self) -> Self:
        """Somebody has to answer."""
        return self.filter(state=AddendumState.ASKED)

    def agreed(self) -> Self:
        return self.filter(state=AddendumState.AGREED)
