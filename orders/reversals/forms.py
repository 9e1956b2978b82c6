"""Asking to reverse a payment, and the head's answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import DayFormField, KeyedForm, PaperFormField, RupiahFormField
from orders.reversals.states import ReversalReason

# What has to be said beside the reason.
NEEDED = {ReversalReason.RETURNED: "returned_on", ReversalReason.AMOUNT: "sent_amount"}


class ReversalForm(KeyedForm):
    reason = forms.ChoiceField(label=_("Yang keliru"), choices=ReversalReason.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Penjelasan"),
        max_length=300,
        required=False,
        help_text=_(
            "Tulis yang benar, misalnya: nomornya SP2D 00217, bukan 00271. Wajib, kecuali dananya kembali ke kas. "
            "Kepala dinas dan inspektorat membacanya."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )
    sent_amount = RupiahFormField(
        label=_("Jumlah yang sebenarnya keluar"),
        min_value=1,
        required=False,
        help_text=_("Hanya bila jumlahnya salah: menurut SP2D atau rekening koran. Jumlah ini yang dicatat ulang."),
    )
    returned_on = DayFormField(
        label=_("Tanggal dana kembali"), required=False, help_text=_("Hanya bila dananya kembali ke kas.")
    )
    proof = PaperFormField(
        label=_("Bukti"),
        required=False,
        help_text=_("Nota retur atau rekening koran. Wajib hanya bila dananya kembali ke kas."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            for reason, field in NEEDED.items():
                if field in self.fields:
                    self.fields[field].required = self.data.get("reason") == reason


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
