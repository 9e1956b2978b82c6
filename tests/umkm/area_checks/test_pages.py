"""The pages of an officer of an area, what the office and the applicant see of their answer, and the office's data."""

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.html import escape

from epeken.core import clock
from epeken.core.i18n.times import long_time
from epeken.notifications.models import Notification
from tests.factories import areas
from tests.factories import umkm as make
from tests.factories.places import PIN
from tests.factories.users import signed_in
from tests.umkm.drafts import waiting
from tests.umkm.pictures import photo
from umkm.area_checks.models import AreaPosting, AreaStage, VisitPhoto
from umkm.area_checks.states import AreaCheckState
from umkm.sellers.pages.application import pin_words
from umkm.sellers.rules import VERIFICATION
from umkm.verification.models import DocumentView, VerificationCase
from umkm.verification.states import SellerDocumentKind

pytestmark = pytest.mark.django_db

LIST = "umkm:area-check-list"


@pytest.fixture
def case(citizen: Any) -> VerificationCase:
    """Of a producer, whose place is visited; asked now of a kelurahan and next of nobody."""
    AreaStage.objects.all().delete()
    stage = {"working_days": 1, "asks_visit": True, "valid_from": date(2021, 1, 1), "source": "uji"}
    AreaStage.objects.create(seller_kind="umkm", level="kelurahan", **stage)
    areas.post("kelurahan", make.make_staff(name="Petugas Uji", email="wilayah@contoh.invalid"))
    return waiting(citizen, clock.now())


def officer(case: VerificationCase) -> Any:
    return AreaPosting.objects.get().user


def address(case: VerificationCase) -> str:
    return reverse("umkm:area-check", args=[areas.running(case).pk])


def test_the_officer_sees_the_place_and_nothing_of_identity_tax_or_money(case: VerificationCase) -> None:
    page, seller = signed_in(officer(case)), case.seller
    assert page.get(reverse("site:landing")).headers["Location"] == reverse(LIST)
    listed = page.get(reverse(LIST)).text
    assert str(seller) in listed and "perlu dikunjungi" in listed
    check = areas.running(case)
    assert long_time(clock.told_end(check.due_at)) in listed and "hari ini terakhir" not in listed
    type(check).objects.filter(pk=check.pk).update(due_at=clock.end_of(clock.today()))
    assert "hari ini terakhir" in page.get(reverse(LIST)).text
    shown = page.get(address(case)).text.replace(escape(settings.CITY.map_points), "")  # codes of kelurahan in it
    assert seller.address in shown and f"tel:{seller.phone}" in shown
    for hidden in (seller.nik, seller.nik[:6], seller.nik[-4:], seller.bank_account[-4:], seller.email):
        assert hidden not in shown
    check = areas.running(case)
    codes = {}
    for document in seller.documents.current():
        codes[document.kind] = page.get(reverse("umkm:area-document", args=[check.pk, document.pk])).status_code
        assert page.get(reverse("umkm:document-file", args=[document.pk])).status_code == 404
    assert codes.pop(SellerDocumentKind.KTP) == 404
    assert set(codes.values()) == {200}
    assert set(DocumentView.objects.values_list("what", flat=True)) == set(codes)
    assert page.get(reverse("admin:umkm_verificationcase_change", args=[case.pk])).status_code == 403


def test_an_answer_with_a_visit_reaches_the_office_and_the_applicant(case: VerificationCase, verifier: Any) -> None:
    page, url = signed_in(officer(case)), address(case)
    for picture in ("shop_front", "production"):
        document = case.seller.documents.current().get(kind=picture)
        page.get(reverse("umkm:area-document", args=[areas.running(case).pk, document.pk]))
    type(case.seller).objects.filter(pk=case.seller_id).update(latitude=PIN[0], longitude=PIN[1])
    refused = page.post(url, {"answer": "sesuai"})
    assert refused.status_code == 422 and "harus dikunjungi" in refused.text
    typed = {"answer": "sesuai", "visited_on": clock.today().isoformat(), "note": "Dapurnya di belakang rumah"}
    pin = {"latitude": str(PIN[0] + 0).replace(".", ","), "longitude": f"{PIN[1]:.6f}"}
    answer = page.post(url, {**typed, **pin, "photos": [photo(7)]})
    assert answer.status_code == 302
    visit = VisitPhoto.objects.get()
    desk = signed_in(verifier)
    text = " ".join(desk.get(reverse("admin:umkm_verificationcase_change", args=[case.pk])).text.split())
    assert "Petugas Uji, dikunjungi" in text and "0 m dari titik peta pendaftar." in text
    assert text.count(f"titik peta {pin_words(*PIN)}") == 1
    assert Notification.objects.visible_to(officer(case)).unread().count() == 0
    assert "Dapurnya di belakang rumah" in text and reverse("umkm:visit-photo", args=[visit.pk]) in text
    applicant = case.seller.members.get().user
    told = signed_in(applicant).get(reverse("umkm:application", args=[case.seller_id])).text
    assert visit.area_check.place in told
    photo_url = reverse("umkm:visit-photo", args=[visit.pk])
    for person, code in ((desk, 200), (signed_in(applicant), 200), (page, 200), (signed_in(make.make_user()), 404)):
        assert person.get(photo_url).status_code == code
    # What was answered is remembered; the data of the shop are not shown any more.
    after = page.get(url)
    assert after.status_code == 200 and case.seller.address not in after.text
    assert photo_url in after.text and pin_words(*PIN) in after.text
    assert page.post(url, {**typed, "photos": [photo(8)]}).status_code == 422


def test_sending_back_keeps_what_was_typed_when_it_is_refused(case: VerificationCase) -> None:
    page, check = signed_in(officer(case)), areas.running(case)
    url = reverse("umkm:area-check-send-back", args=[check.pk])
    refused = page.post(url, {"bagian": ["address", "shop_front"], "alasan-address": "Bukan di jalan ini"})
    assert refused.status_code == 422 and "Bukan di jalan ini" in refused.text
    assert refused.text.index('id="kembalikan"') < refused.text.index("Tulis alasan untuk setiap bagian")
    assert page.get(url, headers={"accept": "text/html"})["Location"] == address(case)
    assert page.post(url, {"bagian": ["address"], "alasan-address": "Bukan di jalan ini"}).status_code == 302
    check.refresh_from_db()
    assert check.state == AreaCheckState.SENT_BACK and case.remarks.get().field == "address"


def test_a_registration_of_another_place_does_not_exist_for_the_officer(case: VerificationCase) -> None:
    other = areas.post("kecamatan")
    assert signed_in(other).get(address(case)).status_code == 404
    assert signed_in(other).get(reverse(LIST)).status_code == 200
    for nobody in (make.make_user(), make.make_staff()):
        assert signed_in(nobody).get(reverse(LIST)).status_code == 404


def test_the_queue_of_the_office_says_what_is_with_an_area(case: VerificationCase, verifier: Any) -> None:
    page, queue = signed_in(verifier), reverse("admin:umkm_verificationcase_changelist")
    assert str(case.seller) not in page.get(queue).text
    assert str(case.seller) in page.get(queue + "?antrean=wilayah").text
    text = page.get(reverse("admin:umkm_verificationcase_change", args=[case.pk])).text
    assert "masih memeriksa tempatnya" in text and "data-approve" not in text


def test_the_levels_leave_the_office_a_day_of_what_applicants_are_promised() -> None:
    AreaStage.objects.all().delete()
    page, url = signed_in(make.make_staff(is_superuser=True)), reverse("admin:umkm_areastage_add")
    days, first = VERIFICATION.on(clock.today()), "2099-01-01"
    typed = {"seller_kind": "umkm", "level": "kelurahan", "valid_from": first, "source": "SK uji"}
    answer = page.post(url, {**typed, "working_days": str(days)})
    assert answer.status_code == 200 and "dijanjikan keputusan" in answer.text
    assert page.post(url, {**typed, "working_days": str(days - 1)}).status_code == 302
    answer = page.post(url, {**typed, "level": "kecamatan", "working_days": "1"})
    assert answer.status_code == 200 and "dijanjikan keputusan" in answer.text


def test_only_accounts_of_officers_are_posted() -> None:
    page, url = signed_in(make.make_staff(is_superuser=True)), reverse("admin:umkm_areaposting_add")
    typed = {"kelurahan": areas.home().pk, "valid_from": "2099-01-01", "source": "SK uji"}
    answer = page.post(url, {**typed, "user": make.make_user().pk})
    assert answer.status_code == 200 and "akun petugas yang aktif" in answer.text
    assert page.post(url, {**typed, "user": make.make_staff().pk}).status_code == 302


def test_a_refusal_stands_at_the_part_it_is_about(case: VerificationCase) -> None:
    """At each that lacks its reason, and the page opens at the first; the office's page does the same."""
    office = reverse("admin:umkm_case_send_back", args=[case.pk])
    area = reverse("umkm:area-check-send-back", args=[areas.running(case).pk])
    for person, url in ((officer(case), area), (make.make_staff("umkm.verify_seller"), office)):
        client, typed = signed_in(person), {"alasan-name": "Terlalu umum namanya", "alasan-address": " "}
        refused = client.post(url, {"bagian": ["name", "address", "phone"], **typed})
        assert refused.status_code == 422
        assert [f'id="salah-{part}"' in refused.text for part in ("name", "address", "phone")] == [False, True, True]
        assert refused.text.count("autofocus") == 1
        assert [part["name"] for part in refused.context["parts"] if part.get("focus")] == [
            next(part["name"] for part in refused.context["parts"] if part["error"])
        ]
        nothing = client.post(url, typed)
        assert (nothing.status_code, nothing.text.count("autofocus"), "salah-" in nothing.text) == (422, 1, False)
