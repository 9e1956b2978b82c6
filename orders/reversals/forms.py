"""Asking to reverse a payment, and the head's answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import DayFormField, KeyedForm, PaperFormField
from orders.reversals.states import ReversalReason


class ReversalForm(KeyedForm):
    reason = forms.ChoiceField(label=_("Yang keliru"), choices=ReversalReason.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Penjelasan"),
        max_length=300,
        required=False,
        help_text=_(
            "Tulis yang benar, misalnya: seharusnya Rp3.000.000 menurut SP2D 00217. Wajib, kecuali dananya kembali "
            "ke kas. Kepala dinas dan inspektorat membacanya."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )
    returned_on = DayFormField(
        label=_("Tanggal dana kembali"), required=False, help_text=_("Hanya bila dananya kembali ke kas.")
    )
    proof = PaperFormField(
        label=_("Bukti"),
        required=False,
        help_text=_("Wajib bila dananya kembali: nota retur atau rekening koran."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and self.data.get("reason") == ReversalReason.RETURNED:
            self.fields["returned_on"].required = True


class ReversalAnswerForm(KeyedForm):
    """The head's; a treasurer's with which it is withdrawn has no choice."""

    answer = forms.ChoiceField(
        label=_("Keputusan Anda"),
        choices=[
            ("release", _("Batalkan pembayaran ini")),
            ("refuse", _("Tidak setuju, pembayaran tetap tercatat")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        required=False,
        help_text=_("Hanya bila Anda tidak setuju. Bendahara membacanya."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )


class ReversalWithdrawForm(KeyedForm):
    note = forms.CharField(
        label=_("Mengapa ditarik"),
        max_length=300,
        help_text=_("Kepala dinas membacanya."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )
