"""Shape and text of a file put beside a request."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.web.forms import HouseForm, KeyedForm, LineField, PaperFormField
from procurement.attachments.states import RequestFileKind


class TakeOutForm(HouseForm):
    note = LineField(
        label=_("Sebab dikeluarkan"),
        max_length=200,
        help_text=_("Misalnya undangan rapat yang lain. Berkas dan sebabnya tetap terbaca oleh pemeriksa."),
    )


class RequestFileForm(KeyedForm):
    kind = forms.ChoiceField(label=_("Jenis"), choices=RequestFileKind.choices)
    title = LineField(
        label=_("Judul"), max_length=120, required=False, help_text=_("Misalnya undangan rapat 17 September.")
    )
    file = PaperFormField(label=pgettext_lazy("satu", "Berkas"))
