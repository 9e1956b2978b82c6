"""Reads of the steps taken for late invoices."""

from datetime import date, datetime
from typing import Any, Self

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from epeken.users.models import User
from orders.billing.models import Invoice
from orders.orders.models import Order


class LateStepQuerySet(QuerySet[Any]):
    def visible_to(self, user: User, day: date) -> Self:
        """Both sides of the order, the inspectorate, and who looks after late invoices in the city hall."""
        from orders.ladder.policies import can_follow

        if can_follow(user):
            return self
        return self.filter(invoice__order__in=Order.objects.visible_to(user, day))

    def last_of_late(self, now: datetime) -> Self:
        """Of each invoice that is still late the last step."""
        later = self.model._default_manager.filter(
            delivery=OuterRef("delivery"), waits_since=OuterRef("waits_since"), pk__gt=OuterRef("pk")
        )
        late = Invoice.objects.late(now).alias(wait=Coalesce("reversed_at", "delivery__accepted_at"))
        late = late.filter(delivery=OuterRef("delivery"), wait=OuterRef("waits_since"))
        return self.filter(Exists(late), ~Exists(later))


def _wait() -> Coalesce:
    """Since when an invoice waits to be paid: its BAST, or the reversal of its payment."""
    return Coalesce(OuterRef("reversed_at"), OuterRef("delivery__accepted_at"))


def last_level() -> Subquery:
    """Of invoices, for their lists: before whom each was brought last."""
    from orders.ladder.models import LateStep

    steps = LateStep.objects.filter(delivery=OuterRef("delivery"), waits_since=_wait())
    return Subquery(steps.order_by("-pk").values("level")[:1])
