"""New variants of goods, and the table of those that are there."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.errors import DomainError
from epeken.core.web.forms import KeyedForm, LineField, QuantityFormField, RupiahFormField
from umkm.catalogue.forms import ShelfTableForm
from umkm.catalogue.models import Product
from umkm.catalogue.services.shelf import RowRefused
from umkm.catalogue.states import StockMode, Unit
from umkm.variants.pages import words_of
from umkm.variants.services import LONGEST_VALUE, NewVariant
from umkm.variants.states import OptionKind

ROWS = 6  # new variants of one sending


class NewVariantsForm(KeyedForm):
    """What the variants differ in, once; then a row for each new one. Rows without a value are left out."""

    kind_1 = forms.ChoiceField(label=_("Yang membedakan"), choices=OptionKind)
    kind_2 = forms.ChoiceField(label=_("Pembeda kedua"), required=False)
    own_1 = LineField(label=_("Isi untuk barang ini"), max_length=LONGEST_VALUE)
    own_2 = LineField(label=_("Isi kedua untuk barang ini"), max_length=LONGEST_VALUE, required=False)

    def __init__(self, *args: Any, product: Product, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = product.group
        titles = [*(self.group.titles if self.group else [_("Isi")]), _("Isi kedua")]
        self.has_second = self.group is None or bool(self.group.option_2)
        self.fields["kind_2"].choices = [("", _("Tidak ada")), *OptionKind.choices]  # type: ignore[attr-defined]
        if self.group is not None:
            del self.fields["kind_1"], self.fields["kind_2"]
        if self.group is not None and product.option_1:
            del self.fields["own_1"]
        if not self.has_second or "own_1" not in self.fields:
            del self.fields["own_2"]
        is_daily = product.stock_mode == StockMode.DAILY
        for number in range(ROWS):
            self.fields[f"value_1_{number}"] = LineField(label=titles[0], max_length=LONGEST_VALUE, required=False)
            if self.has_second:
                self.fields[f"value_2_{number}"] = LineField(label=titles[1], max_length=LONGEST_VALUE, required=False)
            self.fields[f"price_{number}"] = RupiahFormField(
                label=_("Harga"), min_value=1, required=False, initial=product.price
            )
            self.fields[f"amount_{number}"] = QuantityFormField(
                label=_("Sanggup per hari") if is_daily else _("Stok"), min_value=0, required=False,
                initial=product.daily_capacity if is_daily else None, suffix=Unit(product.unit).plural,
            )  # fmt: skip

    @property
    def about(self) -> list[Any]:
        return [self[name] for name in ("kind_1", "own_1", "kind_2", "own_2") if name in self.fields]

    @property
    def rows(self) -> list[list[Any]]:
        names = ("value_1", "value_2", "price", "amount")
        return [[self[f"{name}_{n}"] for name in names if f"{name}_{n}" in self.fields] for n in range(ROWS)]

    def _value(self, name: str) -> str:
        return self.cleaned_data.get(name) or ""

    @property
    def _filled(self) -> list[int]:
        return [n for n in range(ROWS) if self._value(f"value_1_{n}") or self._value(f"value_2_{n}")]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for number in self._filled:
            name = f"price_{number}"
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("Tulis harganya."))
        return data

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        kinds = (self.group.option_1, self.group.option_2) if self.group else (data["kind_1"], data["kind_2"])
        return {
            "kinds": kinds,
            "own": (self._value("own_1"), self._value("own_2")),
            "rows": [
                NewVariant(
                    (self._value(f"value_1_{n}"), self._value(f"value_2_{n}")), data[f"price_{n}"], data[f"amount_{n}"]
                )
                for n in self._filled
            ],
        }

    def refuse(self, problem: DomainError) -> None:
        """Of a row at its field; of the product itself at its own value."""
        fields = {"value_1": "own_1", "value_2": "own_2", "name": "own_1", "option_1": "own_1", "option_2": "own_2"}
        if isinstance(problem, RowRefused):
            number = self._filled[problem.row]
            row = {"daily_capacity": "amount", "stock": "amount", "name": "value_1", "option_1": "value_1"}
            field = f"{row.get(problem.field or '', problem.field)}_{number}"
        else:
            field = fields.get(problem.field or "", problem.field or "")
        self.add_error(field if field in self.fields else None, str(problem.message))


class VariantTableForm(ShelfTableForm):
    """Price and stock of all variants that can be changed now."""

    words = staticmethod(words_of)


class JoinGoodsForm(KeyedForm):
    """What the goods differ in, once, and the value of each that is to be joined. Goods without one are left out."""

    kind_1 = forms.ChoiceField(label=_("Yang membedakan"), choices=OptionKind)
    kind_2 = forms.ChoiceField(label=_("Pembeda kedua"), required=False)

    def __init__(self, *args: Any, product: Product, others: list[tuple[Product, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.product, self.others, self.group = product, others, product.group
        self.fields["kind_2"].choices = [("", _("Tidak ada")), *OptionKind.choices]  # type: ignore[attr-defined]
        if self.group is not None:
            del self.fields["kind_1"], self.fields["kind_2"]
        titles = [*(self.group.titles if self.group else [_("Isi")]), _("Isi kedua")]
        numbers = (1, 2) if self.group is None or self.group.option_2 else (1,)
        asked = [one for one, why in others if not why]
        for one in asked if self.group is not None and product.option_1 else [product, *asked]:
            for number in numbers:
                self.fields[f"value_{number}_{one.pk}"] = LineField(
                    label=titles[number - 1], max_length=LONGEST_VALUE, required=False
                )

    @property
    def about(self) -> list[Any]:
        return [self[name] for name in ("kind_1", "kind_2") if name in self.fields]

    def _names(self, one: Product) -> list[str]:
        return [name for name in (f"value_1_{one.pk}", f"value_2_{one.pk}") if name in self.fields]

    @property
    def rows(self) -> list[dict[str, Any]]:
        rows = [(self.product, ""), *self.others]
        return [
            {"product": one, "why": why, "fields": [self[name] for name in self._names(one)]}
            for one, why in rows
            if why or self._names(one)
        ]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        kinds = (self.group.option_1, self.group.option_2) if self.group else (data["kind_1"], data["kind_2"])
        found = {
            one.pk: (data.get(f"value_1_{one.pk}") or "", data.get(f"value_2_{one.pk}") or "")
            for one in (self.product, *(one for one, _why in self.others))
        }
        return {"kinds": kinds, "values": {pk: values for pk, values in found.items() if any(values)}}

    def refuse(self, problem: DomainError) -> None:
        """Of one of the goods at its field."""
        field = problem.field or ""
        if isinstance(problem, RowRefused):
            field = f"{field}_{problem.row}"
        self.add_error(field if field in self.fields else None, str(problem.message))
