"""The seller is told that a bill waits for its tax invoice."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import TEXT
from epeken.notifications.kinds import notice
from orders.billing.models import Invoice
from orders.orders.notices import sellers, tell
from orders.tax_invoices import policies

KINDS = {
    "invoice.tax_invoice_wanted": notice(
        _("Tagihan %(number)s menunggu faktur pajak Anda"),
        _("Tagihan ini dipungut PPN. Dinas membayar sesudah faktur pajaknya diunggah di halaman pesanan %(purchase)s."),
        number=TEXT,
        purchase=TEXT,
    ),
}


def ask(invoice: Invoice, now: datetime, *, about: str = "") -> None:
    """With the invoice, on the day of its BAST; nothing where no PPN is collected. `about`: as a request anew."""
    if invoice.withheld and policies.is_wanted(invoice):
        order = invoice.order
        said = {"number": invoice.number, "purchase": order.number}
        tell(sellers(order), order, "invoice.tax_invoice_wanted", now, about=about or invoice.pk, **said)
