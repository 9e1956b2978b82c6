"""Reads of deliveries, through what a person may see."""

from typing import Self

from orders.deliveries.states import DeliveryState
from orders.orders.querysets import OfOrderQuerySet


class DeliveryQuerySet(OfOrderQuerySet):
    def arrived(self) -> Self:
        return self.filter(state=DeliveryState.ARRIVED)

    def not_recorded(self) -> Self:
        """Sent, and silent for so long that the head was told; without those a dispute stops."""
        from orders.disputes.policies import UNDECIDED

        sent = self.filter(state=DeliveryState.SHIPPED, escalations__gt=1)
        return sent.exclude(order__disputes__state__in=UNDECIDED)
