"""An offer that was looked at and not chosen."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from epeken.core.money import RupiahField
from procurement.requests.models import PurchaseRequest
from umkm.catalogue.models import Product
from umkm.sellers.models import Seller


class Comparison(models.Model):
    """Another seller's offer looked at before choosing; evidence, and compulsory above the dated threshold."""

    request = models.ForeignKey(PurchaseRequest, models.CASCADE, related_name="comparisons")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="+")
    seller_name = models.CharField(max_length=80, blank=True, editable=False)  # as submitted
    name = models.CharField(max_length=120)
    price = RupiahField()
    note = models.CharField(_("mengapa tidak dipilih"), max_length=200, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("pembanding")
        verbose_name_plural = _("pembanding")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["request", "product"], name="comparison_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.price}"
