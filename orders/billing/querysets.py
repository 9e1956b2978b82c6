"""Reads of orders, deliveries, invoices, disputes: through what the person may see."""

from typing import Self

from orders.billing.states import InvoiceState
from orders.orders.querysets import OfOrderQuerySet


class InvoiceQuerySet(OfOrderQuerySet):
    def payable(self) -> Self:
        """Invoices of departments that wait for their treasurer."""
        return self.filter(state__in=[InvoiceState.BILLED, InvoiceState.VERIFIED])
