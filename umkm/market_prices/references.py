"""The market's price for goods of one category and unit. The only place that derives it.

Each owner group counts once, by the middle of its own prices, so that neither a second shop nor any number of goods
weighs more; the owner of the goods asked about does not count. What counts are goods that can be had, of active shops,
on show for a dated number of days, at the lowest price they had in those days: goods listed or shown again just before,
and prices raised just before, change nothing. A price that was lowered counts at once, since anybody can buy at it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db import connection

from epeken.core import clock
from umkm.catalogue.models import Product
from umkm.market_prices import rules
from umkm.sellers import policies as shops
from umkm.sellers.models import Seller

Goods = tuple[int, str]  # pk of the category, unit
Points = list[tuple[int, int]]  # owner (a shop without one: minus its pk), price in whole rupiah


class PriceLevel(StrEnum):
    """How far above the market a price is."""

    USUAL = ""
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True)
class MarketPrice:
    """Of one unit, in whole rupiah: the middle one of the owners' prices, and where the middle half of them begins and
    ends."""

    median: int
    low: int
    high: int
    owners: int

    def percent_above(self, price: int) -> int:
        """Whole percent, rounded down; negative below the reference."""
        return (price - self.median) * 100 // self.median

    def level(self, price: int, day: date) -> PriceLevel:
        """Amber for what is also dearer than three quarters of the owners, red for what is so by the amber part.

        In a category of very different goods the middle half of the owners is no news. That half excuses no more than
        twice the reference: one owner in four can lift its end, and only half of them the reference.
        """
        above = Decimal(price - self.median)
        amber, end = rules.AMBER_ABOVE.on(day), min(self.high, 2 * self.median)
        if above > self.median * rules.RED_ABOVE.on(day) and price > end * (1 + amber):
            return PriceLevel.RED
        if above > self.median * amber and price > end:
            return PriceLevel.AMBER
        return PriceLevel.USUAL

    @property
    def words(self) -> dict[str, Any]:
        """What sentences say of it."""
        return {"median": self.median, "low": self.low, "high": self.high, "owners": self.owners}


def references_of(products: Iterable[Product], day: date) -> dict[int, MarketPrice]:
    """By product; without those of which too few other owners sell. One query; one more for the related shops of
    sellers that have no owner yet."""
    goods = list(products)
    if not goods:
        return {}
    points = points_of({(product.category_id, product.unit) for product in goods}, day)
    found = {}
    for product in goods:
        asked = points.get((product.category_id, product.unit), [])
        market = market_of(others_of(product, asked), day)
        if market is not None:
            found[product.pk] = market
    return found


def market_of(points: Points, day: date) -> MarketPrice | None:
    """Of the prices of so many owners; None where they are too few."""
    prices = sorted(price for _owner, price in points)
    return _market(prices.__getitem__, len(prices), day)


def markets_beside(points: Points, day: date) -> Callable[[int], MarketPrice | None]:
    """For any owner, the market of the others, as `market_of` of `others_of`: sorted once for all of them."""
    ranked = sorted(points, key=lambda point: point[1])
    place_of = {owner: place for place, (owner, _price) in enumerate(ranked)}
    all_of_them = len(ranked)

    def beside(owner: int) -> MarketPrice | None:
        own = place_of.get(owner, all_of_them)
        return _market(lambda n: ranked[n + (n >= own)][1], all_of_them - (own < all_of_them), day)

    return beside


def _market(price_at: Callable[[int], int], owners: int, day: date) -> MarketPrice | None:
    """`price_at`: the n-th of so many prices, the lowest first."""
    if owners < max(rules.OWNERS_LEAST.on(day), 1):
        return None
    # At or below each at least so many quarters of them are, and somebody asks it.
    low, median, high = (price_at(-(-owners * quarter // 4) - 1) for quarter in (1, 2, 3))
    return MarketPrice(median=median, low=low, high=high, owners=owners)


def others_of(product: Product, points: Points) -> Points:
    """Without the owner of the product."""
    own = _own(product.seller) if points else frozenset()
    return [(owner, price) for owner, price in points if owner not in own]


def reference_of(product: Product, day: date) -> MarketPrice | None:
    """Of one product, that may still be a draft."""
    return references_of([product], day).get(product.pk)


def _own(seller: Seller) -> set[int]:
    """Who does not count for the goods of this shop: its owner, and before an approval gave it one, its relatives'."""
    if seller.owner_id:
        return {seller.owner_id}
    related = Seller.objects.filter(pk__in=shops.related_shops([seller])).values_list("pk", "owner_id")
    return {owner or -pk for pk, owner in related}


def points_of(wanted: Collection[Goods], day: date) -> Mapping[Goods, Points]:
    """The price of each owner for the goods. One query, a group of goods a row."""
    if not wanted:
        return {}
    categories, units = zip(*sorted(wanted), strict=True)
    since = clock.start_of(day - timedelta(days=rules.SETTLED.on(day)))
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, {"categories": list(categories), "units": list(units), "since": since})
        return {
            (category, unit): list(zip(owners, prices, strict=True))
            for category, unit, owners, prices in cursor.fetchall()
        }


# Goods on show that can be had; `events` and `price_changes` are looked up by product, so that a category costs its
# own goods and no more.
_STATEMENT = """
WITH asked AS (
    SELECT * FROM unnest(%(categories)s::bigint[], %(units)s::text[]) AS asked(category_id, unit)
),
settled AS (
    SELECT p.category_id, p.unit, coalesce(s.owner_id, -s.id) AS owner,
           least(p.price, (
               SELECT min(c.old) FROM umkm_pricechange c
               WHERE c.product_id = p.id AND c.at > %(since)s AND c.old > 0
           )) AS price
    FROM asked
    JOIN umkm_product p ON p.category_id = asked.category_id AND p.unit = asked.unit
    JOIN umkm_seller s ON s.id = p.seller_id
    WHERE p.state = 'published' AND s.state = 'active' AND p.published_at <= %(since)s
      AND (p.stock_mode = 'daily' OR p.on_hand + p.held >= p.minimum)
      AND NOT EXISTS (
          SELECT 1 FROM umkm_productevent e
          WHERE e.product_id = p.id AND e.action IN ('show', 'renew') AND e.at > %(since)s
      )
),
point AS (
    SELECT category_id, unit, owner, percentile_disc(0.5) WITHIN GROUP (ORDER BY price) AS price
    FROM settled GROUP BY category_id, unit, owner
)
SELECT category_id, unit, array_agg(owner), array_agg(price) FROM point GROUP BY category_id, unit
"""
