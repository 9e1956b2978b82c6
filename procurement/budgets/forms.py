"""Filters of budget lists; the budget file and its confirmation."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from epeken.core import clock
from epeken.core.web.forms import DayFormField, FilterForm, HouseForm, LineField, TableFormField
from epeken.core.web.signed_rows import SignedRowsForm
from procurement.budgets import ceilings
from procurement.budgets.ceilings import WantedLine
from procurement.budgets.states import EntryKind


class BudgetFilter(FilterForm):
    q = LineField(label=_("Cari"), max_length=60, required=False)
    tahun = forms.TypedChoiceField(label=_("Tahun"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, years: list[int], usual: int | None, **kwargs: Any) -> None:
        """`usual`: the year shown when none is asked for."""
        super().__init__(*args, **kwargs)
        self.usual = usual
        self.fields["tahun"].choices = [("", _("Semua tahun")), *((y, str(y)) for y in years)]  # type: ignore[attr-defined]

    @property
    def active(self) -> int:
        chosen = self.read()
        return bool(chosen.get("q")) + (chosen.get("tahun") != self.usual)


class EntryFilter(FilterForm):
    jenis = forms.ChoiceField(
        label=_("Jenis catatan"), choices=[("", _("Semua catatan")), *EntryKind.choices], required=False
    )


class BudgetFileForm(HouseForm):
    decree = LineField(label=_("Nomor keputusan (DPA atau perubahannya)"), max_length=40)
    decree_on = DayFormField(label=_("Tanggal keputusan"))
    file = TableFormField(label=_("Berkas XLSX atau CSV"))


class ConfirmForm(SignedRowsForm):
    salt = "procurement.budgets.import"
    row = WantedLine

    decree = LineField(max_length=40, widget=forms.HiddenInput)
    decree_on = DayFormField(widget=forms.HiddenInput)
    sure = forms.BooleanField(required=False, initial=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        is_sure = values.pop("sure", False)
        wanted = values.get("wanted", [])
        if not is_sure and ceilings.asked_about(wanted, ceilings.lines_for(wanted), clock.today()):
            raise ValidationError(
                _("Ada pagu yang tinggi sekali. Unggah lagi berkasnya, cocokkan angkanya dengan DPA, lalu centang.")
            )
        return values
