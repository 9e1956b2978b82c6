"""Shape and text of a waiver."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import DayFormField, HouseForm
from umkm.requirements.models import Requirement


class RequirementWaiverForm(HouseForm):
    requirement = forms.ModelChoiceField(
        label=_("Syarat"), queryset=Requirement.objects.none(), empty_label=_("Pilih syarat")
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        help_text=_("Penjual membaca kalimat ini."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )
    until = DayFormField(label=_("Hari terakhir"))

    def __init__(self, *args: Any, offered: list[int], first: date, last: date, **kwargs: Any) -> None:
        """`offered`: pks of the requirements the shop may be excused from now, from `first` to `last`."""
        super().__init__(*args, **kwargs)
        self.offers_any = bool(offered)
        rows = Requirement.objects.filter(pk__in=offered).select_related("category")
        self.fields["requirement"].queryset = rows  # type: ignore[attr-defined]
        self.fields["requirement"].label_from_instance = lambda row: row.label  # type: ignore[attr-defined]
        self.fields["until"].widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}
