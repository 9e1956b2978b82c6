"""Reads of compensations and of what was paid for them."""

from datetime import datetime
from typing import Self

from django.db.models import BooleanField, ExpressionWrapper, Prefetch, Q

from epeken.core.clock import over
from epeken.core.models import LockingQuerySet
from orders.billing.querysets import PaymentQuerySet
from orders.compensations.states import CompensationState
from orders.reversals.querysets import ReversalQuerySet


class CompensationQuerySet(LockingQuerySet):
    def to_pay(self) -> Self:
        """The treasurer pays, or records anew what was sent."""
        return self.filter(state=CompensationState.CHARGED)

    def unpaid(self) -> Self:
        return self.exclude(state=CompensationState.PAID)

    def late(self, now: datetime) -> Self:
        return self.unpaid().filter(over("due_at", now))

    def with_late(self, now: datetime) -> Self:
        """Adds `is_late`."""
        return self.annotate(is_late=ExpressionWrapper(Q(over("due_at", now)), BooleanField()))

    def with_page(self) -> Self:
        """What a row of a list or its page reads."""
        from orders.compensations.models import CompensationPayment

        payments = CompensationPayment.objects.with_reversal().select_related("line")
        return self.select_related(
            "cancellation", "order__seller", "order__agency", "order__request", "line__account", "agreed_by",
            "charged_by",
        ).prefetch_related(Prefetch("payments", payments.order_by("pk")))  # fmt: skip


class CompensationPaymentQuerySet(PaymentQuerySet):
    of_order = "compensation__order"


class CompensationReversalQuerySet(ReversalQuerySet):
    of_order = "payment__compensation__order"
