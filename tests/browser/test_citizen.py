"""A resident who buys: looks without an account, keeps the basket through the door, pays in cash, in any browser."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from epeken.core import clock
from epeken.core.idempotency import new_key
from epeken.notifications.models import OutgoingMail
from orders.carts.models import CartLine
from orders.deliveries import services as deliveries
from orders.orders.models import Order
from orders.orders.services import agreement
from tests.browser.visitor import Visitor
from tests.factories.places import DISTRICT_NAME, WARD
from tests.factories.umkm import PASSWORD, make_category, make_product
from umkm.catalogue.models import Product

Visit = Callable[..., Visitor]


@pytest.fixture
def goods(transactional_db: None, shop: Any) -> Product:
    category = make_category(name="Kue kering rumahan", slug="kue-kering-rumahan")
    return make_product(shop, name="Kue nastar", price=35_000, category=category)


def test_looking_needs_no_account(visit: Visit, goods: Product) -> None:
    visitor = visit(width=390, height=844)
    for path in (
        "/",
        "/toko/",
        "/swk/",
        "/kategori/kue-kering-rumahan/",
        "/cari/?q=tidak+ada+yang+begini",
        "/keranjang/",
    ):
        visitor.open(path)
    visitor.open("/cari/?q=nastar").press("Kue nastar", within="main").sees("Rp35.000")
    visitor.press("Kunjungi toko").sees("Kue nastar")
    visitor.open("/tempat/").fill(kelurahan=WARD).press("Pakai kelurahan ini").sees(DISTRICT_NAME)


def test_a_new_account_finds_its_basket_and_buys(visit: Visit, goods: Product) -> None:
    buyer = visit()
    buyer.open(f"/barang/{goods.pk}/").fill(quantity=2).press("Masukkan keranjang").open("/keranjang/")
    buyer.sees("Rp70.000").press("Masuk dan pesan").press("Buat akun", within="main")
    buyer.fill(name="Warga Baru", email="baru@contoh.invalid", phone="081234567890", password1=PASSWORD)
    buyer.page.get_by_role("button", name="Tampilkan Kata sandi").click()
    assert buyer.field("password1").get_attribute("type") == "text"
    buyer.sees("Kata sandi terlihat di layar.").look()
    buyer.press("Buat akun", within="main form")
    letter = OutgoingMail.objects.get(recipient="baru@contoh.invalid").text
    buyer.open(_link(letter)).press("Ya, aktifkan akun saya").open("/keranjang/").sees("Rp70.000")
    buyer.press("Lanjut pesan").press("Kirim pesanan").sees("Ada yang perlu diperbaiki")
    ward = goods.seller.kelurahan_id
    buyer.fill(recipient="Warga Baru", recipient_phone="081234567890", delivery_place="Jl. Mawar 3")
    buyer.fill(delivery_kelurahan=ward, **{f"method_{goods.seller_id}": "seller"}).press("Kirim pesanan")
    order = Order.objects.get()
    assert (order.total, order.channel, order.method) == (80_000, "citizen", "seller")
    assert not CartLine.objects.exists()
    buyer.sees("Menunggu penjual", "Rp80.000")
    _bring(order)
    buyer.open("/pesanan/").press("Kue nastar", within="main").press("Sesuai", exact=True)
    order.refresh_from_db()
    assert order.deliveries.get().state == "accepted"
    buyer.sees("Diterima lengkap")


def test_signing_in_joins_the_basket_and_pickup_costs_nothing(visit: Visit, goods: Product, citizen: Any) -> None:
    buyer = visit(width=390, height=844)
    buyer.open(f"/barang/{goods.pk}/").press("Masukkan keranjang").open("/keranjang/").press("Masuk dan pesan")
    buyer.fill(login=citizen.email, password=PASSWORD).press("Masuk", within="main form").sees("Kue nastar")
    buyer.fill(recipient="Warga Contoh", recipient_phone="081234567890", **{f"method_{goods.seller_id}": "pickup"})
    buyer.press("Kirim pesanan").sees("Menunggu penjual")
    assert (Order.objects.get().total, Order.objects.get().buyer) == (35_000, citizen)


def test_english_stays_from_page_to_page(visit: Visit, goods: Product) -> None:
    guest = visit()
    guest.open("/").press("English", within="footer").sees("Search for goods")
    assert guest.page.locator("html").get_attribute("lang") == "en"
    guest.open("/akun/masuk/").sees("Password").press("Bahasa Indonesia", within="footer").sees("Kata sandi")
    assert guest.page.locator("html").get_attribute("lang") == "id"


def test_buying_needs_no_script(visit: Visit, goods: Product, citizen: Any) -> None:
    buyer = visit(java_script_enabled=False)
    buyer.open("/cari/?q=nastar").press("Kue nastar", within="main").fill(quantity=3).press("Masukkan keranjang")
    buyer.open("/keranjang/")
    buyer.fill(**{f"quantity_{goods.pk}": 2}).press("Masuk dan pesan")  # typed, and no other button pressed
    buyer.fill(login=citizen.email, password=PASSWORD).press("Masuk", within="main form")
    buyer.fill(recipient="Warga Contoh", recipient_phone="0", **{f"method_{goods.seller_id}": "pickup"})
    buyer.press("Kirim pesanan").sees("Nomor telepon ini tidak benar").fill(recipient_phone="081234567890")
    buyer.press("Kirim pesanan").sees("Menunggu penjual")
    order = Order.objects.get()
    assert (order.total, int(order.lines.get().quantity)) == (70_000, 2)
    buyer.press("Batalkan pesanan").fill(reason="wrong", note="Salah hari").press(
        "Batalkan pesanan", within="main form"
    ).sees("Batal")
    buyer.press("English", within="footer")
    assert buyer.page.locator("html").get_attribute("lang") == "en"


def _link(letter: str) -> str:
    found = re.search(r"https?://\S+", letter)
    assert found is not None
    return found[0]


def _bring(order: Order) -> None:
    """The seller says yes and sets out."""
    seller = order.seller.members.get().user
    agreement.accept_order(actor=seller, order=order, now=clock.now())
    deliveries.ship_order(
        actor=seller, order=order, carrier="Kurir sendiri", quantities={}, key=new_key(), now=clock.now()
    )
