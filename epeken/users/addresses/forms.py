"""An address as it is typed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.editing import EditForm
from epeken.core.web.forms import LineField, PhoneFormField
from epeken.core.web.wards import WardField


class AddressForm(EditForm):
    label = LineField(label=_("Nama alamat"), max_length=40, help_text=_("Misalnya rumah, kantor, atau rumah Ibu."))
    recipient = LineField(
        label=_("Nama penerima"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = PhoneFormField(help_text=_("Penjual menelepon nomor ini bila perlu, misalnya 0812 3456 7890."))
    street = LineField(
        label=_("Alamat"),
        max_length=200,
        help_text=_("Nama jalan, nomor, RT/RW."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    kelurahan = WardField(label=_("Kelurahan"))
