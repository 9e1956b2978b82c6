"""Reads of invoices, through what a person may see."""

from datetime import datetime
from typing import Any, Self

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet, Value

from epeken.core.clock import over
from orders.billing.states import CommitmentState, InvoiceState
from orders.orders.querysets import OfOrderQuerySet
from orders.reversals.states import STANDING, ReversalState


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

    def undisputed(self) -> Self:
        """Of orders without an undecided dispute: those one waits for the other side, not for the treasurer."""
        return self.exclude(order__disputes__in=self._undecided())

    def settled_goods(self) -> Self:
        """Without those whose goods come again: they are paid afterwards."""
        return self.exclude(delivery__remedies__in=self._awaited())

    def late(self, now: datetime) -> Self:
        """Waiting for their treasurer past their last day; a dispute stops the clock, and goods that come again."""
        return self.payable().undisputed().settled_goods().filter(over("due_at", now))

    def with_reversed(self) -> Self:
        """Those with a payment that was reversed, or is asked to be."""
        return self.filter(Exists(self._reversals().filter(payment__invoice=OuterRef("pk"), state__in=STANDING)))

    def disputed(self) -> Self:
        return self.filter(order__disputes__in=self._undecided())

    def with_list(self) -> Self:
        """What a row of the treasurer's list reads; adds `is_disputed`, and `is_awaited` (goods come again first)."""
        disputed = self._undecided().filter(order=OuterRef("order"))
        return self.select_related("order__seller", "order__agency").annotate(
            is_disputed=Exists(disputed), is_awaited=Exists(self._awaited().filter(delivery=OuterRef("delivery")))
        )

    @staticmethod
    def _awaited() -> QuerySet[Any]:
        from orders.remedies.models import Remedy

        return Remedy.objects.awaited()

    @staticmethod
    def _reversals() -> QuerySet[Any]:
        from orders.reversals.models import PaymentReversal

        return PaymentReversal.objects.all()

    @staticmethod
    def _undecided() -> QuerySet[Any]:
        from orders.disputes.models import Dispute

        return Dispute.objects.undecided()


class PaymentQuerySet(QuerySet[Any]):
    def standing(self) -> Self:
        """Those that count: recorded and not reversed."""
        return self.exclude(reversals__state=ReversalState.RELEASED)

    def with_reversal(self) -> Self:
        """With what `Payment.reversal` tells, in the same statement."""
        stands = FilteredRelation("reversals", condition=Q(reversals__state__in=STANDING))
        # Joined to nothing, the relation leaves no mark on the row: `is_reversal_read` says that it was asked.
        return self.annotate(standing_reversal=stands, is_reversal_read=Value(True)).select_related(
            "recorded_by", "standing_reversal", "standing_reversal__asked_by"
        )
