"""What became so since the checks ran: other shops, sanctions, and an owner who says that it was not them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.notifications.models import Notification
from tests.factories import umkm as make
from tests.factories.sanctions import freeze, give, lift
from tests.factories.umkm import PASSWORD
from tests.factories.users import signed_in
from tests.umkm.drafts import looked_at, ready, waiting
from umkm.sellers import services as sellers
from umkm.sellers.models import Seller, SellerMember
from umkm.verification import nik_denials
from umkm.verification import services as verification
from umkm.verification.models import CaseCheck, VerificationCase

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def refused(actor: Any, case: VerificationCase, now: datetime) -> None:
    """By itself, and as the page presses it: what is new is written, and stays."""
    with pytest.raises(RuleBroken):
        verification.approve_case(actor=actor, case=case, now=now)
    verification.check_again(actor=actor, case=case, now=now)
    with pytest.raises(RuleBroken) as told:
        verification.approve_case(actor=actor, case=case, now=now)
    assert told.value.code == "findings_open"


def noted(actor: Any, case: VerificationCase, now: datetime) -> list[tuple[str, list[str]]]:
    """Takes note of what is open; returns it."""
    found = list(case.checks.unacknowledged())
    for check in found:
        verification.acknowledge_finding(actor=actor, check=check, now=now)
    return [(check.finding, check.parameters["shops"]) for check in found]


def test_an_owner_frozen_after_sending_is_not_approved_unseen(citizen: Any, verifier: Any, now: datetime) -> None:
    first = make.make_seller()
    case = looked_at(waiting(citizen, now, nik=first.nik), verifier, now)
    assert noted(verifier, case, now) == [("nik_shared", [str(first)])]
    freeze(first, now + HOUR)
    for _press in range(2):
        refused(verifier, case, now + HOUR)
    # Written although the approval was refused, once.
    assert noted(verifier, case, now + HOUR) == [("owner_sanctioned", [str(first)])]
    assert verification.approve_case(actor=verifier, case=case, now=now + 2 * HOUR).state == "active"


def test_a_graver_sanction_of_the_same_shop_is_seen_again(citizen: Any, verifier: Any, now: datetime) -> None:
    first = make.make_seller()
    give(first, now)
    case = looked_at(waiting(citizen, now, nik=first.nik), verifier, now)
    assert sorted(noted(verifier, case, now)) == [("nik_shared", [str(first)]), ("owner_sanctioned", [str(first)])]
    freeze(first, now + HOUR)
    refused(verifier, case, now + HOUR)
    assert CaseCheck.objects.filter(case=case, finding="owner_sanctioned").count() == 1
    assert noted(verifier, case, now + 2 * HOUR) == [("owner_sanctioned", [str(first)])]
    assert verification.approve_case(actor=verifier, case=case, now=now + 2 * HOUR).state == "active"


def test_what_is_no_more_so_or_was_seen_asks_nothing(citizen: Any, verifier: Any, now: datetime) -> None:
    first, second = make.make_seller(), make.make_seller()
    Seller.objects.filter(pk=second.pk).update(nik=first.nik, nik_index=first.nik_index)
    freeze(first, now)
    case = looked_at(waiting(citizen, now, nik=first.nik), verifier, now)
    noted(verifier, case, now)
    lift(first, now + HOUR)
    Seller.objects.filter(pk=second.pk).update(nik_index="")
    assert verification.approve_case(actor=verifier, case=case, now=now + HOUR).state == "active"


@pytest.mark.parametrize("shared", ["nik", "bank_account", "phone", "name"])
def test_a_shop_that_came_meanwhile_is_named(citizen: Any, verifier: Any, now: datetime, shared: str) -> None:
    case = looked_at(waiting(citizen, now), verifier, now)
    other = make.make_seller(**{shared: getattr(case.seller, shared)})
    refused(verifier, case, now)
    finding = {"bank_account": "bank_shared"}.get(shared, f"{shared}_shared")
    assert noted(verifier, case, now) == [(finding, [str(other)])]
    # Of two shops with one name the second is another one.
    make.make_seller(**{shared: getattr(case.seller, shared), "name": other.name})
    refused(verifier, case, now)


def test_who_may_not_judge_writes_nothing(citizen: Any, verifier: Any, stranger: Any, now: datetime) -> None:
    case = waiting(citizen, now)
    make.make_seller(nik=case.seller.nik)
    before = CaseCheck.objects.count()
    for actor in (citizen, stranger):
        with pytest.raises(NotAllowed):
            verification.approve_case(actor=actor, case=case, now=now)
    assert CaseCheck.objects.count() == before


# --- Somebody else's NIK ----------------------------------------------------------------------------------------------
def test_the_owner_of_a_nik_hears_and_says_that_it_was_not_them(
    citizen: Any, verifier: Any, stranger: Any, now: datetime
) -> None:
    owner, helper = make.make_user(), make.make_user()
    shop = make.make_seller(owner)
    make.make_member(shop, helper, role="staff")
    make.make_member(shop, make.make_user(), until=now)  # an owner of before
    case = waiting(citizen, now, nik=shop.nik)
    told = Notification.objects.get(kind="identity.nik_used")
    assert (told.person, told.parameters) == (owner, {"shop": str(shop)})
    client = signed_in(owner)
    page = client.get(told.url).text
    assert "Ya, bukan saya yang mendaftar" in page.split("<details>")[1]  # asked once more before it is sent
    assert "Bukan saya" in page and str(case.seller) not in page
    for other in (helper, citizen, stranger, verifier):
        assert signed_in(other).post(told.url).status_code == 404
    for _press in range(2):
        assert "tercatat" in client.post(told.url).text
    denied = case.checks.get(finding="nik_denied")
    assert (denied.result, denied.parameters["shop"]) == ("fail", str(shop))
    assert Notification.objects.get(kind="case.nik_denied").person == verifier
    for check in case.checks.unacknowledged().exclude(pk=denied.pk):
        verification.acknowledge_finding(actor=verifier, check=check, now=now)
    refused(verifier, looked_at(case, verifier, now), now)
    desk = signed_in(verifier).get(reverse("admin:umkm_verificationcase_change", args=[case.pk])).text
    assert "menyatakan bukan ia yang mendaftar" in desk
    verification.reject_case(actor=verifier, case=case, reason="duplicate", note="Disangkal pemilik NIK-nya", now=now)
    page = client.get(told.url).text
    assert "data-once" not in page
    with pytest.raises(InvalidMove):
        nik_denials.deny_nik(actor=owner, case=case, now=now)


def test_a_shop_denies_once_whatever_it_is_called_by_then(citizen: Any, verifier: Any, now: datetime) -> None:
    owner = make.make_user()
    shop = make.make_seller(owner)
    case = waiting(citizen, now, nik=shop.nik)
    first = nik_denials.deny_nik(actor=owner, case=case, now=now)
    before = str(shop)
    Seller.objects.filter(pk=shop.pk).update(name="Nama yang lain")
    shop.refresh_from_db()
    assert nik_denials.deny_nik(actor=owner, case=case, now=now) == first
    assert nik_denials.is_denied(case, shop) and case.checks.filter(finding="nik_denied").count() == 1
    namesake = make.make_seller(name=before)
    assert not nik_denials.is_denied(case, namesake)
    # Denials of before the shop's number was kept say its name alone.
    CaseCheck.objects.filter(pk=first.pk).update(parameters={"shop": "Nama yang lain"})
    assert nik_denials.is_denied(case, shop)
    page = signed_in(verifier).get(reverse("admin:umkm_verificationcase_change", args=[case.pk])).text
    assert "menyatakan bukan ia yang mendaftar" in page


def denying(citizen: Any, now: datetime) -> tuple[Any, Seller, VerificationCase]:
    """An owner whose NIK stands in a registration of another, which they denied."""
    owner = make.make_user()
    shop = make.make_seller(owner)
    case = waiting(citizen, now, nik=shop.nik)
    nik_denials.deny_nik(actor=owner, case=case, now=now)
    return owner, shop, case


def test_who_denied_takes_it_back_and_the_verifier_reads_both(citizen: Any, verifier: Any, now: datetime) -> None:
    owner, shop, case = denying(citizen, now)
    second = make.make_user()
    make.make_member(shop, second)
    for check in case.checks.unacknowledged():
        verification.acknowledge_finding(actor=verifier, check=check, now=now)
    page, back = reverse("umkm:nik-deny", args=[case.pk]), reverse("umkm:nik-denial-back", args=[case.pk])
    client = signed_in(owner)
    assert back in client.get(page).text
    assert client.post(back).url == back  # nobody has proven who they are
    assert case.checks.filter(finding="nik_denied").exists()
    assert client.get(back).url.startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert "Ya, saya yang mendaftar" in client.get(back).text
    assert client.post(back).url == page
    shown = client.get(page).text
    assert "Ya, bukan saya yang mendaftar" in shown and back not in shown  # it may be denied again
    (found,) = case.checks.filter(code="duplicate_nik", finding__startswith="nik_den")
    assert (found.finding, found.result, found.acknowledged_by) == ("nik_denial_taken_back", "warn", None)
    refused(verifier, looked_at(case, verifier, now), now)
    desk = signed_in(verifier).get(reverse("admin:umkm_verificationcase_change", args=[case.pk])).text
    assert "menarik sangkalannya" in desk and "menyatakan bukan ia yang mendaftar" not in desk
    told = Notification.objects.filter(kind="identity.nik_denial_taken_back")
    assert {one.person for one in told} == {owner, second} and told[0].url == page
    assert Notification.objects.get(kind="case.nik_denial_taken_back").person == verifier
    steps = case.events.filter(action__contains="den").values_list("action", "actor")
    assert list(steps) == [("deny_nik", owner.pk), ("take_denial_back", owner.pk)]
    verification.acknowledge_finding(actor=verifier, check=found, now=now)
    assert verification.approve_case(actor=verifier, case=case, now=now).state == "active"


def test_nobody_else_takes_a_denial_back(citizen: Any, verifier: Any, now: datetime) -> None:
    owner, shop, case = denying(citizen, now)
    second, helper, past = make.make_user(), make.make_user(), make.make_user()
    make.make_member(shop, second)
    make.make_member(shop, helper, role="staff")
    make.make_member(shop, past, until=now)
    for other in (second, helper, past, citizen, verifier):
        with pytest.raises(NotAllowed):
            nik_denials.take_denial_back(actor=other, case=case, now=now)
    assert nik_denials.is_denied(case, shop)
    assert (
        reverse("umkm:nik-denial-back", args=[case.pk])
        not in signed_in(second).get(reverse("umkm:nik-deny", args=[case.pk])).text
    )
    SellerMember.objects.filter(seller=shop, user=owner).update(until=now)  # no owner any more
    with pytest.raises(NotAllowed):
        nik_denials.take_denial_back(actor=owner, case=case, now=now)


def test_a_denial_is_taken_back_once_and_only_until_the_decision(citizen: Any, verifier: Any, now: datetime) -> None:
    owner, shop, case = denying(citizen, now)
    nik_denials.take_denial_back(actor=owner, case=case, now=now)
    with pytest.raises(NotAllowed):  # nothing is denied
        nik_denials.take_denial_back(actor=owner, case=case, now=now)
    nik_denials.deny_nik(actor=owner, case=case, now=now + HOUR)
    assert nik_denials.is_denied(case, shop) and not nik_denials.may_take_back(owner, case, shop)
    assert Notification.objects.filter(kind="case.nik_denied").count() == 2
    with pytest.raises(InvalidMove, match="Sangkalan kedua"):
        nik_denials.take_denial_back(actor=owner, case=case, now=now + HOUR)
    other = denying(make.make_user(), now + HOUR)
    verification.reject_case(
        actor=verifier, case=other[2], reason="duplicate", note="Disangkal pemilik NIK-nya", now=now + HOUR
    )
    with pytest.raises(InvalidMove, match="sudah diputus"):
        nik_denials.take_denial_back(actor=other[0], case=other[2], now=now + HOUR)
    assert nik_denials.is_denied(other[2], other[1])


def test_who_registers_a_second_shop_of_their_own_hears_nothing(citizen: Any, now: datetime) -> None:
    shop = make.make_seller(citizen)
    other = make.make_user()
    make.make_member(shop, other)
    waiting(citizen, now, nik=shop.nik)
    assert Notification.objects.get(kind="identity.nik_used").person == other
    # A draft is nobody's business yet, and of one sent it is told when the checks run.
    sellers.submit_seller(actor=citizen, seller=ready(citizen, now, number=2, nik=shop.nik), now=now)
    assert Notification.objects.filter(kind="identity.nik_used").count() == 1


def test_an_owner_of_a_shop_with_the_nik_that_came_meanwhile_hears(citizen: Any, verifier: Any, now: datetime) -> None:
    case = waiting(citizen, now)
    make.make_seller(nik=case.seller.nik)
    verification.check_again(actor=verifier, case=case, now=now)
    assert Notification.objects.filter(kind="identity.nik_used").count() == 1
