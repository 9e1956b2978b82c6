"""An open shop: what it changes by itself, and who reads its numbers."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from epeken.core.errors import NotAllowed, RuleBroken
from epeken.notifications.models import Notification
from tests.umkm.drafts import snapshot
from tests.umkm.pictures import photo
from umkm.sellers import services as sellers
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState
from umkm.verification.models import DocumentView

pytestmark = pytest.mark.django_db


def test_the_shops_own_page_changes_without_verification(shop: Seller, seller_user: Any, now: datetime) -> None:
    until = (now + timedelta(days=3)).date()
    sellers.save_profile(
        actor=seller_user, seller=shop, values={"closed_until": until, "delivery_fee": 5000, "open_days": "67"}, now=now
    )
    shop.refresh_from_db()
    assert (shop.closed_until, shop.delivery_fee, shop.open_days, shop.state) == (until, 5000, "67", SellerState.ACTIVE)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"closed_until": datetime(2020, 1, 1).date()}, "closed_until"),
        ({"open_days": ""}, "open_days"),
        ({"offers_pickup": False, "offers_delivery": False}, "offers_pickup"),
        ({"delivery_fee": -1}, "delivery_fee"),
        ({"about": "Pesan langsung: 0812-3456-7890"}, "about"),
        ({"about": "Juga ada r0kok linting"}, "about"),
    ],
)
def test_the_shops_own_page_refuses(
    shop: Seller, seller_user: Any, now: datetime, values: dict[str, Any], field: str
) -> None:
    before = snapshot(shop)
    with pytest.raises(RuleBroken) as refused:
        sellers.save_profile(actor=seller_user, seller=shop, values=values, now=now)
    assert refused.value.field == field
    assert snapshot(shop) == before


def test_bank_and_identity_are_not_on_the_shops_own_page(shop: Seller, seller_user: Any, now: datetime) -> None:
    for name in ("bank_account", "nik", "owner_name", "name", "kelurahan"):
        with pytest.raises(LookupError):
            sellers.save_profile(actor=seller_user, seller=shop, values={name: "x"}, now=now)


def test_a_colleague_may_and_a_stranger_may_not(shop: Seller, colleague: Any, stranger: Any, now: datetime) -> None:
    sellers.save_profile(actor=colleague, seller=shop, values={"about": "Dari rekan."}, now=now)
    before = snapshot(shop)
    with pytest.raises(NotAllowed):
        sellers.save_profile(actor=stranger, seller=shop, values={"about": "Direbut"}, now=now)
    with pytest.raises(NotAllowed):
        sellers.set_shop_picture(actor=stranger, seller=shop, file=photo(1), now=now)
    assert snapshot(shop) == before


def test_a_word_the_verifier_let_pass_keeps_nobody_from_changing_hours(
    shop: Seller, seller_user: Any, now: datetime
) -> None:
    Seller.objects.filter(pk=shop.pk).update(about="Bekas kios rokok")
    kept = {"about": "Bekas kios rokok, kini dapur", "open_days": "67"}
    sellers.save_profile(actor=seller_user, seller=shop, values=kept, now=now)
    with pytest.raises(RuleBroken) as refused:
        sellers.save_profile(actor=seller_user, seller=shop, values={"about": "Bekas kios rokok, ada pulsa"}, now=now)
    assert refused.value.code == "banned_word"


def test_curators_hear_of_a_new_picture_once_a_day(
    shop: Seller, seller_user: Any, curator: Any, verifier: Any, now: datetime
) -> None:
    for seed in (4, 5):
        sellers.set_shop_picture(actor=seller_user, seller=shop, file=photo(seed), now=now)
    told = Notification.objects.get(kind="case.shop_picture")
    assert (told.person, told.url) == (curator, reverse("umkm:shop-detail", args=[shop.slug]))


def test_a_picture_is_stored_in_public(shop: Seller, seller_user: Any, now: datetime) -> None:
    sellers.set_shop_picture(actor=seller_user, seller=shop, file=photo(4), now=now)
    shop.refresh_from_db()
    assert shop.picture.name.startswith("toko/")
    assert shop.picture.name.endswith(".webp")


# --- Looking ---


def test_an_officers_look_leaves_a_row_and_the_owners_none(
    shop: Seller, seller_user: Any, colleague: Any, verifier: Any, now: datetime
) -> None:
    assert sellers.show_secret(actor=verifier, seller=shop, field="nik", purpose="owner", now=now) == shop.nik
    assert DocumentView.objects.get().purpose == "owner"
    for unsaid in ("", "case"):
        with pytest.raises(RuleBroken) as refused:
            sellers.show_secret(actor=verifier, seller=shop, field="nik", purpose=unsaid, now=now)
        assert refused.value.code == "purpose_missing"
    assert not sellers.log_view(actor=seller_user, seller=shop, what="ktp", now=now)
    assert sellers.log_view(actor=colleague, seller=shop, what="ktp", now=now)
    assert [(v.viewer, v.what) for v in DocumentView.objects.order_by("pk")] == [(verifier, "nik"), (colleague, "ktp")]


def test_nobody_else_sees_a_whole_number(shop: Seller, stranger: Any, seller_user: Any, now: datetime) -> None:
    for actor in (stranger, seller_user):
        with pytest.raises(NotAllowed):
            sellers.show_secret(actor=actor, seller=shop, field="nik", purpose="owner", now=now)
    assert not DocumentView.objects.exists()
