"""A decree's list of prices as office programs write it; what is wrong is told by row and column."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from epeken.core.files.tables import (
    TableColumn,
    TableProblem,
    TableRow,
    empty_cells,
    problems_of,
    read_table,
    repeated,
    too_long,
)
from epeken.core.web.forms import RupiahFormField
from umkm.price_standards.models import StandardPrice
from umkm.price_standards.standards import in_force
from umkm.price_standards.units import read_unit

COLUMNS = [
    TableColumn("kode_barang", is_key=True),
    TableColumn("nama_barang"),
    TableColumn("kode_rekening", is_optional=True),
    TableColumn("satuan"),
    TableColumn("harga", is_amount=True),
]
FIELDS = {"kode_barang": "code", "nama_barang": "name", "satuan": "words", "kode_rekening": "account"}


@dataclass(frozen=True)
class WantedPrice:
    """A row of the file; `price` in whole rupiah."""

    row: int
    code: str
    name: str
    words: str
    price: int
    account: str

    def standard(self) -> StandardPrice:
        """As it will be kept, without its decree."""
        read = read_unit(self.words)
        unit, size = read or ("", Decimal(1))
        return StandardPrice(
            code=self.code, name=self.name, words=self.words, unit=unit, size=size, price=self.price,
            account=self.account,
        )  # fmt: skip


@dataclass(frozen=True)
class PriceFile:
    """`wanted` holds only rows without a problem. `skipped`: rows that are no goods, by number."""

    wanted: list[WantedPrice]
    problems: list[TableProblem]
    skipped: list[tuple[int, str]]


@dataclass(frozen=True)
class PricePreview:
    """What a file would do. `before`: what is in force on the day the decree begins, by code."""

    read: PriceFile
    before: dict[str, StandardPrice]

    @property
    def wanted(self) -> list[WantedPrice]:
        return self.read.wanted

    @property
    def problems(self) -> list[TableProblem]:
        return self.read.problems

    @property
    def skipped(self) -> list[tuple[int, str]]:
        return self.read.skipped

    @property
    def can_take(self) -> bool:
        return bool(self.wanted) and not self.problems

    @property
    def shown(self) -> str:
        """A digest of what the page shows and its confirmation rests on."""
        before = {code: row.pk for code, row in self.before.items()}
        told = [(line.code, line.words, line.price, before.get(line.code)) for line in self.wanted]
        return sha256(repr(sorted(told, key=str)).encode()).hexdigest()

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """`wanted standard before changed`; what changes first, then in the order of the file."""
        rows = []
        for line in self.wanted:
            standard, before = line.standard(), self.before.get(line.code)
            changed = before is None or (standard.unit, standard.per_unit) != (before.unit, before.per_unit)
            rows.append({"wanted": line, "standard": standard, "before": before, "changed": changed})
        return sorted(rows, key=lambda row: (not row["changed"], row["wanted"].row))

    @property
    def counts(self) -> list[tuple[str, int]]:
        rows = self.rows
        return [
            (_("Baru"), sum(row["before"] is None for row in rows)),
            (_("Berubah"), sum(row["changed"] and row["before"] is not None for row in rows)),
            (_("Satuannya tidak dapat dibandingkan"), sum(not row["standard"].unit for row in rows)),
        ]


def read_prices(data: bytes) -> PriceFile:
    """Raises RuleBroken when the file is no table or holds no goods."""
    table = read_table(data, COLUMNS)
    wanted: list[WantedPrice] = []
    problems: list[TableProblem] = []
    for row in table.rows:
        line, found = _line(row)
        problems += found
        if line is not None:
            wanted.append(line)
    twice = _("Baris %(first)d dan %(second)d berisi kode barang yang sama. Sisakan satu.")
    problems += repeated(wanted, lambda line: line.code, column="kode_barang", text=twice)
    if not table.rows:
        problems.append(TableProblem(0, "", _("Tidak ada satu baris pun di bawah judul kolom.")))
    return PriceFile(wanted, sorted(problems, key=lambda problem: problem.row), table.skipped)


def preview(read: PriceFile, valid_from: date) -> PricePreview:
    """One query."""
    codes = [line.code for line in read.wanted]
    return PricePreview(read, {row.code: row for row in in_force(valid_from).filter(code__in=codes)})


def _line(row: TableRow) -> tuple[WantedPrice | None, list[TableProblem]]:
    cells = row.cells
    wrong = empty_cells(cells, row.wrong, COLUMNS)
    for name, field in FIELDS.items():
        if name not in wrong and (said := too_long(StandardPrice, field, cells[name])):
            wrong[name] = said
    price = 0
    if "harga" not in wrong:
        try:
            price = RupiahFormField(min_value=1).clean(cells["harga"])
        except ValidationError as problem:
            wrong["harga"] = f"{' '.join(problem.messages)} ({cells['harga']})"
    if wrong:
        return None, problems_of(row, wrong, COLUMNS)
    line = WantedPrice(
        row=row.number, code=cells["kode_barang"], name=cells["nama_barang"], words=cells["satuan"], price=price,
        account=cells["kode_rekening"],
    )  # fmt: skip
    return line, []
