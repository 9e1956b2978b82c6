"""Shape and text of an appeal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import HouseForm, PhotosFormField


class AppealForm(HouseForm):
    words = forms.CharField(
        label=_("Mengapa keputusan itu keliru"),
        max_length=1000,
        help_text=_("Tulis apa yang sebenarnya terjadi. Petugas lain yang membacanya."),
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": 1000}),
    )
    photos = PhotosFormField(label=_("Foto atau tangkapan layar"), required=False)
