"""Shape and text of a sanction and of its end."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import HouseForm
from umkm.sanctions.states import SanctionLevel, SanctionReason


class SanctionForm(HouseForm):
    level = forms.ChoiceField(label=_("Sanksi"))
    reason = forms.ChoiceField(label=_("Alasan"), choices=[("", _("Pilih alasan")), *SanctionReason.choices])
    note = forms.CharField(
        label=_("Penjelasan untuk penjual"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )

    def __init__(self, *args: Any, levels: Sequence[SanctionLevel], **kwargs: Any) -> None:
        """`levels`: those that may be given to the shop now."""
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [(level.value, level.label) for level in levels]  # type: ignore[attr-defined]


class LiftForm(HouseForm):
    prefix = "cabut"
    note = forms.CharField(
        label=_("Mengapa dicabut"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )
