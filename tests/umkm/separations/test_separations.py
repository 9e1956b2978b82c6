"""Contested ties of owners: who may contest what, who decides, and what a separation does to cap and guards."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from epeken.core.states import begin
from epeken.notifications.models import Notification
from tests.factories import sanctions
from tests.factories import umkm as make
from tests.factories.separations import WORDS, ask, rejoin, separated, tied
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.umkm.pictures import photo
from umkm.identity.models import IdentityChange
from umkm.owners import pages as owner_pages
from umkm.owners import services as owners
from umkm.owners.models import SeparatedTie, TurnoverMonth
from umkm.sellers.models import Seller
from umkm.sellers.policies import related_shops
from umkm.separations import services
from umkm.separations.models import SeparationRequest
from umkm.separations.states import SeparationState

pytestmark = pytest.mark.django_db
NOTE = "Buku rekening atas nama koperasi"


@pytest.fixture
@kept
def head(db: None) -> Any:
    return make.make_staff("umkm.decide_appeal", name="Kepala Dinas Contoh")


def sell(shop: Seller, amount: int, reference: str, now: datetime) -> None:
    owners.reserve_turnover(seller=Seller.objects.get(pk=shop.pk), amount=amount, reference=reference, now=now)


def left(shop: Seller, day: date) -> int:
    return owners.room_of(Seller.objects.get(pk=shop.pk), day).left


def related(shop: Seller) -> frozenset[int]:
    return related_shops([Seller.objects.get(pk=shop.pk)])


# --- What a separation does -------------------------------------------------------------------------------------------
def test_each_side_has_its_own_cap_from_now_on_less_what_it_sold_itself(verifier: Any, now: datetime) -> None:
    shop, other = tied()
    sell(shop, 5_000_000, "P-1", now)
    sell(other, 20_000_000, "P-2", now)
    day = clock.local_date(now)
    assert left(shop, day) == left(other, day) == 5_000_000
    request = separated(shop, other, now)
    assert request.state == SeparationState.SEPARATED
    assert (left(shop, day), left(other, day)) == (25_000_000, 10_000_000)
    sell(shop, 25_000_000, "P-3", now)
    with pytest.raises(RuleBroken) as full, transaction.atomic():
        sell(other, 10_000_001, "P-4", now)
    assert full.value.code == "cap_full"
    # What was sold before and falls through comes back to the side that sold it.
    owners.release_turnover(reference="P-1", now=now)
    assert (left(shop, day), left(other, day)) == (5_000_000, 10_000_000)
    for one, told in ((shop, other), (other, shop)):
        event = one.events.get(action="separate")
        assert event.note == str(told)
        owner = one.members.get().user
        assert Notification.objects.filter(kind="separation.separated", person=owner).count() == 1
    assert owner_pages.ties_of(Seller.objects.get(pk=shop.pk)) == []
    assert related(shop) == {shop.pk} and related(other) == {other.pk}


def test_what_the_two_sold_past_the_cap_raises_neither_cap(verifier: Any, now: datetime) -> None:
    """Owners that turned out to be one keep what was used, above the cap; apart each has the usual one."""
    shop, other = make.make_seller(), make.make_seller()
    sell(shop, 20_000_000, "P-1", now)
    sell(other, 25_000_000, "P-2", now)
    Seller.objects.filter(pk=other.pk).update(bank_account=shop.bank_account, bank_index=shop.bank_index)
    rejoin(Seller.objects.get(pk=other.pk), now)
    shop, other = Seller.objects.get(pk=shop.pk), Seller.objects.get(pk=other.pk)
    assert shop.owner == other.owner and left(shop, now.date()) == 0
    separated(shop, other, now)
    day = clock.local_date(now)
    assert (left(shop, day), left(other, day)) == (10_000_000, 5_000_000)
    assert set(TurnoverMonth.objects.filter(used__gt=0).values_list("cap", flat=True)) == {30_000_000}


def test_the_same_fact_joins_them_never_again_and_a_new_one_does(verifier: Any, now: datetime) -> None:
    shop, other = tied()
    separated(shop, other, now)
    for one in (shop, other):
        rejoin(Seller.objects.get(pk=one.pk), now)
    shop, other = Seller.objects.get(pk=shop.pk), Seller.objects.get(pk=other.pk)
    assert shop.owner_id != other.owner_id
    # The number on a third shop is a tie of its own.
    third = make.make_seller(bank_account=shop.bank_account)
    assert related(third) == {shop.pk, other.pk, third.pk}
    rejoin(third, now)
    shop.refresh_from_db()
    assert {tie.other: tie.facts for tie in owner_pages.ties_of(shop)} == {
        third.pk: ["nomor rekening yang sama"],
        other.pk: [f"lewat {third.name}, yang terikat dengan keduanya"],
    }
    separated(shop, third, now)  # the one who asks leaves the number
    assert related(shop) == {shop.pk} and related(third) == {other.pk, third.pk}
    new = make.make_seller().bank_index
    Seller.objects.filter(pk__in=[shop.pk, other.pk]).update(bank_index=new)
    assert other.pk in related(shop)


def test_an_account_of_three_is_contested_by_one_of_them_and_its_own_shops_go_along(
    verifier: Any, now: datetime
) -> None:
    shop, other = tied()
    third = make.make_seller(owner=shop.owner, bank_account=shop.bank_account)
    own = make.make_seller(shop.members.get().user, owner=shop.owner, nik=shop.nik, bank_account=shop.bank_account)
    separated(shop, other, now)
    groups = {one.pk: Seller.objects.get(pk=one.pk).owner_id for one in (shop, own, other, third)}
    assert groups[shop.pk] == groups[own.pk] != groups[other.pk] == groups[third.pk]
    assert related(own) == {shop.pk, own.pk}


def test_what_was_only_recorded_as_one_is_separated_too(verifier: Any, now: datetime) -> None:
    shop, other = tied(bank_account="700099887766")
    separated(shop, other, now)
    assert related(shop) == {shop.pk}
    assert not SeparatedTie.objects.exists()


# --- What keeps them together -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("how", ["nik", "helper", "former", "household", "nik_of_helper", "chain"])
def test_one_person_on_both_sides_is_never_separated(how: str, verifier: Any, now: datetime) -> None:
    shop, other = tied()
    member, secret = shop.members.get().user, make.make_user()
    match how:
        case "nik":
            Seller.objects.filter(pk=other.pk).update(nik_index=shop.nik_index)
        case "helper":
            make.make_member(other, member, role="staff")
        case "former":
            make.make_member(other, member, role="staff", until=now)
        case "household":
            make.make_member(other, member, role="household", until=now)
        case "nik_of_helper":  # who helps there runs a shop with the NIK of this owner
            make.make_member(other, secret, role="staff")
            make.make_seller(secret, state="draft", nik=shop.nik)
        case "chain":
            make.make_seller(owner=shop.owner, nik=shop.nik, bank_account=other.bank_account, name="Perantara")
            Seller.objects.filter(pk=shop.pk).update(bank_index="lain")
    with pytest.raises(RuleBroken) as refused:
        ask(Seller.objects.get(pk=shop.pk), other, now)
    assert refused.value.code == "inseparable"
    assert not SeparationRequest.objects.exists()


def test_who_comes_to_belong_to_both_meanwhile_is_seen_at_the_decision(verifier: Any, now: datetime) -> None:
    shop, other = tied()
    request = ask(shop, other, now)
    make.make_member(other, shop.members.get().user, role="staff")
    with pytest.raises(RuleBroken) as refused:
        services.separate_shops(actor=verifier, separation=request, note=NOTE, now=now)
    assert refused.value.code == "inseparable"


def test_an_account_that_both_gave_since_is_a_new_fact(verifier: Any, now: datetime) -> None:
    shop, other = tied()
    request = ask(shop, other, now)
    Seller.objects.filter(pk__in=[shop.pk, other.pk]).update(bank_index="baru")
    with pytest.raises(InvalidMove, match="fakta yang baru"):
        services.separate_shops(actor=verifier, separation=request, note=NOTE, now=now)
    assert Seller.objects.get(pk=shop.pk).owner_id == other.owner_id


def test_a_nik_is_never_set_aside_in_the_database(now: datetime) -> None:
    shop, other = tied()
    with pytest.raises(IntegrityError), transaction.atomic():
        SeparatedTie.objects.create(seller=shop, other=other, fact="nik_index", value="x", since=now)


# --- Who asks ---------------------------------------------------------------------------------------------------------
def test_one_asks_once_and_again_only_with_what_nobody_has_seen(verifier: Any, now: datetime) -> None:
    shop, other = tied()
    key = new_key()
    first = ask(shop, other, now, key=key)
    assert ask(shop, other, now, key=key) == first  # a double click
    for one, two in ((shop, other), (other, shop)):
        with pytest.raises(RuleBroken) as refused, transaction.atomic():
            ask(one, two, now, seed=2)
        assert refused.value.code == "separation_open"
    services.keep_together(actor=verifier, separation=first, note=NOTE, now=now)
    with pytest.raises(RuleBroken) as refused, transaction.atomic():
        ask(shop, other, now)
    assert (refused.value.code, refused.value.field) == ("nothing_new", "photos")
    assert ask(shop, other, now, seed=2).pk != first.pk


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"words": " "}, "words_missing"),
        ({"words": "Bukan saya"}, "words_too_short"),
        ({"photos": []}, "evidence_missing"),
    ],
)
def test_words_and_proof_are_asked_for(over: dict[str, Any], code: str, now: datetime) -> None:
    with pytest.raises(RuleBroken) as refused:
        ask(*tied(), now, **over)
    assert refused.value.code == code


def test_only_the_owner_of_a_shop_that_sells_contests(stranger: Any, verifier: Any, now: datetime) -> None:
    shop, other = tied()
    make.make_member(shop, stranger, role="staff")
    with pytest.raises(NotAllowed):
        ask(shop, other, now, actor=stranger)
    with pytest.raises(InvalidMove, match="tidak lagi dihitung satu pemilik"):
        ask(shop, make.make_seller(), now)
    request = ask(shop, other, now)
    sanctions.freeze(shop, now)
    with pytest.raises(InvalidMove, match="tidak berjualan"):
        services.separate_shops(actor=verifier, separation=request, note=NOTE, now=now)
    with pytest.raises(InvalidMove, match="tidak berjualan"):
        ask(shop, other, now, seed=2)
    services.keep_together(actor=verifier, separation=request, note=NOTE, now=now)


@pytest.mark.parametrize("climbs", [False, True])
def test_its_owner_takes_it_back_while_nobody_decided_and_may_ask_again(
    verifier: Any, head: Any, climbs: bool, now: datetime
) -> None:
    shop, other = tied()
    member = shop.members.get().user
    request = ask(shop, other, now)
    if climbs:
        assert services.pass_on_late(now=request.due_at) == 1
        now = request.due_at
    for _twice in range(2):
        withdrawn = services.withdraw_separation(actor=member, separation=request, now=now)
        assert withdrawn.state == SeparationState.WITHDRAWN
    assert not Notification.objects.unread().filter(kind__startswith="separation.to_decide").exists()
    assert related(shop) == {shop.pk, other.pk} and not SeparatedTie.objects.exists()
    for officer in (verifier, head):
        for act in (services.separate_shops, services.keep_together):
            with pytest.raises(InvalidMove, match="ditarik"):
                act(actor=officer, separation=request, note=NOTE, now=now)
    assert services.pass_on_late(now=now + timedelta(days=90)) == 0
    assert services.remind_ending(now=request.due_at - timedelta(days=1)) == 0
    # The photos were judged by nobody.
    assert ask(shop, other, now).pk != request.pk


def test_what_was_judged_is_not_made_new_by_taking_another_back(verifier: Any, now: datetime) -> None:
    shop, other = tied()
    member = shop.members.get().user
    services.keep_together(actor=verifier, separation=ask(shop, other, now), note=NOTE, now=now)
    again = ask(shop, other, now, photos=[photo(1), photo(2)])
    services.withdraw_separation(actor=member, separation=again, now=now)
    with pytest.raises(RuleBroken) as refused, transaction.atomic():
        ask(shop, other, now)
    assert refused.value.code == "nothing_new"
    assert ask(shop, other, now, seed=2).state == SeparationState.WITH_OFFICER


def test_what_is_decided_is_taken_back_by_nobody(verifier: Any, now: datetime) -> None:
    shop, other = tied()
    member, request = shop.members.get().user, ask(shop, other, now)
    services.keep_together(actor=verifier, separation=request, note=NOTE, now=now)
    with pytest.raises(InvalidMove, match="sudah diputus"):
        services.withdraw_separation(actor=member, separation=request, now=now)
    assert SeparationRequest.objects.get().state == SeparationState.KEPT


def test_nobody_of_another_shop_takes_it_back_nor_an_owner_after_the_one_who_asked(
    stranger: Any, verifier: Any, now: datetime
) -> None:
    shop, other = tied()
    request = ask(shop, other, now)
    make.make_member(shop, stranger, role="staff")
    for person in (other.members.get().user, stranger, verifier, make.make_seller().members.get().user):
        with pytest.raises(NotAllowed):
            services.withdraw_separation(actor=person, separation=request, now=now)
    Seller.objects.filter(pk=shop.pk).update(owner_since=now + timedelta(days=1))
    successor = make.make_user()
    make.make_member(shop, successor, role="owner")
    with pytest.raises(NotAllowed):
        services.withdraw_separation(actor=successor, separation=request, now=now + timedelta(days=2))
    assert SeparationRequest.objects.get().state == SeparationState.WITH_OFFICER


# --- Who decides ------------------------------------------------------------------------------------------------------
def test_an_officer_who_verified_one_of_them_or_is_tied_to_it_decides_nothing(
    citizen: Any, verifier: Any, other_verifier: Any, now: datetime
) -> None:
    shop, other = tied()
    change = IdentityChange.objects.create(
        seller=other, kind="bank", reason="Uji", proposed_by=citizen, proposed_at=now, due_at=now
    )
    begin(change, actor=citizen, now=now)
    change.events.create(action="approve", from_state=change.state, to_state=change.state, actor=verifier, at=now)
    request = ask(shop, other, now)
    told = Notification.objects.filter(kind="separation.to_decide")
    assert list(told.values_list("person", flat=True)) == [other_verifier.pk]
    make.tie(other_verifier, other, "household")
    for officer in (verifier, other_verifier, citizen):
        for act in (services.separate_shops, services.keep_together):
            with pytest.raises(NotAllowed):
                act(actor=officer, separation=request, note=NOTE, now=now)
    assert SeparationRequest.objects.get().state == SeparationState.WITH_OFFICER


def test_of_two_officers_the_later_one_reads_that_it_was_decided(
    verifier: Any, other_verifier: Any, now: datetime
) -> None:
    request = ask(*tied(), now)
    services.keep_together(actor=verifier, separation=request, note=NOTE, now=now)
    with pytest.raises(InvalidMove, match="sudah diputus"):
        services.separate_shops(actor=other_verifier, separation=request, note=NOTE, now=now)
    assert not SeparatedTie.objects.exists()


def test_a_late_one_climbs_to_the_head_and_silence_separates_nobody(verifier: Any, head: Any, now: datetime) -> None:
    request = ask(*tied(), now)
    second, day = timedelta(seconds=1), timedelta(days=1)
    assert [services.remind_ending(now=request.due_at - day) for _twice in range(2)] == [1, 0]
    assert services.pass_on_late(now=request.due_at - second) == 0
    assert services.pass_on_late(now=request.due_at) == 1
    request.refresh_from_db()
    assert request.state == SeparationState.WITH_HEAD
    assert Notification.objects.filter(kind="separation.to_decide", person=head).count() == 1
    late = request.due_at + 30 * day
    assert services.pass_on_late(now=late) == 0
    with pytest.raises(NotAllowed, match="kepala dinas"):
        services.separate_shops(actor=verifier, separation=request, note=NOTE, now=late)
    services.separate_shops(actor=head, separation=request, note=NOTE, now=late)


# --- Pages ------------------------------------------------------------------------------------------------------------
def test_the_owner_contests_on_a_page_and_the_office_decides_on_its_own(
    citizen: Any, stranger: Any, verifier: Any, now: datetime
) -> None:
    shop, other = tied(citizen)
    address = reverse("umkm:separation-create", args=[shop.pk, other.pk])
    page = signed_in(citizen)
    assert address in page.get(reverse("umkm:application", args=[shop.pk])).text
    assert "Kirim sanggahan" in page.get(address).text
    assert page.post(address, {"key": new_key(), "words": WORDS}).status_code == 422
    sent = page.post(address, {"key": new_key(), "words": WORDS, "photos": [photo(1)]}, follow=True).text
    assert "ada pada petugas lain" in sent and "Kirim sanggahan" not in sent and other.bank_account not in sent
    proof = reverse("umkm:separation-photo", args=[SeparationRequest.objects.get().photos.get().pk])
    # Neither a stranger nor the other shop's owner nor a helper reads what was sent.
    for who, status in ((stranger, 404), (other.members.get().user, 404), (citizen, 200), (verifier, 200)):
        assert signed_in(who).get(proof).status_code == status
    assert signed_in(stranger).get(address).status_code == 404
    assert page.get(reverse("umkm:separation-create", args=[shop.pk, make.make_seller().pk])).status_code == 404
    make.make_member(shop, stranger, role="staff")
    assert signed_in(stranger).get(address).status_code == 403
    request = SeparationRequest.objects.get()
    desk, client = f"/admin/umkm/separationrequest/{request.pk}/", signed_in(verifier)
    text = client.get(f"{desk}change/").text
    assert "Pisahkan" in text and WORDS in text and other.bank_account not in text
    assert client.post(f"{desk}pisahkan/", {"reason": ""}).status_code == 422
    assert client.post(f"{desk}pisahkan/", {"reason": NOTE}).status_code == 302
    assert client.post(f"{desk}tetap/", {"reason": NOTE}).status_code == 409
    assert page.get(address).status_code == 404  # there is no tie any more


def test_the_owner_takes_it_back_on_the_page(citizen: Any, verifier: Any, now: datetime) -> None:
    shop, other = tied(citizen)
    request = ask(shop, other, now)
    page, address = signed_in(citizen), reverse("umkm:separation-create", args=[shop.pk, other.pk])
    withdraw = reverse("umkm:separation-withdraw", args=[request.pk])
    assert withdraw in page.get(address).text
    text = page.post(withdraw, follow=True).text
    assert "Ditarik pemohon" in text and withdraw not in text and "Kirim sanggahan" in text
    desk = signed_in(verifier).get(f"/admin/umkm/separationrequest/{request.pk}/change/").text
    assert "Pemohon menariknya" in desk and "tetap/" not in desk
    # Of a tie that is gone meanwhile there is no page to come back to.
    again = ask(shop, other, now)
    Seller.objects.filter(pk=other.pk).update(owner=make.make_seller().owner, bank_account="700099887766")
    answer = page.post(reverse("umkm:separation-withdraw", args=[again.pk]))
    assert answer.url == reverse("umkm:application", args=[shop.pk])


def test_nobody_of_another_shop_sees_the_contest_or_answers_it(citizen: Any, verifier: Any, now: datetime) -> None:
    """Not the other side either: it hears how it ends, and reads neither words nor proof."""
    shop, other = tied(citizen)
    request = ask(shop, other, now)
    third = make.make_seller()
    helper, others_helper = make.make_user(), make.make_user()
    make.make_member(shop, helper, role="staff")
    make.make_member(other, others_helper, role="staff")
    outside = [other.members.earliest("pk").user, others_helper, third.members.get().user, helper, make.make_user()]
    proof = request.photos.get()
    desk = f"/admin/umkm/separationrequest/{request.pk}/"
    for person in outside:
        client = signed_in(person)
        seen = [
            client.get(reverse("umkm:separation-photo", args=[proof.pk])),
            client.post(reverse("umkm:separation-withdraw", args=[request.pk])),
            client.get(f"{desk}change/"),
            client.post(f"{desk}pisahkan/", {"reason": NOTE}),
            client.post(f"{desk}tetap/", {"reason": NOTE}),
        ]
        assert {one.status_code for one in seen} <= {302, 403, 404}
        assert [one.status_code for one in seen[:2]] == [404, 404]
        assert all("login" in one["Location"] for one in seen if one.status_code == 302)  # the desk is the officers'
        for address in (
            reverse("umkm:separation-create", args=[shop.pk, other.pk]),
            reverse("umkm:separation-create", args=[other.pk, shop.pk]),
            reverse("umkm:application", args=[shop.pk]), reverse("umkm:application", args=[other.pk]),
        ):  # fmt: skip
            text = client.get(address).text
            assert WORDS not in text and str(proof.pk) not in re.findall(r"satu-pemilik/foto/(\d+)", text)
        for act in (services.separate_shops, services.keep_together, services.withdraw_separation):
            more = {} if act == services.withdraw_separation else {"note": NOTE}
            with pytest.raises(NotAllowed):
                act(actor=person, separation=request, now=now, **more)
    assert not Notification.objects.filter(kind__startswith="separation.", person__in=outside).exists()
    assert SeparationRequest.objects.get().state == SeparationState.WITH_OFFICER
    # The other side's owner reads that the tie is being examined, and is offered no second contest.
    text = signed_in(outside[0]).get(reverse("umkm:separation-create", args=[other.pk, shop.pk])).text
    assert "sedang diperiksa petugas" in text and "Kirim sanggahan" not in text
    services.separate_shops(actor=verifier, separation=request, note=NOTE, now=now)
    assert Notification.objects.filter(kind="separation.separated", person=outside[0]).count() == 1
