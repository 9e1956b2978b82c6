"""Further signatures before a request is decided: which the city asks for, and those of each request."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.money import RupiahField
from procurement.agencies.models import Agency
from procurement.agencies.states import OFFICE_LENGTH, OFFICES, OfficerRole
from procurement.signatures import querysets
from procurement.signatures.states import SIGNERS
from umkm.catalogue.models import Category


class ApprovalRule(models.Model):
    """Requests above an amount, of a department or of all, with goods of a category or any, need this office's
    signature before the PP or PPK decides. Dated: what changes ends, and a new row begins."""

    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="approval_rules",
        verbose_name=_("dinas"),
        help_text=_("Kosong: semua dinas."),
    )
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kategori"),
        help_text=_("Kosong: semua barang. Termasuk kategori di bawahnya."),
    )
    above = RupiahField(_("jumlah di atas"), default=0)
    office = models.CharField(_("yang menandatangani"), max_length=12, choices=SIGNERS)
    position = models.PositiveSmallIntegerField(_("urutan"), default=1)
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    source = models.CharField(_("sumber"), max_length=300)

    objects = querysets.ApprovalRuleQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("tanda tangan tambahan")
        verbose_name_plural = ngettext_lazy("tanda tangan tambahan", "tanda tangan tambahan", 2)
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="approval_rule_dates",
                violation_error_message=_("Hari terakhir tidak boleh sebelum hari mulai."),
            ),
            models.CheckConstraint(
                condition=Q(office__in=[office.value for office in dict(SIGNERS)]), name="approval_rule_office"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.get_office_display()}"


class ApprovalSignature(models.Model):
    """One signature a request waits for, or has, as asked for when it was sent (`sent_at`)."""

    request = models.ForeignKey(
        "procurement.PurchaseRequest", models.PROTECT, related_name="signatures", verbose_name=_("permintaan")
    )
    sent_at = models.DateTimeField(_("dikirim"))
    position = models.PositiveSmallIntegerField(_("urutan"))
    office = models.CharField(_("jabatan"), max_length=12, choices=OfficerRole)
    source = models.CharField(_("sumber"), max_length=300)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("penanda tangan"),
    )
    signed_at = models.DateTimeField(_("ditandatangani"), null=True)
    # The office in which they signed (`agencies.states.office_code`), and the sum they signed for.
    signed_as = models.CharField(_("sebagai"), max_length=OFFICE_LENGTH, choices=list(OFFICES.items()), blank=True)
    total = RupiahField(_("jumlah"), default=0)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("tanda tangan permintaan")
        verbose_name_plural = ngettext_lazy("tanda tangan permintaan", "tanda tangan permintaan", 2)
        constraints = [
            models.UniqueConstraint(fields=["request", "sent_at", "position"], name="approval_signature_once"),
            models.UniqueConstraint(
                fields=["request", "sent_at", "signer"],
                condition=Q(signer__isnull=False),
                name="approval_signature_of_one_person",
            ),
            models.CheckConstraint(
                condition=Q(signer__isnull=True, signed_at__isnull=True, signed_as="")
                | (Q(signer__isnull=False, signed_at__isnull=False) & ~Q(signed_as="")),
                name="approval_signature_says_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.position}. {self.get_office_display()}"
