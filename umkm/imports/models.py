"""What every import of a file keeps, and an import of goods: its rows as they were read and what became of each."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from epeken.core.models import Event
from epeken.core.states import StateIsLastEvent, valid_states
from umkm.catalogue.models import Product
from umkm.imports import querysets
from umkm.imports.states import IMPORT, ImportState, RowOutcome, RowPlan
from umkm.sellers.models import Seller


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


class GoodsImport(SheetImport):
    """`archive` names a file in the private store as `table` does."""

    seller = models.ForeignKey(Seller, models.PROTECT, related_name="goods_imports", verbose_name=_("penjual"))
    archive = models.CharField(max_length=200, blank=True, editable=False)
    sends = models.BooleanField(_("kirim ke kurator"), default=False)

    objects = querysets.ImportQuerySet.as_manager()

    class Meta(SheetImport.Meta):
        triggers = [StateIsLastEvent()]
        verbose_name = _("impor barang")
        verbose_name_plural = ngettext_lazy("impor barang", "impor barang", 2)
        constraints = [
            valid_states(IMPORT, "goods_import_state_known"),
            models.UniqueConstraint(
                fields=["seller"], condition=Q(state__in=querysets.OPEN_STATES), name="goods_import_one_open"
            ),
        ]


class GoodsImportEvent(Event):
    goods_import = models.ForeignKey(GoodsImport, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("riwayat impor barang")
        verbose_name_plural = _("riwayat impor barang")


class GoodsImportRow(models.Model):
    """A row of the file. `cells`: its texts in the order of `columns.COLUMNS`; `before`: those of goods it changes, as
    they were. `price_is_far`: so far from today's that whoever runs the import is asked (`catalogue.low_prices`).
    `shown` and `after`: digests (`core.editing`) of the goods when the file was read and when the row was
    done, by which a change by somebody else is known."""

    goods_import = models.ForeignKey(GoodsImport, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # as the program that wrote the file counts
    cells = ArrayField(models.TextField(blank=True))
    before = ArrayField(models.TextField(blank=True), default=list, blank=True)
    plan = models.CharField(max_length=6, choices=RowPlan)
    price_is_far = models.BooleanField(default=False)
    outcome = models.CharField(max_length=8, choices=RowOutcome, default=RowOutcome.WAITING)
    product = models.ForeignKey(Product, models.PROTECT, null=True, blank=True, related_name="+")
    shown = models.TextField(blank=True)
    after = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("baris impor barang")
        verbose_name_plural = ngettext_lazy("baris impor barang", "baris impor barang", 2)
        constraints = [models.UniqueConstraint(fields=["goods_import", "number"], name="goods_import_row_once")]

    def __str__(self) -> str:
        return f"{self.goods_import_id}:{self.number}"


class GoodsImportProblem(SheetImportProblem):
    goods_import = models.ForeignKey(GoodsImport, models.CASCADE, related_name="problems")

    class Meta(SheetImportProblem.Meta):
        verbose_name = _("kesalahan impor barang")
        verbose_name_plural = ngettext_lazy("kesalahan impor barang", "kesalahan impor barang", 2)
        indexes = [models.Index(fields=["goods_import", "number"], name="goods_import_problem_by_row")]
