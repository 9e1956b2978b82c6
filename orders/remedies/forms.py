"""Recording what a decision gave, and saying whether it came."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.web.forms import HouseForm, LineField, PaperFormField


class SendAgainForm(HouseForm):
    """Who carries the goods."""

    carrier = LineField(
        label=_("Dibawa oleh"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )  # fmt: skip

    def __init__(self, *args: Any, is_fetched: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["carrier"].required = not is_fetched


class RefundForm(HouseForm):
    """Proof that money was returned, and a word if there is one."""

    told = LineField(
        label=pgettext_lazy("uang kembali", "Keterangan"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    proof = PaperFormField(label=_("Bukti pengembalian"))


class CheckForm(HouseForm):
    """Whether the money came; what is not true goes to the city's officer."""

    YES, NO = "yes", "no"

    answer = forms.ChoiceField(
        label=_("Jawaban Anda"),
        choices=[(YES, _("Uangnya sudah saya terima")), (NO, _("Tidak benar, minta putusan petugas kota"))],
        widget=forms.RadioSelect,
    )
    objection = forms.CharField(
        label=_("Apa yang tidak benar"),
        max_length=300,
        required=False,
        help_text=_("Hanya bila Anda membantah. Penjual dan petugas kota membacanya."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )
