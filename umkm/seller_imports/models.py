"""An import of sellers: the rows of a list of residents, and which registration each became."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.models import Event, Kelurahan
from epeken.core.secret import EncryptedField
from epeken.core.states import StateIsLastEvent, valid_states
from umkm.imports.models import SheetImport, SheetImportProblem
from umkm.imports.querysets import OPEN_STATES
from umkm.imports.states import IMPORT
from umkm.seller_imports import querysets
from umkm.seller_imports.states import SellerRowOutcome, SellerRowPlan


class SellerImport(SheetImport):
    """`table` names a file that is encrypted in the private store."""

    reason = models.CharField(_("asal daftar dan alasan"), max_length=200)

    objects = querysets.SellerImportQuerySet.as_manager()

    class Meta(SheetImport.Meta):
        triggers = [StateIsLastEvent()]
        verbose_name = _("impor penjual")
        verbose_name_plural = ngettext_lazy("impor penjual", "impor penjual", 2)
        constraints = [
            valid_states(IMPORT, "seller_import_state_known"),
            models.UniqueConstraint(
                fields=["uploaded_by"], condition=Q(state__in=OPEN_STATES), name="seller_import_one_open"
            ),
        ]


class SellerImportEvent(Event):
    seller_import = models.ForeignKey(SellerImport, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("riwayat impor penjual")
        verbose_name_plural = _("riwayat impor penjual")


class SellerImportRow(models.Model):
    """A row of the list. `cells`: its texts as JSON, in the order of `columns.NAMES`, of a refused one the name alone;
    "" as soon as it was done, and of every row once nothing more is to be done. `kelurahan`: where the file could be
    read. `asked_at`: when its resident was asked, or could not be."""

    seller_import = models.ForeignKey(SellerImport, models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()  # as the program that wrote the file counts
    cells = EncryptedField(blank=True)
    kelurahan = models.ForeignKey(Kelurahan, models.PROTECT, null=True, related_name="+")
    plan = models.CharField(max_length=6, choices=SellerRowPlan)
    outcome = models.CharField(max_length=8, choices=SellerRowOutcome, default=SellerRowOutcome.WAITING)
    done_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("baris impor penjual")
        verbose_name_plural = ngettext_lazy("baris impor penjual", "baris impor penjual", 2)
        constraints = [models.UniqueConstraint(fields=["seller_import", "number"], name="seller_import_row_once")]

    def __str__(self) -> str:
        return f"{self.seller_import_id}:{self.number}"


class SellerImportProblem(SheetImportProblem):
    seller_import = models.ForeignKey(SellerImport, models.CASCADE, related_name="problems")

    class Meta(SheetImportProblem.Meta):
        verbose_name = _("kesalahan impor penjual")
        verbose_name_plural = ngettext_lazy("kesalahan impor penjual", "kesalahan impor penjual", 2)
        indexes = [models.Index(fields=["seller_import", "number"], name="seller_import_problem_by_row")]
