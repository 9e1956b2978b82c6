"""Middleware: headers, clean input, refusals as pages."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from epeken.core.errors import DomainError, NotAllowed

Handler = Callable[[HttpRequest], HttpResponse]


class HeadersMiddleware:
    """Headers Django has no setting for. Pages of a signed-in person are never kept by a shared cache."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault(
            "Permissions-Policy",
            "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), browsing-topics=()",
        )
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith("/admin/"):
            response._csp_update = settings.ADMIN_CSP_UPDATE  # type: ignore[attr-defined]
        # A page that set its own rule (pictures, private files) is not asked who looks: that costs two queries.
        if "Cache-Control" not in response and hasattr(request, "user") and request.user.is_authenticated:
            response["Cache-Control"] = "private, no-cache"
        return response


class CleanInputMiddleware:
    """NUL, which PostgreSQL refuses to store or compare, never reaches a view: 400 instead of 500.

    Bytes that are not UTF-8 arrive as replacement characters already. JSON bodies are DRF's to check.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _refuse_nul([request.path, *request.COOKIES.values()])
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        for data in (request.GET, request.POST):
            for name, values in data.lists():
                _refuse_nul([name, *values])
        for _name, files in request.FILES.lists():
            _refuse_nul([word for file in files for word in (file.name, file.content_type)])


def _refuse_nul(texts: Iterable[object]) -> None:
    if any("\x00" in str(text) for text in texts):
        raise BadRequest("NUL in the request")


class WrongDoor(DomainError):
    """405: an address that only takes what a form sends."""

    status = 405
    code = "wrong_door"


class RefusalMiddleware:
    """An uncaught DomainError becomes a page, or an htmx piece, in the visitor's language."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (
            response.status_code == 405
            and request.method == "GET"
            and request.accepts("text/html")
            and not response.content
        ):
            # The address of a button, typed or reloaded: a blank page would strand the person.
            page = refusal(request, WrongDoor(_("Alamat ini hanya dipakai oleh tombol di halaman lain.")))
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        return refusal(request, exception)


def refusal(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The error as a page, or as a piece when htmx asked."""
    template = "core/web/_refusal.html" if getattr(request, "htmx", False) else "core/web/refusal.html"
    return render(request, template, {"error": error, "back": _came_from(request)}, status=error.status)


def _came_from(request: HttpRequest) -> str:
    """The path of our own page the person came from; '' when there is none, or when it would repeat the refusal."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, allowed_hosts={request.get_host()}):
        return ""
    parts = urlsplit(referer)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return "" if path == request.get_full_path() and request.method == "GET" else path


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Mostly a page left open too long, or cookies switched off: said so, with the way on."""
    error = NotAllowed(
        _(
            "Halaman ini sudah terlalu lama terbuka, atau cookie dimatikan di peramban Anda. "
            "Kembali ke halaman tadi, muat ulang, lalu kirim lagi."
        ),
        code="csrf",
    )
    return refusal(request, error)
