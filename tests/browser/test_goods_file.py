"""A file of goods from a phone: looked at before anything is saved, run while the page tells how far it is."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.browser.visitor import Visitor
from tests.factories import umkm
from tests.umkm.imports.files import GOODS, csv
from tests.worker import run_due_jobs
from umkm.catalogue.models import Category, Product


def kept(visitor: Visitor, name: str) -> None:
    """With LOOK_AT set, the page as a picture in that folder."""
    if folder := os.environ.get("LOOK_AT"):
        visitor.page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_a_file_is_looked_at_run_and_taken_back(
    visit: Callable[..., Visitor], transactional_db: None, tmp_path: Path, shop: Any, seller_user: Any
) -> None:
    umkm.make_product(shop)
    category = Category.objects.filter(for_umkm=True, is_food=False, parent__isnull=False).first()
    assert category is not None
    row = {**GOODS, "kategori": category.slug}
    file = tmp_path / "barang.csv"
    file.write_bytes(csv({**row, "nama": "Buku tulis"}, {**row, "nama": "Map", "harga": "12,5"}).read())
    phone = visit(width=360, height=740).sign_in(seller_user)
    phone.open("/penjual/barang/").press("Banyak sekaligus")
    kept(phone, "impor-daftar")
    phone.fill(file=file).press("Periksa berkasnya").sees("Berkas sedang dibaca")
    run_due_jobs()
    phone.sees("1 baris akan dijalankan", "Tulis jumlah rupiah tanpa sen")
    assert not Product.objects.filter(name="Buku tulis").exists()
    kept(phone, "impor-periksa")
    phone.look().press("Jalankan impor").sees("0 dari 1 baris selesai")
    run_due_jobs()
    phone.sees("Sudah dijalankan").look()
    kept(phone, "impor-selesai")
    phone.press("Kembalikan impor ini").press("Kembalikan impor ini")
    run_due_jobs()
    phone.sees("Sudah dikembalikan").look()
    phone.open(f"/penjual/toko/identitas/?toko={shop.pk}").sees("Sertifikat P-IRT")
    kept(phone, "dokumen")
