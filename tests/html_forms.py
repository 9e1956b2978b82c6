"""A form of a page as a browser would send it."""

from typing import Any

from django.test import Client
from lxml import html


def form_of(client: Client, url: str, *, action: str = "", page: str = "") -> dict[str, Any]:
    """The fields of the one form of the page that posts to `action` (default: the page itself)."""
    found = [form for form in _forms(page or client.get(url).content.decode()) if _posts_to(form, action, url)]
    assert len(found) == 1, f"{len(found)} forms post to {action or url}"
    sent: dict[str, Any] = {}
    for name, value in found[0].form_values():
        # The first line break inside a text area is markup, not text.
        is_area = getattr(found[0].inputs[name], "tag", "") == "textarea"
        sent.setdefault(name, []).append(value.removeprefix("\n") if is_area else value)
    return sent


def _forms(page: str) -> list[Any]:
    return [form for form in html.fromstring(page).forms if form.method.upper() == "POST"]


def _posts_to(form: Any, action: str, url: str) -> bool:
    target = form.get("action") or url
    if action:
        return bool(target == action)
    return (
        bool(target.partition("?")[0] == url.partition("?")[0])
        and "csrfmiddlewaretoken" in form.fields
        and "username" not in form.fields
    )


def shown_on(client: Client, url: str, *, action: str = "") -> str:
    """What the page says it showed of the row its form edits."""
    return str(form_of(client, url, action=action)["shown"][0])


def send(client: Client, url: str, data: dict[str, Any], **more: Any) -> Any:
    """The page's form with these values: with what the page showed."""
    return client.post(url, {**data, "shown": shown_on(client, url)}, **more)
