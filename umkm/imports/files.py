"""The files an import begins from: an empty one with its choices, and the shop's goods in the same columns."""

from collections.abc import Iterator
from typing import Any

from umkm.catalogue.models import Category, Product
from umkm.catalogue.states import ProductState
from umkm.imports import book, columns
from umkm.imports.columns import CHOICES, COLUMN_OF, NAMES, NO, YES, CategoryNames
from umkm.imports.explained import explained
from umkm.imports.models import GoodsImport
from umkm.imports.states import RowOutcome, RowPlan
from umkm.imports.words import listed_words
from umkm.sellers.models import Seller


def template(seller: Seller) -> bytes:
    """A book with the head, a list to choose from in the cells that take one, and what each column holds. No row of
    goods, which would be uploaded with the shop's own."""
    return book.template("Barang", NAMES, _choices(seller), explained())


def _choices(seller: Seller) -> Iterator[tuple[str, list[str]]]:
    names = CategoryNames(Category.objects.select_related("parent"))
    yield COLUMN_OF["category"], [names.written(one) for one in names.all if one.allows(seller.kind)]
    for name, choices in CHOICES.items():
        yield COLUMN_OF[name], listed_words(choices)
    yield COLUMN_OF["is_halal"], [YES[0], NO[0]]


def goods_of(seller: Seller) -> Any:
    """The goods a file of the shop holds, in the order they were made."""
    found = Product.objects.filter(seller=seller).exclude(state__in=[ProductState.REJECTED, ProductState.WITHDRAWN])
    return found.select_related("category").with_first_variant().order_by("pk")


def writer() -> Any:
    """A function that writes goods in the columns."""
    names = CategoryNames(Category.objects.select_related("parent"))
    return lambda product: columns.written(product, names)


def refused_rows(goods_import: GoodsImport) -> Iterator[list[str]]:
    """The rows that were not done, as they came, with why: to be mended and uploaded again."""
    said: dict[int, list[str]] = {}
    for problem in goods_import.problems.exclude(number=0):
        said.setdefault(problem.number, []).append(
            f"{problem.column}: {problem.text}" if problem.column else problem.text
        )
    rows = goods_import.rows.filter(plan=RowPlan.WRONG) | goods_import.rows.filter(outcome=RowOutcome.REFUSED)
    for row in rows.order_by("number").iterator(chunk_size=500):
        yield [*row.cells, str(row.number), " ".join(said.get(row.number, []))]
