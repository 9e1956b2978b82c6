"""What a seller types of a tax invoice."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.web.forms import DayFormField, HouseForm, LineField, PaperFormField, RupiahFormField


class TaxInvoiceForm(HouseForm):
    number = LineField(
        label=_("Kode dan nomor seri faktur pajak"),
        max_length=30,
        help_text=_("Salin dari Coretax; titik dan garis boleh ikut."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    dated_on = DayFormField(label=_("Tanggal faktur"))
    ppn = RupiahFormField(label=_("PPN di faktur"), min_value=1)
    file = PaperFormField(label=pgettext_lazy("satu", "Berkas"))
