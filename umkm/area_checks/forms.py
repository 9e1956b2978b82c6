"""What an officer of an area answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.web.forms import CoordinateFormField, DayFormField, HouseForm, PhotosFormField

RIGHT, WRONG = "sesuai", "keberatan"


class AreaCheckForm(HouseForm):
    answer = forms.ChoiceField(
        label=_("Apakah usaha ini ada di sana dan seperti yang ditulis?"),
        choices=[(RIGHT, pgettext_lazy("pemeriksaan wilayah", "Ya, sesuai")), (WRONG, _("Tidak, saya keberatan"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Catatan"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
        help_text=_("Wajib bila Anda keberatan. Dinas dan pendaftar membacanya."),
    )
    visited_on = DayFormField(label=_("Hari kunjungan"), required=False)
    photos = PhotosFormField(label=_("Foto kunjungan"), required=False)
    latitude = CoordinateFormField(label=_("Garis lintang"), required=False)
    longitude = CoordinateFormField(label=_("Garis bujur"), required=False)

    def values(self) -> dict[str, Any]:
        """What `decide_check` takes."""
        found = dict(self.cleaned_data)
        found["is_right"] = found.pop("answer") == RIGHT
        return found
