"""Dates of orders."""

from typing import Self

from django.db.models import Exists, F, OuterRef, QuerySet


class DueDayQuerySet(QuerySet):
    def still_open(self) -> Self:
        """Something of it is still to be sent (`DueDay.is_open`)."""
        from orders.schedules.models import DueAmount

        unsent = DueAmount.objects.filter(day=OuterRef("pk"), quantity__gt=F("sent_quantity"))
        return self.filter(Exists(unsent), missed_at__isnull=True, dropped_at__isnull=True)
