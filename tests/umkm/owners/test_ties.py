"""What a shop's owner reads of the other shops that share their monthly cap."""

from typing import Any

import pytest
from django.urls import reverse

from tests.factories import umkm as make
from tests.factories.users import signed_in
from umkm.owners import pages

pytestmark = pytest.mark.django_db


def test_shops_of_one_owner_are_told_by_name_and_fact_and_by_no_number(citizen: Any) -> None:
    shop = make.make_seller(citizen)
    both = make.make_seller(owner=shop.owner, nik=shop.nik, bank_account=shop.bank_account, name="Warung Dua")
    bank = make.make_seller(owner=shop.owner, bank_account=shop.bank_account, name="Warung Rekening")
    former = make.make_seller(owner=shop.owner, name="Warung Dahulu")
    make.make_seller(nik=shop.nik, name="Warung Lain Pemilik")  # not counted with it (yet)
    found = {tie.shop: (len(tie.facts), bool(tie.since)) for tie in pages.ties_of(shop)}
    assert found == {both.name: (2, True), bank.name: (1, True), former.name: (1, False)}
    page = signed_in(citizen).get(reverse("umkm:application", args=[shop.pk])).text
    assert "Warung Dua" in page and "NIK pemilik yang sama" in page
    assert not [number for number in (shop.nik, shop.bank_account, both.phone) if number in page]


def test_a_helper_reads_nothing_of_the_owners_other_shops(citizen: Any) -> None:
    shop, helper = make.make_seller(citizen), make.make_user()
    make.make_seller(owner=shop.owner, nik=shop.nik, name="Warung Dua")
    make.make_member(shop, helper, role="staff")
    assert "Warung Dua" not in signed_in(helper).get(reverse("umkm:application", args=[shop.pk])).text


def test_a_shop_alone_has_no_ties() -> None:
    assert pages.ties_of(make.make_seller()) == []
    assert pages.ties_of(make.make_seller(state="draft")) == []
