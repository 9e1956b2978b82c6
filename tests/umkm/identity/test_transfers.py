"""A shop passes to another person: whose word it takes, what goes with it, what stays, and how it is undone."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.notifications.models import DemoMail, Notification, OutgoingMail, OutgoingText
from epeken.users.models import User
from tests.factories import identity as changes
from tests.factories import sanctions
from tests.factories import transfers as make_transfers
from tests.factories import umkm as make
from tests.factories.users import signed_in
from tests.html_forms import form_of
from tests.umkm.identity.test_pages import proven
from tests.umkm.pictures import photo
from umkm.identity import rules, services, transfers
from umkm.identity.models import IdentityChange
from umkm.identity.states import ChangeState
from umkm.owners import services as owners
from umkm.sellers.models import Seller
from umkm.verification import evidence
from umkm.verification.models import SellerDocument

pytestmark = pytest.mark.django_db
USED = 20_000_000


@pytest.fixture
def heir(db: None) -> Any:
    return make.make_user(name="Sekar Pandan", email="sekar@contoh.invalid")


def stored(shop: Seller) -> dict[str, Any]:
    return Seller.objects.filter(pk=shop.pk).values().get()


def room(shop: Seller, now: datetime) -> int:
    return owners.room_of(Seller.objects.get(pk=shop.pk), now.date()).left


def test_a_shop_passes_with_both_words_a_verifiers_decision_and_the_hours_of_the_rule(
    shop: Any, heir: Any, colleague: Any, verifier: Any, now: datetime
) -> None:
    before, giver = stored(shop), changes.owner_of(shop)
    change = make_transfers.approved(shop, heir, verifier, now)
    delay = timedelta(hours=rules.DELAY.on(now.date()))
    assert services.apply_due(now=now + delay - timedelta(seconds=1)) == 0 and stored(shop) == before
    assert services.apply_due(now=now + delay) == 1
    shop.refresh_from_db()
    change.refresh_from_db()
    assert (shop.owner_name, shop.nik, shop.npwp, shop.slug) == ("Sekar Pandan", make_transfers.NIK, "", before["slug"])
    assert (shop.owner_id != before["owner_id"], change.left_owner_id) == (True, before["owner_id"])
    assert [member.user for member in shop.members.filter(until__isnull=True)] == [heir]
    assert not shop.has_final_tax_certificate and not shop.has_low_turnover_statement
    told = Notification.objects.filter(kind="identity.applied").values_list("person", flat=True)
    assert set(told) == {heir.pk, giver.pk}


def test_only_whom_it_is_offered_to_takes_it_in_time_and_as_another_person(
    shop: Any, heir: Any, stranger: Any, colleague: Any, now: datetime
) -> None:
    for person in (colleague, stranger):
        with pytest.raises(NotAllowed):
            make_transfers.offered(shop, heir, now, actor=person)
    with pytest.raises(RuleBroken, match="sendiri"):
        make_transfers.offered(shop, changes.owner_of(shop), now)
    change = make_transfers.offered(shop, heir, now)
    with pytest.raises(RuleBroken, match="sudah ditawarkan"):
        make_transfers.offered(shop, stranger, now)
    given: dict[str, Any] = {
        "change": change,
        "values": make_transfers.data(),
        "files": make_transfers.papers(),
        "consented": True,
    }
    with pytest.raises(NotAllowed, match="tidak ditawarkan"):
        transfers.take_transfer(actor=stranger, now=now, **given)
    wrong: tuple[dict[str, Any], ...] = (
        {"values": make_transfers.data(nik=shop.nik)}, {"values": make_transfers.data(bank_account="")},
        {"consented": False}, {"files": {}},
    )  # fmt: skip
    for over in wrong:
        with pytest.raises(RuleBroken):
            transfers.take_transfer(actor=heir, now=now, **{**given, **over})
    with pytest.raises(InvalidMove, match="tidak berlaku lagi"):
        transfers.take_transfer(actor=heir, now=change.due_at, **given)
    assert transfers.lapse_due(now=change.due_at - timedelta(seconds=1)) == 0
    assert transfers.lapse_due(now=change.due_at) == 1
    again = make_transfers.offered(shop, heir, now)
    assert transfers.decline_transfer(actor=heir, change=again, now=now).state == ChangeState.WITHDRAWN
    assert stored(shop)["owner_since"] is None


def test_the_offer_says_the_same_whether_an_account_has_the_address(shop: Any, heir: Any, now: datetime) -> None:
    change = transfers.offer_transfer(
        actor=changes.owner_of(shop), seller=shop, address="Belum@contoh.invalid", reason="Pindah", key="k", now=now
    )
    page = reverse("umkm:transfer-page", args=[change.pk])
    assert page in OutgoingMail.objects.get(recipient="belum@contoh.invalid").text
    User.objects.filter(pk=heir.pk).update(is_active=False)  # nobody reads the inbox of a closed account
    make_transfers.offered(make.make_seller(), heir, now)
    assert OutgoingMail.objects.filter(recipient=heir.email).count() == 1
    later = make.make_user(email="belum@contoh.invalid")
    assert IdentityChange.objects.offered_to(later).get() == change


def test_a_shop_passes_to_who_has_a_number_alone(
    shop: Any, verifier: Any, stranger: Any, run_jobs: Any, now: datetime
) -> None:
    heir = make.make_phone_user("+6281277778888")
    other = make.make_phone_user("+6281277779999")  # without an address, like the heir
    called = make.make_user(phone=heir.phone)  # is called there, and signs in with an address
    change = make_transfers.offered(shop, heir, now, address="0812 7777 8888")
    page = reverse("umkm:transfer-page", args=[change.pk])
    run_jobs()
    # Of the notice, which nobody mutes, and no second one.
    assert page in DemoMail.objects.get(recipient=heir.phone).body
    assert not OutgoingText.objects.filter(phone=heir.phone).exists()
    assert list(IdentityChange.objects.offered_to(heir)) == [change]
    by_address = make_transfers.offered(make.make_seller(), stranger, now)
    for person in (other, called, stranger):
        assert change not in IdentityChange.objects.offered_to(person)
        assert signed_in(person).get(page).status_code == 404
    assert by_address not in IdentityChange.objects.offered_to(other)
    with pytest.raises(RuleBroken) as refused:
        make_transfers.offered(make.make_seller(heir), heir, now, address="081277778888")
    assert refused.value.code == "own_address"
    nobody = make_transfers.offered(make.make_seller(), stranger, now, address="0812 7777 0000")
    text = OutgoingText.objects.get(phone="+6281277770000").text
    assert reverse("umkm:transfer-page", args=[nobody.pk]) in text
    assert "0812-7777-8888" in signed_in(changes.owner_of(shop)).get(page).text
    change = transfers.take_transfer(
        actor=heir, change=change, values=make_transfers.data(), files=make_transfers.papers(), consented=True, now=now
    )
    assert (change.state, change.successor) == (ChangeState.CHECKING, heir)


def test_nobody_gains_room_under_the_cap_by_a_transfer(shop: Any, heir: Any, now: datetime) -> None:
    sister = make.make_seller(changes.owner_of(shop), nik=shop.nik)
    Seller.objects.filter(pk=sister.pk).update(owner=shop.owner_id)
    owners.reserve_turnover(seller=shop, amount=USED, reference="a", now=now)
    left = room(sister, now)
    make_transfers.passed(shop, heir, now)
    assert (room(sister, now), room(shop, now)) == (left, left)
    owners.release_turnover(reference="a", now=now)
    assert (room(sister, now), room(shop, now)) == (left, left + USED)


def test_who_keeps_the_account_keeps_the_cap(shop: Any, heir: Any, now: datetime) -> None:
    before = stored(shop)
    make_transfers.passed(shop, heir, now, bank_account=shop.bank_account)
    assert stored(shop)["owner_id"] == before["owner_id"]


def test_warnings_stay_with_the_shop_and_follow_who_left_it(shop: Any, heir: Any, warden: Any, now: datetime) -> None:
    warning = sanctions.give(shop, now - timedelta(hours=80), actor=warden)
    nik = shop.nik
    change = make_transfers.passed(shop, heir, now)
    assert change.checks.filter(finding="sanctions_stay", parameters__levels=[warning.number]).exists()
    assert warning.number in signed_in(heir).get(f"/penjual/toko/{shop.pk}/sanksi/").text
    fresh = make.make_seller(state="submitted", nik=nik, owner=None)
    assert str(Seller.objects.get(pk=shop.pk)) in evidence.gather(fresh, now.date()).sanctioned


def test_what_says_something_of_the_earlier_owner_is_not_read_by_the_next(
    shop: Any, heir: Any, verifier: Any, now: datetime
) -> None:
    mine = changes.in_force(shop, verifier, now - timedelta(days=9)).documents.get()
    coming = changes.waiting(shop, now - timedelta(hours=73), "place", values={"address": "Jl. Lama 1"})
    change = make_transfers.passed(shop, heir, now)
    theirs = change.documents.get(kind="ktp")
    seen = SellerDocument.objects.visible_to(heir)
    assert seen.filter(pk=theirs.pk).exists() and not seen.filter(pk=mine.pk).exists()
    coming.refresh_from_db()
    assert coming.state == ChangeState.CANCELLED  # the address is the next owner's to change


def test_whose_the_shop_is_to_be_is_not_read_by_the_earlier_owner(shop: Any, heir: Any, now: datetime) -> None:
    giver = changes.owner_of(shop)
    change = make_transfers.taken(shop, heir, now)
    assert not SellerDocument.objects.visible_to(giver).filter(change=change).exists()
    page = signed_in(giver).get(reverse("umkm:transfer-page", args=[change.pk])).text
    assert make_transfers.NIK[-4:] not in page and make_transfers.ACCOUNT[-4:] not in page


def test_whoever_is_tied_to_either_side_decides_nothing_and_a_tie_of_both_is_noted(
    shop: Any, heir: Any, verifier: Any, now: datetime
) -> None:
    make.tie(heir, shop, "household")
    change = make_transfers.taken(shop, heir, now)
    assert change.checks.filter(finding="successor_tied").exists()
    with pytest.raises(RuleBroken, match="temuan"):
        services.approve_change(actor=verifier, change=change, now=now)
    make.make_seller(verifier, nik=make_transfers.NIK)
    with pytest.raises(NotAllowed):
        services.approve_change(actor=verifier, change=change, now=now)


def test_a_denied_transfer_gives_back_shop_people_room_and_account(
    shop: Any, heir: Any, colleague: Any, verifier: Any, now: datetime
) -> None:
    giver, before = changes.owner_of(shop), stored(shop)
    owners.reserve_turnover(seller=shop, amount=USED, reference="a", now=now)
    left = room(shop, now)
    change = services.deny_change(change=make_transfers.passed(shop, heir, now), now=now)
    services.cancel_change(actor=verifier, change=change, note="Akunnya dibajak", now=now)
    assert (stored(shop), room(shop, now)) == (before, left)
    assert {member.user for member in shop.members.filter(until__isnull=True)} == {giver, colleague}


def test_the_pages_of_both_sides(shop: Any, seller_user: Any, heir: Any, stranger: Any, verifier: Any) -> None:
    page = f"/penjual/toko/identitas/{shop.pk}/alihkan/"
    client = proven(seller_user, page)
    sent = {**form_of(client, page), "address": heir.email, "reason": "Pindah kota"}
    answer = client.post(page, sent)
    change = IdentityChange.objects.get()
    assert answer["Location"] == reverse("umkm:transfer-page", args=[change.pk])
    assert "Tarik tawaran" in client.get(answer["Location"]).text
    taking = answer["Location"]
    assert signed_in(stranger).get(taking).status_code == 404
    theirs = proven(heir, taking)
    shown = theirs.get(taking).text
    assert shop.nik not in shown and shop.bank_holder not in shown and "Ambil alih toko ini" in shown
    wrong = theirs.post(taking, {**make_transfers.data(), "consented": "on"})
    assert wrong.status_code == 422
    typed = {**make_transfers.data(), "consented": "on", "ktp": photo(71), "bank_book": photo(72)}
    assert theirs.post(taking, typed)["Location"] == taking
    assert "Saya tidak mau toko ini" in theirs.get(taking).text
    assert make_transfers.NIK not in client.get(taking).text
    change.refresh_from_db()
    services.check_change(change=change, now=change.proposed_at)
    desk = signed_in(verifier).get(f"/admin/umkm/identitychange/{change.pk}/change/")
    assert desk.status_code == 200 and "Sekar Pandan" in desk.text
