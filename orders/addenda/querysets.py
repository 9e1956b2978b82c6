"""Reads of addenda, through what a person may see."""

from typing import Self

from orders.addenda.states import AddendumState
from orders.disputes.states import UNDECIDED
from orders.orders.querysets import OfOrderQuerySet


class AddendumQuerySet(OfOrderQuerySet):
    def waiting(self) -> Self:
        """Somebody has to answer."""
        return self.filter(state=AddendumState.ASKED)

    def undisputed(self) -> Self:
        """Of orders without an undecided dispute, which keeps both sides from answering."""
        return self.exclude(order__disputes__state__in=UNDECIDED)

    def agreed(self) -> Self:
        return self.filter(state=AddendumState.AGREED)
