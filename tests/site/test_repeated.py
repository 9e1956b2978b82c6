"""The same page sent twice acts once, whatever the form."""

from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import Client, RequestFactory
from django.urls import reverse

from epeken.core.idempotency import new_key
from epeken.core.web import repeated
from epeken.core.web.repeated import PENDING, RepeatedPostMiddleware, _key_of
from orders.carts.models import CartLine
from procurement.requests.models import PurchaseRequest
from tests.factories import orders as make_orders
from tests.factories import procurement as make
from tests.factories.umkm import make_product, make_user
from tests.factories.users import make_key, signed_in
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db
PAGE, OTHER_PAGE = {"csrfmiddlewaretoken": "a" * 64}, {"csrfmiddlewaretoken": "b" * 64}


def test_a_request_is_made_once_a_page() -> None:
    client = signed_in(make.Office().requester)
    url, typed = reverse("procurement:request-create"), {"key": new_key(), "title": "Rapat kerja"}
    # The third is the same page once more, when its first answer is forgotten.
    first, second, third = (client.post(url, {**typed, **page}) for page in (PAGE, PAGE, OTHER_PAGE))
    assert first["Location"] == second["Location"] == third["Location"]
    assert PurchaseRequest.objects.count() == 1
    client.post(url, {**typed, "key": new_key(), **OTHER_PAGE})
    assert PurchaseRequest.objects.count() == 2


def test_a_program_that_tries_again_makes_one_draft() -> None:
    office = make.Office()
    key = make_key(office.requester)[1]
    machine = {"Authorization": f"Bearer {key}", "Idempotency-Key": "rencana 7/2026"}
    body = {"agency": office.agency.short_name, "title": "Rapat kerja"}

    def ask(**over: str) -> Any:
        url = reverse("api:agency-request-list")
        return Client().post(url, {**body, **over}, content_type="application/json", headers=machine)

    assert [ask().status_code, ask().json()["number"]] == [201, PurchaseRequest.objects.get().number]
    refused = ask(title="Rapat lain")
    assert (refused.status_code, refused.json()["code"]) == (409, "key_reused")


def test_the_second_press_hears_what_the_first_did(now: Any) -> None:
    order = make_orders.make_issued(make_orders.make_office(), make_product(), quantity=2, now=now)
    client = signed_in(make_orders.member_of(order))
    url = reverse("orders:order-accept", args=[order.number])
    assert [client.post(url, PAGE).status_code for _time in range(2)] == [302, 302]
    assert client.post(url, OTHER_PAGE).status_code == 409


def test_a_visitor_without_an_account_too() -> None:
    client, product = Client(), make_product()
    for _time in range(2):
        client.post(reverse("orders:cart-add"), {"product": product.pk, "quantity": "2", **PAGE})
    assert CartLine.objects.get().quantity == 2


def test_other_values_other_people_and_a_form_with_faults_are_new_presses() -> None:
    url = reverse("users:profile")
    client = signed_in(make_user(name="Semula"))

    def post(by: Client, name: str) -> int:
        return by.post(url, {**form_of(by, url), "name": name, **PAGE}).status_code

    assert [post(client, "") for _time in range(2)] == [422, 422]
    assert post(client, "Satu") == 302
    assert post(client, "Dua") == 302
    other = make_user(name="Lain")
    post(signed_in(other), "Dua")
    other.refresh_from_db()
    assert other.name == "Dua"


def test_the_second_waits_for_the_first(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    request = rf.post("/", PAGE)
    request.user = make_user()
    key = _key_of(request)
    assert key is not None
    cache.set(key, PENDING)
    calls: list[HttpRequest] = []

    def view(asked: HttpRequest) -> HttpResponse:
        calls.append(asked)
        return HttpResponseRedirect("/kedua/")

    # While the second sleeps, the first ends.
    monkeypatch.setattr(repeated.time, "sleep", lambda _seconds: cache.set(key, "/pertama/"))
    waiting = RepeatedPostMiddleware(view)
    assert waiting(request)["Location"] == "/pertama/"
    assert calls == []
    cache.delete(key)
    assert waiting(request)["Location"] == "/kedua/"


def test_a_draft_that_saves_itself_and_a_piece_of_a_page_are_no_press(rf: RequestFactory) -> None:
    user = make_user()
    quiet, piece, machine = rf.post("/", PAGE, HTTP_X_AUTOSAVE="1"), rf.post("/", PAGE), rf.post("/", {})
    piece.htmx = True
    for request in (quiet, piece, machine):
        request.user = user
        assert _key_of(request) is None
