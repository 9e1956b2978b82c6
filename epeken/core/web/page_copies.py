"""Copies of pages that are the same for everybody who is nobody yet, in the memory of the process."""

import re
from collections import OrderedDict
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

Kept = TypeVar("Kept")
Key = tuple[str, ...]

# A visitor who sends no other cookie sees what every visitor sees, in the same language and colours.
_EVERYBODYS = frozenset(
    {
        settings.CSRF_COOKIE_NAME,
        settings.LANGUAGE_COOKIE_NAME,
        settings.THEME_COOKIE_NAME,
        settings.DEVICE_COOKIE_NAME,
    }
)
_TOKENS = re.compile(rb'(name="csrfmiddlewaretoken"\s+value="|"X-CSRFToken": ")[^"]*')


def is_everybodys(request: HttpRequest, *besides: str) -> bool:
    """Whether the visitor gets the whole page that everybody gets. `besides`: names of cookies the caller reads."""
    return (
        request.method == "GET"
        and not request.headers.get("HX-Request")
        and not set(request.COOKIES) - _EVERYBODYS - set(besides)
    )


def key_of(request: HttpRequest) -> Key:
    """What everybody's page is different by."""
    return (request.get_host(), request.get_full_path(), get_language() or "", theme_of(request))


def theme_of(request: HttpRequest) -> str:
    """`dark`, `light`, or "" where the visitor's browser decides."""
    chosen = request.COOKIES.get(settings.THEME_COOKIE_NAME, "")
    return chosen if chosen in ("dark", "light") else ""


def with_token(content: bytes, token: bytes) -> bytes:
    """The page with this token in its forms in place of the one of the visitor it was made for."""
    return _TOKENS.sub(rb"\1" + token, content)


class Copies(OrderedDict[Key, Kept]):
    """As many as `most`; the one that was kept first goes first."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def keep(self, key: Key, copy: Kept) -> None:
        self[key] = copy
        self.move_to_end(key)
        while len(self) > self.most:
            self.popitem(last=False)
