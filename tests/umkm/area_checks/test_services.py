"""What a kelurahan and a kecamatan are asked, by when, and what their answer does to the office's decision."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.notifications.models import Notification
from tests.factories import areas
from tests.factories import umkm as make
from tests.umkm.drafts import looked_at, waiting
from tests.umkm.pictures import photo
from umkm.area_checks import services
from umkm.area_checks.models import AreaCheck, AreaPosting, AreaStage, VisitPhoto
from umkm.area_checks.states import AreaCheckState
from umkm.sellers import services as sellers
from umkm.sellers.states import SellerKind, SellerState
from umkm.verification import pages, retention
from umkm.verification import services as verification
from umkm.verification.models import VerificationCase
from umkm.verification.states import CaseState

pytestmark = pytest.mark.django_db

SHOP = {"kind": SellerKind.KELONTONG}
WORDS = "Di alamat itu rumah kosong, tetangga tidak mengenalnya"


@pytest.fixture(autouse=True)
def stages() -> None:
    """The same in every city: a shop is looked at by both levels, a producer's place has to be visited."""
    AreaStage.objects.all().delete()
    dates = {"valid_from": date(2021, 1, 1), "source": "uji"}
    for kind, level, visit in (
        ("kelontong", "kelurahan", False), ("kelontong", "kecamatan", False), ("umkm", "kelurahan", True),
    ):  # fmt: skip
        AreaStage.objects.create(seller_kind=kind, level=level, working_days=1, asks_visit=visit, **dates)


def states(case: VerificationCase) -> list[tuple[str, str]]:
    return list(case.area_checks.order_by("pk").values_list("level", "state"))


def approved(officer: Any, case: VerificationCase, now: datetime, **more: Any) -> Any:
    looked_at(case, officer, now)
    for check in case.checks.unacknowledged():
        verification.acknowledge_finding(actor=officer, check=check, now=now)
    return verification.approve_case(actor=officer, case=case, now=now, **more)


def test_each_level_is_asked_in_turn_and_the_office_decides_after_the_last(
    citizen: Any, verifier: Any, now: datetime
) -> None:
    ward, district = areas.post("kelurahan"), areas.post("kecamatan")
    case = waiting(citizen, now, **SHOP)
    first = areas.running(case)
    assert (first.level, first.due_at) == ("kelurahan", clock.due_after_working_days(now, 1))
    assert Notification.objects.get(kind="case.area_asked").person == ward
    with pytest.raises(RuleBroken) as refused:
        approved(verifier, case, now)
    assert refused.value.code == "area_running" and first.place in refused.value.message
    services.decide_check(actor=ward, check=areas.looked(first, ward, now), is_right=True, now=now)
    second = areas.running(case)
    assert second.level == "kecamatan"
    services.decide_check(actor=district, check=areas.looked(second, district, now), is_right=True, now=now)
    assert approved(verifier, case, now).state == SellerState.ACTIVE
    assert states(case) == [("kelurahan", "agreed"), ("kecamatan", "agreed")]


def test_where_nobody_is_posted_the_office_decides_as_before(citizen: Any, verifier: Any, now: datetime) -> None:
    gone = areas.post("kelurahan", valid_until=clock.local_date(now) - timedelta(days=1))
    areas.post("kecamatan", make.make_staff(is_active=False))
    areas.post("kecamatan", make.make_user(is_staff=False))
    assert gone.is_staff
    case = waiting(citizen, now, **SHOP)
    assert states(case) == [] and approved(verifier, case, now).state == SellerState.ACTIVE


def test_an_officer_of_the_shop_itself_is_not_asked(citizen: Any, now: datetime) -> None:
    areas.post("kelurahan", citizen)
    type(citizen).objects.filter(pk=citizen.pk).update(is_staff=True)
    assert states(waiting(citizen, now, **SHOP)) == []


def test_only_who_is_posted_there_answers_and_only_after_looking(citizen: Any, verifier: Any, now: datetime) -> None:
    ward, district = areas.post("kelurahan"), areas.post("kecamatan")
    elsewhere = make.make_staff()
    check = areas.running(waiting(citizen, now, **SHOP))
    for other in (district, elsewhere, verifier, citizen):
        with pytest.raises(NotAllowed):
            services.decide_check(actor=other, check=areas.looked(check, other, now), is_right=True, now=now)
    with pytest.raises(RuleBroken) as refused:
        services.decide_check(actor=ward, check=check, is_right=True, now=now)
    assert refused.value.code == "paper_unopened"
    # Posted until yesterday: asked then, not any more.
    AreaPosting.objects.filter(user=ward).update(valid_until=clock.local_date(now) - timedelta(days=1))
    with pytest.raises(NotAllowed):
        services.decide_check(actor=ward, check=areas.looked(check, ward, now), is_right=True, now=now)


def test_who_answered_for_the_area_does_not_decide_for_the_office(
    citizen: Any, other_verifier: Any, now: datetime
) -> None:
    both = areas.post("kelurahan", make.make_staff("umkm.verify_seller"))
    case = waiting(citizen, now, **SHOP)
    services.decide_check(actor=both, check=areas.looked(areas.running(case), both, now), is_right=True, now=now)
    with pytest.raises(NotAllowed, match="wilayah"):
        approved(both, case, now)
    here = waiting(make.make_user(), now, number=2, phone="0812 0000 1111", address="Jl. Lain 3", name="Lain")
    assert (pages.next_case(here, both), pages.next_case(here, other_verifier)) == (None, case)
    assert approved(other_verifier, case, now).state == SellerState.ACTIVE


def test_an_objection_needs_words_and_an_approval_against_it_does_too(
    citizen: Any, verifier: Any, now: datetime
) -> None:
    ward = areas.post("kelurahan")
    case = waiting(citizen, now, **SHOP)
    check = areas.looked(areas.running(case), ward, now)
    with pytest.raises(RuleBroken) as refused:
        services.decide_check(actor=ward, check=check, is_right=False, note="  tidak ada  ", now=now)
    assert refused.value.code == "reason_too_short"
    services.decide_check(actor=ward, check=check, is_right=False, note=WORDS, now=now)
    with pytest.raises(RuleBroken) as refused:
        approved(verifier, case, now, note="sudah jelas")
    assert refused.value.code == "objection_unanswered"
    assert approved(verifier, case, now, note="Pemilik pindah, alamat baru sudah dilihat").state == SellerState.ACTIVE
    assert case.events.get(action="approve").note.startswith("Pemilik pindah")


def test_a_place_that_has_to_be_visited_is_not_right_without_a_visit(citizen: Any, now: datetime) -> None:
    ward = areas.post("kelurahan")
    check = areas.looked(areas.running(waiting(citizen, now)), ward, now)
    today = clock.local_date(now)
    pin = {"latitude": Decimal("0.5"), "longitude": Decimal("0.5")}
    for given, code in (
        ({}, "visit_missing"),
        ({"photos": [photo(7)]}, "visit_missing"),
        ({"visited_on": today}, "visit_photos_missing"),
        ({"visited_on": today + timedelta(days=1), "photos": [photo(7)]}, "visit_day_wrong"),
        ({"visited_on": today - timedelta(days=1), "photos": [photo(7)]}, "visit_day_wrong"),
        ({"visited_on": today, "photos": [photo(n) for n in range(7)]}, "too_many_photos"),
        ({"visited_on": today, "photos": [photo(7)], "latitude": Decimal("0.5")}, "pin_half"),
        ({"visited_on": today, "photos": [photo(7)], **pin}, "pin_elsewhere"),
    ):
        with pytest.raises(RuleBroken) as refused:
            services.decide_check(actor=ward, check=check, is_right=True, now=now, **given)
        assert refused.value.code == code, given
    assert not VisitPhoto.objects.exists()
    check = services.decide_check(
        actor=ward, check=check, is_right=True, visited_on=today, photos=[photo(7), photo(8)], now=now
    )
    assert (check.state, check.photos.count(), check.officer) == ("agreed", 2, ward)


def test_silence_gives_way_at_the_deadline_and_not_before(citizen: Any, verifier: Any, now: datetime) -> None:
    ward = areas.post("kelurahan")
    areas.post("kecamatan")
    case = waiting(citizen, now, **SHOP)
    first = areas.looked(areas.running(case), ward, now)
    assert services.pass_late(now=first.due_at - timedelta(microseconds=1)) == 0
    assert services.pass_late(now=first.due_at) == 1
    assert states(case) == [("kelurahan", "passed"), ("kecamatan", "running")]
    with pytest.raises(InvalidMove):
        services.decide_check(actor=ward, check=first, is_right=True, now=first.due_at)
    second = areas.running(case)
    # The last officer of the kecamatan is posted no longer: nobody waits until the deadline for them.
    AreaPosting.objects.filter(kecamatan__isnull=False).delete()
    assert services.pass_late(now=first.due_at) == 1
    second.refresh_from_db()
    assert second.state == AreaCheckState.SKIPPED
    assert approved(verifier, case, first.due_at).state == SellerState.ACTIVE


def test_nobody_answers_after_the_deadline_though_the_sweep_has_not_come(citizen: Any, now: datetime) -> None:
    ward = areas.post("kelurahan")
    check = areas.looked(areas.running(waiting(citizen, now, **SHOP)), ward, now)
    with pytest.raises(InvalidMove, match="lewat"):
        services.decide_check(actor=ward, check=check, is_right=True, now=check.due_at)


def test_the_area_sends_back_what_it_reads_and_what_was_right_is_not_asked_again(
    citizen: Any, verifier: Any, now: datetime
) -> None:
    ward, district = areas.post("kelurahan"), areas.post("kecamatan")
    case = waiting(citizen, now, **SHOP)
    services.decide_check(actor=ward, check=areas.looked(areas.running(case), ward, now), is_right=True, now=now)
    second = areas.looked(areas.running(case), district, now)
    with pytest.raises(RuleBroken) as refused:
        services.send_back_check(actor=district, check=second, remarks={"nik": "Tidak jelas terbaca"}, now=now)
    assert refused.value.code == "field_unknown"
    services.send_back_check(actor=district, check=second, remarks={"phone": "Tidak tersambung"}, now=now)
    case.refresh_from_db()
    assert (case.state, case.seller.state) == (CaseState.SENT_BACK, SellerState.SENT_BACK)
    assert case.remarks.get().field == "phone"
    seller = sellers.save_seller(actor=citizen, seller=case.seller, values={"about": "Baru"}, now=now)
    again = sellers.submit_seller(actor=citizen, seller=seller, unchanged_is_right=True, now=now)
    again = verification.check_case(case=again, now=now)
    assert states(again) == [("kelurahan", "kept"), ("kecamatan", "running")]
    # Another address is another place: what the kelurahan said of the first says nothing of it.
    services.send_back_check(
        actor=district, check=areas.looked(areas.running(again), district, now),
        remarks={"address": "Bukan di sini rumahnya"}, now=now,
    )  # fmt: skip
    again.seller.refresh_from_db()
    seller = sellers.save_seller(actor=citizen, seller=again.seller, values={"address": "Jl. Pindahan 3"}, now=now)
    third = sellers.submit_seller(actor=citizen, seller=seller, now=now)
    assert states(verification.check_case(case=third, now=now)) == [("kelurahan", "running")]


def test_the_office_may_send_back_and_refuse_without_waiting(citizen: Any, verifier: Any, now: datetime) -> None:
    areas.post("kelurahan")
    case = waiting(citizen, now, **SHOP)
    verification.send_back_case(actor=verifier, case=case, remarks={"name": "Kurang jelas namanya"}, now=now)
    assert states(case) == [("kelurahan", "ended")]
    case = waiting(make.make_user(), now, number=4, **SHOP)
    verification.reject_case(actor=verifier, case=case, reason="duplicate", note="Sudah ada tokonya", now=now)
    assert states(case) == [("kelurahan", "ended")]


def test_who_is_posted_is_reminded_on_the_last_working_day_once(citizen: Any, now: datetime) -> None:
    areas.post("kelurahan")
    check = areas.running(waiting(citizen, now, **SHOP))
    last = clock.start_of(clock.last_day(check.due_at)) + timedelta(hours=8)
    assert services.remind(now=now) == 0  # asked today
    assert services.remind(now=last) == services.remind(now=last + timedelta(hours=1)) == 1
    assert Notification.objects.filter(kind="case.area_ends").count() == 1


def test_pictures_of_a_visit_go_with_the_documents(citizen: Any, verifier: Any, now: datetime) -> None:
    ward = areas.post("kelurahan")
    case = waiting(citizen, now)
    services.decide_check(
        actor=ward, check=areas.looked(areas.running(case), ward, now), is_right=False, note=WORDS,
        visited_on=clock.local_date(now), photos=[photo(7)], now=now,
    )  # fmt: skip
    looked_at(case, verifier, now)
    verification.reject_case(actor=verifier, case=case, reason="outside_city", note=WORDS, now=now)
    assert retention.destroy_due(now=now + timedelta(days=2000)) == 1
    kept = VisitPhoto.objects.get()
    assert (kept.file, kept.sha256, kept.destroyed_at is not None) == ("", "", True)
    assert AreaCheck.objects.get().note == WORDS


def test_a_posting_is_of_one_place() -> None:
    from django.core.exceptions import ValidationError

    posting = AreaPosting(user=make.make_staff(), valid_from=areas.SINCE, source="uji")
    with pytest.raises(ValidationError, match="kelurahan"):
        posting.full_clean()
