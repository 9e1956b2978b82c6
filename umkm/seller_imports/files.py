"""The files around an import of sellers: an empty one with its choices, and what is wrong in one that came."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from epeken.users.models import User
from umkm.assisted.policies import places_of
from umkm.imports import book
from umkm.imports.words import ExplainedColumn, listed_words
from umkm.seller_imports.columns import NAMES, TEXTS
from umkm.seller_imports.models import SellerImport
from umkm.sellers.models import FoodCourt
from umkm.sellers.states import SellerKind


def template(officer: User, day: date) -> bytes:
    """A book with the head, lists to choose from, and what each column holds."""
    wards = places_of(officer, day).select_related("kecamatan").order_by("kecamatan__name", "name")
    choices = [
        ("jenis", listed_words(SellerKind)),
        ("kelurahan", [str(ward) for ward in wards]),
        ("swk", list(FoodCourt.objects.values_list("name", flat=True))),
    ]
    return book.template("Penjual", NAMES, choices, explained(), TEXTS)


def explained() -> list[ExplainedColumn]:
    """In the order of the file."""
    needed, of_stalls = _("wajib"), _("wajib untuk stan SWK, selain itu kosong")
    listed = _("Pilih dari lembar Pilihan di contoh berkas.")
    said = {
        "nama": (needed, _("Nama warga sesuai KTP."), "Sulastri"),
        "nik": (needed, _("16 angka, dengan format sel teks supaya tidak dibulatkan."), ""),
        "ponsel": (needed, _("Ponsel warga sendiri; ke sana permintaan untuk memastikan dikirim."), "0812 3456 7890"),
        "jenis": (needed, listed, listed_words(SellerKind)[0]),
        "kelurahan": (needed, _("Kelurahan usahanya: nama, kode, atau nama, koma, kecamatannya."), ""),
        "nama_toko": (needed, _("Nama yang dikenal pelanggannya."), "Dapur Bu Sulastri"),
        "alamat": (_("wajib selain stan SWK"), _("Jalan, nomor, RT/RW. Tempat barang dibuat atau dijual."), ""),
        "swk": (of_stalls, listed, ""),
        "nomor_stan": (of_stalls, _("Nomor stan di SWK itu."), "12"),
    }
    return [ExplainedColumn(name, *said[name]) for name in NAMES]


def problem_rows(row: SellerImport) -> Iterator[list[str]]:
    """Row, column and what is wrong; nothing of the cells, which the officer's own file has."""
    for problem in row.problems.iterator(chunk_size=500):
        yield [str(problem.number) if problem.number else "", problem.column, problem.told]
