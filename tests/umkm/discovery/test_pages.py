"""Home, search, goods, shops and food courts as anybody sees them, and how little they ask of the database."""

from datetime import time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from epeken.core import clock, states
from epeken.core.i18n.times import long_date, long_time
from epeken.core.i18n.words import rupiah
from epeken.core.models import Kelurahan
from tests.factories import umkm as make
from tests.factories.places import DISTRICT, DISTRICT_NAME, ELSEWHERE, WARD, WARD_NAME
from tests.umkm.goods import on_show
from umkm.catalogue import feasibility
from umkm.catalogue.models import Category
from umkm.catalogue.states import ProductState, StockMode
from umkm.discovery import services as discovery
from umkm.discovery.forms import category_choices
from umkm.discovery.pages import cards as cards_pages
from umkm.discovery.pages import home as home_pages
from umkm.discovery.places import places
from umkm.discovery.search import Query, search
from umkm.owners import rules as owner_rules
from umkm.owners import services as owners
from umkm.requirements.models import RequirementFinding
from umkm.requirements.states import OfficerFinding
from umkm.sellers.models import FoodCourt
from umkm.sellers.pages import shops as shops_pages
from umkm.sellers.states import SellerKind, SellerState
from umkm.stock import services as stock
from umkm.verification.models import SellerDocument, VerificationCase
from umkm.verification.states import CaseState

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> dict[str, Any]:
    """Three shops with thirty goods, one of them a stall."""
    caches["process"].clear()
    places()
    court = FoodCourt.objects.order_by("name")[0]
    court.opens_at, court.closes_at = time(0), time(23, 59)  # whatever hour a test runs
    court.save()
    shops = [
        make.make_seller(name="Dapur Lirih", opens_at="00:00", closes_at="23:59"),
        make.make_seller(name="Toko Pagi", kind=SellerKind.KELONTONG),
        make.make_seller(
            name="Warung Senja", kind=SellerKind.SWK, food_court=court, opens_at="00:00", closes_at="23:59"
        ),
    ]
    for shop in shops:
        make.make_halal(shop)
    category = Category.objects.get(slug="nasi-kotak")
    now = clock.now()
    goods = [
        make.make_product(
            seller=shops[n % 3],
            category=category,
            name=f"Nasi kotak {n}",
            published_at=now - timedelta(minutes=n),
            is_halal=True,
            halal_number="ID35110000123456789",
        )
        for n in range(30)
    ]
    discovery.rebuild()
    return {"shops": shops, "court": court, "goods": goods}


def questions(client: Client, url: str) -> tuple[Any, int]:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
    assert answer.status_code == 200, url
    return answer, len(captured)


@pytest.mark.parametrize(
    ("url", "most"),
    [
        ("/", 14),
        ("/cari/", 6),
        (f"/cari/?q=nasi+kotak&halal=1&kec={DISTRICT}&jenis=umkm&maks=30.000", 6),
        ("/cari/?q=nasi+kothak", 7),
        ("/kategori/makanan-berat/", 6),
        ("/toko/", 4),
        (f"/toko/?buka=1&kec={DISTRICT}&q=dapur", 4),
        ("/swk/", 3),
    ],
)
def test_lists_ask_few_questions(client: Client, town: Any, url: str, most: int) -> None:
    client.cookies[settings.PLACE_COOKIE_NAME] = WARD
    client.get(url)
    assert questions(client, url)[1] <= most


def test_pages_of_one_thing_ask_few_questions(client: Client, town: Any) -> None:
    shop, product, court = town["shops"][0], town["goods"][0], town["court"]
    assert questions(client, cards_pages.product_url(product))[1] <= 12
    assert questions(client, reverse("umkm:shop-detail", args=[shop.slug]))[1] <= 8
    assert questions(client, reverse("umkm:swk-detail", args=[court.slug]))[1] <= 6


def test_the_market_opens_when_it_is_empty(client: Client) -> None:
    caches["process"].clear()
    for url in ("/", "/cari/", "/cari/?q=nasi", "/toko/", "/swk/", "/kategori/beras/", "/tempat/"):
        assert client.get(url).status_code == 200, url
    assert "Lihat 0 barang" not in client.get("/").text


# --- Home -------------------------------------------------------------------------------------------------------------
def test_where_no_shop_is_open_nearby_the_board_shows_the_city(client: Client, town: Any) -> None:
    by_day = {"opens_at": time(0), "closes_at": time(23, 59)}
    far = make.make_seller(name="Dapur Jauh", kelurahan=Kelurahan.objects.exclude(kecamatan=DISTRICT)[0], **by_day)
    make.make_product(seller=far)
    client.cookies[settings.PLACE_COOKIE_NAME] = WARD
    near = client.get("/").context["board"]
    assert DISTRICT_NAME in near["title"] and far.name not in {shop["title"] for shop in near["items"]}
    for shop in town["shops"]:
        type(shop).objects.filter(pk=shop.pk).update(closed_until=clock.today() + timedelta(days=2))
    board = client.get("/").context["board"]
    assert [shop["title"] for shop in board["items"]] == [far.name]
    assert settings.CITY.name in board["title"] and "kec=" not in board["more_href"]


def test_home_shows_what_is_counted(client: Client, town: Any) -> None:
    owners.reserve_turnover(seller=town["shops"][0], amount=100_000, reference="PS-1", now=clock.now())
    owners.reserve_turnover(seller=town["shops"][1], amount=100_000, reference="PS-2", now=clock.now())
    owners.release_turnover(reference="PS-2", now=clock.now())
    # A part of an order that was given up leaves an order.
    owners.release_turnover(reference="PS-1", now=clock.now(), keep={town["shops"][0].pk: 40_000})
    figures = home_pages.city_figures(clock.now())
    assert (figures.sellers, figures.goods, figures.sellers_with_orders) == (3, 30, 1)
    assert "Dapur Lirih" in client.get("/").content.decode()


def test_home_remembers_the_kelurahan(client: Client, town: Any) -> None:
    answer = client.post("/tempat/", {"kelurahan": WARD, "next": "/cari/?q=nasi"})
    assert (answer.status_code, answer["Location"]) == (302, "/cari/?q=nasi")
    assert f"Dekat Anda, sekitar {WARD_NAME}" in client.get("/", HTTP_ACCEPT_LANGUAGE="id").content.decode()


@pytest.mark.parametrize("code", ["", "x", DISTRICT, "99.99.99.9999"])
def test_an_unknown_kelurahan_is_refused(client: Client, code: str) -> None:
    answer = client.post("/tempat/", {"kelurahan": code})
    assert answer.status_code == 422
    assert settings.PLACE_COOKIE_NAME not in answer.cookies


@pytest.mark.parametrize("back", ["https://jahat.invalid/", "//jahat.invalid", "javascript:alert(1)"])
def test_the_way_back_stays_in_the_house(client: Client, back: str) -> None:
    assert client.post("/tempat/", {"kelurahan": WARD, "next": back})["Location"] == "/"


def test_a_forged_cookie_is_nowhere(client: Client, town: Any) -> None:
    client.cookies[settings.PLACE_COOKIE_NAME] = "'; drop table x"
    assert client.get("/").status_code == 200


def test_the_profile_says_where_a_signed_in_visitor_is(client: Client, town: Any, citizen: Any) -> None:
    citizen.kelurahan = Kelurahan.objects.get(code=WARD)
    citizen.save()
    client.force_login(citizen)
    assert WARD_NAME in client.get("/").content.decode()


def test_quiet_shops_have_few_orders_and_change_daily(town: Any) -> None:
    now = clock.now()
    for n in range(6):
        owners.reserve_turnover(seller=town["shops"][0], amount=1_000, reference=f"PS-{n}", now=now)
        # A part of it is given up: the shop had the order all the same.
        owners.release_turnover(reference=f"PS-{n}", now=now, keep={town["shops"][0].pk: 400})
        # One that fell through does not count.
        owners.reserve_turnover(seller=town["shops"][1], amount=1_000, reference=f"PS-1{n}", now=now)
        owners.release_turnover(reference=f"PS-1{n}", now=now)
    shown = {shop.seller.name for shop in home_pages.quiet_shops(clock.local_date(now))}
    assert shown == {"Toko Pagi", "Warung Senja"}


def test_new_goods_show_one_a_shop(town: Any) -> None:
    assert len({p.seller_id for p in home_pages.new_goods(clock.now())}) == 3 == len(home_pages.new_goods(clock.now()))


def test_home_does_not_show_one_thing_twice(client: Client, town: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    noon = clock.start_of(clock.today()) + timedelta(hours=12)  # an hour before midnight nothing is ready today
    monkeypatch.setattr(clock, "now", lambda: noon)
    page = client.get("/")
    near = {card["href"] for card in page.context["near"]}
    new = {row["href"] for row in page.context["new"]}
    assert near and not near & new
    everything = {product.pk for product in town["goods"]}
    assert home_pages.new_goods(clock.now()) and home_pages.new_goods(clock.now(), without=everything) == []


def test_a_word_that_nothing_has_leads_to_words_and_categories(client: Client, town: Any) -> None:
    discovery.rebuild()
    page = client.get("/cari/?q=nasibungkusan")
    text = page.content.decode()
    assert ">nasibungkusan</em>" in text
    assert "nasi" in page.context["single_words"]
    assert page.context["top"] and all(
        child.title in text.split("Belum ada yang cocok")[1] for child in page.context["top"]
    )
    assert "Urutkan" not in text.split("<h1")[1]


# --- Search page ------------------------------------------------------------------------------------------------------
def test_the_search_reads_as_one_sentence(client: Client, town: Any) -> None:
    url = f"/cari/?q=nasi+kotak&halal=1&kec={DISTRICT}&maks=30000"
    text = client.get(url, HTTP_ACCEPT_LANGUAGE="id").content.decode()
    assert f"<em>nasi kotak</em>, bersertifikat halal, di Kecamatan {DISTRICT_NAME}, paling mahal Rp30.000" in text
    assert "Mengapa di sini?" in text
    assert "Nama barang cocok dengan “nasi kotak”." not in text


def test_the_reasons_of_a_place_are_fetched_when_they_are_asked_for(client: Client, town: Any) -> None:
    client.cookies[settings.PLACE_COOKIE_NAME] = WARD
    search = "q=nasi+kothak&urut=dekat"
    page = client.get(f"/cari/?{search}", HTTP_ACCEPT_LANGUAGE="id")
    card, other = page.context["cards"][:2]
    assert f'href="{escape(card["why_href"])}"' in page.text
    reason = "Nama barang cocok dengan “nasi kotak”."
    # Without scripts: the same page, with the reasons of these goods. No other link of it leads to them again.
    whole = client.get(f"/cari/{card['why_href']}", HTTP_ACCEPT_LANGUAGE="id")
    assert reason in whole.text.split(f'id="b{card["product"].pk}"')[1].split('id="b')[0]
    assert whole.text.count(reason) == 1 and whole.text.count('<a class="why"') == len(whole.context["cards"]) - 1
    assert f"{card['product'].pk}#" not in whole.context["next"] + whole.context["clear_href"]
    assert f"mengapa={other['product'].pk}#" in whole.text
    # With them: the piece of one card, which no browser keeps in place of the page.
    piece = client.get(f"/cari/{card['why_href']}", HTTP_ACCEPT_LANGUAGE="id", HTTP_HX_REQUEST="true")
    assert reason in piece.text and "<html" not in piece.text and card["product"].name in piece.text
    assert piece["Cache-Control"] == "no-store"
    for strange in (make.make_product(name="Sapu ijuk").pk, "0", "x", "9" * 30):
        address = f"/cari/?{search}&mengapa={strange}"
        assert client.get(address).status_code == 200
        assert "Nama barang cocok" not in client.get(address, HTTP_HX_REQUEST="true", HTTP_ACCEPT_LANGUAGE="id").text


def test_a_mended_word_is_told(client: Client, town: Any) -> None:
    text = client.get("/cari/?q=nasi+kothak", HTTP_ACCEPT_LANGUAGE="id").content.decode()
    assert "Anda mengetik “nasi kothak”" in text and "persis=1" in text


def test_every_page_of_a_search_has_a_link(client: Client, town: Any) -> None:
    first = client.get("/cari/?q=nasi")
    second = client.get(first.context["next"])
    assert second.status_code == 200
    names = {card["product"].pk for card in first.context["cards"]} | {c["product"].pk for c in second.context["cards"]}
    assert len(names) == 30
    assert second.context["next"] == ""


@pytest.mark.parametrize(
    "query",
    [
        "q=%0A%09", "q=" + "x" * 300, "min=abc&maks=-5", "min=90000&maks=100", "kec=1&kel=2&jenis=3",
        "kategori=tidak-ada",
        "swk=tidak-ada", "urut=acak", "dari=%27", "halal=maybe", f"kel={WARD}&kec={ELSEWHERE}", "q=%F0%9F%8D%9A",
    ],
)  # fmt: skip
def test_a_strange_address_is_still_a_page(client: Client, town: Any, query: str) -> None:
    assert client.get(f"/cari/?{query}").status_code == 200
    assert client.get(f"/toko/?{query}").status_code == 200


def test_nothing_found_shows_the_next_step(client: Client, town: Any) -> None:
    text = client.get("/cari/?q=pesawat+terbang&persis=1", HTTP_ACCEPT_LANGUAGE="id").content.decode()
    assert "Belum ada yang cocok" in text and "?q=pesawat" in text
    assert "Lepas semua saringan" not in text and '<a class="btn" href="/cari/">Lihat semua barang</a>' in text
    text = client.get("/cari/?q=pesawat+terbang&persis=1&halal=1", HTTP_ACCEPT_LANGUAGE="id").content.decode()
    assert "Lepas semua saringan" in text


def test_words_in_a_category_are_looked_for_on_the_search_page(client: Client, town: Any) -> None:
    answer = client.get("/kategori/nasi-kotak/?q=ayam")
    assert answer.status_code == 302 and "kategori=nasi-kotak" in answer["Location"]


def test_an_unknown_category_is_not_found(client: Client) -> None:
    assert client.get("/kategori/tidak-ada/").status_code == 404


def test_the_rule_of_the_order_is_written_down(client: Client) -> None:
    cap = owner_rules.CAP.on(clock.today())
    text = client.get(reverse("umkm:ranking"), HTTP_ACCEPT_LANGUAGE="id").content.decode()
    assert rupiah(cap) in text and "Tidak ada tempat berbayar" in text


# --- Product page -----------------------------------------------------------------------------------------------------
def test_a_product_page_says_what_is_left_and_where_it_comes_from(client: Client, seller_user: Any, shop: Any) -> None:
    product = on_show(seller_user, shop)
    text = client.get(cards_pages.product_url(product), HTTP_ACCEPT_LANGUAGE="id").content.decode()
    first = feasibility.first_day(product, clock.now())
    when = "Hari ini" if first == clock.today() else f"Untuk {long_date(first)}"
    assert f"{when} sisa 140 kotak" in text
    assert "Rp27.500" in text and shop.name in text and WARD_NAME in text
    assert "Belum bersertifikat" in text and "Bersertifikat halal" not in text
    type(product).objects.filter(pk=product.pk).update(halal_number="ID35110000123456789")
    text = client.get(cards_pages.product_url(product), HTTP_ACCEPT_LANGUAGE="id").content.decode()
    assert "Sertifikat belum diperiksa" in text and "Bersertifikat halal" not in text
    make.make_halal(shop)
    text = client.get(cards_pages.product_url(product), HTTP_ACCEPT_LANGUAGE="id").content.decode()
    assert "Bersertifikat halal" in text and "elum bersertifikat" not in text


def test_only_a_certificate_that_a_verifier_saw_and_that_holds_is_halal_with_a_tick(client: Client) -> None:
    """The card, the row for cards, the filter and its number, and the page of the goods give one answer."""
    shop = make.make_seller()
    product = make.make_product(shop, is_halal=True, category=make.make_category(is_food=True))
    now = clock.now()

    def told() -> set[bool]:
        rows = type(product).objects.filter(pk=product.pk)
        page = client.get(cards_pages.product_url(product), HTTP_ACCEPT_LANGUAGE="id").content.decode()
        return {
            *("Bersertifikat halal" in str(cards_pages.badges(row)) for row in (rows.get(), rows.as_cards().get())),
            bool(search(Query(halal=True), now=now).count),
            bool(search(Query(), now=now).facets.halal),
            "Bersertifikat halal" in page,
        }

    assert told() == {False}
    product.halal_number = "ID35110000123456789"
    product.save(update_fields=["halal_number"])
    assert told() == {False}
    paper = make.make_halal(shop, number="id 3511-0000 1234 56789", uploaded_at=now)
    assert told() == {False}  # nobody looked at it since the shop opened
    papers = SellerDocument.objects.filter(pk=paper.pk)
    papers.update(uploaded_at=shop.approved_at, expires_on=clock.local_date(now))
    assert told() == {True}
    papers.update(expires_on=clock.local_date(now) - timedelta(days=1))
    assert told() == {False}
    papers.update(expires_on=None, number="ID35110000123456780")
    assert told() == {False}
    papers.update(number=product.halal_number, is_proposed=True)
    assert told() == {False}
    papers.update(is_proposed=False, replaced_at=now)
    assert told() == {False}


def test_an_old_or_short_address_leads_to_the_product(client: Client, town: Any) -> None:
    product = town["goods"][0]
    for url in (f"/barang/{product.pk}/", f"/barang/{product.pk}-nama-lama/?a=1"):
        answer = client.get(url)
        assert answer.status_code == 301 and answer["Location"].startswith(cards_pages.product_url(product))


@pytest.mark.parametrize("state", sorted(set(ProductState) - {ProductState.PUBLISHED}))
def test_goods_not_on_show_are_for_their_shop_only(client: Client, seller_user: Any, shop: Any, state: str) -> None:
    product = make.make_product(seller=shop, state=state)
    assert client.get(cards_pages.product_url(product)).status_code == 404
    client.force_login(seller_user)
    assert client.get(cards_pages.product_url(product)).status_code == 200


def test_a_waiting_picture_is_not_shown(client: Client, seller_user: Any, shop: Any) -> None:
    from tests.umkm.pictures import photo
    from umkm.catalogue.services import photos

    product = on_show(seller_user, shop)
    waiting = photos.add_photo(actor=seller_user, product=product, file=photo(9), alt="rahasia", now=clock.now())
    assert waiting.small not in client.get(cards_pages.product_url(product)).content.decode()


def test_a_full_shop_is_not_hidden_but_says_why(client: Client, seller_user: Any, shop: Any) -> None:
    product = on_show(seller_user, shop)
    month = clock.month_of(clock.now())
    make.make_month(shop, month=month, used=30_000_000)
    answer = client.get(cards_pages.product_url(product), HTTP_ACCEPT_LANGUAGE="id")
    assert "penuh bulan ini" in answer.content.decode()
    assert not answer.context["can_buy"]


def test_a_nearly_full_shop_warns(client: Client, seller_user: Any, shop: Any) -> None:
    product = on_show(seller_user, shop)
    month = clock.month_of(clock.now())
    make.make_month(shop, month=month, used=25_000_000)
    assert (
        "Hampir penuh bulan ini"
        in client.get(cards_pages.product_url(product), HTTP_ACCEPT_LANGUAGE="id").content.decode()
    )


def test_a_page_tells_nothing_personal(client: Client, seller_user: Any, shop: Any) -> None:
    product = on_show(seller_user, shop)
    url = reverse("umkm:shop-detail", args=[shop.slug])
    for text in (client.get(cards_pages.product_url(product)).content.decode(), client.get(url).content.decode()):
        for secret in (shop.nik, shop.bank_account, shop.phone, shop.owner_name, seller_user.email):
            assert secret not in text


def test_proofs_are_papers_seen_before_the_shop_opened(client: Client, seller_user: Any, shop: Any) -> None:
    before, after = shop.approved_at - timedelta(days=1), shop.approved_at + timedelta(days=1)
    for kind, at in (("production", before), ("halal", after)):
        SellerDocument.objects.create(
            seller=shop, kind=kind, file="x", content_type="image/jpeg", size=1, sha256="0" * 64,
            uploaded_by=seller_user, uploaded_at=at,
        )  # fmt: skip
    found = SellerDocument.objects.create(
        seller=shop, kind="pirt", file="x", content_type="image/jpeg", size=1, sha256="0" * 64, uploaded_by=seller_user,
        uploaded_at=before, expires_on=before.date(),
    )  # fmt: skip
    assert [paper.kind for paper in shops_pages.proofs_of(shop, found.expires_on)] == ["pirt", "production"]
    assert [paper.kind for paper in shops_pages.proofs_of(shop, clock.local_date(after))] == ["production"]


def test_a_proof_names_the_act_that_somebody_did(client: Client, seller_user: Any, shop: Any) -> None:
    """A photo that was seen is no visit; what an officer noted of the approved round is one."""
    SellerDocument.objects.create(
        seller=shop, kind="production", file="x", content_type="image/jpeg", size=1, sha256="0" * 64,
        uploaded_by=seller_user, uploaded_at=shop.approved_at,
    )  # fmt: skip

    def found(state: CaseState, *subjects: OfficerFinding) -> None:
        case = VerificationCase.objects.create(
            seller=shop, state=state, opened_at=shop.approved_at, due_at=shop.approved_at
        )
        states.begin(case, actor=None, now=shop.approved_at)
        for subject in subjects:
            RequirementFinding.objects.create(
                case=case, subject=subject, note="Didatangi.", found_by=seller_user, found_at=shop.approved_at
            )

    def told() -> list[str]:
        answer = client.get(reverse("umkm:shop-detail", args=[shop.slug]), HTTP_ACCEPT_LANGUAGE="id")
        return [f"{proof['title']}: {proof['text']}" for proof in answer.context["proofs"][1:]]

    found(CaseState.SENT_BACK, OfficerFinding.PLACE_SEEN)
    assert told() == ["Tempat produksi: Foto tempat produksi diperiksa"]
    found(CaseState.APPROVED, OfficerFinding.PLACE_SEEN, OfficerFinding.PRODUCTION_SEEN)
    assert told()[1:] == ["Dibuat sendiri: Dilihat petugas", "Tempat usaha: Dilihat petugas"]


# --- Shops and food courts --------------------------------------------------------------------------------------------
def test_shops_are_filtered_and_paged(client: Client, town: Any) -> None:
    answer = client.get("/toko/?jenis=kelontong")
    assert [shop["name"] for shop in answer.context["shops"]] == ["Toko Pagi"]
    assert [s["name"] for s in client.get("/toko/?q=warung").context["shops"]] == ["Warung Senja"]


def test_shop_pages_follow_each_other(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from umkm.sellers.views import shops

    monkeypatch.setattr(shops, "PAGE", 2)
    for n in range(5):
        make.make_product(seller=make.make_seller(name=f"Toko {n // 2}"))
    seen, url = [], "/toko/"
    while url:
        answer = client.get(url)
        seen += [shop["href"] for shop in answer.context["shops"]]
        url = answer.context["next"]
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize("state", sorted(set(SellerState) - {SellerState.ACTIVE}))
def test_shops_that_are_not_active_have_no_page(client: Client, state: str) -> None:
    seller = make.make_seller(state=state, slug=f"toko-{state}")
    assert client.get(reverse("umkm:shop-detail", args=[seller.slug])).status_code == 404


def test_a_food_court_shows_its_stalls(client: Client, town: Any) -> None:
    court = town["court"]
    answer = client.get(reverse("umkm:swk-detail", args=[court.slug]))
    assert answer.context["open"] == 1
    assert len(answer.context["squares"]) == court.stalls
    assert "Warung Senja" in answer.content.decode()


def test_what_is_open_is_told_of_stalls_that_sell_here(client: Client, town: Any) -> None:
    """Whether the others are open nobody here knows."""
    page = " ".join(client.get("/swk/").content.decode().split())
    assert "1 dari 1 stan yang berjualan daring sedang buka" in page
    assert "0 dari" not in page


def test_a_food_court_where_nobody_sells_comes_last(client: Client, town: Any) -> None:
    empty = next(court for court in FoodCourt.objects.all() if court != town["court"])
    code = empty.kecamatan_id or DISTRICT
    ward = Kelurahan.objects.filter(kecamatan=code).first()
    assert ward is not None
    client.cookies[settings.PLACE_COOKIE_NAME] = ward.pk  # the visitor lives beside the empty one
    listed = [court.place.pk for court in client.get("/swk/").context["courts"]]
    assert listed[0] == town["court"].pk and empty.pk in listed
    assert [court.place.pk for court in client.get("/").context["courts"]] == [town["court"].pk]


def test_the_shops_own_picture_is_on_its_page(client: Client, town: Any) -> None:
    shop = town["shops"][0]
    address = reverse("umkm:shop-detail", args=[shop.slug])
    assert "shop__picture" not in client.get(address).content.decode()
    type(shop).objects.filter(pk=shop.pk).update(picture="shops/depan.webp")
    assert "/media/shops/depan.webp" in client.get(address).content.decode()


def test_the_filter_sheet_says_what_it_is_and_how_much_it_finds(client: Client, town: Any) -> None:
    page = client.get("/cari/?q=nasi&hari_ini=1&jenis=umkm")
    head = page.content.decode().split('class="sheet__head"')[1].split("</div>\n<button")[0]
    assert page.context["active_filters"] == 2
    assert "Saring hasil" in head and f"{page.context['count']} hasil" in head and "2 saringan dipakai" in head
    assert "data-close" in page.content.decode().split('class="sheet__head"')[1][:900]


def test_capacity_sold_out_today_says_so(client: Client) -> None:
    product = make.make_product(stock_mode=StockMode.DAILY, daily_capacity=Decimal(10))
    # The first day it can come: today, or after the closing hour the next day the shop works.
    day = feasibility.first_day(product, clock.now())
    stock.take_stock(product=product, quantity=Decimal(10), reference="PS-1", days=[day], actor=None, now=clock.now())
    said = "Hari ini habis" if day == clock.today() else f"Untuk {long_date(day)} habis"
    assert said in client.get(cards_pages.product_url(product), HTTP_ACCEPT_LANGUAGE="id").content.decode()


def test_what_is_left_is_told_for_the_first_day_it_can_come(client: Client) -> None:
    """Today's dozen is no use to a buyer who can have it in three days, when it may be sold out."""
    product = make.make_product(stock_mode=StockMode.DAILY, daily_capacity=Decimal(10), lead_days=3)
    day = feasibility.first_day(product, clock.now())
    take = {"product": product, "reference": "PS-1", "actor": None, "now": clock.now()}
    stock.take_stock(quantity=Decimal(4), days=[day], **take)
    page = client.get(cards_pages.product_url(product), HTTP_ACCEPT_LANGUAGE="id").text
    assert f"Untuk {long_date(day)} sisa 6" in page and "Hari ini sisa" not in page


def test_goods_are_promised_for_the_day_their_shop_is_back(client: Client) -> None:
    today = clock.today()
    back = today + timedelta(days=4)
    shop = make.make_seller(closed_until=back - timedelta(days=1))
    product = make.make_product(shop, lead_days=1)
    facts = client.get(cards_pages.product_url(product), HTTP_ACCEPT_LANGUAGE="id").context["facts"]
    assert facts[0] == {
        "label": "Waktu siap",
        "value": f"Paling cepat {long_date(back)}",
        "note": f"Libur sampai {long_date(back - timedelta(days=1))}; buka lagi {long_time(clock.start_of(back))}",
    }


def test_a_category_is_called_in_the_readers_language(client: Client) -> None:
    """Goods, search and the form of the seller; a name the office made up itself stays as it was written."""
    known, own = Category.objects.get(slug="nasi-kotak"), Category.objects.create(name="Lontong pecel", slug="pecel")
    page = reverse("umkm:category-detail", args=[known.slug])
    for language, name in (("id", "Nasi kotak"), ("en", "Rice boxes")):
        assert f"<em>{name}</em>" in client.get(page, HTTP_ACCEPT_LANGUAGE=language).content.decode()
        with translation.override(language):
            assert (known.title, own.title, str(known)) == (name, "Lontong pecel", "Nasi kotak")
            assert (known.pk, name) in [
                each for group in category_choices(Category.objects.all(), "umkm")[1:] for each in group[1]
            ]
