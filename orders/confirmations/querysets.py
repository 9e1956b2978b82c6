"""Reads of what sellers confirm."""

from datetime import datetime
from typing import Self

from django.db.models import OuterRef, Prefetch, Q, Subquery

from epeken.core.clock import over
from epeken.core.models import LockingQuerySet
from orders.confirmations.states import ConfirmationState
from orders.deliveries.models import DeliveryLine
from orders.disputes.models import Dispute
from orders.documents.models import Document
from orders.documents.states import DocumentKind


class ConfirmationQuerySet(LockingQuerySet):
    def waiting(self) -> Self:
        """The seller is asked."""
        return self.filter(state=ConfirmationState.WAITING)

    def undisputed(self) -> Self:
        """An undecided dispute of the order stops the clock."""
        return self.exclude(order__in=Dispute.objects.undecided().values("order"))

    def missing_money(self) -> Self:
        """Money that was recorded as sent and that the seller says did not come."""
        return self.filter(Q(payment__isnull=False), state=ConfirmationState.OBJECTED)

    def unanswered(self, now: datetime) -> Self:
        """Of those the ones whose treasurer did not answer in time, and that somebody is still to be told of."""
        return self.missing_money().filter(over("climbs_at", now))

    def with_edition(self) -> Self:
        """Adds `edition`: primary key of the document in force that the seller confirms, the BAST or the kuitansi."""
        of_order = Document.objects.filter(order=OuterRef("order"), replaced_at__isnull=True)
        found = of_order.filter(
            Q(kind=DocumentKind.BAST, delivery=OuterRef("delivery"))
            | Q(kind=DocumentKind.KUITANSI, invoice=OuterRef("payment__invoice"))
        )
        return self.annotate(edition=Subquery(found.values("pk")[:1]))

    def with_goods(self) -> Self:
        """What was accepted of the delivery that is confirmed, or that the confirmed payment is for, with what was
        decided about goods of the order."""
        lines = DeliveryLine.objects.select_related("order_line")
        found = self.select_related("payment__invoice__delivery")
        return found.prefetch_related(
            Prefetch("delivery__lines", lines), Prefetch("payment__invoice__delivery__lines", lines), "order__remedies"
        )

    def with_page(self) -> Self:
        """What a row of a list reads."""
        return self.select_related("order__seller", "order__agency", "delivery", "payment__invoice")
