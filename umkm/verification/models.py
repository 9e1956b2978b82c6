"""A seller's documents, and the case in which an officer decides."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from epeken.core.models import AppendOnly, Event
from epeken.core.secret import EncryptedField
from epeken.core.states import StateIsLastEvent, valid_states
from epeken.users.models import User
from umkm.findings import CheckResult
from umkm.sellers.models import Seller
from umkm.verification import querysets
from umkm.verification.findings import words
from umkm.verification.states import CASE, CaseState, LookPurpose, RejectReason, SellerDocumentKind


class SellerDocument(models.Model):
    """A document or photo in the private store. Replaced, never overwritten."""

    seller = models.ForeignKey(Seller, models.PROTECT, related_name="documents")
    kind = models.CharField(_("jenis"), max_length=16, choices=SellerDocumentKind)
    file = models.CharField(max_length=200)  # name in the private store
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    # 64-bit difference hash as hex, for near-identical photos; '' for a PDF.
    dhash = models.CharField(max_length=16, blank=True, db_index=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    number = models.CharField(_("nomor dokumen"), max_length=40, blank=True)
    expires_on = models.DateField(_("berlaku sampai"), null=True, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, editable=False)
    # The file is gone; `file`, what it was known by and its number are empty.
    destroyed_at = models.DateTimeField(null=True, editable=False)
    # Evidence of a change of the shop's identity. `is_proposed` until the change is in force.
    change = models.ForeignKey(
        "umkm.IdentityChange", models.PROTECT, null=True, editable=False, related_name="documents"
    )
    is_proposed = models.BooleanField(default=False, editable=False)

    objects = querysets.DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("dokumen penjual")
        verbose_name_plural = ngettext_lazy("dokumen penjual", "dokumen penjual", 2)
        constraints = [
            models.UniqueConstraint(
                fields=["seller", "kind"],
                condition=Q(replaced_at__isnull=True, is_proposed=False),
                name="document_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"


class DocumentView(AppendOnly):
    """One row each time a member of staff looked at identity data; the owner can read it. Append-only."""

    seller = models.ForeignKey(Seller, models.PROTECT, related_name="views")
    document = models.ForeignKey(SellerDocument, models.PROTECT, null=True, related_name="views")
    what = models.CharField(max_length=40)  # "ktp", "nik", "bank_account"
    reference = models.CharField(max_length=40, blank=True)  # which of several, such as "tax-paper-12"
    purpose = models.CharField(max_length=8, choices=LookPurpose, blank=True)  # "" of the shop's own people
    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        verbose_name = _("catatan pembukaan data")
        verbose_name_plural = ngettext_lazy("catatan pembukaan data", "catatan pembukaan data", 2)
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.viewer} {self.what}"

    @property
    def label(self) -> str:
        """What was looked at, in the owner's words: a document or one of the shop's own numbers."""
        if self.what in SellerDocumentKind.values:
            return str(SellerDocumentKind(self.what).label)
        return str(getattr(Seller, self.what).field.verbose_name)


class VerificationCase(models.Model):
    """One round of verification: from a submission to a decision, with an owner and a deadline."""

    seller = models.ForeignKey(Seller, models.PROTECT, related_name="cases", verbose_name=_("penjual"))
    state = models.CharField(_("keadaan"), max_length=12, choices=CaseState, default=CASE.initial, editable=False)
    opened_at = models.DateTimeField(_("dibuka"))
    due_at = models.DateTimeField(_("tenggat"))
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("verifikator")
    )
    # Of one opened by an appeal: who rejected the earlier one and does not judge this.
    not_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+",
        verbose_name=_("tidak diputus oleh"),
    )  # fmt: skip
    checked_at = models.DateTimeField(_("diperiksa"), null=True, editable=False)
    decided_at = models.DateTimeField(_("diputus"), null=True, editable=False)
    reject_reason = models.CharField(_("alasan penolakan"), max_length=20, choices=RejectReason, blank=True)
    note = models.TextField(_("catatan"), blank=True)

    objects = querysets.CaseQuerySet.as_manager()
    machine = CASE

    class Meta:
        triggers = [StateIsLastEvent()]
        ordering = ["due_at", "pk"]
        verbose_name = _("berkas verifikasi")
        verbose_name_plural = ngettext_lazy("berkas verifikasi", "berkas verifikasi", 2)
        constraints = [
            valid_states(CASE, "case_state_known"),
            models.UniqueConstraint(
                fields=["seller"],
                condition=Q(state__in=[CaseState.CHECKING, CaseState.WAITING]),
                name="case_one_open_per_seller",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.seller}"

    @property
    def holder(self) -> User | None:
        """On whose desk it lies; on nobody's once its officer can no longer sign in."""
        return self.officer if self.officer is not None and self.officer.is_active else None

    @property
    def told_officer(self) -> User | None:
        """Who decided it, or on whose desk it lies."""
        return self.officer if self.decided_at is not None else self.holder


class CaseEvent(Event):
    case = models.ForeignKey(VerificationCase, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("riwayat berkas verifikasi")
        verbose_name_plural = _("riwayat berkas verifikasi")


class FoundByCheck(models.Model):
    """One thing an automatic check found, and which verifier took note of it."""

    code = models.CharField(max_length=40)  # the check
    result = models.CharField(max_length=5, choices=CheckResult)
    finding = models.CharField(max_length=40)  # a code of `findings.MESSAGES`
    parameters = models.JSONField(default=dict, blank=True)  # as its message keeps them
    at = models.DateTimeField()
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)

    objects = querysets.CheckQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.code}: {self.result}"

    @property
    def words(self) -> str:
        """The finding in the active language."""
        return words(self.finding, self.parameters, get_language() or "")


class CaseCheck(FoundByCheck):
    case = models.ForeignKey(VerificationCase, models.CASCADE, related_name="checks")

    class Meta(FoundByCheck.Meta):
        verbose_name = _("temuan otomatis")
        verbose_name_plural = ngettext_lazy("temuan otomatis", "temuan otomatis", 2)
        constraints = [
            models.UniqueConstraint(fields=["case", "code", "finding", "parameters"], name="finding_once_per_case"),
            models.CheckConstraint(
                condition=Q(acknowledged_by__isnull=True, acknowledged_at__isnull=True)
                | Q(acknowledged_by__isnull=False, acknowledged_at__isnull=False),
                name="finding_who_and_when",
            ),
        ]


class CaseRemark(models.Model):
    """A field or document the verifier sent back, and why."""

    case = models.ForeignKey(VerificationCase, models.CASCADE, related_name="remarks")
    field = models.CharField(_("bagian"), max_length=40)
    reason = models.CharField(_("alasan"), max_length=300)

    class Meta:
        verbose_name = _("catatan pengembalian")
        verbose_name_plural = ngettext_lazy("catatan pengembalian", "catatan pengembalian", 2)
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "field"], name="remark_once_per_field")]

    def __str__(self) -> str:
        return f"{self.field}: {self.reason}"


class CaseValue(models.Model):
    """What the applicant had filled in when this round opened, so that a verifier sees what changed since the last."""

    case = models.ForeignKey(VerificationCase, models.CASCADE, related_name="values")
    field = models.CharField(max_length=40)
    value = EncryptedField(blank=True)

    class Meta:
        verbose_name = _("isian putaran sebelumnya")
        verbose_name_plural = ngettext_lazy("isian putaran sebelumnya", "isian putaran sebelumnya", 2)
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "field"], name="value_once_per_case")]

    def __str__(self) -> str:
        return self.field
