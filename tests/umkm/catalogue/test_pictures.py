"""Pictures of goods: new ones wait, one always stays."""

from datetime import UTC, datetime
from typing import Any

import pytest

from epeken.core.errors import NotAllowed, RuleBroken
from tests.umkm.goods import offer, on_show
from tests.umkm.pictures import photo
from umkm.catalogue.models import ChangeProposal, Product
from umkm.catalogue.services import photos, proposals

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def test_a_new_picture_of_goods_on_show_waits(seller_user: Any, shop: Any, curator: Any) -> None:
    product = on_show(seller_user, shop)
    first = Product.objects.get(pk=product.pk).picture
    added = photos.add_photo(actor=seller_user, product=product, file=photo(2), alt="sambal", now=NOW)
    assert added.is_waiting
    photos.move_photo(actor=seller_user, photo=added, now=NOW)
    assert Product.objects.get(pk=product.pk).picture == first
    proposals.apply_proposal(actor=curator, proposal=ChangeProposal.objects.get(), now=NOW)
    assert not product.photos.filter(is_waiting=True).exists()
    assert Product.objects.get(pk=product.pk).picture == added.small


def test_a_rejected_picture_goes(seller_user: Any, shop: Any, curator: Any) -> None:
    product = on_show(seller_user, shop)
    photos.add_photo(actor=seller_user, product=product, file=photo(2), alt="", now=NOW)
    proposals.reject_proposal(actor=curator, proposal=ChangeProposal.objects.get(), note="Bukan barangnya", now=NOW)
    assert product.photos.count() == 1


def test_pictures_are_ordered_described_and_removed(seller_user: Any, shop: Any) -> None:
    product = offer(seller_user, shop, send=False)
    second = photos.add_photo(actor=seller_user, product=product, file=photo(2), alt="kotak", now=NOW)
    photos.move_photo(actor=seller_user, photo=second, now=NOW)
    assert Product.objects.get(pk=product.pk).picture == second.small
    photos.describe_photo(actor=seller_user, photo=second, alt="kotak terbuka", now=NOW)
    assert product.photos.first() == second and product.photos.first().alt == "kotak terbuka"  # type: ignore[union-attr]
    photos.remove_photo(actor=seller_user, photo=second, now=NOW)
    assert Product.objects.get(pk=product.pk).picture == product.photos.get().small


def test_goods_on_show_keep_a_picture(seller_user: Any, shop: Any) -> None:
    product = on_show(seller_user, shop)
    with pytest.raises(RuleBroken) as refused:
        photos.remove_photo(actor=seller_user, photo=product.photos.get(), now=NOW)
    assert refused.value.code == "last_photo"
    assert product.photos.count() == 1


def test_the_same_picture_is_not_kept_twice(seller_user: Any, shop: Any) -> None:
    product = offer(seller_user, shop, send=False)
    with pytest.raises(RuleBroken) as refused:
        photos.add_photo(actor=seller_user, product=product, file=photo(1), alt="", now=NOW)
    assert refused.value.code == "photo_twice"
    assert product.photos.count() == 1


def test_strangers_do_not_touch_pictures(seller_user: Any, shop: Any, stranger: Any) -> None:
    product = offer(seller_user, shop, send=False)
    with pytest.raises(NotAllowed):
        photos.remove_photo(actor=stranger, photo=product.photos.get(), now=NOW)
    assert product.photos.count() == 1
