"""The tax invoice (faktur pajak) a PKP brings for one bill."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.models import AppendOnly
from epeken.core.money import RupiahField
from orders.billing.models import Invoice
from orders.documents.models import Attachment
from orders.tax_invoices import querysets


class TaxInvoice(AppendOnly):
    """Number and day of a tax invoice whose copy is an attachment; taken out of the file with it. One brought later
    takes the place of an earlier one."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="tax_invoices", verbose_name=_("tagihan"))
    attachment = models.OneToOneField(
        Attachment, models.PROTECT, related_name="tax_invoice", verbose_name=_("lampiran")
    )
    number = models.CharField(_("nomor seri faktur pajak"), max_length=20, db_index=True)
    dated_on = models.DateField(_("tanggal faktur"))
    ppn = RupiahField(_("PPN di faktur"), null=True)  # the bill's own; none of those brought before it was asked

    objects = querysets.TaxInvoiceQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        verbose_name = _("faktur pajak")
        verbose_name_plural = ngettext_lazy("faktur pajak", "faktur pajak", 2)

    def __str__(self) -> str:
        return self.number
