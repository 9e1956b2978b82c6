"""Attention of buyers: whom a page counts for, its way to the rows, and what a shop is told of it."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import redis
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from tests.factories import procurement
from tests.factories import umkm as make
from tests.factories.places import DISTRICT, ELSEWHERE, far_away
from tests.factories.users import signed_in
from tests.pages import words
from umkm.catalogue.models import Category, Product
from umkm.discovery import page_copies
from umkm.exposure import buffer, services, tasks
from umkm.exposure.buffer import Attention, Exposure, Key
from umkm.exposure.impressions import place_weight
from umkm.exposure.models import ExposureDay
from umkm.exposure.shares import shares_of
from umkm.sellers.models import Seller

pytestmark = pytest.mark.django_db

PERSON = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36"
ROBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
SEARCH = "/cari/?q=nasi+kotak"


@pytest.fixture(autouse=True)
def counted(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A process of its own that counts, whose thread sleeps; nothing waits in Valkey."""
    settings.EXPOSURE_SECONDS = 3600
    monkeypatch.setattr(buffer, "exposure", Exposure())
    line = redis.Redis.from_url(settings.REDIS_URL)
    line.flushdb()
    yield
    line.flushdb()
    line.close()


@pytest.fixture
def shops() -> list[Seller]:
    """Two of the same kecamatan, with one sort of boxed rice each; the second is newer and stands first."""
    category = Category.objects.get(slug="nasi-kotak")
    found = []
    for hours, name in ((2, "Nasi kotak ayam"), (1, "Nasi kotak bandeng")):
        shop = make.make_seller(make.make_user())
        published = clock.now() - timedelta(hours=hours)
        make.make_product(shop, name=name, category=category, published_at=published)
        found.append(shop)
    return found


def ask(client: Client, url: str = SEARCH, agent: str = PERSON, **headers: str) -> Any:
    answer = client.get(url, headers={"user-agent": agent, **headers})
    assert answer.status_code in (200, 304)
    return answer


def added_up() -> dict[int, tuple[int, int]]:
    """By the pk of the shop, how often it was shown, and the weight."""
    buffer.exposure.flush()
    tasks.add_up_exposure()
    return {row.seller_id: (row.shown, row.weight) for row in ExposureDay.objects.all()}


def test_a_place_weighs_less_the_further_down_it_is() -> None:
    assert [place_weight(n) for n in (1, 2, 3, 10, 25)] == [1000, 631, 500, 289, 213]


def test_a_page_counts_for_the_shops_of_its_cards_by_their_places(client: Client, shops: list[Seller]) -> None:
    older, newer = shops
    ask(client)
    ask(client)
    assert added_up() == {newer.pk: (2, 2000), older.pk: (2, 1262)}
    ask(client)
    assert added_up() == {newer.pk: (3, 3000), older.pk: (3, 1893)}
    assert added_up() == {newer.pk: (3, 3000), older.pk: (3, 1893)}
    row = ExposureDay.objects.get(seller=newer)
    assert (row.day, row.category.slug, row.kecamatan) == (clock.today(), "nasi-kotak", "")


def test_copies_count_whenever_they_are_sent_and_not_when_the_browser_has_them(
    client: Client, shops: list[Seller], settings: Any
) -> None:
    settings.PAGE_COPY_SECONDS = 60
    page_copies.copies.clear()
    first = ask(client)
    ask(client)
    assert ask(client, **{"if-none-match": first["ETag"]}).status_code == 304
    page_copies.copies.clear()
    assert {shown for shown, _weight in added_up().values()} == {2}


@pytest.mark.parametrize(
    "headers", [{"agent": ROBOT}, {"agent": ""}, {"agent": "curl/8.5.0"}, {"sec-purpose": "prefetch;prerender"}]
)
def test_neither_robots_nor_pages_fetched_beforehand_count(
    client: Client, shops: list[Seller], headers: dict[str, str]
) -> None:
    ask(client, **headers)
    assert added_up() == {}


def test_people_of_a_shop_do_not_count_for_it(shops: list[Seller]) -> None:
    older, newer = shops
    ask(signed_in(newer.members.get().user))
    assert added_up() == {older.pk: (1, 631)}


@pytest.mark.parametrize(
    ("url", "shown", "kecamatan"),
    [
        ("/", 1, ""),
        ("/kategori/nasi-kotak/", 1, ""),
        (f"/cari/?kec={ELSEWHERE}", 1, ELSEWHERE),
        ("/cari/?q=nasi+kotak&mengapa=1", 0, ""),
        ("/toko/", 0, ""),
    ],
)
def test_which_pages_count(client: Client, shops: list[Seller], url: str, shown: int, kecamatan: str) -> None:
    """A page with the reasons of one card is no second page; a list of shops offers no goods."""
    if kecamatan:
        Seller.objects.filter(pk__in=[shop.pk for shop in shops]).update(kelurahan=far_away())
    ask(client, url)
    added_up()
    rows = ExposureDay.objects.all()
    assert {row.shown for row in rows} == ({shown} if shown else set())
    assert {row.kecamatan for row in rows} == ({kecamatan} if shown else set())


def test_the_search_of_a_department_counts_too(shops: list[Seller]) -> None:
    office = procurement.Office()
    draft = procurement.make_request(office, [])
    page = reverse("procurement:request-goods", args=[draft.number])
    ask(signed_in(office.requester), f"{page}?q=nasi+kotak")
    assert set(added_up()) == {shop.pk for shop in shops}


def test_while_valkey_is_away_pages_are_sent_and_their_counts_wait(
    client: Client, shops: list[Seller], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = settings.REDIS_URL
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    ask(client)
    assert added_up() == {}
    monkeypatch.setattr(buffer, "MOST_KEPT", 1)
    ask(client)
    buffer.exposure.flush()  # keeps as much as MOST_KEPT
    settings.REDIS_URL = right
    assert [shown for shown, _weight in added_up().values()] == [2]


def test_what_may_have_arrived_is_not_sent_again(
    client: Client, shops: list[Seller], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection breaks after Valkey counted."""
    whole = buffer._bring

    def breaks(*given: Any) -> None:
        whole(*given)
        raise redis.ConnectionError

    with monkeypatch.context() as patched:
        patched.setattr(buffer, "_bring", breaks)
        ask(client)
        buffer.exposure.flush()
    assert {shown for shown, _weight in added_up().values()} == {1}


def test_a_fork_does_not_bring_what_its_parent_counted(client: Client, shops: list[Seller]) -> None:
    ask(client)
    buffer.exposure._process = 1  # as in a process that was forked
    ask(client)
    assert {shown for shown, _weight in added_up().values()} == {1}


def test_the_last_minutes_of_yesterday_are_yesterdays(shops: list[Seller], settings: Any) -> None:
    yesterday = clock.today() - timedelta(days=1)
    category = Category.objects.get(slug="nasi-kotak").pk
    with redis.Redis.from_url(settings.REDIS_URL) as line:
        buffer._bring(line, {(yesterday, Key(shops[0].pk, category, "")): [3, 900]})
    tasks.add_up_exposure()
    assert ExposureDay.objects.get().day == yesterday


def test_shops_and_categories_that_are_gone_are_left_out(shops: list[Seller]) -> None:
    category = Category.objects.get(slug="nasi-kotak").pk
    counts = {Key(999_999, category, ""): Attention(1, 9), Key(shops[0].pk, 999_999, ""): Attention(1, 9)}
    services.add_up(clock.today(), counts | {Key(shops[0].pk, category, ""): Attention(1, 9)})
    assert [row.seller_id for row in ExposureDay.objects.all()] == [shops[0].pk]


def put(shop: Seller, day: date, shown: int, weight: int, kecamatan: str = "") -> None:
    category = Category.objects.get(slug="nasi-kotak")
    ExposureDay.objects.create(seller=shop, category=category, day=day, kecamatan=kecamatan, shown=shown, weight=weight)


def test_old_figures_are_forgotten(shops: list[Seller]) -> None:
    today = clock.today()
    for days in (400, 401):
        put(shops[0], today - timedelta(days=days), 1, 1)
    assert services.forget_old(today) == 1
    assert ExposureDay.objects.get().day == today - timedelta(days=400)


def test_a_share_is_of_the_window_and_of_shops_that_sell_the_same_in_the_kecamatan(shops: list[Seller]) -> None:
    mine, beside = shops
    category = Category.objects.get(slug="nasi-kotak")
    far = make.make_seller(make.make_user(), kelurahan=far_away())
    make.make_product(far, category=category)
    away = make.make_seller(make.make_user())  # has nothing on show
    today = clock.today()
    put(mine, today, 2, 300)
    put(mine, today - timedelta(days=27), 1, 100, DISTRICT)
    put(mine, today - timedelta(days=28), 9, 9000)
    put(beside, today, 5, 1600)
    put(far, today, 5, 5000)
    (share,) = shares_of(mine, today)
    assert (share.category, share.shops, share.shown, share.weight, share.whole) == (category, 2, 3, 400, 2000)
    assert (share.part, share.even) == (Decimal("0.2"), Decimal("0.5"))
    assert shares_of(away, today) == []


def test_a_shop_reads_its_own_attention(shops: list[Seller]) -> None:
    mine, beside = shops
    today = clock.today()
    put(mine, today, 3, 400)
    put(mine, today - timedelta(days=8), 6, 100, DISTRICT)
    put(beside, today, 5, 1500)
    page = reverse("umkm:shop-exposure")
    text = words(signed_in(mine.members.get().user).get(page))
    assert "25%" in text and "Ada 2 toko yang menjualnya" in text and "tiap toko mendapat 50%" in text
    assert "Seluruh kota 3 kali" in text and "6 kali" in text
    other = words(signed_in(beside.members.get().user).get(page))
    assert "75%" in other and "25%" not in other
    assert signed_in(mine.members.get().user).get(f"{page}?toko={beside.pk}").status_code == 404


def test_a_shop_without_goods_is_told_what_is_counted() -> None:
    shop = make.make_seller(make.make_user())
    text = words(signed_in(shop.members.get().user).get(reverse("umkm:shop-exposure")))
    assert "Belum ada barang yang tayang" in text
    assert Product.objects.filter(seller=shop).count() == 0
