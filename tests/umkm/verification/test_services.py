"""From an automatic check to a decision, and what a decision does to the shop and its owner."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.i18n.times import long_date
from epeken.core.idempotency import new_key
from epeken.core.models import Job
from epeken.notifications.models import Notification
from epeken.notifications.rendering import render
from epeken.users.models import User
from orders.carts import services as carts
from orders.orders.models import Order
from tests.factories import orders
from tests.factories import umkm as make
from tests.factories.users import signed_in
from tests.umkm.drafts import looked_at, ready, waiting
from umkm.appeals.policies import last_moment
from umkm.findings import CheckResult
from umkm.owners import services as owners
from umkm.owners.models import Owner, TurnoverEntry, TurnoverMonth
from umkm.sellers import services as sellers
from umkm.sellers import steps
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState
from umkm.verification import pages, querysets, tasks
from umkm.verification import services as verification
from umkm.verification.models import CaseCheck, VerificationCase
from umkm.verification.states import CASE, CaseState, RejectReason, SellerDocumentKind

pytestmark = pytest.mark.django_db


def take_note(actor: Any, case: VerificationCase, now: datetime) -> None:
    """Of every finding of the case, also of what became so since it was checked."""
    verification.check_again(actor=actor, case=case, now=now)
    for check in case.checks.unacknowledged():
        verification.acknowledge_finding(actor=actor, check=check, now=now)


def snapshot(case: VerificationCase) -> tuple[Any, ...]:
    return (
        VerificationCase.objects.filter(pk=case.pk).values().get(),
        Seller.objects.filter(pk=case.seller_id).values().get(),
        case.events.count(),
        case.remarks.count(),
        Owner.objects.count(),
        Notification.objects.count(),
    )


def test_the_job_writes_every_check_and_hands_the_case_over(
    citizen: Any, now: datetime, run_jobs: Callable[[], int]
) -> None:
    case = sellers.submit_seller(actor=citizen, seller=ready(citizen, now), now=now)
    run_jobs()
    case.refresh_from_db()
    assert case.state == CaseState.WAITING
    assert case.checked_at is not None
    assert dict(case.checks.values_list("code", "result")) == dict.fromkeys(
        case.checks.values_list("code", flat=True), CheckResult.PASS
    )
    assert case.checks.count() == 22


def test_checking_again_changes_nothing(citizen: Any, now: datetime) -> None:
    case = waiting(citizen, now)
    before = (snapshot(case), list(CaseCheck.objects.values()))
    tasks.check_case(case_pk=case.pk)
    assert (snapshot(case), list(CaseCheck.objects.values())) == before


def test_taking_a_case_is_an_event_and_can_be_handed_over(
    citizen: Any, verifier: Any, other_verifier: Any, now: datetime
) -> None:
    case = waiting(citizen, now)
    verification.take_case(actor=verifier, case=case, now=now)
    verification.take_case(actor=verifier, case=case, now=now)
    # Somebody else's older page does not take it away, and who has not taken it does not decide it.
    for act in (verification.take_case, ACTIONS["approve"]):
        with pytest.raises(InvalidMove, match="di meja"):
            act(actor=other_verifier, case=case, now=now)
    case = verification.take_case(actor=other_verifier, case=case, now=now, over=verifier.pk)
    assert case.officer == other_verifier
    assert Notification.objects.get(kind="case.taken_over").person == verifier
    with pytest.raises(InvalidMove, match="di meja"):
        ACTIONS["reject"](actor=verifier, case=case, now=now)
    assert [e.actor for e in case.events.filter(action="take")] == [verifier, other_verifier]


def test_the_next_case_is_on_no_other_desk(citizen: Any, verifier: Any, other_verifier: Any, now: datetime) -> None:
    case, theirs, own = (waiting(make.make_user(), now, number=number) for number in (1, 2, 3))
    verification.take_case(actor=other_verifier, case=theirs, now=now)
    verification.take_case(actor=verifier, case=own, now=now)
    VerificationCase.objects.filter(pk=theirs.pk).update(due_at=now)
    assert pages.next_case(case, verifier) == own
    assert pages.next_case(own, verifier) == case
    assert pages.next_case(case, other_verifier) == theirs
    assert pages.next_case(theirs, other_verifier) == case


def test_the_desk_of_a_colleague_who_left_holds_nothing(
    citizen: Any, verifier: Any, other_verifier: Any, now: datetime
) -> None:
    case, other = waiting(citizen, now), waiting(make.make_user(), now, number=2)
    verification.take_case(actor=other_verifier, case=case, now=now)
    User.objects.filter(pk=other_verifier.pk).update(is_active=False)
    free = VerificationCase.objects.filter(querysets.free())
    assert set(free) == {case, other}
    assert pages.next_case(other, verifier) == case
    client = signed_in(verifier)
    page = client.get(reverse("admin:umkm_verificationcase_change", args=[case.pk])).text
    assert "Ambil berkas ini" in page and "Ambil alih" not in page and "Di meja Verifikator Kedua" not in page
    decided = ACTIONS["reject"](actor=verifier, case=case, now=now)
    assert decided.officer == verifier
    # Who took it in time keeps it.
    other = verification.take_case(actor=verifier, case=other, now=now)
    assert set(VerificationCase.objects.filter(querysets.free(), querysets.OPEN)) == set()


def test_who_opened_no_paper_neither_approves_nor_refuses_for_what_papers_show(
    citizen: Any, verifier: Any, other_verifier: Any, now: datetime
) -> None:
    case = waiting(citizen, now)
    looked_at(case, other_verifier, now)
    looked_at(case, verifier, now - timedelta(days=1))  # in an earlier round
    *_rest, last = case.seller.documents.current().order_by("pk")
    before = snapshot(case)
    for reason in (None, "other", RejectReason.NOT_PRODUCER):
        with pytest.raises(RuleBroken) as refused:
            if reason is None:
                verification.approve_case(actor=verifier, case=case, now=now)
            else:
                verification.reject_case(actor=verifier, case=case, reason=reason, note="Ini barang pabrik.", now=now)
        assert refused.value.code == "paper_unopened" and last.get_kind_display() in refused.value.message
    assert snapshot(case) == before
    verification.reject_case(actor=verifier, case=case, reason="duplicate", note="Sudah ada tokonya", now=now)


def test_who_was_not_shown_the_whole_nik_does_not_approve(
    citizen: Any, verifier: Any, other_verifier: Any, now: datetime
) -> None:
    """Nor who saw it in an earlier round, or another's; at its edge, the moment the round began."""
    case = looked_at(waiting(citizen, now), other_verifier, now)
    nik: dict[str, Any] = {"actor": verifier, "seller": case.seller, "what": "nik", "purpose": "match"}
    sellers.log_view(**nik, now=case.opened_at - timedelta(microseconds=1))
    for document in case.seller.documents.current():
        sellers.log_view(actor=verifier, seller=case.seller, what=document.kind, document=document, now=now)
    at = reverse("admin:umkm_verificationcase_change", args=[case.pk])
    before = snapshot(case)
    with pytest.raises(RuleBroken) as refused:
        verification.approve_case(actor=verifier, case=case, now=now)
    assert refused.value.code == "nik_unseen"
    assert snapshot(case) == before
    assert "NIK lengkapnya belum Anda tampilkan" in signed_in(verifier).get(at).text
    sellers.log_view(**nik, now=case.opened_at)
    assert "NIK lengkapnya belum Anda tampilkan" not in signed_in(verifier).get(at).text
    assert verification.approve_case(actor=verifier, case=case, now=now).state == "active"


def test_approval_opens_the_shop(citizen: Any, verifier: Any, now: datetime) -> None:
    case = waiting(citizen, now)
    seller = verification.approve_case(actor=verifier, case=looked_at(case, verifier, now), now=now)
    seller.refresh_from_db()
    case.refresh_from_db()
    assert (seller.state, seller.slug, seller.approved_at) == (SellerState.ACTIVE, "dapur-bu-lirih", now)
    assert seller.owner is not None
    assert (case.state, case.officer, case.decided_at) == (CaseState.APPROVED, verifier, now)
    assert [e.action for e in seller.events.all()] == ["create", "submit", "approve"]
    assert [e.action for e in case.events.all()] == ["create", "check", "approve"]
    assert Notification.objects.filter(person=citizen, kind="seller.approved").count() == 1


def test_a_taken_address_gets_the_shops_number(citizen: Any, verifier: Any, now: datetime) -> None:
    make.make_seller(slug="dapur-bu-lirih")
    seller = verification.approve_case(actor=verifier, case=looked_at(waiting(citizen, now), verifier, now), now=now)
    assert seller.slug == f"dapur-bu-lirih-{seller.pk}"


def test_a_name_without_letters_still_gets_an_address(citizen: Any, verifier: Any, now: datetime) -> None:
    seller = verification.approve_case(
        actor=verifier, case=looked_at(waiting(citizen, now, name="🍜🍜"), verifier, now), now=now
    )
    assert seller.slug == f"toko-{seller.pk}"


@pytest.mark.parametrize("same", ["nik", "bank_account"])
def test_one_nik_or_account_means_one_owner(citizen: Any, verifier: Any, now: datetime, same: str) -> None:
    case = waiting(citizen, now)
    other = make.make_seller(**{same: getattr(case.seller, same)})
    take_note(verifier, case, now)
    seller = verification.approve_case(actor=verifier, case=looked_at(case, verifier, now), now=now)
    assert seller.owner_id == other.owner_id


def test_different_people_have_different_owners(citizen: Any, verifier: Any, now: datetime) -> None:
    other = make.make_seller()
    seller = verification.approve_case(actor=verifier, case=looked_at(waiting(citizen, now), verifier, now), now=now)
    assert seller.owner_id != other.owner_id


def test_a_shop_that_ties_two_owners_together_merges_them_with_their_turnover(
    citizen: Any, verifier: Any, now: datetime
) -> None:
    case = waiting(citizen, now)
    one = make.make_seller(nik=case.seller.nik)
    two = make.make_seller(bank_account=case.seller.bank_account)
    owners.reserve_turnover(seller=one, amount=20_000_000, reference="PS-1", now=now)
    owners.reserve_turnover(seller=two, amount=15_000_000, reference="PS-2", now=now)
    take_note(verifier, case, now)
    seller = verification.approve_case(actor=verifier, case=looked_at(case, verifier, now), now=now)
    one.refresh_from_db()
    two.refresh_from_db()
    assert seller.owner_id == one.owner_id == two.owner_id
    room = owners.room_of(seller, now.date())
    assert (room.used, room.left) == (35_000_000, 0)
    for month in TurnoverMonth.objects.all():
        assert month.used == sum(e.used_delta for e in TurnoverEntry.objects.filter(turnover=month))
    owners.release_turnover(reference="PS-2", now=now)
    assert owners.room_of(seller, now.date()).used == 20_000_000
    for month in TurnoverMonth.objects.all():
        assert month.used == sum(e.used_delta for e in TurnoverEntry.objects.filter(turnover=month))


def test_nobody_approves_past_a_finding_that_no_verifier_took_note_of(
    citizen: Any, verifier: Any, other_verifier: Any, now: datetime
) -> None:
    case = waiting(citizen, now, bank_holder="Orang Lain", phone=make.make_seller().phone)
    open_ones = list(case.checks.unacknowledged())
    assert {check.finding for check in open_ones} == {"holder_other", "phone_shared"}
    first, last = open_ones
    for known in ([], [first]):
        for check in known:
            verification.acknowledge_finding(actor=other_verifier, check=check, now=now)
        before = snapshot(case)
        with pytest.raises(RuleBroken) as refused:
            verification.approve_case(actor=verifier, case=looked_at(case, verifier, now), now=now)
        assert refused.value.code == "findings_open"
        assert snapshot(case) == before
    later = now + timedelta(hours=1)
    verification.acknowledge_finding(actor=verifier, check=first, now=later)  # who was first stays
    verification.acknowledge_finding(actor=verifier, check=last, now=later)
    told = case.checks.filter(pk__in=[first.pk, last.pk]).values_list("acknowledged_by", "acknowledged_at")
    assert list(told) == [(other_verifier.pk, now), (verifier.pk, later)]
    assert (
        verification.approve_case(actor=verifier, case=looked_at(case, verifier, later), now=later).state
        == SellerState.ACTIVE
    )
    with pytest.raises(InvalidMove):
        verification.acknowledge_finding(actor=verifier, check=last, now=later)


def test_a_finding_is_read_in_the_readers_language(citizen: Any, now: datetime) -> None:
    case = waiting(citizen, now, bank_holder="Orang Lain")
    check = case.checks.get(code="bank_holder")
    with translation.override("en"):
        assert check.words == "The account holder's name differs from the owner's."
    with translation.override("id"):
        assert check.words == "Nama pemilik rekening berbeda dengan pemilik usaha."


def test_sending_back_says_where_and_why(citizen: Any, verifier: Any, now: datetime) -> None:
    case = waiting(citizen, now)
    remarks = {"address": "Nomor rumah belum ada.", "ktp": "Foto KTP buram."}
    with pytest.raises(RuleBroken, match=r"Buka dahulu di halaman ini.*Foto KTP"):
        verification.send_back_case(actor=verifier, case=case, remarks=remarks, now=now)
    looked_at(case, verifier, now)
    verification.send_back_case(actor=verifier, case=case, remarks=remarks, now=now)
    case.refresh_from_db()
    assert (case.state, case.seller.state) == (CaseState.SENT_BACK, SellerState.SENT_BACK)
    assert dict(case.remarks.values_list("field", "reason")) == remarks
    told = Notification.objects.get(person=citizen, kind="seller.sent_back")
    assert "Foto KTP buram." in render(told, "id").body


def test_a_second_round_remembers_the_first(citizen: Any, verifier: Any, now: datetime) -> None:
    case = waiting(citizen, now)
    verification.send_back_case(actor=verifier, case=case, remarks={"address": "Kurang lengkap."}, now=now)
    case.seller.refresh_from_db()
    later = now + timedelta(hours=3)
    sellers.save_seller(actor=citizen, seller=case.seller, values={"address": "Jl. Kembang Turi 12A"}, now=later)
    again = sellers.submit_seller(actor=citizen, seller=case.seller, now=later)
    assert case.values.get(field="address").value == "Jl. Kembang Turi 12"
    assert again.values.get(field="address").value == "Jl. Kembang Turi 12A"
    assert again.due_at >= case.due_at


def test_rejection_ends_it_with_a_reason(citizen: Any, verifier: Any, now: datetime) -> None:
    case = waiting(citizen, now)
    verification.reject_case(
        actor=verifier, case=case, reason=RejectReason.OUTSIDE_CITY, note="Usaha berada di luar kota.", now=now
    )
    case.refresh_from_db()
    assert (case.state, case.seller.state, case.seller.rejected_at) == (CaseState.REJECTED, SellerState.REJECTED, now)
    assert (case.reject_reason, case.note) == (RejectReason.OUTSIDE_CITY, "Usaha berada di luar kota.")
    told = render(Notification.objects.get(person=citizen, kind="seller.rejected"), "id").body
    last = long_date(clock.last_day(last_moment(now)))
    assert "di luar kota" in told and f"Ajukan banding sampai {last}" in told


@pytest.mark.parametrize(
    ("remarks", "code"),
    [
        ({}, "remarks_missing"),
        ({"address": "  "}, "reason_missing"),
        ({"address": "empat belas h."}, "reason_too_short"),
        ({"rahasia": "x"}, "field_unknown"),
        ({"ktp": "x" * 301}, "reason_too_long"),
    ],
)
def test_sending_back_without_a_usable_reason_is_refused(
    citizen: Any, verifier: Any, now: datetime, remarks: dict[str, str], code: str
) -> None:
    case = waiting(citizen, now)
    before = snapshot(case)
    with pytest.raises(RuleBroken) as refused:
        verification.send_back_case(actor=verifier, case=case, remarks=remarks, now=now)
    assert refused.value.code == code
    assert snapshot(case) == before


@pytest.mark.parametrize(
    ("reason", "note", "code"),
    [
        ("", "x", "reason_missing"),
        ("<b>", "x", "reason_missing"),
        ("other", " ", "note_missing"),
        ("other", "empat belas h.", "note_too_short"),
        ("other", "x" * 1001, "note_too_long"),
    ],
)
def test_rejecting_without_a_usable_reason_is_refused(
    citizen: Any, verifier: Any, now: datetime, reason: str, note: str, code: str
) -> None:
    case = waiting(citizen, now)
    before = snapshot(case)
    with pytest.raises(RuleBroken) as refused:
        verification.reject_case(actor=verifier, case=case, reason=reason, note=note, now=now)
    assert refused.value.code == code
    assert snapshot(case) == before


def seen(*, actor: Any, case: VerificationCase, now: datetime) -> dict[str, Any]:
    return {"actor": actor, "case": looked_at(case, actor, now), "now": now}


ACTIONS: dict[str, Callable[..., Any]] = {
    "approve": lambda **k: verification.approve_case(**seen(**k)),
    "send_back": lambda **k: verification.send_back_case(remarks={"ktp": "Buram, foto lagi."}, **seen(**k)),
    "reject": lambda **k: verification.reject_case(reason="other", note="Alasan yang cukup.", **seen(**k)),
}


def acknowledge(*, case: VerificationCase, **k: Any) -> Any:
    return verification.acknowledge_finding(check=case.checks.first(), **k)


@pytest.mark.parametrize("action", [*ACTIONS, "take", "acknowledge"])
@pytest.mark.parametrize("who", ["citizen", "stranger", "curator", "own"])
def test_only_a_verifier_of_other_peoples_shops_decides(
    request: pytest.FixtureRequest, citizen: Any, now: datetime, who: str, action: str
) -> None:
    if who == "own":
        actor = make.make_staff("umkm.verify_seller")
        case = waiting(actor, now)
    else:
        case = waiting(citizen, now)
        actor = request.getfixturevalue(who)
    before = snapshot(case)
    with pytest.raises(NotAllowed):
        {**ACTIONS, "take": verification.take_case, "acknowledge": acknowledge}[action](actor=actor, case=case, now=now)
    assert snapshot(case) == before


@pytest.mark.parametrize("how", make.TIES)
def test_who_is_tied_to_the_shop_does_not_judge_it(citizen: Any, verifier: Any, now: datetime, how: str) -> None:
    case = waiting(citizen, now)
    make.tie(verifier, case.seller, how)
    before = snapshot(case)
    for action in ACTIONS.values():
        with pytest.raises(NotAllowed):
            action(actor=verifier, case=case, now=now)
    assert snapshot(case) == before
    assert pages.next_case(waiting(make.make_user(), now), verifier) != case


@pytest.mark.parametrize("empty", ["nik_index", "bank_index"])
def test_nobody_is_tied_by_what_is_not_written(citizen: Any, verifier: Any, now: datetime, empty: str) -> None:
    case = waiting(citizen, now)
    Seller.objects.filter(pk=case.seller_id).update(**{empty: ""})
    make.make_member(make.make_seller(state="draft", nik="", bank_account=""), verifier)
    Seller.objects.filter(members__user=verifier).update(**{empty: ""})
    assert verification.approve_case(actor=verifier, case=looked_at(case, verifier, now), now=now).state == "active"


@pytest.mark.parametrize("action", [*ACTIONS, "check"])
@pytest.mark.parametrize("state", CaseState)
def test_each_action_in_each_state(citizen: Any, verifier: Any, now: datetime, state: str, action: str) -> None:
    case = sellers.submit_seller(actor=citizen, seller=ready(citizen, now), now=now)
    if state != CaseState.CHECKING:
        case = verification.check_case(case=case, now=now)
    for name in ACTIONS:
        if CASE.after(CaseState.WAITING, name) == state:
            ACTIONS[name](actor=verifier, case=case, now=now)
    before = snapshot(case)
    if action == "check":
        verification.check_case(case=case, now=now)  # safe to run twice: leaves when done
        assert (snapshot(case) == before) == (state != CaseState.CHECKING)
    elif CASE.allows(state, action):
        ACTIONS[action](actor=verifier, case=case, now=now)
        case.refresh_from_db()
        assert case.state == CASE.after(state, action)
    else:
        with pytest.raises(InvalidMove):
            ACTIONS[action](actor=verifier, case=case, now=now)
        assert snapshot(case) == before


# --- Races, on real threads ---


def together(*calls: Callable[[], Any]) -> list[Any]:
    """Run the calls at once; each gives its result or its exception."""
    gate = threading.Barrier(len(calls))
    results: list[Any] = [None] * len(calls)

    def run(at: int) -> None:
        try:
            gate.wait(10)
            results[at] = calls[at]()
        except Exception as problem:  # compared by the test
            results[at] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(at,)) for at in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_deciding_at_once_one_wins(
    citizen: Any, verifier: Any, other_verifier: Any, now: datetime
) -> None:
    case = waiting(citizen, now)
    results = together(
        lambda: verification.approve_case(actor=verifier, case=looked_at(case, verifier, now), now=now),
        lambda: ACTIONS["reject"](actor=other_verifier, case=case, now=now),
    )
    assert sorted(isinstance(r, InvalidMove) for r in results) == [False, True]
    assert case.events.filter(action__in=["approve", "reject"]).count() == 1
    assert Notification.objects.filter(kind__in=["seller.approved", "seller.rejected"]).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_click_on_send_makes_one_case(citizen: Any, now: datetime) -> None:
    seller = ready(citizen, now)
    results = together(*[lambda: sellers.submit_seller(actor=citizen, seller=seller, now=now)] * 3)
    assert sum(isinstance(r, VerificationCase) for r in results) == 1
    assert VerificationCase.objects.count() == 1
    assert Job.objects.filter(name="umkm.check_case").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_shops_of_one_person_approved_at_once_share_an_owner(
    citizen: Any, verifier: Any, other_verifier: Any, now: datetime
) -> None:
    one = waiting(citizen, now)
    two = waiting(citizen, now, number=2, nik=one.seller.nik)
    take_note(verifier, one, now)
    take_note(other_verifier, two, now)
    results = together(
        lambda: verification.approve_case(actor=verifier, case=looked_at(one, verifier, now), now=now),
        lambda: verification.approve_case(actor=other_verifier, case=looked_at(two, other_verifier, now), now=now),
    )
    assert [r for r in results if isinstance(r, Exception)] == []
    assert Seller.objects.filter(state=SellerState.ACTIVE).values("owner").distinct().count() == 1
    assert Owner.objects.count() == 1
    assert Seller.objects.filter(slug__startswith="dapur-bu-lirih").count() == 2


def test_a_round_in_which_more_was_asked_is_read_still(citizen: Any, verifier: Any, now: datetime) -> None:
    case = waiting(citizen, now)
    case.values.create(field="workers", value="3")
    decided = ACTIONS["reject"](actor=verifier, case=case, now=now)
    page = signed_in(verifier).get(reverse("admin:umkm_verificationcase_change", args=[decided.pk]))
    assert page.status_code == 200 and "Dapur Bu Lirih" in page.text


def test_a_number_and_its_document_are_sent_back_apart() -> None:
    """The NIB or NPWP that was typed, and the paper that shows it, are two things to mend."""
    names = [*steps.FIELDS, *SellerDocumentKind.values]
    assert len(names) == len(set(names))
    labels = [steps.label_of(name) for name in names]
    assert len(labels) == len(set(labels))
    assert (steps.label_of("npwp"), steps.label_of("npwp_card")) == ("Nomor NPWP", "Kartu NPWP")
    assert (steps.step_of("nib").slug, steps.step_of("nib_letter").slug) == ("usaha", "dokumen")


def test_the_front_of_a_producers_shop_stands_on_its_page(
    citizen: Any, verifier: Any, now: datetime, run_jobs: Callable[[], int]
) -> None:
    """As the registration told the applicant; a grocery was asked for the photo as a proof only."""
    case = waiting(citizen, now)
    seller = verification.approve_case(actor=verifier, case=looked_at(case, verifier, now), now=now)
    assert not seller.picture
    run_jobs()
    seller.refresh_from_db()
    assert seller.picture.name.startswith("toko/")
    shown = seller.picture.name
    sellers.show_front(seller=seller, now=now)
    seller.refresh_from_db()
    assert seller.picture.name == shown
    grocery = waiting(make.make_user(), now, kind="kelontong", number=5)
    for check in grocery.checks.unacknowledged():
        verification.acknowledge_finding(actor=verifier, check=check, now=now)
    shop = verification.approve_case(actor=verifier, case=looked_at(grocery, verifier, now), now=now)
    run_jobs()
    shop.refresh_from_db()
    assert not shop.picture


def test_a_picture_the_seller_chose_stays(citizen: Any, verifier: Any, now: datetime) -> None:
    seller = verification.approve_case(actor=verifier, case=looked_at(waiting(citizen, now), verifier, now), now=now)
    Seller.objects.filter(pk=seller.pk).update(picture="toko/pilihan.webp")
    assert sellers.show_front(seller=seller, now=now).picture.name == "toko/pilihan.webp"


@pytest.mark.django_db(transaction=True)
def test_orders_placed_while_two_owners_become_one_count_for_the_one(
    citizen: Any, verifier: Any, now: datetime
) -> None:
    """Whichever comes first: the other waits for the shop's row, and sees whose it is then."""
    case = waiting(citizen, now)
    one = make.make_seller(nik=case.seller.nik)
    two = make.make_seller(bank_account=case.seller.bank_account)
    for check in verification.check_again(actor=verifier, case=case, now=now):
        verification.acknowledge_finding(actor=verifier, check=check, now=now)
    acts: list[Callable[[], Any]] = []
    for seller in (one, two) * 4:
        person, product = make.make_user(), make.make_product(seller, price=20_000, on_hand=5)
        cart = carts.put_in_cart(user=person, key="", product=product, quantity=Decimal(1), now=now)
        values = orders.checkout_values(product)
        acts.append(
            lambda person=person, cart=cart, values=values: carts.place_orders(  # type: ignore[misc]
                actor=person, cart=cart, values=values, key=new_key(), now=now
            )
        )
    results = together(
        *acts[:4],
        lambda: verification.approve_case(actor=verifier, case=looked_at(case, verifier, now), now=now),
        *acts[4:],
    )
    assert [result for result in results if isinstance(result, Exception)] == []
    one.refresh_from_db()
    two.refresh_from_db()
    assert one.owner_id == two.owner_id
    placed = sum(order.total for order in Order.objects.all())
    assert Order.objects.count() == 8
    assert owners.room_of(two, now.date()).used == placed
    assert not TurnoverMonth.objects.exclude(owner=one.owner_id).filter(used__gt=0).exists()
