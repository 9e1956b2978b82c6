"""Reads that span sellers and goods, for the public pages."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import MD5, Cast, Coalesce, Concat
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.words import rupiah
from umkm import banned
from umkm.hours import Opening, opening_of
from umkm.models import Category, FoodCourt, Product, ProductPhoto, Seller, SellerDocument, TurnoverEntry
from umkm.places import Place
from umkm.services.turnover import Room
from umkm.states import DocumentKind, ProductState, SellerKind, SellerState

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
    kept = cache.get(key)
    if isinstance(kept, CityFigures):
        return kept
    places = Seller.objects.active().aggregate(sellers=Count("pk"), wards=Count("kelurahan", distinct=True))
    released = TurnoverEntry.objects.filter(reference=OuterRef("reference"), kind=TurnoverEntry.Kind.RELEASE)
    orders = TurnoverEntry.objects.filter(
        ~Exists(released), kind=TurnoverEntry.Kind.RESERVE, turnover__month=clock.month_of(now)
    )
    figures = CityFigures(
        sellers=places["sellers"],
        wards=places["wards"],
        goods=Product.objects.published().count(),
        sellers_with_orders=orders.aggregate(n=Count("seller", distinct=True))["n"],
        counted_at=now,
    )
    cache.set(key, figures, FIGURES_KEPT)
    return figures


def new_goods(now: datetime, limit: int = 6) -> list[Product]:
    """Goods that passed the curators in the last seven days, newest first, one a shop."""
    recent = Product.objects.published().filter(published_at__gte=now - timedelta(days=NEW_DAYS))
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
    goods = Product.objects.filter(seller=OuterRef("pk"), state=ProductState.PUBLISHED).order_by("-published_at", "-pk")
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
    return Count("turnover_entries", filter=Q(turnover_entries__kind=TurnoverEntry.Kind.RESERVE)) - Count(
        "turnover_entries", filter=Q(turnover_entries__kind=TurnoverEntry.Kind.RELEASE)
    )


@dataclass(frozen=True)
class OpenShop:
    seller: Seller
    opening: Opening
    picture: str


@dataclass(frozen=True)
class Board:
    shops: list[OpenShop]
    others: int  # open too, not on the board


def open_board(now: datetime, place: Place | None, limit: int = 4) -> Board:
    """Shops that are open: in the visitor's kecamatan when there are any, else in the whole city."""
    shops = Seller.objects.active().open_at(now)
    near = shops.filter(kelurahan__kecamatan=place.kecamatan) if place else shops
    goods = Product.objects.filter(seller=OuterRef("pk"), state=ProductState.PUBLISHED).order_by("-published_at", "-pk")
    ticket = MD5(Concat(Cast("pk", CharField()), Value(f"-{now:%Y%m%d%H}")))

    def pick(of: QuerySet[Seller]) -> list[Any]:
        drawn = list(of.annotate(ticket=ticket).order_by("ticket").values_list("pk", flat=True)[:DRAWN])
        found = (
            Seller.objects.filter(pk__in=drawn)
            .select_related("kelurahan", "food_court")
            .annotate(ticket=ticket, first_picture=Subquery(goods.values("picture")[:1]))
            .filter(Exists(goods))
            .only("name", "slug", "picture", "open_days", "opens_at", "closes_at", "closed_until",
                  "kelurahan__name", "food_court__name")
            .order_by("ticket")[:limit]
        )  # fmt: skip
        return list(found)

    picked = pick(near)
    count = near.count()
    return Board(
        [OpenShop(s, opening_of(s, now), s.picture.name or s.first_picture or "") for s in picked],
        max(count - len(picked), 0),
    )


@dataclass(frozen=True)
class Court:
    """A food court with how many of its stalls are with us, and how many of those are open."""

    place: FoodCourt
    shops: int
    open: int
    sells: str = ""

    @property
    def squares(self) -> int:
        """One per stall of the plan, more when more sell here than the plan knows."""
        return max(self.place.stalls, self.shops)


def courts(now: datetime, *, kecamatan: str = "", limit: int | None = None) -> list[Court]:
    """Those near `kecamatan` first, then those with most open stalls. Two statements with a limit, else one."""
    is_open = Seller.objects.active().open_at(now).filter(food_court=OuterRef("pk"))
    shops = Seller.objects.active().filter(food_court=OuterRef("pk"))
    counted = FoodCourt.objects.select_related("kecamatan").annotate(
        shops=_count_of(shops), open=_count_of(is_open), near=Q(kecamatan=kecamatan)
    )
    rows = list(counted.order_by("-near", "-open", "-shops", "name")[:limit])
    sells: dict[int, list[str]] = {}
    if limit is not None:
        goods = Product.objects.published().filter(seller__food_court__in=rows)
        pairs = goods.values_list("seller__food_court", "category__name").annotate(n=Count("pk")).order_by("-n")
        for court, name, _count in pairs[: 12 * limit]:
            sells.setdefault(court, []).append(name)
    return [Court(row, row.shops, row.open, ", ".join(sells.get(row.pk, [])[:3])) for row in rows]


def _count_of(rows: QuerySet[Seller]) -> Any:
    counted = rows.order_by().values("food_court").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


@dataclass(frozen=True)
class Stall:
    """One square of a food court's grid."""

    number: str
    seller: Seller | None
    is_open: bool


def stalls_of(court: FoodCourt, now: datetime) -> tuple[list[Stall], list[OpenShop]]:
    """The grid, shops in the order of their stall numbers and then empty squares; and the shops with their pictures."""
    goods = Product.objects.filter(seller=OuterRef("pk"), state=ProductState.PUBLISHED).order_by("-published_at", "-pk")
    shops: list[Any] = list(
        Seller.objects.active()
        .filter(food_court=court)
        .annotate(first_picture=Subquery(goods.values("picture")[:1]))
        .select_related("kelurahan", "food_court")
        .only("name", "slug", "kind", "about", "picture", "stall_number", "open_days", "opens_at", "closes_at",
              "closed_until", "kelurahan__name", "food_court__name")
        .order_by("stall_number", "name")
    )  # fmt: skip
    views = [OpenShop(s, opening_of(s, now), s.picture.name or s.first_picture or "") for s in shops]
    squares = [Stall(view.seller.stall_number, view.seller, view.opening.is_open) for view in views]
    squares += [Stall("", None, False)] * max(court.stalls - len(squares), 0)
    return squares, views


# --- Proofs -----------------------------------------------------------------------------------------------------------
def proofs_of(seller: Seller) -> list[tuple[str, SellerDocument]]:
    """The papers that were on file when the shop was approved, by kind. Names of kinds only leave this function."""
    if seller.approved_at is None:
        return []
    papers = SellerDocument.objects.current().filter(seller=seller, uploaded_at__lte=seller.approved_at)
    return [(DocumentKind(paper.kind).value, paper) for paper in papers.only("kind", "uploaded_at").order_by("kind")]


def photos_of(product: Product, *, waiting: bool = False) -> list[ProductPhoto]:
    rows = product.photos.all() if waiting else product.photos.filter(is_waiting=False)
    return list(rows)


# --- Words about the cap ----------------------------------------------------------------------------------------------
def room_words(room: Room) -> str:
    """What a buyer should know about the cap, '' when there is plenty of room. No figures of the shop's income."""
    if room.is_full:
        return _("Toko ini sudah penuh bulan ini dan bisa dipesan lagi mulai tanggal 1.")
    if room.is_nearly_full:
        return _("Hampir penuh bulan ini. Pesan lebih awal supaya kebagian.")
    return ""


# --- Catalogue --------------------------------------------------------------------------------------------------------
def category_tree() -> list[Category]:
    """Every category in order, parents before children. One statement."""
    return list(Category.objects.order_by("position", "name"))


@dataclass(frozen=True)
class Warning:
    level: str  # "refuse" or "alert"
    text: str


def curation_warnings(product: Product, day: date) -> list[Warning]:
    """What a curator should look at: words, kind of seller, odd price, picture seen elsewhere. Four statements."""
    found = [
        Warning(word.level, _("Kata “%(word)s”: %(reason)s") % {"word": word.word, "reason": word.reason})
        for word in banned.found_in(f"{product.name} {product.description}", day)
    ]
    if not product.category.allows(product.seller.kind):
        found.append(
            Warning("refuse", _("Kategori ini bukan untuk %(kind)s.") % {"kind": product.seller.get_kind_display()})
        )
    if product.seller.state != SellerState.ACTIVE:
        found.append(Warning("alert", _("Toko ini sedang tidak aktif.")))
    usual = usual_price(product)
    if usual and not usual[0] <= product.price <= usual[1]:
        low, high = usual
        found.append(
            Warning(
                "alert",
                _("Harga %(price)s di luar kebiasaan kategori ini per %(unit)s (%(low)s sampai %(high)s).")
                % {
                    "price": rupiah(product.price),
                    "unit": product.get_unit_display(),
                    "low": rupiah(low),
                    "high": rupiah(high),
                },
            )
        )
    hashes = [photo.sha256 for photo in product.photos.all()]
    prints = [photo.dhash for photo in product.photos.all() if photo.dhash]
    twins = (
        ProductPhoto.objects.filter(Q(sha256__in=hashes) | Q(dhash__in=prints))
        .exclude(product__seller=product.seller)
        .select_related("product__seller")[:3]
    )
    found += [
        Warning(
            "alert",
            _("Foto yang sama dipakai %(shop)s untuk “%(name)s”.")
            % {"shop": twin.product.seller.name, "name": twin.product.name},
        )
        for twin in twins
    ]
    if product.seller.kind == SellerKind.UMKM and product.category.for_kelontong and not product.category.is_food:
        found.append(
            Warning("alert", _("UMKM hanya menjual barang buatan sendiri. Pastikan ini bukan barang kulakan."))
        )
    return found


def usual_price(product: Product) -> tuple[int, int] | None:
    """A third to three times the median of the same category and unit, when at least five others are on show."""
    prices = list(
        Product.objects.published()
        .filter(category=product.category, unit=product.unit)
        .exclude(pk=product.pk)
        .order_by("-published_at")
        .values_list("price", flat=True)[:200]
    )
    if len(prices) < 5:
        return None
    median = sorted(prices)[len(prices) // 2]
    return max(median // 3, 1), median * 3


def other_goods(product: Product, limit: int = 4) -> list[Product]:
    """More of the same shop, newest first."""
    return list(
        Product.objects.published()
        .filter(seller=product.seller_id)
        .exclude(pk=product.pk)
        .as_cards()
        .order_by("-published_at", "-pk")[:limit]
    )


def price_comparison(product: Product) -> tuple[int, int, int] | None:
    """Lowest, highest and number of prices of the same category and unit in the same kecamatan; None under three."""
    if product.seller.kelurahan_id is None:
        return None
    district = product.seller.kelurahan_id.rsplit(".", 1)[0] + "."
    prices = list(
        Product.objects.published()
        .filter(category=product.category_id, unit=product.unit, seller__kelurahan__code__startswith=district)
        .exclude(seller=product.seller_id)
        .order_by(F("published_at").desc())
        .values_list("price", flat=True)[:50]
    )
    return (min(prices), max(prices), len(prices)) if len(prices) >= 3 else None
