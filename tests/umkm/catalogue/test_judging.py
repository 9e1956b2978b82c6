"""A curator approves, refuses and sends back goods."""

from datetime import UTC, datetime
from typing import Any

import pytest

from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.reasons import LEAST_REASON
from epeken.notifications.models import Notification
from epeken.notifications.rendering import render
from tests.factories import umkm as make
from tests.umkm.goods import offer, on_show
from tests.umkm.pictures import photo
from umkm.catalogue.models import ChangeProposal, Product
from umkm.catalogue.services import photos, products
from umkm.catalogue.states import ProductState, ProposalState

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def test_approved_goods_are_on_show_and_the_shop_is_told(seller_user: Any, shop: Any, curator: Any) -> None:
    product = products.approve_product(actor=curator, product=offer(seller_user, shop), now=NOW)
    assert Product.objects.for_sale().get() == product
    assert product.published_at == NOW
    assert Notification.objects.get(person=seller_user).kind == "product.approved"


@pytest.mark.parametrize(
    ("decide", "state"),
    [(products.send_back_product, ProductState.SENT_BACK), (products.reject_product, ProductState.REJECTED)],
)
def test_a_refused_product_says_why(seller_user: Any, shop: Any, curator: Any, decide: Any, state: str) -> None:
    product = offer(seller_user, shop)
    decide(actor=curator, product=product, note="Fotonya terlalu gelap", now=NOW)
    product.refresh_from_db()
    assert (product.state, product.review_note) == (state, "Fotonya terlalu gelap")
    assert "Fotonya terlalu gelap." in render(Notification.objects.get(person=seller_user), "id").body


@pytest.mark.parametrize("decide", [products.send_back_product, products.reject_product])
def test_a_refusal_without_a_note_is_refused(seller_user: Any, shop: Any, curator: Any, decide: Any) -> None:
    product = offer(seller_user, shop)
    with pytest.raises(RuleBroken) as refused:
        decide(actor=curator, product=product, note="  ", now=NOW)
    assert refused.value.field == "note"
    with pytest.raises(RuleBroken) as refused:
        decide(actor=curator, product=product, note="x" * (LEAST_REASON - 1) + "  ", now=NOW)
    assert refused.value.code == "note_too_short"
    assert Product.objects.get(pk=product.pk).state == ProductState.SUBMITTED


def test_goods_sent_back_are_mended_and_sent_again(seller_user: Any, shop: Any, curator: Any) -> None:
    product = offer(seller_user, shop)
    products.send_back_product(actor=curator, product=product, note="Harganya keliru tulis", now=NOW)
    products.save_product(actor=seller_user, product=product, values={"price": 30_000}, now=NOW)
    product = products.submit_product(actor=seller_user, product=product, now=NOW)
    assert (product.state, product.price, product.review_note) == (ProductState.SUBMITTED, 30_000, "")


@pytest.mark.parametrize("who", ["seller_user", "stranger", "verifier"])
def test_only_curators_decide(request: Any, seller_user: Any, shop: Any, who: str) -> None:
    product = offer(seller_user, shop)
    with pytest.raises(NotAllowed):
        products.approve_product(actor=request.getfixturevalue(who), product=product, now=NOW)
    assert Product.objects.get(pk=product.pk).state == ProductState.SUBMITTED


@pytest.mark.parametrize("how", make.TIES)
def test_who_is_tied_to_the_shop_does_not_curate(seller_user: Any, shop: Any, curator: Any, how: str) -> None:
    make.tie(curator, shop, how)
    product = offer(seller_user, shop)
    with pytest.raises(NotAllowed):
        products.approve_product(actor=curator, product=product, now=NOW)
    assert Product.objects.get(pk=product.pk).state == ProductState.SUBMITTED


def test_goods_under_review_are_not_changed(seller_user: Any, shop: Any) -> None:
    product = offer(seller_user, shop)
    with pytest.raises(InvalidMove):
        products.save_product(actor=seller_user, product=product, values={"price": 1}, now=NOW)
    with pytest.raises(InvalidMove):
        photos.add_photo(actor=seller_user, product=product, file=photo(2), alt="", now=NOW)
    assert Product.objects.get(pk=product.pk).price == 27_500
    assert product.photos.count() == 1


def test_hidden_goods_are_not_found_until_shown_again(seller_user: Any, shop: Any, stranger: Any) -> None:
    product = on_show(seller_user, shop)
    products.hide_product(actor=seller_user, product=product, now=NOW)
    assert not Product.objects.for_sale().exists()
    with pytest.raises(NotAllowed):
        products.show_product(actor=stranger, product=product, now=NOW)
    assert not Product.objects.for_sale().exists()
    products.show_product(actor=seller_user, product=product, now=NOW)
    assert Product.objects.for_sale().exists()


def test_goods_taken_down_leave_no_proposal_behind(seller_user: Any, shop: Any, curator: Any) -> None:
    product = on_show(seller_user, shop)
    products.save_product(actor=seller_user, product=product, values={"price": 99_000}, now=NOW)
    products.take_down_product(actor=curator, product=product, note="Bukan buatan sendiri", now=NOW)
    assert Product.objects.get(pk=product.pk).state == ProductState.REJECTED
    assert ChangeProposal.objects.get().state == ProposalState.WITHDRAWN
