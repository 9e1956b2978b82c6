"""Shape and text of decisions at the end of a budget year."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import DayFormField, FilterForm, HouseForm, LineField
from orders.oversight.forms import agency_choices
from procurement.budgets.models import BudgetLine


class WhyField(forms.CharField):
    def __init__(self) -> None:
        super().__init__(
            label=_("Alasan"),
            max_length=300,
            help_text=_("Tercatat di pesanan ini dan dibaca inspektorat."),
            widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
        )


class FinishForm(HouseForm):
    finish_by = DayFormField(label=_("Selesai dan dibayar paling lambat"))
    reason = WhyField()


class DebtForm(HouseForm):
    reason = WhyField()


class TakeBackDecisionForm(HouseForm):
    reason = WhyField()


class CarryForm(HouseForm):
    """One box for each budget line of the old year (`line_<pk>`), and what budgets the debt."""

    basis = LineField(
        label=_("Dasar penganggaran"),
        max_length=120,
        help_text=_("Nomor DPA, atau perubahannya, yang menganggarkan utang ini."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self, *args: Any, earlier: Mapping[int, BudgetLine], lines: "QuerySet[BudgetLine]", **kwargs: Any
    ) -> None:
        """`earlier`: the lines the order was issued on, by pk; `lines`: those of the running year."""
        super().__init__(*args, **kwargs)
        self.earlier = earlier
        boxes: dict[str, Any] = {}
        for pk, line in earlier.items():
            label = gettext("Pengganti %(line)s tahun %(year)s") % {"line": line, "year": line.year}
            boxes[f"line_{pk}"] = forms.ModelChoiceField(
                label=label, queryset=lines, empty_label=gettext("Pilih mata anggaran")
            )
        self.fields = {**boxes, **self.fields}

    @property
    def chosen(self) -> dict[int, BudgetLine]:
        """Of a valid form."""
        return {pk: self.cleaned_data[f"line_{pk}"] for pk in self.earlier}


class YearEndFilter(FilterForm):
    dinas = forms.ChoiceField(label=_("Dinas"), required=False)
    keputusan = forms.ChoiceField(
        label=_("Keputusan"),
        required=False,
        choices=[("", _("Semua")), ("belum", _("Belum diputus")), ("sudah", _("Sudah diputus"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dinas"].choices = agency_choices()  # type: ignore[attr-defined]
