"""Filters of budget lists."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import FilterForm, LineField
from procurement.budgets.states import EntryKind


class BudgetFilter(FilterForm):
    q = LineField(label=_("Cari"), max_length=60, required=False)
    tahun = forms.TypedChoiceField(label=_("Tahun"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tahun"].choices = [("", _("Semua tahun")), *((y, str(y)) for y in years)]  # type: ignore[attr-defined]


class EntryFilter(FilterForm):
    jenis = forms.ChoiceField(
        label=_("Jenis catatan"), choices=[("", _("Semua catatan")), *EntryKind.choices], required=False
    )
