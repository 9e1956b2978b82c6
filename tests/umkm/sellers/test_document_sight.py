"""Who opens an identity document, and who reads who looked."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from tests.factories import umkm as make
from tests.factories.users import signed_in
from tests.umkm.drafts import ready
from umkm.sellers import services as sellers
from umkm.verification.models import DocumentView

pytestmark = pytest.mark.django_db


def test_a_document_is_for_its_members_and_verifiers(
    citizen: Any, stranger: Any, verifier: Any, curator: Any, now: datetime
) -> None:
    document = ready(citizen, now).documents.get(kind="ktp")
    url = f"/dokumen-penjual/{document.pk}/"
    own = signed_in(citizen).get(url)
    assert (own.status_code, own["Cache-Control"], own["X-Content-Type-Options"]) == (200, "no-store", "nosniff")
    assert not DocumentView.objects.exists()
    asked = signed_in(verifier).get(url)  # nothing of it waits for a decision
    assert "Untuk apa Anda membukanya?" in asked.text and not DocumentView.objects.exists()
    assert signed_in(verifier).post(url, {"purpose": "case"}).status_code == 422
    seen = signed_in(verifier).post(url, {"purpose": "report"})
    assert seen.status_code == 200
    assert seen.content != own.content  # the officer's name is across it
    assert [(v.viewer, v.what, v.document) for v in DocumentView.objects.all()] == [(verifier, "ktp", document)]
    for other in (stranger, curator):
        assert signed_in(other).get(url).status_code == 404
    assert Client().get(url).status_code == 302
    assert DocumentView.objects.count() == 1


def test_who_left_the_shop_sees_its_documents_no_more(citizen: Any, colleague: Any, now: datetime) -> None:
    seller = ready(citizen, now)
    member = make.make_member(seller, colleague)
    url = f"/dokumen-penjual/{seller.documents.get(kind='ktp').pk}/"
    assert signed_in(colleague).get(url).status_code == 200
    member.until = now
    member.save()
    assert signed_in(colleague).get(url).status_code == 404


def test_the_owner_reads_who_looked(citizen: Any, verifier: Any, now: datetime) -> None:
    seller = ready(citizen, now)
    sellers.show_secret(actor=verifier, seller=seller, field="nik", purpose="match", now=now)
    page = signed_in(citizen).get(f"/daftar-berjualan/{seller.pk}/").text
    assert "Verifikator Contoh" in page
    assert "melihat NIK" in page and "untuk mencocokkan dengan dokumen aslinya" in page
