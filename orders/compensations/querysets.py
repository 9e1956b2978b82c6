"""Reads of compensations."""

from typing import Self

from epeken.core.models import LockingQuerySet
from orders.compensations.states import CompensationState


class CompensationQuerySet(LockingQuerySet):
    def to_charge(self) -> Self:
        """The head names a budget line."""
        return self.filter(state=CompensationState.AGREED)

    def to_pay(self) -> Self:
        """The treasurer pays."""
        return self.filter(state=CompensationState.CHARGED)

    def with_page(self) -> Self:
        """What a row of a list or its page reads."""
        return self.select_related(
            "cancellation", "order__seller", "order__agency", "order__request", "line__account", "agreed_by",
            "charged_by", "paid_by",
        )  # fmt: skip
