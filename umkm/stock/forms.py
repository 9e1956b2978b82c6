"""Shape and text of stock coming in and of counting it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import KeyedForm, LineField, QuantityFormField
from umkm.catalogue.forms import TEXT


class ReceiveForm(KeyedForm):
    quantity = QuantityFormField(label=_("Stok masuk"), min_value=0)


class CorrectForm(KeyedForm):
    counted = QuantityFormField(
        label=_("Hasil hitung di rak"),
        min_value=0,
        help_text=_("Hitung semua yang ada, juga yang sudah dipesan tetapi belum diserahkan."),
    )
    reason = LineField(label=_("Alasan"), max_length=40, widget=forms.TextInput(attrs=TEXT))
