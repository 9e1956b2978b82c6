"""Opening, answering and settling a dispute."""

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import HouseForm


class ComplaintForm(HouseForm):
    complaint = forms.CharField(
        label=_("Apa yang tidak sesuai?"),
        max_length=1000,
        help_text=_("Tulis barangnya, jumlahnya, dan apa yang Anda minta. Pihak lain membacanya."),
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": 1000}),
    )


class AnswerForm(HouseForm):
    answer = forms.CharField(
        label=_("Jawaban Anda"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5, "maxlength": 1000})
    )


class SettleForm(HouseForm):
    decision = forms.CharField(
        label=_("Hasilnya"),
        max_length=1000,
        help_text=_("Misalnya apa yang disepakati kedua pihak."),
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 1000}),
    )
