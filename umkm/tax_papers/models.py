"""A seller's dated tax papers: what a reduced tax, or none, rests on."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from epeken.core.models import Event
from epeken.core.states import StateIsLastEvent, valid_states
from umkm.sellers.models import Seller
from umkm.tax_papers import querysets
from umkm.tax_papers.states import PROVEN, TAX_PAPER, TaxPaperKind, TaxPaperState


class TaxPaper(models.Model):
    """One paper, never changed: a renewed one is another row."""

    seller = models.ForeignKey(Seller, models.PROTECT, related_name="tax_papers", verbose_name=_("penjual"))
    kind = models.CharField(_("jenis"), max_length=12, choices=TaxPaperKind)
    state = models.CharField(
        _("keadaan"), max_length=10, choices=TaxPaperState, default=TAX_PAPER.initial, editable=False
    )
    number = models.CharField(_("nomor"), max_length=40)
    issued_on = models.DateField(_("tanggal surat"))
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    # The last day it counts when it ended before its time.
    ended_on = models.DateField(_("dicabut sesudah"), null=True, editable=False)
    file = models.CharField(pgettext_lazy("satu", "Berkas"), max_length=200)  # name in the private store
    content_type = models.CharField(_("jenis berkas"), max_length=60)
    size = models.PositiveIntegerField(_("ukuran"))
    sha256 = models.CharField(_("sidik berkas"), max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("diunggah oleh")
    )
    uploaded_at = models.DateTimeField(_("diunggah"))
    due_at = models.DateTimeField(_("tenggat"))
    decided_at = models.DateTimeField(_("diputus"), null=True, editable=False)
    note = models.CharField(_("catatan petugas"), max_length=300, blank=True, editable=False)

    objects = querysets.TaxPaperQuerySet.as_manager()
    machine = TAX_PAPER

    class Meta:
        triggers = [StateIsLastEvent()]
        ordering = ["due_at", "pk"]
        verbose_name = _("surat pajak penjual")
        verbose_name_plural = ngettext_lazy("surat pajak penjual", "surat pajak penjual", 2)
        constraints = [
            valid_states(TAX_PAPER, "tax_paper_state_known"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="tax_paper_dates",
                violation_error_message=_("Hari terakhir tidak boleh sebelum hari mulai."),
            ),
            models.CheckConstraint(
                condition=Q(state=TaxPaperState.ENDED, ended_on__isnull=False)
                | Q(~Q(state=TaxPaperState.ENDED), ended_on__isnull=True),
                name="tax_paper_ended_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["seller", "kind", "number"],
                condition=Q(state__in=[TaxPaperState.WAITING, *PROVEN]),
                name="tax_paper_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def last_day(self) -> date | None:
        """The last day it counts; None while no end is known."""
        ends = [day for day in (self.valid_until, self.ended_on) if day is not None]
        return min(ends) if ends else None

    @property
    def reference(self) -> str:
        """By which a look at its copy is recorded."""
        return f"tax-paper-{self.pk}"

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.last_day is None or day <= self.last_day)


class TaxPaperEvent(Event):
    paper = models.ForeignKey(TaxPaper, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("riwayat surat pajak")
        verbose_name_plural = _("riwayat surat pajak")
