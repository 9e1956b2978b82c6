"""A tax paper as the seller types it, and what a verifier says of it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.web.forms import DayFormField, KeyedForm, LineField, PaperFormField
from umkm.tax_papers.states import TaxPaperKind
from umkm.verification.forms import NoteForm


class TaxPaperForm(KeyedForm):
    kind = forms.ChoiceField(label=_("Surat apa?"), choices=TaxPaperKind, widget=forms.RadioSelect)
    number = LineField(label=_("Nomor surat"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    issued_on = DayFormField(label=_("Tanggal surat"))
    valid_from = DayFormField(label=_("Berlaku sejak"))
    valid_until = DayFormField(
        label=_("Berlaku sampai"),
        required=False,
        help_text=_("Wajib untuk surat keterangan PP 55. Surat pernyataan omzet: kosong berarti sampai akhir tahun."),
    )
    file = PaperFormField(label=pgettext_lazy("satu", "Berkas"))


class PaperEndForm(NoteForm):
    last_day = DayFormField(label=_("Hari terakhir surat ini dipakai"))
    field_order = ("last_day", "reason")
