"""Which department, year and quarter. What nothing is chosen of is the first of its list."""

from typing import Any

from django import forms
from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import FilterForm
from orders.scorecards.figures import QUARTERS, Span
from procurement.agencies.models import Agency
from procurement.budgets.models import BudgetLine


class SpanFilter(FilterForm):
    tahun = forms.TypedChoiceField(label=_("Tahun"), coerce=int, empty_value=None, required=False)
    triwulan = forms.TypedChoiceField(
        label=_("Triwulan"),
        coerce=int,
        empty_value=None,
        choices=[("", _("Setahun penuh")), *((str(n), str(n)) for n in QUARTERS)],
        required=False,
    )

    def __init__(self, *args: Any, this_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years: Any = self.fields["tahun"]
        # No purchase is without a budget, so none is older than the first.
        first = min(BudgetLine.objects.aggregate(first=Min("year"))["first"] or this_year, this_year)
        years.choices = [(str(year), str(year)) for year in range(this_year, first - 1, -1)]
        self.this_year = this_year

    def span(self) -> Span:
        chosen = self.read()
        return Span(chosen.get("tahun") or self.this_year, chosen.get("triwulan"))


class ScorecardFilter(SpanFilter):
    """Who reads one department chooses none."""

    dinas = forms.ChoiceField(label=_("Dinas"), required=False)
    field_order = ("dinas", "tahun", "triwulan")

    def __init__(self, *args: Any, agencies: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = agencies
        if len(agencies) < 2:
            del self.fields["dinas"]
            return
        field: Any = self.fields["dinas"]
        field.choices = [(str(one.pk), one.short_name) for one in agencies]

    def agency(self) -> Agency:
        chosen = self.read().get("dinas")
        return next((one for one in self.agencies if str(one.pk) == chosen), self.agencies[0])


class ComparisonFilter(SpanFilter):
    bagian = forms.ChoiceField(label=_("Ukuran"), required=False)
    field_order = ("bagian", "tahun", "triwulan")

    def __init__(self, *args: Any, families: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["bagian"]
        field.choices = families
