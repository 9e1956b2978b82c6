"""A form not taken because its session had ended or begun: kept, and shown again to be sent by one press."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from epeken.core.web.targets import way_back

# Neither kept nor shown: they are typed again.
PRIVATE = ("csrfmiddlewaretoken", "password", "nik", "npwp", "bank")
MOST = 60_000  # characters


def kept(request: HttpRequest) -> dict[str, Any] | None:
    """What was posted and where, as plain values for a session; None when it is too much. Files are not kept."""
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    pairs = [(name, value) for name, value in sent if not any(word in name for word in PRIVATE)]
    if sum(len(name) + len(value) for name, value in pairs) > MOST:
        return None
    return {
        "path": request.get_full_path(),
        "back": way_back(request),
        "pairs": pairs,
        "is_partial": bool(request.FILES) or any(name != "csrfmiddlewaretoken" for name, _v in set(sent) - set(pairs)),
    }


def resend_page(request: HttpRequest, what: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The kept form with one button; what people wrote in it can be read."""
    written = [value.strip() for _name, value in what["pairs"]]
    texts = [text for text in written if " " in text or (len(text) > 40 and not text.isalnum())]
    return render(request, "core/web/resend.html", {**what, "texts": texts}, status=status)


def is_from_our_page(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent this; without its word it is not believed."""
    origin = request.headers.get("Origin")
    if origin:
        return origin == f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Sec-Fetch-Site") == "same-origin"
