"""What is read of a person while one page is made for them is read once; whoever changes something is asked afresh."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from epeken.core import rules
from epeken.users.models import User, Visitor

Found = TypeVar("Found")


def remembered(user: Visitor, key: tuple[Any, ...], read: Callable[[], Found]) -> Found:
    """What `read` gives; asked once for each key while a page is made (GET), and always in everything else."""
    memory = getattr(user, "page_memory", None)
    if memory is None:
        return read()
    if key not in memory:
        memory[key] = read()
    found: Found = memory[key]
    return found


class PageMemoryMiddleware:
    """A GET changes nothing, so what a person may do is the same from its first line to its last."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            request.user = SimpleLazyObject(lambda: _remembering(request))  # type: ignore[assignment]
            with rules.read_once():
                return self.get_response(request)
        return self.get_response(request)


def _remembering(request: HttpRequest) -> Any:
    user = get_user(request)
    if isinstance(user, User):
        user.page_memory = {}
    return user
