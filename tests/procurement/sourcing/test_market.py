"""Goods for a request are found by the market's search, with the request's day, people, budget and place filled in."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import drafts
from procurement.sourcing.offers import amount_for
from tests.factories import umkm as make
from tests.factories.places import far_away, home
from tests.factories.procurement import Office, make_request
from tests.factories.users import signed_in
from umkm.catalogue.models import Category, Product
from umkm.catalogue.states import Keeps
from umkm.discovery.pages.cards import product_url
from umkm.exposure import renewal, services
from umkm.exposure.buffer import Attention, Key
from umkm.sellers.models import Seller, SellerMember

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db: None) -> Office:
    return Office(now=clock.now())


@pytest.fixture
def draft(office: Office) -> PurchaseRequest:
    return make_request(office, [], now=clock.now())


def found(office: Office, draft: PurchaseRequest, **query: Any) -> Any:
    client = Client()
    client.force_login(office.requester)
    answer = client.get(reverse("procurement:request-goods", args=[draft.number]), query)
    assert answer.status_code == 200
    return answer


def names(answer: Any, of: str = "rows") -> list[str]:
    return [row["product"].name for row in answer.context[of]]


@pytest.mark.parametrize(
    ("unit", "over", "people", "amount"),
    [
        ("box", {}, 40, 40),
        ("box", {"step": Decimal(12), "minimum": Decimal(12)}, 40, 48),
        ("box", {"minimum": Decimal(50)}, 40, 50),
        ("kg", {"minimum": Decimal("0.5")}, 40, Decimal("0.5")),
        ("box", {}, None, 1),
        ("pack", {}, 40, 40),
        ("pack", {"keeps": Keeps.OTHER}, 40, 1),
        ("set", {"keeps": Keeps.OTHER}, 40, 40),
    ],
)
def test_the_amount_is_set_from_the_people(
    unit: str, over: dict[str, Any], people: int | None, amount: int | Decimal
) -> None:
    goods = Product(unit=unit, **{"step": Decimal(1), "minimum": Decimal(1), "keeps": Keeps.COOKED, **over})
    assert amount_for(Decimal(people) if people else None)(goods) == amount


def test_the_market_as_it_is_with_only_those_who_are_able(office: Office, draft: PurchaseRequest) -> None:
    """In the market's order, which is not the cheapest first; each of the others with why not."""
    shops = {name: make.make_seller(name=f"Toko {name}") for name in ("sibuk", "sepi", "lama", "mahal", "sendiri")}
    category = make.make_category()
    goods = {
        name: make.make_product(
            shop, name=f"Nasi kotak {name}", category=category, price=20_000, unit="box", keeps="dry"
        )
        for name, shop in shops.items()
    }
    Product.objects.filter(pk=goods["sepi"].pk).update(price=30_000)
    Product.objects.filter(pk=goods["lama"].pk).update(lead_days=50)
    Product.objects.filter(pk=goods["mahal"].pk).update(price=2_600_000)
    make.make_month(shops["sibuk"], month=clock.month_of(clock.now()), used=20_000_000)
    services.add_up(clock.today(), {Key(shops["sibuk"].pk, category.pk, ""): Attention(9, 9_000)})
    SellerMember.objects.create(seller=shops["sendiri"], user=office.requester, since=clock.now())
    renewal.renew({}, clock.now())
    answer = found(office, draft, q="nasi kotak")
    assert names(answer) == ["Nasi kotak sepi", "Nasi kotak sibuk"]
    assert answer.context["result"].count == 2
    faults = {row["product"].name: row["fault"] for row in answer.context["unable"]}
    assert "tidak sempat disiapkan" in faults["Nasi kotak lama"]
    assert "Batas penjualan" in faults["Nasi kotak mahal"]
    assert "toko yang Anda urus" in faults["Nasi kotak sendiri"]
    page = " ".join(answer.content.decode().split())
    assert "40 kotak: <b>Rp1.210.000</b>" in page  # of the event's people, with delivery
    assert 'name="quantity" value="40"' in page
    assert "Perhatian yang didapat toko ini 0% dari bagian rata toko sekategori." in page
    assert "Ruang penjualan bulan ini Rp10.000.000" in page
    assert "Stok bebas 100 kotak" in page
    for link in (reverse("umkm:shop-detail", args=[shops["sepi"].slug]), product_url(goods["sepi"])):
        assert f'href="{link}' in page


def test_filters_and_order_are_the_markets(office: Office, draft: PurchaseRequest) -> None:
    for name, price, ward in (("dekat", 30_000, home()), ("jauh", 20_000, far_away())):
        shop = make.make_seller(kelurahan=ward)
        make.make_product(shop, name=f"Lumpia {name}", price=price, unit="box", keeps="dry")
    assert names(found(office, draft, q="lumpia", urut="murah")) == ["Lumpia jauh", "Lumpia dekat"]
    assert names(found(office, draft, q="lumpia", urut="dekat")) == ["Lumpia dekat", "Lumpia jauh"]
    assert names(found(office, draft, q="lumpia", maks="25000")) == ["Lumpia jauh"]
    answer = found(office, draft, q="lumpia", jumlah="7", maks="25000")
    assert "7 kotak" in answer.content.decode()
    # What the request asks travels with every filter.
    assert answer.content.decode().count('name="jumlah" value="7"') >= 2
    assert "jumlah=7" in answer.context["clear_href"]
    assert found(office, draft, jumlah="-2").context["left_out"]


@pytest.mark.parametrize(("pagu", "able"), [(1_210_000, True), (1_209_999, False)])
def test_what_is_left_of_the_budget_bounds_the_search(pagu: int, able: bool) -> None:
    office = Office(now=clock.now(), pagu=pagu)
    make.make_product(name="Tumpeng", price=30_000, unit="box", keeps="dry")
    answer = found(office, make_request(office, [], now=clock.now()), q="tumpeng")
    assert names(answer) == ["Tumpeng"][:able]
    assert able or "sisa anggaran Rp1.209.999" in answer.context["unable"][0]["fault"]


def test_a_draft_without_a_day_asks_for_it(office: Office) -> None:
    draft = make_request(office, [], now=clock.now(), deliver_at=None, event_at=None)
    make.make_product(name="Tumpeng", lead_days=50)
    answer = found(office, draft, q="tumpeng")
    assert names(answer) == ["Tumpeng"]
    assert "Isi kapan barang harus tiba" in answer.content.decode()


def test_goods_are_replaced_by_as_many_of_another_owner(office: Office) -> None:
    old = make.make_product(name="Kue lama", price=10_000)
    draft = make_request(office, [(old, 60)], now=clock.now())
    sister = make.make_seller(owner=Seller.objects.get(pk=old.seller_id).owner)
    make.make_product(sister, category=old.category, name="Kue saudara")
    make.make_product(category=old.category, name="Kue cukup", on_hand=60)
    make.make_product(category=old.category, name="Kue kurang", on_hand=59)
    answer = found(office, draft, ganti=old.pk)
    assert names(answer) == ["Kue cukup"]
    assert names(answer, "unable") == ["Kue kurang"]


def test_the_same_goods_come_first_and_another_unit_takes_no_amount_along(office: Office) -> None:
    """The same category and unit, of them the same name first though published before; the rest when asked for."""
    category = make.make_category(name="Air minum uji", parent=make.make_category(name="Minuman uji"))
    old = make.make_product(category=category, name="Air mineral  botol", unit="bottle")
    draft = make_request(office, [(old, 60)], now=clock.now())
    for name, unit in (("air mineral Botol", "bottle"), ("Teh botol", "bottle"), ("Air mineral botol", "box")):
        make.make_product(category=category, name=name, unit=unit, on_hand=500)
    sister = make.make_category(name="Sirup uji", parent=category.parent)
    make.make_product(category=sister, name="Sirup botol", unit="bottle", on_hand=500)
    answer = found(office, draft, ganti=old.pk)
    assert names(answer) == ["air mineral Botol", "Teh botol"]
    assert names(found(office, draft, ganti=old.pk, urut="baru")) == ["Teh botol", "air mineral Botol"]
    wide = found(office, draft, ganti=old.pk, kategori=category.parent.slug)
    assert answer.context["wider_href"].endswith(f"kategori={category.parent.slug}")
    assert {(row["offer"].product.unit, int(row["offer"].quantity)) for row in wide.context["rows"]} == {
        ("bottle", 60), ("box", 1),
    }  # fmt: skip
    assert set(names(wide)) == {"air mineral Botol", "Teh botol", "Air mineral botol", "Sirup botol"}


def test_what_cannot_be_taken_is_said_at_its_box(office: Office, draft: PurchaseRequest) -> None:
    """The search stays where it was, also its address, with what was typed; nothing is put in."""
    client = signed_in(office.requester)
    goods = make.make_product(name="Kudapan teruji", minimum=Decimal(5), on_hand=500)
    for typed in ("abc", "2"):
        answer = client.post(
            f"{reverse('procurement:request-goods', args=[draft.number])}?q=teruji",
            {"product": goods.pk, "quantity": typed},
        )
        page = answer.content.decode()
        assert (answer.status_code, f'id="salah-{goods.pk}"' in page, f'value="{typed}"' in page) == (422, True, True)
        assert draft.title in page
    assert not draft.lines.filter(product=goods).exists()
    # From the page of the goods back to it.
    answer = client.post(reverse("procurement:request-line-add"), {"product": goods.pk, "quantity": "abc"})
    assert answer.status_code == 302 and answer["Location"] == product_url(goods)


def test_more_than_can_come_is_not_put_in(office: Office, draft: PurchaseRequest) -> None:
    """Said at its box with what was typed, also when only together with what the draft holds it is too much; "1.000"
    is a thousand."""
    client, add = signed_in(office.requester), reverse("procurement:request-goods", args=[draft.number])
    goods = make.make_product(name="Kudapan teruji", on_hand=300)
    body = {"product": goods.pk}
    assert client.post(add, {**body, "quantity": "200"}, follow=True).status_code == 200
    for typed in ("101", "1.000"):
        answer = client.post(f"{add}?q=teruji", {**body, "quantity": typed})
        page = answer.content.decode()
        assert (answer.status_code, f'id="salah-{goods.pk}"' in page, f'value="{typed}"' in page) == (422, True, True)
        assert "Draf ini sudah berisi 200 buah." in page and "tinggal 300" in page
        assert not list(answer.context["messages"]) and draft.lines.get().quantity == 200
    # Of a draft without a day, and from the page of the goods back to it.
    PurchaseRequest.objects.update(deliver_at=None)
    answer = client.post(reverse("procurement:request-line-add"), {**body, "quantity": "1.000"}, follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert draft.lines.get().quantity == 200
    assert client.post(add, {**body, "quantity": "100"}).status_code == 302
    assert draft.lines.get().quantity == 300


def test_words_that_hide_the_kind_give_way(office: Office, draft: PurchaseRequest) -> None:
    goods = make.make_product(name="Mineral gelas", category=Category.objects.get(slug="minuman-kemasan"))
    client = signed_in(office.requester)
    address = f"{reverse('procurement:request-goods', args=[draft.number])}?q=zzqx&kategori=minuman-kemasan&persis=1"
    page = client.get(address)
    assert goods.name in client.get(page.context["kind_href"]).content.decode()


def test_conditions_among_the_words_become_filters(office: Office, draft: PurchaseRequest) -> None:
    make.make_product(name="Nasi kotak", price=25_000)
    client = signed_in(office.requester)
    address = reverse("procurement:request-goods", args=[draft.number])
    answer = client.get(address, {"q": "nasi box di bawah 30 ribu", "jumlah": "20"})
    assert answer.url == f"{address}?q=nasi+box&jumlah=20&maks=30000"
    page = client.get(answer.url)
    assert page.context["result"].also == ("nasi kotak",)
    assert "Juga dicari: “nasi kotak”." in page.content.decode()
    assert "Ketik kata dengan huruf atau angka." in client.get(address, {"q": "..."}).content.decode()


def test_room_and_budget_say_one_figure() -> None:
    """What the request asks for already is told beside the room, not taken off it; a budget that is short says so."""
    office = Office(pagu=20_000_000, now=clock.now())
    draft = make_request(office, [], now=clock.now())
    goods = make.make_product(price=100_000, on_hand=900, name="Kudapan teruji")
    make_line_of(draft, office, goods, 250)
    twin = make.make_product(goods.seller, price=1_000, on_hand=900, name="Kudapan teruji kecil")
    answer = found(office, draft, q="teruji")
    said = [fact["text"] for row in [*answer.context["rows"], *answer.context["unable"]] for fact in row["facts"]]
    assert [text for text in said if "permintaan ini sudah meminta Rp25.0" in text], said
    assert any(fact["text"].startswith("Anggaran kurang Rp") for fact in answer.context["facts"])
    assert twin.name in names(answer, "unable")


def make_line_of(draft: PurchaseRequest, office: Office, goods: Product, quantity: int) -> None:
    drafts.put_line(
        actor=office.requester, request=draft, product=goods, quantity=Decimal(quantity), note="", now=clock.now()
    )
