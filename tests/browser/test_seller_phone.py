"""A shop run from a small phone, by day and by night: one order from the first tap to the cash, one new product."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageStat

from epeken.core import clock
from orders.billing.models import Invoice
from orders.deliveries import services as deliveries
from orders.orders.models import Order
from orders.orders.states import DeliveryMethod
from tests.browser.visitor import Visitor
from tests.factories import orders, umkm
from umkm.catalogue.models import Product

PLACES = ("/penjual/", "/penjual/barang/", "/penjual/pesanan/", "/penjual/uang/")


@pytest.fixture
def desk(transactional_db: None, shop: Any, citizen: Any) -> Order:
    """A citizen's order waits on the seller's desk."""
    product = umkm.make_product(shop, name="Keripik singkong pedas", price=12_500)
    return orders.place(citizen, (product, 4), method=DeliveryMethod.PICKUP, now=clock.now())[0]


@pytest.fixture
def phone(visit: Callable[..., Visitor], desk: Order, seller_user: Any) -> Visitor:
    visitor: Visitor = visit(width=360, height=740, has_touch=True, is_mobile=True)
    return visitor.sign_in(seller_user)


def test_an_order_from_first_tap_to_cash(phone: Visitor, desk: Order, citizen: Any) -> None:
    phone.open("/penjual/").sees("Keripik singkong pedas").press("Sanggupi pesanan")
    desk.refresh_from_db()
    assert desk.state == "accepted"
    phone.press("Pesanan", within="nav.bottom").press("Keripik singkong pedas", within="main")
    phone.press("Barang siap diambil").press("Beri tahu pembeli").sees("Siap diambil")
    deliveries.confirm_received(actor=citizen, delivery=desk.deliveries.get(), now=clock.now())
    phone.open("/penjual/").press("Catat uang tunai", within="main")
    phone.press("Uang sudah saya terima").sees("Selesai")
    phone.open("/penjual/uang/").sees("Rp50.000")
    invoice = Invoice.objects.get(order=desk)
    assert (invoice.state, invoice.net) == ("paid", 50_000)


def test_a_product_from_one_photo(phone: Visitor, picture: Callable[[str], Path]) -> None:
    phone.press("Barang", within="nav.bottom").press("Jual barang baru")
    category = phone.field("category").locator("option", has_text="Keripik").get_attribute("value")
    phone.fill(name="Keripik tempe", category=category, price="15.000", amount=30, is_halal=True)
    phone.press("Kirim ke kurator").sees("Ada yang perlu diperbaiki")
    phone.fill(photo=picture("keripik")).press("Kirim ke kurator").sees("Menunggu kurasi")
    made = Product.objects.get(name="Keripik tempe")
    assert (made.state, made.price, int(made.on_hand), made.photos.count()) == ("submitted", 15_000, 30, 1)


def test_the_four_places_stay_under_the_thumb(phone: Visitor) -> None:
    for path in PLACES:
        phone.open(path)
        bar = phone.page.locator("nav.bottom")
        box = bar.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] == pytest.approx(740, abs=1)
        assert all(link.evaluate("e => e.offsetHeight") >= 44 for link in bar.get_by_role("link").all())
        assert bar.locator("[aria-current]").count() == 1


def test_the_desk_at_night(phone: Visitor, desk: Order) -> None:
    phone.page.emulate_media(color_scheme="dark")
    for path in (*PLACES, f"/pesanan/{desk.number}/", "/penjual/barang/baru/", "/penjual/toko/", "/pemberitahuan/"):
        phone.open(path)
    seen = Image.open(BytesIO(phone.page.screenshot())).convert("L")
    assert ImageStat.Stat(seen).mean[0] < 80
