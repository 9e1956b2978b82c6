"""A newcomer's way: account first, then back to where they wanted to start. And what a page of it costs."""

from datetime import datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.test import Client
from django.urls import reverse

from tests.umkm.drafts import ready, waiting

pytestmark = pytest.mark.django_db

START = "/daftar-berjualan/"


def test_a_new_account_comes_back_to_the_registration(client: Client) -> None:
    assert f'value="{START}"' in client.get(reverse("account_signup"), {"next": START}).text
    form = {"name": "Lirih Semanggi", "email": "baru@contoh.invalid", "phone": "", "password1": "kalimat-panjang-88"}
    client.post(reverse("account_signup"), {**form, "next": START})
    address = EmailAddress.objects.get(email="baru@contoh.invalid")
    confirmed = client.post(reverse("account_confirm_email", args=[EmailConfirmationHMAC(address).key]))
    assert (confirmed.status_code, confirmed["Location"]) == (302, START)
    assert "Mulai mendaftar" in client.get(START).text


@pytest.mark.parametrize("path", ["", "pemilik/", "toko/", "dokumen/", "dokumen/ktp/", "kirim/"])
def test_pages_of_a_registration_cost_few_queries(
    citizen: Any, now: datetime, path: str, django_assert_max_num_queries: Any
) -> None:
    seller = ready(citizen, now)
    client = Client()
    client.force_login(citizen)
    client.get(START)
    with django_assert_max_num_queries(30):
        assert client.get(f"{START}{seller.pk}/{path}").status_code == 200


def test_the_status_of_a_sent_registration_costs_few_queries(
    citizen: Any, now: datetime, django_assert_max_num_queries: Any
) -> None:
    case = waiting(citizen, now)
    client = Client()
    client.force_login(citizen)
    with django_assert_max_num_queries(32):
        assert client.get(f"{START}{case.seller_id}/").status_code == 200
