"""A word without an end makes no page wider, and every column of a list is on the printed sheet."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from playwright.sync_api import Browser
from pypdf import PdfReader

WORD = "N" + "a" * 110
AMOUNTS = ["Rp12.829.570", "Rp237.838", "Rp829.570.000"]
TITLES = ["Pesanan", "Penjual", "Jatuh tempo", "Keadaan", "Jumlah", "Pajak", "Untuk penjual"]


def listing(title: str) -> str:
    """A list of orders as the pages of a department lay it out, with the style sheet of the pages."""
    css = (Path(settings.BASE_DIR) / "static" / "css" / "app.css").read_text(encoding="utf-8")
    tag = render_to_string("components/tag.html", {"text": "Menunggu dibayar", "kind": "now"})
    cells = f"<td>Konveksi Benang Lurus</td><td class=nowrap>Kamis, 26 November 2026</td><td>{tag}</td>"
    cells += "".join(f"<td class=n>{amount}</td>" for amount in AMOUNTS)
    row = f"<tr><td><a href=#>{title}</a><small>SP-2026-000001</small></td>{cells}</tr>"
    head = "".join(f"<th class={'n' if n > 3 else 'w'}>{text}</th>" for n, text in enumerate(TITLES))
    table = f"<table class='lines lines--list'><thead><tr>{head}</tr></thead><tbody>{row * 3}</tbody></table>"
    return (
        f"<style>{css}</style><main><div class='page section--tight'><h1>{title}</h1><div class='with-side'>"
        f"<div class='side'></div><div class='stack-6'><div class='card card--flat'>{table}</div></div></div></main>"
    )


@pytest.mark.parametrize("title", ["Rapat kerja bidang", WORD])
def test_every_column_is_on_the_sheet(browser: Browser, title: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_content(listing(title))
    sheet = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages[0].extract_text()
    page.close()
    assert [sheet.count(amount) for amount in AMOUNTS] == [3, 3, 3]
    assert "Konveksi" in sheet and "November" in sheet  # other words stay whole


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_page_is_wider_than_the_screen(browser: Browser, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.set_content(listing(WORD))
    wide: int = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert wide <= width
