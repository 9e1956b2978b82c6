"""Registering, saving, documents and sending: what changes, and what refuses without changing anything."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.models import Job, Kelurahan, Upload
from epeken.core.secret import blind_index
from epeken.notifications.models import Notification
from tests.factories import appeals, sanctions
from tests.factories.places import far_away, home
from tests.factories.umkm import make_nik, make_seller
from tests.umkm.drafts import filled, looked_at, ready, snapshot, waiting
from tests.umkm.pictures import photo
from umkm.sellers import rules, steps
from umkm.sellers import services as sellers
from umkm.sellers.errors import NotChanged, NotComplete
from umkm.sellers.models import FoodCourt, Seller
from umkm.sellers.states import SELLER, SellerKind, SellerState
from umkm.verification import pages, retention
from umkm.verification import services as verification
from umkm.verification.models import SellerDocument, VerificationCase

pytestmark = pytest.mark.django_db


def counts() -> tuple[int, ...]:
    return (
        VerificationCase.objects.count(),
        SellerDocument.objects.count(),
        Notification.objects.count(),
        Job.objects.count(),
    )


@pytest.mark.parametrize("kind", SellerKind)
def test_a_draft_belongs_to_the_person_who_starts_it(citizen: Any, now: datetime, kind: str) -> None:
    seller = sellers.register_seller(actor=citizen, kind=kind, now=now)
    assert (seller.state, seller.kind) == (SellerState.DRAFT, kind)
    assert [m.user for m in seller.members.all()] == [citizen]
    assert [(e.action, e.actor) for e in seller.events.all()] == [("create", citizen)]


def test_starting_twice_takes_up_the_draft_of_that_kind(citizen: Any, now: datetime) -> None:
    one = sellers.register_seller(actor=citizen, kind=SellerKind.UMKM, now=now)
    assert not one.offers_delivery  # nobody delivers in the whole city for nothing without having said so
    sellers.save_seller(actor=citizen, seller=one, values={"nik": make_nik(7)}, now=now)
    assert sellers.register_seller(actor=citizen, kind=SellerKind.UMKM, now=now) == one
    sellers.save_seller(actor=citizen, seller=one, values={"name": "Dapur Bu Lirih"}, now=now)
    assert sellers.register_seller(actor=citizen, kind=SellerKind.UMKM, now=now) == one
    assert sellers.register_seller(actor=citizen, kind=SellerKind.KELONTONG, now=now) != one
    case = sellers.submit_seller(actor=citizen, seller=ready(citizen, now), now=now)
    assert sellers.register_seller(actor=citizen, kind=SellerKind.UMKM, now=now) != case.seller  # that one was sent


def test_an_owner_discards_what_was_never_sent(citizen: Any, stranger: Any, now: datetime) -> None:
    seller = ready(citizen, now)
    files = list(seller.documents.values_list("file", flat=True))
    with pytest.raises(NotAllowed):
        retention.discard_draft(actor=stranger, seller=seller, now=now)
    for _click in range(2):
        retention.discard_draft(actor=citizen, seller=seller, now=now)
    seller.refresh_from_db()
    assert (seller.name, seller.nik, seller.nik_index, seller.address, seller.bank_account) == ("", "", "", "", "")
    assert set(seller.documents.values_list("file", "sha256")) == {("", "")}
    assert not Upload.objects.filter(name__in=files).exists()
    assert not Seller.objects.of_member(citizen).exists()
    assert [event.action for event in seller.events.order_by("pk")] == ["create", "destroy"]
    with pytest.raises(NotAllowed):  # a page that was open in another window
        sellers.save_seller(actor=citizen, seller=seller, values={"name": "Dapur"}, now=now)
    sent = sellers.submit_seller(actor=citizen, seller=ready(citizen, now), now=now).seller
    with pytest.raises(InvalidMove):
        retention.discard_draft(actor=citizen, seller=sent, now=now)
    denied = appeals.rejected(stranger, now, number=3).seller
    again = sellers.retry_seller(actor=stranger, seller=denied, now=now)
    with pytest.raises(InvalidMove):  # what was decided on stays as long as the decision
        retention.discard_draft(actor=stranger, seller=again, now=now)


def test_a_point_on_the_map_is_whole_and_in_the_city(citizen: Any, now: datetime) -> None:
    seller = sellers.register_seller(actor=citizen, kind=SellerKind.UMKM, now=now)
    box = settings.CITY.box
    edge = {"latitude": box.north, "longitude": box.east}
    for pin, code in (
        ({"latitude": box.north + Decimal("0.000001"), "longitude": box.east}, "pin_elsewhere"),
        ({"latitude": box.north, "longitude": None}, "pin_half"),
    ):
        with pytest.raises(RuleBroken) as refused:
            sellers.save_seller(actor=citizen, seller=seller, values=pin, now=now)
        assert refused.value.code == code
    assert sellers.save_seller(actor=citizen, seller=seller, values=edge, now=now).latitude == box.north


def test_a_picture_of_one_colour_is_no_document(citizen: Any, now: datetime) -> None:
    seller = sellers.register_seller(actor=citizen, kind=SellerKind.UMKM, now=now)
    for level in ((0, 0), (255, 255), (120, 120)):
        with pytest.raises(RuleBroken) as refused:
            sellers.add_document(actor=citizen, seller=seller, kind="ktp", file=photo(1, level=level), now=now)
        assert (refused.value.code, refused.value.field) == ("picture_empty", "file")
    assert not seller.documents.exists() and not Upload.objects.exists()


def test_an_unknown_kind_is_refused(citizen: Any, now: datetime) -> None:
    with pytest.raises(RuleBroken) as refused:
        sellers.register_seller(actor=citizen, kind="<script>", now=now)
    assert refused.value.code == "kind_unknown"
    assert not Seller.objects.exists()


def test_drafts_are_bounded(citizen: Any, now: datetime) -> None:
    for _draft in range(sellers.MOST_DRAFTS):  # as they come to a resident whom officers helped
        make_seller(citizen, state=SellerState.DRAFT, kind=SellerKind.KELONTONG)
    with pytest.raises(RuleBroken) as refused:
        sellers.register_seller(actor=citizen, kind=SellerKind.UMKM, now=now)
    assert refused.value.code == "too_many_drafts"


def test_saving_writes_only_what_was_given(citizen: Any, now: datetime) -> None:
    seller = sellers.register_seller(actor=citizen, kind=SellerKind.UMKM, now=now)
    sellers.save_seller(actor=citizen, seller=seller, values={"name": "Dapur Bu Lirih"}, now=now)
    sellers.save_seller(actor=citizen, seller=seller, values={"about": "Sejak 2015."}, now=now)
    seller.refresh_from_db()
    assert (seller.name, seller.about) == ("Dapur Bu Lirih", "Sejak 2015.")


def test_a_stall_has_hours_in_those_of_its_court(citizen: Any, now: datetime) -> None:
    seller = ready(citizen, now, kind=SellerKind.SWK)
    court = seller.food_court
    assert court is not None
    save: Any = lambda **hours: sellers.save_seller(actor=citizen, seller=seller, values=hours, now=now)  # noqa: E731
    with pytest.raises(RuleBroken) as refused:
        save(opens_at=court.closes_at, closes_at=time(23, 59))
    assert (refused.value.code, refused.value.field) == ("court_closed", "closes_at")
    assert str(court) in refused.value.message
    assert save(opens_at=time(0), closes_at=time(23, 59)).opens_at == time(0)  # told as far as the court is open


def test_a_stall_is_in_the_district_of_its_court(citizen: Any, now: datetime) -> None:
    seller = ready(citizen, now, kind=SellerKind.SWK)
    before = snapshot(seller)
    court = FoodCourt.objects.exclude(kecamatan=home().kecamatan).exclude(kecamatan=None)[0]
    for values in ({"kelurahan": far_away()}, {"food_court": court}, {"food_court": court, "kelurahan": home()}):
        with pytest.raises(RuleBroken) as refused:
            sellers.save_seller(actor=citizen, seller=seller, values=values, now=now)
        assert (refused.value.code, refused.value.field) == ("ward_of_other_district", "kelurahan")
    assert snapshot(seller) == before
    inside = {"food_court": court, "kelurahan": Kelurahan.objects.filter(kecamatan=court.kecamatan)[0]}
    assert sellers.save_seller(actor=citizen, seller=seller, values=inside, now=now).food_court == court
    FoodCourt.objects.filter(pk=court.pk).update(kecamatan=None)  # nobody knows where: nothing is refused
    court.refresh_from_db()
    far = {"food_court": court, "kelurahan": far_away()}
    assert sellers.save_seller(actor=citizen, seller=seller, values=far, now=now).food_court == court


def test_numbers_are_kept_in_one_form_with_their_index(citizen: Any, now: datetime) -> None:
    seller = sellers.register_seller(actor=citizen, kind=SellerKind.UMKM, now=now)
    values = {"nik": "1234 0157 0879 1234", "bank_account": "7000-1234-5678", "phone": "0812 3456-7890"}
    sellers.save_seller(actor=citizen, seller=seller, values=values, now=now)
    seller.refresh_from_db()
    assert (seller.nik, seller.bank_account, seller.phone) == ("1234015708791234", "700012345678", "+6281234567890")
    assert (seller.nik_index, seller.bank_index) == (blind_index("1234015708791234"), blind_index("700012345678"))


def test_secrets_are_not_readable_in_the_database(citizen: Any, now: datetime) -> None:
    from django.db import connection

    seller = ready(citizen, now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nik, bank_account FROM umkm_seller WHERE id = %s", [seller.pk])
        nik, bank = cursor.fetchone()
    assert seller.nik not in nik
    assert seller.bank_account not in bank


def test_an_empty_secret_means_as_it_is(citizen: Any, now: datetime) -> None:
    seller = ready(citizen, now)
    nik = seller.nik
    sellers.save_seller(actor=citizen, seller=seller, values={"nik": "", "owner_name": "Nama Baru"}, now=now)
    seller.refresh_from_db()
    assert (seller.nik, seller.owner_name) == (nik, "Nama Baru")


def test_consent_keeps_its_first_moment_and_can_be_withdrawn(citizen: Any, now: datetime) -> None:
    seller = sellers.register_seller(actor=citizen, kind=SellerKind.UMKM, now=now)
    sellers.save_seller(actor=citizen, seller=seller, values={"consented": True}, now=now)
    later = now + timedelta(days=1)
    assert sellers.save_seller(actor=citizen, seller=seller, values={"consented": True}, now=later).consented_at == now
    assert (
        sellers.save_seller(actor=citizen, seller=seller, values={"consented": False}, now=later).consented_at is None
    )


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"nik": "123"}, "nik"),
        ({"nik": "1234019902791234"}, "nik"),
        ({"nik": "0078015708791234"}, "nik"),
        ({"nik": "３５７８０１５７０８７９１２３４"}, "nik"),
        ({"phone": "halo"}, "phone"),
        ({"phone": "+62" + "1" * 40}, "phone"),
        ({"bank_account": "12"}, "bank_account"),
        ({"npwp": "12345"}, "npwp"),
        ({"nib": "12345"}, "nib"),
        ({"name": "x" * 81}, "name"),
        ({"about": "x" * 601}, "about"),
        ({"email": "<script>"}, "email"),
        ({"open_days": "129"}, "open_days"),
        ({"form": "yayasan"}, "form"),
    ],
)
def test_bad_values_are_refused_at_their_field(citizen: Any, now: datetime, values: dict[str, Any], field: str) -> None:
    seller = ready(citizen, now)
    before = snapshot(seller)
    with pytest.raises(RuleBroken) as refused:
        sellers.save_seller(actor=citizen, seller=seller, values=values, now=now)
    assert refused.value.field == field
    assert snapshot(seller) == before


def test_fields_of_another_kind_cannot_be_written(citizen: Any, now: datetime) -> None:
    seller = ready(citizen, now)
    for values in ({"stall_number": "A1"}, {"state": "active"}, {"owner": 1}, {"consented_at": now}):
        with pytest.raises(LookupError):
            sellers.save_seller(actor=citizen, seller=seller, values=values, now=now)


def test_a_stranger_writes_nothing(citizen: Any, stranger: Any, now: datetime) -> None:
    seller = ready(citizen, now)
    before, had = snapshot(seller), counts()
    with pytest.raises(NotAllowed):
        sellers.save_seller(actor=stranger, seller=seller, values={"name": "Direbut"}, now=now)
    with pytest.raises(NotAllowed):
        sellers.add_document(actor=stranger, seller=seller, kind="ktp", file=photo(9), now=now)
    with pytest.raises(NotAllowed):
        sellers.submit_seller(actor=stranger, seller=seller, now=now)
    assert (snapshot(seller), counts()) == (before, had)


def test_a_document_is_replaced_and_kept(citizen: Any, now: datetime) -> None:
    seller = ready(citizen, now)
    old = seller.documents.get(kind="ktp")
    new = sellers.add_document(actor=citizen, seller=seller, kind="ktp", file=photo(77), now=now)
    old.refresh_from_db()
    assert old.replaced_at == now
    assert old.file != new.file
    assert list(seller.documents.current().filter(kind="ktp")) == [new]


def test_the_same_file_again_changes_nothing(citizen: Any, now: datetime) -> None:
    seller = ready(citizen, now)
    one = sellers.add_document(actor=citizen, seller=seller, kind="ktp", file=photo(77), now=now)
    assert sellers.add_document(actor=citizen, seller=seller, kind="ktp", file=photo(77), now=now) == one


@pytest.mark.parametrize("kind", ["stall", "rahasia", "../etc"])
def test_a_document_nobody_asked_for_is_refused(citizen: Any, now: datetime, kind: str) -> None:
    seller = ready(citizen, now)
    had = counts()
    with pytest.raises(RuleBroken) as refused:
        sellers.add_document(actor=citizen, seller=seller, kind=kind, file=photo(5), now=now)
    assert refused.value.code == "document_not_asked"
    assert counts() == had


@pytest.mark.parametrize(
    ("kind", "file", "days", "code"),
    [
        ("ktp", {"size": (400, 319)}, None, "picture_too_small"),
        ("ktp", {"size": (400, 320)}, None, ""),
        ("pirt", {}, -1, "document_expired"),
        ("pirt", {}, 0, ""),
    ],
)
def test_what_nobody_could_accept_is_refused_at_once(
    citizen: Any, now: datetime, kind: str, file: Any, days: int | None, code: str
) -> None:
    seller = ready(citizen, now)
    had = counts()
    last = None if days is None else clock.local_date(now) + timedelta(days=days)
    given = {"actor": citizen, "seller": seller, "kind": kind, "file": photo(7, **file), "expires_on": last, "now": now}
    if not code:
        assert sellers.add_document(**given).expires_on == last
        return
    with pytest.raises(RuleBroken) as refused:
        sellers.add_document(**given)
    assert refused.value.code == code
    assert counts() == had


def test_what_was_sent_back_comes_changed_or_said_to_be_right(citizen: Any, verifier: Any, now: datetime) -> None:
    box = settings.CITY.box
    case = waiting(citizen, now, latitude=box.south, longitude=box.west)
    asked = {
        "address": "Kurang nomor rumah.", "open_days": "Betul Sabtu buka?", "latitude": "Titiknya di sungai.",
        "ktp": "Foto KTP-nya buram.",
    }  # fmt: skip
    verification.send_back_case(actor=verifier, case=looked_at(case, verifier, now), remarks=asked, now=now)
    later = now + timedelta(hours=1)
    seller = sellers.save_seller(
        actor=citizen, seller=case.seller, values={"address": "Jl. Lain 3", "longitude": box.east}, now=later
    )
    had = counts()
    with pytest.raises(NotChanged) as refused:
        sellers.submit_seller(actor=citizen, seller=seller, now=later)
    assert "Hari buka, Foto KTP" in refused.value.message
    assert counts() == had
    sellers.add_document(actor=citizen, seller=seller, kind="ktp", file=photo(88), now=later)
    again = sellers.submit_seller(actor=citizen, seller=seller, now=later, unchanged_is_right=True)
    told = {one.label: one.is_unchanged for one in pages.asked_before(again, pages.rounds_beside(again)[0])}
    assert told == {"Alamat usaha": False, "Hari buka": True, "Titik peta": False, "Foto KTP": False}


@pytest.mark.parametrize("kind", SellerKind)
def test_sending_opens_a_case_with_a_deadline_and_a_job(citizen: Any, kind: str) -> None:
    monday = datetime(2026, 11, 23, 9, 0, tzinfo=clock.ZONE)
    seller = ready(citizen, monday, kind=kind)
    case = sellers.submit_seller(actor=citizen, seller=seller, now=monday)
    seller.refresh_from_db()
    assert (seller.state, seller.submitted_at) == (SellerState.SUBMITTED, monday)
    assert case.due_at == clock.due_after_working_days(monday, rules.VERIFICATION.on(monday.date()))
    assert Job.objects.get(name="umkm.check_case").arguments == {"case_pk": case.pk}
    assert {v.field for v in case.values.all()} == set(steps.fields_of(seller))
    assert Notification.objects.get(person=citizen, kind="seller.submitted").url == f"/daftar-berjualan/{seller.pk}/"


@pytest.mark.parametrize("kind", SellerKind)
def test_an_empty_draft_is_refused_with_everything_it_lacks(citizen: Any, now: datetime, kind: str) -> None:
    seller = sellers.register_seller(actor=citizen, kind=kind, now=now)
    before, had = snapshot(seller), counts()
    with pytest.raises(NotComplete) as refused:
        sellers.submit_seller(actor=citizen, seller=seller, now=now)
    lacking = {item.field for item in refused.value.missing}
    assert {"nik", "phone", "consented_at", "name", "kelurahan", "bank_account", "ktp"} <= lacking
    assert ("stall_number" in lacking) == (kind == SellerKind.SWK)
    assert ("address" in lacking) == (kind != SellerKind.SWK)
    assert (snapshot(seller), counts()) == (before, had)


@pytest.mark.parametrize("name", ["owner_name", "phone", "name", "address", "open_days", "bank_name", "bank_holder"])
def test_one_lacking_field_is_named(citizen: Any, now: datetime, name: str) -> None:
    seller = ready(citizen, now)
    sellers.save_seller(actor=citizen, seller=seller, values={name: ""}, now=now)
    with pytest.raises(NotComplete) as refused:
        sellers.submit_seller(actor=citizen, seller=seller, now=now)
    assert [item.field for item in refused.value.missing] == [name]


def test_a_business_body_brings_nib_and_npwp(citizen: Any, now: datetime) -> None:
    seller = ready(citizen, now, form="body")
    with pytest.raises(NotComplete) as refused:
        sellers.submit_seller(actor=citizen, seller=seller, now=now)
    assert [item.field for item in refused.value.missing] == ["nib", "npwp"]


def test_sending_twice_makes_one_case(citizen: Any, now: datetime) -> None:
    seller = ready(citizen, now)
    sellers.submit_seller(actor=citizen, seller=seller, now=now)
    had = counts()
    with pytest.raises(InvalidMove):
        sellers.submit_seller(actor=citizen, seller=seller, now=now)
    assert counts() == had


def test_what_was_sent_can_no_longer_be_changed(citizen: Any, now: datetime) -> None:
    seller = ready(citizen, now)
    sellers.submit_seller(actor=citizen, seller=seller, now=now)
    before, had = snapshot(seller), counts()
    with pytest.raises(InvalidMove):
        sellers.save_seller(actor=citizen, seller=seller, values={"name": "Lain"}, now=now)
    with pytest.raises(InvalidMove):
        sellers.add_document(actor=citizen, seller=seller, kind="ktp", file=photo(3), now=now)
    assert (snapshot(seller), counts()) == (before, had)


# --- States: every state × action of the table ---

DOERS: dict[str, Any] = {
    "submit": lambda seller, people, now: sellers.submit_seller(actor=people["owner"], seller=seller, now=now),
    "freeze": lambda seller, people, now: sanctions.freeze(seller, now, actor=people["warden"]),
}


@pytest.mark.parametrize("action", sorted(DOERS))
@pytest.mark.parametrize("state", SellerState)
def test_each_action_in_each_state(citizen: Any, warden: Any, now: datetime, state: str, action: str) -> None:
    complete = ready(citizen, now)
    values = {name: getattr(complete, name) for name in ("address", "consented_at", "bank_name")}
    seller = make_seller(member=citizen, state=state, **values)
    for kind in ("ktp", "production", "shop_front"):
        document = complete.documents.get(kind=kind)
        document.pk, document.seller = None, seller
        document.save()
    people = {"owner": citizen, "warden": warden}
    if SELLER.allows(state, action):
        DOERS[action](seller, people, now)
        seller.refresh_from_db()
        assert seller.state == SELLER.after(state, action)
        assert seller.events.filter(action=action).count() == 1
    else:
        before = snapshot(seller)
        with pytest.raises(InvalidMove):
            DOERS[action](seller, people, now)
        assert snapshot(seller) == before


def test_filled_values_cover_what_is_asked(citizen: Any, now: datetime) -> None:
    for kind in SellerKind:
        seller = Seller(kind=kind)
        given = set(filled(kind)) - {"consented"} | {"consented_at"}
        assert set(steps.required_fields(seller)) <= given
