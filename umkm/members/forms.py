"""Whom an owner invites."""

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import HouseForm, LineField
from epeken.users.logins import LONGEST


class InvitationForm(HouseForm):
    address = LineField(
        label=_("Surel atau nomor ponsel orang yang akan membantu"),
        max_length=LONGEST,
        help_text=_("Ia masuk dengan surel atau nomor ini, lalu menerima undangannya sendiri."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
