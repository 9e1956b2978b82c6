"""How a view answers with a page that holds a form, or asks before something is lost."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from epeken.core.errors import DomainError, InvalidMove, NotAllowed
from epeken.core.web.kept_uploads import keep_files

SURE = ("sure", "1")


def form_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page; 422 when its `form` was refused, whose files are kept."""
    form = context.get("form")
    if form is None or not form.is_bound or not form.errors:
        return render(request, template, context)
    keep_files(request, form)
    return render(request, template, context, status=422)


def carried_out(form: Any, act: Callable[[], Any]) -> bool:
    """Whether the form was sent, is valid, and its act done. What refuses the act stands in the form.

    Raises: NotAllowed and InvalidMove of the act, which are pages of their own.
    """
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except (NotAllowed, InvalidMove):
        raise
    except DomainError as problem:
        form.refuse(problem)
        return False
    return True


def is_sure(request: HttpRequest) -> bool:
    """Whether this is sent by the page of `ask_sure`."""
    return request.POST.get(SURE[0]) == SURE[1]


def ask_sure(request: HttpRequest, *, title: str, text: str, verb: str, back: str, layout: str) -> HttpResponse:
    """A figure more likely mistyped than meant is sent only by who saw it once more: all of it is posted again."""
    sent = [(name, str(value)) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"]
    return ask_first(request, title=title, text=text, verb=verb, back=back, layout=layout, sent=[*sent, SURE])


def ask_first(
    request: HttpRequest,
    *,
    title: str,
    text: str,
    verb: str,
    back: str,
    layout: str = "layouts/public.html",
    sent: Iterable[tuple[str, str]] = (),
) -> HttpResponse:
    """The page behind a button that takes something away for good. Its own button posts `sent` to the same address."""
    context = {"title": title, "text": text, "verb": verb, "back": back, "layout": layout, "sent": list(sent)}
    return render(request, "core/web/ask.html", context)
