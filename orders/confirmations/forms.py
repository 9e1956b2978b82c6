"""Why a seller objects to a BAST or misses money, and what the treasurer found."""

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import HouseForm


class PaidObjectionForm(HouseForm):
    """To a BAST of goods that are paid: no complaint, so nobody answers."""

    complaint = forms.CharField(
        label=_("Apa yang keliru di BAST?"),
        max_length=300,
        help_text=_("Misalnya: tanggal serah terimanya 12 September. Tertulis di BAST."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )


class ReceiptDenyForm(HouseForm):
    note = forms.CharField(
        label=_("Catatan untuk bendahara"),
        max_length=300,
        required=False,
        help_text=_("Misalnya: rekening sudah dicek Senin pagi. Bendahara, kepala dinas dan inspektorat membacanya."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )


class ReceiptAnswerForm(HouseForm):
    note = forms.CharField(
        label=_("Hasil pemeriksaan di bank"),
        max_length=300,
        help_text=_("Misalnya: masuk 12 September ke rekening BCA berakhiran 221. Penjual membacanya."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )
