"""What search engines and shared links are told: public pages, and nothing that is not."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from epeken.core.city import OfficeContact
from epeken.core.i18n.words import rupiah
from procurement.requests import rules
from tests.factories import areas
from tests.factories import umkm as make
from tests.site.access_world import build
from tests.site.test_access import filled, routes
from umkm.catalogue.states import ProductState
from umkm.discovery.pages.cards import product_url
from umkm.sellers.states import SellerState

pytestmark = pytest.mark.django_db

INDEXED = {
    "home", "umkm:home", "umkm:ranking", "umkm:search", "umkm:category-detail", "umkm:shop-list", "umkm:shop-detail",
    "umkm:swk-list", "umkm:swk-detail", "umkm:product-detail", "privacy", "for-agencies", "support", "robots",
    "sitemap", "sitemap-section",
}  # fmt: skip


def test_only_public_pages_are_indexed() -> None:
    """Every address there is, as a robot gets it: `noindex` in its header unless it is one of the public pages."""
    world, client, indexed = build(), Client(), set()
    for name, path in routes():
        address = filled(name, path, world)
        if address is None:
            continue
        answer = client.get(address)
        if answer.status_code == 200 and "noindex" not in answer.get("X-Robots-Tag", ""):
            indexed.add(name)
            page = answer.content.decode()
            assert "text/html" not in answer["Content-Type"] or '<meta name="robots"' not in page
    assert indexed <= INDEXED and {"home", "umkm:product-detail", "umkm:shop-detail", "for-agencies"} <= indexed


def test_a_search_with_conditions_is_not_indexed(client: Client) -> None:
    answer = client.get("/cari/?q=nasi")
    assert answer["X-Robots-Tag"] == "noindex" and '<meta name="robots" content="noindex">' in answer.content.decode()
    assert "X-Robots-Tag" not in client.get("/cari/")


def sitemap(client: Client) -> str:
    index = client.get("/sitemap.xml").content.decode()
    sections = re.findall(r"<loc>https?://[^/]+([^<]+)</loc>", index)
    assert len(sections) == 5
    return "".join(client.get(section).content.decode() for section in sections)


def test_the_sitemap_names_what_is_public_and_no_more(client: Client) -> None:
    shown = make.make_product(name="Nasi tayang")
    hidden = make.make_product(name="Nasi sembunyi", state=ProductState.HIDDEN)
    frozen = make.make_product(name="Nasi beku", seller=make.make_seller(state=SellerState.FROZEN, slug="toko-beku"))
    text = sitemap(client)
    assert product_url(shown) in text and reverse("umkm:shop-detail", args=[shown.seller.slug]) in text
    assert reverse("for-agencies") in text and "/swk/" in text and "/kategori/" in text
    for gone in (product_url(hidden), product_url(frozen), "toko-beku", hidden.seller.slug):
        assert f"{gone}" not in text
    assert not re.search(r"<loc>https?://[^/]+/(akun|pesanan|dinas|penjual|admin|keranjang)/", text)


def test_robots_are_shown_the_sitemap_and_no_closed_room(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    text = answer.content.decode()
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text
    closed = re.findall(r"Disallow: (\S+)", text)
    assert {"/akun/", "/pesanan/", "/dinas/", "/penjual/", "/admin/"} <= set(closed)
    assert not [path for path in ("/", "/toko/a/", "/barang/1-a/", "/untuk-dinas/") if path.startswith(tuple(closed))]


def test_goods_and_shops_can_be_shared(client: Client) -> None:
    product = make.make_product(name="Nasi <bakar>", price=27_500, picture="goods/a.webp")
    page = client.get(product_url(product), HTTP_ACCEPT_LANGUAGE="id").content.decode()
    assert f'<link rel="canonical" href="{settings.SITE_URL}{product_url(product)}">' in page
    for name, value in (
        ("og:title", "Nasi &lt;bakar&gt;"), ("og:image", f"{settings.SITE_URL}/media/goods/a.webp"),
        ("product:price:amount", "27500"), ("product:price:currency", "IDR"), ("og:type", "product"),
    ):  # fmt: skip
        assert f'<meta property="{name}" content="{value}">' in page
    shop = client.get(reverse("umkm:shop-detail", args=[product.seller.slug])).content.decode()
    assert f'<meta property="og:title" content="{product.seller.name}">' in shop
    assert f'content="{settings.SITE_URL}/media/goods/a.webp"' in shop and "product:price" not in shop


def test_departments_read_what_they_can_do_here(client: Client) -> None:
    page = client.get(reverse("for-agencies"), HTTP_ACCEPT_LANGUAGE="id").content.decode()
    assert rupiah(rules.PP_LIMIT.on(clock.today())) in page and "Perpres 16/2018" in page
    assert reverse("site:agency-dashboard") in page
    home = client.get("/").content.decode()
    assert home.count(f'href="{reverse("for-agencies")}"') >= 2  # at the top and at the foot


def test_anybody_finds_the_office_and_a_complaint_channel(client: Client, settings: Any) -> None:
    contact = settings.CITY.contact
    page = client.get(reverse("support"), HTTP_ACCEPT_LANGUAGE="id").content.decode()
    assert contact.address in page and contact.complaints in page
    settings.CITY = replace(settings.CITY, contact=OfficeContact(phone="+6281234567890", email="pasar@contoh.invalid"))
    page = client.get(reverse("support"), HTTP_ACCEPT_LANGUAGE="id").content.decode()
    assert 'href="tel:+6281234567890"' in page and "0812-3456-7890" in page and "mailto:pasar@contoh.invalid" in page
    assert "Alamat:" not in page and "Jam layanan" not in page, "what nobody gave is not promised"
    assert f'href="{reverse("support")}"' in client.get("/").content.decode()


def test_no_page_leads_to_the_style_guide(client: Client, settings: Any) -> None:
    """It is for who writes the pages. Officers are staff as well, and have no use for it."""
    settings.SHOW_STYLEGUIDE = True
    guide = reverse("styleguide")
    assert guide not in client.get("/").text
    for user in (make.make_user(), areas.post("kelurahan"), make.make_staff(is_superuser=True)):
        client.force_login(user)
        assert guide not in client.get("/").text
        assert guide not in client.get(reverse("umkm:area-check-list")).text
    assert client.get(guide).status_code == 200  # for who knows its address
