"""Whom an owner invites."""

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import HouseForm


class InvitationForm(HouseForm):
    email = forms.EmailField(
        label=_("Surel orang yang akan membantu"),
        help_text=_("Ia masuk dengan surel ini, lalu menerima undangannya sendiri."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
