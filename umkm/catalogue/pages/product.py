"""What a product page says: pictures, prices compared, other goods of the shop."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Q

from epeken.core import clock
from epeken.core.queries import written_once
from umkm.catalogue import names
from umkm.catalogue.models import Category, Product, ProductPhoto

LEAST_COMPARED = 3
MOST_COMPARED = 500  # of the newest that share a word


def photos_of(product: Product, *, waiting: bool = False) -> list[ProductPhoto]:
    rows = product.photos.all() if waiting else product.photos.filter(is_waiting=False)
    return list(rows)


def category_tree() -> list[Category]:
    """Every category in order, parents before children. One statement."""
    return list(Category.objects.order_by("position", "name"))


def other_goods(product: Product) -> list[Product]:
    """Four more of the same shop, newest first, of other variants one each."""
    return _others(product.seller_id, product.pk, product.group_id or 0, clock.today())


@written_once
def _others(seller: Any, product: Any, group: Any, day: Any) -> Any:
    """`group`: pk, 0 of goods without one."""
    found = Product.objects.for_sale().filter(Q(group__isnull=True) | ~Q(group=group), seller=seller)
    return found.exclude(pk=product).one_of_each_group().as_cards(day).order_by("-published_at", "-pk")[:4]


@dataclass(frozen=True)
class AlikePrices:
    """What others ask for goods alike, whole rupiah: in the same kecamatan, or in the city where that has too few."""

    low: int
    high: int
    count: int
    is_near: bool


def price_comparison(product: Product) -> AlikePrices | None:
    """Goods of other owners in the same category and unit whose name makes them alike; None under three. One query."""
    words = names.letter_words(product.name)
    if not words:
        return None
    own = Q(seller=product.seller_id)
    if product.seller.owner_id:
        own |= Q(seller__owner=product.seller.owner_id)
    rows = (
        Product.objects.for_sale()
        .filter(
            reduce(or_, (Q(name__icontains=word) for word in words)), category=product.category_id, unit=product.unit
        )
        .exclude(own)
        .order_by(F("published_at").desc())
        .values_list("name", "price", "seller__kelurahan")[:MOST_COMPARED]
    )
    alike = [(price, ward or "") for name, price, ward in rows if names.is_alike(product.name, name)]
    district = (product.seller.kelurahan_id or "").rpartition(".")[0]
    near = [price for price, ward in alike if district and ward.startswith(f"{district}.")]
    prices = near if len(near) >= LEAST_COMPARED else [price for price, _ward in alike]
    if len(prices) < LEAST_COMPARED:
        return None
    return AlikePrices(min(prices), max(prices), len(prices), prices is near)
