"""The file of a decree and its confirmation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import DayFormField, HouseForm, LineField, TableFormField
from epeken.core.web.signed_rows import SignedRowsForm
from umkm.price_standards.imports import WantedPrice


class PriceFileForm(HouseForm):
    decree = LineField(label=_("Nomor keputusan"), max_length=60)
    decree_on = DayFormField(label=_("Tanggal keputusan"))
    valid_from = DayFormField(label=_("Berlaku sejak"))
    file = TableFormField(label=_("Berkas XLSX atau CSV"))


class ConfirmPricesForm(SignedRowsForm):
    salt = "umkm.price_standards.import"
    row = WantedPrice

    decree = LineField(max_length=60, widget=forms.HiddenInput)
    decree_on = DayFormField(widget=forms.HiddenInput)
    valid_from = DayFormField(widget=forms.HiddenInput)
