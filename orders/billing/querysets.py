"""Reads of commitments and invoices: through what the person may see."""

from typing import Self

from orders.billing.states import CommitmentState, InvoiceState
from orders.orders.querysets import OfOrderQuerySet


class CommitmentQuerySet(OfOrderQuerySet):
    def live(self) -> Self:
        """What is still bound or owed."""
        return self.filter(state__in=[CommitmentState.COMMITTED, CommitmentState.PENDING])


class InvoiceQuerySet(OfOrderQuerySet):
    def live(self) -> Self:
        return self.exclude(state=InvoiceState.VOID)

    def unpaid(self) -> Self:
        return self.filter(state__in=[InvoiceState.ISSUED, InvoiceState.VERIFIED])

    def payable(self) -> Self:
        """Invoices of departments that wait for their treasurer."""
        return self.unpaid().filter(order__agency__isnull=False)
