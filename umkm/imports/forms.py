"""The files of an import."""

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import ArchiveFormField, KeyedForm, TableFormField


class ImportForm(KeyedForm):
    file = TableFormField(
        label=_("Berkas XLSX atau CSV"), help_text=_("Paling besar 2 MB, paling banyak 5.000 baris barang.")
    )
    archive = ArchiveFormField(
        label=_("ZIP berisi foto"),
        required=False,
        help_text=format_lazy(
            _(
                "Nama tiap foto ditulis di kolom foto. Paling besar {most} MB, paling banyak 2.000 foto, tiap sisinya "
                "paling sedikit {least} piksel."
            ),
            most=settings.UPLOAD_MAX_ARCHIVE_BYTES // 1024**2,
            least=settings.PHOTO_LEAST_SIDE,
        ),
    )
    sends = forms.BooleanField(label=_("Kirim barang baru yang sudah berfoto ke kurator"), required=False, initial=True)
