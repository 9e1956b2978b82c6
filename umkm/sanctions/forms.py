"""Shape and text of a sanction and of its end."""

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import HouseForm
from umkm.sanctions.states import SanctionLevel, SanctionReason


class SanctionForm(HouseForm):
    level = forms.ChoiceField(label=_("Sanksi"), choices=SanctionLevel.choices)
    reason = forms.ChoiceField(label=_("Alasan"), choices=[("", _("Pilih alasan")), *SanctionReason.choices])
    note = forms.CharField(
        label=_("Penjelasan untuk penjual"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )


class LiftForm(HouseForm):
    prefix = "cabut"
    note = forms.CharField(
        label=_("Mengapa dicabut"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )
