"""Reads of deposits, and of the tax lines that are still to be deposited."""

from datetime import datetime
from typing import Any, Self

from django.db.models import BigIntegerField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from epeken.core.models import LockingQuerySet
from orders.billing.states import InvoiceState, TaxKind
from orders.billing.taxes import PLATFORM_PPN


class TaxDepositQuerySet(LockingQuerySet):
    def live(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def late(self) -> Self:
        """Deposited after their last day."""
        return self.live().filter(deposited_on__gt=F("due_on"))


class DepositedTaxQuerySet(LockingQuerySet):
    def live(self, as_of: datetime | None = None) -> Self:
        """Those that stood then (now, when None)."""
        if as_of is None:
            return self.filter(withdrawn_at__isnull=True)
        stood = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=as_of)
        return self.filter(stood, recorded_at__lte=as_of)


def withheld(**of: Any) -> QuerySet[Any]:
    """Tax lines in force of paid bills of departments whose treasurer deposits them: with `paid_on` (the day of the
    bill's last payment), `deposited` and `left`, both whole rupiah. What a platform collects it deposits itself; of
    what a card paid the line says nothing is collected."""
    from orders.billing.models import Payment, TaxLine
    from orders.tax_deposits.models import DepositedTax

    bill = OuterRef("invoice")
    later = TaxLine.objects.filter(invoice=bill, kind=OuterRef("kind"), pk__gt=OuterRef("pk"))
    by_platform = TaxLine.objects.filter(invoice=bill, kind=TaxKind.PPN, rule__code=PLATFORM_PPN)
    last = Payment.objects.standing().filter(invoice=bill).order_by("-paid_on", "-pk")
    made = DepositedTax.objects.live().filter(invoice=bill, kind=OuterRef("kind")).order_by().values("invoice")
    return (
        TaxLine.objects.filter(~Exists(later), ~Exists(by_platform), **of)
        .filter(invoice__state=InvoiceState.PAID, invoice__order__agency__isnull=False)
        .annotate(
            paid_on=Subquery(last.values("paid_on")[:1]),
            deposited=Coalesce(
                Subquery(made.values(sum=Sum("amount")).values("sum")), Value(0), output_field=BigIntegerField()
            ),
        )
        .filter(paid_on__isnull=False)
        .annotate(left=ExpressionWrapper(F("amount") - F("deposited"), output_field=BigIntegerField()))
        .order_by("paid_on", "pk")
    )


def to_deposit(**of: Any) -> QuerySet[Any]:
    """Of `withheld`, what is not deposited yet, in whole or in part."""
    return withheld(**of).filter(left__gt=0)


def over_deposited(**of: Any) -> QuerySet[Any]:
    """Of `withheld`, where more was deposited than is withheld since the tax was corrected."""
    return withheld(**of).filter(left__lt=0)


def bills_to_deposit(**of: Any) -> QuerySet[Any]:
    """Paid bills of which tax was withheld to be deposited by the treasurer, with `is_deposited`."""
    from orders.billing.models import Invoice

    lines = withheld(invoice=OuterRef("pk"), amount__gt=0)
    return (
        Invoice.objects.filter(**of, state=InvoiceState.PAID)
        .filter(Exists(lines))
        .annotate(is_deposited=~Exists(lines.filter(left__gt=0)))
        .order_by("pk")
    )
