"""A decision page under an officer's hands: its keys, though the theme has keys of its own, and the way to the decision
on a tablet and a phone."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, expect

from epeken.core import clock
from tests.factories import umkm as make
from tests.umkm.drafts import waiting

pytestmark = pytest.mark.django_db(transaction=True)


def test_keys_of_a_decision_are_not_the_themes(browser: Browser, city: str) -> None:
    now = clock.now()
    case = waiting(make.make_user(), now, bank_holder="Orang Lain", phone=make.make_seller().phone)
    person = make.make_staff("umkm.verify_seller", name="Verifikator Contoh")
    client = Client()
    client.force_login(person)
    cookie: Any = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": city}
    context = browser.new_context(locale="id-ID")
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(city + reverse("admin:umkm_verificationcase_change", args=[case.pk]))
    page.keyboard.press("t")
    assert page.locator("#tolak").get_attribute("open") is not None
    assert page.evaluate("document.activeElement.name") == "reason"
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("k")
    assert page.locator("#kembalikan").get_attribute("open") is not None
    assert page.evaluate("document.activeElement.name") == "bagian"
    expect(page.locator("#kembalikan summary")).to_be_in_viewport()
    page.locator("input[name=bagian][value=name]").check()
    page.locator("input[name=alasan-name]").press_sequentially("Terlalu umum namanya.")
    # Nothing approves while a finding waits; each is noted by a button of its own.
    assert page.locator("button[data-approve]").count() == 0
    for _finding in range(2):
        page.get_by_role("button", name="Sudah saya periksa").first.click()
    assert page.locator("button[data-approve]").count() == 1
    # What was being written is still there, its part ticked, though each button made the page anew.
    expect(page.locator("input[name=alasan-name]")).to_have_value("Terlalu umum namanya.")
    expect(page.locator("input[name=bagian][value=name]")).to_be_checked()
    # A tablet shows the decision beside the file, a phone the way down to it.
    page.set_viewport_size({"width": 768, "height": 1024})
    page.goto(page.url.split("#")[0])
    expect(page.get_by_role("button", name="Setujui dan buka toko")).to_be_in_viewport()
    assert not page.locator(".decision__down").is_visible()
    page.set_viewport_size({"width": 360, "height": 740})
    expect(page.get_by_role("button", name="Setujui dan buka toko")).not_to_be_in_viewport()
    page.locator(".decision__down a").click()
    expect(page.get_by_role("button", name="Setujui dan buka toko")).to_be_in_viewport()
    context.close()
