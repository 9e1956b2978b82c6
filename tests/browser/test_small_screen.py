"""What a buyer's small screen does: pictures and filters open and close inside it, messages leave, totals follow."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.test_long_words import WORD
from tests.browser.visitor import Visitor
from tests.factories.umkm import make_category, make_product
from tests.umkm.goods import on_show
from umkm.catalogue.models import Product

Visit = Callable[..., Visitor]


@pytest.fixture
def goods(transactional_db: None, shop: Any) -> Product:
    return make_product(shop, name=WORD, price=35_000, category=make_category(name="Kue", slug="kue-uji"))


def test_nothing_is_wider_than_320_px(visit: Visit, goods: Product, citizen: Any) -> None:
    buyer = visit(width=320, height=640)
    for path in (
        "/cari/",
        "/cari/?q=kue&jenis=swk&halal=1&min=10000&maks=40000",
        "/toko/",
        "/swk/",
        "/untuk-dinas/",
        f"/toko/{goods.seller.slug}/",
    ):
        buyer.open(path)
    buyer.sign_in(citizen).open("/akun/alamat/").open("/akun/alamat/baru/")


def test_the_filter_sheet_closes(visit: Visit, goods: Product) -> None:
    page = visit(width=360, height=640).open("/cari/").page
    sheet = page.locator("details.sheet")
    sheet.locator("summary").click()
    assert page.get_by_role("heading", name="Saring hasil").is_visible()
    sheet.get_by_role("button", name="Tutup").click()
    assert sheet.get_attribute("open") is None


def test_the_total_follows_the_choice_at_once(visit: Visit, goods: Product, citizen: Any) -> None:
    buyer = visit(width=360, height=640).sign_in(citizen)
    buyer.open(f"/barang/{goods.pk}/").press("Masukkan keranjang").press("Lanjut pesan")
    total = buyer.page.locator("#dibayar .is-total dd")
    buyer.fill(**{f"method_{goods.seller_id}": "pickup"})
    buyer.page.locator("#dibayar .is-total dd", has_text="Rp35.000").wait_for()
    buyer.fill(**{f"method_{goods.seller_id}": "seller"})
    buyer.page.locator("#dibayar .is-total dd", has_text="Rp45.000").wait_for()
    assert total.count() == 1


def test_a_message_leaves_by_itself_and_covers_nothing(visit: Visit, goods: Product) -> None:
    page = visit(width=360, height=640).open(f"/barang/{goods.pk}/").press("Masukkan keranjang").page
    toast = page.locator("[data-toast]")
    assert toast.evaluate("e => getComputedStyle(e.parentElement).position") == "static"
    toast.hover()
    page.wait_for_timeout(500)
    page.mouse.move(0, 639)
    toast.wait_for(state="detached", timeout=20_000)


def test_the_picture_opens_inside_the_page(visit: Visit, transactional_db: None, seller_user: Any, shop: Any) -> None:
    page = visit(width=360, height=640).open(f"/barang/{on_show(seller_user, shop).pk}/").page
    view = page.locator("dialog.gallery__view")
    for leave in (lambda: page.keyboard.press("Escape"), lambda: view.get_by_role("button", name="Tutup").click()):
        page.locator("[data-gallery-main]").click()
        box = view.bounding_box()
        assert box is not None
        assert box["x"] >= 0 and box["y"] >= 0 and box["x"] + box["width"] <= 360 and box["y"] + box["height"] <= 640
        leave()
        assert not view.is_visible()
    assert page.url.startswith("http") and "/barang/" in page.url
