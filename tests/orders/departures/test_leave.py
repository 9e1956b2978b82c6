"""A shop leaves by its own wish when nothing runs, comes back within its days, and washes off no warning."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.notifications.models import Notification
from orders.departures import services
from orders.orders.services import agreement
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.identity import owner_of
from tests.factories.orders import DAY, MONDAY
from tests.factories.sanctions import freeze, give
from tests.factories.states import put
from tests.factories.users import signed_in
from tests.umkm.drafts import looked_at, put_papers, ready
from umkm.catalogue.models import Product
from umkm.members import services as members
from umkm.sanctions.states import SanctionState
from umkm.sellers import services as sellers
from umkm.sellers.models import Seller
from umkm.sellers.policies import can_act_for, is_tied
from umkm.sellers.states import SellerState
from umkm.verification import services as verification

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def left(shop: Seller) -> Seller:
    return services.leave_market(actor=owner_of(shop), seller=shop, now=MONDAY)


def test_what_runs_is_finished_first_and_the_page_says_which() -> None:
    product = goods.make_product()
    shop = product.seller
    order = make.place(goods.make_user(), (product, 1))[0]
    client = signed_in(owner_of(shop))
    page = client.get(f"/penjual/toko/{shop.pk}/keluar/").text
    assert order.number in page and "Keluar dari pasar sekarang" not in page
    with pytest.raises(RuleBroken, match="berjalan"):
        left(shop)
    agreement.close_order(
        actor=owner_of(shop), order=order, reason="seller_declined", note="Bahan habis hari ini", now=MONDAY
    )
    assert client.post(f"/penjual/toko/{shop.pk}/keluar/").status_code == 302
    shop.refresh_from_db()
    assert shop.state == SellerState.LEFT
    assert not Product.objects.for_sale().filter(pk=product.pk).exists()
    assert Client().get(f"/toko/{shop.slug}/").status_code == 404
    assert client.post(f"/penjual/toko/{shop.pk}/keluar/").status_code == 409
    with pytest.raises(RuleBroken):
        make.place(goods.make_user(), (product, 1))


def test_only_the_owner_leaves_and_no_frozen_shop(shop: Seller, colleague: Any, stranger: Any, warden: Any) -> None:
    for person in (colleague, stranger, warden):
        with pytest.raises(NotAllowed):
            services.leave_market(actor=person, seller=shop, now=MONDAY)
    freeze(shop, MONDAY, actor=warden)
    with pytest.raises(InvalidMove, match="dibekukan"):
        left(shop)


def test_who_left_comes_back_after_a_new_examination_with_consent_and_every_warning(
    shop: Seller, seller_user: Any, verifier: Any, warden: Any
) -> None:
    warning, slug = give(shop, MONDAY, actor=warden), shop.slug
    left(shop)
    with pytest.raises(RuleBroken, match="Setujui"):
        sellers.return_seller(actor=seller_user, seller=shop, consented=False, now=MONDAY)
    client = signed_in(seller_user)
    address = f"/penjual/pendaftaran/{shop.pk}/kembali/"
    assert "Kembali berjualan" in client.get(f"/daftar-berjualan/{shop.pk}/").text
    assert "Permintaan kembali dikirim" in client.post(address, {"consented": "on"}, follow=True).text
    shop.refresh_from_db()
    assert (shop.state, shop.left_at) == (SellerState.SUBMITTED, None)
    put_papers(shop, seller_user, MONDAY)
    case = shop.cases.latest("pk")
    later = case.opened_at + DAY
    case = verification.check_case(case=case, now=later)
    assert case.checks.exists()
    for check in case.checks.unacknowledged():
        verification.acknowledge_finding(actor=verifier, check=check, now=later)
    verification.approve_case(actor=verifier, case=looked_at(case, verifier, later), now=later)
    shop.refresh_from_db()
    warning.refresh_from_db()
    assert (shop.state, shop.slug, warning.state) == (SellerState.ACTIVE, slug, SanctionState.IN_FORCE)


def test_after_the_days_one_registers_anew(shop: Seller, seller_user: Any) -> None:
    last = sellers.last_return(left(shop).left_at)
    with pytest.raises(RuleBroken, match="toko baru"):
        sellers.return_seller(actor=seller_user, seller=shop, consented=True, now=last)
    sellers.return_seller(actor=seller_user, seller=shop, consented=True, now=last - SECOND)


def test_a_new_shop_of_the_same_owner_shows_the_warnings_of_the_one_that_left(
    shop: Seller, seller_user: Any, warden: Any
) -> None:
    give(shop, MONDAY, actor=warden)
    left(shop)
    anew = ready(seller_user, MONDAY, number=5)
    Seller.objects.filter(pk=anew.pk).update(nik=shop.nik, nik_index=shop.nik_index)
    case = sellers.submit_seller(actor=seller_user, seller=anew, now=MONDAY)
    verification.check_case(case=case, now=MONDAY)
    assert case.checks.filter(finding="owner_sanctioned", parameters__shops=[str(shop)]).exists()


def test_nobody_helps_in_a_shop_that_left_nor_when_it_is_back(shop: Seller, seller_user: Any, colleague: Any) -> None:
    invited = goods.make_user()
    invitation = members.invite_helper(actor=seller_user, seller=shop, address=invited.email, now=MONDAY)
    assert can_act_for(colleague, shop)
    left(shop)
    assert can_act_for(seller_user, shop) and not can_act_for(colleague, shop) and is_tied(colleague, shop)
    assert Notification.objects.filter(person=colleague, kind="seller.helper_left").count() == 1
    sellers.return_seller(actor=seller_user, seller=shop, consented=True, now=MONDAY)
    put(shop, SellerState.ACTIVE)
    assert not can_act_for(colleague, shop)
    with pytest.raises(InvalidMove):
        members.accept_invitation(actor=invited, invitation=invitation, now=MONDAY)
