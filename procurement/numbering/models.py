"""How the departments of the city number their papers, from a day on."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from procurement.agencies.models import Agency
from procurement.numbering import querysets
from procurement.numbering.patterns import SERIAL, YEAR
from procurement.numbering.states import NumberedPaper


class NumberForm(models.Model):
    """Of one department, or of all that have none of their own. What was numbered keeps its number."""

    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="number_forms",
        verbose_name=_("dinas"),
        help_text=_("Kosong: semua dinas yang tidak punya bentuk sendiri."),
    )
    kind = models.CharField(_("jenis dokumen"), max_length=12, choices=NumberedPaper)
    pattern = models.CharField(
        _("bentuk nomor"),
        max_length=60,
        help_text=_(
            "Misalnya 027/{urut}/{kode}/{tahun}. Wajib ada {urut} dan {tahun}; boleh {bulan} (romawi) dan {kode} "
            "(kode dinas). Jenis yang bentuknya sama berbagi satu urutan."
        ),
    )
    first = models.PositiveIntegerField(
        _("urutan mulai dari"),
        default=1,
        validators=[MinValueValidator(1)],
        help_text=_("Untuk urutan yang belum dipakai tahun ini: nomor sesudah yang sudah diberikan di kertas."),
    )
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    source = models.CharField(_("sumber"), max_length=300)

    objects = querysets.NumberFormQuerySet.as_manager()

    class Meta:
        ordering = ["kind", F("agency").asc(nulls_first=True), "-valid_from", "-pk"]
        verbose_name = _("bentuk nomor surat")
        verbose_name_plural = ngettext_lazy("bentuk nomor surat", "bentuk nomor surat", 2)
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="number_form_dates",
                violation_error_message=_("Hari terakhir tidak boleh sebelum hari mulai."),
            ),
            models.CheckConstraint(
                condition=Q(pattern__contains=SERIAL) & Q(pattern__contains=YEAR),
                name="number_form_whole",
                violation_error_message=_("Bentuk nomor memuat {urut} dan {tahun}, supaya tidak ada nomor kembar."),
            ),
            models.CheckConstraint(
                condition=Q(first__gte=1),
                name="number_form_first",
                violation_error_message=_("Urutan mulai dari satu atau lebih."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.pattern}"
