"""Whoever has more than one shop or registration sees the desk of the one that runs, and of every other that does."""

import re
from collections.abc import Iterator
from datetime import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from epeken.site.dashboards import seller_day
from epeken.site.navigation import Memberships
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.states import put
from tests.factories.users import signed_in
from umkm.sellers.models import Seller
from umkm.sellers.policies import first_to_run
from umkm.sellers.states import SellerKind, SellerState

pytestmark = pytest.mark.django_db

DESK = reverse("site:seller-dashboard")
PAGES = [
    "site:seller-dashboard",
    "site:seller-orders",
    "site:seller-money",
    "orders:sales",
    "orders:packing-list",
    "orders:price-labels",
    "orders:tax-slip-mine",
    "umkm:product-mine",
    "umkm:product-create",
    "umkm:import-list",
    "umkm:seller-profile",
    "umkm:identity-list",
    "umkm:tax-papers",
    "umkm:shop-people",
    "umkm:shop-exposure",
]


def in_state(person: Any, state: str, **over: Any) -> Seller:
    return goods.make_seller(person, state=state, **over)


@pytest.mark.parametrize("older", [SellerState.REJECTED, SellerState.DRAFT, SellerState.SENT_BACK, SellerState.LEFT])
def test_an_older_registration_hides_no_running_shop(older: str) -> None:
    person = goods.make_user()
    first, shop = in_state(person, older), in_state(person, SellerState.ACTIVE, kind=SellerKind.SWK)
    goods.make_product(shop, state="sent_back", name="Onde-onde")
    page = signed_in(person).get(DESK)
    assert (page.status_code, page.context["seller"]) == (200, shop)
    assert [item["title"] for item in page.context["todo"]] == ["Perbaiki Onde-onde"]
    for name in PAGES:
        answer = signed_in(person).get(reverse(name))
        assert (name, answer.context and answer.context["seller"]) == (name, shop) or name == "orders:price-labels"
    assert signed_in(person).get(f"{DESK}?toko={first.pk}")["Location"] == reverse("umkm:application", args=[first.pk])
    # Looking at the registration takes nobody's desk away.
    client = signed_in(person)
    client.get(f"{DESK}?toko={first.pk}")
    assert client.get(DESK).context["seller"] == shop


def test_a_helper_with_an_own_draft_gets_to_the_shop() -> None:
    person, shop = goods.make_user(), goods.make_seller()
    in_state(person, SellerState.DRAFT)
    goods.make_member(shop, person, role="staff")
    assert signed_in(person).get(DESK).context["seller"] == shop
    assert Memberships(person).seller == shop


def test_a_registration_that_waits_for_its_applicant_comes_before_one_that_was_dropped() -> None:
    person = goods.make_user()
    states = [SellerState.LEFT, SellerState.REJECTED, SellerState.DRAFT, SellerState.SENT_BACK, SellerState.FROZEN]
    shops = [in_state(person, state) for state in states]
    assert [shop.state for shop in first_to_run(shops)] == ["frozen", "sent_back", "rejected", "draft", "left"]


@pytest.fixture
def two() -> tuple[Any, Seller, Seller]:
    """Two shops of one person; something waits in the second."""
    person = goods.make_user()
    # Open at whatever hour a test runs.
    first, second = (
        goods.make_seller(person, name=name, closes_at=time(23, 59)) for name in ("Dapur Satu", "Dapur Dua")
    )
    for shop in (first, second):
        goods.make_product(shop)
    make.make_issued(make.make_office(), goods.make_product(second, price=10_000, on_hand=100), now=clock.now())
    return person, first, second


def test_the_tasks_of_a_second_shop_are_counted_told_and_reached(two: tuple[Any, Seller, Seller]) -> None:
    person, first, second = two
    client, now = signed_in(person), clock.now()
    page = client.get(DESK)
    assert page.context["seller"] == first and page.context["memberships"].seller_tasks == 1
    assert seller_day.waiting_counts([first, second], now) == {second.pk: 1}
    assert "Dapur Dua: Satu hal menunggu Anda" in page.text and "Ganti toko" in page.text
    there = client.get(f"{DESK}?toko={second.pk}")
    assert there.context["seller"] == second and len(there.context["answers"]) == 1
    assert there.context["memberships"].seller_tasks == 1 and there.context["elsewhere"] == []


def test_every_page_of_the_desk_is_of_the_named_shop_and_stays_with_it(two: tuple[Any, Seller, Seller]) -> None:
    person, first, second = two
    client = signed_in(person)
    stranger = goods.make_seller()
    for name in PAGES:
        url = reverse(name)
        for shop in (second, first):
            answer = client.get(url, {"toko": shop.pk})
            assert (name, answer.status_code, answer.context["seller"]) == (name, 200, shop)
            # Without a name in the address the desk is still the same one.
            assert (name, client.get(url).context["seller"]) == (name, shop)
            assert set(named_in(answer.text, name)) <= {str(shop.pk)}, name
        assert (name, client.get(url, {"toko": stranger.pk}).status_code) == (name, 404)


LINK = re.compile(r'href="(/penjual/[^"#]*)"')
FORM = re.compile(r'<form[^>]*action="(/penjual/[^"#]*)"[^>]*>(.*?)</form>', re.DOTALL)


def named_in(page: str, name: str) -> Iterator[str]:
    """The shops that links and forms of the page lead to, without the choice of another; "" for one that names none."""
    rest = re.sub(r'<details class="drop".*?</details>', "", page, flags=re.DOTALL)
    rest = re.sub(r'<a href="[^"]*">(?:Dapur|\s*Ganti ke|[^<]*Dapur)[^<]*</a>', "", rest)
    for url in LINK.findall(rest):
        path, _, query = url.replace("&amp;", "&").partition("?")
        found = re.search(r"toko=(\d+)", query)
        if found:
            yield found[1]
        elif path in BARS:
            yield ""
    for url, inside in FORM.findall(page):
        if url.partition("?")[0] in BARS:
            yield from re.findall(r'name="toko" value="(\d+)"', inside) or re.findall(r"toko=(\d+)", url) or [""]


BARS = {reverse(name) for name in PAGES}


def test_orders_and_goods_lead_back_to_their_own_shop(two: tuple[Any, Seller, Seller]) -> None:
    person, first, second = two
    client = signed_in(person)
    client.get(f"{DESK}?toko={first.pk}")
    order = second.orders.get()
    for url in (
        reverse("orders:order-detail", args=[order.number]),
        reverse("umkm:product-edit", args=[second.products.first().pk]),
    ):
        page = client.get(url).text
        assert f'href="{DESK}?toko={second.pk}"' in page and f"?toko={first.pk}" not in page.split("</header>")[1]
    assert f'{reverse("umkm:product-mine")}?toko={second.pk}"' in page


def test_who_has_one_shop_is_offered_no_choice() -> None:
    shop = goods.make_seller()
    page = signed_in(shop.members.get().user).get(DESK).text
    assert "Ganti toko" not in page and f'href="{reverse("site:seller-orders")}"' in page


def test_the_switch_closes_the_shop_of_the_page(two: tuple[Any, Seller, Seller]) -> None:
    person, first, second = two
    client = signed_in(person)
    page = client.get(f"{DESK}?toko={first.pk}").text
    client.get(f"{DESK}?toko={second.pk}")  # in another tab
    assert f'<input type="hidden" name="toko" value="{first.pk}">' in page
    sent = {"keadaan": "tutup", "toko": first.pk}
    assert client.post(reverse("umkm:seller-opening"), sent)["Location"] == f"{DESK}?toko={first.pk}"
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.closed_until is not None and second.closed_until is None


def test_goods_of_one_shop_stand_in_its_list(two: tuple[Any, Seller, Seller]) -> None:
    person, _first, second = two
    client: Client = signed_in(person)
    page = client.get(reverse("umkm:product-mine"), {"toko": second.pk})
    assert {row["product"].seller for row in page.context["rows"]} == {second}


def test_a_chosen_shop_that_stops_running_leaves_the_desk(two: tuple[Any, Seller, Seller]) -> None:
    person, first, second = two
    client = signed_in(person)
    client.get(f"{DESK}?toko={second.pk}")
    put(second, SellerState.LEFT)
    assert client.get(DESK).context["seller"] == first
