"""What happens to invoices by themselves: they grow late, and somebody hears of it."""

from datetime import datetime

from epeken.core.services import service
from orders.billing import notices
from orders.billing.models import Invoice


@service
def remind_late(*, now: datetime) -> int:
    """Treasurer and head hear once of each invoice past its last day, through the outbox; a head appointed later
    hears of those still unpaid. Returns how many are late."""
    late = list(Invoice.objects.late(now).select_related("order__seller", "order__agency").order_by("pk"))
    for invoice in late:
        notices.invoice_late(invoice, now=now)
    return len(late)
