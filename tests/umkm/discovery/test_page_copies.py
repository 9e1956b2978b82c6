"""Copies of public pages: the same for everybody, and never of goods or shops that have changed since."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from epeken.core import clock, states
from epeken.core.web.page_copies import with_token
from tests.factories import umkm as make
from tests.factories.places import WARD, WARD_NAME
from umkm.catalogue.models import Category, Product
from umkm.catalogue.states import StockMode
from umkm.discovery import page_copies
from umkm.discovery.pages.cards import product_url
from umkm.sellers.models import Seller
from umkm.stock import services as stock
from umkm.variants.models import ProductGroup
from umkm.variants.states import OptionKind
from umkm.verification.models import SellerDocument

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Copies are kept, and compared whenever they are asked for; it stays noon."""
    noon = clock.start_of(clock.today()) + timedelta(hours=12)
    monkeypatch.setattr(clock, "now", lambda: noon)
    monkeypatch.setattr(page_copies, "COMPARED_SECONDS", 0)
    settings.PAGE_COPY_SECONDS = 60
    page_copies.copies.clear()
    caches["process"].clear()
    yield
    page_copies.copies.clear()


@pytest.fixture
def goods() -> list[Product]:
    """Of one shop: boxed rice, a dish that is made each day, and two variants of a drink."""
    shop = make.make_seller(name="Dapur Lirih")
    make.make_halal(shop)
    category = Category.objects.get(slug="nasi-kotak")
    group = ProductGroup.objects.create(seller=shop, option_1=OptionKind.SIZE, created_at=clock.now())
    common = {"seller": shop, "category": category, "published_at": clock.now() - timedelta(hours=2)}
    return [
        make.make_product(name="Nasi kotak ayam", price=21_000, halal_number="ID35110000123456789", **common),
        make.make_product(name="Nasi kotak harian", price=22_000, stock_mode=StockMode.DAILY, **common),
        make.make_product(name="Nasi kotak es, kecil", price=23_000, group=group, option_1="kecil", **common),
        make.make_product(name="Nasi kotak es, besar", price=24_000, group=group, option_1="besar", **common),
    ]


def pages(goods: list[Product]) -> list[str]:
    """Public pages that show them."""
    shop = reverse("umkm:shop-detail", args=[goods[0].seller.slug])
    return ["/", "/cari/", "/cari/?q=nasi+kotak", "/kategori/nasi-kotak/", shop, *map(product_url, goods[:3])]


def seen(client: Client, url: str) -> tuple[int, bytes]:
    answer = client.get(url, HTTP_ACCEPT_LANGUAGE="id")
    return answer.status_code, with_token(answer.content, b"")


def full(goods: list[Product]) -> None:
    make.make_month(goods[0].seller, month=clock.month_of(clock.now()), used=30_000_000)


def taken(goods: list[Product]) -> None:
    days = [clock.today()]
    stock.take_stock(
        product=goods[1], quantity=Decimal(3), reference="PS-1", days=days, actor=None, now=clock.now()
    )  # fmt: skip


def changed(model: Any, row: Callable[[list[Product]], int], **values: Any) -> Callable[[list[Product]], None]:
    return lambda goods: model.objects.filter(pk=row(goods)).update(**values)


CHANGES: dict[str, Callable[[list[Product]], Any]] = {
    "a price": changed(Product, lambda goods: goods[0].pk, price=29_000),
    "the price of a variant beside the shown one": changed(Product, lambda goods: goods[3].pk, price=19_000),
    "hidden goods": lambda goods: states.move(goods[0], "hide", actor=None, now=clock.now()),
    "a frozen shop": lambda goods: states.move(goods[0].seller, "freeze", actor=None, now=clock.now()),
    "a shop on holiday": changed(
        Seller, lambda goods: goods[0].seller_id, closed_until=clock.today() + timedelta(days=3)
    ),
    "a full cap": full,
    "a certificate that is replaced": changed(
        SellerDocument, lambda goods: goods[0].seller.documents.get(kind="halal").pk, replaced_at=clock.now()
    ),
    "what is left of a day": taken,
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_has_changed_is_gone_from_every_copy(
    goods: list[Product], client: Client, settings: Any, change: str
) -> None:
    before = {url: seen(client, url) for url in pages(goods)}
    assert {status for status, _content in before.values()} == {200}
    with CaptureQueriesContext(connection) as asked:
        assert {url: seen(client, url) for url in pages(goods)} == before
    assert len(asked) == len(before)  # each from its copy, compared by one statement
    CHANGES[change](goods)
    shown = {url: seen(client, url) for url in pages(goods)}
    settings.PAGE_COPY_SECONDS = 0
    caches["process"].clear()
    made = {url: seen(client, url) for url in pages(goods)}
    assert [url for url in made if shown[url] != made[url] and url != "/"] == []
    # Home counts goods and shops for five minutes.
    assert shown["/"][1].split(b'id="angka"')[0] == made["/"][1].split(b'id="angka"')[0]
    assert any(made[url] != before[url] for url in made)


def test_a_copy_that_was_just_compared_asks_nothing(
    goods: list[Product], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_copies, "COMPARED_SECONDS", 0.5)
    elapsed = [100.0]
    monkeypatch.setattr(page_copies, "time", SimpleNamespace(monotonic=lambda: elapsed[0]))
    first = seen(client, "/cari/")
    Product.objects.filter(pk=goods[0].pk).update(price=29_000)
    elapsed[0] += 0.4
    with CaptureQueriesContext(connection) as asked:
        assert seen(client, "/cari/") == first
    assert len(asked) == 0
    elapsed[0] += 0.2
    assert seen(client, "/cari/") != first


def test_new_goods_are_found_within_a_minute(
    goods: list[Product], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    elapsed = [100.0]
    monkeypatch.setattr(page_copies, "time", SimpleNamespace(monotonic=lambda: elapsed[0]))
    client.get("/cari/")
    make.make_product(name="Nasi kotak baru", published_at=clock.now())
    elapsed[0] += 60
    assert "Nasi kotak baru" in client.get("/cari/").text


def test_a_full_shop_is_back_when_the_month_begins(
    goods: list[Product], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = clock.month_of(clock.now() + timedelta(days=31))
    last = clock.start_of(first) - timedelta(seconds=1)
    make.make_month(goods[0].seller, month=last.date().replace(day=1), used=30_000_000)
    monkeypatch.setattr(clock, "now", lambda: last)
    name = "Nasi kotak ayam"
    assert name not in client.get("/cari/?q=nasi+kotak").text
    monkeypatch.setattr(clock, "now", lambda: clock.start_of(first))
    assert name in client.get("/cari/?q=nasi+kotak").text


def test_each_visitor_gets_a_token_that_is_theirs(goods: list[Product]) -> None:
    url = product_url(goods[0])
    first, second = Client(), Client(enforce_csrf_checks=True)
    token = str(first.get(url).context["csrf_token"])
    page = second.get(url)
    own = page.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert own and own != token and page.text.count(own) == page.text.count("csrfmiddlewaretoken") + 1
    form = {"product": goods[0].pk, "quantity": "1", "csrfmiddlewaretoken": own}
    assert second.post(reverse("orders:cart-add"), form).status_code == 302
    assert first.cookies["csrftoken"].value not in page.text
    # Who has something in the cart gets the same copy with it, once the page has said that it is in.
    assert "seller" in second.get(url).context
    del second.cookies[django_settings.MESSAGE_COOKIE_NAME]
    with CaptureQueriesContext(connection) as asked:
        again = second.get(url)
    assert '<span class="count">1</span>' in again.text and again["ETag"] != page["ETag"]
    assert (again.context is None or "seller" not in again.context) and len(asked) <= 4
    assert '<span class="count">' not in Client().get(url).text
    Product.objects.filter(pk=goods[0].pk).update(price=29_000)
    assert '<span class="count">1</span>' in second.get(url).text  # it is made anew for somebody with a cart
    assert '<span class="count">' not in Client().get(url).text


def test_a_browser_that_has_the_page_is_told_so(goods: list[Product], client: Client) -> None:
    url = product_url(goods[0])
    etag = client.get(url)["ETag"]
    assert etag.startswith('W/"') and client.get(url)["ETag"] == etag
    same = client.get(url, HTTP_IF_NONE_MATCH=etag)
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", etag)
    assert "X-Robots-Tag" not in same  # a search engine may go on keeping what it has
    assert same["Cache-Control"] == "private, no-cache" and {"Cookie", "Accept-Language"} <= set(
        same["Vary"].replace(" ", "").split(",")
    )
    # The forms in that copy hold a token of its browser's.
    assert Client().get(url, HTTP_IF_NONE_MATCH=etag).status_code == 200
    Product.objects.filter(pk=goods[0].pk).update(price=29_000)
    anew = client.get(url, HTTP_IF_NONE_MATCH=etag)
    assert anew.status_code == 200 and "Rp29.000" in anew.text and anew["ETag"] != etag


def test_what_differs_between_visitors_has_copies_of_its_own(goods: list[Product]) -> None:
    def page(url: str, language: str = "id", **cookies: str) -> str:
        client = Client()
        for name, value in cookies.items():
            client.cookies[name] = value
        return client.get(url, HTTP_ACCEPT_LANGUAGE=language).text

    for _twice in range(2):
        assert f"Dekat <b>{WARD_NAME}</b>" in page("/", **{django_settings.PLACE_COOKIE_NAME: WARD})
        assert "Dekat <b>" not in page("/")
        assert 'data-theme="dark"' in page("/", **{django_settings.THEME_COOKIE_NAME: "dark"})
        assert "data-theme=" not in page("/", **{django_settings.THEME_COOKIE_NAME: "'><script>"})
        assert '<html lang="en"' in page("/", "en") and '<html lang="id"' in page("/", "id")
    count = len(page_copies.copies)
    user = make.make_user(name="Bu Rahasia")
    signed_in = Client()
    signed_in.force_login(user)
    assert "Bu Rahasia" in signed_in.get("/").text and "ETag" not in signed_in.get("/")
    Client().get("/", headers={"hx-request": "true"})
    Client().get("/barang/999999-tidak-ada/")
    assert len(page_copies.copies) == count and "Bu Rahasia" not in page("/")


@pytest.mark.django_db(transaction=True)
def test_a_change_while_a_page_is_made_is_not_overlooked() -> None:
    """The page reads a price, the price changes, the page is kept: the next visitor reads the new one. And no page that
    is kept writes, which its transaction refuses."""
    product = make.make_product(price=21_000, published_at=clock.now())
    rows = Product.objects.filter(pk=product.pk)

    def raise_price() -> None:
        rows.update(price=29_000)
        connection.close()

    def view(request: HttpRequest) -> HttpResponse:
        price = rows.get().price
        if price == 21_000:
            other = threading.Thread(target=raise_price)
            other.start()
            other.join()
        return HttpResponse(f'<a href="{product_url(product)}">{price}</a>')

    copied = page_copies.copied(view)

    def told() -> bytes:
        request = RequestFactory().get("/")
        request.user = AnonymousUser()
        content: bytes = copied(request).content
        return content

    assert b">21000<" in told() and b">29000<" in told()
    for url in pages([product] * 3):
        for _twice in range(2):
            assert Client().get(url).status_code == 200, url
