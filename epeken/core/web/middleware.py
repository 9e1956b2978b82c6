"""Middleware: headers, clean input, refusals as pages."""

import logging
import re
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core import registry
from epeken.core.errors import DomainError, NotAllowed, OutOfRange
from epeken.core.text import clean_text
from epeken.core.web.resend import is_from_our_page, kept, resend_page
from epeken.core.web.targets import page_above, way_back

logger = logging.getLogger(__name__)
Handler = Callable[[HttpRequest], HttpResponse]
_POSTED = re.compile(rb"<form\b[^>]*\bmethod=.post", re.IGNORECASE)
_TYPED = re.compile(
    rb"<textarea|<input\b(?![^>]*\btype=.(?:hidden|submit|button|checkbox|radio|file|image|reset)\b)", re.IGNORECASE
)


def is_indexable(request: HttpRequest) -> bool:
    """Whether search engines may keep this address: a public page by its plain address, without conditions."""
    match = getattr(request, "resolver_match", None)
    return match is not None and match.view_name in registry.public_pages() and not request.GET


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
        # What a 304 says goes for the page that the other side has.
        is_page = response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)
        if not is_page or not is_indexable(request):
            response.setdefault("X-Robots-Tag", "noindex")
        if request.path.startswith("/admin/"):
            response._csp_update = settings.ADMIN_CSP_UPDATE  # type: ignore[attr-defined]
        # A page that set its own rule (pictures, private files) is not asked who looks: that costs two queries.
        if "Cache-Control" not in response and hasattr(request, "user") and request.user.is_authenticated:
            response["Cache-Control"] = kept_by_the_browser(request, response)
        return response


def kept_by_the_browser(request: HttpRequest, response: HttpResponse) -> str:
    """Cache-Control for somebody who is signed in: `no-store`, but for two kinds of pages.

    Public ones show what everybody sees. And a page one types in: a browser that may not keep it (Firefox) has lost
    what was typed when the person comes back to it.
    """
    match = request.resolver_match
    public = match is not None and match.view_name in registry.public_pages()
    return "private, no-cache" if public or _is_typed_in(response) else "no-store"


def _is_typed_in(response: HttpResponse) -> bool:
    """Whether a form that is posted has a field for text."""
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return False
    return any(_POSTED.search(form) and _TYPED.search(form) for form in response.content.split(b"</form>")[:-1])


class CleanInputMiddleware:
    """Text reaches a view as `core.text.clean_text` leaves it, passwords as they were typed.

    NUL, which nobody pastes and PostgreSQL refuses to store or compare, is a bad request. Bytes that are not UTF-8
    arrive as replacement characters already. JSON bodies are cleaned by `core.api.parsers`.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._refused(request, [request.path, *request.COOKIES.values()]) or self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        texts = [
            text for data in (request.GET, request.POST) for name, values in data.lists() for text in [name, *values]
        ]
        files = [file for _name, found in request.FILES.lists() for file in found]
        refused = self._refused(request, [*texts, *(word for file in files for word in (file.name, file.content_type))])
        request.GET, request.POST = _cleaned(request.GET), _cleaned(request.POST)  # type: ignore[assignment]
        return refused

    def _refused(self, request: HttpRequest, texts: Iterable[object]) -> HttpResponse | None:
        """Raises BadRequest where a person reads the answer."""
        if not any("\x00" in str(text) for text in texts):
            return None
        if not request.path.startswith("/api/"):
            raise BadRequest("NUL in the request")
        words = {"code": "invalid", "message": _("Permintaan memuat tanda yang tidak dikenal."), "field": None}
        return JsonResponse(words, status=400)


def _cleaned(data: QueryDict) -> QueryDict:
    """The same data when nothing was to be cleaned."""
    clean = {
        name: values if "password" in name else [clean_text(value) for value in values] for name, values in data.lists()
    }
    if all(values == data.getlist(name) for name, values in clean.items()):
        return data
    made = QueryDict(mutable=True, encoding=data.encoding)
    for name, values in clean.items():
        made.setlist(name, values)
    made._mutable = False
    return made


class WrongDoor(DomainError):
    """405: an address that only takes what a form sends."""

    status = 405
    code = "wrong_door"


class RefusalMiddleware:
    """An uncaught DomainError becomes a page, or an htmx piece, in the visitor's language.

    So does a value the database refuses to hold; the transaction it came in is gone.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        _log_refused(request, response.status_code)
        if (
            response.status_code == 405
            and request.method == "GET"
            and request.accepts("text/html")
            and not response.content
        ):
            # The address of a button, typed, kept as a bookmark, or gone back to in another language after a refusal.
            above = page_above(request) if "text/html" in request.headers.get("Accept", "") else ""
            if above:
                return HttpResponseRedirect(above)
            page = refusal(request, WrongDoor(_("Alamat ini hanya dipakai oleh tombol di halaman lain.")))
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DataError):
            # The last line: a form or service should have said which value it is.
            logger.error("Input beyond its column at %s", request.path, exc_info=exception)
            return refusal(request, OutOfRange())
        if not isinstance(exception, DomainError):
            return None
        return refusal(request, exception)


def _log_refused(request: HttpRequest, status: int) -> None:
    """Who was refused what. What a person may not see answers 404, so those of a signed-in person are told, too."""
    if status not in (403, 404) or request.resolver_match is None or request.path.startswith(settings.MEDIA_URL):
        return
    if request.path.startswith(registry.unlinked_paths()):
        return
    if request.user.is_authenticated or status == HTTPStatus.FORBIDDEN:
        logger.warning("Refused (%s): account %s, %s %s", status, request.user.pk, request.method, request.path)


def refusal(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The error as a page, or as a piece when htmx asked."""
    template = "core/web/_refusal.html" if getattr(request, "htmx", False) else "core/web/refusal.html"
    may_repeat = error.code == "csrf" or error.status not in (HTTPStatus.FORBIDDEN, HTTPStatus.CONFLICT)
    back = way_back(request, may_repeat=may_repeat)
    context = {"error": error, "back": back, "layout": "layouts/public.html", "home": "/", "home_name": ""}
    desk = registry.desk_of(request.path) if error.status != HTTPStatus.FORBIDDEN else None
    if desk is not None and request.user.is_authenticated:
        # Who works there stays there; a stranger to it reads the refusal among what everybody sees.
        context |= {"layout": desk[1], "home": reverse(desk[2]), "home_name": desk[3]}
    elif request.user.is_authenticated and registry.is_shared(request.path):
        context["layout"] = registry.layout_of(request.user)
    return render(request, template, context, status=error.status)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page that is not for this account, with the way back."""
    return render(request, "403.html", {"back": way_back(request)}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Mostly a page left open too long, or cookies switched off: said so, with the way on."""
    what = kept(request) if is_from_our_page(request) and not request.path.startswith("/api/") else None
    if what is not None and what["pairs"]:
        # Signed in or out in another tab: the old token is void, and the person may look and send again.
        return resend_page(request, what, status=403)
    error = NotAllowed(
        _(
            "Halaman ini sudah terlalu lama terbuka, atau cookie dimatikan di peramban Anda. "
            "Kembali ke halaman tadi, muat ulang, lalu kirim lagi."
        ),
        code="csrf",
    )
    return refusal(request, error)
