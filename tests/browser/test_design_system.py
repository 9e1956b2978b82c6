"""The parts of every page, in a real browser: no violation in any width or light, and scripts that do what they say."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.browser.visitor import Visitor

PATTERN_PAGE = "/gaya/"


@pytest.fixture
def look(browser: Browser, live_server: Any, settings: Any) -> Iterator[Callable[..., Visitor]]:
    settings.SHOW_STYLEGUIDE = True
    settings.ALLOWED_HOSTS = ["*"]
    visitors: list[Visitor] = []

    def arrive(**options: Any) -> Visitor:
        visitor = Visitor.arrive(browser, live_server.url, **options)
        visitors.append(visitor)
        return visitor

    yield arrive
    for visitor in visitors:
        visitor.leave()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_component_breaks(look: Callable[..., Visitor], width: int, scheme: str) -> None:
    look(width=width, color_scheme=scheme, reduced_motion="reduce").open(PATTERN_PAGE)


def test_the_chosen_theme_is_in_the_page_itself(look: Callable[..., Visitor]) -> None:
    visitor = look(color_scheme="light").open(PATTERN_PAGE)
    visitor.page.click("[data-tema]")
    answer = visitor.page.reload()
    assert answer is not None and 'data-theme="dark"' in answer.text()


def test_a_long_tag_stays_inside_a_narrow_screen(look: Callable[..., Visitor]) -> None:
    page = look(width=320).open(PATTERN_PAGE).page
    tag = page.locator(".tag").first
    tag.evaluate("e => e.textContent = 'Compensation waits for the answer of the department'")
    assert tag.evaluate("e => e.getBoundingClientRect().right <= innerWidth")


def test_quantity_keeps_to_its_step(look: Callable[..., Visitor]) -> None:
    page = look().open(PATTERN_PAGE).page
    page.click("#id_jumlah ~ [data-more]")
    assert page.input_value("#id_jumlah") == "70"


@pytest.mark.parametrize(
    ("typed", "button", "shown"),
    [
        ("1,5", "", "1,5"),
        ("1,5", "more", "1,75"),
        ("1.000", "more", "1000,25"),
        ("0,3", "less", "0,25"),
        ("", "more", "0,25"),
    ],
)
def test_a_quantity_keeps_the_comma_somebody_types(
    look: Callable[..., Visitor], typed: str, button: str, shown: str
) -> None:
    page = look().open(PATTERN_PAGE).page
    page.click("#id_berat")
    page.press("#id_berat", "Control+a")
    page.press("#id_berat", "Delete")
    page.type("#id_berat", typed)
    if button:
        page.click(f"#id_berat ~ [data-{button}], [data-quantity]:has(#id_berat) [data-{button}]")
    assert page.input_value("#id_berat") == shown


def test_a_large_photo_is_made_smaller_before_it_travels(look: Callable[..., Visitor], tmp_path: Path) -> None:
    photo = tmp_path / "dapur.png"
    Image.effect_noise((2400, 1800), 80).convert("RGB").save(photo)
    page = look().open(PATTERN_PAGE).page
    page.set_input_files("#id_foto-asked", photo)
    page.locator("#id_foto-asked_said", has_text="dapur.jpg").wait_for()
    assert page.locator("#id_foto-asked").evaluate("e => e.files[0].size") < photo.stat().st_size / 4


def test_a_second_click_sends_nothing(look: Callable[..., Visitor]) -> None:
    page = look().open(PATTERN_PAGE).page
    sent: list[str] = []

    def answer(route: Any) -> None:
        sent.append(route.request.url)
        route.fulfill(status=204)

    page.route("**/kirim-uji/", answer)
    page.eval_on_selector("form[data-once]", "form => { form.action = '/kirim-uji/'; }")
    for _ in range(3):
        page.eval_on_selector("form[data-once]", "form => form.querySelector('button').click()")
    page.wait_for_timeout(500)
    assert len(sent) == 1


def test_the_pattern_page_needs_no_script(look: Callable[..., Visitor]) -> None:
    page = look(java_script_enabled=False).page
    page.goto(look().base + PATTERN_PAGE)
    assert page.locator("h1").inner_text() == "Gaya"
    assert not page.locator("[data-less], [data-tema]").first.is_visible()
