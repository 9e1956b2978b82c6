"""Tables as office programs write them, CSV or XLSX, read into text by column. What cannot be read is told by cell."""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zipfile import BadZipFile, ZipFile

from charset_normalizer import from_bytes
from django.db.models import Model
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from epeken.core.errors import RuleBroken
from epeken.core.text import clean_line, clean_text

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
MOST_CELLS = 600_000
MOST_ROWS = 5_000
HEAD_WITHIN = 30  # titles and remarks stand above the head
SEPARATORS = ";,\t|"
# What spreadsheets of Indonesian and English Windows write; in bytes that fit several, the first of them.
ENCODINGS = ["utf_8", "utf_16", "cp1252"]
TOTAL = re.compile(r"(grand |sub ?)?(total|jumlah)\b", flags=re.IGNORECASE)
MOST_DIGITS = 15  # a spreadsheet rounds longer numbers


@dataclass(frozen=True)
class TableColumn:
    """`is_key`: one of those that say what a row is about; `is_amount`: what a sum at the end adds up; `is_optional`:
    its cells may be empty; `may_lack`: a file need not have it at all; `has_lines`: its text keeps its lines;
    `says_which`: a number that alone says what the row is about, so that neither the row nor a file with this column
    needs the others."""

    name: str
    is_key: bool = False
    is_amount: bool = False
    is_optional: bool = False
    may_lack: bool = False
    has_lines: bool = False
    says_which: bool = False


@dataclass(frozen=True)
class TableRow:
    """`number` as the program that wrote the file counts. `wrong`: why a cell cannot be read, by column."""

    number: int
    cells: dict[str, str]
    wrong: dict[str, str]


@dataclass(frozen=True)
class TableProblem:
    """What is wrong, for whoever mends the file; row 0 and column "" when it is no one cell's."""

    row: int
    column: str
    text: str


@dataclass
class Table:
    """`skipped`: rows that are no data, such as sums, with what stands in them."""

    rows: list[TableRow] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class _Cell:
    """`spread`: of a merged cell that spans several rows."""

    text: str
    wrong: str = ""
    spread: bool = False


_Grid = list[tuple[int, dict[int, _Cell]]]  # row number, then cells by column number; empty cells are left out


def read_table(data: bytes, columns: Sequence[TableColumn]) -> Table:
    """The rows below the first row that names every column, in any order, letter case and sheet.

    Raises RuleBroken with the way out when the file cannot be read, has no such head or two of them, or too many rows.
    """
    check_size(data)
    if data.startswith(b"%PDF"):
        raise RuleBroken(_("Berkas ini PDF. Unggah daftarnya sebagai XLSX atau CSV."), code="table_is_pdf")
    is_book = data.startswith(b"PK")
    grids = _sheets(data) if is_book else _texts(data)
    found: list[tuple[str, int, dict[str, int], _Grid]] = []
    missing: list[str] | None = None
    for title, grid in grids:
        index, places, lacks = _head(grid, columns)
        if not lacks:
            found.append((title, index, places, grid))
        elif missing is None or len(lacks) < len(missing):
            missing = lacks
    if not found:
        names = ", ".join(missing or [column.name for column in columns])
        text = _("Judul kolom tidak lengkap. Yang tidak ada: %(names)s.") % {"names": names}
        raise RuleBroken(text, code="table_head")
    if len(found) > 1 and is_book:
        names = ", ".join(title for title, *_rest in found)
        text = _("Ada beberapa lembar berisi tabel: %(names)s. Sisakan satu, lalu unggah lagi.") % {"names": names}
        raise RuleBroken(text, code="table_sheets")
    _title, index, places, grid = found[0]
    return _table(grid[index + 1 :], places, columns, is_split=not is_book)


def check_size(data: bytes) -> None:
    """Raises RuleBroken."""
    if len(data) > MOST_BYTES:
        raise RuleBroken(_("Berkasnya lebih dari 2 MB. Bagi menjadi beberapa berkas."), code="table_too_large")


def empty_cells(cells: Mapping[str, str], wrong: Mapping[str, str], columns: Sequence[TableColumn]) -> dict[str, str]:
    """`wrong` with the cells that hold nothing and must."""
    if any(column.says_which and cells[column.name] for column in columns):
        return dict(wrong)
    empty = [c.name for c in columns if not c.is_optional and not cells[c.name] and c.name not in wrong]
    return {**wrong, **dict.fromkeys(empty, _("Sel ini kosong."))}


def too_long(model: type[Model], field: str, text: str) -> str | None:
    """Why the column of the model cannot hold the text; None when it can."""
    column: Any = model._meta.get_field(field)
    if len(text) <= column.max_length:
        return None
    return _("Terlalu panjang, paling banyak %(most)d huruf.") % {"most": column.max_length}


def problems_of(row: TableRow, wrong: Mapping[str, str], columns: Sequence[TableColumn]) -> list[TableProblem]:
    """What is wrong in the row, in the order of the columns."""
    return [TableProblem(row.number, column.name, wrong[column.name]) for column in columns if column.name in wrong]


def repeated(lines: Iterable[Any], key: Callable[[Any], object], *, column: str, text: str) -> Iterator[TableProblem]:
    """Lines (with `row`) whose key an earlier one has: which of them is meant, the file does not say.

    `text` has places for both rows, `first` and `second`.
    """
    first: dict[object, int] = {}
    for line in lines:
        if key(line) in first:
            yield TableProblem(line.row, column, text % {"first": first[key(line)], "second": line.row})
        first.setdefault(key(line), line.row)


def _table(grid: _Grid, places: Mapping[str, int], columns: Sequence[TableColumn], *, is_split: bool) -> Table:
    """`is_split`: cells were told apart by a separator alone."""
    table = Table()
    for number, cells in grid:
        got = {column.name: cells.get(places.get(column.name, -1), _Cell("")) for column in columns}
        texts = [cell.text for cell in cells.values() if cell.text]
        if not texts and not any(cell.wrong for cell in got.values()):
            continue
        names = [column.name for column in columns if column.is_key or column.says_which]
        keys = [got[name] for name in names if got[name].text or got[name].wrong]
        is_total = any(TOTAL.match(text) for text in texts) and all(TOTAL.match(cell.text) for cell in keys)
        amounts = [got[c.name] for c in columns if c.is_amount]
        if is_total or (not keys and not any(cell.text or cell.wrong for cell in amounts)):
            table.skipped.append((number, clean_line(" · ".join(texts))[:120]))
            continue
        wrong = {name: cell.wrong for name, cell in got.items() if cell.wrong}
        for column in columns:
            if column.is_amount and got[column.name].spread:
                # Taken for each row it would count several times.
                wrong[column.name] = _("Sel ini digabung dengan baris lain. Pisahkan dan isi tiap baris.")
        if is_split and max(cells) > max(places.values()):
            # An amount such as 48,000,000 without quotes is three cells in a file separated by commas.
            wrong[columns[-1].name] = _("Baris ini punya lebih banyak kolom daripada judulnya. Periksa pemisahnya.")
        read = {c.name: got[c.name].text if c.has_lines else clean_line(got[c.name].text) for c in columns}
        table.rows.append(TableRow(number, read, wrong))
    if len(table.rows) > MOST_ROWS:
        raise RuleBroken(_("Lebih dari 5.000 baris. Bagi menjadi beberapa berkas."), code="table_too_large")
    return table


def _head(grid: _Grid, columns: Sequence[TableColumn]) -> tuple[int, dict[str, int], list[str]]:
    """Where the head stands, the place of each column, and the columns that the best row lacks."""
    best: tuple[int, dict[str, int], list[str]] = (0, {}, [c.name for c in columns if not c.may_lack])
    for index, (_number, cells) in enumerate(grid[:HEAD_WITHIN]):
        names = {_name(cell.text): place for place, cell in reversed(cells.items())}
        lacks = _lacking(names, columns)
        if len(lacks) < len(best[2]):
            best = (index, names, lacks)
        if not lacks:
            break
    return best


def _lacking(names: Collection[str], columns: Sequence[TableColumn]) -> list[str]:
    """The columns a head with these names needs besides."""
    known = [column for column in columns if column.name in names]
    if len(known) > 1 and any(column.says_which for column in known):
        return []
    return [column.name for column in columns if column.name not in names and not column.may_lack]


def _name(text: str) -> str:
    return re.sub(r"[\s_.\-]+", "_", text.strip().lower()).strip("_")


# --- CSV ----------------------------------------------------------------------------------------------------------


def _texts(data: bytes) -> Iterator[tuple[str, _Grid]]:
    """The text once for each separator; only one of them finds the head."""
    text = _decoded(data)
    for separator in SEPARATORS:
        if separator in text:
            yield "", _rows_of(text, separator)


def _decoded(data: bytes) -> str:
    best = from_bytes(data, cp_isolation=ENCODINGS).best()
    if best is None:
        raise RuleBroken(
            _("Berkas ini tidak terbaca. Simpan sebagai XLSX, atau sebagai CSV UTF-8, lalu unggah lagi."),
            code="table_unreadable",
        )
    return str(best).removeprefix("\ufeff")


def _rows_of(text: str, separator: str) -> _Grid:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    grid: _Grid = []
    try:
        for number, row in enumerate(reader, start=1):
            cells = {place: _text(text) for place, cell in enumerate(row) if (text := clean_text(cell).strip())}
            grid.append((number, cells))
    except csv.Error:
        pass  # what this separator cannot split, another may; no head, no table
    return grid


# --- XLSX ---------------------------------------------------------------------------------------------------------


def _sheets(data: bytes) -> Iterator[tuple[str, _Grid]]:
    try:
        with ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED or _cells_in(parts) > MOST_CELLS:
                raise RuleBroken(
                    _("Isi berkas ini terlalu besar. Bagi menjadi beberapa berkas."), code="table_too_large"
                )
        book = load_workbook(io.BytesIO(data))
        has_formulas = any(cell.data_type == "f" for sheet in book.worksheets for cell in sheet._cells.values())
        # Read a second time only where needed: a book takes fifty times the room of its file.
        results = load_workbook(io.BytesIO(data), data_only=True) if has_formulas else book
        for sheet in book.worksheets:
            yield sheet.title, _grid(sheet, results[sheet.title])
    except (BadZipFile, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, SyntaxError) as problem:
        # openpyxl has no error of its own: what is wrong in a part comes up as whatever its parser raised.
        raise RuleBroken(
            _("Berkas spreadsheet ini rusak atau bukan XLSX. Simpan ulang sebagai XLSX, lalu unggah lagi."),
            code="table_unreadable",
        ) from problem


def _cells_in(parts: ZipFile) -> int:
    """How many cells the sheets have, counted before anything is made of them."""
    count = 0
    for part in parts.infolist():
        if part.filename.startswith("xl/worksheets/"):
            with parts.open(part) as sheet:
                last = b""
                while piece := sheet.read(1 << 16):
                    count += (last[-2:] + piece).count(b"<c ") + (last[-2:] + piece).count(b"<c>")
                    last = piece
    return count


def _grid(sheet: Any, results: Any) -> _Grid:
    """Only cells that hold something are touched: a format may reach down to the last row of the sheet."""
    rows: dict[int, dict[int, _Cell]] = {}
    for (row, place), cell in sheet._cells.items():
        read = _read(cell, results)
        if read.text or read.wrong:
            rows.setdefault(row, {})[place] = read
    for merged in sheet.merged_cells.ranges:
        first = rows.get(merged.min_row, {}).get(merged.min_col)
        if first is not None and merged.max_row > merged.min_row:
            for row in range(merged.min_row, min(merged.max_row, merged.min_row + MOST_ROWS) + 1):
                rows.setdefault(row, {})[merged.min_col] = _Cell(first.text, first.wrong, spread=True)
    return [(row, dict(sorted(rows[row].items()))) for row in sorted(rows)]


def _read(cell: Any, results: Any) -> _Cell:
    value = cell.value
    if cell.data_type == "f":
        value = results[cell.coordinate].value
        if value is None:
            return _Cell("", _("Rumus di sel ini belum dihitung. Buka di spreadsheet, simpan, lalu unggah lagi."))
    if cell.data_type == "e" or (isinstance(value, str) and re.fullmatch(r"#[A-Z0-9/]+[!?]?", value)):
        return _Cell("", _("Rumus di sel ini salah (%(value)s).") % {"value": value})
    if isinstance(value, datetime | date | time):
        return _Cell("", _("Sel ini berubah menjadi tanggal. Ubah formatnya menjadi teks, lalu ketik ulang isinya."))
    if isinstance(value, bool):
        return _Cell("", _("Sel ini berisi benar/salah, bukan teks atau angka."))
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format))
    return _text(clean_text(str(value)).strip() if value is not None else "")


def _text(text: str) -> _Cell:
    if re.fullmatch(r"\d+([.,]\d+)?E[+]?\d+", text, flags=re.IGNORECASE | re.ASCII):
        return _Cell("", _("Angka ini dipersingkat spreadsheet (%(text)s). Ketik ulang sebagai teks.") % {"text": text})
    return _Cell(text)


def _number(value: float, shown_as: str) -> _Cell:
    if abs(value) >= 10**MOST_DIGITS:
        return _Cell("", _("Angka sepanjang ini sudah dibulatkan spreadsheet. Ubah formatnya menjadi teks."))
    if value != int(value):
        return _Cell(f"{Decimal(repr(value)):f}".replace(".", ","))
    text = str(int(value))
    # `00000000` shows 123456 as 00123456, and that is what the office sees and means.
    return _Cell(text.zfill(len(shown_as)) if re.fullmatch("0{2,20}", shown_as) else text)
