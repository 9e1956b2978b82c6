"""Reads of deliveries, through what a person may see."""

from typing import Self

from orders.deliveries.states import DeliveryState
from orders.orders.querysets import OfOrderQuerySet


class DeliveryQuerySet(OfOrderQuerySet):
    def arrived(self) -> Self:
        return self.filter(state=DeliveryState.ARRIVED)
