"""The files an import begins from: an empty one with its choices, and the shop's goods in the same columns."""

import io
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from epeken.core.files.tables import MOST_ROWS
from umkm.catalogue.models import Category, Product
from umkm.catalogue.states import ProductState
from umkm.imports import columns
from umkm.imports.columns import CHOICES, COLUMN_OF, NAMES, NO, YES, CategoryNames
from umkm.imports.explained import explained
from umkm.imports.models import GoodsImport
from umkm.imports.states import RowOutcome, RowPlan
from umkm.sellers.models import Seller

SHEET = "Pilihan"


def template(seller: Seller) -> bytes:
    """A book with the head, a list to choose from in the cells that take one, and what each column holds. No row of
    goods, which would be uploaded with the shop's own."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Barang"
    sheet.append(NAMES)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for place in range(1, len(NAMES) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = 18
    sheet.freeze_panes = "A2"
    listed: Any = book.create_sheet(SHEET)
    for place, (column, words) in enumerate(_choices(seller), start=1):
        letter = get_column_letter(place)
        # Another word than the column's, so that only the first sheet has the head of a table.
        listed.cell(row=1, column=place, value=_("Pilihan %(column)s") % {"column": column}).font = Font(bold=True)
        listed.column_dimensions[letter].width = 34
        for row, word in enumerate(words, start=2):
            listed.cell(row=row, column=place, value=word)
        rule = DataValidation(
            type="list", formula1=f"={SHEET}!${letter}$2:${letter}${len(words) + 1}", allow_blank=True
        )
        sheet.add_data_validation(rule)
        target = get_column_letter(NAMES.index(column) + 1)
        rule.add(f"{target}2:{target}{MOST_ROWS + 1}")
    _explain(book.create_sheet(_("Penjelasan")))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _explain(sheet: Any) -> None:
    """One column of the file a row, so that this sheet is no table of goods."""
    sheet.append([_("Kolom"), _("Kapan diisi"), _("Yang ditulis"), _("Contoh")])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for one in explained():
        sheet.append([one.name, one.needed, one.text, one.example])
    for letter, width in zip("ABCD", (20, 28, 64, 28), strict=True):
        sheet.column_dimensions[letter].width = width


def _choices(seller: Seller) -> Iterator[tuple[str, list[str]]]:
    names = CategoryNames(Category.objects.select_related("parent"))
    yield COLUMN_OF["category"], [names.written(one) for one in names.all if one.allows(seller.kind)]
    with translation.override(settings.LANGUAGE_CODE):
        for name, choices in CHOICES.items():
            yield COLUMN_OF[name], [str(label) for label in choices.labels]
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
