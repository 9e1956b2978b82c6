"""Goods that were refused are for sale again when their seller says that they are back on the shelf."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from epeken.site.dashboards import seller_day
from tests.factories import umkm as make
from tests.factories.users import signed_in
from umkm.catalogue.models import Product
from umkm.returns import services as returns
from umkm.stock import services as stock

pytestmark = pytest.mark.django_db

ORDER = "SP-2026-000001"


def refused(
    now: datetime, *, quantity: int = 4, part: str = "SJ-1", product: Product | None = None, **over: Any
) -> Any:
    """Of ten that an order took of the shelf, so many were refused."""
    if product is None:
        product = make.make_product(make.make_seller(make.make_user()), on_hand=20, **over)
        stock.take_stock(product=product, quantity=Decimal(10), reference=ORDER, days=[], actor=None, now=now)
    returns.refuse_goods(
        product=product, quantity=Decimal(quantity), reference=ORDER, part=part, is_held=True, actor=None, now=now
    )
    return Product.objects.get(pk=product.pk)


def answer(product: Product, back: str, now: datetime, *, asked: int = 4, actor: Any = None, key: str = "") -> None:
    returns.answer_return(
        actor=actor or product.seller.members.get().user,
        product=product,
        reference=ORDER,
        asked=Decimal(asked),
        back=Decimal(back),
        now=now,
        key=key or new_key(),
    )


def balances(product: Product) -> tuple[Decimal, ...]:
    product.refresh_from_db()
    return product.on_hand, product.held, product.refused


def moves(product: Product) -> list[tuple[str, Decimal]]:
    return [(entry.kind, entry.quantity) for entry in product.stock_entries.order_by("pk")][2:]


def test_refused_goods_are_not_for_sale_until_the_seller_answers(now: datetime) -> None:
    product, key = refused(now), new_key()
    assert balances(product) == (10, 6, 4)
    with pytest.raises(RuleBroken):
        stock.take_stock(product=product, quantity=Decimal(11), reference="SP-2", days=[], actor=None, now=now)
    for _click in range(2):
        answer(product, "3", now, key=key)
    assert balances(product) == (13, 6, 0)
    assert moves(product) == [("refuse", 4), ("reshelve", 3), ("discard", 1)]
    with pytest.raises(InvalidMove):
        answer(product, "4", now)


@pytest.mark.parametrize(
    ("back", "asked", "code"),
    [("5", 4, "return_too_much"), ("-1", 4, "quantity_negative"), ("3", 3, "return_changed"), ("1.5", 4, "not_whole")],
)
def test_an_answer_is_about_what_was_refused(now: datetime, back: str, asked: int, code: str) -> None:
    product = refused(now)
    with pytest.raises(RuleBroken) as told:
        answer(product, back, now, asked=asked)
    assert told.value.code == code
    assert balances(product) == (10, 6, 4)


def test_nobody_else_answers_and_meals_are_never_sold_again(now: datetime) -> None:
    with pytest.raises(NotAllowed):
        answer(refused(now), "4", now, actor=make.make_user())
    meal = refused(now, keeps="cooked")
    assert balances(meal) == (10, 6, 0)
    assert moves(meal) == [("discard", 4)]


def test_a_second_refusal_of_the_order_is_asked_about_with_the_first(now: datetime) -> None:
    product = refused(now, quantity=2, product=refused(now), part="SJ-2")
    assert refused(now, quantity=2, product=product, part="SJ-2").refused == 6, "each delivery does it once"
    assert returns.waiting_returns(product) == {ORDER: 6}


@pytest.mark.parametrize(("back", "on_hand"), [(None, 10), ("4", 11), ("1", 10)])
def test_a_decision_takes_goods_from_where_the_seller_has_them(now: datetime, back: str | None, on_hand: int) -> None:
    """Not answered: from what waits; on the shelf: from there; sold no more: from nowhere."""
    product = refused(now)
    if back is not None:
        answer(product, back, now)
    returns.deliver_refused(product=product, quantity=Decimal(3), reference=ORDER, decision=7, actor=None, now=now)
    assert balances(product) == (on_hand, 6, 1 if back is None else 0)


def test_the_seller_is_asked_on_the_desk_and_answers_on_the_goods_page(now: datetime) -> None:
    product = refused(now, keeps="fresh")
    dry = refused(now, name="Beras", keeps="dry")
    for one in (product, dry):
        seller = one.seller.members.get().user
        day = seller_day.seller_day(one.seller, now)
        assert day.to_shelve == [one]
        assert day.count == seller_day.waiting_count(one.seller, now) == 1
        desk = signed_in(seller)
        assert "4 buah tidak diterima pembeli" in desk.get(reverse("site:seller-dashboard")).text
        page = desk.get(reverse("umkm:product-edit", args=[one.pk]))
        (row,) = page.context["returns"]
        assert row["form"]["back"].value() is None  # the seller looks first
        form = {"kembali-key": row["form"]["key"].value(), "kembali-asked": "4.000"}
        url = reverse("umkm:return-answer", args=[one.pk, ORDER])
        wrong = desk.post(url, {**form, "kembali-back": "5"})
        assert wrong.status_code == 422
        assert "Paling banyak 4 buah" in wrong.text
        for _click in range(2):
            assert desk.post(url, {**form, "kembali-back": "2"}).status_code == 302
        assert balances(one) == (12, 6, 0)
        assert "Kembali ke rak 2" in " ".join(desk.get(reverse("umkm:product-edit", args=[one.pk])).text.split())


def test_goods_a_decision_refuses_after_the_handover_wait_for_the_seller_and_meals_do_not(now: datetime) -> None:
    shop = make.make_seller(make.make_user())
    given: dict[str, Any] = {"reference": ORDER, "actor": None, "now": now}
    for over, waits in (({}, 3), ({"keeps": "cooked"}, 0)):
        product = make.make_product(shop, on_hand=20, **over)
        stock.take_stock(product=product, quantity=Decimal(10), days=[], **given)
        stock.deliver_stock(product=product, held=Decimal(10), delivered=Decimal(10), part="SJ-1", **given)
        for _click in range(2):
            returns.refuse_delivered(product=product, quantity=Decimal(3), decision=7, **given)
        assert balances(product) == (10, 0, waits)
    daily = make.make_product(shop, stock_mode="daily", daily_capacity=Decimal(20))
    returns.refuse_delivered(product=daily, quantity=Decimal(3), decision=7, **given)
    assert balances(daily)[2] == 0
