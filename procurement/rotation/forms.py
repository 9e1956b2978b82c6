"""What a draw is asked for: the public value, or why it is called off."""

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import HouseForm, LineField
from procurement.rotation.states import DrawCancelReason

GIVEN = [reason for reason in DrawCancelReason if reason != DrawCancelReason.WITHDRAWN]


class PublicValueForm(HouseForm):
    public_value = LineField(
        label=_("Nilai publik"), max_length=30, help_text=_("Angkanya seperti diterbitkan, misalnya 7.123,45.")
    )


class DrawCancelForm(HouseForm):
    reason = forms.ChoiceField(label=_("Alasan batal"), choices=[("", ""), *((one.value, one.label) for one in GIVEN)])
