"""What of goods is free to promise: on hand, or of each day on which they are made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from umkm.catalogue.models import Product
from umkm.catalogue.states import StockMode
from umkm.stock.models import CapacityDay, CapacityEntry, StockEntry

ZERO = Decimal(0)


@dataclass(frozen=True)
class Supply:
    """What others took of these goods is not free; what the one who asks holds already is."""

    kept: dict[int, Decimal]  # goods in stock, by product: what the asker holds
    taken: dict[tuple[int, date], Decimal]  # goods made per day, by product and day: what others took
    own: dict[tuple[int, date], Decimal]  # and what the asker holds
    planned: dict[tuple[int, date], Decimal] = field(default_factory=dict)  # by product and day, of days unlike others

    def capacity_on(self, product: Product, day: date) -> Decimal:
        """What the shop makes of it on the day."""
        return self.planned.get((product.pk, day), product.daily_capacity or ZERO)

    def on(self, product: Product, day: date) -> Decimal:
        """What of the day's capacity is free. A capacity the shop lowered takes nothing from who holds it."""
        key = product.pk, day
        free = self.capacity_on(product, day) - self.taken.get(key, ZERO)
        return max(free, self.own.get(key, ZERO), ZERO)

    def free(self, product: Product, days: Iterable[date]) -> Decimal:
        """What can be promised: of goods in stock what is on hand, else the sum of what is free on these days."""
        if product.stock_mode == StockMode.STOCK:
            return product.on_hand + self.kept.get(product.pk, ZERO)
        return sum((self.on(product, day) for day in days), ZERO)

    def returned(self, product: Product, quantity: Decimal, days: Mapping[date, Decimal]) -> "Supply":
        """With `quantity` that the asker holds free for another time: of goods made per day, so much of each day."""
        if product.stock_mode == StockMode.STOCK:
            return replace(self, kept={**self.kept, product.pk: self.kept.get(product.pk, ZERO) + quantity})
        keys = {(product.pk, day): part for day, part in days.items()}
        taken = {**self.taken, **{key: self.taken.get(key, ZERO) - part for key, part in keys.items()}}
        return replace(self, taken=taken, own={**self.own, **keys})

    def without(self, product: Product, days: Iterable[date], quantity: Decimal) -> "Supply":
        """What is left when so much of it is promised, of these days the last first, as `take_stock` takes it."""
        if product.stock_mode == StockMode.STOCK:
            return replace(self, kept={**self.kept, product.pk: self.kept.get(product.pk, ZERO) - quantity})
        taken, own = dict(self.taken), dict(self.own)
        for day in sorted(days, reverse=True):
            key, part = (product.pk, day), min(self.on(product, day), quantity)
            taken[key] = taken.get(key, ZERO) + part
            own[key] = max(own.get(key, ZERO) - part, ZERO)
            quantity -= part
        return replace(self, taken=taken, own=own)


def supply_of(products: Iterable[Product], since: date, *, held_by: str = "") -> Supply:
    """Of the goods, from the day `since` on; one query when any is made per day, two more with `held_by`, the number
    of the request that asks."""
    goods = list(products)
    daily = [product.pk for product in goods if product.stock_mode == StockMode.DAILY]
    shelf = [product.pk for product in goods if product.stock_mode == StockMode.STOCK]
    kept: dict[int, Decimal] = {}
    own: dict[tuple[int, date], Decimal] = {}
    if held_by and shelf:
        rows: Any = StockEntry.objects.filter(product__in=shelf, reference=held_by).order_by().values_list("product")
        kept = dict(rows.annotate(Sum("held_delta")))
    if held_by and daily:
        days = CapacityEntry.objects.filter(capacity_day__product__in=daily, reference=held_by).order_by()
        sums = days.values_list("capacity_day__product", "capacity_day__day").annotate(Sum("used_delta"))
        own = {(product, day): held for product, day, held in sums}
    rows = list(CapacityDay.objects.filter(product__in=daily, day__gte=since)) if daily else []
    taken = {(row.product_id, row.day): row.used - own.get((row.product_id, row.day), ZERO) for row in rows}
    planned = {(row.product_id, row.day): row.planned for row in rows if row.planned is not None}
    return Supply(kept, taken, own, planned)
