"""What a treasurer decides of a bill's tax."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import HouseForm
from orders.tax_decisions.pages import TaxFacts
from orders.tax_decisions.states import MEALS
from umkm.catalogue.states import FoodKind

CHOICES = [("1", _("Ya, satu pembelian yang dipecah")), ("0", _("Tidak, masing-masing berdiri sendiri"))]


class TaxDecisionForm(HouseForm):
    """Asks only what can be decided of this bill; a box left as it was decides nothing."""

    is_split = forms.TypedChoiceField(
        label=_("Dihitung satu dengan pembelian lain?"),
        choices=CHOICES,
        coerce=lambda value: value == "1",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        help_text=_("Penjual dan inspektorat membacanya."),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
    )

    def __init__(self, *args: Any, facts: TaxFacts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meals = facts.meals
        if facts.near is None and not facts.is_decided:
            del self.fields["is_split"]
        elif facts.is_decided:
            self.initial["is_split"] = "1" if facts.is_split else "0"
        else:
            self.fields["is_split"].required = facts.asks_split
        for row in facts.meals:
            self.fields[_name(row.line.pk)] = forms.ChoiceField(
                label=_("%(goods)s dikenai pajak sebagai") % {"goods": row.line.order_line.name},
                choices=[(kind.value, FoodKind(kind).label) for kind in MEALS],
                initial=row.kind,
                widget=forms.RadioSelect,
            )
        self.order_fields([name for name in self.fields if name != "reason"])

    @property
    def asked(self) -> Sequence[Any]:
        """The boxes of what can be decided, without the reason."""
        return [self[name] for name in self.fields if name != "reason"]

    def decided(self) -> dict[str, Any]:
        """For the service: what is read of the boxes."""
        return {
            "is_split": self.cleaned_data.get("is_split"),
            "food_kinds": {row.line.pk: self.cleaned_data[_name(row.line.pk)] for row in self.meals},
            "reason": self.cleaned_data["reason"],
        }


def _name(line_pk: int) -> str:
    return f"food_{line_pk}"
