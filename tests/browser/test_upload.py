"""A photo on its way from a small phone while the connection breaks, and what the person reads meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Route

from epeken.core.models import KeptUpload
from tests.browser.visitor import Visitor
from umkm.catalogue.models import Product

LOST = "Sambungan terputus. Foto tetap di ponsel ini"


@pytest.fixture
def phone(visit: Callable[..., Visitor], transactional_db: None, shop: Any, seller_user: Any) -> Visitor:
    visitor: Visitor = visit(width=360, height=740, has_touch=True, is_mobile=True)
    return visitor.sign_in(seller_user)


@pytest.fixture
def filled(phone: Visitor, picture: Callable[[str], Path]) -> Visitor:
    phone.open("/penjual/barang/baru/")
    category = phone.field("category").locator("option", has_text="Keripik").get_attribute("value")
    phone.fill(name="Keripik tempe", category=category, price="15.000", amount=30, is_halal=True)
    return phone.fill(photo=picture("keripik"))


@contextmanager
def slow(phone: Visitor, bytes_per_second: int) -> Iterator[None]:
    """So slow that a photo takes its time."""
    network = phone.page.context.new_cdp_session(phone.page)
    network.send("Network.enable")
    limits = {"offline": False, "latency": 0, "downloadThroughput": -1}
    network.send("Network.emulateNetworkConditions", {**limits, "uploadThroughput": bytes_per_second})
    yield
    network.send("Network.emulateNetworkConditions", {**limits, "uploadThroughput": -1})


def status(phone: Visitor, text: str) -> None:
    phone.page.locator("[data-upload]", has_text=text).wait_for()


def pass_over(phone: Visitor) -> None:
    """What Chromium itself writes of a connection that breaks is no fault of the page."""
    phone.problems[:] = [one for one in phone.problems if "net::ERR_" not in one]


def test_a_connection_lost_in_the_middle_of_a_photo_costs_nothing(filled: Visitor) -> None:
    page = filled.page
    with slow(filled, 8_000):
        page.get_by_role("button", name="Kirim ke kurator").click()
        status(filled, "Mengunggah foto 1 dari 1")
        page.context.set_offline(True)
        status(filled, LOST)
        assert page.locator("[name='name']").input_value() == "Keripik tempe"
        assert page.evaluate("document.querySelector('[type=file]').files.length") == 1
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 1 and not Product.objects.exists()
    with page.expect_navigation():
        page.context.set_offline(False)
    pass_over(filled)
    filled.look().sees("Menunggu kurasi")
    made = Product.objects.get()
    assert (made.name, made.photos.count()) == ("Keripik tempe", 1)
    assert not KeptUpload.objects.exists()


def test_a_photo_whose_answer_was_lost_is_sent_again_and_is_there_once(filled: Visitor) -> None:
    tokens: list[str] = []

    def lose(route: Route) -> None:
        tokens.append(str(route.request.post_data_buffer).split('name="token"')[1][8:40])
        if len(tokens) > 1:
            route.continue_()
            return
        route.fetch()  # it arrives
        route.abort("connectionreset")  # and nobody hears of it

    filled.page.route("**/berkas-formulir/", lose)
    filled.page.get_by_role("button", name="Kirim ke kurator").click()
    status(filled, LOST)
    assert KeptUpload.objects.count() == 1
    filled.page.wait_for_url("**/penjual/barang/**", wait_until="load")
    filled.sees("Menunggu kurasi")
    pass_over(filled)
    assert len(tokens) == 2 and len(set(tokens)) == 1
    assert Product.objects.get().photos.count() == 1


def test_a_photo_the_server_does_not_take_is_said_by_the_form(phone: Visitor, tmp_path: Path) -> None:
    false = tmp_path / "bukan.jpg"
    false.write_bytes(b"bukan foto")
    phone.open("/penjual/barang/baru/")
    category = phone.field("category").locator("option", has_text="Keripik").get_attribute("value")
    phone.fill(name="Keripik tempe", category=category, price="15.000", amount=30, is_halal=True, photo=false)
    phone.press("Kirim ke kurator").sees("Ada yang perlu diperbaiki")
    assert phone.field("name").input_value() == "Keripik tempe"
