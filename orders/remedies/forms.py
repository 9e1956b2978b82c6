"""Recording what a decision gave, and saying whether it came."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.web.forms import HouseForm, LineField, PaperFormField


class FulfilForm(HouseForm):
    """Goods: who carries them, a photo if there is one. Money: proof, a word if there is one."""

    told = LineField(label=_("Dibawa oleh"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    proof = PaperFormField(label=_("Bukti"), required=False)

    def __init__(self, *args: Any, is_goods: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_goods:
            return
        self.fields["told"].label = pgettext_lazy("uang kembali", "Keterangan")
        self.fields["told"].required = False
        self.fields["proof"].label = _("Bukti pengembalian")
        self.fields["proof"].required = True


class CheckForm(HouseForm):
    """Whether it came; what is not true goes to the city's officer."""

    YES, NO = "yes", "no"

    answer = forms.ChoiceField(label=_("Jawaban Anda"), widget=forms.RadioSelect)
    objection = forms.CharField(
        label=_("Apa yang tidak benar"),
        max_length=300,
        required=False,
        help_text=_("Hanya bila Anda membantah. Penjual dan petugas kota membacanya."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )

    def __init__(self, *args: Any, is_goods: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        yes = _("Barang penggantinya tiba dan baik") if is_goods else _("Uangnya sudah saya terima")
        field = self.fields["answer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(self.YES, yes), (self.NO, _("Tidak benar, minta putusan petugas kota"))]
