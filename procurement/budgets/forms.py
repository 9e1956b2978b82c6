"""Filters of budget lists; the budget file and its confirmation."""

from dataclasses import astuple
from typing import Any, Self

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import DayFormField, FilterForm, HouseForm, LineField
from epeken.users.models import User
from procurement.budgets.ceilings import WantedLine
from procurement.budgets.states import EntryKind

SALT = "procurement.budgets.import"
CONFIRM_WITHIN = 3600  # seconds a preview may lie open


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
    file = forms.FileField(label=_("Berkas XLSX atau CSV"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}))


class ConfirmForm(HouseForm):
    """What the preview showed, signed: the second button takes exactly those lines, by the same person."""

    decree = LineField(max_length=40, widget=forms.HiddenInput)
    decree_on = DayFormField(widget=forms.HiddenInput)
    shown = LineField(max_length=64, widget=forms.HiddenInput)
    lines = LineField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signer = signing.TimestampSigner(salt=f"{SALT}.{actor.pk}")

    @classmethod
    def holding(cls, wanted: list[WantedLine], shown: str, form: forms.Form, actor: User) -> Self:
        made = cls(actor=actor)
        made.initial = {
            "decree": form["decree"].value(),
            "decree_on": form["decree_on"].value(),
            "shown": shown,
            "lines": made.signer.sign_object([astuple(line) for line in wanted], compress=True),
        }
        return made

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            rows = self.signer.unsign_object(values.pop("lines", ""), max_age=CONFIRM_WITHIN)
        except signing.BadSignature:
            raise ValidationError(_("Pratinjau ini sudah kedaluwarsa. Unggah berkasnya sekali lagi.")) from None
        values["wanted"] = [WantedLine(*row) for row in rows]
        return values
