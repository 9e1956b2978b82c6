"""What a person means to buy. Holds nothing: stock and cap are taken when the order is placed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.money import RupiahField
from epeken.core.quantity import QuantityField
from orders.carts import querysets
from umkm.catalogue.models import Product
from umkm.catalogue.tiers import unit_price


class Cart(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="cart")
    key = models.CharField(max_length=40, null=True, unique=True)  # a visitor without an account
    updated_at = models.DateTimeField()

    objects = querysets.CartQuerySet.as_manager()

    class Meta:
        verbose_name = _("keranjang")
        verbose_name_plural = ngettext_lazy("keranjang", "keranjang", 2)
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, key__isnull=True) | Q(user__isnull=True, key__isnull=False),
                name="cart_has_one_owner",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class CartLine(models.Model):
    cart = models.ForeignKey(Cart, models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, models.CASCADE, related_name="+")
    quantity = QuantityField()
    price_seen = RupiahField()  # what it cost when the person last said how much they want

    objects = querysets.CartLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("baris keranjang")
        verbose_name_plural = ngettext_lazy("baris keranjang", "baris keranjang", 2)
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["cart", "product"], name="cart_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="cart_line_quantity"),
        ]

    def __str__(self) -> str:
        return f"{self.product} × {self.quantity}"

    @property
    def unit_price(self) -> int:
        """What the goods cost each today, in this quantity. The product is loaded."""
        return unit_price(self.product, self.quantity)
