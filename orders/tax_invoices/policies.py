"""Which bill wants a tax invoice, and which has one."""

from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core.i18n.times import full_date
from epeken.core.i18n.words import rupiah
from orders.billing import taxes
from orders.billing.models import Invoice
from orders.billing.states import InvoiceState, TaxKind
from orders.tax_invoices.models import TaxInvoice


def is_wanted(invoice: Invoice) -> bool:
    """PPN is collected of it: only then is there a tax invoice to be handed to who collects."""
    return taxes.is_ppn_collected(taxes.in_force(invoice.tax_lines.all()))


def is_by_platform(invoice: Invoice) -> bool:
    """Its taxes are collected by who runs the marketplace: by the regime of its day, not of its tax invoice's."""
    return taxes.is_by_platform(taxes.in_force(invoice.tax_lines.select_related("rule")))


def ppn_of(invoice: Invoice) -> int:
    """What of it is collected, whole rupiah: that sum its tax invoice states."""
    return sum(line.amount for line in taxes.in_force(invoice.tax_lines.all()) if line.kind == TaxKind.PPN)


def of_invoice(invoice: Invoice, as_of: datetime | None = None) -> TaxInvoice | None:
    """The one in the file then (now, when None)."""
    return TaxInvoice.objects.live(as_of).filter(invoice=invoice).select_related("attachment").last()


def words(invoice: Invoice) -> str:
    """For the treasurer: number and day of the one in the file, and what does not fit; "" without one."""
    found = of_invoice(invoice)
    if found is None:
        return ""
    said = _("%(number)s tanggal %(day)s") % {"number": found.number, "day": full_date(found.dated_on)}
    ppn = {"ppn": rupiah(ppn_of(invoice))}
    if found.ppn is None:  # brought before its sum was asked for
        return said + ". " + _("PPN tagihan ini %(ppn)s, harus sama dengan di fakturnya") % ppn
    return said + ". " + _("PPN di tagihan dan menurut penjual di fakturnya %(ppn)s, cocokkan dengan fakturnya") % ppn


def may_bring(invoice: Invoice, *, is_seller: bool, has_one: bool) -> bool:
    """`bring_tax_invoice` would take one."""
    return is_seller and invoice.state != InvoiceState.VOID and (not has_one or invoice.state == InvoiceState.ISSUED)
