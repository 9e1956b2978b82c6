"""Reads of reversals."""

from typing import Self

from django.db.models import Q

from epeken.core.models import LockingQuerySet
from orders.reversals.states import MISRECORDED, ReversalReason, ReversalState


class ReversalQuerySet(LockingQuerySet):
    """`of_order`: the foreign keys to the order whose payment it is."""

    of_order = "payment__invoice__order"

    def waiting(self) -> Self:
        """The head has to decide."""
        return self.filter(state=ReversalState.ASKED)

    def released(self) -> Self:
        return self.filter(state=ReversalState.RELEASED)

    def corrections(self) -> Self:
        """Released, and the money was sent all the same: only the record was wrong (`Reversal.is_misrecorded`)."""
        unknown = Q(reason=ReversalReason.AMOUNT, sent_amount__isnull=True)
        return self.released().filter(reason__in=MISRECORDED).exclude(unknown)

    def with_page(self) -> Self:
        """What a row of a list reads."""
        of_order = self.of_order
        return self.select_related("asked_by", "payment__recorded_by", f"{of_order}__seller", f"{of_order}__agency")
