"""A list of 5,000 residents, read and made into registrations as the worker does, and taken back: seconds and memory.

python -m bench.seller_import [--rows 5000]
"""

import argparse
import io
from datetime import timedelta

from bench.stage import memory, report, setup, worked


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--rows", type=int, default=5000)
    count = asked.parse_args().rows
    setup(own_database=True)

    from django.conf import settings
    from django.core.files.uploadedfile import SimpleUploadedFile

    from epeken.core import clock
    from epeken.core.idempotency import new_key
    from tests.factories import umkm as make
    from tests.worker import run_due_jobs
    from umkm.seller_imports import rules, services
    from umkm.seller_imports.models import SellerImport
    from umkm.seller_imports.states import SellerRowOutcome

    settings.SMS_TRANSPORT = "demo"  # residents are asked, and no text leaves the machine
    officer = make.make_staff("umkm.assist_seller")
    run_due_jobs()
    memory()
    found = {"rows": count, "memory_before_mb": memory()}
    file = SimpleUploadedFile("penjual.xlsx", _book(count, officer.pk))
    made = services.upload_list(actor=officer, file=file, reason="Ukur", key=new_key(), now=clock.now())
    found["read_s"], found["memory_read_mb"] = worked(run_due_jobs)
    services.confirm_list(actor=officer, seller_import=made, now=clock.now())
    found["run_s"], found["memory_run_mb"] = worked(lambda: run_due_jobs("umkm.run_seller_list"))
    found["made"] = made.rows.filter(outcome=SellerRowOutcome.DONE).count()
    later = clock.now() + timedelta(minutes=2)
    found["texts_a_minute"] = rules.TEXTS.on(clock.today())
    found["ask_s"], found["memory_ask_mb"] = worked(lambda: services.ask_piece(seller_import=made, now=later))
    services.undo_list(actor=officer, seller_import=SellerImport.objects.get(pk=made.pk), now=clock.now())
    found["undo_s"], found["memory_undo_mb"] = worked(run_due_jobs)
    found["undone"] = made.rows.filter(outcome=SellerRowOutcome.UNDONE).count()
    report("seller_import", found)


def _book(count: int, seed: int) -> bytes:
    """Residents of no earlier run on this database: `seed` is the officer's number."""
    from openpyxl import Workbook

    from tests.factories.places import WARD
    from tests.factories.umkm import make_nik

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["nama", "nik", "ponsel", "jenis", "kelurahan", "nama_toko", "alamat"])
    place = f"35{seed % 89 + 10}{seed // 89 % 89 + 10}"
    for number in range(count):
        phone = f"0812{seed % 1000:03}{number:04}"
        sheet.append([
            f"Warga {number}", make_nik(number, place=place), phone, "kelontong", WARD, f"Toko {number}", "Jalan Uji 1",
        ])  # fmt: skip
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


if __name__ == "__main__":
    main()
