"""Reads of what sellers owe by decisions, through what a person may see."""

from datetime import datetime
from typing import Any, Self

from django.db.models import F, Q, QuerySet

from epeken.core.clock import over
from orders.orders.querysets import OfOrderQuerySet
from orders.remedies.states import DONE, FALLEN, OPEN, TO_DO, RemedyKind, RemedyState


class RemedyQuerySet(OfOrderQuerySet):
    def standing(self) -> Self:
        """Decided and not fallen away."""
        return self.exclude(state__in=FALLEN)

    def deductions(self) -> Self:
        return self.filter(kind=RemedyKind.DEDUCTION)

    def pending_deductions(self) -> Self:
        """Decided before there is an invoice to lower."""
        return self.deductions().filter(state=RemedyState.OWED)

    def replacements(self) -> Self:
        return self.filter(kind=RemedyKind.REPLACEMENT)

    def awaited(self) -> Self:
        """Goods that are to come again and have no result."""
        return self.replacements().filter(state__in=OPEN)

    def of_invoice(self, invoice: Any) -> Self:
        """About the goods it bears: of its delivery, or of the one its goods came in place of."""
        return self.filter(Q(delivery=invoice.delivery_id) | Q(delivery__in=self._replaced(invoice)))

    def holding_payment(self) -> Self:
        """Those in place of goods that an invoice bears: it is paid when they have a result."""
        return self.awaited().filter(quantity__gt=F("refused") + F("came"))

    def to_fulfil(self) -> Self:
        """Whose seller has to bring goods or return money (`next_step.is_to_fulfil`)."""
        return self.exclude(kind=RemedyKind.DEDUCTION).filter(state__in=TO_DO)

    def refunds(self) -> Self:
        return self.filter(kind=RemedyKind.REFUND)

    def returned(self) -> Self:
        """Money the seller says was given back, and nobody contests."""
        return self.refunds().filter(state__in=(RemedyState.RECORDED, *DONE))

    def unheard(self, now: datetime) -> Self:
        """Contested, and not ruled on by the time at which others are told, or at which it ends. An undecided dispute
        stops that clock too."""
        return self.undisputed().filter(over("climbs_at", now), state=RemedyState.CONTESTED)

    @staticmethod
    def _replaced(invoice: Any) -> QuerySet[Any]:
        from orders.deliveries.models import Delivery

        return Delivery.objects.filter(pk=invoice.delivery_id, remedy__isnull=False).values("remedy__delivery")
