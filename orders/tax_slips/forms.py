"""What a treasurer writes of a bukti potong, and which month of which department a list shows."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import DayFormField, KeyedForm, LineField, PaperFormField
from orders.billing.forms import ChosenField
from orders.sales.forms import MonthFilter
from procurement.agencies.models import Agency


class TaxSlipForm(KeyedForm):
    """`chosen`: tax lines by pk, with what the page said of each."""

    chosen = ChosenField(
        label=_("Tagihan"), error_messages={"required": _("Pilih tagihan yang pajaknya ada di bukti potong ini.")}
    )
    number = LineField(
        label=_("Nomor bukti potong"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    dated_on = DayFormField(label=_("Tanggal bukti potong"))
    file = PaperFormField(label=_("Bukti potong dari Coretax"))


class SlipFilter(MonthFilter):
    """Of whoever reads several departments one of them, and the month."""

    dinas = forms.ChoiceField(label=_("Dinas"), required=False)

    def __init__(self, *args: Any, agencies: Iterable[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(one.pk), one.short_name) for one in agencies]
        self.fields["dinas"].choices = [("", _("Semua dinas")), *named]  # type: ignore[attr-defined]
        if len(named) < 2:
            del self.fields["dinas"]
