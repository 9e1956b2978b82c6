"""Reads of bukti potong, of the withheld tax that has none yet, and of those that no longer say what is withheld."""

from datetime import datetime
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth

from epeken.core.models import LockingQuerySet
from orders.billing.states import InvoiceState
from orders.tax_deposits.querysets import withheld
from orders.tax_slips import rules


class TaxSlipQuerySet(LockingQuerySet):
    def live(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def outdated(self) -> Self:
        """A bill they cover is no longer paid, was paid in another month since, or its tax changed: the office corrects
        or cancels the bukti potong in the tax office's application."""
        from orders.tax_slips.models import TaxSlipLine

        covered = TaxSlipLine.objects.live().filter(slip=OuterRef("pk"))
        return self.live().filter(Exists(covered.exclude(Exists(_as_stated()))))


class TaxSlipLineQuerySet(LockingQuerySet):
    def live(self, as_of: datetime | None = None) -> Self:
        """Those that stood then (now, when None)."""
        if as_of is None:
            return self.filter(withdrawn_at__isnull=True)
        stood = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=as_of)
        return self.filter(stood, recorded_at__lte=as_of)


def _as_stated() -> QuerySet[Any]:
    """The tax line of a slip's line, where it is still withheld as the slip says, in its month."""
    found = withheld(pk=OuterRef("tax_line"), amount=OuterRef("amount"), base=OuterRef("base"))
    return found.annotate(paid_in=TruncMonth("paid_on")).filter(paid_in=OuterRef("slip__period"))


def to_slip(**of: Any) -> QuerySet[Any]:
    """Of `withheld`, income tax of which no live bukti potong speaks, whatever tax it says of the bill."""
    from orders.tax_slips.models import TaxSlipLine

    made = TaxSlipLine.objects.live().filter(invoice=OuterRef("invoice"), kind=OuterRef("kind"))
    return withheld(**of).filter(~Exists(made), kind__in=list(rules.OBJECTS), amount__gt=0)


def bills_to_slip(**of: Any) -> QuerySet[Any]:
    """Paid bills of which income tax was withheld, with `is_slipped`: a live bukti potong speaks of all of it."""
    from orders.billing.models import Invoice

    lines = withheld(invoice=OuterRef("pk"), amount__gt=0, kind__in=list(rules.OBJECTS))
    return (
        Invoice.objects.filter(**of, state=InvoiceState.PAID)
        .filter(Exists(lines))
        .annotate(is_slipped=~Exists(to_slip(invoice=OuterRef("pk"))))
        .order_by("pk")
    )
