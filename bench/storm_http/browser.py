"""Somebody at a browser, over real HTTP."""

import http.client
import re
import secrets
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urlsplit

GIVES_UP = 240.0  # seconds; nobody waits longer for one answer
READ_SECONDS = 30.0


class GaveUp(Exception):
    """No definite answer in all that time: the deed may or may not have happened."""


class Refused(Exception):
    """A definite no, or a page without the button that was looked for."""


@dataclass
class Answer:
    status: int
    text: str
    location: str
    tries: int


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self.inside = False
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.forms.append({"action": at.get("action", ""), "fields": {}, "names": set()})
            self.inside = True
        if not self.inside:
            return
        fields, name, kind = self.forms[-1]["fields"], at.get("name", ""), at.get("type", "text")
        self.forms[-1]["names"].add(name)
        if tag == "select":
            self.select = name
            fields.setdefault(name, "")
        elif tag == "option" and self.select and ("selected" in at or not fields[self.select]):
            fields[self.select] = at.get("value", "")
        elif tag == "textarea":
            self.area = name
            fields[name] = ""
        elif tag == "input" and name:
            if kind in {"radio", "checkbox"}:
                if "checked" in at or (kind == "radio" and name not in fields):
                    fields[name] = at.get("value", "on")
            elif kind != "file":
                fields[name] = at.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.inside and self.area:
            self.forms[-1]["fields"][self.area] += data.lstrip("\n")


@dataclass
class Figures:
    """What all browsers saw; lists and dicts are written by many threads, one entry at a time."""

    milliseconds: list[float] = field(default_factory=list)
    no_answer: dict[str, int] = field(default_factory=dict)
    statuses: dict[int, int] = field(default_factory=dict)
    faulty: dict[str, int] = field(default_factory=dict)  # answers of 5xx that promise nothing, by address
    resent: int = 0


class Browser:
    def __init__(self, base: str, session: str, figures: Figures) -> None:
        self.host = urlsplit(base).netloc
        self.token = secrets.token_hex(16)
        self.cookies = f"sessionid={session}; csrftoken={self.token}"
        self.figures = figures

    def open(self, path: str) -> str:
        answer = self._until_answered("GET", path, b"", {})
        if answer.status != 200:
            raise Refused(f"GET {_kind(path)} {answer.status}")
        return answer.text

    def press(self, path: str, holds: str, files: dict[str, Any] | None = None, **values: str) -> Answer:
        """Open the page, fill its form and send it. `holds` ends the form's action, or names one of its fields."""
        forms = _Forms()
        forms.feed(self.open(path))
        for form in forms.forms:
            if form["action"].rstrip("/").endswith(holds) or holds in form["names"]:
                return self.send(form["action"] or path, {**form["fields"], **values}, files)
        raise Refused(f"no form {holds} on {_kind(path)}")

    def send(self, path: str, values: dict[str, str], files: dict[str, Any] | None = None) -> Answer:
        """The same body again until it is answered. Raises Refused, GaveUp."""
        values = {**values, "csrfmiddlewaretoken": self.token}
        if files:
            from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

            body, kind = encode_multipart(BOUNDARY, {**values, **files}), MULTIPART_CONTENT
        else:
            body, kind = urlencode(values).encode(), "application/x-www-form-urlencoded"
        answer = self._until_answered("POST", path, body, {"Content-Type": kind})
        if answer.status != 302:
            raise Refused(f"POST {_kind(path)} {answer.status}{_reason(answer.text)}", answer.tries)
        return answer

    def _until_answered(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        end, tries = time.monotonic() + GIVES_UP, 0
        while time.monotonic() < end:
            tries += 1
            began = time.monotonic()
            line = http.client.HTTPConnection(self.host, timeout=READ_SECONDS)
            try:
                line.request(method, path, body or None, {"Cookie": self.cookies, **headers})
                got = line.getresponse()
                text = got.read().decode("utf-8", "replace")
            except (OSError, http.client.HTTPException) as problem:
                name = type(problem).__name__
                self.figures.no_answer[name] = self.figures.no_answer.get(name, 0) + 1
            else:
                self.figures.statuses[got.status] = self.figures.statuses.get(got.status, 0) + 1
                self.figures.milliseconds.append((time.monotonic() - began) * 1000)
                if got.status >= 500 and got.status != 503:
                    kind = f"{method} {_kind(path)} {got.status}"
                    self.figures.faulty[kind] = self.figures.faulty.get(kind, 0) + 1
                if got.status < 500 and got.status != 429:
                    return Answer(got.status, text, got.headers.get("Location", ""), tries)
            finally:
                line.close()
            if method == "POST":
                self.figures.resent += 1
            time.sleep(min(0.5 * tries, 3))
        raise GaveUp(f"{method} {_kind(path)}")


def _kind(path: str) -> str:
    """The address without its numbers, for counting."""
    return re.sub(r"[A-Z]+[-\w]*\d+[-\w]*|\d+[-\d]*", "…", path)


def _reason(text: str) -> str:
    """What the page says was wrong: the first of the list above its form, else its first alert."""
    found = re.search(r'class="form-errors".*?<li>\s*(?:<[^>]+>\s*)*([^<]{4,160})', text, re.S)
    found = found or re.search(r'class="[^"]*(?:error|alert)[^"]*"[^>]*>\s*(?:<[^>]+>\s*)*([^<]{4,120})', text)
    return f": {' '.join(found[1].split())}" if found else ""
