"""A small phone: a shop reads its warning, appeals, is heard, leaves the market and asks to come back."""

from collections.abc import Callable
from typing import Any

from epeken.core import clock
from tests.browser.visitor import Visitor
from tests.factories import umkm as make
from tests.factories.sanctions import give


def test_a_warning_an_appeal_and_the_way_out_and_back(
    transactional_db: None, visit: Callable[..., Visitor], shop: Any, seller_user: Any, warden: Any
) -> None:
    other = make.make_staff("umkm.freeze_seller", name="Pembina Kedua")
    give(shop, clock.now(), actor=warden)
    phone = visit(width=360, height=740, has_touch=True, is_mobile=True).sign_in(seller_user)
    phone.open("/penjual/toko/").sees("Surat Peringatan 1 berlaku sampai").press("Lihat suratnya")
    phone.sees("Tiga pesanan terlambat").press("Ajukan banding")
    phone.press("Kirim banding").sees("Mengapa keputusan itu keliru")
    phone.fill(words="Pesanan itu datang tepat waktu, fotonya ada.").press("Kirim banding")
    phone.sees("Banding Anda ada pada petugas lain")
    desk = visit(width=1280, height=900).sign_in(other, second_factor=True)
    desk.open("/admin/umkm/appeal/").press(shop.name).sees("fotonya ada")
    desk.fill(reason="Foto menunjukkan jamnya").press("Kabulkan banding")
    phone.open(f"/penjual/toko/{shop.pk}/sanksi/").sees("Dibatalkan karena banding").sees("Banding dikabulkan")
    phone.open("/penjual/toko/").press("Keluar dari pasar", within="main").press("Keluar dari pasar sekarang")
    phone.sees("Toko sudah keluar dari pasar").fill(consented=True).press("Kembali berjualan")
    phone.sees("Permintaan kembali dikirim")
    shop.refresh_from_db()
    assert shop.state == "submitted"
