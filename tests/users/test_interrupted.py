"""What somebody typed outlives the session it was typed in; a button leads back to what it was about."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from epeken.core.idempotency import new_key
from orders.carts.models import CartLine
from procurement.requests.models import PurchaseRequest
from tests.factories import orders as make_orders
from tests.factories import procurement as make
from tests.factories.umkm import PASSWORD, make_nik, make_product, make_seller, make_staff, make_user
from tests.factories.users import enrol

pytestmark = pytest.mark.django_db
ORIGIN = {"HTTP_ORIGIN": "http://testserver"}


def hidden(page: str) -> dict[str, str]:
    (form,) = re.findall(r'<form class="acts".*?</form>', page, flags=re.DOTALL)
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def test_what_was_typed_is_there_after_signing_in_again(client: Client) -> None:
    office = make.Office()
    if not office.requester.authenticator_set.exists():
        enrol(office.requester)
    url = reverse("procurement:request-create")
    typed = {"title": "Rapat warga akhir tahun", "purpose": "Konsumsi dua hari", "key": new_key()}
    answer = client.post(url, typed, HTTP_REFERER=f"http://testserver{url}")
    assert answer["Location"] == f"{reverse('account_login')}?next=/akun/lanjutkan/"
    client.force_login(office.requester)
    page = client.get(reverse("users:resume")).content.decode()
    assert "Rapat warga akhir tahun" in page and f'action="{url}"' in page and f'href="{url}"' in page
    assert hidden(page) == typed
    client.post(url, hidden(page))
    assert PurchaseRequest.objects.get().purpose == "Konsumsi dua hari"


def test_signing_in_with_a_password_leads_there(client: Client) -> None:
    person = make_user(password=PASSWORD)
    client.post(reverse("users:profile"), {"name": "Nama Baru Sekali"})
    answer = client.post(
        reverse("account_login"), {"login": person.email, "password": PASSWORD, "next": reverse("users:resume")}
    )
    assert answer["Location"] == reverse("users:resume")
    assert "Nama Baru Sekali" in client.get(answer["Location"]).content.decode()


def test_a_button_pressed_too_late_leads_back_to_its_object(client: Client, now: Any) -> None:
    office = make_orders.make_office()
    order = make_orders.make_issued(office, make_product(), quantity=2, now=now)
    press, shown = (reverse(f"orders:{name}", args=[order.number]) for name in ("order-accept", "order-detail"))
    client.post(press, {}, HTTP_REFERER=f"http://testserver{shown}")
    client.force_login(make_orders.member_of(order))
    page = client.get(reverse("users:resume")).content.decode()
    assert f'action="{press}"' in page and f'href="{shown}"' in page
    assert client.post(press, hidden(page))["Location"].startswith(shown)
    order.refresh_from_db()
    assert order.state == "accepted"


def test_a_decision_typed_at_the_office_outlives_its_session(client: Client) -> None:
    """An officer's session ends after an hour in which nothing was done: a long reason takes its time."""
    shop, officer = make_seller(), make_staff("umkm.freeze_seller")
    press = shown = reverse("sanction-give", args=[shop.pk])
    typed = {"level": "sp1", "reason": "late", "note": "Tiga pesanan terlambat, dua tanpa kabar"}
    answer = client.post(press, typed, HTTP_REFERER=f"http://testserver{shown}")
    assert answer["Location"] == f"{reverse('account_login')}?next=/akun/lanjutkan/"
    client.force_login(officer)
    page = client.get(reverse("users:resume")).content.decode()
    assert typed["note"] in page and f'href="{shown}"' in page and hidden(page) == typed
    assert typed["note"] in client.post(press, hidden(page)).text  # as typed, before the letter is given


def test_secrets_and_files_are_not_kept(client: Client) -> None:
    person = make_user()
    file = SimpleUploadedFile("a.jpg", b"x")
    url = reverse("umkm:application-step", args=[1, "pemilik"])
    client.post(url, {"nik": make_nik(1), "owner_name": "Ibu Asih", "file": file})
    assert client.session["interrupted"]["pairs"] == [["owner_name", "Ibu Asih"]]
    client.force_login(person)
    assert "nomor rahasia tidak kami simpan" in client.get(reverse("users:resume")).content.decode()


def test_it_is_forgotten_after_an_hour_and_too_much_is_not_kept(client: Client) -> None:
    person = make_user()
    client.post(reverse("users:profile"), {"name": "a" * 70_000})
    assert "interrupted" not in client.session
    client.post(reverse("users:profile"), {"name": "Nama Baru"})
    client.force_login(person)
    assert client.get(reverse("users:resume")).status_code == 200
    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        assert client.get(reverse("users:resume")).status_code == 302


def test_a_page_older_than_the_sign_in_can_be_sent_again() -> None:
    strict = Client(enforce_csrf_checks=True)
    product = make_product()
    page = strict.get(reverse("umkm:product-detail", args=[product.pk, "x"]), follow=True).content.decode()
    old = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]
    person = make_user()
    strict.force_login(person)
    del strict.cookies["csrftoken"]
    form = {"product": str(product.pk), "quantity": "2", "csrfmiddlewaretoken": old}
    strict.get(reverse("account_logout"))  # the other tab has a token of its own
    answer = strict.post(reverse("orders:cart-add"), form, **ORIGIN)
    assert answer.status_code == 403
    again = answer.content.decode()
    assert hidden(again) == {"product": str(product.pk), "quantity": "2"}
    fresh = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', again)[-1]
    strict.post(reverse("orders:cart-add"), {**hidden(again), "csrfmiddlewaretoken": fresh}, **ORIGIN)
    assert CartLine.objects.get().quantity == 2


@pytest.mark.parametrize("headers", [{}, {"HTTP_ORIGIN": "http://evil.test"}, {"HTTP_SEC_FETCH_SITE": "cross-site"}])
def test_another_site_gets_no_such_page(headers: dict[str, str]) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(reverse("orders:cart-add"), {"product": "1", "quantity": "2"}, **headers)
    assert answer.status_code == 403
    assert "Kirim sekarang" not in answer.content.decode()
