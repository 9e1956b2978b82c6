"""Closing an order; filters of the lists."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import DayFormField, FilterForm, HouseForm, LineField


class CloseForm(HouseForm):
    note = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        help_text=_("Pihak lain membaca alasan ini."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )


class OrderFilter(FilterForm):
    """GET filters: stage of the order, words in number, title or shop, month of placing."""

    tahap = forms.ChoiceField(label=_("Tahap"), required=False)
    q = LineField(label=_("Cari nomor, nama, atau toko"), max_length=80, required=False)
    sejak = DayFormField(label=_("Dipesan sejak"), required=False)
    sampai = DayFormField(label=_("Sampai"), required=False)

    def __init__(self, *args: Any, stages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tahap"].choices = stages  # type: ignore[attr-defined]
