"""Cancelling or asking to, and the answers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import HouseForm, LineField, PaperFormField, RupiahFormField
from orders.cancellations.policies import Way
from orders.cancellations.states import CancelReason


class CancelForm(HouseForm):
    """`way`: how the page said it would be cancelled; by another way it is asked again."""

    way = forms.ChoiceField(choices=[(way.value, way.value) for way in Way], widget=forms.HiddenInput)
    reason = forms.ChoiceField(label=_("Alasan"), widget=forms.RadioSelect)
    decree = LineField(
        label=_("Nomor keputusan"),
        max_length=80,
        required=False,
        help_text=_("Hanya bila anggarannya ditarik, misalnya nomor keputusan pergeseran anggaran."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(
        label=_("Penjelasan"),
        max_length=300,
        required=False,
        help_text=_("Wajib bila alasannya lainnya. Pihak lain membacanya."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )

    def __init__(self, *args: Any, reasons: Sequence[CancelReason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(reason.value, reason.label) for reason in reasons]  # type: ignore[attr-defined]
        if CancelReason.BUDGET not in reasons:
            del self.fields["decree"]


class ReleaseForm(HouseForm):
    """What the side that was asked says; a seller asked by a department may claim."""

    answer = forms.ChoiceField(label=_("Jawaban Anda"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Mengapa tidak setuju"),
        max_length=300,
        required=False,
        help_text=_("Hanya bila Anda menolak. Pihak lain membacanya."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )
    amount = RupiahFormField(label=_("Ganti rugi yang dituntut"), required=False)
    spent_on = forms.CharField(
        label=_("Sudah dipakai untuk apa"),
        max_length=500,
        required=False,
        help_text=_("Misalnya: daging dan beras untuk 60 kotak, dibeli kemarin."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
    )
    evidence = PaperFormField(label=_("Bukti belanja"), required=False)

    def __init__(self, *args: Any, answers: Sequence[tuple[str, Any]], claims: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        values = [value for value, _label in answers]
        self.fields["answer"].choices = answers  # type: ignore[attr-defined]
        if "refuse" not in values and "withdraw" not in values:
            del self.fields["note"]
        if not claims:
            for name in ("amount", "spent_on", "evidence"):
                del self.fields[name]
        elif self.is_bound and self.data.get("answer") == "claim":
            self.fields["amount"].required = self.fields["spent_on"].required = True


class ClaimAnswerForm(ReleaseForm):
    """The department's answer to a claim of the amount its page showed."""

    shown = RupiahFormField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, claims=False, **kwargs)
        self.fields["note"].label = _("Alasan keputusan Anda")
        self.fields["note"].required = True  # both answers give one
        self.fields["note"].help_text = _("Penjual, kepala dinas, dan inspektorat membacanya.")
