"""Decrees with their highest prices, and which goods of the market they speak of."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.money import RupiahField
from umkm.catalogue.models import Category, Product
from umkm.catalogue.states import Unit


class PriceDecree(models.Model):
    """A regulation of the city with a list of prices. What it says is never changed; a later one follows it."""

    number = models.CharField(_("nomor keputusan"), max_length=60, unique=True)
    decree_on = models.DateField(_("tanggal keputusan"))
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("diimpor oleh")
    )
    taken_at = models.DateTimeField(_("diimpor"))

    class Meta:
        ordering = ["-valid_from", "-pk"]
        verbose_name = _("standar harga satuan")
        verbose_name_plural = ngettext_lazy("standar harga satuan", "standar harga satuan", 2)
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="price_decree_dates",
                violation_error_message=_("Hari terakhir tidak boleh sebelum hari mulai."),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class StandardPrice(models.Model):
    """One row of a decree. `unit` is the market's unit, '' when the words name none; `size` of them are in `words`."""

    decree = models.ForeignKey(PriceDecree, models.PROTECT, related_name="prices", verbose_name=_("keputusan"))
    code = models.CharField(_("kode barang"), max_length=40)
    name = models.CharField(_("nama barang"), max_length=200)
    words = models.CharField(_("satuan di keputusan"), max_length=40)
    unit = models.CharField(_("satuan pasar"), max_length=8, choices=Unit, blank=True)
    size = models.DecimalField(_("isi"), max_digits=13, decimal_places=4, default=Decimal(1))
    price = RupiahField(_("harga tertinggi"), validators=[MinValueValidator(1)])
    account = models.CharField(_("kode rekening"), max_length=40, blank=True)

    class Meta:
        ordering = ["code", "-pk"]
        verbose_name = _("harga standar")
        verbose_name_plural = ngettext_lazy("harga standar", "harga standar", 2)
        constraints = [
            models.UniqueConstraint(fields=["decree", "code"], name="standard_price_once"),
            models.CheckConstraint(condition=Q(price__gt=0, size__gt=0), name="standard_price_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def per_unit(self) -> int:
        """The highest price of one `unit`, whole rupiah, rounded down as told."""
        return int(self.price / self.size)

    def allows(self, price: int) -> bool:
        """Whether a price of one `unit` is no higher, compared without rounding."""
        return price * self.size <= self.price


class StandardMatch(models.Model):
    """Goods a code speaks of: one product, or all of a category. Said by a person; similar names say nothing."""

    code = models.CharField(_("kode barang"), max_length=40)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kategori")
    )
    product = models.ForeignKey(
        Product, models.CASCADE, null=True, blank=True, related_name="standards", verbose_name=_("barang")
    )

    class Meta:
        ordering = ["code", "pk"]
        verbose_name = _("barang menurut standar harga")
        verbose_name_plural = _("barang menurut standar harga")
        constraints = [
            models.CheckConstraint(
                condition=Q(category__isnull=False, product__isnull=True)
                | Q(category__isnull=True, product__isnull=False),
                name="standard_match_one",
                violation_error_message=_("Pilih satu kategori atau satu barang."),
            ),
            models.UniqueConstraint(fields=["code", "category"], name="standard_match_category_once"),
            models.UniqueConstraint(fields=["code", "product"], name="standard_match_product_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.product or self.category}"
