"""How much of buyers' attention each shop was offered."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from umkm.catalogue.models import Category
from umkm.sellers.models import Seller


class ExposureDay(models.Model):
    """Cards of a shop's goods of one category in lists of a day that were sent to people. Figures, no business data: a
    minute of them may be lost, and none is counted twice."""

    seller = models.ForeignKey(Seller, models.CASCADE, related_name="exposure_days", verbose_name=_("penjual"))
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
