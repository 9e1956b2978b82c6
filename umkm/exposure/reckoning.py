"""The level of every shop in each category it sells in, out of the figures of the window; nothing is written here."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Sum

from epeken.core import clock
from umkm.catalogue.models import Product
from umkm.exposure import policy, rules
from umkm.exposure.models import ExposureDay, Standing
from umkm.exposure.shares import since_of
from umkm.market_prices import references
from umkm.market_prices.references import PriceLevel
from umkm.owners import rules as owner_rules
from umkm.owners.models import TurnoverEntry, TurnoverMonth
from umkm.owners.turnover import holding

GROUPS = {PriceLevel.USUAL: 0, PriceLevel.AMBER: 1, PriceLevel.RED: 2}
CHUNK = 2_000


class Conduct(NamedTuple):
    """Orders of a shop that ended: as promised, and not."""

    kept: int
    broken: int


@dataclass(frozen=True)
class Seat:
    """A shop with goods of a category on show. `owner`: minus the pk of a shop without one."""

    seller: int
    category: int
    owner: int
    kecamatan: str


def bounds_on(day: date) -> policy.Bounds:
    return policy.Bounds(
        lift=rules.LIFT.on(day),
        orders_part=rules.ORDERS_PART.on(day),
        conduct_prior=rules.CONDUCT_PRIOR.on(day),
        conduct_weight=rules.CONDUCT_WEIGHT.on(day),
        taper=rules.TAPER.on(day),
        warn=owner_rules.WARN_SHARE.on(day),
    )


def standings_of(conducts: Mapping[int, Conduct], now: datetime) -> list[Standing]:
    """Of all shops, unsaved and without an edition. `conducts`: by pk of the shop. Five queries."""
    day = clock.local_date(now)
    bounds = bounds_on(day)
    seats = _seats()
    owner_of = {seat.seller: seat.owner for seat in seats}
    weights, orders = _weights(owner_of, day), _orders(owner_of, day)
    used = _used(day)
    kept: dict[int, Conduct] = defaultdict(lambda: Conduct(0, 0))
    for seller, found in conducts.items():
        owner = owner_of.get(seller, -seller)
        kept[owner] = Conduct(kept[owner].kept + found.kept, kept[owner].broken + found.broken)
    city: dict[int, set[int]] = defaultdict(set)
    near: dict[tuple[int, str], set[int]] = defaultdict(set)
    for seat in seats:
        city[seat.category].add(seat.owner)
        near[seat.category, seat.kecamatan].add(seat.owner)

    def whole(owners: set[int], category: int) -> tuple[int, int, int]:
        return sum(weights[one, category] for one in owners), sum(orders[one] for one in owners), len(owners)

    in_city = {category: whole(owners, category) for category, owners in city.items()}
    in_kecamatan = {key: whole(owners, key[0]) for key, owners in near.items()}
    made = []
    for seat in seats:
        weight_city, orders_city, owners_city = in_city[seat.category]
        weight_near, orders_near, owners_near = in_kecamatan[seat.category, seat.kecamatan]
        row = Standing(
            seller_id=seat.seller,
            category_id=seat.category,
            weight=weights[seat.owner, seat.category],
            weight_city=weight_city,
            weight_near=weight_near,
            orders=orders[seat.owner],
            orders_city=orders_city,
            orders_near=orders_near,
            owners_city=owners_city,
            owners_near=owners_near,
            kept=kept[seat.owner].kept,
            broken=kept[seat.owner].broken,
            used=used.get(seat.owner, 0),
        )
        row.level = policy.level(figures_of(row), bounds)
        made.append(row)
    return made


def figures_of(row: Standing) -> policy.ShopFigures:
    """What the rule reads of a row: with its bounds it gives the row's level again."""
    return policy.ShopFigures(
        attention=(
            policy.OwnPart(row.weight, row.weight_city, row.owners_city),
            policy.OwnPart(row.weight, row.weight_near, row.owners_near),
        ),
        orders=(
            policy.OwnPart(row.orders, row.orders_city, row.owners_city),
            policy.OwnPart(row.orders, row.orders_near, row.owners_near),
        ),
        kept=row.kept,
        broken=row.broken,
        used=Decimal(row.used) / 1000,
    )


def moved_goods(levels: Mapping[tuple[int, int], int], day: date) -> Iterator[list[tuple[int, int]]]:
    """Goods on show whose standing is another one now, as (pk, standing), at most CHUNK at a time. `levels`: by seller
    and category."""
    cells = Product.objects.for_sale().order_by("category", "unit").values_list("category", "unit").distinct()
    moved: list[tuple[int, int]] = []
    for category, unit in list(cells):
        points = references.points_of([(category, unit)], day).get((category, unit), [])
        market_beside = references.markets_beside(points, day)
        goods = Product.objects.for_sale().filter(category=category, unit=unit).order_by()
        rows = goods.values_list("pk", "price", "standing", "seller", "seller__owner")
        for pk, price, standing, seller, owner in rows.iterator(chunk_size=CHUNK):
            market = market_beside(owner or -seller)
            group = GROUPS[market.level(price, day)] if market else 0
            level = levels.get((seller, category), policy.UNRANKED % policy.LEVELS)
            right = policy.standing(level, group)
            if right != standing:
                moved.append((pk, right))
            if len(moved) == CHUNK:
                yield moved
                moved = []
    if moved:
        yield moved


def _seats() -> list[Seat]:
    rows = (
        Product.objects.for_sale()
        .order_by("seller", "category")
        .values_list("seller", "category", "seller__owner", "seller__kelurahan__kecamatan")
        .distinct()
    )
    return [Seat(seller, category, owner or -seller, kecamatan or "") for seller, category, owner, kecamatan in rows]


def _weights(owner_of: Mapping[int, int], day: date) -> dict[tuple[int, int], int]:
    """By owner and category."""
    found: dict[tuple[int, int], int] = defaultdict(int)
    window = ExposureDay.objects.filter(day__range=(since_of(day), day)).order_by()
    for seller, category, weight in window.values_list("seller", "category").annotate(Sum("weight")):
        if seller in owner_of:
            found[owner_of[seller], category] += weight
    return found


def _orders(owner_of: Mapping[int, int], day: date) -> dict[int, int]:
    """By owner: orders and sent requests of the window that hold room of the cap."""
    found: dict[int, int] = defaultdict(int)
    entries = TurnoverEntry.objects.filter(at__gte=clock.start_of(since_of(day)))
    for seller in holding(entries).values_list("seller", flat=True):
        if seller in owner_of:
            found[owner_of[seller]] += 1
    return found


def _used(day: date) -> dict[int, int]:
    """By owner, thousandths of this month's cap; of a cap of nothing all."""
    months = TurnoverMonth.objects.filter(month=day.replace(day=1), used__gt=0).values_list("owner", "used", "cap")
    return {owner: min(used * 1000 // cap, 1000) if cap else 1000 for owner, used, cap in months}
