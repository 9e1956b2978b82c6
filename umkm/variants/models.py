"""Goods of one shop that differ in one or two options."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from umkm.sellers.models import Seller
from umkm.variants.states import OptionKind


class ProductGroup(models.Model):
    """What ties variants. Each of them is a full product with its own price, stock, curation and orders, and holds its
    values of the options (`Product.option_1`, `option_2`). Source: ProductGroup and variesBy of schema.org."""

    seller = models.ForeignKey(Seller, models.PROTECT, related_name="product_groups", verbose_name=_("penjual"))
    option_1 = models.CharField(_("pilihan pertama"), max_length=8, choices=OptionKind)
    option_2 = models.CharField(_("pilihan kedua"), max_length=8, choices=OptionKind, blank=True)
    created_at = models.DateTimeField(_("dibuat"))

    class Meta:
        verbose_name = _("kelompok varian")
        verbose_name_plural = ngettext_lazy("kelompok varian", "kelompok varian", 2)
        constraints = [
            models.CheckConstraint(
                condition=~Q(option_1=F("option_2")),
                name="product_group_two_options",
                violation_error_message=_("Pilih dua pembeda yang berlainan."),
            ),
        ]

    def __str__(self) -> str:
        return " · ".join(self.titles)

    @property
    def titles(self) -> list[str]:
        """What the variants differ in, in the reader's language."""
        return [str(OptionKind(kind).label) for kind in (self.option_1, self.option_2) if kind]
