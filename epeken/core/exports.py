"""Lists as CSV and XLSX. No cell can start a formula in the reader's spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.styles import Font

from epeken.core.clock import ZONE
from epeken.core.files.uploads import file_response
from epeken.core.text import clean_text

Cell = str | int | date | datetime | None
FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def safe(value: Cell) -> Cell:
    """Text without signs a sheet refuses; what it would run as a formula gets an apostrophe (ASVS 1.2.10)."""
    if isinstance(value, datetime):
        return value.astimezone(ZONE).replace(tzinfo=None)
    if isinstance(value, str):
        text = clean_text(value)
        return f"'{text}" if text.startswith(FORMULA) else text
    return value


def as_csv(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """UTF-8 with a byte order mark and semicolons, which Excel with Indonesian settings opens; amounts are whole."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(head)
    for row in rows:
        writer.writerow(["" if cell is None else _iso(safe(cell)) for cell in row])
    data = out.getvalue().encode("utf-8-sig")
    return file_response(data, content_type="text/csv; charset=utf-8", filename=f"{name}.csv")


def as_xlsx(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = name[:31]
    sheet.append(list(head))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([safe(cell) for cell in row])
    sheet.freeze_panes = "A2"
    for column in sheet.columns:
        longest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[column[0].column_letter].width = min(max(longest + 2, 10), 48)
    out = io.BytesIO()
    book.save(out)
    return file_response(out.getvalue(), content_type=XLSX, filename=f"{name}.xlsx")


def _iso(value: Cell) -> str:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return value.isoformat() if isinstance(value, date) else str(value)
