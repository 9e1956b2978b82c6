"""Filters of the list of warnings."""

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import FilterForm, LineField
from procurement.guards.states import GuardKind, Outcome


class FindingFilter(FilterForm):
    jenis = forms.ChoiceField(
        label=_("Peringatan"), choices=[("", _("Semua peringatan")), *GuardKind.choices], required=False
    )
    hasil = forms.ChoiceField(label=_("Hasil"), choices=[("", _("Semua hasil")), *Outcome.choices], required=False)
    q = LineField(label=_("Nomor permintaan"), max_length=20, required=False)
