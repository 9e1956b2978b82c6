"""Where a form that was opened from another page leads back to, and a refusal."""

import inspect
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme


def own_target(request: HttpRequest, *asked: str | None) -> str:
    """The first of the asked addresses that is one of ours; '' when none is. A bare word is no address."""
    for target in asked:
        if (
            target
            and "/" in target
            and url_has_allowed_host_and_scheme(
                target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
            )
        ):
            return target
    return ""


# Pages between the person and what they wanted: nothing of theirs is there once they are through.
ON_THE_WAY = (
    "account_login", "account_signup", "account_reauthenticate", "mfa_authenticate", "mfa_reauthenticate",
    "users:resume",
)  # fmt: skip


def came_from(request: HttpRequest) -> str:
    """The path of our own page the person came from; '' when there is none, or when it would repeat the refusal."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, allowed_hosts={request.get_host()}):
        return ""
    parts = urlsplit(referer)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return "" if path == request.get_full_path() and request.method == "GET" else path


def way_back(request: HttpRequest, *, may_repeat: bool = True) -> str:
    """The page the person came from; without one (a link in a mail, a sign-in between) the page of the object that
    the address is an act on, `/pesanan/P-1/` for `/pesanan/P-1/terima/`. '' at the top.

    `may_repeat`: whether the form that was just sent helps; one refused for good does not, the object's page does.
    """
    came = came_from(request)
    path = urlsplit(came).path
    if came and _name_of(path) not in ON_THE_WAY and (may_repeat or path != request.path):
        return came
    return page_above(request)


def page_above(request: HttpRequest) -> str:
    """The page of the object an address acts on, or the list above it. '' at the top."""
    return next((path for path in _above(request.path) if is_page(path)), "")


def list_above(request: HttpRequest) -> str:
    """Of an object that is not there, the page that lists its kind: `/pesanan/` for `/pesanan/P-9/`. '' at the top."""
    return next((path for path in _above(request.path) if is_page(path) and not resolve(path).kwargs), "")


def _above(path: str) -> list[str]:
    parts = [part for part in path.split("/") if part]
    return ["/" + "".join(f"{part}/" for part in parts[:count]) for count in range(len(parts) - 1, 0, -1)]


def is_page(path: str) -> bool:
    """Whether the address can be opened, not only posted to."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    if "/" in str(match.kwargs.get("object_id", "")):
        return False  # the office's address of any one object, which takes half of another address for its number
    view: Any = match.func
    while view is not None:
        if "GET" not in _methods(view):
            return False
        view = getattr(view, "__wrapped__", None)
    return True


def _name_of(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def _methods(view: Any) -> list[str]:
    """What `require_http_methods`, which keeps it for itself, lets through."""
    kept = inspect.getclosurevars(view).nonlocals if inspect.isfunction(view) else {}
    found: list[str] = kept.get("request_method_list", ["GET"])
    return found
