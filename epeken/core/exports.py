"""Lists as CSV and XLSX. No cell can start a formula in the reader's spreadsheet."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from epeken.core import rules
from epeken.core.clock import ZONE
from epeken.core.files.uploads import file_response, with_file_headers
from epeken.core.text import clean_text


class Number(int):
    """A whole number that is no amount: a year, a month, which group of shops. Written without separators."""


class Percents(Decimal):
    """Percent, as a number: 0.5 is half of one percent."""


# An int is rupiah or a count, a Decimal a part of one (0.05 is five percent), apart from the two above.
Cell = str | int | Decimal | date | datetime | None
FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
MOST_ROWS = 10_000  # a file; a longer list says in its last row how many more there are
CSV = "text/csv; charset=utf-8"
CHUNK = 500  # rows of a streamed file that are read and written together
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def safe(value: Cell) -> Cell:
    """Text without signs a sheet refuses; what it would run as a formula gets an apostrophe (ASVS 1.2.10)."""
    if isinstance(value, datetime):
        return value.astimezone(ZONE).replace(tzinfo=None, microsecond=0)
    if isinstance(value, str):
        text = clean_text(value)
        return f"'{text}" if text.startswith(FORMULA) else text
    return value


def unguarded(text: str) -> str:
    """What `safe` made harmless, as it was before: a file of ours comes back as it went out."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def as_file(
    kind: str,
    name: str,
    head: Sequence[str],
    found: QuerySet[Any] | Sequence[Any],
    cells: Callable[[Any], Sequence[Cell]],
) -> HttpResponse:
    """The list as `kind`, "csv" or "xlsx": a row of `cells` for each of `found`, at most MOST_ROWS.

    When there are more, the last row says so: a file is read without the page it came from.
    """
    first = Paginator(found, MOST_ROWS).page(1)
    rows = [cells(row) for row in first]
    if first.has_next():
        words = {"shown": MOST_ROWS, "all": first.paginator.count}
        rows.append([_("Terpotong: %(shown)d dari %(all)d baris.") % words])
    return (as_csv if kind == "csv" else as_xlsx)(name, head, rows)


def streamed(
    name: str, head: Sequence[str], found: QuerySet[Any], cells: Callable[[Any], Sequence[Cell]]
) -> StreamingHttpResponse:
    """The whole list as CSV, however long: read and sent in pieces, written as `as_csv` writes."""
    response = StreamingHttpResponse(_pieces(head, found, cells), content_type=CSV)
    return with_file_headers(response, filename=f"{name}.csv")


def _pieces(head: Sequence[str], found: QuerySet[Any], cells: Callable[[Any], Sequence[Cell]]) -> Iterator[bytes]:
    """The pieces are made while the file is sent, after the request: each in the language that was asked for."""
    language = translation.get_language() or "id"
    yield _rows_as_csv([head]).encode("utf-8-sig")
    rows = found.iterator(chunk_size=CHUNK)
    while True:
        with translation.override(language), rules.read_once():
            piece = [cells(row) for row in islice(rows, CHUNK)]
            text = _rows_as_csv(piece)
        if not piece:
            return
        yield text.encode()


def _rows_as_csv(rows: Iterable[Sequence[Cell]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    for row in rows:
        writer.writerow(["" if cell is None else _iso(safe(cell)) for cell in row])
    return out.getvalue()


def as_csv(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """UTF-8 with a byte order mark and semicolons, which Excel with Indonesian settings opens; amounts are whole."""
    data = (_rows_as_csv([head]) + _rows_as_csv(rows)).encode("utf-8-sig")
    return file_response(data, content_type=CSV, filename=f"{name}.csv")


def as_xlsx(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Each cell has the format of its type. No row of sums: whatever reads the file, a pivot table or a program, would
    take it for one more record and count all of it twice; the page beside it says the sums."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = name[:31]
    sheet.append(list(head))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([safe(cell) for cell in row])
        for place, cell in enumerate(row, 1):
            if (shown := _number_format(cell)) is not None:
                sheet.cell(sheet.max_row, place).number_format = shown
    sheet.freeze_panes = "A2"
    for column in sheet.columns:
        longest = max(len(_as_shown(cell.value)) for cell in column)
        sheet.column_dimensions[column[0].column_letter].width = min(max(longest + 2, 10), 48)
    out = io.BytesIO()
    book.save(out)
    return file_response(out.getvalue(), content_type=XLSX, filename=f"{name}.xlsx")


def _number_format(cell: Cell) -> str | None:
    """By its type; None: as the sheet writes it by itself. The reader's program puts its own signs in."""
    if isinstance(cell, datetime):
        return "yyyy-mm-dd hh:mm"
    if isinstance(cell, Number | Percents):
        return "General"
    if isinstance(cell, int):
        return "#,##0"
    return "0.0%" if isinstance(cell, Decimal) else None


def _as_shown(value: Any) -> str:
    return f"{value:,}" if type(value) is int else str("" if value is None else value)


def _iso(value: Cell) -> str:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    return value.isoformat() if isinstance(value, date) else str(value)
