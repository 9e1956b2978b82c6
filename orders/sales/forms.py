"""Which month of a shop's sales, which day of its packing list. What is not chosen is today's."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.times import month_year
from epeken.core.web.forms import DayFormField, FilterForm
from orders.orders.forms import OrderFilter


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
