"""Reads of tax invoices, and of the bills that want one."""

from datetime import datetime
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q, Subquery

from epeken.core.models import LockingQuerySet
from orders.billing.states import InvoiceState, TaxKind


class TaxInvoiceQuerySet(LockingQuerySet):
    def live(self, as_of: datetime | None = None) -> Self:
        """In the file then (now, when None): brought, and not taken out of it."""
        if as_of is None:
            return self.filter(attachment__removed_at__isnull=True)
        there = Q(attachment__removed_at__isnull=True) | Q(attachment__removed_at__gt=as_of)
        return self.filter(there, attachment__uploaded_at__lte=as_of)


def bills_with_ppn(**of: Any) -> Any:
    """Bills in force of which PPN is collected, with `has_tax_invoice`."""
    from orders.billing.models import Invoice, TaxLine
    from orders.tax_invoices.models import TaxInvoice

    ppn = TaxLine.objects.filter(invoice=OuterRef("pk"), kind=TaxKind.PPN).order_by("-pk").values("amount")[:1]
    live = TaxInvoice.objects.live().filter(invoice=OuterRef("pk"))
    return (
        Invoice.objects.filter(**of)
        .exclude(state=InvoiceState.VOID)
        .annotate(ppn=Subquery(ppn), has_tax_invoice=Exists(live))
        .filter(ppn__gt=0)
        .order_by("pk")
    )
