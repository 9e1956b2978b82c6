"""Prices so far below what stands that they are more likely mistyped than offered: asked once more before they are
sent, with the figures. Nothing is forbidden here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from epeken.core.errors import RuleBroken
from epeken.core.i18n.words import rupiah
from umkm.catalogue.models import Product
from umkm.catalogue.rules import FAR_BELOW
from umkm.catalogue.states import Unit
from umkm.catalogue.tiers import tier_from, unit_price

CODE = "price_far_below"


@dataclass(frozen=True)
class OfferedPrice:
    """`usual`: what as much of the goods costs as it stands, whole rupiah of one unit. `from_quantity`: of a price
    tier; `usual_from`: of the tier that `usual` is."""

    name: str
    unit: str
    price: int
    usual: int
    from_quantity: Decimal | None = None
    usual_from: Decimal | None = None


def is_far_below(price: int, usual: int, day: date) -> bool:
    return price < usual * FAR_BELOW.on(day)


def is_far(price: int, usual: int, day: date) -> bool:
    """So far below, or what stands is so far below it."""
    return is_far_below(price, usual, day) or is_far_below(usual, price, day)


def told(prices: Iterable[OfferedPrice], day: date) -> Iterator[str]:
    for one in prices:
        if is_far_below(one.price, one.usual, day):
            yield words_of(one)


def changed_prices(product: Product, values: Mapping[str, Any]) -> Iterator[OfferedPrice]:
    """What the goods would cost with these values: each, and from every quantity on for which that is new, beside what
    the same quantity costs as it stands."""
    price, tiers = values.get("price", product.price), values.get("tiers", product.tiers)
    yield OfferedPrice(product.name, product.unit, price=price, usual=product.price)
    for tier in tiers:
        if tier not in product.tiers:
            usual = unit_price(product, tier.from_quantity)
            yield OfferedPrice(
                product.name, product.unit, price=tier.price, usual=usual, from_quantity=tier.from_quantity,
                usual_from=tier_from(product, tier.from_quantity, usual),
            )  # fmt: skip


def words_of(one: OfferedPrice) -> str:
    text = _("%(name)s %(price)s per %(unit)s, padahal harganya sekarang %(usual)s: %(less)s lebih rendah.")
    if one.price > one.usual:
        text = _("%(name)s %(price)s per %(unit)s, padahal harganya sekarang %(usual)s: %(less)s lebih tinggi.")
    name, usual = one.name, rupiah(one.usual)
    if one.from_quantity is not None:
        name = _("%(name)s mulai %(from)s") % {"name": name, "from": Unit(one.unit).counted(one.from_quantity)}
    if one.usual_from is not None:
        from_ = Unit(one.unit).counted(one.usual_from)
        usual = _("%(price)s (harga mulai %(from)s)") % {"price": usual, "from": from_}
    return text % {
        "name": name,
        "price": rupiah(one.price),
        "unit": Unit(one.unit).label,
        "usual": usual,
        "less": rupiah(abs(one.usual - one.price)),
    }


def check_sure(prices: Iterable[OfferedPrice], day: date, *, is_sure: bool) -> None:
    """Raises RuleBroken `price_far_below` unless whoever offers said that the price is meant."""
    found = [] if is_sure else list(told(prices, day))
    if found:
        raise RuleBroken(" ".join([*found, _("Periksa angkanya, lalu pastikan.")]), code=CODE)
