"""What every page passes through: headers, refusals, site context."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from epeken.core.errors import DomainError

Handler = Callable[[HttpRequest], HttpResponse]


class HeadersMiddleware:
    """Headers Django has no setting for. Pages of a signed-in person are never kept by a shared cache."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault(
            "Permissions-Policy", "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), browsing-topics=()"
        )
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.setdefault("Cache-Control", "private, no-cache")
        return response


class RefusalMiddleware:
    """An uncaught DomainError becomes a page, or an htmx piece, in the visitor's language."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        template = "core/_refusal.html" if getattr(request, "htmx", False) else "core/refusal.html"
        return render(request, template, {"error": exception}, status=exception.status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    error = DomainError(_("Halaman ini sudah terlalu lama terbuka. Muat ulang halaman lalu kirim lagi."))
    return render(request, "core/refusal.html", {"error": error}, status=403)


def site(request: HttpRequest) -> dict[str, object]:
    return {"DEMO": settings.DEMO, "SHOW_GAYA": settings.SHOW_GAYA}
