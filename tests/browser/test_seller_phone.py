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


class Thumb:
    """Taps on what is seen of the phone's page, and counts them."""

    def __init__(self, phone: Visitor) -> None:
        self.phone, self.taps = phone, 0

    def link(self, name: str) -> None:
        with self.phone.page.expect_navigation():
            self.on(self.phone.page.get_by_role("link", name=name).first)
        self.phone.look()

    def button(self, name: str) -> None:
        with self.phone.page.expect_navigation():
            self.on(self.phone.page.locator("main").get_by_role("button", name=name).first)
        self.phone.look()

    def on(self, spot: Any) -> None:
        spot.tap()
        self.taps += 1

    def type(self, name: str, text: str) -> None:
        self.on(self.phone.field(name).locator("visible=true").first)
        self.phone.page.keyboard.press("Control+A")
        self.phone.page.keyboard.type(text)

    def choose(self, name: str, words: str) -> None:
        """Two: the telephone opens its own list, and one of it is tapped."""
        field = self.phone.field(name)
        self.on(field)
        field.select_option(field.locator("option", has_text=words).first.get_attribute("value"))
        self.taps += 1

    def photograph(self, picture: Path) -> None:
        """Three: the field, the shutter of the camera, and that the picture is good."""
        with self.phone.page.expect_file_chooser() as asked:
            self.on(self.phone.field("photo").first)
        asked.value.set_files(picture)
        self.phone.page.locator("[data-photo-said]", has_text=picture.stem).first.wait_for()
        self.taps += 2


def test_goods_are_listed_from_a_photo_in_eleven_taps(phone: Visitor, picture: Callable[[str], Path]) -> None:
    thumb = Thumb(phone.open("/penjual/"))
    thumb.link("Jual barang baru dari satu foto")
    thumb.photograph(picture("keripik"))
    thumb.type("name", "Keripik tempe")
    thumb.choose("category", "Keripik")
    thumb.type("price", "15000")
    thumb.type("amount", "30")
    thumb.on(phone.field("is_halal"))
    thumb.button("Kirim ke kurator")
    phone.sees("Menunggu kurasi")
    made = Product.objects.get(name="Keripik tempe")
    assert (made.state, made.price, int(made.on_hand), made.is_halal) == ("submitted", 15_000, 30, True)
    assert thumb.taps <= 11


def test_a_price_is_changed_in_three_taps(phone: Visitor, desk: Order) -> None:
    thumb = Thumb(phone.open("/penjual/barang/"))
    thumb.on(phone.page.get_by_text("Ubah harga dan stok").first)
    thumb.type("price", "12000")
    thumb.button("Simpan")
    assert Product.objects.get(name="Keripik singkong pedas").price == 12_000
    assert thumb.taps <= 3


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


def test_the_strip_the_month_and_an_empty_photo_have_their_room(phone: Visitor, shop: Any) -> None:
    """At 360: chip and button keep off the lines of the strip, on a holiday too; the longest month is read whole; a
    photo that is not there yet does not fill the screen."""
    box = lambda name: phone.page.locator(name).first.bounding_box()  # noqa: E731
    for until in (None, clock.today()):
        shop.closed_until = until
        shop.save(update_fields=["closed_until"])
        phone.open("/penjual/barang/")
        strip, held = box(".top__extra"), phone.page.locator(".top__extra :is(.tag, .btn)").all()
        inside = [one.bounding_box() for one in held]
        assert len(inside) == 2 or until is None  # late in the day there is nothing left to close
        assert min(one["y"] for one in inside) - strip["y"] >= 4
        assert strip["y"] + strip["height"] - max(one["y"] + one["height"] for one in inside) >= 4
    phone.open("/penjual/penjualan/")
    assert box("select[name=bulan]")["width"] >= 230
    phone.open("/penjual/barang/baru/")
    assert box(".shoot")["height"] <= 200
