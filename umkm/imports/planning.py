"""What a file of goods would do to a shop: for each row what it asks for, or why it is refused."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from epeken.core import editing
from epeken.core.errors import DomainError
from epeken.core.files.tables import TableRow, empty_cells
from epeken.core.ids import read_id
from umkm.catalogue import listing, low_prices
from umkm.catalogue.models import Category, ChangeProposal, Product
from umkm.catalogue.services.products import LOCKED, closed_words, waits
from umkm.catalogue.states import CLOSED, ProductState, StockMode
from umkm.imports import columns
from umkm.imports.archives import PhotoNames
from umkm.imports.columns import ADDED, COLUMN_OF, COLUMNS, NUMBER, PHOTOS, VARIANT_OF, CategoryNames, ReadRow
from umkm.imports.states import RowPlan
from umkm.sellers.models import Seller
from umkm.variants.checking import check_among_variants

CHUNK = 500  # goods read together


@dataclass
class PlannedRow:
    row: TableRow
    plan: str
    product: Product | None = None
    before: list[str] = field(default_factory=list)  # of goods it changes, as `GoodsImportRow.before`
    price_is_far: bool = False
    wrong: dict[str, str] = field(default_factory=dict)  # by column; "" of no one cell


class Planner:
    """Reads a shop's goods as it goes, so that a long file takes no more room than a short one."""

    def __init__(self, seller: Seller, photos: PhotoNames | None, day: date, *, sends: bool) -> None:
        self.seller, self.photos, self.day, self.sends = seller, photos, day, sends
        self.categories = CategoryNames(Category.objects.select_related("parent"))
        names = Product.objects.filter(seller=seller).exclude(state=ProductState.WITHDRAWN)
        self.numbers = {_folded(name): pk for pk, name in names.values_list("pk", "name")}
        self.waiting = set(
            ChangeProposal.objects.waiting().filter(product__seller=seller).values_list("product", flat=True)
        )
        self.seen: dict[tuple[str, str], int] = {}

    def plan(self, rows: Sequence[TableRow]) -> Iterator[PlannedRow]:
        for start in range(0, len(rows), CHUNK):
            piece = rows[start : start + CHUNK]
            numbers = [pk for row in piece for name in (NUMBER, VARIANT_OF) if (pk := read_id(row.cells[name]))]
            own = Product.objects.filter(seller=self.seller).select_related("seller", "category", "group")
            found = own.in_bulk(numbers)
            for row in piece:
                yield self._planned(row, found)

    def _planned(self, row: TableRow, found: Mapping[int, Product]) -> PlannedRow:
        read = columns.read_row(row.cells, self.categories)
        wrong = {**read.wrong, **empty_cells(row.cells, row.wrong, COLUMNS)}
        product = None
        if text := row.cells[NUMBER]:
            product = found.get(read_id(text))
            if product is None:
                wrong[NUMBER] = _("Tidak ada barang bernomor %(text)s di toko ini.") % {"text": text[:20]}
        base = found.get(read_id(row.cells[VARIANT_OF]) or 0)
        if row.cells[VARIANT_OF] and (base is None or base.group is None):
            text = _("Barang bernomor %(text)s belum punya varian di toko ini. Tambahkan varian pertama di halamannya.")
            wrong[VARIANT_OF] = text % {"text": row.cells[VARIANT_OF][:20]}
        elif base is not None and product is not None and product.group_id != base.group_id:
            wrong[VARIANT_OF] = _("Hanya barang baru dapat menjadi varian lewat berkas.")
        self._check_twice(row, read, product, wrong)
        self._check_photos(read, wrong)
        if not wrong:
            wrong |= self._of_new(read, base) if product is None else self._of_known(read, product)
        if wrong:
            return PlannedRow(row, RowPlan.WRONG, product, wrong=wrong)
        if product is None:
            return PlannedRow(row, RowPlan.CREATE)
        changes = any(not editing.is_same(value, getattr(product, name)) for name, value in read.values.items())
        if not (changes or read.added or read.photos):
            return PlannedRow(row, RowPlan.SAME, product)
        is_far = any(
            low_prices.is_far(one.price, one.usual, self.day) for one in low_prices.changed_prices(product, read.values)
        )
        before = columns.written(product, self.categories)
        return PlannedRow(row, RowPlan.CHANGE, product, before, price_is_far=is_far)

    def _check_twice(self, row: TableRow, read: ReadRow, product: Product | None, wrong: dict[str, str]) -> None:
        """Which of two rows is meant, the file does not say; new goods of a name that is there may be those."""
        name = _folded(str(read.values.get("name", "")))
        key = (NUMBER, str(product.pk)) if product else ("nama", name)
        first = self.seen.setdefault(key, row.number)
        if first != row.number and key[1]:
            text = _("Baris %(first)d dan %(second)d berisi barang yang sama. Sisakan satu.")
            wrong.setdefault(key[0], text % {"first": first, "second": row.number})
        elif product is None and name in self.numbers and not row.cells[NUMBER]:
            text = _("Toko ini sudah punya barang bernama sama. Tulis nomornya, %(number)d, untuk mengubahnya.")
            wrong.setdefault("nama", text % {"number": self.numbers[name]})

    def _check_photos(self, read: ReadRow, wrong: dict[str, str]) -> None:
        for name in read.photos:
            if self.photos is None:
                wrong.setdefault(PHOTOS, _("Fotonya disebut, tetapi tidak ada ZIP yang diunggah."))
            elif said := self.photos.problem(name):
                wrong.setdefault(PHOTOS, said)

    def _of_new(self, read: ReadRow, base: Product | None) -> dict[str, str]:
        """`base`: a variant of the group that the goods shall join."""
        try:
            made = Product(seller=self.seller, **listing.filled(self.seller, read.values))
            made.group = base.group if base else None
            check_among_variants(made)
        except DomainError as problem:
            return {COLUMN_OF.get(problem.field or "", ""): problem.message}
        wrong = _told(listing.problems(made))
        wrong |= self._of_added(read, made)
        if self.sends and (found := listing.word_problem(f"{made.name} {made.description}", self.day)):
            wrong.setdefault(COLUMN_OF["name"], found.message)
        return wrong

    def _of_known(self, read: ReadRow, product: Product) -> dict[str, str]:
        if product.state in CLOSED:
            return {"": closed_words(product)}
        wrong: dict[str, str] = {}
        if product.pk in self.waiting and any(waits(product, name, value) for name, value in read.values.items()):
            text = _("Masih ada usulan perubahan barang ini yang menunggu kurator. Tarik usulan itu dahulu.")
            wrong[""] = text
        if product.published_at is not None:
            for name in LOCKED:
                if name in read.values and not editing.is_same(read.values[name], getattr(product, name)):
                    wrong[COLUMN_OF[name]] = _("Tidak bisa diubah setelah barang tayang. Buat barang baru.")
        changed = copy(product)
        for name, value in read.values.items():
            setattr(changed, name, value)
        try:
            check_among_variants(changed)
        except DomainError as problem:
            wrong[COLUMN_OF.get(problem.field or "", "")] = problem.message
        return {**_told(listing.problems(changed)), **self._of_added(read, changed), **wrong}

    def _of_added(self, read: ReadRow, product: Product) -> dict[str, str]:
        if read.added and product.stock_mode == StockMode.DAILY:
            text = _("Barang ini dihitung per kesanggupan harian. Isi kapasitas_per_hari, kosongkan tambah_stok.")
            return {ADDED: text}
        problem = listing.whole_problem(product.name, product.unit, read.added, field=ADDED)
        return {ADDED: problem.message} if problem else {}


def _told(problems: Iterable[DomainError]) -> dict[str, str]:
    """By column, in the words of a file where those of the page speak of its boxes."""
    words = {
        "halal_statement_missing": _(
            "Makanan dan minuman perlu pernyataan halal. Tulis ya di kolom halal bila bahan dan cara membuatnya halal."
        ),
        "food_kind_unfit": _("Kategori ini bukan makanan. Kosongkan jenis_makanan."),
        "capacity_missing": _("Isi kapasitas_per_hari: berapa sanggup dibuat sehari, paling sedikit sebanyak minimum."),
    }
    told: dict[str, str] = {}
    for problem in problems:
        told.setdefault(COLUMN_OF.get(problem.field or "", ""), words.get(problem.code, problem.message))
    return told


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
