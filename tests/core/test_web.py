"""Headers, clean input, refusals and what production insists on."""

from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import DataError, connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from epeken.core.api.rest import refusal_handler
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.web.middleware import CleanInputMiddleware, HeadersMiddleware, RefusalMiddleware
from tests.core.test_logs import console
from tests.factories.orders import make_office
from tests.factories.umkm import make_staff, make_user
from tests.html_forms import shown_on

pytestmark = pytest.mark.django_db


def test_the_policy_is_strict_on_every_page(client: Client) -> None:
    policy = client.get(reverse("account_login"))["Content-Security-Policy"]
    assert "unsafe" not in policy
    for directive in [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    ]:
        assert directive in policy


def test_other_headers(client: Client) -> None:
    answer = client.get(reverse("account_login"))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=(self)" in answer["Permissions-Policy"]


def test_pages_of_a_person_are_not_kept(client: Client) -> None:
    """Public ones stay quick to come back to; what is the person's leaves no copy in the browser."""
    for path in (reverse("home"), reverse("umkm:shop-list")):
        assert "Cache-Control" not in client.get(path)
    client.force_login(make_user())
    for name in ("users:profile", "orders:order-list", "notifications:inbox", "orders:cart", "account_logout"):
        assert "no-store" in client.get(reverse(name))["Cache-Control"], name
    assert client.get(reverse("home"))["Cache-Control"] == "private, no-cache"
    assert client.get("/api/v1/categories/")["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ('<form method="post"><textarea name="a"></textarea></form>', True),
        ('<form class="f" METHOD="POST"><input name="a"></form>', True),
        ("<form method='post'><input type='text' name=a></form>", True),
        ('<form method="post"><input type="hidden" name="a"><input class="x" type="checkbox"></form>', False),
        ('<form method="get"><input name="q"></form><form method="post"><button>Ya</button></form>', False),
        ('<form method="post"><button>Ya</button></form><form><textarea></textarea></form>', False),
        ("<p>method=post <textarea></p>", False),
    ],
)
def test_a_page_one_types_in_is_kept_for_coming_back(rf: RequestFactory, page: str, kept: bool) -> None:
    request = rf.get("/")
    request.user = make_user()
    request.resolver_match = None  # type: ignore[assignment]
    answer = HeadersMiddleware(lambda r: HttpResponse(page))(request)
    assert answer["Cache-Control"] == ("private, no-cache" if kept else "no-store")


@pytest.mark.parametrize(
    ("method", "path", "data"),
    [
        ("get", "/akun/masuk/?next=%00", {}),
        ("get", "/akun/masuk/?%00=1", {}),
        ("get", "/akun/surel/konfirmasi/a%00b/", {}),
        ("get", "/barang/1-a%00b/", {}),
        ("post", "/akun/masuk/", {"login": "a\x00@x.id", "password": "x"}),
        ("post", "/akun/daftar/", {"na\x00me": "x"}),
    ],
)
def test_nul_is_a_bad_request(
    client: Client, caplog: pytest.LogCaptureFixture, method: str, path: str, data: dict[str, str]
) -> None:
    client.raise_request_exception = False
    assert getattr(client, method)(path, data).status_code == 400
    (said,) = [record for record in caplog.records if record.name == "django.request"]
    assert said.exc_info and len(console().format(said).splitlines()) == 1


@pytest.mark.parametrize("path", ["/api/v1/products/?q=%00", "/api/v1/%00/", "/api/v1/products/%00/"])
def test_a_machine_hears_of_nul_in_json(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


def test_a_value_no_column_holds_is_a_refusal(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = make_user()

    def view(request: Any) -> HttpResponse:
        raise AssertionError

    with pytest.raises(DataError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 99999999999999999999999::bigint")
    answer = RefusalMiddleware(view).process_exception(request, caught.value)
    assert answer is not None and answer.status_code == 422
    assert "terlalu besar" in answer.content.decode()
    machine = refusal_handler(caught.value, {})
    assert machine is not None and (machine.status_code, machine.data["code"]) == (422, "out_of_range")


def test_nul_in_a_cookie_or_a_file_name_is_a_bad_request(client: Client) -> None:
    from django.core.exceptions import BadRequest
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.cookies["sessionid"] = "a\x00b"
    assert client.get(reverse("account_login")).status_code == 400
    request = RequestFactory().post("/", {"f": SimpleUploadedFile("a.jpg", b"x", content_type="image/\x00")})
    request.FILES["f"].content_type = "image/\x00"
    with pytest.raises(BadRequest):
        CleanInputMiddleware(lambda r: HttpResponse()).process_view(request, None, (), {})


@pytest.mark.parametrize(
    "path",
    ["/akun/masuk/?next=%ff%fe", "/akun/masuk/?q=" + "a" * 20_000, "/akun/%ff/", "/akun/masuk/?page=%F0%9F%8D%9A"],
)
def test_odd_bytes_and_long_queries_are_no_error(client: Client, path: str) -> None:
    assert client.get(path).status_code in {200, 404}


def test_a_form_without_its_token_is_explained() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(reverse("account_login"), {"login": "a@x.id", "password": "x"})
    assert answer.status_code == 403
    assert "muat ulang" in answer.content.decode()


@pytest.mark.parametrize(
    "error", [RuleBroken("Stok tinggal 2."), InvalidMove("Sudah diproses."), NotAllowed("Bukan Anda.")]
)
def test_a_refusal_is_a_page_or_a_piece(rf: RequestFactory, error: Any) -> None:
    request = rf.get("/", headers={"referer": "http://testserver/keranjang/?a=1"})
    request.user = make_user()
    request.session = {}  # type: ignore[assignment]
    handler = RefusalMiddleware(lambda r: HttpResponse())
    page = handler.process_exception(request, error)
    assert page is not None and page.status_code == error.status
    text = page.content.decode()
    assert error.message in text and "<h1>" in text and 'href="/keranjang/?a=1"' in text
    request.htmx = True
    piece = handler.process_exception(request, error)
    assert piece is not None and "<html" not in piece.content.decode() and error.message in piece.content.decode()
    assert handler.process_exception(request, ValueError()) is None


def test_a_refusal_never_links_elsewhere(rf: RequestFactory) -> None:
    request = rf.get("/", headers={"referer": "https://elsewhere.invalid/x"})
    request.user = make_user()
    page = RefusalMiddleware(lambda r: HttpResponse()).process_exception(request, RuleBroken("x"))
    assert page is not None and "elsewhere" not in page.content.decode()


def test_the_api_says_every_no_in_one_shape() -> None:
    from django.http import Http404
    from rest_framework import exceptions

    said = refusal_handler(RuleBroken("Stok tinggal 2.", field="quantity"), {})
    assert said is not None
    assert (said.status_code, said.data) == (
        422,
        {"code": "rule_broken", "message": "Stok tinggal 2.", "field": "quantity"},
    )
    invalid = refusal_handler(
        exceptions.ValidationError({"lines": [{"quantity": ["Harus angka."]}], "non_field_errors": ["Kosong."]}), {}
    )
    assert invalid is not None
    assert invalid.data["code"] == "invalid"
    assert {(e["field"], e["message"]) for e in invalid.data["errors"]} == {
        ("lines.0.quantity", "Harus angka."),
        (None, "Kosong."),
    }
    for problem, code, status in [
        (Http404(), "not_found", 404),
        (exceptions.NotAuthenticated(), "not_authenticated", 401),
        (exceptions.PermissionDenied(), "permission_denied", 403),
        (exceptions.Throttled(), "throttled", 429),
        (exceptions.ParseError(), "parse_error", 400),
    ]:
        answer = refusal_handler(problem, {})
        assert answer is not None and answer.status_code == status
        assert answer.data["code"] == code and answer.data["field"] is None and answer.data["message"]
    assert refusal_handler(ValueError(), {}) is None


def test_the_profile_changes_only_its_own_fields(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    body = {
        "shown": shown_on(client, reverse("users:profile")),
        "name": "Nama Baru",
        "phone": "0812 3456 7890",
        "kelurahan": "",
        "is_staff": "on",
        "email": "x@y.id",
        "nip": "1",
    }
    assert client.post(reverse("users:profile"), body).status_code == 302
    old = user.email
    user.refresh_from_db()
    assert (user.name, user.phone, user.email, user.nip, user.is_staff) == (
        "Nama Baru",
        "+6281234567890",
        old,
        "",
        False,
    )
    assert client.post(reverse("users:profile"), body | {"phone": "abc"}).status_code == 422


def test_where_people_land(client: Client, citizen: Any, seller_user: Any, admin_user: Any) -> None:
    for user, place in [(citizen, "/"), (admin_user, "/admin/")]:
        client.force_login(user)
        assert client.get(reverse("site:landing")).url == place
    client.force_login(seller_user)
    assert client.get(reverse("site:landing")).url == "/penjual/"
    inspector = make_staff("procurement.inspect_all")
    inspector.is_staff = False
    inspector.save()
    for user, place in ((make_office().pp, "/dinas/"), (inspector, "/inspektorat/")):
        client.force_login(user)
        assert client.get(reverse("site:landing")).url == place


def test_limits_live_in_the_database() -> None:
    """Sign-in limits keep working when Redis is away."""
    cache.set("uji", 1, 5)
    assert cache.get("uji") == 1
    assert django_settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")


def test_nothing_reads_a_request_before_it_is_clean() -> None:
    order = django_settings.MIDDLEWARE
    assert order.index("epeken.core.web.middleware.CleanInputMiddleware") < order.index(
        "django.contrib.sessions.middleware.SessionMiddleware"
    )


@pytest.mark.parametrize(
    ("button", "page"),
    [
        ("/keranjang/tambah/", "/keranjang/"),
        ("/wilayah/3/kembalikan/", "/wilayah/3/"),
    ],
)
def test_the_address_of_a_button_leads_to_the_page_of_its_object(client: Client, button: str, page: str) -> None:
    answer = client.get(button, headers={"accept": "text/html"})
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert client.get(button).status_code == 405


def test_the_address_of_a_button_without_a_page_says_so(client: Client) -> None:
    answer = client.get("/keranjang/tambah/")
    assert answer["Allow"] == "POST"
    assert "Alamat ini hanya dipakai oleh tombol" in answer.content.decode()
    assert not client.get("/keranjang/tambah/", headers={"accept": "application/json"}).content
