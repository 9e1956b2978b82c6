"""What an officer may type for a resident, who makes it theirs, and what is left when nobody does."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed, RuleBroken
from epeken.notifications.models import Notification, OutgoingText
from epeken.users.models import User
from tests.factories import areas
from tests.factories import assisted as helping
from tests.factories import umkm as make
from tests.factories.assisted import NUMBER
from tests.factories.places import far_away
from tests.factories.rules import set_rule
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.umkm.drafts import looked_at, waiting
from umkm.appeals import policies as appeal_policies
from umkm.area_checks import policies as area_policies
from umkm.area_checks.models import AreaPosting, AreaStage
from umkm.assisted import services
from umkm.assisted.models import AssistedRegistration
from umkm.assisted.states import AssistedState
from umkm.sellers import services as sellers
from umkm.sellers.models import Seller, SellerMember
from umkm.sellers.pages.history import history_of, looks_at
from umkm.sellers.states import SellerState
from umkm.verification import pages
from umkm.verification import services as verification
from umkm.verification.models import SellerDocument

pytestmark = pytest.mark.django_db


@pytest.fixture
@kept
def officer() -> Any:
    return areas.post("kelurahan", make.make_staff(name="Petugas Meja", phone="+6281300001111"))


def refused(code: str, act: Any, **given: Any) -> None:
    with pytest.raises(RuleBroken) as told:
        act(**given)
    assert told.value.code == code


def test_the_officer_types_and_the_resident_alone_confirms_and_sends(officer: Any, now: datetime) -> None:
    assisted = helping.typed(officer, now)
    seller = assisted.seller
    assert not seller.members.exists() and seller.consented_at is None
    for own_word in ({"consented": True}, {"low_income": True}):
        with pytest.raises(NotAllowed):
            sellers.save_seller(actor=officer, seller=seller, values=own_word, now=now)
    services.hand_over(actor=officer, assisted=assisted, now=now)
    person = helping.resident()
    assert officer.name in OutgoingText.objects.get(phone=NUMBER).text
    with pytest.raises(NotAllowed):
        sellers.submit_seller(actor=officer, seller=seller, now=now)
    with pytest.raises(NotAllowed):  # while the resident reads it, nobody types
        sellers.save_seller(actor=officer, seller=seller, values={"name": "Toko lain"}, now=now)
    with pytest.raises(NotAllowed):
        helping.confirmed(assisted, officer, now)
    refused("consent_missing", helping.confirmed, assisted=assisted, user=person, now=now, consented=False)
    seller = helping.confirmed(assisted, person, now)
    assert seller.consented_at == now and seller.members.get().user == person and seller.state == SellerState.DRAFT
    assert Notification.objects.get(person=officer).kind == "seller.assisted_confirmed"
    with pytest.raises(NotAllowed):
        sellers.save_seller(actor=officer, seller=seller, values={"name": "Toko lain"}, now=now)
    for act in (services.correct_assisted, services.withdraw_assisted, services.hand_over):
        with pytest.raises(InvalidMove):
            act(actor=officer, assisted=assisted, now=now)
    sellers.save_seller(actor=person, seller=seller, values={"name": "Toko Bu Sulastri"}, now=now)
    assert sellers.submit_seller(actor=person, seller=seller, now=now).seller.state == SellerState.SUBMITTED
    told = [(row["title"], row["who"], row["note"]) for row in history_of(seller)]
    assert any(who == officer.name and "Tentang Anda" in note for _title, who, note in told)


def test_who_typed_it_decides_nowhere_on_it(officer: Any, verifier: Any, now: datetime) -> None:
    AreaStage.objects.filter(seller_kind="kelontong").update(asks_visit=False)
    verifying = make.make_staff("umkm.verify_seller", "umkm.assist_seller", name="Verifikator Meja")
    AreaPosting.objects.create(user=verifying, kelurahan=AreaPosting.objects.get().kelurahan, valid_from=areas.SINCE,
                               source="uji")  # fmt: skip
    person = helping.resident()
    seller = helping.confirmed(helping.waiting(verifying, now), person, now)
    case = verification.check_case(case=sellers.submit_seller(actor=person, seller=seller, now=now), now=now)
    check = areas.running(case)
    day = clock.local_date(now)
    assert area_policies.officers_of(check, day) == [officer]
    assert area_policies.can_decide(officer, check, day) and not area_policies.can_decide(verifying, check, day)
    with pytest.raises(NotAllowed):
        sellers.show_secret(actor=verifying, seller=seller, field="nik", purpose="match", now=now)
    card = reverse("umkm:document-file", args=[seller.documents.current().get(kind="ktp").pk])
    assert (signed_in(verifying).get(card).status_code, signed_in(verifier).get(card).status_code) == (404, 200)
    looked_at(case, verifying, now)
    with pytest.raises(NotAllowed):
        verification.take_case(actor=verifying, case=case, now=now)
    assert verification.take_case(actor=verifier, case=case, now=now).officer == verifier
    assert appeal_policies.impartial([verifying, officer], seller, verifier.pk) == [officer]


def test_what_an_officer_typed_is_never_their_next_case(officer: Any, verifier: Any, now: datetime) -> None:
    AreaStage.objects.all().delete()
    verifying = make.make_staff("umkm.verify_seller", "umkm.assist_seller", name="Verifikator Meja")
    person, here = helping.resident(), waiting(make.make_user(), now)
    seller = helping.confirmed(helping.waiting(verifying, now), person, now)
    case = verification.check_case(case=sellers.submit_seller(actor=person, seller=seller, now=now), now=now)
    assert (pages.next_case(here, verifying), pages.next_case(here, verifier)) == (None, case)


def test_only_who_is_posted_there_helps_and_only_while_they_are(officer: Any, now: datetime) -> None:
    for other in (make.make_user(), make.make_staff(), areas.post("kecamatan")):
        with pytest.raises(NotAllowed):
            helping.started(other, now)
    with pytest.raises(NotAllowed):
        helping.started(officer, now, kelurahan=far_away())
    assert helping.started(make.make_staff("umkm.assist_seller"), now, kelurahan=far_away(), phone="+6281299990000")
    assisted = helping.typed(officer, now)
    for stranger in (areas.post("kelurahan"), make.make_staff("umkm.assist_seller")):
        with pytest.raises(NotAllowed):
            sellers.save_seller(actor=stranger, seller=assisted.seller, values={"name": "Lain"}, now=now)
        with pytest.raises(NotAllowed):
            services.hand_over(actor=stranger, assisted=assisted, now=now)
    AreaPosting.objects.filter(user=officer).update(valid_until=clock.local_date(now) - timedelta(days=1))
    for act in (services.hand_over, services.withdraw_assisted):
        with pytest.raises(NotAllowed):
            act(actor=officer, assisted=assisted, now=now)
    with pytest.raises(NotAllowed):
        sellers.save_seller(actor=officer, seller=assisted.seller, values={"name": "Lain"}, now=now)


def test_numbers_the_officer_may_not_use(officer: Any, settings: Any, now: datetime) -> None:
    refused("own_number", helping.started, officer=officer, now=now, phone="0813-0000-1111")
    refused("phone_not_mobile", helping.started, officer=officer, now=now, phone="(031) 5678901")
    first = helping.started(officer, now)
    assert helping.started(officer, now) == first  # a second click
    refused("number_helped", helping.started, officer=officer, now=now, kind="umkm")
    refused("number_helped", helping.started, officer=areas.post("kelurahan"), now=now)
    settings.SMS_TRANSPORT = ""
    refused("no_codes", helping.started, officer=officer, now=now, phone="+6281299990000")


def test_what_is_handed_over_is_whole_of_the_place_and_not_the_officers(officer: Any, now: datetime) -> None:
    empty = helping.started(officer, now, phone="+6281299990000")
    refused("not_complete", services.hand_over, actor=officer, assisted=empty, now=now)
    assisted = helping.typed(officer, now)
    wrong = (
        ("kelurahan", far_away(), "other_kelurahan"), ("phone", officer.phone, "own_number"),
        ("email", officer.email.upper(), "own_email"),
    )  # fmt: skip
    for name, value, code in wrong:
        before = getattr(assisted.seller, name)
        sellers.save_seller(actor=officer, seller=assisted.seller, values={name: value}, now=now)
        refused(code, services.hand_over, actor=officer, assisted=assisted, now=now)
        sellers.save_seller(actor=officer, seller=assisted.seller, values={name: before}, now=now)
    assert services.hand_over(actor=officer, assisted=assisted, now=now).state == AssistedState.WAITING
    with pytest.raises(InvalidMove):
        services.hand_over(actor=officer, assisted=assisted, now=now)
    assert OutgoingText.objects.filter(phone=NUMBER).count() == 1
    for _again in range(1, services.MOST_TEXTS):
        services.correct_assisted(actor=officer, assisted=assisted, now=now)
        services.hand_over(actor=officer, assisted=assisted, now=now)
    services.correct_assisted(actor=officer, assisted=assisted, now=now)
    refused("asked_too_often", services.hand_over, actor=officer, assisted=assisted, now=now)
    assert OutgoingText.objects.filter(phone=NUMBER).count() == services.MOST_TEXTS


def test_it_is_read_by_who_holds_the_number_and_knows_the_nik(officer: Any, now: datetime) -> None:
    assisted = helping.waiting(officer, now)
    unconfirmed = make.make_user(phone=NUMBER)
    other = helping.resident("+6281299990000")
    end = assisted.seller.nik[-4:]
    for stranger in (unconfirmed, other, officer):
        with pytest.raises(NotAllowed):
            services.show_assisted(actor=stranger, assisted=assisted, nik_end=end, now=now)
    person = helping.resident()
    wrong = f"{(int(end) + 1) % 10000:04d}"
    for at in range(services.MOST_WRONG):
        given = "" if at == 0 else wrong
        assert not services.show_assisted(actor=person, assisted=assisted, nik_end=given, now=now)
    assisted.refresh_from_db()
    assert assisted.state == AssistedState.FILLING
    assert Notification.objects.get(person=officer).kind == "seller.assisted_locked"
    with pytest.raises(InvalidMove):
        services.show_assisted(actor=person, assisted=assisted, nik_end=end, now=now)
    assisted = services.hand_over(actor=officer, assisted=assisted, now=now + timedelta(minutes=1))
    assert assisted.wrong_answers == 0 and helping.confirmed(assisted, person, now + timedelta(minutes=2))


def test_what_changed_after_it_was_read_is_read_again(officer: Any, now: datetime) -> None:
    person = helping.resident()
    assisted = helping.shown(helping.waiting(officer, now), person, now)
    read = services.round_of(assisted)
    services.correct_assisted(actor=officer, assisted=assisted, now=now)
    with pytest.raises(InvalidMove):
        services.confirm_assisted(
            actor=person, assisted=assisted, consented=True, low_income=False, shown=read, now=now
        )
    sellers.save_seller(actor=officer, seller=assisted.seller, values={"bank_holder": "Nama Lain"}, now=now)
    later = now + timedelta(minutes=1)
    due_at = services.hand_over(actor=officer, assisted=assisted, now=later).due_at
    assert due_at == assisted.due_at  # no officer keeps it open by taking it back
    helping.shown(assisted, person, later)
    for shown in (read, ""):
        with pytest.raises(InvalidMove):
            services.confirm_assisted(
                actor=person, assisted=assisted, consented=True, low_income=False, shown=shown, now=later
            )
    assert helping.confirmed(assisted, person, later)


def files_of(seller: Seller) -> list[Path]:
    names = SellerDocument.objects.filter(seller=seller).exclude(file="").values_list("file", flat=True)
    return [Path(settings.PRIVATE_ROOT) / name for name in names]


@pytest.mark.parametrize("how", ["resident", "officer", "late", "late_typing"])
def test_nothing_stays_of_what_nobody_confirmed(
    officer: Any, now: datetime, how: str, django_capture_on_commit_callbacks: Any
) -> None:
    set_rule("seller.assisted_days", 6)
    assisted = helping.typed(officer, now) if how == "late_typing" else helping.waiting(officer, now)
    seller, files = assisted.seller, files_of(assisted.seller)
    assert files and all(path.exists() for path in files)
    waits = User.objects.filter(phone=NUMBER)
    assert waits.count() == (0 if how == "late_typing" else 1)
    after = clock.end_of(clock.local_date(now) + timedelta(days=6))
    with django_capture_on_commit_callbacks(execute=True):
        if how == "resident":
            person = helping.resident()
            services.withdraw_assisted(actor=person, assisted=assisted, now=now)
            assert Notification.objects.get(person=officer).kind == "seller.assisted_refused"
        elif how == "officer":
            services.withdraw_assisted(actor=officer, assisted=assisted, now=now)
        else:
            assert services.expire_due(now=after - timedelta(seconds=1)) == 0
            with pytest.raises(DomainError):  # the moment it is over, before the job has come
                services.withdraw_assisted(actor=officer, assisted=assisted, now=after)
            assert services.expire_due(now=after) == 1 and services.expire_due(now=after) == 0
    assert not any(path.exists() for path in files) and not files_of(seller)
    assert not waits.filter(phone_verified_at__isnull=True).exists()
    seller.refresh_from_db()
    assisted.refresh_from_db()
    emptied = [seller.nik, seller.nik_index, seller.owner_name, seller.name, seller.address, seller.phone,
               seller.bank_account, seller.bank_index, seller.email, assisted.name, assisted.phone]  # fmt: skip
    assert set(emptied) == {""} and seller.latitude is None and seller.kelurahan is None
    assert not seller.documents.current().exists() and seller.state == SellerState.DRAFT
    with pytest.raises(NotAllowed):
        sellers.save_seller(actor=officer, seller=seller, values={"name": "Lagi"}, now=now)
    assert helping.started(officer, now).pk != assisted.pk


def test_the_resident_is_reminded_once_when_the_rule_says(officer: Any, now: datetime) -> None:
    set_rule("seller.assisted_reminder_days", 2)
    helping.waiting(officer, now)
    edge = now + timedelta(days=2)
    assert services.remind_due(now=edge - timedelta(seconds=1)) == 0
    assert services.remind_due(now=edge) == 1 and services.remind_due(now=edge) == 0
    assert OutgoingText.objects.filter(phone=NUMBER).count() == 2


def test_who_has_a_shop_or_too_many_drafts_is_told_and_the_officer_is_not(officer: Any, now: datetime) -> None:
    person = helping.resident()
    shop = make.make_seller(member=person)
    for _draft in range(sellers.MOST_DRAFTS):
        make.make_member(make.make_seller(state="draft"), person)
    assisted = helping.waiting(officer, now)
    refused("too_many_drafts", helping.confirmed, assisted=assisted, user=person, now=now)
    SellerMember.objects.filter(seller__state="draft", user=person).first().delete()
    assert helping.confirmed(assisted, person, now) != shop
    assert not looks_at(assisted.seller).exists()
    assert AssistedRegistration.objects.get().resident == person
