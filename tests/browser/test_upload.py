"""A photo on its way from a small phone while the connection breaks, and what the person reads meanwhile."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from epeken.core.models import KeptUpload
from tests.browser.network import Network
from tests.browser.visitor import Visitor
from umkm.catalogue.models import Product

LOST = "Sambungan terputus. Foto tetap di ponsel ini"
MIDDLE = 9_000  # bytes, of a photo of more


@pytest.fixture
def network(city: str) -> Iterator[Network]:
    made = Network(city)
    yield made
    made.listening.close()


@pytest.fixture
def phone(browser: Browser, network: Network, shop: Any, seller_user: Any) -> Iterator[Visitor]:
    """What Chromium itself writes of a line that breaks is no fault of the page."""
    visitor = Visitor.arrive(browser, network.base, width=360, height=740, has_touch=True, is_mobile=True)
    yield visitor.sign_in(seller_user).open("/penjual/barang/baru/")
    assert [one for one in visitor.problems if "net::ERR_" not in one] == []
    visitor.leave()


def fill(phone: Visitor, photo: Path) -> None:
    category = phone.field("category").locator("option", has_text="Keripik").get_attribute("value")
    phone.fill(name="Keripik tempe", category=category, price="15.000", amount=30, is_halal=True, photo=photo)


def send(phone: Visitor) -> None:
    """Without looking at the page that comes: there is none yet."""
    phone.page.get_by_role("button", name="Kirim ke kurator").click()


def reads(phone: Visitor, text: str) -> None:
    phone.page.locator("[data-upload]", has_text=text).wait_for()


def arrived(phone: Visitor) -> None:
    phone.sees("Menunggu kurasi")
    made = Product.objects.get()
    assert (made.name, made.photos.count()) == ("Keripik tempe", 1)
    assert not KeptUpload.objects.exists()


def test_a_line_that_breaks_in_the_middle_of_a_photo_costs_nothing(
    phone: Visitor, network: Network, picture: Callable[[str], Path]
) -> None:
    photo = picture("keripik")
    assert photo.stat().st_size > 2 * MIDDLE
    fill(phone, photo)
    network.cut_at = MIDDLE
    send(phone)
    reads(phone, LOST)
    assert network.state == "down" and not KeptUpload.objects.exists()
    page = phone.page
    assert phone.field("name").input_value() == "Keripik tempe"
    assert page.evaluate("document.querySelector('[data-photo] [type=file]').files.length") == 1
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 1
    phone.field("name").press("Enter")  # sent once more while it is waited for: nothing goes twice
    network.become("up")
    arrived(phone)


def test_a_photo_whose_answer_was_lost_is_sent_again_and_is_there_once(
    phone: Visitor, network: Network, picture: Callable[[str], Path]
) -> None:
    fill(phone, picture("keripik"))
    network.become("deaf")
    send(phone)
    reads(phone, LOST)
    assert KeptUpload.objects.count() == 1
    network.become("up")
    arrived(phone)


def test_a_photo_the_server_does_not_take_is_said_by_the_form(phone: Visitor, tmp_path: Path) -> None:
    false = tmp_path / "bukan.jpg"
    false.write_bytes(b"bukan foto")
    fill(phone, false)
    phone.press("Kirim ke kurator").sees("Ada yang perlu diperbaiki")
    assert "Tambahkan satu foto dahulu" not in phone.said()  # it came, and is what has to be put right
    assert phone.field("name").input_value() == "Keripik tempe"
