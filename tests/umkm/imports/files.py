"""Files of goods as shops make them."""

import io
from typing import Any
from zipfile import ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from epeken.core import clock
from epeken.core.idempotency import new_key
from tests.umkm.pictures import photo
from tests.worker import run_due_jobs
from umkm.imports import services
from umkm.imports.models import GoodsImport

GOODS = {"kategori": "alat-tulis", "harga": "12.500", "satuan": "buah", "tambah_stok": "10"}


def csv(*rows: dict[str, str]) -> SimpleUploadedFile:
    head = list(dict.fromkeys(name for row in rows for name in row))
    lines = [";".join(head), *(";".join(row.get(name, "") for name in head) for row in rows)]
    return SimpleUploadedFile("barang.csv", "\n".join(lines).encode())


def xlsx(*rows: dict[str, Any]) -> SimpleUploadedFile:
    head = list(dict.fromkeys(name for row in rows for name in row))
    book = Workbook()
    sheet: Any = book.active
    sheet.append(head)
    for row in rows:
        sheet.append([row.get(name) for name in head])
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("barang.xlsx", out.getvalue())


def archive(**photos: bytes) -> SimpleUploadedFile:
    out = io.BytesIO()
    with ZipFile(out, "w") as made:
        for name, data in photos.items():
            made.writestr(f"foto/{name}.JPG", data)
    return SimpleUploadedFile("foto.zip", out.getvalue())


def picture(seed: int = 1) -> bytes:
    return photo(seed).read()


def uploaded(seller: Any, file: Any, **over: Any) -> GoodsImport:
    """Read by the worker."""
    actor = over.pop("actor", None) or seller.members.get().user
    made = services.upload_import(
        **{
            "actor": actor, "seller": seller, "file": file, "archive": None, "sends": False, "key": new_key(),
            "now": clock.now(), **over,
        }
    )  # fmt: skip
    run_due_jobs()
    made.refresh_from_db()
    return made


def done(seller: Any, file: Any, **over: Any) -> GoodsImport:
    """Confirmed and run to its end."""
    made = uploaded(seller, file, **over)
    services.confirm_import(actor=seller.members.get().user, goods_import=made, now=clock.now())
    run_due_jobs()
    made.refresh_from_db()
    return made


def taken_back(one: GoodsImport) -> GoodsImport:
    services.undo_import(actor=one.uploaded_by, goods_import=one, now=clock.now())
    run_due_jobs()
    one.refresh_from_db()
    return one


def checked(seller: Any, file: Any, *, actor: Any, now: Any) -> GoodsImport:
    """Read, and waiting for the shop's word; no job is run."""
    made = services.upload_import(
        actor=actor, seller=seller, file=file, archive=None, sends=False, key=new_key(), now=now
    )
    return services.read_import(goods_import=made, now=now)


def problems(one: GoodsImport) -> list[tuple[int, str]]:
    return list(one.problems.values_list("number", "column"))
