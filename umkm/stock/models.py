"""Stock and daily capacity, each with its ledger."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.models import LockingQuerySet
from epeken.core.quantity import QuantityField
from epeken.ledger.models import LedgerEntry, once
from epeken.ledger.triggers import BalanceIsPosted, EntryFollows
from umkm.catalogue.models import Product
from umkm.stock.states import NOTES, StockMove


class StockEntry(LedgerEntry):
    """A product's stock.

    `on_hand_delta`, `held_delta` and `refused_delta` by kind: receive (+q, 0, 0), hold (−q, +q, 0), release
    (+q, −q, 0), deliver (0, −q, 0), correct (±q, 0, 0), refuse (0, −q, +q), reshelve (+q, 0, −q), discard (0, 0, −q).
    Goods refused after the order let go of them leave `on_hand` instead of `held`; meals are discarded without being
    asked about; refused goods that a decision counts as accepted are delivered (0, 0, −q), and delivered ones that it
    refuses come in (0, 0, +q). The reference is the number of the order, before it of the request that holds the goods.
    """

    account = "product"
    balances = ("on_hand", "held", "refused")
    notes = NOTES

    product = models.ForeignKey(Product, models.PROTECT, related_name="stock_entries", db_index=False)
    kind = models.CharField(max_length=8, choices=StockMove)
    on_hand_delta = QuantityField(default=Decimal(0))
    held_delta = QuantityField(default=Decimal(0))
    refused_delta = QuantityField(default=Decimal(0))
    on_hand_after = QuantityField(default=Decimal(0), editable=False)
    held_after = QuantityField(default=Decimal(0), editable=False)
    refused_after = QuantityField(default=Decimal(0), editable=False)

    class Meta(LedgerEntry.Meta):
        verbose_name = _("catatan stok")
        verbose_name_plural = ngettext_lazy("catatan stok", "catatan stok", 2)
        triggers = [*LedgerEntry.Meta.triggers, EntryFollows("product")]
        constraints = [once("product", "stock_entry_once")]
        indexes = [models.Index(fields=["product", "-id"], name="stock_entry_newest")]

    @property
    def quantity(self) -> Decimal:
        """How much it was about; goods handed over left the shelf when they were held."""
        return abs(self.on_hand_delta or self.held_delta or self.refused_delta)


class CapacityDay(models.Model):
    """How much of a day's capacity is promised (DAILY products). One row per product and day taken of, or for which
    the shop planned another amount than the goods' own."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="capacity_days")
    day = models.DateField()
    capacity = QuantityField()
    planned = QuantityField(null=True)  # what the shop makes on this day instead; 0: none
    used = QuantityField(default=Decimal(0))

    objects = LockingQuerySet.as_manager()

    class Meta:
        verbose_name = _("kapasitas harian")
        verbose_name_plural = ngettext_lazy("kapasitas harian", "kapasitas harian", 2)
        triggers = [BalanceIsPosted("entries", "used")]
        constraints = [
            models.UniqueConstraint(fields=["product", "day"], name="capacity_day_once"),
            models.CheckConstraint(condition=Q(used__gte=0) & Q(used__lte=F("capacity")), name="capacity_not_exceeded"),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.day}"


class CapacityEntry(LedgerEntry):
    """A day's capacity: hold (+q) and release (−q) per order or request."""

    account = "capacity_day"
    balances = ("used",)
    ceiling = "capacity"

    capacity_day = models.ForeignKey(CapacityDay, models.PROTECT, related_name="entries", db_index=False)
    kind = models.CharField(max_length=8, choices=StockMove)
    used_delta = QuantityField()
    used_after = QuantityField(default=Decimal(0), editable=False)

    class Meta(LedgerEntry.Meta):
        verbose_name = _("catatan kapasitas")
        verbose_name_plural = ngettext_lazy("catatan kapasitas", "catatan kapasitas", 2)
        triggers = [*LedgerEntry.Meta.triggers, EntryFollows("capacity_day")]
        constraints = [once("capacity_day", "capacity_entry_once")]
        indexes = [models.Index(fields=["capacity_day", "-id"], name="capacity_entry_newest")]
