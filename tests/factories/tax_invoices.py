"""Tax invoices of sellers, through the service."""

from datetime import datetime
from typing import Any

from epeken.core.clock import local_date
from orders.billing.models import Invoice
from orders.tax_invoices import policies, services
from orders.tax_invoices.models import TaxInvoice
from tests.kept_steps import kept
from tests.umkm.pictures import photo


def number_of(invoice: Invoice, year: int = 2026) -> str:
    """Seventeen digits as they are since 2025; the same for the same number of the invoice. `year`: of its date."""
    return f"0200{year % 100:02d}00{invoice.number[-6:]:0>9}"


@kept
def brought(invoice: Invoice, now: datetime, **over: Any) -> TaxInvoice:
    seller = invoice.order.seller
    dated_on = local_date(now)
    given: dict[str, Any] = {
        "actor": seller.members.filter(until__isnull=True).earliest("pk").user, "invoice": invoice,
        "number": number_of(invoice, dated_on.year), "dated_on": dated_on, "now": now,
        "ppn": policies.ppn_of(invoice), "file": photo(int(invoice.number[-6:]) % 50 + 100), **over,
    }  # fmt: skip
    return services.bring_tax_invoice(**given)


@kept
def bring_if_wanted(invoice: Invoice, now: datetime) -> None:
    if policies.is_wanted(invoice) and policies.of_invoice(invoice) is None:
        brought(invoice, now)
