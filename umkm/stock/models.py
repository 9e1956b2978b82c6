"""What is sold: categories, products, pictures, prices, stock."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from epeken.core.models import AppendOnly, LockingQuerySet
from epeken.core.quantity import QuantityField
from umkm.catalogue.models import Product
from umkm.stock.states import StockMove


class StockEntry(AppendOnly):
    """Ledger of a product's stock. Append-only.

    `on_hand_delta` and `held_delta` by kind: receive (+q, 0), hold (−q, +q), release (+q, −q), deliver (0, −q),
    correct (±q, 0). Sums equal Product.on_hand and Product.held.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="stock_entries")
    kind = models.CharField(max_length=8, choices=StockMove)
    on_hand_delta = QuantityField()
    held_delta = QuantityField(default=Decimal(0))
    reference = models.CharField(max_length=40, blank=True)  # order number, or why
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "kind", "reference"],
                condition=Q(kind__in=[StockMove.HOLD, StockMove.RELEASE, StockMove.DELIVER]),
                name="stock_entry_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on_hand_delta}/{self.held_delta}"


class CapacityDay(models.Model):
    """How much of a day's capacity is promised (DAILY products). One row per product and day that has orders."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="capacity_days")
    day = models.DateField()
    capacity = QuantityField()
    used = QuantityField(default=Decimal(0))

    objects = LockingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "day"], name="capacity_day_once"),
            models.CheckConstraint(condition=Q(used__gte=0) & Q(used__lte=F("capacity")), name="capacity_not_exceeded"),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.day}"


class CapacityEntry(AppendOnly):
    """Ledger of a day's capacity: hold (+q) and release (−q) per order. Append-only."""

    capacity_day = models.ForeignKey(CapacityDay, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=8, choices=StockMove)
    quantity = QuantityField()
    reference = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints = [
            models.UniqueConstraint(fields=["capacity_day", "kind", "reference"], name="capacity_entry_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.quantity}"
