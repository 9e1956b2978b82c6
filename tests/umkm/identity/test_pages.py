"""The owner proposes from a phone, an officer decides in the admin, a letter's address needs no account."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from epeken.notifications.models import OutgoingMail
from tests.factories import identity as changes
from tests.factories import umkm as make
from tests.factories.users import signed_in
from tests.html_forms import form_of
from tests.umkm.pictures import photo
from umkm.identity.models import IdentityChange
from umkm.identity.notices import denial_path
from umkm.identity.states import ChangeState

pytestmark = pytest.mark.django_db
LIST = "/penjual/toko/identitas/"
NUMBER = "911122223333"


def proven(person: Any, page: str) -> Client:
    """Signed in, and just asked for the password."""
    client = signed_in(person)
    asked = client.get(page)
    client.post(asked["Location"], {"password": make.PASSWORD, "next": page})
    return client


def test_the_owner_proposes_an_account(seller_user: Any, shop: Any) -> None:
    page = f"{LIST}{shop.pk}/bank/"
    assert f'href="{LIST}?toko={shop.pk}"' in signed_in(seller_user).get(f"/penjual/toko/?toko={shop.pk}").text
    client = proven(seller_user, page)
    sent = {**form_of(client, page), **changes.ACCOUNT, "reason": "Ganti bank", "file": photo(31)}
    assert client.post(page, sent)["Location"] == f"{LIST}?toko={shop.pk}"
    told = client.get(LIST).text
    assert "Menunggu verifikator" in told or "Diperiksa otomatis" in told
    assert NUMBER not in told and "••••••••3333" in told and "Tarik usulan" in told
    change = IdentityChange.objects.get()
    client.post(reverse("umkm:identity-withdraw", args=[change.pk]))
    change.refresh_from_db()
    assert change.state == ChangeState.WITHDRAWN


def test_without_the_password_nothing_is_proposed_and_no_number_waits(seller_user: Any, shop: Any) -> None:
    client, page = signed_in(seller_user), f"{LIST}{shop.pk}/bank/"
    answer = client.post(page, {**changes.ACCOUNT, "reason": "x", "file": photo(31)})
    assert answer["Location"] == page and not IdentityChange.objects.exists()
    kept = str([value for value in client.session.values() if isinstance(value, str)])  # moments may hold its digits
    assert NUMBER not in kept and "9111" not in kept


def test_who_is_not_the_owner_reads_and_a_stranger_finds_nothing(colleague: Any, stranger: Any, shop: Any) -> None:
    page = f"{LIST}{shop.pk}/bank/"
    assert "Hanya pemilik toko" in signed_in(colleague).get(LIST).text
    assert signed_in(colleague).get(page).status_code == 403
    assert signed_in(stranger).get(page).status_code == 404


def test_evidence_is_for_the_shop_and_verifiers(
    shop: Any, seller_user: Any, verifier: Any, stranger: Any, curator: Any, now: datetime
) -> None:
    paper = changes.waiting(shop, now).documents.get()
    address = reverse("umkm:document-file", args=[paper.pk])
    assert [signed_in(person).get(address).status_code for person in (seller_user, verifier, stranger, curator)] == [
        200, 200, 404, 404,
    ]  # fmt: skip
    assert shop.views.get().viewer == verifier


def test_the_officer_compares_shows_the_number_on_demand_and_approves(shop: Any, verifier: Any, now: datetime) -> None:
    change = changes.waiting(shop, now)
    client, desk = signed_in(verifier), reverse("admin:umkm_identitychange_change", args=[change.pk])
    page = client.get(desk).text
    assert "Bank Baru" in page and "Bank Contoh" in page and NUMBER not in page and shop.bank_account not in page
    assert "Nama pemilik rekening" in page
    shown = client.post(
        reverse("admin:umkm_identitychange_secret", args=[change.pk, "bank_account"]), {"untuk": "match"}
    )
    assert NUMBER in shown.text and shop.views.get().what == "bank_account"
    early = client.post(reverse("admin:umkm_identitychange_approve", args=[change.pk]))
    for check in change.checks.unacknowledged():
        assert early.status_code == 422
        client.post(reverse("admin:umkm_identitychange_acknowledge", args=[change.pk]), {"finding": check.pk})
    assert "Belum Anda buka di halaman ini: Foto buku rekening" in client.get(desk).text
    client.get(reverse("umkm:document-file", args=[change.documents.get().pk]))
    client.post(reverse("admin:umkm_identitychange_approve", args=[change.pk]))
    change.refresh_from_db()
    assert change.state == ChangeState.APPROVED
    assert "Mulai berlaku" in signed_in(changes.owner_of(shop)).get(LIST).text


def test_a_denied_change_is_settled_at_the_desk(shop: Any, verifier: Any, now: datetime) -> None:
    change = changes.waiting(shop, now)
    Client().post(denial_path(change))
    client = signed_in(verifier)
    assert shop.name in client.get("/admin/umkm/identitychange/", {"antrean": "disangkal"}).text
    desk = reverse("admin:umkm_identitychange_change", args=[change.pk])
    assert "nomor yang lama" in client.get(desk).text
    empty = client.post(reverse("admin:umkm_identitychange_cancel", args=[change.pk]))
    assert empty.status_code == 422
    client.post(reverse("admin:umkm_identitychange_cancel", args=[change.pk]), {"reason": "Bukan pemiliknya"})
    change.refresh_from_db()
    assert (change.state, change.note) == (ChangeState.CANCELLED, "Bukan pemiliknya")
    assert "Bukan pemiliknya" in signed_in(changes.owner_of(shop)).get(LIST).text


def test_the_address_of_a_letter_stops_it_and_no_other_address_does(shop: Any, now: datetime) -> None:
    change = changes.waiting(shop, now)
    path = denial_path(change)
    assert path in OutgoingMail.objects.get().text
    anybody = Client()
    page = anybody.get(path)
    assert "Bukan saya" in page.text and shop.owner_name not in page.text and shop.phone not in page.text
    change.refresh_from_db()
    assert change.state == ChangeState.WAITING  # looking changes nothing
    assert anybody.post(f"/bukan-saya/{change.pk}:abc/").status_code == 404
    assert "ditahan" in anybody.post(path).text
    change.refresh_from_db()
    assert change.state == ChangeState.HELD and change.events.last().actor is None
