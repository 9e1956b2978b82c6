"""The database away: 503 with a sentence and when to come again, and public pages from the last copy."""

import sys
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token
from django.views.defaults import server_error as django_server_error

from epeken.core import registry
from epeken.core.web.page_copies import Copies, Key, is_everybodys, key_of, with_token

RETRY_SECONDS = 10
# Copies of public pages: so many, each renewed when older than this, none larger.
KEPT_PAGES = 1000
RENEWED_SECONDS = 60
LARGEST_BYTES = 400_000


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
        self.copies: Copies[Copy] = Copies(KEPT_PAGES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not is_everybodys(request):
            return response
        key = key_of(request)
        if response.status_code == 503:
            return self._copy(key) or response
        self._keep(key, request, response)
        return response

    def _keep(self, key: Key, request: HttpRequest, response: HttpResponse) -> None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if response.status_code != 200 or response.streaming or name not in self.names:
            return
        if len(response.content) > LARGEST_BYTES:
            return
        held = self.copies.get(key)
        if held and time.monotonic() - held.made_at < RENEWED_SECONDS:
            return
        packed = zlib.compress(with_token(response.content, b""), 1)
        self.copies.keep(key, Copy(packed, response["Content-Type"], time.monotonic()))

    def _copy(self, key: Key) -> HttpResponse | None:
        held = self.copies.get(key)
        if held is None:
            return None
        response = HttpResponse(zlib.decompress(held.content), content_type=held.content_type)
        response["Age"] = str(int(time.monotonic() - held.made_at))
        response["Cache-Control"] = "no-store"
        return response
