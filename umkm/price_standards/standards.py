"""Which standard price holds for goods on a day. The only place that derives it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from epeken.core.clock import valid_on
from umkm.catalogue.models import Category, Product
from umkm.price_standards.models import PriceDecree, StandardMatch, StandardPrice


def in_force(day: date) -> QuerySet[StandardPrice]:
    """For each code the row of the latest decree of the day that names it: an amendment replaces what it names."""
    rows = StandardPrice.objects.filter(decree__in=PriceDecree.objects.filter(valid_on(day)))
    last = rows.filter(code=OuterRef("code")).order_by("-decree__valid_from", "-decree_id").values("pk")[:1]
    return rows.filter(pk=Subquery(last))


def standards_of(products: Iterable[Product], day: date) -> dict[int, StandardPrice]:
    """By product, the highest price the city's offices pay for it; without those of which no decree speaks.

    Codes linked to the product itself, else to its category, else to the category above. Of several in its unit the
    dearest: a standard for plain goods does not bind better ones. Two queries.
    """
    goods = list(products)
    rows = _standards([(product.pk, product.category, product.unit) for product in goods], day)
    return {product.pk: row for product, row in zip(goods, rows, strict=True) if row is not None}


def standards_of_kinds(kinds: Iterable[tuple[Category, str]], day: date) -> dict[tuple[int, str], StandardPrice]:
    """By pk of the category and unit: the same for any goods of it, whichever product they are. Two queries."""
    wanted = list(kinds)
    rows = _standards([(None, category, unit) for category, unit in wanted], day)
    return {(kind[0].pk, kind[1]): row for kind, row in zip(wanted, rows, strict=True) if row is not None}


@dataclass(frozen=True)
class Standards:
    """By product: the standard of the goods, or the dearest row that speaks of them where every one does in another
    unit, so that their price is compared with none."""

    own: dict[int, StandardPrice]
    other: dict[int, StandardPrice]


def standards_with_others(products: Iterable[Product], day: date) -> Standards:
    """Two queries."""
    goods = list(products)
    rows = _rows([(product.pk, product.category) for product in goods], day)
    near = [(product.pk, product.unit, mine) for product, mine in zip(goods, rows, strict=True)]
    own = {pk: _dearest(mine, unit) for pk, unit, mine in near}
    other = {pk: _other_unit(mine, unit) for pk, unit, mine in near}
    return Standards(
        {pk: row for pk, row in own.items() if row is not None},
        {pk: row for pk, row in other.items() if row is not None},
    )


def _standards(wanted: list[tuple[int | None, Category, str]], day: date) -> list[StandardPrice | None]:
    """Of each product (by its pk, or any), category and unit."""
    rows = _rows([(product, category) for product, category, _unit in wanted], day)
    return [_dearest(near, unit) for (_product, _category, unit), near in zip(wanted, rows, strict=True)]


def _dearest(near: Iterable[StandardPrice], unit: str) -> StandardPrice | None:
    return max((row for row in near if row.unit == unit), key=lambda row: (row.price / row.size, row.pk), default=None)


def _other_unit(near: list[StandardPrice], unit: str) -> StandardPrice | None:
    if any(row.unit == unit for row in near):
        return None
    return max(near, key=lambda row: (row.price, row.pk), default=None)


def _rows(wanted: list[tuple[int | None, Category]], day: date) -> list[list[StandardPrice]]:
    """Of each product (by its pk, or any) and category, in whatever unit."""
    products = [product for product, _category in wanted if product is not None]
    categories = {pk for _product, category in wanted for pk in (category.pk, category.parent_id) if pk}
    matches = StandardMatch.objects.filter(Q(product__in=products) | Q(category__in=categories))
    of_products: dict[int | None, set[str]] = defaultdict(set)
    of_categories: dict[int | None, set[str]] = defaultdict(set)
    for match in matches:
        if match.product_id:
            of_products[match.product_id].add(match.code)
        elif match.category_id:
            of_categories[match.category_id].add(match.code)
    codes = {code for each in (of_products, of_categories) for found in each.values() for code in found}
    prices = defaultdict(list)
    for row in in_force(day).filter(code__in=codes).select_related("decree") if codes else ():
        prices[row.code].append(row)
    found = []
    for product, category in wanted:
        near = (of_products[product], of_categories[category.pk], of_categories[category.parent_id])
        mine = next((each for each in near if each), set())
        found.append([row for code in sorted(mine) for row in prices[code]])
    return found


def words_of(row: StandardPrice) -> dict[str, Any]:
    """What sentences say of it: `standard`, `limit` (whole rupiah per unit) and `decree`."""
    return {"standard": row.name, "limit": row.per_unit, "decree": row.decree.number}


def unit_words_of(row: StandardPrice) -> dict[str, Any]:
    """What sentences say of a row in another unit: `standard`, `limit` (whole rupiah), `per` as its decree writes it,
    and `decree`."""
    return {"standard": row.name, "limit": row.price, "per": row.words, "decree": row.decree.number}


def standards_for(product: Product, day: date) -> tuple[StandardPrice | None, StandardPrice | None]:
    """The standard of the goods, or the row of another unit where that is the only one. Two queries."""
    found = standards_with_others([product], day)
    return found.own.get(product.pk), found.other.get(product.pk)
