"""What pages say of variants: the choices of a buyer, the table of a seller, the siblings a curator compares."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock
from umkm.catalogue import feasibility
from umkm.catalogue.models import Product
from umkm.catalogue.policies import can_be_had
from umkm.catalogue.states import GONE, ProductState, StockMode
from umkm.discovery.pages import cards
from umkm.discovery.search import GroupPrices
from umkm.stock.supply import supply_of
from umkm.variants.joining import Joining


@dataclass(frozen=True)
class VariantChoice:
    """A variant on show; `url` keeps what the reader asked for."""

    words: str
    price: int
    url: str
    is_this: bool
    is_out: bool


@dataclass(frozen=True)
class VariantChoices:
    title: str
    rows: list[VariantChoice]


def choices_of(product: Product, asked: str, now: datetime) -> VariantChoices | None:
    """The variants on show beside this product, in the order in which they were made; None where it stands alone.

    `asked`: the query of the address. Two statements, for variants alone.
    """
    if product.group is None:
        return None
    rows = list(Product.objects.for_sale().filter(group=product.group_id).order_by("pk"))
    if not any(row.pk != product.pk for row in rows):
        return None
    for row in rows:
        row.seller = product.seller
    supply = supply_of(rows, clock.local_date(now))

    def is_out(row: Product) -> bool:
        if row.stock_mode == StockMode.STOCK:
            return not can_be_had(row)
        return supply.free(row, [feasibility.first_day(row, now)]) < row.minimum

    query = f"?{asked}" if asked else ""
    return VariantChoices(
        _("Pilih %(options)s") % {"options": " · ".join(title.lower() for title in product.group.titles)},
        [
            VariantChoice(words_of(row), row.price, f"{cards.product_url(row)}{query}", row == product, is_out(row))
            for row in rows
        ],
    )


def words_of(product: Product) -> str:
    """`M, merah`; the name while its values wait for a curator."""
    return ", ".join(value for value in (product.option_1, product.option_2) if value) or product.name


def variants_of(product: Product) -> list[Product]:
    """Of the group of this product, itself included, all that may still be on show; without a group none."""
    if product.group_id is None:
        return []
    rows = Product.objects.filter(group=product.group_id).exclude(state__in=GONE)
    return list(rows.select_related("seller", "category", "group").order_by("pk"))


def siblings_of(product: Product) -> list[dict[str, object]]:
    """The other variants, as a curator sees them beside this one: `product words`."""
    return [{"product": one, "words": words_of(one)} for one in variants_of(product) if one.pk != product.pk]


@dataclass(frozen=True)
class JoiningPreview:
    """`card`: as a search would show it, None while none of them is on show; `titles`: what the goods differ in;
    `choices`: the value of each."""

    card: dict[str, Any] | None
    titles: str
    choices: list[str]


def preview_of(joining: Joining) -> JoiningPreview:
    shown = [one for one in joining.variants if one.state == ProductState.PUBLISHED]
    prices = [one.price for one in shown]
    group = GroupPrices(len(shown), min(prices), max(prices)) if len(shown) > 1 else None
    card = cards.card(next(filter(can_be_had, shown), shown[0]), group=group) if shown else None
    return JoiningPreview(card, ", ".join(joining.group.titles), [words_of(one) for one in joining.variants])
