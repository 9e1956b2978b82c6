"""The verifier's queue and desk, and freezing, in the admin."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from epeken.core.i18n.times import ZONE_NAME
from epeken.core.reasons import LEAST_REASON
from tests.factories import umkm as make
from tests.factories.places import DISTRICT
from tests.factories.users import signed_in
from tests.umkm.drafts import looked_at, ready, waiting
from tests.umkm.pictures import photo
from umkm.sellers import services as sellers
from umkm.sellers import steps
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState
from umkm.verification import ready_reasons
from umkm.verification import services as verification
from umkm.verification.models import DocumentView, VerificationCase
from umkm.verification.states import CaseState, SellerDocumentKind

pytestmark = pytest.mark.django_db

QUEUE = "/admin/umkm/verificationcase/"
GRAVE = {"level": "freeze", "reason": "fraud", "note": "Menipu tiga pembeli"}


def desk(case: VerificationCase, action: str = "change") -> str:
    return f"{QUEUE}{case.pk}/{action}/"


@pytest.fixture
def case(citizen: Any, now: datetime) -> VerificationCase:
    return waiting(citizen, now)


def test_the_queue_is_by_deadline_and_says_what_is_late(citizen: Any, verifier: Any, now: datetime) -> None:
    first = waiting(citizen, now, name="Toko Lebih Awal")
    second = waiting(make.make_user(), now, number=2, name="Toko Belakangan")
    VerificationCase.objects.filter(pk=second.pk).update(due_at=now - timedelta(days=2))
    client = signed_in(verifier)
    page = client.get(QUEUE).text
    assert page.index("Toko Belakangan") < page.index("Toko Lebih Awal")
    assert "lewat tenggat" in page
    late = client.get(QUEUE, {"antrean": "lewat"}).text
    assert "Toko Belakangan" in late
    assert "Toko Lebih Awal" not in late
    assert "Toko Lebih Awal" in client.get(QUEUE, {"q": "Lebih Awal"}).text
    assert first.state == CaseState.WAITING


@pytest.mark.parametrize(
    "query", ["antrean=saya", "antrean=bebas", "antrean=semua", "antrean=ada", f"kecamatan={DISTRICT}", "q=<script>"]
)
def test_the_filters_of_the_queue_answer(verifier: Any, case: VerificationCase, query: str) -> None:
    answer = signed_in(verifier).get(f"{QUEUE}?{query}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_decided_cases_leave_the_queue(verifier: Any, case: VerificationCase, now: datetime) -> None:
    verification.approve_case(actor=verifier, case=looked_at(case, verifier, now), now=now)
    client = signed_in(verifier)
    assert "Dapur Bu Lirih" not in client.get(QUEUE).text
    assert "Dapur Bu Lirih" in client.get(QUEUE, {"antrean": "semua"}).text


def test_the_queue_costs_the_same_with_many_cases(
    verifier: Any, now: datetime, django_assert_max_num_queries: Any
) -> None:
    for number in range(1, 5):
        waiting(make.make_user(), now, number=number)
    client = signed_in(verifier)
    with django_assert_max_num_queries(25):
        client.get(QUEUE)


def test_the_desk_shows_data_masked_and_writes_nothing(verifier: Any, case: VerificationCase) -> None:
    page = signed_in(verifier).get(desk(case)).text
    assert case.seller.nik not in page
    assert case.seller.bank_account not in page
    assert "Tampilkan NIK" in page
    assert "Setujui dan buka toko" in page
    assert f"/dokumen-penjual/{case.seller.documents.current().first().pk}/" in page
    assert page.count("<h1") == 1
    assert not DocumentView.objects.exists()


def test_a_whole_number_is_shown_on_demand_and_logged(verifier: Any, case: VerificationCase) -> None:
    unsaid = signed_in(verifier).post(desk(case, "nomor/nik"))
    assert unsaid.status_code == 422 and case.seller.nik not in unsaid.text
    answer = signed_in(verifier).post(desk(case, "nomor/nik"), {"untuk": "match"})
    assert case.seller.nik in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert case.seller.bank_account not in answer.text
    assert [(v.viewer, v.what) for v in DocumentView.objects.all()] == [(verifier, "nik")]


@pytest.mark.parametrize("field", ["password", "owner_name", "nik_index"])
def test_only_secrets_of_the_registration_can_be_asked_for(verifier: Any, case: VerificationCase, field: str) -> None:
    assert signed_in(verifier).post(desk(case, f"nomor/{field}")).status_code == 302
    assert not DocumentView.objects.exists()


def test_approving_goes_on_to_the_next_case(verifier: Any, case: VerificationCase, now: datetime) -> None:
    following = waiting(make.make_user(), now, number=2)
    client = signed_in(verifier)
    unseen = client.post(desk(case, "setujui"))
    assert unseen.status_code == 422 and "Belum Anda buka di halaman ini: " in unseen.text
    for each in (case, following):
        looked_at(each, verifier, now)
    # The other one came after it was checked: the press above wrote that down.
    for check in case.checks.unacknowledged():
        verification.acknowledge_finding(actor=verifier, check=check, now=now)
    answer = client.post(desk(case, "setujui"))
    assert (answer.status_code, answer["Location"]) == (302, desk(following))
    # The same photos and address as the first one: nobody approves before they took note of it.
    assert client.post(desk(following, "setujui")).status_code == 422
    for check in following.checks.unacknowledged():
        url = reverse("admin:umkm_case_acknowledge", args=[following.pk])
        assert f'name="finding" value="{check.pk}"' in client.get(desk(following)).text
        assert client.post(url, {"finding": check.pk})["Location"] == f"{desk(following)}#temuan"
    assert client.post(desk(following, "setujui"))["Location"] == QUEUE
    assert Seller.objects.filter(state=SellerState.ACTIVE).count() == 2


def test_sending_back_with_two_reasons(verifier: Any, case: VerificationCase, now: datetime) -> None:
    looked_at(case, verifier, now)
    data = {
        "bagian": ["address", "ktp"],
        "alasan-address": "Kurang nomor rumah.",
        "alasan-ktp": "Buram, foto lagi.",
        "alasan-name": "x",
    }
    assert signed_in(verifier).post(desk(case, "kembalikan"), data).status_code == 302
    assert dict(case.remarks.values_list("field", "reason")) == {
        "address": "Kurang nomor rumah.",
        "ktp": "Buram, foto lagi.",
    }


def test_reasons_to_pick_from_are_of_parts_that_are_asked_and_long_enough_to_send(
    verifier: Any, case: VerificationCase, now: datetime
) -> None:
    known = {*steps.FIELDS, *SellerDocumentKind.values}
    every = ready_reasons.ready_reasons()
    assert {one.part for one in every} <= known and len(every) == len({(one.part, one.reason) for one in every})
    assert all(LEAST_REASON <= len(one.reason) <= 300 for one in every)
    day = every[0].valid_from
    assert ready_reasons.of_part("ktp", day - timedelta(days=1)) == []
    picked = ready_reasons.of_part("ktp", day)[0]
    page = signed_in(verifier).get(desk(case)).text
    assert 'list="siap-ktp"' in page and f'<option value="{picked}">' in page
    looked_at(case, verifier, now)
    answer = signed_in(verifier).post(desk(case, "kembalikan"), {"bagian": ["ktp"], "alasan-ktp": picked})
    assert answer.status_code == 302 and case.remarks.get().reason == picked


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"bagian": ["ktp"]},
        {"bagian": ["<script>"], "alasan-<script>": "x"},
        {"bagian": ["ktp"], "alasan-ktp": "x" * 9999},
    ],
)
def test_sending_back_badly_changes_nothing_and_keeps_the_words(
    verifier: Any, case: VerificationCase, data: dict[str, Any]
) -> None:
    answer = signed_in(verifier).post(desk(case, "kembalikan"), data)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    case.refresh_from_db()
    assert (case.state, case.remarks.count()) == (CaseState.WAITING, 0)


def test_a_refused_sending_back_keeps_every_reason(verifier: Any, case: VerificationCase) -> None:
    """Also that of a part whose tick was taken away meanwhile: it is there again with the tick."""
    data = {
        "bagian": ["ktp", "about"],
        "alasan-ktp": "Buram, foto lagi.",
        "alasan-name": "Terlalu umum namanya.",
        "alasan-about": "  ",
    }
    answer = signed_in(verifier).post(desk(case, "kembalikan"), data)
    assert answer.status_code == 422
    parts = {part["name"]: (part["ticked"], part["reason"]) for part in answer.context["parts"]}
    assert (parts["ktp"], parts["name"]) == ((True, "Buram, foto lagi."), (False, "Terlalu umum namanya."))
    assert 'value="Terlalu umum namanya."' in answer.text
    assert not case.remarks.exists()


def test_rejecting_needs_a_reason_and_a_sentence(verifier: Any, case: VerificationCase) -> None:
    client = signed_in(verifier)
    for data in ({}, {"reason": "other"}, {"reason": "mboh", "note": "x"}, {"reason": "other", "note": "x" * 1001}):
        assert client.post(desk(case, "tolak"), data).status_code == 422
    case.refresh_from_db()
    assert case.state == CaseState.WAITING
    data = {"reason": "duplicate", "note": "Sudah terdaftar sebagai toko lain."}
    assert client.post(desk(case, "tolak"), data).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.reject_reason) == (CaseState.REJECTED, "duplicate")


def test_deciding_twice_says_it_was_decided(verifier: Any, case: VerificationCase, now: datetime) -> None:
    looked_at(case, verifier, now)
    client = signed_in(verifier)
    client.post(desk(case, "setujui"))
    answer = client.post(desk(case, "tolak"), {"reason": "other", "note": "Terlambat."})
    assert answer.status_code == 409
    assert "sudah diputuskan" in answer.text
    case.refresh_from_db()
    assert case.state == CaseState.APPROVED


def test_taking_a_case(verifier: Any, case: VerificationCase) -> None:
    assert signed_in(verifier).post(desk(case, "ambil")).status_code == 302
    case.refresh_from_db()
    assert case.officer == verifier


def test_a_second_round_shows_what_changed(verifier: Any, citizen: Any, case: VerificationCase, now: datetime) -> None:
    verification.send_back_case(actor=verifier, case=case, remarks={"address": "Kurang nomor rumah."}, now=now)
    seller = Seller.objects.get(pk=case.seller_id)
    later = now + timedelta(hours=1)
    values = {
        "address": "Jl. Kembang Turi 12A", "bank_account": "999988887777", "open_days": "12345", "opens_at": time(9),
        "delivery_fee": 0, "form": "body", "nib": "1234567890123", "npwp": "123456789012345",
    }  # fmt: skip
    sellers.save_seller(actor=citizen, seller=seller, values=values, now=later)
    sellers.add_document(actor=citizen, seller=seller, kind="ktp", file=photo(55), now=later)
    again = verification.check_case(case=sellers.submit_seller(actor=citizen, seller=seller, now=later), now=later)
    page = signed_in(verifier).get(desk(again)).text
    assert page.count("is-changed") == 8
    words = ["Jl. Kembang Turi 12", "Senin–Sabtu", f"08.00 {ZONE_NAME}", "Rp10.000", "Perorangan", "–"]
    assert [word for word in words if f"<del>{word}</del>" not in page] == []
    assert "••••••••0001" in page
    assert "700012340001" not in page
    assert page.count(">baru<") == 1
    # The case that went back keeps what it judged, and says what it asked for.
    closed = signed_in(verifier).get(desk(case)).text
    assert "Jl. Kembang Turi 12" in closed and "Jl. Kembang Turi 12A" not in closed
    assert "Kurang nomor rumah." in closed


@pytest.mark.parametrize("action", ["setujui", "kembalikan", "tolak", "ambil"])
def test_a_verifier_does_not_decide_on_their_own_shop(now: datetime, action: str) -> None:
    own = make.make_staff("umkm.verify_seller")
    case = waiting(own, now)
    client = signed_in(own)
    assert "Setujui dan buka toko" not in client.get(desk(case)).text
    data = {"bagian": "ktp", "alasan-ktp": "x", "reason": "other", "note": "x"}
    assert client.post(desk(case, action), data).status_code in {302, 403}
    case.refresh_from_db()
    assert (case.state, case.officer) == (CaseState.WAITING, None)


@pytest.mark.parametrize("path", ["change", "setujui", "kembalikan", "tolak", "ambil", "nomor/nik"])
@pytest.mark.parametrize("who", ["citizen", "stranger", "curator", None])
def test_the_desk_is_for_verifiers(
    request: pytest.FixtureRequest, case: VerificationCase, path: str, who: str | None
) -> None:
    client = signed_in(request.getfixturevalue(who)) if who else Client()
    before = VerificationCase.objects.values().get()
    for answer in (client.get(desk(case, path)), client.post(desk(case, path), {"reason": "other", "note": "x"})):
        assert answer.status_code in {302, 403, 405}
        assert case.seller.nik not in answer.text
    assert VerificationCase.objects.values().get() == before
    assert not DocumentView.objects.exists()


@pytest.mark.parametrize("path", ["setujui", "kembalikan", "tolak", "ambil", "nomor/nik"])
def test_reading_never_decides(verifier: Any, case: VerificationCase, path: str) -> None:
    assert signed_in(verifier).get(desk(case, path)).status_code == 405
    case.refresh_from_db()
    assert case.state == CaseState.WAITING


@pytest.mark.parametrize("path", ["add/", "1/delete/", "999999/change/", "abc/change/"])
def test_cases_are_neither_added_nor_deleted(verifier: Any, case: VerificationCase, path: str) -> None:
    assert signed_in(verifier).get(QUEUE + path).status_code in {403, 404}
    assert VerificationCase.objects.count() == 1


def test_an_officer_without_second_factor_sees_nothing(verifier: Any, case: VerificationCase) -> None:
    client = signed_in(verifier)
    verifier.authenticator_set.all().delete()
    assert client.get(desk(case)).status_code == 302


# --- Shops ---


def shop_url(seller: Seller, action: str = "change") -> str:
    return f"/admin/umkm/seller/{seller.pk}/{action}/"


def test_sanctions_are_given_and_lifted_in_the_admin(shop: Seller, warden: Any) -> None:
    client = signed_in(warden)
    assert "Beri sanksi" in client.get(shop_url(shop)).text
    assert client.post(shop_url(shop, "sanksi"), {**GRAVE, "note": ""}).status_code == 422
    assert client.post(shop_url(shop, "sanksi"), {**GRAVE, "reason": "late"}).status_code == 422
    assert client.post(shop_url(shop, "sanksi"), GRAVE).status_code == 200  # the letter as it would be
    assert client.post(shop_url(shop, "sanksi"), GRAVE | {"yakin": "1"}).status_code == 302
    shop.refresh_from_db()
    assert shop.state == SellerState.FROZEN
    assert client.post(shop_url(shop, "sanksi"), GRAVE).status_code == 409
    lift = shop_url(shop, f"cabut-sanksi/{shop.sanctions.get().pk}")
    assert client.post(lift, {"cabut-note": "Sudah diperbaiki semua"}).status_code == 302
    assert client.post(lift, {"cabut-note": "Dicabut sekali lagi"}).status_code == 409
    shop.refresh_from_db()
    assert shop.state == SellerState.ACTIVE


def test_a_verifier_reads_shops_and_freezes_none(shop: Seller, verifier: Any) -> None:
    client = signed_in(verifier)
    page = client.get(shop_url(shop)).text
    assert "Beri sanksi" not in page
    assert shop.nik not in page
    assert client.post(shop_url(shop, "sanksi"), GRAVE).status_code == 403
    shop.refresh_from_db()
    assert shop.state == SellerState.ACTIVE


def test_drafts_are_not_the_offices_business(citizen: Any, verifier: Any, now: datetime) -> None:
    draft = ready(citizen, now)
    client = signed_in(verifier)
    assert client.get(shop_url(draft)).status_code == 404
    assert "Dapur Bu Lirih" not in client.get("/admin/umkm/seller/").text


def test_the_list_of_shops_answers(shop: Seller, verifier: Any) -> None:
    answer = signed_in(verifier).get("/admin/umkm/seller/", {"q": shop.name})
    assert shop.name in answer.text


@pytest.mark.parametrize("path", ["foodcourt/", "foodcourt/add/", "requirement/", "requirement/add/"])
def test_reference_data_is_kept_by_the_administrator(admin_user: Any, verifier: Any, path: str) -> None:
    assert signed_in(admin_user).get(f"/admin/umkm/{path}").status_code == 200
    assert signed_in(verifier).get(f"/admin/umkm/{path}").status_code == 403


def test_the_household_of_an_owner_is_recorded_once_and_with_a_sentence(admin_user: Any) -> None:
    """Not of who runs the shop, and not twice."""
    client = signed_in(admin_user)
    owner, relative = make.make_user(), make.make_user()
    shop = make.make_seller(owner)
    add = reverse("admin:umkm_sellermember_add")
    page = client.get(add).text
    assert "keluarga serumah pemilik toko" in page.lower() and "tidak mengambil bagian" in page
    refused = client.post(add, {"seller": shop.pk, "user": owner.pk})
    assert f"{owner} mengurus atau pernah mengurus {shop.name}" in refused.text
    assert client.post(add, {"seller": shop.pk, "user": relative.pk}).status_code == 302
    assert "Hubungan ini sudah tercatat" in client.post(add, {"seller": shop.pk, "user": relative.pk}).text
    assert shop.members.filter(role="household").count() == 1
