"""The applicant's pages: who sees them, what they save, how they refuse."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import NotAllowed
from epeken.users.models import User
from tests.factories import umkm as make
from tests.factories.places import PIN, WARD, far_away
from tests.factories.umkm import PASSWORD
from tests.factories.users import code_at, enrol, signed_in
from tests.html_forms import send, shown_on
from tests.umkm.drafts import SERVICE, filled, looked_at, ready, waiting
from tests.umkm.pictures import photo
from umkm.sellers import services as sellers
from umkm.sellers import steps
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerKind, SellerState
from umkm.verification import evidence
from umkm.verification import services as verification
from umkm.verification.models import SellerDocument, VerificationCase

pytestmark = pytest.mark.django_db

HOSTILE = ["<script>alert(1)</script>", "x" * 10_000, "\u202e\U0001f35c\u0e01\u0338", "' OR 1=1 --", "{{ 7|add:7 }}"]


def start(user: Any, kind: str = SellerKind.UMKM) -> tuple[Client, Seller]:
    client = signed_in(user)
    answer = client.post("/daftar-berjualan/", {"kind": kind})
    assert answer.status_code == 302
    return client, Seller.objects.get()


OWNER = {
    "owner_name": "Lirih Semanggi",
    "nik": "1234 0157 0879 1234",
    "phone": "0812 3456 7890",
    "email": "lirih@contoh.invalid",
    "consented": "on",
}
BUSINESS = {"form": "person"}
BANK = {"bank_name": "Bank Contoh", "bank_account": "7000 1234 5678", "bank_holder": "Lirih Semanggi"}


def test_anyone_may_read_how_to_register(client: Client) -> None:
    answer = client.get("/daftar-berjualan/")
    assert answer.status_code == 200
    assert 'name="account" value="new"' in " ".join(answer.text.split())


def test_consent_names_only_ways_to_stop_that_there_are(citizen: Any) -> None:
    client, seller = start(citizen)
    page = client.get(f"/daftar-berjualan/{seller.pk}/pemilik/").text
    assert f'<a href="{reverse("consent-list")}">' in page and "melalui dinas" not in page
    assert (
        "Buang pendaftaran ini" in page
        and "Buang pendaftaran ini" in client.get(reverse("umkm:application", args=[seller.pk])).text
    )
    assert "Keluar dari pasar" in page


@pytest.mark.parametrize("kind", ["umkm", "gerobak"])
def test_what_a_visitor_chose_goes_along_to_a_new_account(client: Client, kind: str) -> None:
    answer = client.post("/daftar-berjualan/", {"kind": kind, "account": "new"})
    chosen = "%3Fkind%3Dumkm" if kind == "umkm" else ""
    assert answer["Location"] == f"{reverse('account_signup')}?next=%2Fdaftar-berjualan%2F{chosen}"


def test_a_visitor_without_account_is_sent_to_sign_in_and_back(client: Client) -> None:
    answer = client.post("/daftar-berjualan/", {"kind": "umkm"})
    assert answer.status_code == 302
    # What was chosen waits behind the sign-in: tests/users/test_interrupted.py follows it to its end.
    assert answer["Location"].endswith("?next=/akun/lanjutkan/")
    assert not Seller.objects.exists()


@pytest.mark.parametrize("kind", ["", "gerobak", "<script>"])
def test_starting_without_a_kind_is_refused(citizen: Any, kind: str) -> None:
    answer = signed_in(citizen).post("/daftar-berjualan/", {"kind": kind})
    assert answer.status_code == 422
    assert "Pilih jenis usaha Anda." in answer.text
    assert not Seller.objects.exists()


def test_a_ward_outside_the_district_of_the_court_is_said_at_the_ward(citizen: Any) -> None:
    client, seller = start(citizen, SellerKind.SWK)
    values = {"name": "Dapur Bu Lirih", "about": "", "kelurahan": far_away().pk, "stall_number": "A7"}
    page = f"/daftar-berjualan/{seller.pk}/toko/"
    answer = send(client, page, values | {"food_court": make.food_court().pk})
    assert answer.status_code == 422
    assert answer.context["form"].errors.get_json_data()["kelurahan"][0]["code"] == "ward_of_other_district"


@pytest.mark.parametrize("kind", SellerKind)
def test_the_whole_way_from_first_page_to_sent(citizen: Any, kind: str) -> None:
    client, seller = start(citizen, kind)
    base = f"/daftar-berjualan/{seller.pk}/"
    shop = {"name": "Dapur Bu Lirih", "about": "", "kelurahan": WARD}
    if kind == SellerKind.SWK:
        shop |= {"food_court": make.food_court().pk, "stall_number": "A7"}
    else:
        shop |= {"address": "Jl. Kembang Turi 12", "latitude": str(PIN[0]), "longitude": str(PIN[1])}
    pages = [("pemilik", OWNER), ("toko", shop), ("layanan", SERVICE), ("usaha", BUSINESS), ("rekening", BANK)]
    for at, (slug, data) in enumerate(pages):
        assert client.get(base + slug + "/").status_code == 200
        answer = send(client, base + slug + "/", data)
        following = pages[at + 1][0] if at + 1 < len(pages) else "dokumen"
        assert (answer.status_code, answer["Location"]) == (302, f"{base}{following}/")
    listed = client.get(base + "dokumen/")
    assert listed.status_code == 200
    kinds = {"umkm": ["ktp", "production", "shop_front"], "swk": ["ktp", "stall", "stall_letter"]}
    for at, document in enumerate(kinds.get(kind, ["ktp", "shop_front"])):
        page = f"{base}dokumen/{document}/"
        assert client.get(page).status_code == 200
        assert client.post(page, {"file": photo(at)}).status_code == 302
    summary = client.get(base + "kirim/").text
    assert "••••••••••••1234" in summary
    assert "1234015708791234" not in summary
    assert "700012345678" not in summary
    answer = client.post(base + "kirim/")
    assert (answer.status_code, answer["Location"]) == (302, base)
    seller.refresh_from_db()
    assert (seller.state, seller.delivery_fee, seller.open_days) == (SellerState.SUBMITTED, 12_500, "126")
    assert "Berkas Anda sekarang" in client.get(base).text


def test_what_the_checks_will_find_is_said_to_whoever_can_put_it_right(
    citizen: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    seller = ready(citizen, now, bank_holder="Budi Lain", latitude=None, longitude=None)
    client = signed_in(citizen)
    base = f"/daftar-berjualan/{seller.pk}/"
    assert "Foto KTP gelap." in client.post(f"{base}dokumen/ktp/", {"file": photo(5, level=(0, 30))}, follow=True).text
    client.get(f"{base}kirim/")
    monkeypatch.delattr(evidence, "read_private")  # shown again, no photo is decoded again
    page = client.get(f"{base}kirim/").text
    assert "Foto KTP gelap." in page and "Nama pemilik rekening berbeda dengan pemilik usaha." in page
    User.objects.filter(pk=citizen.pk).update(email="", phone="+6281234567890")
    EmailAddress.objects.all().delete()
    assert client.post(f"{base}kirim/").status_code == 302  # told, and not refused
    page = client.get(base).text
    assert "Anda kami kabari lewat pemberitahuan" in page and "dan surel" not in page


def test_a_point_elsewhere_is_refused_and_the_rest_is_kept_quietly(citizen: Any) -> None:
    client, seller = start(citizen)
    page = f"/daftar-berjualan/{seller.pk}/toko/"
    data = {"name": "Dapur Bu Lirih", "latitude": "-60,2", "longitude": "106,8"}
    assert "<details>" in client.get(page).text.split("data-pin-said")[1]  # numbers are for whoever has them
    answer = send(client, page, data)
    assert "Titik itu di luar" in answer.text and answer.status_code == 422
    assert "<details open>" in answer.text.split("data-pin-said")[1]
    assert send(client, page, data, headers={"X-Autosave": "1"}).status_code == 200
    seller.refresh_from_db()
    assert (seller.name, seller.latitude, seller.longitude) == ("Dapur Bu Lirih", None, None)


def test_bringing_goods_has_a_price_that_was_written(citizen: Any) -> None:
    client, seller = start(citizen)
    page = f"/daftar-berjualan/{seller.pk}/layanan/"
    assert not client.get(page).context["form"]["offers_delivery"].value()
    data = {**SERVICE, "offers_delivery": "on", "delivery_fee": ""}
    assert "atau 0 bila gratis" in send(client, page, data).text
    send(client, page, data, headers={"X-Autosave": "1"})
    seller.refresh_from_db()
    assert not seller.offers_delivery
    assert send(client, page, {**data, "delivery_fee": "0"}).status_code == 302
    seller.refresh_from_db()
    assert (seller.offers_delivery, seller.delivery_fee) == (True, 0)


def test_leaving_keeps_what_was_typed(citizen: Any) -> None:
    client, seller = start(citizen)
    answer = send(client, f"/daftar-berjualan/{seller.pk}/pemilik/", {"owner_name": "Lirih", "then": "later"})
    assert (answer.status_code, answer["Location"]) == (302, f"/daftar-berjualan/{seller.pk}/")
    assert 'value="Lirih"' in client.get(f"/daftar-berjualan/{seller.pk}/pemilik/").text


def test_quiet_saving_keeps_the_good_fields_and_says_when(citizen: Any) -> None:
    client, seller = start(citizen)
    answer = send(
        client,
        f"/daftar-berjualan/{seller.pk}/pemilik/",
        {"owner_name": "Lirih", "nik": "35"},
        headers={"X-Autosave": "1"},
    )
    assert answer.status_code == 200
    assert answer.text.startswith("Tersimpan pukul")
    seller.refresh_from_db()
    assert (seller.owner_name, seller.nik) == ("Lirih", "")


def test_a_saved_nik_is_never_shown_again_in_full(citizen: Any) -> None:
    client, seller = start(citizen)
    send(client, f"/daftar-berjualan/{seller.pk}/pemilik/", OWNER)
    page = client.get(f"/daftar-berjualan/{seller.pk}/pemilik/").text
    assert "1234015708791234" not in page
    assert "••••••••••••1234" in page


@pytest.fixture
def kept(citizen: Any) -> Seller:
    """A registration with an account."""
    return make.make_seller(member=citizen, state="draft")


def test_a_kept_account_is_shown_and_changed_only_after_the_password(citizen: Any, kept: Seller) -> None:
    client, page = signed_in(citizen), f"/daftar-berjualan/{kept.pk}/rekening/"
    asked = client.get(page)
    assert asked["Location"] == f"{reverse('account_reauthenticate')}?next={page.replace('/', '%2F')}"
    led = client.post(asked["Location"], {"password": PASSWORD, "next": page})
    assert led["Location"] == page
    assert send(client, page, BANK).status_code == 302
    kept.refresh_from_db()
    assert (kept.bank_account, kept.bank_name) == ("700012345678", "Bank Contoh")
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        assert client.get(page).status_code == 302


def test_what_is_posted_for_a_kept_account_without_the_password_changes_nothing(citizen: Any, kept: Seller) -> None:
    client, page = signed_in(citizen), f"/daftar-berjualan/{kept.pk}/rekening/"
    before = Seller.objects.values().get()
    for values in (BANK, {**BANK, "bank_account": ""}, {**BANK, "then": "later"}):
        assert client.post(page, values)["Location"] == page
    quiet = client.post(page, BANK, headers={"X-Autosave": "1"})
    assert (quiet.status_code, "belum diganti" in quiet.text) == (409, True)
    wrong = client.post(reverse("account_reauthenticate"), {"password": "bukan-sandinya", "next": page})
    assert wrong.status_code == 200 and client.post(page, BANK)["Location"] == page
    assert Seller.objects.values().get() == before
    # Nor does the number wait in the session, where it would lie readable.
    assert "bank" not in str(Session.objects.get(pk=client.session.session_key).get_decoded())
    assert "belum diganti" in client.get(page, follow=True).text


def test_a_code_of_the_authenticator_serves_as_well(citizen: Any, kept: Seller, now: datetime) -> None:
    enrol(citizen)
    client, page = signed_in(citizen), f"/daftar-berjualan/{kept.pk}/rekening/"
    assert client.get(page).status_code == 302
    client.post(reverse("mfa_reauthenticate"), {"code": code_at(now), "next": page})
    assert client.get(page).status_code == 200


@pytest.mark.parametrize(
    ("step", "good", "field"),
    [("pemilik", OWNER, "owner_name"), ("pemilik", OWNER, "nik"), ("pemilik", OWNER, "phone"),
     ("pemilik", OWNER, "email"),
     ("toko", {}, "name"), ("toko", {}, "kelurahan"), ("toko", {}, "address"), ("toko", {}, "latitude"),
     ("layanan", SERVICE, "opens_at"), ("layanan", SERVICE, "open_days"), ("layanan", SERVICE, "delivery_fee"),
     ("usaha", BUSINESS, "form"), ("usaha", BUSINESS, "nib"),
     ("usaha", BUSINESS, "npwp"),
     ("rekening", BANK, "bank_account"), ("rekening", BANK, "bank_name"), ("rekening", BANK, "bank_holder")],
)  # fmt: skip
def test_hostile_words_are_refused_or_kept_as_words(citizen: Any, step: str, good: dict[str, Any], field: str) -> None:
    client, seller = start(citizen)
    url = f"/daftar-berjualan/{seller.pk}/{step}/"
    before, shown = Seller.objects.values().get(), shown_on(client, url)
    for bad in HOSTILE:
        with transaction.atomic():
            answer = client.post(url, {**good, field: bad, "shown": shown})
            assert answer.status_code in {302, 422}, bad
            assert "<script>alert" not in answer.text, bad
            if answer.status_code == 422:
                assert Seller.objects.values().get() == before, bad
                assert 'role="alert"' in answer.text, bad
            else:
                assert "<script>alert" not in client.get(f"/daftar-berjualan/{seller.pk}/kirim/").text, bad
            assert "<script>alert" not in client.get(url).text, bad
            transaction.set_rollback(True)


@pytest.mark.parametrize("step", ["pemilik", "toko", "layanan", "usaha", "rekening"])
def test_an_empty_page_is_refused_with_a_summary(citizen: Any, step: str) -> None:
    client, seller = start(citizen)
    answer = client.post(f"/daftar-berjualan/{seller.pk}/{step}/", {"x": "1"})
    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in answer.text


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"opens_at": "08:00", "closes_at": "08:00"}, "tidak boleh sama"),
        ({"delivery_fee": "1.000,50"}, "tanpa sen"),
        ({"delivery_fee": "-5"}, "Paling sedikit"),
        ({"delivery_fee": "99999999999999999999"}, "Paling banyak Rp"),
        ({"open_days": ["9"]}, "9"),
        ({"offers_pickup": ""}, "paling sedikit satu cara"),
        ({"opens_at": "25:99"}, "waktu"),
    ],
)
def test_bad_hours_and_fees_say_what_is_wrong(citizen: Any, data: dict[str, Any], says: str) -> None:
    client, seller = start(citizen)
    before = Seller.objects.values().get()
    answer = client.post(f"/daftar-berjualan/{seller.pk}/layanan/", {**SERVICE, **data})
    assert answer.status_code == 422
    assert says in answer.text
    assert Seller.objects.values().get() == before


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("kosong.jpg", b"", "kosong"),
        ("palsu.jpg", b"<?php system($_GET[0]); ?>", "bukan foto"),
        ("surat.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "bukan foto"),
        ("rusak.jpg", b"\xff\xd8\xff\xe0" + b"0" * 500, ""),
        ("bukan.pdf", b"%PDF-1.4 bukan", ""),
    ],
)
def test_wrong_files_are_refused(citizen: Any, name: str, content: bytes, says: str) -> None:
    client, seller = start(citizen)
    answer = client.post(f"/daftar-berjualan/{seller.pk}/dokumen/ktp/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert says in answer.text
    assert not SellerDocument.objects.exists()


def test_no_file_is_refused(citizen: Any) -> None:
    client, seller = start(citizen)
    answer = client.post(f"/daftar-berjualan/{seller.pk}/dokumen/ktp/", {"file": "teks saja"})
    assert answer.status_code == 422
    assert "Ambil foto atau pilih berkasnya dahulu." in answer.text


def test_a_document_nobody_asked_for_leads_back_to_the_list(citizen: Any) -> None:
    client, seller = start(citizen)
    answer = client.get(f"/daftar-berjualan/{seller.pk}/dokumen/stall/")
    assert (answer.status_code, answer["Location"]) == (302, f"/daftar-berjualan/{seller.pk}/dokumen/")


def test_an_incomplete_registration_lists_what_is_missing_with_links(citizen: Any) -> None:
    client, seller = start(citizen)
    answer = client.post(f"/daftar-berjualan/{seller.pk}/kirim/")
    assert answer.status_code == 422
    assert f'href="/daftar-berjualan/{seller.pk}/pemilik/#id_nik"' in answer.text
    assert f'href="/daftar-berjualan/{seller.pk}/dokumen/ktp/"' in answer.text
    assert not VerificationCase.objects.exists()


def test_sending_twice_shows_the_case_instead_of_an_error(citizen: Any, now: datetime) -> None:
    client, seller = signed_in(citizen), ready(citizen, now)
    assert client.post(f"/daftar-berjualan/{seller.pk}/kirim/").status_code == 302
    answer = client.post(f"/daftar-berjualan/{seller.pk}/kirim/", follow=True)
    assert "sudah dikirim" in answer.text
    assert VerificationCase.objects.count() == 1


def test_what_was_sent_back_links_to_its_field(citizen: Any, verifier: Any, now: datetime) -> None:
    case = waiting(citizen, now)
    remarks = {
        "address": "Nomor rumah <b>belum</b> ada.",
        "ktp": "Foto KTP buram.",
        "consented_at": "Persetujuan belum dicentang.",
    }
    verification.send_back_case(actor=verifier, case=looked_at(case, verifier, now), remarks=remarks, now=now)
    client = signed_in(citizen)
    base = f"/daftar-berjualan/{case.seller_id}/"
    page = client.get(base).text
    assert f'href="{base}toko/#id_address"' in page
    assert f'href="{base}dokumen/ktp/"' in page
    assert f'href="{base}pemilik/#id_consented"' in page
    assert "<b>belum</b>" not in page
    assert "Nomor rumah" in client.get(base + "toko/").text
    assert "Foto KTP buram." in client.get(base + "dokumen/").text
    assert "Foto KTP buram." in client.get(base + "dokumen/ktp/").text


def test_what_was_sent_back_is_not_counted_as_met(citizen: Any, verifier: Any, now: datetime) -> None:
    """The paper is there; a verifier said that it will not do."""
    case = waiting(citizen, now)
    client, base = signed_in(citizen), f"/daftar-berjualan/{case.seller_id}/"

    def told() -> tuple[int, list[str]]:
        context = client.get(base).context
        return context["met"], [item["note"] for item in context["requirements"] if item["mine"]]

    remarks = {"production": "Foto terlalu gelap."}
    verification.send_back_case(actor=verifier, case=looked_at(case, verifier, now), remarks=remarks, now=now)
    met, mine = told()
    assert len(mine) == 1 and "dikembalikan petugas" in mine[0]
    seller = Seller.objects.get(pk=case.seller_id)
    later = now + timedelta(minutes=5)
    sellers.add_document(actor=citizen, seller=seller, kind="production", file=photo(8), now=later)
    assert told() == (met + 1, [])


def test_what_was_corrected_is_said_to_be_corrected(citizen: Any, verifier: Any, now: datetime) -> None:
    case = waiting(citizen, now)
    remarks = {"address": "Nomor rumah belum ada.", "ktp": "Foto KTP buram."}
    verification.send_back_case(actor=verifier, case=looked_at(case, verifier, now), remarks=remarks, now=now)
    client, base = signed_in(citizen), f"/daftar-berjualan/{case.seller_id}/"
    assert "2 bagian perlu diperbaiki" in client.get(base).text
    seller = Seller.objects.get(pk=case.seller_id)
    later = now + timedelta(minutes=5)
    sellers.save_seller(actor=citizen, seller=seller, values={"address": "Jl. Kembang Turi 12A"}, now=later)
    assert "1 bagian perlu diperbaiki" in client.get(base).text
    sellers.add_document(actor=citizen, seller=seller, kind="ktp", file=photo(8), now=later)
    page = client.get(base).text
    assert "Semua yang diminta sudah Anda ubah" in page
    assert page.count("sudah diperbaiki") == 2


@pytest.mark.parametrize("state", SellerState)
def test_the_status_page_holds_in_every_state(citizen: Any, state: str) -> None:
    seller = make.make_seller(member=citizen, state=state)
    answer = signed_in(citizen).get(f"/daftar-berjualan/{seller.pk}/")
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1


@pytest.mark.parametrize("path", ["", "pemilik/", "dokumen/", "dokumen/ktp/", "kirim/"])
def test_a_registration_is_its_members_alone(
    citizen: Any, stranger: Any, verifier: Any, now: datetime, path: str
) -> None:
    seller = ready(citizen, now)
    url = f"/daftar-berjualan/{seller.pk}/{path}"
    colleague = make.make_user()
    make.make_member(seller, colleague, role="staff")
    former = make.make_user()
    make.make_member(seller, former, until=now)
    assert signed_in(citizen).get(url).status_code == 200
    # Who helps sees how far it is, and fills in and sends nothing.
    assert signed_in(colleague).get(url).status_code == (403 if path else 200)
    for other in (stranger, former, verifier):
        assert signed_in(other).get(url).status_code == 404
    assert Client().get(url).status_code == 302


HELPER_SEES = "Pendaftaran ini diisi dan dikirim pemiliknya."


def test_a_helper_of_a_shop_that_came_back_writes_nothing_of_its_registration(
    citizen: Any, verifier: Any, now: datetime
) -> None:
    """Account, NIK, consent, papers and the sending are the owner's, whoever was a member of the shop before."""
    case = waiting(citizen, now)
    verification.send_back_case(
        actor=verifier, case=looked_at(case, verifier, now), remarks={"address": "Nomor rumah belum ada."}, now=now
    )
    seller, helper = Seller.objects.get(pk=case.seller_id), make.make_user()
    make.make_member(seller, helper, role="staff")
    before, base = Seller.objects.values().get(), f"/daftar-berjualan/{seller.pk}/"
    client = signed_in(helper)
    for path in ("pemilik", "toko", "rekening", "kirim", "dokumen", "dokumen/ktp"):
        assert client.post(f"{base}{path}/", {**OWNER, "file": photo(3)}).status_code == 403, path
    page = client.get(base).text
    assert HELPER_SEES in page and f"{base}pemilik/" not in page and "Lanjutkan mengisi" not in page
    assert HELPER_SEES not in signed_in(citizen).get(base).text
    acts = [
        lambda: sellers.save_seller(actor=helper, seller=seller, values={"bank_account": "70001234"}, now=now),
        lambda: sellers.save_seller(actor=helper, seller=seller, values={"consented": True}, now=now),
        lambda: sellers.add_document(actor=helper, seller=seller, kind="ktp", file=photo(8), now=now),
        lambda: sellers.submit_seller(actor=helper, seller=seller, now=now, unchanged_is_right=True),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert Seller.objects.values().get() == before


@pytest.mark.parametrize("path", ["pemilik", "kirim", "dokumen/ktp"])
def test_a_stranger_posts_into_nothing(citizen: Any, stranger: Any, now: datetime, path: str) -> None:
    seller = ready(citizen, now)
    before = Seller.objects.values().get()
    data = {**OWNER, "file": photo(3)}
    assert signed_in(stranger).post(f"/daftar-berjualan/{seller.pk}/{path}/", data).status_code == 404
    assert Seller.objects.values().get() == before


def test_an_unknown_step_leads_to_the_registration(citizen: Any) -> None:
    client, seller = start(citizen)
    assert client.get(f"/daftar-berjualan/{seller.pk}/rahasia/")["Location"] == f"/daftar-berjualan/{seller.pk}/"


@pytest.mark.parametrize(("kind", "back"), [("swk", "%3Fkind%3Dswk"), ("", ""), ("//jahat.test", "")])
def test_what_a_visitor_sells_is_kept_while_they_get_an_account(client: Client, kind: str, back: str) -> None:
    answer = client.post("/daftar-berjualan/", {"kind": kind, "account": "new"})
    assert answer["Location"] == f"/akun/daftar/?next=%2Fdaftar-berjualan%2F{back}"
    answer = client.post("/daftar-berjualan/", {"kind": kind})
    assert answer["Location"] == "/akun/masuk/?next=/akun/lanjutkan/"  # what was sent waits there
    assert not Seller.objects.exists()


def test_the_kept_choice_is_chosen_already(citizen: Any) -> None:
    page = signed_in(citizen).get("/daftar-berjualan/?kind=swk").content.decode()
    (chosen,) = [part for part in page.split("<input ") if "checked" in part.partition(">")[0]]
    assert 'value="swk"' in chosen
    assert " checked" not in signed_in(citizen).get("/daftar-berjualan/?kind=x").content.decode()


def test_a_registration_that_was_begun_is_gone_on_with_or_discarded(citizen: Any) -> None:
    client, start = signed_in(citizen), reverse("umkm:register")
    assert client.post(start, {"kind": "umkm"})["Location"].endswith("/pemilik/")
    seller = Seller.objects.get()
    again = client.post(start, {"kind": "umkm"}, follow=True)
    assert again.redirect_chain == [(reverse("umkm:application", args=[seller.pk]), 302)]
    assert "belum dikirim" in again.text and "Buang pendaftaran ini" in again.text
    address = reverse("umkm:application-discard", args=[seller.pk])
    assert "tidak bisa dikembalikan" in client.get(address).text
    for _click in range(2):
        assert client.post(address)["Location"] == start
    assert reverse("umkm:application", args=[seller.pk]) not in client.get(start).text


def test_pages_filled_in_beforehand_are_not_called_done_before_they_were_saved(citizen: Any, now: datetime) -> None:
    seller = sellers.register_seller(actor=citizen, kind=SellerKind.UMKM, now=now)
    beforehand = {*steps.SERVICE.fields, *steps.BUSINESS.fields}
    typed = {name: value for name, value in filled(SellerKind.UMKM).items() if name not in beforehand}
    sellers.save_seller(actor=citizen, seller=seller, values=typed, now=now)
    client, base = signed_in(citizen), f"/daftar-berjualan/{seller.pk}/"
    for step in steps.STEPS:
        client.get(f"{base}{step.slug}/")  # to look at a page, or at one after it, is not to answer it
    page = client.get(base).text
    assert page.count("belum disimpan") == 2
    assert re.search(rf'href="{base}layanan/">\s*Lanjutkan mengisi', page)
    company = {"form": "body", "nib": "", "npwp": "", "then": "next"}
    refused = send(client, base + "usaha/", company)
    assert refused.status_code == 422
    assert "Badan usaha perlu NIB." in refused.text
    assert "Badan usaha perlu NPWP." in refused.text
    assert send(client, base + "usaha/", company | {"then": "later"}).status_code == 302
    assert send(client, base + "usaha/", {"form": "person", "then": "next"}).status_code == 302
    assert client.get(base).text.count("belum disimpan") == 1
    assert send(client, base + "layanan/", SERVICE).status_code == 302
    assert "belum disimpan" not in client.get(base).text


def test_going_on_asks_no_password_for_an_account_that_is_kept(citizen: Any, kept: Seller) -> None:
    base = f"/daftar-berjualan/{kept.pk}/"
    answer = send(signed_in(citizen), base + "usaha/", {"form": "person", "then": "next"})
    assert answer["Location"] == base + "dokumen/"
