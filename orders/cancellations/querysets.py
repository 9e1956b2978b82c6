"""Reads of cancellations, through what a person may see."""

from typing import Self

from django.db.models import Q

from orders.cancellations.states import CANCELLED, WAITING, CancellationState, CancelReason
from orders.orders.querysets import OfOrderQuerySet

UNANSWERED = Q(state__in=WAITING)
ENDED = Q(state__in=CANCELLED)
# What the buyer wished: not what a seller let pass without sending anything.
OF_BUYER = Q(by_seller=False) & ~Q(reason=CancelReason.NOT_SENT)


class CancellationQuerySet(OfOrderQuerySet):
    def waiting(self) -> Self:
        """Somebody has to answer."""
        return self.filter(UNANSWERED)

    def claimed(self) -> Self:
        return self.filter(state=CancellationState.CLAIMED)

    def by_buyer_after_acceptance(self) -> Self:
        """What a seller had accepted and the buyer cancelled, wholly or in part."""
        return self.filter(ENDED & OF_BUYER, was_accepted=True)
