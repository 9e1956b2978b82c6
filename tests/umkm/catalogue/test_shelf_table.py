"""Price and stock of several goods in one form: all of it or nothing, each refusal at its row."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from tests.factories import umkm as make
from tests.factories.users import signed_in
from tests.html_forms import form_of
from tests.kept_steps import kept
from umkm.catalogue.models import Product
from umkm.catalogue.tiers import PriceTier
from umkm.sellers.models import Seller

pytestmark = pytest.mark.django_db
PAGE = reverse("umkm:shelf-table")


@pytest.fixture
@kept
def goods(shop: Seller) -> list[Product]:
    category = make.make_category()
    return [
        make.make_product(shop, name=name, category=category, price=40_000, state="draft", published_at=None, **over)
        for name, over in (
            ("Abon", {"stock_mode": "stock"}),
            ("Bakpia", {"stock_mode": "daily", "daily_capacity": Decimal(10)}),
            ("Cendol", {"stock_mode": "stock"}),
        )
    ]


def stand(goods: list[Product]) -> list[tuple[int, Any, Any]]:
    found = Product.objects.in_bulk([one.pk for one in goods])
    return [(found[one.pk].price, found[one.pk].on_hand, found[one.pk].daily_capacity) for one in goods]


def test_several_goods_are_saved_at_once_in_indonesian_numbers(seller_user: Any, goods: list[Product]) -> None:
    client = signed_in(seller_user)
    abon, bakpia, cendol = goods
    before = stand(goods)
    assert not client.get(PAGE).context["form"].price_words  # drafts: no curator is asked
    sent = form_of(client, PAGE)
    typed = {f"price_{abon.pk}": "Rp 41.500", f"added_{abon.pk}": "1.000", f"daily_capacity_{bakpia.pk}": "12"}
    for _again in range(2):  # the same form twice is once
        assert client.post(PAGE, {**sent, **typed}).status_code == 302
    assert stand(goods) == [
        (41_500, before[0][1] + 1000, None), (40_000, before[1][1], Decimal(12)), before[2],
    ]  # fmt: skip
    assert cendol.name in client.get(PAGE).text


def test_each_row_says_what_is_wrong_and_nothing_is_saved(seller_user: Any, goods: list[Product]) -> None:
    client = signed_in(seller_user)
    abon, bakpia, cendol = goods
    Product.objects.filter(pk=bakpia.pk).update(minimum=Decimal(5))
    before, sent = stand(goods), form_of(client, PAGE)
    wrong = {f"price_{cendol.pk}": "41.000", f"daily_capacity_{bakpia.pk}": "2", f"added_{abon.pk}": "1,5"}
    answer = client.post(PAGE, {**sent, **wrong})
    assert answer.status_code == 422 and stand(goods) == before
    errors = answer.context["form"].errors
    assert set(errors) == {f"daily_capacity_{bakpia.pk}", f"added_{abon.pk}"}
    # What cannot be read is told in the same place.
    answer = client.post(PAGE, {**sent, f"price_{cendol.pk}": "murah", f"price_{abon.pk}": "41.000"})
    assert answer.status_code == 422 and stand(goods) == before
    assert set(answer.context["form"].errors) == {f"price_{cendol.pk}"}


def test_a_price_that_its_tiers_refuse_leads_to_them(seller_user: Any, goods: list[Product]) -> None:
    client, abon = signed_in(seller_user), goods[0]
    Product.objects.filter(pk=abon.pk).update(tiers=(PriceTier(Decimal(10), 35_000),))
    answer = client.post(PAGE, {**form_of(client, PAGE), f"price_{abon.pk}": "34.000"})
    assert answer.status_code == 422 and set(answer.context["form"].errors) == {f"price_{abon.pk}"}
    assert answer.text.count(f'{reverse("umkm:product-edit", args=[abon.pk])}#id_tiers"') == 1


def test_a_price_that_waits_is_told_in_its_row_and_refused_at_its_field(seller_user: Any, shop: Seller) -> None:
    """Nothing on the shelf changed yet, so that the row alone would look as if nothing was saved."""
    client = signed_in(seller_user)
    product = make.make_product(shop, price=40_000, stock_mode="daily", daily_capacity=Decimal(10))
    withdraw = reverse("umkm:proposal-withdraw", args=[product.pk])
    page = client.get(PAGE, HTTP_ACCEPT_LANGUAGE="id").text
    assert withdraw not in page and page.count("Harga lebih rendah langsung berlaku. Harga lebih tinggi") == 1
    listed = client.get(reverse("umkm:product-mine"), HTTP_ACCEPT_LANGUAGE="id").text
    assert listed.count("Harga lebih rendah langsung berlaku. Harga lebih tinggi") == 1
    assert client.post(PAGE, {**form_of(client, PAGE), f"price_{product.pk}": "45.000"}).status_code == 302
    page = client.get(PAGE, HTTP_ACCEPT_LANGUAGE="id").text
    assert "Harga Rp45.000 menunggu kurator; pembeli masih membaca Rp40.000." in page and withdraw in page
    answer = client.post(PAGE, {**form_of(client, PAGE), f"price_{product.pk}": "46.000"})
    assert set(answer.context["form"].errors) == {f"price_{product.pk}"} and withdraw in answer.text


def test_a_price_far_below_is_asked_about_first(seller_user: Any, shop: Seller) -> None:
    client = signed_in(seller_user)
    product = make.make_product(shop, price=40_000)
    sent = form_of(client, PAGE)
    asked = client.post(PAGE, {**sent, f"price_{product.pk}": "4.000"})
    assert "Harganya benar?" in asked.text and stand([product])[0][0] == 40_000


def test_another_shops_goods_and_goods_with_a_curator_are_left_alone(
    seller_user: Any, stranger: Any, goods: list[Product]
) -> None:
    foreign, closed = make.make_product(price=10_000), make.make_product(goods[0].seller, state="submitted")
    client = signed_in(seller_user)
    sent = form_of(client, PAGE)
    assert f"price_{foreign.pk}" not in sent and f"price_{closed.pk}" not in sent
    before = stand([foreign, closed])
    client.post(PAGE, {**sent, f"price_{foreign.pk}": "9.000", f"price_{closed.pk}": "9.000"})
    assert stand([foreign, closed]) == before
    assert signed_in(stranger).get(PAGE).status_code == 302


def test_what_was_changed_meanwhile_is_not_overwritten(seller_user: Any, goods: list[Product]) -> None:
    client = signed_in(seller_user)
    sent = form_of(client, PAGE)
    Product.objects.filter(pk=goods[0].pk).update(price=42_000)
    answer = client.post(PAGE, {**sent, f"price_{goods[0].pk}": "41.000"})
    assert answer.status_code == 422 and stand(goods)[0][0] == 42_000


def test_the_list_of_goods_leads_to_the_table_of_the_same_shop_and_only_where_it_sells(seller_user: Any) -> None:
    running = make.make_seller(seller_user)
    waiting = make.make_seller(seller_user, state="draft")
    for shop in (running, waiting):
        for name in ("Abon", "Bakpia"):
            make.make_product(shop, name=name, state="draft", published_at=None)
    client = signed_in(seller_user)
    page = {shop: client.get(reverse("umkm:product-mine"), {"toko": shop.pk}).text for shop in (running, waiting)}
    assert f'href="{PAGE}?toko={running.pk}"' in page[running] and f'href="{PAGE}' not in page[waiting]
    assert f"{reverse('umkm:product-mine')}?toko={running.pk}" in client.get(PAGE, {"toko": running.pk}).text
