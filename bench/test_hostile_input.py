"""No input is a server error: every form × every role, every filter, every id in an address, every page of the office.

One value of a form that would be taken is replaced by a hostile one, for somebody who may send it; everybody else sends
the form with all values hostile at once. What was written is undone after each request.
"""

import os
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from lxml import html

from tests.factories.umkm import PASSWORD
from tests.site.access_world import ROLES, World, build
from tests.site.test_access import GOOD, LIBRARY, filled, routes, undone, written

EVERY = [
    "", "-1", "1.000", "999999999", "999999999999999", "9" * 40, "9" * 5000, "1e999", "NaN", "\u0663", "2026-02-30",
    "0001-01-01", "9999-12-31T23:59", "%s%n%d", "{{ 7*7 }}<script>", "' OR 1=1 --", "a" * 5000, "\U0001f600" * 300,
    "\ufffe\uffff\U0001ffff\v\x1b\u202e\u200b", "=1+1", "Asih\r\nBcc: x@y.test", "http://[::1", "null",
]  # fmt: skip
# Those that have been server errors before. HOSTILE_INPUT=all sends every value.
WORST = [
    "999999999", "999999999999999", "9" * 40, "9" * 5000, "2026-02-30", "9999-12-31T23:59", "%s%n%d", "a" * 5000,
    "\ufffe\uffff\v\u202e",
]  # fmt: skip
HOSTILE = EVERY if os.environ.get("HOSTILE_INPUT") == "all" else WORST
# A regular expression over names of routes, for a part of them: HOSTILE_ROUTES="umkm:import|orders:tax"
ROUTES = re.compile(os.environ.get("HOSTILE_ROUTES", ""))
# Enough for those who are turned away anyway.
FEW = ["9" * 40, "%s%n%d", "\ufffe\uffff\vA\u200b", "2026-02-30"]
FILTERS = [
    "q", "page", "urut", "tahap", "sejak", "sampai", "kategori", "cursor", "min", "maks", "next", "kel", "kec", "dari",
    "unduh", "keadaan", "tahun", "milik", "jenis", "toko", "buka", "untuk", "swk", "halal", "persis", "kode", "baris",
    "price_from", "price_to", "kelurahan", "kind", "sort", "category", "after", "hari_ini", "lalu", "bulan", "hari",
    "dinas", "keputusan", "triwulan", "tanggal", "tiba", "jumlah", "ganti", "bagi", "barang", "penjual", "pejabat",
]  # fmt: skip
IDS = ["0", "9" * 18, "9" * 25, "9" * 4400]

Found = list[tuple[str, str, int]]


class Names(HTMLParser):
    """Names of everything a page's forms can send."""

    def __init__(self) -> None:
        super().__init__()
        self.names: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = dict(attrs)
        if tag in {"input", "select", "textarea", "button"} and at.get("name"):
            self.names.setdefault(str(at["name"]), at.get("value") or "")


def names_on(page: bytes) -> dict[str, str]:
    reader = Names()
    reader.feed(page.decode())
    return reader.names


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def _django_db_helper(world: World) -> None:
    """In place of pytest-django's: the transaction around the whole module is the one of `world`."""


def as_role(world: World, role: str) -> Client:
    client = Client(raise_request_exception=False)
    if world.people[role] is not None:
        client.force_login(world.people[role])
        # Some forms ask for the password again first; with it given just now they are reached.
        assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302
    return client


def answer(send: Any) -> int:
    """The status; deferred rules of the database are asked before what was written is undone."""
    with transaction.atomic():
        status: int = send().status_code
        if status < 400:
            connection.check_constraints()
        transaction.set_rollback(True)
    return status


def broken(found: Found) -> Found:
    return [entry for entry in found if entry[2] >= 500]


def posts(world: World, role: str, *, may: bool) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(route, address, a good form) of what this role may send, or of what it may not."""
    table = written()
    for name, path in routes():
        row = table.get((name, "POST"))
        address = filled(name, path, world)
        if row is None or address is None or "logout" in name or not ROUTES.search(name):
            continue
        # One role that may is enough for each form.
        first = next((other for other in ROLES if row[other] in GOOD), "admin")
        if (first == role) is may and (may or not name.startswith(LIBRARY)):
            yield name, address, world.form(name)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_one_hostile_value_in_a_form_that_would_be_taken(world: World, role: str, settings: Any) -> None:
    settings.DEMO = settings.SHOW_STYLEGUIDE = True
    client = as_role(world, role)
    found: Found = []
    for name, address, good in posts(world, role, may=True):
        kind: dict[str, Any] = {"content_type": "application/json"} if name.startswith("api:") else {}
        shown = names_on(undone(lambda: client.get(address)).content)  # noqa: B023  # called at once
        wanted = {**{key: value for key, value in shown.items() if key != "csrfmiddlewaretoken"}, **good}
        for field in wanted:
            for value in HOSTILE:
                form = {**world.form(name), field: value}
                status = answer(lambda: client.post(address, form, **kind))  # noqa: B023
                found.append((f"{name} {field}", value[:20], status))
            if not kind:
                odd = {**world.form(name), field: SimpleUploadedFile("a\u202eb.jpg", b"\xff\xd8\xff")}
                found.append((f"{name} {field}", "file", answer(lambda: client.post(address, odd))))  # noqa: B023
                found.append((f"{name} {field}", "twice", answer(lambda: client.post(address, {field: ["1", "x"]}))))  # noqa: B023
    assert broken(found) == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_hostile_forms_of_those_who_may_not(world: World, role: str, settings: Any) -> None:
    settings.DEMO = settings.SHOW_STYLEGUIDE = True
    client = as_role(world, role)
    found: Found = []
    for name, address, good in posts(world, role, may=False):
        kind: dict[str, Any] = {"content_type": "application/json"} if name.startswith("api:") else {}
        for value in FEW:
            form = dict.fromkeys([*good, "key", "note", "q"], value)
            found.append((name, value[:20], answer(lambda: client.post(address, form, **kind))))  # noqa: B023
    assert broken(found) == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["anonymous", "seller", "requester", "admin"])
def test_hostile_filters(world: World, role: str, settings: Any) -> None:
    settings.DEMO = settings.SHOW_STYLEGUIDE = True
    client = as_role(world, role)
    found: Found = []
    for name, path in routes():
        address = filled(name, path, world)
        if address is None or "readyz" in name or "logout" in name or not ROUTES.search(name):
            continue
        for value in HOSTILE:
            query = dict.fromkeys(FILTERS, value)
            found.append((name, value[:20], answer(lambda: client.get(address, query))))  # noqa: B023
        for form in ["csv", "xlsx"]:
            query = {"unduh": form, "q": "\v\ufffe"}
            found.append((name, form, answer(lambda: client.get(address, query))))  # noqa: B023
    assert broken(found) == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["seller", "requester", "admin"])
def test_an_id_that_is_none_is_not_found(world: World, role: str) -> None:
    client = as_role(world, role)
    found = []
    for name, path in routes():
        arguments = [part.split(":") for part in path.replace("<", ">").split(">")[1::2]]
        for kind, argument in [pair for pair in arguments if len(pair) == 2]:
            if kind != "int":
                continue
            for value in IDS:
                given = {other[-1]: world.argument(name, other[-1]) for other in arguments} | {argument: value}
                try:
                    address = "/" + path
                    for other in arguments:
                        address = address.replace(f"<{':'.join(other)}>", str(given[other[-1]]))
                except NoReverseMatch:
                    continue
                for send in (client.get, client.post):
                    status = answer(lambda: send(address))  # noqa: B023
                    if status not in {404, 405}:
                        found.append((name, value[:20], status))
    assert found == []


def acts_on(page: bytes, address: str) -> dict[str, dict[str, str]]:
    """By the address it is sent to, what each form of a page would send as it stands."""
    tree = html.document_fromstring(page.decode())
    found: dict[str, dict[str, str]] = {}
    for form in tree.forms:
        if form.method.lower() == "post":
            named = {control.name: control.value or "" for control in form.inputs if control.name}
            found.setdefault(form.action or address, {}).update(
                {name: str(value) for name, value in named.items() if name != "csrfmiddlewaretoken"}
            )
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["verifier", "curator", "admin"])
def test_hostile_decisions_of_the_office(world: World, role: str) -> None:
    """What a page of one row sends elsewhere: a sanction, an appeal's answer, a curation; one row of each state."""
    client = as_role(world, role)
    found: Found = []
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
        rows = {getattr(row, "state", ""): row for row in model._default_manager.order_by("pk")[:200]}
        for own in [reverse(name, args=[row.pk]) for row in rows.values()]:
            page = undone(lambda: client.get(own))  # noqa: B023  # called at once
            sent = acts_on(page.content, own) if page.status_code == 200 else {}
            for address, good in sent.items():
                if address == own or "/admin/" not in address or "logout" in address:
                    continue
                found.append((address, "as it is", answer(lambda: client.post(address, good))))  # noqa: B023
                for field in good:
                    for value in HOSTILE:
                        one = {**good, field: value}
                        found.append((f"{address} {field}", value[:20], answer(lambda: client.post(address, one))))  # noqa: B023
    assert len(found) > 3 * len(HOSTILE)
    assert broken(found) == []


@pytest.mark.django_db
@pytest.mark.parametrize("app", ["core", "users", "umkm", "procurement", "orders", "notifications", "axes"])
def test_hostile_forms_of_the_office(world: World, app: str) -> None:
    client = as_role(world, "admin")
    found: Found = []
    for model in [model for model in admin.site._registry if model._meta.app_label == app]:
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        rows = list(model._default_manager.order_by("pk")[:1])
        for address in [reverse(f"{base}_add"), *[reverse(f"{base}_change", args=[row.pk]) for row in rows]]:
            page = undone(lambda: client.get(address))  # noqa: B023
            if page.status_code != 200:
                found.append((address, "GET", page.status_code))
                continue
            good = {key: value for key, value in names_on(page.content).items() if key != "csrfmiddlewaretoken"}
            for value in HOSTILE:
                form = {key: (old if "_FORMS" in key else value) for key, old in good.items()}
                found.append((address, value[:20], answer(lambda: client.post(address, form))))  # noqa: B023
                for field in good:
                    if field.startswith("_") or "_FORMS" in field:
                        continue
                    one = {**good, field: value}
                    found.append((f"{address} {field}", value[:20], answer(lambda: client.post(address, one))))  # noqa: B023
        listing = reverse(f"{base}_changelist")
        for value in HOSTILE:
            query = dict.fromkeys(["q", "p", "o", "e", "all", "day__year", "agency__id__exact", "keadaan"], value)
            found.append((listing, value[:20], answer(lambda: client.get(listing, query))))  # noqa: B023
            for name in query:
                found.append((f"{listing} {name}", value[:20], answer(lambda: client.get(listing, {name: value}))))  # noqa: B023
            act = {"action": value, "_selected_action": value}
            found.append((listing, "action", answer(lambda: client.post(listing, act))))  # noqa: B023
        for value in ["0", "9" * 30, "abc", "%s%n", "_5F"]:
            odd = reverse(f"{base}_change", args=[value])
            found.append((odd, "id", answer(lambda: client.get(odd))))  # noqa: B023
    assert broken(found) == []
