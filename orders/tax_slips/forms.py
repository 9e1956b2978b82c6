"""What a treasurer writes of a bukti potong, and which month of which department a list shows."""

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import DayFormField, KeyedForm, LineField, PaperFormField
from orders.billing.forms import AgencyFilter, ChosenField
from orders.sales.forms import MonthFilter


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


class SlipFilter(AgencyFilter, MonthFilter):
    """Of whoever reads several departments one of them, and the month."""
