"""Shape and text of stock coming in and of counting it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import DayFormField, HouseForm, KeyedForm, LineField, QuantityFormField
from umkm.catalogue.forms import TEXT
from umkm.catalogue.states import Unit


class _StockForm(KeyedForm):
    counts: str  # the field of how much

    def __init__(self, *args: Any, unit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[self.counts].suffix = Unit(unit).plural  # type: ignore[attr-defined]


class ReceiveForm(_StockForm):
    counts = "quantity"
    quantity = QuantityFormField(label=_("Stok masuk"), min_value=0)


class DayPlanForm(HouseForm):
    """Days on which another amount can be made than on others."""

    first = DayFormField(label=_("Mulai hari"))
    last = DayFormField(label=_("Sampai hari"), required=False, help_text=_("Kosong: hanya satu hari itu."))
    capacity = QuantityFormField(
        label=_("Sanggup dibuat per hari"),
        required=False,
        min_value=0,
        help_text=_("0 berarti tidak menerima pesanan. Kosong berarti kembali seperti biasa."),
    )

    def __init__(self, *args: Any, unit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["capacity"].suffix = Unit(unit).plural  # type: ignore[attr-defined]

    def days(self) -> dict[str, Any]:
        return {"first": self.cleaned_data["first"], "last": self.cleaned_data["last"] or self.cleaned_data["first"]}

    def values(self) -> dict[str, Any]:
        """What `plan_days` takes."""
        return {**self.cleaned_data, **self.days()}


class CorrectForm(_StockForm):
    counts = "counted"
    counted = QuantityFormField(
        label=_("Hasil hitung di rak"),
        min_value=0,
        help_text=_(
            "Hitung semua yang ada, juga yang sudah dipesan tetapi belum diserahkan, tanpa yang tidak diterima pembeli "
            "dan belum Anda jawab."
        ),
    )
    reason = LineField(label=_("Alasan"), max_length=40, widget=forms.TextInput(attrs=TEXT))
