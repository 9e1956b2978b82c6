"""The file of an import of sellers."""

from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import KeyedForm, LineField, TableFormField


class ListForm(KeyedForm):
    reason = LineField(label=_("Asal daftar dan alasan mengimpornya. Warganya ikut membacanya."), max_length=200)
    file = TableFormField(label=_("Berkas XLSX atau CSV, paling besar 2 MB dan 5.000 baris"))
