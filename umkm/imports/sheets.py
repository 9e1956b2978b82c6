"""What every import of a file keeps: the file and what is wrong with its rows. Goods and sellers add their own."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from umkm.imports.states import IMPORT, ImportState


class SheetImport(models.Model):
    """`table` names a file in the private store, removed when it is of no more use. Its rows and problems are `rows`
    and `problems`, its events `events`."""

    state = models.CharField(_("keadaan"), max_length=10, choices=ImportState, default=IMPORT.initial, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("diunggah oleh")
    )
    file_name = models.CharField(_("nama berkas"), max_length=120)
    table = models.CharField(_("isi berkas"), max_length=200, blank=True, editable=False)
    uploaded_at = models.DateTimeField(_("diunggah"))
    read_at = models.DateTimeField(_("dibaca"), null=True, editable=False)
    confirmed_at = models.DateTimeField(_("dijalankan"), null=True, editable=False)
    ended_at = models.DateTimeField(_("selesai"), null=True, editable=False)
    undone_at = models.DateTimeField(_("dibatalkan"), null=True, editable=False)

    machine = IMPORT

    class Meta:
        abstract = True
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def file_kind(self) -> str:
        return "xlsx" if self.file_name.lower().endswith(".xlsx") else "csv"


class SheetImportProblem(models.Model):
    """Why a row is refused or was kept, in the city's language; row 0 and column "" when it is no one cell's."""

    number = models.PositiveIntegerField()
    column = models.CharField(max_length=20, blank=True)
    text = models.CharField(max_length=500)

    class Meta:
        abstract = True
        ordering = ["number", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def told(self) -> str:
        """In the reader's language where the sentence has no figures in it, else as it is kept."""
        return gettext(self.text) if self.text else ""
