"""Which levels look at a registration before the office, who is posted where, and what each found."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.models import Event, Kecamatan, Kelurahan
from epeken.core.states import StateIsLastEvent, valid_states
from umkm.area_checks import querysets
from umkm.area_checks.states import AREA_CHECK, AreaCheckState, AreaLevel
from umkm.sellers.states import SellerKind
from umkm.verification.models import VerificationCase


class AreaStage(models.Model):
    """A level that is asked about a kind of seller, how long it has, and whether it has to go and see."""

    seller_kind = models.CharField(_("jenis penjual"), max_length=12, choices=SellerKind)
    level = models.CharField(_("tingkat"), max_length=9, choices=AreaLevel)
    working_days = models.PositiveSmallIntegerField(_("batas (hari kerja)"))
    asks_visit = models.BooleanField(_("kunjungan wajib"), default=False)
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    source = models.CharField(_("sumber"), max_length=200)

    objects = querysets.StageQuerySet.as_manager()

    class Meta:
        ordering = ["seller_kind", "level"]
        verbose_name = _("tahap wilayah")
        verbose_name_plural = ngettext_lazy("tahap wilayah", "tahap wilayah", 2)
        constraints = [
            models.UniqueConstraint(fields=["seller_kind", "level", "valid_from"], name="area_stage_once"),
            models.CheckConstraint(
                condition=Q(working_days__gte=1),
                name="area_stage_has_a_day",
                violation_error_message=_("Batasnya paling sedikit satu hari kerja."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="area_stage_dates",
                violation_error_message=_("Hari terakhir tidak boleh sebelum hari mulai."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_seller_kind_display()}: {self.get_level_display()}"


class AreaPosting(models.Model):
    """Who looks at the registrations of one kelurahan, or of one kecamatan at its own level, on which days."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="area_postings", verbose_name=_("petugas")
    )
    kelurahan = models.ForeignKey(
        Kelurahan, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kelurahan")
    )
    kecamatan = models.ForeignKey(
        Kecamatan, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kecamatan")
    )
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    source = models.CharField(_("surat tugas"), max_length=200)

    objects = querysets.PostingQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "pk"]
        verbose_name = _("penempatan petugas wilayah")
        verbose_name_plural = ngettext_lazy("penempatan petugas wilayah", "penempatan petugas wilayah", 2)
        constraints = [
            models.CheckConstraint(
                condition=Q(kelurahan__isnull=True, kecamatan__isnull=False)
                | Q(kelurahan__isnull=False, kecamatan__isnull=True),
                name="area_posting_one_place",
                violation_error_message=_("Isi kelurahan untuk petugas kelurahan, atau kecamatan saja."),
            ),
            models.UniqueConstraint(
                fields=["user", "kelurahan", "kecamatan", "valid_from"],
                name="area_posting_once",
                nulls_distinct=False,
                violation_error_message=_("Penempatan ini sudah ada."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="area_posting_dates",
                violation_error_message=_("Hari terakhir tidak boleh sebelum hari mulai."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.place}"

    @property
    def place(self) -> str:
        if self.kelurahan is not None:
            return f"{AreaLevel.KELURAHAN.label} {self.kelurahan.name}"
        return f"{AreaLevel.KECAMATAN.label} {self.kecamatan}"


class AreaCheck(models.Model):
    """One level asked about one round of a registration: whether the shop is where and what it says it is."""

    case = models.ForeignKey(VerificationCase, models.PROTECT, related_name="area_checks")
    level = models.CharField(_("tingkat"), max_length=9, choices=AreaLevel)
    # Where the shop said it was when this was asked.
    kelurahan = models.ForeignKey(Kelurahan, models.PROTECT, related_name="+")
    state = models.CharField(
        _("keadaan"), max_length=9, choices=AreaCheckState, default=AREA_CHECK.initial, editable=False
    )
    asks_visit = models.BooleanField(_("kunjungan wajib"))
    opened_at = models.DateTimeField(_("diminta"))
    due_at = models.DateTimeField(_("tenggat"))
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("diperiksa"), null=True, editable=False)
    note = models.CharField(_("catatan"), max_length=1000, blank=True)
    visited_on = models.DateField(_("hari kunjungan"), null=True)
    latitude = models.DecimalField(_("garis lintang"), max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(_("garis bujur"), max_digits=9, decimal_places=6, null=True)

    objects = querysets.AreaCheckQuerySet.as_manager()
    machine = AREA_CHECK

    class Meta:
        triggers = [StateIsLastEvent()]
        ordering = ["due_at", "pk"]
        verbose_name = _("pemeriksaan wilayah")
        verbose_name_plural = ngettext_lazy("pemeriksaan wilayah", "pemeriksaan wilayah", 2)
        constraints = [
            valid_states(AREA_CHECK, "area_check_state_known"),
            models.UniqueConstraint(fields=["case", "level"], name="area_check_once_a_round"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state=AreaCheckState.RUNNING), name="area_check_one_running"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.case}"

    @property
    def place(self) -> str:
        name = self.kelurahan.name if self.level == AreaLevel.KELURAHAN else self.kelurahan.kecamatan.name
        return f"{self.get_level_display()} {name}"


class AreaCheckEvent(Event):
    area_check = models.ForeignKey(AreaCheck, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("riwayat pemeriksaan wilayah")
        verbose_name_plural = _("riwayat pemeriksaan wilayah")


class VisitPhoto(models.Model):
    """A picture an officer took at the shop."""

    area_check = models.ForeignKey(AreaCheck, models.PROTECT, related_name="photos")
    file = models.CharField(max_length=200)  # name in the private store; "" once destroyed
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True, editable=False)

    objects = querysets.VisitPhotoQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("foto kunjungan")
        verbose_name_plural = ngettext_lazy("foto kunjungan", "foto kunjungan", 2)

    def __str__(self) -> str:
        return f"#{self.pk}"
