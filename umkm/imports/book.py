"""An empty book to fill in: its head, lists to choose from, and what each column holds."""

import io
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from epeken.core.files.tables import MOST_ROWS
from umkm.imports.words import ExplainedColumn

SHEET = "Pilihan"
TEXT = "@"  # of a cell: what is typed stays as it is, however long a number it looks


def template(
    title: str,
    names: Sequence[str],
    choices: Iterable[tuple[str, list[str]]],
    explained: Iterable[ExplainedColumn],
    texts: Collection[str] = (),
) -> bytes:
    """`names`: the columns; `choices`: words to choose from, by column; `texts`: columns of figures that are no
    amounts, of which a spreadsheet would keep fifteen."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    sheet.append(names)
    for place, cell in enumerate(sheet[1], start=1):
        cell.font = Font(bold=True)
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width = 18
        if cell.value in texts:
            column.number_format = TEXT
    sheet.freeze_panes = "A2"
    listed: Any = book.create_sheet(SHEET)
    for place, (name, words) in enumerate(choices, start=1):
        letter = get_column_letter(place)
        # Another word than the column's, so that only the first sheet has the head of a table.
        listed.cell(row=1, column=place, value=_("Pilihan %(column)s") % {"column": name}).font = Font(bold=True)
        listed.column_dimensions[letter].width = 34
        for row, word in enumerate(words, start=2):
            listed.cell(row=row, column=place, value=word)
        rule = DataValidation(
            type="list", formula1=f"={SHEET}!${letter}$2:${letter}${len(words) + 1}", allow_blank=True
        )
        sheet.add_data_validation(rule)
        target = get_column_letter(list(names).index(name) + 1)
        rule.add(f"{target}2:{target}{MOST_ROWS + 1}")
    _explain(book.create_sheet(_("Penjelasan")), explained)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _explain(sheet: Any, explained: Iterable[ExplainedColumn]) -> None:
    """One column of the file a row, so that this sheet is no table of its rows."""
    sheet.append([_("Kolom"), _("Kapan diisi"), _("Yang ditulis"), _("Contoh")])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for one in explained:
        sheet.append([one.name, one.needed, one.text, one.example])
    for letter, width in zip("ABCD", (20, 28, 64, 28), strict=True):
        sheet.column_dimensions[letter].width = width
