"""A shop that is open brings a tax number, or another one, and a stall its business number, as any part of identity."""

from datetime import datetime
from typing import Any

import pytest

from epeken.core.errors import NotAllowed, RuleBroken
from orders.billing.tax_papers import taxed_shop
from tests.factories import identity as changes
from tests.factories import umkm as make
from tests.html_forms import form_of
from tests.umkm.identity.test_pages import LIST, proven
from tests.umkm.pictures import photo
from umkm.identity import policies, services
from umkm.identity.models import IdentityChange
from umkm.identity.states import ChangeState, IdentityKind
from umkm.requirements.models import Requirement
from umkm.sellers.models import Seller
from umkm.validity.rules import HAS_END
from umkm.verification.states import SellerDocumentKind

pytestmark = pytest.mark.django_db
NPWP = {"npwp": "09.254.294.3-407.000"}


def has_npwp(shop: Seller, now: datetime) -> bool:
    return taxed_shop(Seller.objects.get(pk=shop.pk), now.date()).has_npwp


def test_a_tax_number_counts_once_a_verifier_saw_it(shop: Any, verifier: Any, now: datetime) -> None:
    """Until then tax is withheld as of a shop without one."""
    change = changes.waiting(shop, now, "npwp", values=NPWP)
    assert change.documents.get().kind == SellerDocumentKind.NPWP and not has_npwp(shop, now)
    with pytest.raises(RuleBroken):
        services.approve_change(actor=verifier, change=change, now=now)
    services.approve_change(actor=verifier, change=changes.noted(change, verifier, now), now=now)
    assert Seller.objects.get(pk=shop.pk).npwp == "092542943407000" and has_npwp(shop, now)
    with pytest.raises(RuleBroken, match="sama"):  # the same number, or none in its place
        changes.proposed(shop, now, "npwp", values=NPWP)
    with pytest.raises(RuleBroken, match="sama"):
        changes.proposed(shop, now, "npwp", values={"npwp": ""})
    wrong = changes.waiting(shop, now, "npwp", values={"npwp": make.make_nik(4321)})
    assert wrong.checks.filter(finding="npwp_other_than_nik").exists()  # a person's number of 16 digits is their NIK
    services.send_back_change(
        actor=verifier, change=changes.looked_at(wrong, verifier, now), note="Nomornya bukan NPWP Anda", now=now
    )
    assert Seller.objects.get(pk=shop.pk).npwp == "092542943407000"


def test_a_denied_number_is_taken_back(shop: Any, verifier: Any, now: datetime) -> None:
    change = changes.approved(shop, verifier, now, "npwp", values=NPWP)
    assert change.state == ChangeState.APPLIED
    services.cancel_change(
        actor=verifier, change=services.deny_change(change=change, now=now), note="Bukan pemiliknya", now=now
    )
    assert not has_npwp(shop, now)


def test_only_the_owner_and_with_a_paper(shop: Any, colleague: Any, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        changes.proposed(shop, now, "npwp", values=NPWP, actor=colleague)
    for over in ({"file": None}, {"values": {"npwp": ""}}, {"values": {"npwp": "12"}}):
        with pytest.raises(RuleBroken):
            changes.proposed(shop, now, "npwp", **{"values": NPWP, **over})
    assert not IdentityChange.objects.exists()


def test_the_owner_proposes_it_on_the_page_and_reads_it_masked(seller_user: Any, shop: Any) -> None:
    page = f"{LIST}{shop.pk}/npwp/"
    client = proven(seller_user, page)
    empty = {**form_of(client, page), "reason": "Baru terdaftar", "file": photo(31)}
    assert client.post(page, {**empty, "npwp": ""}).status_code == 422
    client.post(page, {**form_of(client, page), **NPWP, "reason": "Baru terdaftar", "file": photo(31)})
    told = client.get(LIST).text
    assert "092542943407000" not in told and "7000" in told


def test_a_stall_brings_its_business_number_later(verifier: Any, now: datetime) -> None:
    stall = make.make_seller(kind="swk")
    assert IdentityKind.NIB in policies.kinds_of(stall, now.date())
    assert not Requirement.objects.get(seller_kind="swk", subject="nib_letter").required
    ends = None if not HAS_END[SellerDocumentKind.NIB].on(now.date()) else now.date().replace(year=now.year + 3)
    changes.approved(stall, verifier, now, "nib", values={}, number="9120000000001", expires_on=ends)
    assert Seller.objects.get(pk=stall.pk).nib == "9120000000001"
