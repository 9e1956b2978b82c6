"""The files of an import."""

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import KeyedForm


class ImportForm(KeyedForm):
    file = forms.FileField(label=_("Berkas XLSX atau CSV"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}))
    archive = forms.FileField(
        label=_("ZIP berisi foto"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".zip"}),
        help_text=_("Nama tiap foto ditulis di kolom foto. Beberapa foto dipisah dengan koma."),
    )
    sends = forms.BooleanField(label=_("Kirim barang baru yang sudah berfoto ke kurator"), required=False, initial=True)
