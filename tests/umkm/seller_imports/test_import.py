"""A list of residents: read, shown, made into drafts that each resident confirms, and taken back."""

import io
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from openpyxl import load_workbook

from epeken.core import clock, jobs
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from epeken.core.models import Job
from epeken.core.phones import read_phone
from epeken.notifications.models import DemoMail, Notification, OutgoingText
from epeken.users.models import User
from tests.factories import areas
from tests.factories import assisted as helping
from tests.factories import umkm as make
from tests.factories.places import far_away, home
from tests.factories.rules import set_rule
from tests.factories.users import signed_in
from tests.umkm.imports.files import csv, xlsx
from tests.umkm.seller_imports.files import done, phone, problems, row, taken_back, uploaded
from tests.worker import run_due_jobs
from umkm.area_checks.models import AreaPosting
from umkm.assisted import services as assisting
from umkm.assisted.models import AssistedRegistration
from umkm.assisted.states import AssistedState
from umkm.imports import loop, rules
from umkm.imports.states import ImportState
from umkm.seller_imports import services
from umkm.seller_imports.models import SellerImport, SellerImportRow
from umkm.seller_imports.states import SellerRowOutcome, SellerRowPlan
from umkm.sellers import services as sellers
from umkm.sellers.errors import NotComplete
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Any:
    return areas.post("kelurahan", make.make_staff(name="Petugas Daftar", phone="+6281300001111"))


def stored(table: str, column: str) -> str:
    """What the database holds, as whoever takes a copy of it reads it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT string_agg({column}, ' ') FROM \"{table}\"")
        return cursor.fetchone()[0] or ""


def assisted_of(one: SellerImport, number: int) -> AssistedRegistration:
    found: AssistedRegistration = AssistedRegistration.objects.get(
        import_row__seller_import=one, import_row__number=number
    )
    return found


def resident_of(one: SellerImport, number: int, now: datetime) -> Any:
    """The resident of the row signs in with the number and makes the registration theirs."""
    assisted = assisted_of(one, number)
    person = helping.resident(assisted.phone)
    helping.confirmed(assisted, person, now)
    return person


def test_nothing_is_made_before_it_is_confirmed_and_each_refusal_names_row_and_column(officer: Any) -> None:
    court = make.food_court()
    known = make.make_seller(nik=row(80)["nik"], phone=read_phone(phone(81)))
    assert known.nik_index
    wrong = [
        row(1), row(2, nik=make.make_nik(2)[:12]), row(3, nik="9999991708791234"), row(4, ponsel="(031) 5678901"),
        row(5, ponsel="0813-0000-1111"), row(6, jenis="Gerobak"), row(7, kelurahan="Entah"),
        row(8, kelurahan=far_away().code), row(9, nama_toko=""), row(10, alamat=""),
        row(11, jenis="swk", swk=court.name), row(12, jenis="swk", swk="SWK Entah", nomor_stan="1"),
        row(13, swk=court.name), row(14, nik=row(1)["nik"]), row(15, ponsel=phone(1)), row(80), row(81),
        row(16, nama="", nik="", ponsel=""), row(17, jenis="swk", swk=court.name, nomor_stan="7", alamat=""),
        row(18, nik="3,51234E+15"), row(19, nama="x" * 121),
    ]  # fmt: skip
    one = uploaded(officer, *wrong)
    assert (one.state, Seller.objects.count()) == (ImportState.CHECKED, 1)
    assert problems(one) == [
        (3, "nik"), (4, "nik"), (5, "ponsel"), (6, "ponsel"), (7, "jenis"), (8, "kelurahan"), (9, "kelurahan"),
        (10, "nama_toko"), (11, "alamat"), (12, "nomor_stan"), (13, "swk"), (14, "swk"), (15, "nik"), (16, "ponsel"),
        (17, "nik"), (18, "ponsel"), (19, ""), (21, "nik"), (22, "nama"),
    ]  # fmt: skip
    plans = dict(one.rows.values_list("number", "plan"))
    assert {number for number, plan in plans.items() if plan == SellerRowPlan.CREATE} == {2, 20}
    assert {number for number, plan in plans.items() if plan == SellerRowPlan.KNOWN} == {17, 18}
    said = " ".join(one.problems.values_list("text", flat=True))
    assert not any(cell in said for told in wrong for cell in (told["nik"], told["ponsel"], "3,51234") if cell)
    assert not AssistedRegistration.objects.exists() and not OutgoingText.objects.exists()


def test_the_resident_confirms_on_their_own_phone_and_adds_the_papers(officer: Any, now: datetime) -> None:
    one = done(officer, row(1), row(2))
    assisted = assisted_of(one, 2)
    seller = assisted.seller
    assert (one.state, assisted.state) == (ImportState.DONE, AssistedState.WAITING)
    assert (assisted.officer, assisted.import_row.number, assisted.import_row.seller_import) == (officer, 2, one)
    assert (seller.nik, seller.name, seller.owner_name) == (row(1)["nik"], "Toko 1", "Warga 1")
    assert not seller.members.exists() and seller.consented_at is None and not seller.offers_delivery
    assert officer.name in DemoMail.objects.get(recipient=assisted.phone).body
    with pytest.raises(NotAllowed):
        sellers.submit_seller(actor=officer, seller=seller, now=now)
    person = resident_of(one, 2, now)
    seller.refresh_from_db()
    assert (seller.state, seller.members.get().user) == (SellerState.DRAFT, person)
    assert not Notification.objects.filter(person=officer).exists()  # the import's page counts the answers
    with pytest.raises(NotComplete) as told:
        sellers.submit_seller(actor=person, seller=seller, now=now)
    assert {item.field for item in told.value.missing} >= {"ktp", "bank_account"}
    begun = assisted.events.get(action="create")
    assert begun.note == "Dari daftar, baris 2: Daftar kecamatan"


def test_a_draft_of_the_list_that_lost_its_shop_name_is_not_handed_over_again(officer: Any, now: datetime) -> None:
    assisted = assisted_of(done(officer, row(1)), 2)
    assisting.correct_assisted(actor=officer, assisted=assisted, now=now)
    sellers.save_seller(actor=officer, seller=assisted.seller, values={"name": ""}, now=now)
    with pytest.raises(NotComplete):
        assisting.hand_over(actor=officer, assisted=assisted, now=now)
    typed = helping.started(officer, now)  # what the officer typed at a table still needs everything
    with pytest.raises(NotComplete):
        assisting.hand_over(actor=officer, assisted=typed, now=now)


def test_numbers_are_encrypted_and_emptied_when_they_are_of_no_more_use(
    officer: Any, django_capture_on_commit_callbacks: Any
) -> None:
    made = services.upload_list(actor=officer, file=csv(row(1)), reason="Uji", key=new_key(), now=clock.now())
    with storages["private"].open(made.table) as file:
        kept = file.read()
    table = made.table
    assert row(1)["nik"].encode() not in kept and phone(1).encode() not in kept
    with django_capture_on_commit_callbacks(execute=True):
        run_due_jobs()
    assert not storages["private"].exists(table)
    cells = stored("umkm_sellerimportrow", "cells")
    assert cells and row(1)["nik"] not in cells
    made.refresh_from_db()
    services.cancel_list(actor=officer, seller_import=made, now=clock.now())
    assert stored("umkm_sellerimportrow", "cells") == ""
    assert done(officer, row(1), row(2, nik="1")).state == ImportState.DONE
    assert stored("umkm_sellerimportrow", "cells").strip() == ""
    assert row(1)["nik"] not in stored("core_job", "arguments::text || last_error")


@pytest.mark.parametrize("state", [ImportState.CHECKED, ImportState.RUNNING])
def test_a_list_that_is_not_run_to_its_end_is_stopped_and_emptied(officer: Any, state: str) -> None:
    one = uploaded(officer, row(1))
    if state == ImportState.RUNNING:  # its jobs gave up
        services.confirm_list(actor=officer, seller_import=one, now=clock.now())
    end = one.uploaded_at + timedelta(days=rules.KEPT.on(clock.local_date(one.uploaded_at)))
    assert services.expire_due(now=end - timedelta(seconds=1)) == 0
    assert services.expire_due(now=end) == 1 and services.expire_due(now=end) == 0
    one.refresh_from_db()
    assert (one.state, one.rows.get().cells) == (ImportState.CANCELLED, "")
    services.run_piece(seller_import=one, now=end)
    assert not AssistedRegistration.objects.exists()


def test_a_killed_worker_makes_nothing_twice_and_goes_on(officer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "PIECE_ROWS", 2)
    one = uploaded(officer, *(row(number) for number in range(1, 6)))
    services.confirm_list(actor=officer, seller_import=one, now=clock.now())
    with pytest.raises(InvalidMove):  # a second click
        services.confirm_list(actor=officer, seller_import=one, now=clock.now())
    (first,) = jobs.due()
    assert jobs.run(first) and AssistedRegistration.objects.count() == 2
    # What a worker that died before the mark of its job leaves: the job runs again, beside the one it enqueued.
    Job.objects.filter(pk=first).update(done_at=None)
    run_due_jobs()
    one.refresh_from_db()
    assert one.state == ImportState.DONE
    assert AssistedRegistration.objects.count() == Seller.objects.count() == OutgoingText.objects.count() == 5
    asked = Job.objects.filter(name="umkm.ask_imported")
    asked.update(done_at=None)
    run_due_jobs()
    assert OutgoingText.objects.count() == 5


def test_the_same_list_again_makes_nothing(officer: Any) -> None:
    key, now = new_key(), clock.now()
    first = uploaded(officer, row(1), key=key, now=now)
    assert uploaded(officer, row(1), key=key, now=now) == first  # a second click
    with pytest.raises(RuleBroken) as told:
        uploaded(officer, row(2))
    assert told.value.code == "import_open"
    services.confirm_list(actor=officer, seller_import=first, now=now)
    run_due_jobs()
    again = uploaded(officer, row(1))
    assert (again.state, again.rows.get().plan) == (ImportState.EMPTY, SellerRowPlan.KNOWN)
    assert Seller.objects.count() == 1


def test_who_registered_after_the_preview_is_skipped_by_name_of_the_column(officer: Any, now: datetime) -> None:
    one = uploaded(officer, row(1), row(2), row(3), row(4))
    make.make_seller(nik=row(1)["nik"])
    other = make.make_staff("umkm.assist_seller", name="Petugas Lain")
    helping.started(other, now, phone=phone(2))
    services.confirm_list(actor=officer, seller_import=one, now=now)
    run_due_jobs()
    assert problems(one) == [(2, "nik"), (3, "ponsel")]
    assert list(one.rows.values_list("outcome", flat=True)) == [
        SellerRowOutcome.REFUSED, SellerRowOutcome.REFUSED, SellerRowOutcome.DONE, SellerRowOutcome.DONE,
    ]  # fmt: skip


def test_residents_are_asked_no_faster_than_the_rule_says_over_all_imports(officer: Any, now: datetime) -> None:
    set_rule("seller.import_texts", 2)
    one = done(officer, row(1), row(2), row(3))
    other = done(make.make_staff("umkm.assist_seller"), row(4))
    assert OutgoingText.objects.count() == 2
    later = clock.now() + timedelta(minutes=1, seconds=1)
    for each in (one, other):
        services.ask_piece(seller_import=each, now=later)
    assert OutgoingText.objects.count() == 4
    assert not SellerImportRow.objects.filter(asked_at=None).exists()


def test_a_stopped_import_asks_nobody(officer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "PIECE_ROWS", 2)
    one = uploaded(officer, row(1), row(2), row(3))
    services.confirm_list(actor=officer, seller_import=one, now=clock.now())
    jobs.run(jobs.due()[0])
    services.cancel_list(actor=officer, seller_import=one, now=clock.now())
    run_due_jobs()
    assert (AssistedRegistration.objects.count(), OutgoingText.objects.count()) == (2, 0)
    assert stored("umkm_sellerimportrow", "cells").strip() == ""
    one.refresh_from_db()
    taken_back(officer, one)
    assert set(AssistedRegistration.objects.values_list("state", flat=True)) == {AssistedState.WITHDRAWN}


def test_taken_back_what_nobody_confirmed_is_destroyed_and_what_is_somebodys_stays(officer: Any, now: datetime) -> None:
    set_rule("seller.import_texts", 3)
    one = done(officer, row(1), row(2), row(3), row(4))
    resident_of(one, 2, now)
    refused = assisted_of(one, 3)
    assisting.withdraw_assisted(actor=helping.resident(refused.phone), assisted=refused, now=now)
    taken_back(officer, one)
    assert (one.state, OutgoingText.objects.count()) == (ImportState.UNDONE, 3)  # the fourth is asked no more
    assert list(one.rows.values_list("outcome", flat=True)) == [
        SellerRowOutcome.KEPT, SellerRowOutcome.UNDONE, SellerRowOutcome.UNDONE, SellerRowOutcome.UNDONE,
    ]  # fmt: skip
    assert problems(one) == [(2, "")]
    kept, *others = Seller.objects.order_by("pk")
    assert kept.nik and {(other.nik, other.nik_index, other.phone, other.name) for other in others} == {("",) * 4}
    services.ask_piece(seller_import=one, now=now + timedelta(minutes=5))
    assert OutgoingText.objects.count() == 3
    waiting_account = User.objects.filter(phone=read_phone(phone(3)))
    assert not waiting_account.exists()
    assert uploaded(officer, row(3)).rows.get().plan == SellerRowPlan.CREATE


def test_only_who_helps_there_imports_and_only_their_own(officer: Any, settings: Any, now: datetime) -> None:
    for other in (make.make_user(), make.make_staff(), areas.post("kecamatan")):
        with pytest.raises(NotAllowed):
            uploaded(other, row(1))
    with pytest.raises(RuleBroken) as told:
        uploaded(officer, row(1), reason=" \u200b ")
    assert told.value.code == "reason_missing"
    one = uploaded(officer, row(1))
    colleague, everywhere = areas.post("kelurahan"), make.make_staff("umkm.assist_seller")
    for stranger in (colleague, everywhere):
        for act in (services.confirm_list, services.cancel_list, services.undo_list):
            with pytest.raises(NotAllowed):
                act(actor=stranger, seller_import=one, now=now)
    elsewhere = AreaPosting.objects.filter(user=officer)
    services.confirm_list(actor=officer, seller_import=one, now=now)
    elsewhere.update(kelurahan=far_away())
    run_due_jobs()
    assert problems(one) == [(2, "kelurahan")] and not AssistedRegistration.objects.exists()
    settings.SMS_TRANSPORT = ""
    with pytest.raises(RuleBroken) as told:
        uploaded(colleague, row(2))
    assert told.value.code == "no_codes"


def test_a_row_of_another_place_is_refused_alone_and_the_import_stays_its_officers(officer: Any, now: datetime) -> None:
    """Neither may it stand in the way of another, nor who moved on read the residents of where they were."""
    one = uploaded(officer, row(1), row(2, kelurahan=far_away().code), row(3, nik="1"), row(4, kelurahan="Entah"))
    assert problems(one) == [(3, "kelurahan"), (4, "nik"), (5, "kelurahan")]
    page = reverse("admin:umkm_sellerimport_change", args=[one.pk])
    shown = signed_in(officer).get(page).text
    assert "Warga 1" in shown and "Warga 3" in shown and 'id="baris-3"' in shown
    assert "Warga 2" not in shown and "Warga 4" not in shown
    posting = AreaPosting.objects.filter(user=officer)
    posting.update(kelurahan=far_away())
    shown = signed_in(officer).get(page).text
    assert 'id="baris-2"' in shown and "Warga" not in re.sub(r"<th.*?</th>|data-l=\S+", "", shown)
    assert row(1)["nik"][-4:] not in shown
    services.cancel_list(actor=officer, seller_import=one, now=now)
    assert uploaded(officer, row(5)).state == ImportState.EMPTY  # and the officer goes on with another
    last = uploaded(officer, row(6, kelurahan=far_away().code))
    posting.delete()
    with pytest.raises(NotAllowed):
        services.cancel_list(actor=officer, seller_import=last, now=now)
    assert signed_in(officer).get(page).status_code in (403, 404)
    later = last.uploaded_at + timedelta(days=rules.KEPT.on(clock.local_date(last.uploaded_at)))
    assert services.expire_due(now=later) == 1


def test_whoever_lost_the_place_before_residents_are_asked_asks_nobody(officer: Any, now: datetime) -> None:
    set_rule("seller.import_texts", 0)
    one = done(officer, row(1))
    AreaPosting.objects.filter(user=officer).update(kelurahan=far_away())
    set_rule("seller.import_texts", 9)
    services.ask_piece(seller_import=one, now=now)
    assert not OutgoingText.objects.exists() and problems(one) == [(2, "")]


def test_a_whole_list_goes_through_the_pages_of_the_office(officer: Any, now: datetime) -> None:
    client = signed_in(officer)
    add = reverse("admin:umkm_sellerimport_add")
    assert reverse("admin:umkm_sellerimport_changelist") in client.get(reverse("umkm:assisted-list")).text
    assert "Pilih dari lembar Pilihan" in client.get(add).text
    empty = client.post(add, {"key": new_key(), "reason": "Daftar RW"})
    assert empty.status_code == 422
    sent = client.post(add, {"key": new_key(), "reason": "Daftar RW", "file": csv(row(1), row(2, nik="123"))})
    one = SellerImport.objects.get()
    page = reverse("admin:umkm_sellerimport_change", args=[one.pk])
    assert sent.url == page
    acts = {act: reverse(f"admin:umkm_sellerimport_{act}", args=[one.pk]) for act in ("confirm", "cancel", "undo")}
    run_due_jobs()
    shown = client.get(page).text
    assert "1 pendaftaran akan dibuat" in shown and "NIK terdiri dari 16 angka" in shown and "Warga 1" in shown
    assert row(1)["nik"] not in shown and row(1)["nik"][-4:] in shown
    faults = client.get(reverse("admin:umkm_sellerimport_problems", args=[one.pk])).content.decode("utf-8-sig")
    assert faults.splitlines()[1].startswith("3;nik;NIK terdiri dari 16 angka") and "Warga" not in faults
    for stranger in (areas.post("kelurahan"), make.make_staff("umkm.assist_seller"), make.make_staff()):
        other = signed_in(stranger)
        for address in (page, reverse("admin:umkm_sellerimport_problems", args=[one.pk])):
            assert other.get(address).status_code == 404
        assert {other.post(address).status_code for address in acts.values()} == {404}
    assert signed_in(make.make_staff()).get(add).status_code == 403
    assert client.get(acts["confirm"]).status_code == 405
    client.post(acts["confirm"])
    assert client.post(acts["confirm"]).status_code == 409
    assert "Impor berjalan" not in client.post(acts["undo"]).text
    run_due_jobs()
    assisted = AssistedRegistration.objects.get()
    shown = client.get(page).text
    assert "Menunggu warga" in shown and reverse("umkm:assisted-correct", args=[assisted.pk]) in shown
    assert "Tidak ada yang menunggu warga" in client.get(reverse("umkm:assisted-list")).text
    client.post(reverse("umkm:assisted-correct", args=[assisted.pk]))
    assert "Warga 1" in client.get(reverse("umkm:assisted-list")).text
    client.post(acts["undo"])
    run_due_jobs()
    assert "Sudah dikembalikan" in client.get(page).text
    assert one.file_name in client.get(reverse("admin:umkm_sellerimport_changelist")).text


def test_the_template_is_read_when_it_is_filled_in(officer: Any) -> None:
    court = make.food_court()
    client = signed_in(officer)
    book = load_workbook(io.BytesIO(client.get(reverse("admin:umkm_sellerimport_template")).content))
    sheet, listed = book["Penjual"], book["Pilihan"]
    offered = {column[0].value: [cell.value for cell in column[1:]] for column in listed.columns}
    assert [word for word in offered["Pilihan kelurahan"] if word] == [str(home())]
    head = [cell.value for cell in sheet[1]]
    assert sheet.column_dimensions["B"].number_format == "@"
    stall = row(1, jenis="Stan SWK", kelurahan=str(home()), swk=court.name, nomor_stan="12", alamat="")
    sheet.append([stall.get(name) for name in head])
    out = io.BytesIO()
    book.save(out)
    one = uploaded(officer, file=SimpleUploadedFile("isi.xlsx", out.getvalue()))
    assert [each.plan for each in one.rows.all()] == [SellerRowPlan.CREATE], list(one.problems.values("column", "text"))
    services.cancel_list(actor=officer, seller_import=one, now=clock.now())
    rounded = uploaded(officer, file=xlsx({**row(2), "nik": int(row(2)["nik"])}))
    assert problems(rounded) == [(2, "nik")]
