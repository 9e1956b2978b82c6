"""What was typed in one form of a page is there after another form of the page was sent."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.browser.visitor import Visitor


def test_a_story_is_kept_while_the_shops_photo_is_set(
    transactional_db: None, visit: Callable[..., Visitor], shop: Any, seller_user: Any, picture: Callable[[str], Path]
) -> None:
    phone = visit(width=360, height=740).sign_in(seller_user).open("/penjual/toko/")
    page = phone.page
    page.locator("[name=about]").fill("Bumbu digiling sendiri.")
    page.locator("[name=open_days][value='7']").set_checked(True, force=True)
    page.locator("[name=picture]").set_input_files(picture("nasi-kotak"))
    with page.expect_navigation():  # the photo is sent before its form
        page.get_by_role("button", name="Pasang foto ini").click()
    expect(page.locator("[name=about]")).to_have_value("Bumbu digiling sendiri.")
    expect(page.locator("[name=open_days][value='7']")).to_be_checked()
    shop.refresh_from_db()
    assert shop.picture and shop.about != "Bumbu digiling sendiri."
    page.get_by_role("button", name="Simpan halaman toko").click()
    page.wait_for_load_state()
    shop.refresh_from_db()
    assert shop.about == "Bumbu digiling sendiri."
    # Kept once: a later visit shows what the shop says.
    page.reload()
    assert page.evaluate("sessionStorage.getItem('typed')") == "{}"
