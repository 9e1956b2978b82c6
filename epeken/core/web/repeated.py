"""The same page sent twice, by a second press without JavaScript or by a proxy that tries again, acts once.

The token in each form differs from page to page, so the same token with the same values is the same press. Services of
money and stock keep their own keys beside this, for good; here the answer of the first is given again for some seconds.
"""

import hashlib
import time
from collections.abc import Callable

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from epeken.core import registry

SECONDS = 20
WAIT = 8  # seconds the second waits for the first
PENDING = "-"


class RepeatedPostMiddleware:
    """Only an answer that leads on is repeated: a form with faults is read again each time it is sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = _key_of(request)
        if key is None:
            return self.get_response(request)
        if not cache.add(key, PENDING, SECONDS):
            location = _answer_of_the_first(key)
            if location:
                return HttpResponseRedirect(location)
        response = None
        try:
            response = self.get_response(request)
        finally:
            if response is not None and response.status_code == 302:
                cache.set(key, response["Location"], SECONDS)
            else:
                cache.delete(key)
        return response


def _key_of(request: HttpRequest) -> str | None:
    """None for what is no press of a button (a piece of a page, a draft that saves itself), and where nothing of what
    is sent may lie in the cache."""
    if request.path.startswith(registry.unlinked_paths()):
        return None
    if request.method != "POST" or getattr(request, "htmx", False) or "X-Autosave" in request.headers:
        return None
    if "csrfmiddlewaretoken" not in request.POST:
        return None
    files = [(name, file.name, file.size) for name, found in request.FILES.lists() for file in found]
    sent = (request.user.pk, request.get_full_path(), sorted(request.POST.lists()), sorted(files))
    return "post:" + hashlib.sha256(repr(sent).encode("utf-8", "replace")).hexdigest()


def _answer_of_the_first(key: str) -> str:
    """Where the first was led; '' when it came to nothing, or takes too long."""
    end = time.monotonic() + WAIT
    while (location := cache.get(key)) == PENDING and time.monotonic() < end:
        time.sleep(0.1)
    return "" if location in (None, PENDING) else str(location)
