"""The database away: 503 with a sentence and when to come again, and public pages from the last copy."""

import re
import sys
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token
from django.views.defaults import server_error as django_server_error

from epeken.core import registry

RETRY_SECONDS = 10
# Copies of public pages: so many, each renewed when older than this, none larger.
KEPT_PAGES = 400
RENEWED_SECONDS = 60
LARGEST_BYTES = 400_000
# A visitor who sends no other cookie sees what every visitor sees.
_EVERYBODYS = {
    settings.CSRF_COOKIE_NAME,
    settings.LANGUAGE_COOKIE_NAME,
    settings.THEME_COOKIE_NAME,
    settings.DEVICE_COOKIE_NAME,
}
_TOKENS = (re.compile(rb'(name="csrfmiddlewaretoken"\s+value=")[^"]*'), re.compile(rb'("X-CSRFToken": ")[^"]*'))


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """What no view answers: 503 when the database could not, else 500. JSON below /api/. Asks no database."""
    if is_away(sys.exc_info()[1]):
        return unavailable(request)
    if request.path.startswith("/api/"):
        return _answer(request, "server_error", _("Ada yang rusak di pihak kami. Coba lagi nanti."), 500)
    return django_server_error(request)


def is_away(problem: BaseException | None) -> bool:
    """Whether the database could not answer: what was raised, or what was being handled when it was."""
    while problem is not None and not isinstance(problem, OperationalError | InterfaceError):
        problem = problem.__cause__ or problem.__context__
    return problem is not None


def unavailable(request: HttpRequest) -> HttpResponse:
    """503, and when to come again."""
    sentence = _("Layanan sedang tidak tersambung ke basis data. Coba lagi sebentar lagi.")
    response = _answer(request, "unavailable", sentence, 503)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def _answer(request: HttpRequest, code: str, sentence: str, status: int) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"code": code, "message": sentence, "field": None}, status=status)
    return HttpResponse(loader.render_to_string(f"{status}.html"), status=status)


@dataclass(frozen=True)
class Copy:
    content: bytes  # packed, without the visitor's form tokens
    content_type: str
    made_at: float  # time.monotonic()


class KeptPagesMiddleware:
    """Keeps the last copy of the pages an app declares public (`HouseConfig.public_pages`), for visitors who are nobody
    yet, and answers with it while the database is away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.names = frozenset(registry.public_pages())
        self.copies: OrderedDict[tuple[str, ...], Copy] = OrderedDict()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "GET" or request.headers.get("HX-Request") or set(request.COOKIES) - _EVERYBODYS:
            return response
        theme = request.COOKIES.get(settings.THEME_COOKIE_NAME, "")
        key = (request.get_host(), request.get_full_path(), get_language() or "", theme)
        if response.status_code == 503:
            return self._copy(key) or response
        self._keep(key, request, response)
        return response

    def _keep(self, key: tuple[str, ...], request: HttpRequest, response: HttpResponse) -> None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if response.status_code != 200 or response.streaming or name not in self.names:
            return
        if len(response.content) > LARGEST_BYTES:
            return
        held = self.copies.get(key)
        if held and time.monotonic() - held.made_at < RENEWED_SECONDS:
            return
        content = response.content
        for token in _TOKENS:
            content = token.sub(rb"\1", content)
        self.copies[key] = Copy(zlib.compress(content, 1), response["Content-Type"], time.monotonic())
        self.copies.move_to_end(key)
        while len(self.copies) > KEPT_PAGES:
            self.copies.popitem(last=False)

    def _copy(self, key: tuple[str, ...]) -> HttpResponse | None:
        held = self.copies.get(key)
        if held is None:
            return None
        response = HttpResponse(zlib.decompress(held.content), content_type=held.content_type)
        response["Age"] = str(int(time.monotonic() - held.made_at))
        response["Cache-Control"] = "no-store"
        return response
