"""What a kind of seller has to meet, what an officer found of it, and of what a shop is excused until when."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext_lazy

from epeken.core.models import AppendOnly, Event
from epeken.core.states import StateIsLastEvent, valid_states
from umkm.requirements import querysets, subjects
from umkm.requirements.states import WAIVER, Means, OfficerFinding, WaiverState
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerKind
from umkm.verification.states import SellerDocumentKind


class Requirement(models.Model):
    """What a kind of seller has to meet, since when, and what it is for: a document or a field they bring, an automatic
    check that finds nothing wrong, or something an officer found."""

    seller_kind = models.CharField(_("jenis penjual"), max_length=12, choices=SellerKind)
    subject = models.CharField(_("syarat"), max_length=24, choices=subjects.subject_choices)
    category = models.ForeignKey(
        "umkm.Category", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kategori barang"),
        help_text=_("Hanya untuk dokumen: diminta dari toko yang menjual barang kategori ini."),
    )  # fmt: skip
    required = models.BooleanField(_("wajib"), default=True)
    waivable = models.BooleanField(
        _("dapat dikecualikan"), default=False, help_text=_("Syarat tentang siapa orangnya tidak pernah dikecualikan.")
    )
    existing_from = models.DateField(
        _("toko yang sudah buka: wajib sejak"), null=True, blank=True,
        help_text=_("Kosong: hanya untuk yang mendaftar sejak syarat ini berlaku."),
    )  # fmt: skip
    purpose = models.CharField(_("untuk apa"), max_length=200)
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    source = models.CharField(_("sumber"), max_length=200)

    objects = querysets.RequirementQuerySet.as_manager()

    class Meta:
        ordering = ["seller_kind", "position"]
        verbose_name = _("syarat penjual")
        verbose_name_plural = ngettext_lazy("syarat penjual", "syarat penjual", 2)
        constraints = [
            models.UniqueConstraint(
                fields=["seller_kind", "subject", "category", "valid_from"],
                name="requirement_once",
                nulls_distinct=False,
                violation_error_message=_("Syarat ini sudah ada sejak hari itu."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="requirement_dates",
                violation_error_message=_("Hari terakhir tidak boleh sebelum hari mulai."),
            ),
            models.CheckConstraint(
                condition=Q(existing_from__isnull=True) | Q(existing_from__gte=F("valid_from"), required=True),
                name="requirement_existing_dates",
                violation_error_message=_("Toko yang sudah buka: hanya syarat wajib, dan tidak sebelum hari mulai."),
            ),
            models.CheckConstraint(
                condition=Q(waivable=False) | ~Q(subject__in=subjects.IDENTITY),
                name="requirement_identity_stays",
                violation_error_message=_("Syarat tentang siapa orangnya tidak dapat dikecualikan."),
            ),
            models.CheckConstraint(
                condition=Q(category__isnull=True) | Q(subject__in=SellerDocumentKind.values),
                name="requirement_category_of_document",
                violation_error_message=_("Kategori barang hanya untuk syarat berupa dokumen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_seller_kind_display()}: {self.label}"

    @property
    def means(self) -> Means:
        return subjects.means_of(self.subject)

    @property
    def label(self) -> str:
        name = subjects.label_of(self.subject)
        return f"{name} ({self.category})" if self.category is not None else name

    @property
    def key(self) -> "RequirementKey":
        return self.subject, self.category_id

    def is_asked_of_existing(self, day: date) -> bool:
        """Of shops that were open before it began."""
        return self.existing_from is not None and self.existing_from <= day


RequirementKey = tuple[str, int | None]  # subject, category: the same requirement, whatever its dates and words


class RequirementFinding(AppendOnly):
    """What an officer of the office found of a shop in one round of its verification, and how. Append-only."""

    case = models.ForeignKey("umkm.VerificationCase", models.PROTECT, related_name="requirement_findings")
    subject = models.CharField(_("syarat"), max_length=24, choices=OfficerFinding)
    note = models.CharField(_("bagaimana ditemukan"), max_length=300)
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("petugas"))
    found_at = models.DateTimeField(_("ditemukan"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("temuan petugas")
        verbose_name_plural = ngettext_lazy("temuan petugas", "temuan petugas", 2)
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "subject"], name="requirement_finding_once")]

    def __str__(self) -> str:
        return f"{self.get_subject_display()}: {self.case}"


class RequirementWaiver(models.Model):
    """A shop is excused from one requirement of its kind, for a reason and until a day."""

    seller = models.ForeignKey(Seller, models.PROTECT, related_name="waivers", verbose_name=_("penjual"))
    # The shop's, when it was excused: what excuses a stall does not excuse a producer.
    seller_kind = models.CharField(_("jenis penjual"), max_length=12, choices=SellerKind, editable=False)
    subject = models.CharField(_("syarat"), max_length=24, choices=subjects.subject_choices, editable=False)
    category = models.ForeignKey(
        "umkm.Category", models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("kategori barang")
    )
    state = models.CharField(_("keadaan"), max_length=9, choices=WaiverState, default=WAIVER.initial, editable=False)
    reason = models.CharField(_("alasan"), max_length=300, editable=False)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("petugas")
    )
    given_at = models.DateTimeField(_("diberikan"), editable=False)
    valid_from = models.DateField(_("berlaku sejak"), editable=False)
    valid_until = models.DateField(_("berlaku sampai"), editable=False)
    ended_at = models.DateTimeField(_("berakhir"), null=True, editable=False)

    objects = querysets.WaiverQuerySet.as_manager()
    machine = WAIVER

    class Meta:
        triggers = [StateIsLastEvent()]
        ordering = ["-given_at", "-pk"]
        verbose_name = _("pengecualian syarat")
        verbose_name_plural = ngettext_lazy("pengecualian syarat", "pengecualian syarat", 2)
        permissions = [("waive_requirement", gettext_noop("boleh mengecualikan toko dari satu syarat"))]
        constraints = [
            valid_states(WAIVER, "requirement_waiver_state_known"),
            models.UniqueConstraint(
                fields=["seller", "subject", "category"],
                condition=Q(state=WaiverState.IN_FORCE),
                name="requirement_waiver_one_in_force",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="requirement_waiver_dates"),
            models.CheckConstraint(
                condition=~Q(subject__in=subjects.IDENTITY), name="requirement_waiver_never_of_identity"
            ),
            models.CheckConstraint(
                condition=Q(state=WaiverState.IN_FORCE, ended_at__isnull=True)
                | (~Q(state=WaiverState.IN_FORCE) & Q(ended_at__isnull=False)),
                name="requirement_waiver_ended_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seller}: {self.label}"

    @property
    def label(self) -> str:
        name = subjects.label_of(self.subject)
        return f"{name} ({self.category})" if self.category is not None else name

    @property
    def key(self) -> RequirementKey:
        return self.subject, self.category_id


class RequirementWaiverEvent(Event):
    waiver = models.ForeignKey(RequirementWaiver, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("riwayat pengecualian syarat")
        verbose_name_plural = _("riwayat pengecualian syarat")
