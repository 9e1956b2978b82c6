"""Lists of residents as offices make them."""

from typing import Any

from epeken.core import clock
from epeken.core.idempotency import new_key
from tests.factories.places import WARD
from tests.factories.umkm import make_nik
from tests.umkm.imports.files import csv
from tests.worker import run_due_jobs
from umkm.seller_imports import services
from umkm.seller_imports.models import SellerImport


def row(number: int, **over: str) -> dict[str, str]:
    """A grocery of the ward of every made shop."""
    return {
        "nama": f"Warga {number}", "nik": make_nik(number), "ponsel": phone(number), "jenis": "Toko kelontong",
        "kelurahan": WARD, "nama_toko": f"Toko {number}", "alamat": "Jalan Uji 1", **over,
    }  # fmt: skip


def phone(number: int) -> str:
    return f"08127766{number:04d}"


def uploaded(officer: Any, *rows: dict[str, str], file: Any = None, **over: Any) -> SellerImport:
    """Read by the worker."""
    told = {"reason": "Daftar kecamatan", "key": new_key(), "now": clock.now(), **over}
    made = services.upload_list(actor=officer, file=file or csv(*rows), **told)
    run_due_jobs()
    made.refresh_from_db()
    return made


def done(officer: Any, *rows: dict[str, str]) -> SellerImport:
    """Confirmed and run to its end, with what the first minute lets leave."""
    made = uploaded(officer, *rows)
    services.confirm_list(actor=officer, seller_import=made, now=clock.now())
    run_due_jobs()
    made.refresh_from_db()
    return made


def taken_back(officer: Any, one: SellerImport) -> SellerImport:
    services.undo_list(actor=officer, seller_import=one, now=clock.now())
    run_due_jobs()
    one.refresh_from_db()
    return one


def problems(one: SellerImport) -> list[tuple[int, str]]:
    return list(one.problems.values_list("number", "column"))
