"""Templates of requests: what a department asks for again and again. A template holds no price."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.quantity import QuantityField
from procurement.agencies.models import Agency
from procurement.budgets.models import Account
from procurement.request_templates import querysets
from procurement.request_templates.states import ActivityKind
from umkm.catalogue.models import Category, Product
from umkm.catalogue.states import Unit


class RequestTemplate(models.Model):
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="request_templates",
        verbose_name=_("dinas"),
        help_text=_("Kosong: dari kota, untuk semua dinas."),
    )
    name = models.CharField(_("nama template"), max_length=80)
    activity = models.CharField(_("jenis kegiatan"), max_length=10, choices=ActivityKind, default=ActivityKind.MEETING)
    purpose = models.CharField(_("keperluan"), max_length=300, blank=True)
    usual_hour = models.TimeField(_("jam biasanya"), null=True, blank=True)
    # How long before the event its goods are to be there.
    minutes_before = models.PositiveSmallIntegerField(_("barang tiba sebelum acara (menit)"), default=0)
    place = models.CharField(_("tempat acara"), max_length=160, blank=True)
    attendees = models.PositiveIntegerField(
        _("jumlah peserta biasanya"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    account = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kode rekening")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("dibuat oleh"),
    )
    created_at = models.DateTimeField(_("dibuat"), editable=False)
    retired_at = models.DateTimeField(_("berhenti dipakai"), null=True, editable=False)

    objects = querysets.RequestTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("template permintaan")
        verbose_name_plural = ngettext_lazy("template permintaan", "template permintaan", 2)
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"],
                condition=Q(retired_at__isnull=True),
                nulls_distinct=False,
                name="request_template_once",
                violation_error_message=_("Template dengan nama ini sudah ada."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TemplateLine(models.Model):
    """Goods wanted: a product, or any of a category that the words describe."""

    template = models.ForeignKey(
        RequestTemplate, models.CASCADE, related_name="lines", verbose_name=_("template permintaan")
    )
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("kategori"))
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("barang")
    )
    words = models.CharField(_("barang yang dicari"), max_length=120)
    unit = models.CharField(_("satuan"), max_length=8, choices=Unit)
    amount = QuantityField(_("banyaknya"))
    is_per_person = models.BooleanField(_("per orang"), default=False)
    # By its code: budget lines are of one year, templates of many.
    account = models.ForeignKey(
        Account,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kode rekening"),
        help_text=_("Kosong: dari rekening templatenya."),
    )
    note = models.CharField(_("catatan untuk penjual"), max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("baris template")
        verbose_name_plural = ngettext_lazy("baris template", "baris template", 2)
        constraints = [
            models.UniqueConstraint(fields=["template", "product"], name="template_product_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="template_amount",
                violation_error_message=_("Banyaknya harus lebih dari nol."),
            ),
        ]

    def __str__(self) -> str:
        return self.words
