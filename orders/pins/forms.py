"""The PIN as somebody types it on a phone in a yard."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import HouseForm, LineField, WholeFormField
from orders.pins.pins import DIGITS


class PinForm(HouseForm):
    pin = LineField(
        label=_("PIN penerima"),
        max_length=12,
        help_text=_("Enam angka. Penerima membacanya di halaman pesanannya."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 8}),
    )

    def clean_pin(self) -> str:
        """Spaces and dots between the groups do not count, and what is no PIN is no try."""
        typed = re.sub(r"[\s.-]", "", self.cleaned_data["pin"])
        if not re.fullmatch(rf"[0-9]{{{DIGITS}}}", typed):
            raise forms.ValidationError(_("PIN terdiri atas enam angka."), code="pin_shape")
        return typed


class RenewForm(HouseForm):
    turn = WholeFormField(min_value=0, widget=forms.HiddenInput)
