"""Which month of a shop's sales, which day of its packing list. What is not chosen is today's."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.times import month_year
from epeken.core.web.forms import DayFormField, FilterForm, WholeFormField
from orders.orders.forms import OrderFilter
from orders.sales.labels import MOST
from umkm.catalogue.models import Product


class MonthFilter(FilterForm):
    """`first`: the first month there is something to tell of; `this_month` is the last. Both are first days."""

    bulan = forms.ChoiceField(label=_("Bulan"), required=False)

    def __init__(self, *args: Any, first: date, this_month: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [this_month]
        while months[-1] > first:
            last = months[-1]
            months.append(date(last.year - (last.month == 1), (last.month - 2) % 12 + 1, 1))
        self.months = {f"{one:%Y-%m}": one for one in months}
        field: Any = self.fields["bulan"]
        field.choices = [(code, month_year(one)) for code, one in self.months.items()]
        self.this_month = this_month

    def month(self) -> date:
        return self.months.get(self.read().get("bulan") or "", self.this_month)


class PackingFilter(FilterForm):
    hari = DayFormField(label=_("Hari"), required=False)


class ShopOrderFilter(OrderFilter):
    """A shop looks for its buyers and goods; the stage is chosen by its chips."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].label = _("Cari nomor, barang, atau pembeli")


class LabelFilter(FilterForm):
    """Which goods on show get a label, all when none is chosen, and how many of each."""

    barang = forms.TypedMultipleChoiceField(
        label=_("Barang yang diberi label"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    salinan = WholeFormField(label=_("Label tiap barang"), required=False, min_value=1, max_value=24)

    def __init__(self, *args: Any, goods: Sequence[Product], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goods = goods
        field: Any = self.fields["barang"]
        field.choices = [(product.pk, product.name) for product in goods]

    def chosen(self) -> list[Product]:
        """At most MOST, each as often as asked."""
        values = self.read()
        wanted, copies = values.get("barang") or [], values.get("salinan") or 1
        found = [product for product in self.goods if not wanted or product.pk in wanted]
        return [product for product in found for _copy in range(copies)][:MOST]
