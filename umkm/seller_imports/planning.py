"""What a list of residents would do: for each row a registration, or why there is none."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from epeken.core.errors import DomainError
from epeken.core.files.tables import TableRow, empty_cells
from epeken.users.models import User
from umkm.assisted import services as assisting
from umkm.assisted.models import AssistedRegistration
from umkm.assisted.states import OPEN
from umkm.seller_imports import columns
from umkm.seller_imports.columns import COLUMN_OF, COLUMNS, Reader, ReadResident
from umkm.seller_imports.models import SellerImport, SellerImportRow
from umkm.seller_imports.states import SellerRowPlan
from umkm.sellers import services as sellers
from umkm.sellers.models import Seller

LOOKED_UP = {"nik", "kelurahan", "food_court"}  # read by other means than the column's own
CHUNK = 500  # residents looked up together


@dataclass(frozen=True)
class KnownPeople:
    """By which numbers the market knows somebody already. What it knows of them is told to nobody."""

    niks: frozenset[str]  # blind indexes
    phones: frozenset[str]

    @classmethod
    def among(cls, found: Iterable[ReadResident]) -> "KnownPeople":
        """Three queries."""
        rows = list(found)
        niks = {row.nik_index for row in rows} - {""}
        phones = {row.values.get("phone", "") for row in rows} - {""}
        called = Seller.objects.filter(phone__in=phones).values_list("phone", flat=True)
        helped = AssistedRegistration.objects.filter(phone__in=phones, state__in=OPEN).values_list("phone", flat=True)
        return cls(
            frozenset(Seller.objects.filter(nik_index__in=niks).values_list("nik_index", flat=True)),
            frozenset([*called, *helped]),
        )

    def problems(self, read: ReadResident) -> dict[str, str]:
        """By column, which number is known."""
        said = _("Sudah ada pendaftaran atau toko dengan nomor ini. Barisnya dilewati.")
        wrong = {"nik": said} if read.nik_index in self.niks else {}
        return wrong | ({"ponsel": said} if read.values.get("phone") in self.phones else {})


class ListPlanner:
    """`places`: codes of the kelurahan in which the officer helps."""

    def __init__(self, row: SellerImport, reader: Reader, officer: User, places: frozenset[str]) -> None:
        self.row, self.reader, self.officer, self.places = row, reader, officer, places
        self.seen: dict[tuple[str, str], int] = {}

    def plan(self, rows: Sequence[TableRow]) -> Iterator[tuple[SellerImportRow, dict[str, str]]]:
        for start in range(0, len(rows), CHUNK):
            piece = [(row, self.reader.read(row.cells)) for row in rows[start : start + CHUNK]]
            known = KnownPeople.among(read for _row, read in piece)
            for row, read in piece:
                yield self._planned(row, read, known)

    def _planned(self, row: TableRow, read: ReadResident, known: KnownPeople) -> tuple[SellerImportRow, dict[str, str]]:
        wrong = {**read.wrong, **empty_cells(row.cells, columns.without_cells(row.wrong), COLUMNS)}
        wrong = {**self._twice(row, read), **check_resident(read, self.officer, self.places), **wrong}
        plan = SellerRowPlan.WRONG if wrong else SellerRowPlan.CREATE
        if not wrong and (wrong := known.problems(read)):
            plan = SellerRowPlan.KNOWN
        ward = read.values.get("kelurahan")
        made = SellerImportRow(
            seller_import=self.row,
            number=row.number,
            cells=self._kept(row, plan, is_here=ward is not None and ward.pk in self.places),
            kelurahan=ward,
            plan=plan,
        )
        return made, wrong

    @staticmethod
    def _kept(row: TableRow, plan: str, *, is_here: bool) -> str:
        """The cells that are still of use: of a row that is not run the name, by which who helps there finds it in the
        file; of a kelurahan elsewhere, or that nobody can read, nothing."""
        if plan == SellerRowPlan.CREATE:
            return columns.packed(row.cells)
        return columns.packed({**dict.fromkeys(columns.NAMES, ""), "nama": row.cells["nama"]}) if is_here else ""

    def _twice(self, row: TableRow, read: ReadResident) -> dict[str, str]:
        """Which of two rows with one number is meant, the file does not say."""
        wrong = {}
        for column in columns.TEXTS:
            number = read.values.get(columns.WRITTEN[column], "")
            first = self.seen.setdefault((column, number), row.number)
            if number and first != row.number:
                text = _("Baris %(first)d dan %(second)d berisi nomor yang sama. Sisakan satu.")
                wrong[column] = text % {"first": first, "second": row.number}
        return wrong


def check_resident(read: ReadResident, officer: User, places: frozenset[str]) -> dict[str, str]:
    """By column, what this officer may not bring or the registration cannot hold."""
    wrong = {}
    ward = read.values.get("kelurahan")
    if ward is not None and ward.pk not in places:
        wrong["kelurahan"] = _("Membantu mendaftar hanya boleh petugas yang ditempatkan di kelurahan itu.")
    try:
        if phone := read.values.get("phone"):
            assisting.check_number(officer, phone)
        sellers.check_fields(draft_of(read), set(read.values) - LOOKED_UP)
    except DomainError as problem:
        wrong[COLUMN_OF.get(problem.field or "", "")] = problem.message
    return wrong


def draft_of(read: ReadResident) -> Seller:
    """The registration a row asks for, not stored."""
    return Seller(**read.values, nik_index=read.nik_index)
