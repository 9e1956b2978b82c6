"""Shape and text of choosing goods and of comparing offers."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.i18n.words import rupiah
from epeken.core.web.forms import FilterForm, HouseForm, KeyedForm, LineField, QuantityFormField, WholeFormField
from procurement.budgets.models import BudgetLine
from procurement.requests.states import CHOOSABLE

# A value of PostgreSQL's bigint: a longer number is a stranger, not a crash.
MAX_PK = 2**63 - 1


class LineChoice(forms.ModelChoiceField):
    """Budget lines with what is left of each, now and after `wanted`."""

    wanted = 0

    def label_from_instance(self, obj: Any) -> str:
        line: BudgetLine = obj
        label = line_label(line)
        if not self.wanted:
            return label
        after = line.available - self.wanted
        said = _("kurang %(amount)s") if after < 0 else _("sesudah draf ini %(amount)s")
        return f"{label}, {said % {'amount': rupiah(abs(after))}}"


def line_label(line: BudgetLine) -> str:
    """A budget line to be chosen, with what is left of it."""
    return _("%(code)s %(name)s, %(year)s, RUP %(rup)s, sisa %(left)s") % {
        "code": line.account_id,
        "name": line.activity_name,
        "year": line.year,
        "rup": line.rup_id or _("belum ada RUP"),
        "left": rupiah(line.available),
    }


class LineForm(HouseForm):
    """How much of which goods."""

    product = WholeFormField(min_value=1, max_value=MAX_PK, widget=forms.HiddenInput)
    quantity = QuantityFormField(label=pgettext_lazy("barang", "Jumlah"))
    note = LineField(label=_("Catatan untuk penjual"), max_length=200, required=False)


class OfficeSearch(FilterForm):
    """What a search for a request asks for besides the market's own."""

    jumlah = QuantityFormField(label=pgettext_lazy("barang", "Jumlah"), min_value=Decimal("0.001"), required=False)


class PlanSearch(OfficeSearch):
    """What a plan over several sellers asks for besides."""

    penjual = WholeFormField(label=_("Jumlah penjual"), min_value=1, max_value=50, required=False)
    barang = forms.RegexField(label=_("Jenis barang"), regex=r"^[0-9]{1,9}-[a-z]{1,12}\Z", required=False)
    bagi = WholeFormField(label=_("Barang yang dibagi"), min_value=1, max_value=MAX_PK, required=False)


class PlanForm(KeyedForm):
    """How much of which goods: a field `banyak-<product>` for each that the page showed."""

    PREFIX = "banyak-"

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        for name in data:
            if re.fullmatch(rf"{self.PREFIX}[0-9]{{1,18}}", name, flags=re.ASCII):
                self.fields[name] = QuantityFormField(label=pgettext_lazy("barang", "Jumlah"), required=False)

    @property
    def wanted(self) -> dict[int, Decimal]:
        """By product pk, what is more than nothing."""
        return {
            int(name.removeprefix(self.PREFIX)): amount
            for name, amount in self.cleaned_data.items()
            if name.startswith(self.PREFIX) and amount
        }


class ProductChoiceForm(HouseForm):
    product = WholeFormField(min_value=1, max_value=MAX_PK, widget=forms.HiddenInput)


class ExplainForm(ProductChoiceForm):
    """Why this product was chosen, where something cheaper could come or nobody else could."""

    reason = forms.ChoiceField(label=_("Alasan"), choices=[("", ""), *CHOOSABLE], required=False)
    note = LineField(label=_("Penjelasan"), max_length=300, required=False)


class ReplaceForm(ProductChoiceForm):
    """`product` in the place of `replaced`."""

    replaced = WholeFormField(min_value=1, max_value=MAX_PK, widget=forms.HiddenInput)
