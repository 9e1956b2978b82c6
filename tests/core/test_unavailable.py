"""The database away: 503 with when to come again, and public pages from their last copy."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError, ProgrammingError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from epeken.core.api.rest import bad_request
from epeken.core.web.unavailable import KEPT_PAGES, LARGEST_BYTES, KeptPagesMiddleware, server_error
from epeken.users.sessions.limits import RENEWED
from tests.factories.umkm import make_product, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def away() -> Iterator[Callable[[type[Exception]], Any]]:
    """Every query fails with the given error."""

    def fail(error: type[Exception]) -> Any:
        def wrapper(execute: Any, *args: Any) -> Any:
            raise error("server closed the connection unexpectedly")

        return connection.execute_wrapper(wrapper)

    yield fail


def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_page_says_when_to_come_again(away: Any, error: type[Exception]) -> None:
    client = visitor()
    with away(error):
        answer = client.get(reverse("umkm:shop-list"), {"baru": "x"})
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "10", "no-store")
    assert "terputus" in answer.content.decode()
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_the_api_says_it_in_json(away: Any) -> None:
    with away(OperationalError):
        answer = visitor().get(reverse("api:category-list"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert answer.json()["code"] == "unavailable"


def test_a_fault_of_ours_stays_a_500(away: Any) -> None:
    with away(ProgrammingError):
        assert visitor().get(reverse("umkm:shop-list")).status_code == 500
        answer = visitor().get(reverse("api:category-list"))
    assert (answer.status_code, answer.json()["code"]) == (500, "server_error")


def test_a_session_that_could_not_be_stored_is_no_fault_of_the_visitor() -> None:
    """The database is lost at the last statement of a page that was ready: the session's."""
    client = visitor()
    client.force_login(make_user())
    client.get(reverse("users:profile"))

    def lost(execute: Any, statement: str, *args: Any) -> Any:
        if statement.startswith('UPDATE "django_session"'):
            raise OperationalError("server closed the connection unexpectedly")
        return execute(statement, *args)

    later = timezone.now() + timedelta(seconds=2 * RENEWED)
    with time_machine.travel(later), connection.execute_wrapper(lost):
        answer = client.get(reverse("users:profile"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")


def test_what_is_raised_while_the_loss_is_handled_is_the_loss() -> None:
    request = RequestFactory().get("/")
    try:
        try:
            raise OperationalError("server closed the connection unexpectedly")
        except OperationalError as lost:
            raise RuntimeError("not in a state to go on") from lost
    except RuntimeError:
        assert server_error(request).status_code == 503
    assert bad_request(request, SuspiciousOperation("a host that is none")).status_code == 400


def test_a_public_page_is_shown_from_its_copy(away: Any) -> None:
    product = make_product(name="Semanggi suroboyo")
    client = visitor()
    url = reverse("umkm:product-detail", args=[product.pk, slugify(product.name)])
    assert client.get(url).status_code == 200
    with away(OperationalError):
        answer = client.get(url)
        assert answer.status_code == 200
        assert "Semanggi suroboyo" in answer.content.decode()
        assert (answer["Cache-Control"], int(answer["Age"]) >= 0) == ("no-store", True)
        # Another address, another language, a piece of a page, a form: no copy.
        assert client.get(url, {"a": "1"}).status_code == 503
        assert client.get(url, headers={"accept-language": "en"}).status_code == 503
        assert client.get(url, headers={"hx-request": "true"}).status_code == 503
        assert client.post(url).status_code in {405, 503}
    assert "Age" not in client.get(url)


def test_a_copy_holds_no_token_of_the_visitor_who_made_it(away: Any) -> None:
    first = visitor()
    page = first.get(reverse("home"))
    token = page.context["csrf_token"]
    assert str(token) in page.content.decode()
    secret = first.cookies["csrftoken"].value
    first.cookies.clear()  # the next visitor of the same process
    with away(OperationalError):
        copy = first.get(reverse("home"))
    assert copy.status_code == 200
    assert secret not in copy.content.decode()
    assert 'name="csrfmiddlewaretoken"' in copy.content.decode()
    assert '"X-CSRFToken": ""' in copy.content.decode()
    assert str(token) not in copy.content.decode()


def test_pages_of_people_are_neither_kept_nor_answered_with_a_copy(away: Any) -> None:
    client = visitor()
    client.force_login(make_user(name="Bu Rahasia"))
    assert "Bu Rahasia" in client.get(reverse("umkm:shop-list")).content.decode()
    signed_in = client.cookies.copy()
    client.cookies.clear()
    with away(OperationalError):
        assert client.get(reverse("umkm:shop-list")).status_code == 503
    assert client.get(reverse("umkm:shop-list")).status_code == 200
    with away(OperationalError):
        assert client.get(reverse("umkm:shop-list")).status_code == 200
        client.cookies = signed_in
        assert client.get(reverse("umkm:shop-list")).status_code == 503


def asked(middleware: KeptPagesMiddleware, path: str, view_name: str) -> None:
    request = RequestFactory().get(path)
    request.resolver_match = SimpleNamespace(view_name=view_name)  # type: ignore[assignment]
    middleware(request)


def test_pages_with_a_key_in_their_address_are_never_kept() -> None:
    middleware = KeptPagesMiddleware(lambda request: HttpResponse("<p>isi</p>"))
    asked(middleware, "/akun/sandi/lupa/kunci/1-abc/", "account_reset_password_from_key")
    asked(middleware, "/periksa/abc/", "orders:verify")
    assert list(middleware.copies) == []
    asked(middleware, "/cari/", "umkm:search")
    assert [key[1] for key in middleware.copies] == ["/cari/"]


def test_the_copies_are_few_and_small() -> None:
    middleware = KeptPagesMiddleware(lambda request: HttpResponse(b"x" * int(request.GET["n"])))
    for number in range(KEPT_PAGES + 5):
        asked(middleware, f"/cari/?n={number}", "umkm:search")
    assert len(middleware.copies) == KEPT_PAGES
    assert next(iter(middleware.copies))[1] == "/cari/?n=5"
    asked(middleware, f"/cari/?n={LARGEST_BYTES + 1}", "umkm:search")
    assert len(middleware.copies) == KEPT_PAGES and f"/cari/?n={LARGEST_BYTES + 1}" not in str(list(middleware.copies))
