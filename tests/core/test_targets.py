"""Where a form or a refusal leads back to: an address of ours, or the page's own choice."""

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from epeken.core.web.targets import is_page, list_above, own_target, page_above, way_back
from tests.factories.umkm import make_user
from tests.site.test_access import routes


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ("/keranjang/", "/keranjang/"),
        ("http://testserver/toko/", "http://testserver/toko/"),
        ("x", ""),
        ("orders:cart", ""),
        ("", ""),
        (None, ""),
        ("//elsewhere.test/", ""),
        ("https://elsewhere.test/", ""),
        ("javascript:alert(1)//", ""),
        ("/\\elsewhere.test/", ""),
    ],
)
def test_only_an_address_of_ours_is_a_target(asked: str | None, target: str) -> None:
    assert own_target(RequestFactory().get("/"), asked) == target


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["orders:cart-add", "umkm:place"])
def test_a_word_that_is_no_address_is_no_fault(client: Client, address: str) -> None:
    """A word without a slash would be looked up as the name of a view."""
    answer = client.post(reverse(address), {"next": "x", "product": "0", "quantity": "1", "kelurahan": "0"})
    assert answer.status_code in {302, 422}
    assert answer.get("Location", reverse("orders:cart")) == reverse("orders:cart")


def sent(path: str, referer: str = "", method: str = "get") -> HttpRequest:
    headers: dict[str, Any] = {"HTTP_REFERER": referer} if referer else {}
    request: HttpRequest = getattr(RequestFactory(), method)(path, **headers)
    return request


@pytest.mark.parametrize(
    ("path", "referer", "method", "may_repeat", "back"),
    [
        # The page the person came from, unless it would only repeat the refusal.
        ("/pesanan/P-1/terima/", "http://testserver/pesanan/?page=2", "post", True, "/pesanan/?page=2"),
        ("/pesanan/P-1/sengketa/", "http://testserver/pesanan/P-1/sengketa/", "post", True, "/pesanan/P-1/sengketa/"),
        ("/pesanan/P-1/sengketa/", "http://testserver/pesanan/P-1/sengketa/", "post", False, "/pesanan/P-1/"),
        # A link in a mail, another site, or a sign-in between: the object the address is an act on.
        ("/pesanan/P-1/sengketa/", "", "get", False, "/pesanan/P-1/"),
        ("/pesanan/P-1/sengketa/", "https://elsewhere.test/pesanan/", "get", False, "/pesanan/P-1/"),
        ("/pesanan/P-1/sengketa/", "http://testserver/akun/masuk/?next=/x/", "get", False, "/pesanan/P-1/"),
        # Over addresses that only buttons post to, and words that are no address.
        ("/penjual/barang/7/foto/3/hapus/", "", "post", False, "/penjual/barang/7/"),
        ("/tidak-ada/sama-sekali/", "", "get", False, ""),
        ("/", "", "get", False, ""),
    ],
)
def test_a_refusal_leads_back(path: str, referer: str, method: str, may_repeat: bool, back: str) -> None:
    assert way_back(sent(path, referer, method), may_repeat=may_repeat) == back


@pytest.mark.parametrize(
    ("path", "above"),
    [
        ("/pesanan/P-9/", "/pesanan/"),
        ("/pesanan/P-9/sengketa/jawab/", "/pesanan/"),
        ("/penjual/barang/9/foto/3/hapus/", "/penjual/barang/"),
        ("/dinas/permintaan/X/", "/dinas/permintaan/"),
        ("/tidak-ada/", ""),
    ],
)
def test_what_is_not_there_leads_to_the_list_of_its_kind(path: str, above: str) -> None:
    assert list_above(sent(path)) == above


def test_half_of_an_address_of_the_office_is_no_page_of_it() -> None:
    assert page_above(sent("/admin/umkm/seller/66/cabut-sanksi/3/")) == "/admin/umkm/seller/66/"


@pytest.mark.django_db
def test_the_page_that_is_not_there_offers_the_list(client: Client) -> None:
    client.force_login(make_user())
    answer = client.get("/pesanan/PS-2026-999999/")
    assert answer.status_code == 404 and 'class="btn" href="/pesanan/"' in answer.text


VALUES = {"int": "1", "paper": "spj"}  # by converter


def test_the_way_back_from_every_address_can_be_opened() -> None:
    """`is_page` reads what Django's decorator keeps for itself; the access table says which addresses are pages."""
    table = Path(__file__).parents[1] / "site" / "access.csv"
    rows = list(csv.DictReader(table.open(encoding="utf-8")))
    pages = {row["route"] for row in rows if row["method"] == "GET"}
    ours = re.compile("(site|orders|procurement|umkm|users):")
    wrong = [
        name
        for name, path in routes()
        if ours.match(name)
        and is_page("/" + re.sub(r"<(?:(\w+):)?[^>]+>", lambda m: VALUES.get(m[1], "x"), path)) != (name in pages)
    ]
    assert not wrong
