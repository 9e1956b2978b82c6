"""The columns of a file of goods: how each is read, by the same fields as the page for one of them, and how goods of a
shop are written in them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from epeken.core.exports import unguarded
from epeken.core.files.tables import TableColumn
from epeken.core.i18n.words import rupiah
from epeken.core.quantity import plain
from epeken.core.web.forms import LineField, QuantityFormField
from umkm.catalogue import tier_fields
from umkm.catalogue.forms import ProductForm
from umkm.catalogue.models import Category, Product
from umkm.catalogue.states import FoodKind, Keeps, StockMode, Unit
from umkm.imports.words import choice_words
from umkm.variants.services import LONGEST_VALUE

NUMBER, PHOTOS, ADDED, VARIANT_OF, TIERS = "nomor", "foto", "tambah_stok", "varian_dari", "harga_grosir"
# By column, the field of the goods it holds.
WRITTEN = {
    "nama": "name",
    "kategori": "category",
    "harga": "price",
    "satuan": "unit",
    "cara_hitung": "stock_mode",
    "kapasitas_per_hari": "daily_capacity",
    "minimum": "minimum",
    "kelipatan": "step",
    "siap_hari": "lead_days",
    "jam_batas_pesan": "order_until",
    "jenis_makanan": "food_kind",
    "daya_tahan": "keeps",
    "halal": "is_halal",
    "nomor_halal": "halal_number",
    "nomor_pirt": "pirt_number",
    "keterangan": "description",
    "isi_varian": "option_1",
    "isi_varian_2": "option_2",
    TIERS: "tiers",
}
LATER = (
    "jam_batas_pesan",
    "isi_varian",
    "isi_varian_2",
)  # columns that rows kept from earlier imports lack, after those they have
COLUMN_OF = {field: column for column, field in WRITTEN.items()} | {"stock": ADDED, "photo": PHOTOS}
COLUMNS = [
    TableColumn(NUMBER, is_optional=True, may_lack=True, says_which=True),
    TableColumn("nama", is_key=True),
    TableColumn("kategori", is_key=True),
    TableColumn("harga", is_amount=True),
    *(
        TableColumn(name, is_optional=True, may_lack=True, has_lines=name == "keterangan")
        for name in [
            *(n for n in WRITTEN if n not in ("nama", "kategori", "harga", *LATER, TIERS)),
            ADDED,
            PHOTOS,
            *LATER,
            VARIANT_OF,
            TIERS,
        ]
    ),
]
NAMES = [column.name for column in COLUMNS]
CHOICES: dict[str, Any] = {"unit": Unit, "stock_mode": StockMode, "food_kind": FoodKind, "keeps": Keeps}
EMPTIED = "-"  # what a cell says that takes a text, an hour or a number of a certificate back
CAN_BE_EMPTIED: dict[str, Any] = {
    "order_until": None, "tiers": (), "description": "", "halal_number": "", "pirt_number": "", "option_1": "",
    "option_2": "",
}  # fmt: skip
OPTIONS = ("option_1", "option_2")
YES, NO = ("ya", "y", "benar", "1"), ("tidak", "t", "bukan", "0")


@dataclass(frozen=True)
class ReadRow:
    """`values` as `save_product` takes them, only of cells that say something; `wrong` by column."""

    values: dict[str, Any]
    added: Any
    photos: list[str]
    wrong: dict[str, str]


class CategoryNames:
    """Categories by what a file may call them: the name, the page's address, and a name that two have after that of its
    parent."""

    def __init__(self, categories: Iterable[Category]) -> None:
        self.all = list(categories)

    @cached_property
    def _found(self) -> dict[str, list[Category]]:
        found: dict[str, list[Category]] = defaultdict(list)
        for category in self.all:
            for name in {category.name, category.slug, self.full(category)}:
                found[name.casefold()].append(category)
        return found

    def find(self, text: str) -> Category | None:
        """None when there is none, or more than one."""
        found = self._found.get(text.casefold(), [])
        return found[0] if len(found) == 1 else None

    def written(self, category: Category) -> str:
        alone = len(self._found[category.name.casefold()]) == 1
        return category.name if alone else self.full(category)

    def full(self, category: Category) -> str:
        parent = self._parents.get(category.parent_id or 0)
        return f"{parent} / {category.name}" if parent else category.name

    @cached_property
    def _parents(self) -> dict[int, str]:
        return {category.pk: category.name for category in self.all}


def read_row(cells: Mapping[str, str], categories: CategoryNames) -> ReadRow:
    """Empty cells say nothing: new goods follow their category there, others stay as they are."""
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for column, name in WRITTEN.items():
        text = unguarded(cells[column])
        if not text:
            continue
        try:
            values[name] = _read(name, text, categories)
        except ValidationError as problem:
            wrong[column] = f"{' '.join(problem.messages)} ({text[:60]})"
    added = None
    if cells[ADDED]:
        try:
            added = QuantityFormField(min_value=0).clean(cells[ADDED])
        except ValidationError as problem:
            wrong[ADDED] = f"{' '.join(problem.messages)} ({cells[ADDED][:60]})"
    photos = [name for part in re.split("[;,|]", cells[PHOTOS]) if (name := part.strip())]
    return ReadRow(values, added, photos, wrong)


def _read(name: str, text: str, categories: CategoryNames) -> Any:
    if name in CAN_BE_EMPTIED and text == EMPTIED:
        return CAN_BE_EMPTIED[name]
    if name == "category":
        category = categories.find(text)
        if category is None:
            raise ValidationError(_("Tidak ada kategori dengan nama ini. Lihat lembar Pilihan di contoh berkas."))
        return category
    if name == "is_halal":
        if text.casefold() not in YES + NO:
            raise ValidationError(_("Tulis ya atau tidak."))
        return text.casefold() in YES
    if name in CHOICES:
        value = choice_words(CHOICES[name]).get(text.casefold())
        if value is None:
            raise ValidationError(_("Bukan salah satu pilihan. Lihat lembar Pilihan di contoh berkas."))
        return value
    if name in OPTIONS:
        return LineField(max_length=LONGEST_VALUE).clean(text)
    if name == "tiers":
        return tier_fields.read_text(text)
    return ProductForm.base_fields[name].clean(text)


def written(product: Product, categories: CategoryNames) -> list[str]:
    """The goods in the columns, as `read_row` reads them; nothing is added to the stock by it, and no photo.

    Of a variant the number of its group's first, where the goods were read `with_first_variant`.
    """
    first = getattr(product, "first_variant", None)
    cells = {NUMBER: str(product.pk), ADDED: "", PHOTOS: "", VARIANT_OF: str(first or "")}
    for column, name in WRITTEN.items():
        cells[column] = _written(name, getattr(product, name), categories)
    return [cells[name] for name in NAMES]


def _written(name: str, value: Any, categories: CategoryNames) -> str:
    if value is None:
        return ""
    if name == "category":
        return categories.written(value)
    if name == "price":
        return rupiah(value).removeprefix("Rp")
    if name == "tiers":
        return tier_fields.in_words(value)
    if name == "order_until":
        return f"{value.hour:02}.{value.minute:02}"
    if name == "is_halal":
        return YES[0] if value else NO[0]
    if name in CHOICES:
        with translation.override(settings.LANGUAGE_CODE):
            return str(CHOICES[name](value).label)
    if name in ("minimum", "step", "daily_capacity"):
        return plain(value)
    return str(value)


def by_name(cells: Sequence[str]) -> dict[str, str]:
    return dict.fromkeys(NAMES, "") | dict(zip(NAMES, cells, strict=False))
