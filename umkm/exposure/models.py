"""How much of buyers' attention each shop was offered."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.i18n import times
from umkm.catalogue.models import Category
from umkm.sellers.models import Seller


class ExposureDay(models.Model):
    """Cards of a shop's goods of one category in lists of a day that were sent to people. Figures, no business data: a
    minute of them may be lost, and none is counted twice."""

    seller = models.ForeignKey(Seller, models.CASCADE, related_name="+", verbose_name=_("penjual"))
    category = models.ForeignKey(Category, models.CASCADE, related_name="+", db_index=False, verbose_name=_("kategori"))
    day = models.DateField(_("hari"))
    # Where it was looked for: of the filter, else of the visitor. '' in the whole city.
    kecamatan = models.CharField(_("kecamatan yang dicari"), max_length=8, blank=True)
    shown = models.PositiveIntegerField(_("tampil"), validators=[MinValueValidator(1)])
    # Thousandths of a first place (`impressions.place_weight`).
    weight = models.PositiveBigIntegerField(_("bobot tempat"))

    class Meta:
        verbose_name = _("tampilan toko")
        verbose_name_plural = ngettext_lazy("tampilan toko", "tampilan toko", 2)
        constraints = [
            models.UniqueConstraint(fields=["seller", "day", "category", "kecamatan"], name="exposure_day_once")
        ]
        indexes = [models.Index(fields=["day"], name="exposure_by_day")]

    def __str__(self) -> str:
        return f"{self.seller}, {self.day}"


class StandingEdition(models.Model):
    """One reckoning of the levels of all shops. `version`: of the rule (`policy.VERSION`)."""

    at = models.DateTimeField(_("dihitung"))
    version = models.PositiveSmallIntegerField(_("versi aturan"))

    class Meta:
        verbose_name = _("perhitungan urutan")
        verbose_name_plural = ngettext_lazy("perhitungan urutan", "perhitungan urutan", 2)

    def __str__(self) -> str:
        return f"#{self.pk}, {times.brief_time(self.at)}"


class Standing(models.Model):
    """The level of a shop in a category, and the figures of its owner that it came of (`policy.ShopFigures`)."""

    edition = models.ForeignKey(
        StandingEdition, models.CASCADE, related_name="standings", db_index=False, verbose_name=_("perhitungan")
    )
    seller = models.ForeignKey(Seller, models.CASCADE, related_name="+", db_index=False, verbose_name=_("penjual"))
    category = models.ForeignKey(Category, models.CASCADE, related_name="+", db_index=False, verbose_name=_("kategori"))
    level = models.PositiveSmallIntegerField(_("tingkat"))
    # Attention in thousandths of a first place, then orders: own, of all owners in the city, of those in the kecamatan.
    weight = models.PositiveBigIntegerField(_("perhatian"))
    weight_city = models.PositiveBigIntegerField(_("perhatian sekota"))
    weight_near = models.PositiveBigIntegerField(_("perhatian sekecamatan"))
    orders = models.PositiveIntegerField(_("pesanan"))
    orders_city = models.PositiveIntegerField(_("pesanan sekota"))
    orders_near = models.PositiveIntegerField(_("pesanan sekecamatan"))
    owners_city = models.PositiveIntegerField(_("pemilik usaha sekota"))
    owners_near = models.PositiveIntegerField(_("pemilik usaha sekecamatan"))
    kept = models.PositiveIntegerField(_("pesanan yang ditepati"))
    broken = models.PositiveIntegerField(_("pesanan yang tidak ditepati"))
    # Thousandths of the monthly cap.
    used = models.PositiveSmallIntegerField(_("batas yang terpakai"))

    class Meta:
        verbose_name = _("tingkat toko")
        verbose_name_plural = ngettext_lazy("tingkat toko", "tingkat toko", 2)
        constraints = [models.UniqueConstraint(fields=["edition", "seller", "category"], name="standing_once")]
        indexes = [models.Index("seller", "category", F("edition").desc(), name="standing_newest")]

    def __str__(self) -> str:
        return f"{self.seller}, {self.category}"
