"""Reads of reversals."""

from typing import Self

from epeken.core.models import LockingQuerySet
from orders.reversals.states import ReversalState


class ReversalQuerySet(LockingQuerySet):
    def waiting(self) -> Self:
        """The head has to decide."""
        return self.filter(state=ReversalState.ASKED)

    def released(self) -> Self:
        return self.filter(state=ReversalState.RELEASED)

    def with_page(self) -> Self:
        """What a row of a list reads."""
        of_order = "payment__invoice__order"
        return self.select_related("asked_by", "payment__recorded_by", f"{of_order}__seller", f"{of_order}__agency")
