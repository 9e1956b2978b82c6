"""The columns of a list of residents: how each is read, by the same fields as the pages of a registration. What is said
of a cell never repeats it: the list holds NIK and telephone numbers."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from epeken.core.errors import DomainError, RuleBroken
from epeken.core.exports import unguarded
from epeken.core.files.tables import TableColumn
from epeken.core.models import Kelurahan
from epeken.core.phones import read_mobile
from epeken.core.secret import blind_index
from umkm.assisted.forms import StartForm
from umkm.imports.words import choice_words
from umkm.sellers import identifiers
from umkm.sellers.forms import ShopForm
from umkm.sellers.models import FoodCourt
from umkm.sellers.pins import check_ward
from umkm.sellers.states import SellerKind

# By column, the field of the registration it holds.
WRITTEN = {
    "nama": "owner_name", "nik": "nik", "ponsel": "phone", "jenis": "kind", "kelurahan": "kelurahan",
    "nama_toko": "name", "alamat": "address", "swk": "food_court", "nomor_stan": "stall_number",
}  # fmt: skip
COLUMN_OF = {field: column for column, field in WRITTEN.items()}
OF_A_STALL = ("swk", "nomor_stan")
COLUMNS = [
    *(TableColumn(name, is_key=True) for name in ("nama", "nik", "ponsel")),
    *(TableColumn(name) for name in ("jenis", "kelurahan", "nama_toko")),
    *(TableColumn(name, is_optional=True, may_lack=True) for name in ("alamat", *OF_A_STALL)),
]
NAMES = [column.name for column in COLUMNS]
TEXTS = ("nik", "ponsel")  # figures that are no amounts


@dataclass(frozen=True)
class ReadResident:
    """`values`: fields of the registration, only of cells that can be read; `wrong` by column."""

    values: dict[str, Any]
    wrong: dict[str, str]

    @property
    def nik_index(self) -> str:
        return blind_index(self.values.get("nik", ""))


class Names:
    """Rows by what a list may call them; what two are called is nobody's."""

    def __init__(self, rows: Iterable[Any], called: Callable[[Any], Iterable[str]]) -> None:
        self._found: dict[str, set[Any]] = defaultdict(set)
        for row in rows:
            for name in called(row):
                self._found[_folded(name)].add(row)

    def find(self, text: str) -> Any:
        """None when there is none, or more than one."""
        found = self._found.get(_folded(text), set())
        return next(iter(found)) if len(found) == 1 else None


class Reader:
    """Reads rows of one file on one day, and speaks the language it was made in. Two queries."""

    def __init__(self, day: date) -> None:
        wards = Names(
            Kelurahan.objects.select_related("kecamatan"),
            lambda ward: (ward.name, str(ward), ward.code, ward.code.replace(".", "")),
        )
        courts = Names(
            FoodCourt.objects.select_related("kecamatan"), lambda court: (court.name, court.name.removeprefix("SWK "))
        )
        no_ward = _("Tidak ada kelurahan dengan nama ini, atau ada dua. Tulis kodenya, atau nama, koma, kecamatannya.")
        shop = ShopForm.base_fields
        # By field; each raises ValidationError or DomainError.
        self._readers: dict[str, Callable[[str], Any]] = {
            "owner_name": StartForm.base_fields["name"].clean,
            "nik": lambda text: identifiers.read_nik(text, day).number,
            "phone": read_mobile,
            "kind": _kind,
            "kelurahan": partial(_named, wards, no_ward),
            "name": shop["name"].clean,
            "address": shop["address"].clean,
            "food_court": partial(_named, courts, _("Tidak ada SWK dengan nama ini.")),
            "stall_number": shop["stall_number"].clean,
        }

    def read(self, cells: Mapping[str, str]) -> ReadResident:
        values: dict[str, Any] = {}
        wrong: dict[str, str] = {}
        for column, name in WRITTEN.items():
            text = unguarded(cells[column])
            if not text:
                continue
            try:
                values[name] = self._readers[name](text)
            except ValidationError as problem:
                wrong[column] = " ".join(problem.messages)
            except DomainError as problem:
                wrong[column] = problem.message
        if "kind" in values:
            wrong = {**self._of_kind(values), **wrong}
        return ReadResident(values, wrong)

    @staticmethod
    def _of_kind(values: dict[str, Any]) -> dict[str, str]:
        """What this kind of seller needs and has not, by column. What it has no use for is left out of `values`."""
        if values["kind"] != SellerKind.SWK:
            said = _("Hanya untuk stan SWK. Kosongkan.")
            wrong = {column: said for column in OF_A_STALL if values.pop(WRITTEN[column], None)}
            return wrong if values.get("address") else {**wrong, "alamat": _("Sel ini kosong.")}
        values.pop("address", None)  # a stall stands where its food court does
        wrong = {column: _("Stan SWK perlu ini.") for column in OF_A_STALL if not values.get(WRITTEN[column])}
        try:
            check_ward(values.get("food_court"), values.get("kelurahan"))
        except RuleBroken as problem:
            wrong["kelurahan"] = problem.message
        return wrong


def without_cells(wrong: Mapping[str, str]) -> dict[str, str]:
    """The words of the reader of tables, which repeat a cell between brackets."""
    return {column: re.sub(r" \([^)]*\)", "", text) for column, text in wrong.items()}


def packed(cells: Mapping[str, str]) -> str:
    return json.dumps([cells[name] for name in NAMES])


def by_name(packed_cells: str) -> dict[str, str]:
    return dict(zip(NAMES, json.loads(packed_cells) if packed_cells else [""] * len(NAMES), strict=True))


def _kind(text: str) -> str:
    found = choice_words(SellerKind).get(_folded(text))
    if found is None:
        raise ValidationError(_("Bukan salah satu pilihan. Lihat lembar Pilihan di contoh berkas."))
    return found


def _named(names: Names, said: str, text: str) -> Any:
    found = names.find(text)
    if found is None:
        raise ValidationError(said)
    return found


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
