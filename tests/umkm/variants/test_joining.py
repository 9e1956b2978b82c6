"""Goods a shop has already, joined into variants by a form, and one of them taken out again."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from tests.factories import umkm as make
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.umkm.goods import family
from umkm.catalogue.models import ChangeProposal, Product
from umkm.catalogue.services import products
from umkm.catalogue.states import ProductState
from umkm.discovery.pages import cards
from umkm.discovery.search import GroupPrices, Query, search
from umkm.variants import joining, services

pytestmark = pytest.mark.django_db


@pytest.fixture
@kept
def shirts() -> list[Product]:
    """On show, each for itself."""
    seller, category = make.make_seller(), make.make_category()
    return [
        make.make_product(seller, name=f"Kaus relawan {size}", category=category, price=50_000 + 10_000 * number)
        for number, size in enumerate(("M", "L", "XL merah"))
    ]


def owner(product: Product) -> Any:
    return product.seller.members.get().user


def join(goods: list[Product], *values: str, **over: Any) -> list[Product]:
    sent = {one.pk: (value, "") for one, value in zip(goods, values, strict=True)}
    asked = {"actor": owner(goods[0]), "kinds": ("size", ""), "values": sent, "key": new_key(), **over}
    return joining.join_goods(product=goods[0], now=clock.now(), **asked)


def test_joined_goods_are_one_result_and_keep_what_a_curator_saw(shirts: list[Product], client: Client) -> None:
    before = {one.pk: (one.name, one.description, one.price, one.state, cards.product_url(one)) for one in shirts}
    key = new_key()
    made = join(shirts[:2], "m", "L", key=key)
    assert join(shirts[:2], "m", "L", key=key) == made  # a double click
    found = list(Product.objects.order_by("pk"))
    after = {one.pk: (one.name, one.description, one.price, one.state, cards.product_url(one)) for one in found}
    assert after == before and not ChangeProposal.objects.exists()
    hits = {hit.product.group_id: hit.group for hit in search(Query(text="kaus relawan"), now=clock.now()).hits}
    group = found[0].group_id
    assert group is not None and hits == {group: GroupPrices(2, 50_000, 60_000), None: None}
    (third,) = join([found[0], shirts[2]], "", "XL")[-1:]  # into the group there is
    assert (third.group_id, third.option_1) == (group, "XL")
    assert "Pilih ukuran" in client.get(cards.product_url(shirts[1]), HTTP_ACCEPT_LANGUAGE="id").text
    services.release_variant(actor=owner(third), product=third, now=clock.now())
    third.refresh_from_db()
    assert (third.group_id, third.name, third.state) == (None, "Kaus relawan XL merah", ProductState.PUBLISHED)


def test_two_options_tell_goods_apart(shirts: list[Product]) -> None:
    other = make.make_product(shirts[0].seller, name="Kaus relawan XL biru", category=shirts[0].category)
    values = {shirts[2].pk: ("XL", "merah"), other.pk: ("XL", "biru")}
    join(shirts[2:], "", kinds=("size", "colour"), values=values)
    assert list(Product.objects.filter(group__isnull=False).values_list("option_2", flat=True).order_by("pk")) == [
        "merah", "biru",
    ]  # fmt: skip


REFUSED = {
    "in_a_group": "variant_not_joinable",
    "category": "variant_not_joinable",
    "unit": "variant_not_joinable",
    "submitted": "variant_not_joinable",
    "waiting": "variant_not_joinable",
    "twice": "variant_taken",
    "not_in_name": "value_not_in_name",
    "empty": "value_missing",
    "foreign": "variant_elsewhere",
    "alone": "variants_missing",
    "no_kind": "option_missing",
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_joined_is_said_and_nothing_is(shirts: list[Product], what: str) -> None:
    first, second, _third = shirts
    sent: dict[str, Any] = {"goods": [first, second], "values": ("M", "L")}
    match what:
        case "in_a_group":
            sent["goods"][1] = family("S", "L", seller=first.seller, category=first.category)[1]
        case "category":
            Product.objects.filter(pk=second.pk).update(category=make.make_category())
        case "unit":
            Product.objects.filter(pk=second.pk).update(unit="kg")
        case "submitted":
            second = make.make_product(
                first.seller, name="Kaus L", category=first.category, state="submitted", published_at=None
            )
            sent["goods"][1] = second
        case "waiting":
            products.save_product(actor=owner(second), product=second, values={"name": "Kaus besar L"}, now=clock.now())
            assert ChangeProposal.objects.exists()
        case "twice":
            Product.objects.filter(pk=second.pk).update(name="Kaus lain m")
            sent["values"] = ("M", "m")
        case "not_in_name":
            sent["values"] = ("M", "XXL")
        case "empty":
            sent["values"] = ("", "L")
        case "foreign":
            sent["goods"][1] = make.make_product(name="Kaus L", category=first.category)
        case "alone":
            sent |= {"goods": [first], "values": ("M",)}
    over = {"kinds": ("", "")} if what == "no_kind" else {}
    before = Product.objects.filter(group__isnull=False).count()
    with pytest.raises(RuleBroken) as refused, transaction.atomic():
        join(sent["goods"], *sent["values"], **over)
    assert refused.value.code == REFUSED[what]
    assert Product.objects.filter(group__isnull=False).count() == before


def test_a_stranger_joins_nothing_and_closed_goods_are_no_beginning(shirts: list[Product]) -> None:
    with pytest.raises(NotAllowed):
        join(shirts[:2], "M", "L", actor=make.make_user())
    gone = make.make_product(shirts[0].seller, name="Kaus S", category=shirts[0].category, state="rejected")
    with pytest.raises(InvalidMove):
        join([gone, shirts[1]], "S", "L")


def test_the_page_shows_the_card_before_it_joins(shirts: list[Product]) -> None:
    client, first = signed_in(owner(shirts[0])), shirts[0]
    url = reverse("umkm:variant-join", args=[first.pk])
    assert url in client.get(reverse("umkm:variant-list", args=[first.pk]), HTTP_ACCEPT_LANGUAGE="id").text
    taken = family("S", "XS", seller=first.seller, category=first.category)[0]
    page = client.get(url, HTTP_ACCEPT_LANGUAGE="id").text
    assert taken.name in page and "Sudah menjadi varian barang lain" in page and ">Gabungkan<" not in page
    sent = {"key": new_key(), "kind_1": "size", f"value_1_{first.pk}": "M", f"value_1_{shirts[1].pk}": "XXL"}
    refused = client.post(url, sent, HTTP_ACCEPT_LANGUAGE="id")
    assert refused.status_code == 422 and "tidak memuat “XXL”" in refused.text
    sent[f"value_1_{shirts[1].pk}"] = "L"
    shown = client.post(url, {**sent, "lihat": "1"}, HTTP_ACCEPT_LANGUAGE="id").text
    assert "2 varian" in shown and "Rp50.000–Rp60.000" in shown and ">Gabungkan<" in shown
    assert not Product.objects.filter(pk=first.pk, group__isnull=False).exists()
    assert client.post(url, sent).status_code == 302
    assert Product.objects.get(pk=shirts[1].pk).option_1 == "L"
    assert signed_in(make.make_user()).get(url).status_code == 404
