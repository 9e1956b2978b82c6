"""Shape and text of the verifier's decisions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import HouseForm
from umkm.verification.states import ASKED_PURPOSES, RejectReason


class RejectForm(HouseForm):
    reason = forms.ChoiceField(label=_("Alasan"), choices=[("", _("Pilih alasan")), *RejectReason.choices])
    note = forms.CharField(
        label=_("Penjelasan untuk pendaftar"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LookForm(HouseForm):
    """What an officer opens identity data for, where nothing of it waits for a decision."""

    purpose = forms.ChoiceField(
        label=_("Untuk apa Anda membukanya?"),
        choices=[(one.value, one.label) for one in ASKED_PURPOSES],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih dahulu untuk apa Anda melihatnya. Pemilik membaca alasannya.")},
    )


class NoteForm(HouseForm):
    """What a verifier tells the shop."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        help_text=_("Penjual membaca kalimat ini."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )
