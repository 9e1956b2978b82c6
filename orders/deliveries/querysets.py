"""Reads of orders, deliveries, invoices, disputes: through what the person may see."""

from typing import Self

from orders.deliveries.states import DeliveryState
from orders.orders.querysets import OfOrderQuerySet


class DeliveryQuerySet(OfOrderQuerySet):
    def arrived(self) -> Self:
        return self.filter(state=DeliveryState.ARRIVED)
