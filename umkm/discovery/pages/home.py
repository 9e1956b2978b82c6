"""What the home page says: city figures, new goods, shops nobody has met yet."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import caches
from django.db.models import (
    CharField,
    Count,
    Exists,
    Func,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)  # fmt: skip
from django.db.models.functions import MD5, Cast, Concat

from epeken.core import clock
from umkm.catalogue.models import Product
from umkm.discovery.places import Place
from umkm.owners.models import TurnoverEntry
from umkm.owners.turnover import holding
from umkm.sellers.hours import Opening, opening_of
from umkm.sellers.models import Seller

FIGURES_KEPT = 300  # seconds
NEW_DAYS = 7
FEW_ORDERS = 5
DRAWN = 60  # shops drawn each day, of which the quiet ones are shown


@dataclass(frozen=True)
class CityFigures:
    """Counted from what is there, at `counted_at`."""

    sellers: int
    wards: int
    goods: int
    sellers_with_orders: int
    counted_at: datetime


def city_figures(now: datetime) -> CityFigures:
    """Active sellers, kelurahan that have one, goods on show, sellers with an order this month. Kept five minutes."""
    key = f"umkm.city_figures.{clock.month_of(now):%Y-%m}"
    memory = caches["process"]  # a page that is shown to everybody may not write
    kept = memory.get(key)
    if isinstance(kept, CityFigures):
        return kept
    places = Seller.objects.active().aggregate(sellers=Count("pk"), wards=Count("kelurahan", distinct=True))
    orders = holding(TurnoverEntry.objects.filter(turnover__month=clock.month_of(now)))
    figures = CityFigures(
        sellers=places["sellers"],
        wards=places["wards"],
        goods=Product.objects.for_sale().count(),
        sellers_with_orders=Seller.objects.filter(pk__in=orders.values("seller")).count(),
        counted_at=now,
    )
    memory.set(key, figures, FIGURES_KEPT)
    return figures


def new_goods(now: datetime, limit: int = 6, *, without: Collection[int] = ()) -> list[Product]:
    """Goods that passed the curators in the last seven days, newest first, one a shop. `without`: what the page shows
    already."""
    recent = Product.objects.for_sale().filter(published_at__gte=now - timedelta(days=NEW_DAYS)).exclude(pk__in=without)
    shown: dict[int, Product] = {}
    for product in recent.as_cards().order_by("-published_at", "-pk")[: limit * 8]:
        shown.setdefault(product.seller_id, product)
    return list(shown.values())[:limit]


@dataclass(frozen=True)
class QuietShop:
    seller: Seller
    orders: int
    picture: str


def quiet_shops(day: date, limit: int = 3) -> list[QuietShop]:
    """Approved shops with few orders so far. Each day draws others, the same for every visitor of that day."""
    ticket = MD5(Concat(Cast("pk", CharField()), Value(f"-{day:%Y%m%d}")))
    drawn = Seller.objects.active().annotate(ticket=ticket).order_by("ticket").values("pk")[:DRAWN]
    goods = Product.objects.for_sale().filter(seller=OuterRef("pk")).order_by("-published_at", "-pk")
    shops = (
        Seller.objects.filter(pk__in=list(drawn.values_list("pk", flat=True)))
        .select_related("kelurahan__kecamatan", "food_court")
        .annotate(ticket=ticket, received=_received(), first_picture=Subquery(goods.values("picture")[:1]))
        .filter(Exists(goods), received__lte=FEW_ORDERS)
        .only("name", "slug", "kind", "about", "picture", "approved_at", "kelurahan__name",
              "kelurahan__kecamatan__name", "food_court__name")
        .order_by("received", "ticket")[:limit]
    )  # fmt: skip
    return [QuietShop(shop, shop.received, shop.picture.name or shop.first_picture or "") for shop in shops]


def _received() -> Any:
    """Orders a shop received and that were not cancelled, out of the cap's ledger."""
    orders = holding(TurnoverEntry.objects.filter(seller=OuterRef("pk"))).values("reference")
    return Func(ArraySubquery(orders), function="CARDINALITY", output_field=IntegerField())


@dataclass(frozen=True)
class OpenShop:
    seller: Seller
    opening: Opening
    picture: str


@dataclass(frozen=True)
class Board:
    shops: list[OpenShop]
    others: int  # open too, not on the board
    place: Place | None  # in whose kecamatan they are; None: in the whole city


def open_board(now: datetime, place: Place | None, limit: int = 4) -> Board:
    """Shops that are open: in the visitor's kecamatan when there are any, else in the whole city."""
    shops = Seller.objects.active().open_at(now)
    goods = Product.objects.for_sale().filter(seller=OuterRef("pk")).order_by("-published_at", "-pk")
    ticket = MD5(Concat(Cast("pk", CharField()), Value(f"-{now:%Y%m%d%H}")))

    def pick(of: QuerySet[Seller]) -> list[Any]:
        drawn = list(of.annotate(ticket=ticket).order_by("ticket").values_list("pk", flat=True)[:DRAWN])
        found = (
            Seller.objects.filter(pk__in=drawn)
            .select_related("kelurahan", "food_court")
            .annotate(ticket=ticket, first_picture=Subquery(goods.values("picture")[:1]))
            .filter(Exists(goods))
            .only("name", "slug", "picture", "open_days", "opens_at", "closes_at", "closed_until",
                  "kelurahan__name", "food_court__name", "food_court__opens_at", "food_court__closes_at")
            .order_by("ticket")[:limit]
        )  # fmt: skip
        return list(found)

    near = shops.filter(kelurahan__kecamatan=place.kecamatan) if place else shops
    picked = pick(near)
    if place is not None and not picked:
        near, place = shops, None
        picked = pick(near)
    count = near.count()
    return Board(
        [OpenShop(s, opening_of(s, now), s.picture.name or s.first_picture or "") for s in picked],
        max(count - len(picked), 0),
        place,
    )
