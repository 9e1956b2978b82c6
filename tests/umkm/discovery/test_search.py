"""Finding goods: words, conditions, order, pages, mended words, and who is left out."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from epeken.core.clock import local_date, start_of
from epeken.core.models import Kelurahan
from tests.factories import separations
from tests.factories import umkm as make
from tests.factories.places import ELSEWHERE, WARD, home
from tests.factories.rules import set_rule
from umkm.catalogue import feasibility
from umkm.catalogue.models import Category, Product
from umkm.catalogue.states import ProductState, StockMode
from umkm.discovery import search as engine
from umkm.discovery import services as discovery
from umkm.discovery.pages import cards
from umkm.discovery.places import places
from umkm.discovery.search import Query, search
from umkm.discovery.words import goods_words, words_of
from umkm.exposure import renewal
from umkm.owners import services as owners
from umkm.sellers.models import FoodCourt, Seller
from umkm.sellers.states import SellerKind, SellerState
from umkm.stock import services as stock
from umkm.stock.models import CapacityDay

DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def names(query: Query, **more: Any) -> list[str]:
    return [hit.product.name for hit in search(query, now=NOW, **more).hits]


def goods(name: str, **over: Any) -> Product:
    return make.make_product(name=name, **{"description": "", **over})


def test_stop_words_are_dropped_unless_nothing_is_left() -> None:
    assert words_of("Nasi dan ayam yang pedas di Rungkut!") == ["nasi", "ayam", "pedas", "rungkut"]
    assert words_of("yang") == ["yang"]
    assert len(words_of(" ".join(f"kata{n}" for n in range(50)))) == 8


def test_all_words_must_fit_and_the_last_may_be_a_beginning() -> None:
    goods("Nasi kotak ayam")
    goods("Nasi bungkus")
    assert names(Query(text="nasi kot")) == ["Nasi kotak ayam"]
    assert names(Query(text="kotak nasi")) == ["Nasi kotak ayam"]


@pytest.mark.parametrize(
    "text", ["'", "a & | ! ( ) : *", "%%%", "nasi'); drop table umkm_product; --", "\\", "<->", "kue:*A"]
)
def test_no_text_breaks_a_search(text: str) -> None:
    goods("Nasi kotak")
    assert search(Query(text=text), now=NOW).count in (0, 1)


def test_a_name_stands_before_a_description() -> None:
    goods("Kotak kado", description="Untuk sambal")
    goods("Sambal bawang", published_at=NOW - timedelta(days=300))
    assert names(Query(text="sambal")) == ["Sambal bawang", "Kotak kado"]


def test_goods_are_found_through_their_category() -> None:
    goods("Rojolele 5 kilo", category=Category.objects.get(slug="beras"))
    categories = list(Category.objects.all())
    assert names(Query(text="sembako"), categories=categories) == ["Rojolele 5 kilo"]
    assert names(Query(text="beras"), categories=categories) == ["Rojolele 5 kilo"]


def test_a_result_says_how_many_bear_the_words() -> None:
    rice = Category.objects.get(slug="beras")
    goods("Rojolele", category=rice)
    goods("Beras merah", category=rice)
    goods("Bubur", description="Dari beras pilihan")
    categories = list(Category.objects.all())
    for sort in ("cocok", "murah"):
        found = search(Query(text="beras", sort=sort), now=NOW, categories=categories)
        assert (found.count, found.named) == (3, 1)
    assert cards.named_words(found) == "1 bernama “beras”, 2 lain sejenis atau menyebutnya di keterangan."
    none = search(Query(text="pilihan"), now=NOW, categories=categories)
    assert cards.named_words(none).startswith("Tidak ada yang bernama itu.")
    assert cards.named_words(search(Query(text="rojolele"), now=NOW)) == ""
    assert cards.named_words(search(Query(), now=NOW)) == ""


def test_a_shop_with_fewer_orders_stands_before_an_equal_one() -> None:
    busy, calm = make.make_seller(), make.make_seller()
    category = make.make_category()
    goods("Lemper busy", seller=busy, category=category, published_at=NOW)
    goods("Lemper calm", seller=calm, category=category, published_at=NOW - timedelta(days=90))
    owners.reserve_turnover(seller=busy, amount=20_000_000, reference="P-1", now=NOW)
    renewal.renew({}, NOW)
    assert names(Query(text="lemper")) == ["Lemper calm", "Lemper busy"]
    # But never across a band of relevance.
    goods("Kotak", description="lemper", seller=calm)
    assert names(Query(text="lemper")) == ["Lemper calm", "Lemper busy", "Kotak"]


def test_a_full_shop_leaves_the_list_until_the_first() -> None:
    seller = make.make_seller()
    goods("Lemper", seller=seller)
    make.make_month(seller, month=DAY.replace(day=1), used=30_000_000)
    assert names(Query(text="lemper")) == []
    assert [h.product.name for h in search(Query(text="lemper"), now=NOW + timedelta(days=7)).hits] == ["Lemper"]


def test_exposure_and_cap_follow_a_separation_and_its_end() -> None:
    """The cap, and with it the place in a list, is the owner's: of one, of two, and of one again."""
    set_rule("seller.cap_monthly", 30_000_000)
    busy, calm = separations.tied()
    other = make.make_seller()
    for name, seller in (("sibuk", busy), ("tenang", calm), ("lain", other)):
        goods(f"Lemper {name}", seller=seller, published_at=NOW)
    make.make_month(other, month=DAY.replace(day=1), used=1_000_000)
    owners.reserve_turnover(seller=busy, amount=30_000_000, reference="P-1", now=NOW)
    assert names(Query(text="lemper")) == ["Lemper lain"]  # both are full
    separations.separated(busy, calm, NOW)
    found = search(Query(text="lemper"), now=NOW).hits
    assert {hit.product.name for hit in found} == {"Lemper tenang", "Lemper lain"}
    calm.refresh_from_db()
    owners.reserve_turnover(seller=calm, amount=25_000_000, reference="P-2", now=NOW)
    renewal.renew({}, NOW)
    (_lain, last) = search(Query(text="lemper"), now=NOW).hits
    assert (last.product.name, last.nearly_full) == ("Lemper tenang", True)
    separations.tied_anew(busy, calm, NOW)
    assert names(Query(text="lemper")) == ["Lemper lain"]
    rooms = owners.rooms_of(list(Seller.objects.filter(pk__in=[busy.pk, calm.pk])), DAY)
    assert {room.used for room in rooms.values()} == {55_000_000}
    assert all(room.is_full for room in rooms.values())


def test_a_nearly_full_shop_says_so() -> None:
    seller = make.make_seller()
    goods("Lemper", seller=seller)
    make.make_month(seller, month=DAY.replace(day=1), used=25_000_000)
    (hit,) = search(Query(text="lemper"), now=NOW).hits
    assert hit.nearly_full


@pytest.mark.parametrize("state", sorted(set(ProductState) - {ProductState.PUBLISHED}))
def test_only_goods_on_show_are_found(state: str) -> None:
    goods("Lemper", state=state)
    assert names(Query(text="lemper")) == []


def test_goods_of_a_frozen_shop_are_not_found() -> None:
    goods("Lemper", seller=make.make_seller(state=SellerState.FROZEN))
    assert names(Query()) == []


def test_conditions_narrow_the_list() -> None:
    far = Kelurahan.objects.filter(kecamatan=ELSEWHERE).first()
    court = FoodCourt.objects.first()
    make.make_halal(goods("A", price=10_000, is_halal=True, halal_number="ID35110000123456789").seller)
    goods("E", price=50_000, is_halal=True, lead_days=2)  # a statement is no certificate
    goods("B", price=20_000, seller=make.make_seller(kelurahan=far))
    goods("C", price=30_000, seller=make.make_seller(kind=SellerKind.SWK, food_court=court))
    goods("D", price=40_000, lead_days=2, on_hand=0, category=Category.objects.get(slug="batik"))
    assert set(names(Query(price_to=20_000))) == {"A", "B"}
    assert set(names(Query(price_from=20_000, price_to=30_000))) == {"B", "C"}
    assert names(Query(halal=True)) == ["A"]
    assert names(Query(kecamatan=far.kecamatan_id)) == ["B"]  # type: ignore[union-attr]
    assert names(Query(wards=(far.code,))) == ["B"]  # type: ignore[union-attr]
    assert names(Query(kinds=(SellerKind.SWK,))) == ["C"]
    assert names(Query(court=court)) == ["C"]
    assert names(Query(category=Category.objects.get(slug="fesyen-batik"))) == ["D"]
    assert "D" not in names(Query(today=True)) and len(names(Query(today=True))) == 3


def test_goods_made_per_day_are_ready_today_without_stock() -> None:
    goods("Nasi", stock_mode=StockMode.DAILY)
    goods("Batik", on_hand=0)
    assert names(Query(today=True)) == ["Nasi"]


def test_goods_whose_day_is_sold_out_are_not_ready_today() -> None:
    """The least order of five is refused for today where fewer of it are free."""
    every = [
        goods(name, stock_mode=StockMode.DAILY, daily_capacity=Decimal(10), minimum=Decimal(5))
        for name in ("Bebas", "Sisa lima", "Sisa empat", "Tidak dibuat", "Dibuat lebih")
    ]
    _free, five, four, none, more = every
    for product, day in [(none, Decimal(0)), (more, Decimal(20))]:
        CapacityDay.objects.create(product=product, day=DAY, capacity=day, planned=day)
    for product, taken in [(five, 5), (four, 6), (more, 12)]:
        kept = {"reference": "PS-1", "days": [DAY], "actor": None, "now": NOW}
        stock.take_stock(product=product, quantity=Decimal(taken), **kept)
    told = {
        product.name
        for product in every
        if feasibility.earliest_day(
            product, product.minimum, feasibility.calendar([product], DAY, NOW, for_agency=False)
        )
        == DAY
    }
    assert set(names(Query(today=True))) == told == {"Bebas", "Sisa lima", "Dibuat lebih"}


def test_what_is_ordered_after_its_hour_is_not_ready_today() -> None:
    """Ten o'clock in the city."""
    shop = make.make_seller(order_until=time(10))
    for name, hour in {"Toko": None, "Tepat": time(10), "Sebelum": time(9, 59), "Sesudah": time(10, 1)}.items():
        goods(name, seller=shop, order_until=hour)
    assert names(Query(today=True)) == ["Sesudah"]
    assert search(Query(), now=NOW).facets.today == 1
    assert search(Query(), now=NOW - timedelta(seconds=1)).facets.today == 3


def test_a_shop_that_is_closed_today_has_nothing_ready_today() -> None:
    weekday = str(DAY.isoweekday())
    goods("Buka", seller=make.make_seller(open_days="1234567"))
    goods("Tutup hari ini", seller=make.make_seller(open_days="1234567".replace(weekday, "")))
    goods("Libur", seller=make.make_seller(open_days="1234567", closed_until=DAY))
    goods("Libur sampai kemarin", seller=make.make_seller(open_days="1234567", closed_until=DAY - timedelta(days=1)))
    assert set(names(Query(today=True))) == {"Buka", "Libur sampai kemarin"}


HOURS = [(time(8), time(17)), (time(18), time(2)), (time(7), time(7)), (time(9), time(0))]
COURTS = [None, (time(9), time(16)), (time(19), time(1)), (time(7), time(7)), (time(17), time(23)), (time(6), time(0))]


def test_what_is_ready_today_is_what_the_page_of_the_goods_says() -> None:
    """Whatever the hours of shop and court, half an hour by half an hour and just before each."""
    every = []
    for number, court in enumerate(COURTS):
        kept: dict[str, Any] = {}
        if court is not None:
            slug = f"uji-{number}"
            place = FoodCourt.objects.create(name=slug, slug=slug, opens_at=court[0], closes_at=court[1])
            kept = {"kind": SellerKind.SWK, "food_court": place}
        for opens, closes in HOURS:
            shop = make.make_seller(opens_at=opens, closes_at=closes, open_days="1234567", **kept)
            every.append(goods(f"{court} {opens}-{closes}", seller=shop))
    goods_of = Product.objects.select_related("seller__food_court").filter(pk__in=[product.pk for product in every])
    loaded = list(goods_of)
    for half in range(48):
        for moment in (start := start_of(DAY) + timedelta(minutes=30 * half), start - timedelta.resolution):
            told = {p.name for p in loaded if feasibility.first_day(p, moment) == local_date(moment)}
            assert {hit.product.name for hit in search(Query(today=True), now=moment).hits} == told, moment
            assert search(Query(), now=moment).facets.today == len(told)


def test_a_shop_about_to_close_has_nothing_ready_today() -> None:
    """At ten in the city; a stall closes with its court."""
    court = FoodCourt.objects.create(name="Sentra", slug="sentra-uji", opens_at=time(6), closes_at=time(11))
    goods("Tutup pukul 11", seller=make.make_seller(opens_at=time(6), closes_at=time(11)))
    goods("Tutup sesudahnya", seller=make.make_seller(opens_at=time(6), closes_at=time(11, 1)))
    goods("Di sentra", seller=make.make_seller(kind=SellerKind.SWK, food_court=court))
    assert names(Query(today=True)) == ["Tutup sesudahnya"]


def test_the_nearest_come_first_when_asked() -> None:
    ward = home()
    neighbour = Kelurahan.objects.filter(kecamatan=ward.kecamatan).exclude(pk=ward.pk).first()
    far = Kelurahan.objects.exclude(kecamatan=ward.kecamatan).first()
    for name, place in (("jauh", far), ("sebelah", neighbour), ("sini", ward)):
        goods(name, seller=make.make_seller(kelurahan=place))
    place = places()[ward.code]
    assert names(Query(sort="dekat"), place=place) == ["sini", "sebelah", "jauh"]


@pytest.mark.parametrize("sort", engine.SORTS)
def test_pages_follow_each_other_without_a_gap_or_a_repeat(sort: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PAGE", 3)
    shops = [make.make_seller() for _ in range(2)]
    for n in range(10):
        # Equal prices and times on purpose: the key must still tell rows apart.
        goods(f"Kue {n}", seller=shops[n % 2], price=1_000 * (n // 3 + 1), published_at=NOW - timedelta(days=n // 4))
    place = places()[WARD]
    seen: list[int] = []
    query = Query(text="kue", sort=sort)
    for _ in range(6):
        result = search(query, now=NOW, place=place)
        seen += [hit.product.pk for hit in result.hits]
        if not result.next:
            break
        query = Query(text="kue", sort=sort, after=result.next)
    assert len(seen) == len(set(seen)) == 10
    prices = [Product.objects.get(pk=pk).price for pk in seen]
    if sort == "murah":
        assert prices == sorted(prices)
    if sort == "mahal":
        assert prices == sorted(prices, reverse=True)


@pytest.mark.parametrize("after", ["x", "1", "1-2-3", "-", "9" * 60, "1-2--3", "0' or 1=1"])
def test_a_broken_cursor_is_the_first_page(after: str) -> None:
    goods("Kue")
    assert names(Query(sort="baru", after=after)) == ["Kue"]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("220 seragam", "seragam"),
        ("seragam untuk 60 orang besok", "seragam"),
        ("60 kotak nasi ayam", "nasi ayam"),
        ("kertas 80 gram", "kertas 80 gram"),
        ("60 orang", "60 orang"),
        ("nasi kotak", "nasi kotak"),
    ],
)
def test_how_many_and_for_whom_are_no_words_of_goods(typed: str, wanted: str) -> None:
    assert " ".join(goods_words(words_of(typed))) == wanted


def test_an_amount_is_left_out_only_where_nothing_has_it_and_is_said() -> None:
    goods("Seragam dinas")
    found = search(Query(text="220 seragam"), now=NOW)
    assert (found.mended, [h.product.name for h in found.hits]) == ("seragam", ["Seragam dinas"])
    assert not search(Query(text="220 seragam", exact=True), now=NOW).hits
    goods("Seragam 220 warna")
    found = search(Query(text="220 seragam"), now=NOW)
    assert (found.mended, [h.product.name for h in found.hits]) == ("", ["Seragam 220 warna"])


def test_a_mistyped_word_is_mended_and_may_be_insisted_on() -> None:
    goods("Nasi kotak ayam")
    discovery.learn("Nasi kotak ayam")
    result = search(Query(text="nasi kothak"), now=NOW)
    assert (result.mended, [h.product.name for h in result.hits]) == ("nasi kotak", ["Nasi kotak ayam"])
    exact = search(Query(text="nasi kothak", exact=True), now=NOW)
    assert (exact.mended, exact.hits) == ("", [])


def test_the_vocabulary_is_rebuilt_from_what_is_on_show() -> None:
    goods("Keripik ubi")
    goods("Rahasia", state=ProductState.HIDDEN)
    discovery.rebuild()
    words = set(discovery.SearchWord.objects.values_list("word", flat=True))
    assert "keripik" in words and "rahasia" not in words and "sembako" in words


def test_facets_count_the_matches() -> None:
    make.make_halal(goods("Kue A", is_halal=True, halal_number="ID35110000123456789").seller)
    goods("Kue B", seller=make.make_seller(kind=SellerKind.KELONTONG))
    facets = search(Query(text="kue"), now=NOW).facets
    assert facets.kinds == {"umkm": 1, "kelontong": 1}
    assert (facets.halal, facets.today, sum(facets.wards.values())) == (1, 2, 2)


def test_shops_are_found_by_their_name() -> None:
    make.make_seller(name="Dapur Bu Lirih")
    make.make_seller(name="Dapur Lirih Beku", state=SellerState.FROZEN)
    assert [s.name for s in engine.matching_shops("lirih dapur")] == ["Dapur Bu Lirih"]
    assert engine.matching_shops("bu") == []


def test_a_search_is_three_statements_and_reads_nothing_personal() -> None:
    for n in range(30):
        goods(f"Kue {n}")
    places()
    with CaptureQueriesContext(connection) as captured:
        result = search(Query(text="kue"), now=NOW, place=places()[WARD], categories=list(Category.objects.all()))
        assert all(hit.product.seller.place for hit in result.hits)
    statements = [q["sql"] for q in captured.captured_queries]
    assert len(statements) == 4  # the categories, words that mean the same, the search, the cards
    assert not any(secret in " ".join(statements) for secret in ('"nik"', '"bank_account"', '"npwp"', '"phone"'))


def test_categories_are_found_by_their_names_in_the_language_of_the_reader() -> None:
    everything = list(Category.objects.all())
    goods("Paket ayam bakar", category=Category.objects.get(slug="nasi-kotak"))
    with translation.override("en"):
        assert names(Query(text="rice boxes"), categories=everything) == ["Paket ayam bakar"]
        assert names(Query(text="nasi kotak"), categories=everything) == ["Paket ayam bakar"]
    assert names(Query(text="rice boxes"), categories=everything) == []
    assert names(Query(text="nasi kotak"), categories=everything) == ["Paket ayam bakar"]
