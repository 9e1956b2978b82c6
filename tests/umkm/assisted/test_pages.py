"""The officer's pages and the resident's, with the real code that goes to the resident's number."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from epeken.core.web.answers import SURE
from epeken.notifications.models import DemoMail
from epeken.users.models import User
from tests.factories import areas
from tests.factories import assisted as helping
from tests.factories import umkm as make
from tests.factories.assisted import NUMBER
from tests.factories.places import WARD
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.users.test_phone import ask, code_in, write
from umkm.assisted import services
from umkm.assisted.models import AssistedRegistration
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState
from umkm.verification.models import DocumentView, SellerDocument

pytestmark = pytest.mark.django_db

LIST, MINE = "umkm:assisted-list", "umkm:assisted-mine"


@pytest.fixture
@kept
def officer() -> Any:
    return areas.post("kelurahan", make.make_staff(name="Petugas Meja"))


def by_code(run_jobs: Callable[[], int], phone: str = NUMBER) -> Client:
    """A browser whose owner wrote the code that was sent to the number."""
    client = Client()
    ask(client, phone, next=reverse(MINE))
    run_jobs()
    code = code_in(DemoMail.objects.filter(recipient=phone).latest("pk").body)
    assert write(client, code, next=reverse(MINE)).url == reverse(MINE)
    return client


def test_the_officer_begins_types_and_asks(officer: Any, now: datetime) -> None:
    desk = signed_in(officer)
    assert reverse(LIST) in desk.get(reverse("umkm:area-check-list")).text
    begun = desk.post(
        reverse(LIST), {"name": "Sulastri Contoh", "phone": "0812 7777 8888", "kind": "kelontong", "kelurahan": WARD}
    )
    assisted = AssistedRegistration.objects.get()
    pk, seller = assisted.pk, assisted.seller
    assert begun.url == reverse("umkm:application-step", args=[seller.pk, "pemilik"])
    page = desk.get(begun.url).text
    assert "Anda mengisi untuk Sulastri Contoh" in page
    assert 'name="consented"' not in page and 'name="low_income"' not in page
    send = reverse("umkm:application-step", args=[seller.pk, "kirim"])
    assert reverse("umkm:assisted-hand-over", args=[pk]) in desk.get(send).text
    assert desk.post(send).status_code == 403
    desk.post(reverse("umkm:assisted-hand-over", args=[pk]))
    assert AssistedRegistration.objects.get().handed_over_at is None  # not whole
    helping.typed(officer, now)
    card = SellerDocument.objects.get(kind="ktp")
    file = reverse("umkm:document-file", args=[card.pk])
    assert (
        desk.get(file).status_code == 200 and desk.get(reverse("umkm:application", args=[seller.pk])).status_code == 200
    )
    look = DocumentView.objects.get()
    assert (look.viewer, look.purpose) == (officer, "assist")
    for stranger in (areas.post("kelurahan"), make.make_user()):
        other = signed_in(stranger)
        for address in (file, begun.url, reverse("umkm:application", args=[seller.pk])):
            assert other.get(address).status_code == 404
        assert other.post(reverse("umkm:assisted-hand-over", args=[pk])).status_code == 404
    assert desk.post(reverse("umkm:assisted-hand-over", args=[pk])).url == reverse(LIST)
    assert "1 menunggu warga" in desk.get(reverse(LIST)).text
    for address in (file, begun.url):  # the resident reads it now
        assert desk.get(address).status_code == 404
    assert desk.post(reverse("umkm:assisted-withdraw", args=[pk])).status_code == 200  # asks first
    desk.post(reverse("umkm:assisted-withdraw", args=[pk]), dict([SURE]))
    assert not AssistedRegistration.objects.open(clock.now()).exists()


def test_the_resident_comes_by_a_code_reads_confirms_and_sends(officer: Any, run_jobs: Callable[[], int]) -> None:
    assisted = helping.waiting(officer, clock.now() - timedelta(minutes=1))
    seller = assisted.seller
    assert reverse("account_request_login_code") in Client().get(reverse(MINE)).url
    phone = by_code(run_jobs)
    person = User.objects.get(phone=NUMBER)
    assert person.phone_verified_at is not None and not person.has_usable_password()
    address = phone.get(reverse(MINE)).url
    assert address in phone.get(reverse("umkm:register")).text  # who looks for it without the text's link
    assert address not in signed_in(make.make_user()).get(reverse("umkm:register")).text
    asked = phone.get(address).text
    assert officer.name in asked and seller.address not in asked and seller.nik[-4:] not in asked
    files = [reverse("umkm:document-file", args=[paper.pk]) for paper in seller.documents.all()]
    assert phone.post(address, {"nik_end": "12"}).status_code == 422
    assert {phone.get(file).status_code for file in files} == {404}  # a card says the NIK that is asked
    assert phone.post(address, {"nik_end": seller.nik[-4:]}).url == address
    read = phone.get(address).text
    for file in files:
        assert f'href="{file}"' in read and phone.get(file).status_code == 200
        assert signed_in(person).get(file).status_code == 404  # a session without the code
        assert signed_in(make.make_user()).get(file).status_code == 404
    assert {(look.viewer_id, look.seller_id) for look in DocumentView.objects.all()} == {(person.pk, seller.pk)}
    assert seller.address in read and "Petugas mengisi" in read and seller.nik[:12] not in read
    confirm = reverse("umkm:assisted-confirm", args=[assisted.pk])
    assisted.refresh_from_db()
    said = {"shown": services.round_of(assisted), "low_income": "on"}
    phone.post(confirm, said)
    assert not seller.members.exists()
    done = phone.post(confirm, said | {"consented": "on"})
    assert done.url == reverse("umkm:application-step", args=[seller.pk, "kirim"])
    assert phone.post(confirm, said | {"consented": "on"}).status_code == 404  # a second click
    assert seller.members.get().user == person
    assert signed_in(officer).get(reverse("umkm:application", args=[seller.pk])).status_code == 404
    assert phone.post(done.url).status_code == 302
    assert Seller.objects.get(pk=seller.pk).state == SellerState.SUBMITTED


def test_a_session_without_a_code_of_this_round_neither_reads_nor_decides(
    officer: Any, run_jobs: Callable[[], int]
) -> None:
    person = helping.resident()
    early = by_code(run_jobs)
    assisted = helping.waiting(officer, clock.now() + timedelta(minutes=1))
    for client in (signed_in(person), early):
        address = reverse("umkm:assisted-detail", args=[assisted.pk])
        page = client.get(address).text
        assert 'name="nik_end"' not in page and reverse("account_request_login_code") in page
        for act in ("confirm", "refuse"):
            sent = {"consented": "on", "shown": services.round_of(assisted), **dict([SURE])}
            assert client.post(reverse(f"umkm:assisted-{act}", args=[assisted.pk]), sent).url == address
    assert signed_in(make.make_user()).get(address).status_code == 404
    assisted.refresh_from_db()
    assert assisted.state == "waiting"


def test_an_account_that_waits_opens_by_a_code_and_by_nothing_else(officer: Any, run_jobs: Callable[[], int]) -> None:
    assisted = helping.waiting(officer, clock.now())
    assert User.objects.filter(phone=NUMBER).count() == 1
    guess = Client().post(reverse("account_login"), {"login": NUMBER, "password": ""})
    assert guess.status_code == 200
    services.withdraw_assisted(actor=officer, assisted=assisted, now=clock.now())
    assert not User.objects.filter(phone=NUMBER).exists()
    person = helping.resident()
    helping.waiting(officer, clock.now())
    assert list(User.objects.filter(phone=NUMBER)) == [person]
    assert by_code(run_jobs).session["_auth_user_id"] == str(person.pk)
