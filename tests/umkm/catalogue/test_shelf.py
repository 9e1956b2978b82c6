"""Price and stock from the list of a shop's goods, and goods begun from others."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from epeken.core.editing import ChangedMeanwhile, shown_of
from epeken.core.errors import NotAllowed, RuleBroken
from epeken.core.idempotency import KeyReused, new_key
from tests.factories import umkm as goods
from tests.factories.users import signed_in
from tests.kept_steps import kept
from umkm.catalogue.models import ChangeProposal, Product
from umkm.catalogue.services import products, shelf
from umkm.catalogue.states import ProductState, StockMode
from umkm.stock import services as stock

pytestmark = pytest.mark.django_db


@pytest.fixture
@kept
def product() -> Product:
    return goods.make_product(price=20_000, on_hand=Decimal(5))


def owner(product: Product) -> Any:
    return product.seller.members.get().user


def change(product: Product, **over: Any) -> Product:
    values = {
        "actor": owner(product), "product": product, "price": product.price, "added": None, "capacity": None,
        "key": new_key(), "shown": None, "now": clock.now(), **over,
    }  # fmt: skip
    return shelf.change_shelf(**values)


def send(client: Client, product: Product, **over: Any) -> Any:
    shown = shown_of({"price": product.price, "daily_capacity": product.daily_capacity})
    values = {"key": new_key(), "shown": shown, "price": str(product.price), **over}
    return client.post(reverse("umkm:shelf-change", args=[product.pk]), values)


def test_a_lower_price_and_more_stock_hold_at_once(product: Product) -> None:
    client = signed_in(owner(product))
    answer = send(client, product, price="18.500", added="12")
    assert answer["Location"] == f"{reverse('umkm:product-mine')}?toko={product.seller_id}#b{product.pk}"
    product.refresh_from_db()
    assert (product.price, product.on_hand) == (18_500, 17)


def test_of_what_is_sold_whole_no_part_comes_into_stock(product: Product) -> None:
    Product.objects.filter(pk=product.pk).update(unit="bottle")
    product.refresh_from_db()
    client, now = signed_in(owner(product)), clock.now()
    answer = send(client, product, added="1,5")
    assert answer.status_code == 422 and "dihitung dalam bilangan bulat, per botol" in answer.text
    by = {"actor": owner(product), "product": product, "now": now}
    for act, over in (
        (stock.receive_stock, {"quantity": Decimal("1.5"), "reference": ""}),
        (stock.correct_stock, {"counted": Decimal("4.5"), "reason": "Dihitung"}),
        (shelf.change_shelf, {"price": 20_000, "added": Decimal("0.5"), "capacity": None, "key": new_key(),
                              "shown": None}),
    ):  # fmt: skip
        with pytest.raises(RuleBroken) as refused:
            act(**by, **over)  # type: ignore[operator]
        assert refused.value.code == "not_whole"
    values = {"name": "Sirup", "category": product.category, "price": 1, "unit": "bottle", "stock": Decimal("2.5")}
    with pytest.raises(RuleBroken):
        products.create_product(actor=owner(product), seller=product.seller, values=values, now=now)
    product.refresh_from_db()
    assert product.on_hand == 5
    Product.objects.filter(pk=product.pk).update(unit="kg")
    product.refresh_from_db()
    assert send(client, product, added="1,5").status_code == 302


def test_a_higher_price_waits_for_the_curator_and_the_stock_does_not(product: Product) -> None:
    send(signed_in(owner(product)), product, price="25.000", added="1")
    product.refresh_from_db()
    assert (product.price, product.on_hand) == (20_000, 6)
    assert ChangeProposal.objects.waiting().get(product=product).price == 25_000


def test_a_price_far_below_todays_is_asked_about_before_buyers_see_it(product: Product) -> None:
    client, key = signed_in(owner(product)), new_key()
    asked = send(client, product, price="2.000", added="3", key=key).content.decode()
    product.refresh_from_db()
    assert (product.price, product.on_hand) == (20_000, 5)
    assert "Rp18.000 lebih rendah" in asked and 'name="sure" value="1"' in asked
    with pytest.raises(RuleBroken, match="Periksa angkanya"):
        products.save_product(actor=owner(product), product=product, values={"price": 9_999}, now=clock.now())
    for _press in range(2):
        send(client, product, price="2.000", added="3", key=key, sure="1")
    product.refresh_from_db()
    assert (product.price, product.on_hand) == (2_000, 8)
    # What half a price is, a dated rule says; a draft is on nobody's screen yet.
    products.save_product(actor=owner(product), product=product, values={"price": 1_000}, now=clock.now())
    draft = goods.make_product(price=20_000, state=ProductState.DRAFT)
    products.save_product(actor=owner(draft), product=draft, values={"price": 1}, now=clock.now())


def test_the_same_key_adds_once(product: Product) -> None:
    key = new_key()
    for _press in range(2):
        change(product, added=Decimal(3), key=key)
    product.refresh_from_db()
    assert product.on_hand == 8
    with pytest.raises(KeyReused):
        change(product, added=Decimal(4), key=key)


def test_what_is_refused_adds_nothing(product: Product) -> None:
    answer = send(signed_in(owner(product)), product, price="0", added="3")
    assert answer.status_code == 422
    assert "<details open>" in answer.content.decode()
    earlier = shown_of({"price": 19_000, "daily_capacity": None})
    with pytest.raises(ChangedMeanwhile):
        change(product, price=15_000, added=Decimal(3), shown=earlier)
    product.refresh_from_db()
    assert (product.price, product.on_hand) == (20_000, 5)


def test_goods_made_by_the_day_have_a_capacity() -> None:
    made = goods.make_product(stock_mode=StockMode.DAILY, daily_capacity=Decimal(20), price=10_000)
    answer = send(signed_in(owner(made)), made, daily_capacity="35")
    assert answer.status_code == 302
    made.refresh_from_db()
    assert made.daily_capacity == 35


def test_nobody_else_changes_or_copies(product: Product) -> None:
    stranger = signed_in(goods.make_seller().members.get().user)
    assert send(stranger, product, price="1").status_code == 404
    assert stranger.post(reverse("umkm:product-copy", args=[product.pk]), {"key": new_key()}).status_code == 404
    with pytest.raises(NotAllowed):
        change(product, actor=goods.make_user(), price=1)
    product.refresh_from_db()
    assert product.price == 20_000


def test_goods_in_the_curators_hands_show_no_form(product: Product) -> None:
    Product.objects.filter(pk=product.pk)
    draft = goods.make_product(product.seller, state=ProductState.SUBMITTED)
    text = signed_in(owner(product)).get(reverse("umkm:product-mine")).content.decode()
    assert reverse("umkm:shelf-change", args=[product.pk]) in text
    assert reverse("umkm:shelf-change", args=[draft.pk]) not in text


def test_a_copy_is_a_draft_of_its_own(product: Product) -> None:
    Product.objects.filter(pk=product.pk).update(is_halal=True, halal_number="ID12345678901234567", lead_days=2)
    client, key = signed_in(owner(product)), new_key()
    for _press in range(2):
        answer = client.post(reverse("umkm:product-copy", args=[product.pk]), {"key": key})
        made = Product.objects.latest("pk")
        assert answer["Location"] == reverse("umkm:product-edit", args=[made.pk])
    assert Product.objects.filter(seller=product.seller).count() == 2
    assert (made.state, made.price, made.lead_days, made.category_id) == ("draft", 20_000, 2, product.category_id)
    assert (made.on_hand, made.is_halal, made.halal_number, made.photos.count()) == (0, True, "", 0)
    assert made.name == f"{product.name} (2)"
    products.save_product(actor=owner(product), product=made, values={"price": 30_000}, now=clock.now())
    product.refresh_from_db()
    assert product.price == 20_000


def test_a_meal_is_copied_with_its_statement(product: Product) -> None:
    """Food without one is no draft, so nothing of it could be copied."""
    meal = goods.make_product(
        product.seller, category=goods.make_category(is_food=True), is_halal=True, food_kind="shop"
    )
    made = shelf.copy_product(actor=owner(meal), product=meal, key=new_key(), now=clock.now())
    assert (made.is_halal, made.halal_number) == (True, "")


def test_a_broken_key_copies_nothing(product: Product) -> None:
    signed_in(owner(product)).post(reverse("umkm:product-copy", args=[product.pk]), {"key": "x" * 99})
    assert Product.objects.filter(seller=product.seller).count() == 1
