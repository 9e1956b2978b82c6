"""A file of 5,000 goods, read and run as the worker does, and taken back: seconds and memory.

python -m bench.goods_import [--rows 5000]
"""

import argparse
import io
from typing import Any

from bench.stage import memory, report, setup, worked


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--rows", type=int, default=5000)
    count = asked.parse_args().rows
    setup(own_database=True)

    from django.core.files.uploadedfile import SimpleUploadedFile

    from epeken.core import clock
    from epeken.core.idempotency import new_key
    from tests.factories import umkm as make
    from tests.worker import run_due_jobs
    from umkm.imports import services
    from umkm.imports.models import GoodsImport
    from umkm.imports.states import RowOutcome

    shop = make.make_seller(kind="umkm")
    actor: Any = shop.members.get().user
    category = make.make_category()
    run_due_jobs()
    memory()
    before = memory()
    made = services.upload_import(
        actor=actor, seller=shop, file=SimpleUploadedFile("barang.xlsx", _book(count, category.slug)), archive=None,
        sends=False, key=new_key(), now=clock.now(),
    )  # fmt: skip
    found: dict[str, Any] = {"rows": count, "memory_before_mb": before}
    found["read_s"], found["memory_read_mb"] = worked(run_due_jobs)
    services.confirm_import(actor=actor, goods_import=made, now=clock.now())
    found["run_s"], found["memory_run_mb"] = worked(run_due_jobs)
    services.undo_import(actor=actor, goods_import=GoodsImport.objects.get(pk=made.pk), now=clock.now())
    found["undo_s"], found["memory_undo_mb"] = worked(run_due_jobs)
    found["undone"] = made.rows.filter(outcome=RowOutcome.UNDONE).count()
    report("goods_import", found)


def _book(count: int, category: str) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["nama", "kategori", "harga", "tambah_stok", "satuan", "keterangan"])
    for number in range(count):
        sheet.append([f"Buku {number}", category, 12_500 + number, 10, "buah", "Isi 50 lembar, garis tunggal"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


if __name__ == "__main__":
    main()
