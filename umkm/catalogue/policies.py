"""Who may curate, and what kind of goods these are. Pure yes or no."""

from collections.abc import Iterable
from datetime import time
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from epeken.users.models import User
from umkm.catalogue.models import Product
from umkm.catalogue.states import ON_SHOW, FoodKind, Keeps, ProductState, StockMode
from umkm.sellers.states import SellerState

MOST = Decimal(1_000_000)  # of one line there is less than this


def is_for_sale(product: Product) -> bool:
    """Approved goods of an active shop, whatever is left of them; `ProductQuerySet.for_sale` is the twin in SQL."""
    return product.state == ProductState.PUBLISHED and product.seller.state == SellerState.ACTIVE


class Food(Protocol):
    """Goods, or the line of an order that keeps what they were."""

    @property
    def food_kind(self) -> str: ...
    @property
    def keeps(self) -> str: ...


def is_meal(goods: Food) -> bool:
    """Food that is eaten as it comes: its seller must answer before the day of the event."""
    return goods.food_kind != FoodKind.NONE or goods.keeps == Keeps.COOKED


def is_made_ahead(product: Product) -> bool:
    """Whether what is made on an earlier day can be delivered: not a meal, nor what must be fresh."""
    return not is_meal(product) and product.keeps != Keeps.FRESH


def can_be_had(product: Product) -> bool:
    """Whether the least order of it is in stock; goods made per day are asked once the day is known."""
    return product.stock_mode == StockMode.DAILY or product.on_hand >= product.minimum


def price_words(goods: Iterable[Product]) -> str:
    """At the field of a price, which change holds at once and which waits; "" where no curator is asked
    (`services.products.waits`)."""
    if not any(product.state in ON_SHOW for product in goods):
        return ""
    return _(
        "Harga lebih rendah langsung berlaku. Harga lebih tinggi, berapa pun, tampil sesudah diloloskan kurator atau "
        "kurasi otomatis."
    )


def cut_off_of(product: Product) -> time | None:
    """The hour from which an order of the goods counts as of the next day: their own, else that of the loaded shop."""
    return product.order_until if product.order_until is not None else product.seller.order_until


def can_curate(actor: User) -> bool:
    return bool(getattr(actor, "is_authenticated", False) and actor.has_perm("umkm.curate_product"))
