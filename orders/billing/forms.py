"""Recording a payment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import DayFormField, KeyedForm, LineField
from orders.billing.states import PaymentMethod


class PaymentForm(KeyedForm):
    method = forms.ChoiceField(
        label=_("Cara bayar"),
        choices=[(m.value, m.label) for m in PaymentMethod if m != PaymentMethod.CASH],
        widget=forms.RadioSelect,
    )
    reference = LineField(
        label=_("Nomor bukti"),
        max_length=60,
        required=False,
        help_text=_("Nomor SP2D atau nomor transaksi."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    paid_on = DayFormField(label=_("Tanggal bayar"), help_text=_("Untuk LS: tanggal SP2D."))
    proof = forms.FileField(
        label=_("Bukti bayar"),
        help_text=_("Foto atau PDF."),
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
        error_messages={"required": _("Unggah bukti bayar, foto atau PDF.")},
    )
