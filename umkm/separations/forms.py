"""Shape and text of a contested tie."""

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import KeyedForm, PhotosFormField


class SeparationForm(KeyedForm):
    words = forms.CharField(
        label=_("Mengapa kedua toko bukan satu pemilik"),
        max_length=1000,
        help_text=_("Tulis siapa yang memiliki masing-masing, dan mengapa datanya sama."),
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": 1000}),
    )
    photos = PhotosFormField(
        label=_("Foto bukti"),
        error_messages={"required": _("Lampirkan paling sedikit satu foto sebagai bukti, misalnya buku rekening.")},
    )
