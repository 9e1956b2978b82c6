"""Appointments are dated; a membership begins and ends on its day."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from epeken.core import clock
from epeken.core.errors import NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from procurement.agencies import policies
from procurement.agencies import services as agencies
from procurement.agencies.models import AgencyMember
from procurement.agencies.states import OfficerRole
from procurement.requests.services import decisions
from procurement.requests.services.signing import sign_request
from procurement.signatures.models import ApprovalRule
from tests.factories import umkm as make
from tests.factories.procurement import MONDAY, Office, make_request
from tests.orders.books import refused
from umkm.sellers import policies as shops
from umkm.sellers import services as sellers
from umkm.sellers.models import SellerMember

pytestmark = pytest.mark.django_db
TODAY = clock.local_date(MONDAY)
NUMBER = "+6281234567890"


def appoint(actor: Any, office: Office, user: Any, **over: Any) -> AgencyMember:
    values = {"role": OfficerRole.PP, "decree": "SK-9", "valid_from": TODAY, "now": MONDAY, **over}
    return agencies.appoint_officer(actor=actor, agency=office.agency, user=user, **values)


def test_an_appointed_officer_holds_the_role_from_that_day(office: Office, admin_user: Any) -> None:
    user = make.make_user()
    appoint(admin_user, office, user, valid_from=TODAY, valid_until=TODAY + timedelta(days=3))
    held = [policies.has_role(user, office.agency, OfficerRole.PP, TODAY + timedelta(days=n)) for n in (-1, 0, 3, 4)]
    assert held == [False, True, True, False]
    assert policies.memberships(user, office.agency.pk, TODAY) == {"pp"}


def test_ending_keeps_the_days_that_were(office: Office, admin_user: Any) -> None:
    membership = appoint(admin_user, office, make.make_user(), valid_from=TODAY - timedelta(days=30))
    agencies.end_appointment(actor=admin_user, appointment=membership, last_day=TODAY, now=MONDAY)
    assert AgencyMember.objects.on(TODAY).filter(pk=membership.pk).exists()
    assert not AgencyMember.objects.on(TODAY + timedelta(days=1)).filter(pk=membership.pk).exists()


@pytest.mark.parametrize("who", ["requester", "pp", "head"])
def test_officers_cannot_appoint(office: Office, who: str) -> None:
    with pytest.raises(NotAllowed):
        appoint(getattr(office, who), office, make.make_user())
    assert not AgencyMember.objects.filter(decree="SK-9").exists()


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"role": "raja"}, "unknown_role"),
        ({"valid_until": TODAY - timedelta(days=1)}, "dates"),
    ],
)
def test_refused_appointments(office: Office, admin_user: Any, over: dict[str, Any], code: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        appoint(admin_user, office, make.make_user(), **over)
    assert caught.value.code == code
    assert not AgencyMember.objects.filter(decree="SK-9").exists()


def test_one_person_holds_a_role_once_at_a_time(office: Office, admin_user: Any) -> None:
    with pytest.raises(RuleBroken) as caught:
        appoint(admin_user, office, office.pp)
    assert caught.value.code == "appointed_already"
    assert AgencyMember.objects.filter(user=office.pp).count() == 1


def test_two_roles_of_one_person_are_fine(office: Office, admin_user: Any) -> None:
    appoint(admin_user, office, office.ppk, role=OfficerRole.RECEIVER)
    assert policies.memberships(office.ppk, office.agency.pk, TODAY) == {"ppk", "receiver"}


def test_an_inactive_account_and_one_without_an_address_are_not_appointed(office: Office, admin_user: Any) -> None:
    refused = {"inactive_user": make.make_user(is_active=False), "officer_without_email": make.make_phone_user(NUMBER)}
    for code, user in refused.items():
        with pytest.raises(RuleBroken) as caught:
            appoint(admin_user, office, user)
        assert caught.value.code == code


@pytest.mark.parametrize(("last", "code"), [(date(2025, 12, 31), "dates"), (TODAY - timedelta(days=2), "past")])
def test_an_appointment_does_not_end_in_the_past(office: Office, admin_user: Any, last: date, code: str) -> None:
    membership = AgencyMember.objects.get(user=office.pp)
    with pytest.raises(RuleBroken) as caught:
        agencies.end_appointment(actor=admin_user, appointment=membership, last_day=last, now=MONDAY)
    assert caught.value.code == code
    membership.refresh_from_db()
    assert membership.valid_until is None


@pytest.mark.parametrize(
    ("role", "state", "made"),
    [
        ("pp", "submitted", False),
        ("receiver", "approved", False),
        ("treasurer", "submitted", False),
        ("head", "submitted", True),
        ("pp", "draft", True),
        ("pp", "rejected", True),
    ],
)
def test_nobody_comes_into_a_purchase_from_a_shop_of_their_own(
    office: Office, admin_user: Any, role: str, state: str, made: bool
) -> None:
    user, product = make.make_user(), make.make_product(price=100_000)
    request = make_request(office, [(product, 10)], state=state)
    make.tie(user, product.seller, "household")
    if made:
        assert appoint(admin_user, office, user, role=role)
        return
    with pytest.raises(RuleBroken) as caught:
        appoint(admin_user, office, user, role=role)
    assert caught.value.code == "own_shop" and request.number in caught.value.message
    assert appoint(admin_user, Office(), user, role=role), "another department"


@pytest.mark.parametrize("state", ["waits", "signed", "sent_back", "asked of another"])
def test_no_head_comes_to_sign_for_a_shop_of_their_own(office: Office, admin_user: Any, state: str) -> None:
    """A head reads every request; only one that waits for a head's signature stands in the way."""
    user, product = make.make_user(), make.make_product(price=100_000)
    asked = "ppk" if state == "asked of another" else "head"
    ApprovalRule.objects.create(office=asked, above=0, valid_from=TODAY, source="Uji")
    request = make_request(office, [(product, 10)])
    send = {"request": request, "key": new_key(), "now": MONDAY}
    request = decisions.submit_request(actor=office.requester, **send)
    make.tie(user, product.seller, "household")
    if state == "signed":
        sign_request(actor=office.head, request=request, note="", key=new_key(), now=MONDAY)
    if state == "sent_back":
        decisions.send_back_request(actor=office.head, request=request, note="Ubah", now=MONDAY)
    if state == "waits":
        problem = refused(RuleBroken, lambda: appoint(admin_user, office, user, role="head"), "own_shop")
        assert request.number in problem.message
    else:
        assert appoint(admin_user, office, user, role="head")


def test_who_lives_with_the_owner_is_tied_and_never_acts(admin_user: Any) -> None:
    user, seller = make.make_user(), make.make_seller()
    for _time in range(2):
        sellers.record_household(actor=admin_user, seller=seller, user=user, now=MONDAY)
    assert shops.is_tied(user, seller) and not shops.can_act_for(user, seller)
    assert SellerMember.objects.filter(seller=seller, user=user).count() == 1
    with pytest.raises(NotAllowed):
        sellers.record_household(actor=user, seller=seller, user=make.make_user(), now=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        SellerMember.objects.filter(user=user).update(until=None)
