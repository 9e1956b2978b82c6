"""Every address × every role, with real files and real forms. A new address or method without a row fails the build.

`access.csv` is the table; the columns after `method` are roles, the cells HTTP statuses (`masuk`: sent to sign-in,
`tolak`: sent back with a refusal). There is a row for each method the address takes. POST sends what somebody who may
would send, in every role's name. After a wanted change: `WRITE_ACCESS=1 pytest -n 0 tests/site/test_access.py`, then
read the difference cell by cell.
"""

import csv
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib import messages
from django.db import connection, transaction
from django.http import HttpResponseNotFound
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch
from django.views import defaults

from epeken.core import clock
from epeken.users import services as users
from epeken.users.sessions import limits
from orders.orders.models import Order
from procurement.requests.models import PurchaseRequest
from tests.site.access_world import ROLES, World, build

pytestmark = pytest.mark.xdist_group("access")  # one process: the world of the module is made once

TABLE = Path(__file__).parent / "access.csv"
# Django's console is tested where it is ours to decide; the table covers our rooms.
FOREIGN = ("admin/", "__")
# One address, two kinds of document: the seller may open one of them.
TWICE = {"orders:document-file": "orders:document-file#spj"}
# allauth's own pages do not know our roles: those who hold no task or another's are enough.
LIBRARY = ("account_", "mfa_")
OUTSIDERS = {"anonymous", "stranger", "other_seller", "other_officer", "inspector"}
GOOD = {"200", "201", "202", "204", "301", "302"}
# Rows in which nobody gets through, and why. A row that is not here must have a role for which it works.
CLOSED_TO_ALL = {
    "styleguide GET": "only with DEBUG or DEMO",
    "styleguide POST": "only with DEBUG or DEMO",
    "umkm:product-edit POST": "the whole form is sent in tests/umkm/catalogue/test_pages.py; here 422 for the shop",
    "umkm:identity-create POST": "asks for the password first; sent in tests/umkm/identity/test_pages.py",
    "umkm:transfer-create POST": "asks for the password first; sent in tests/umkm/identity/test_transfers.py",
    "umkm:transfer-page POST": "asks for the password first; sent in tests/umkm/identity/test_transfers.py",
    "umkm:nik-denial-back POST": "asks for the password first; sent in tests/umkm/verification/test_found_since.py",
    "keep-file POST": "takes a photo; sent in tests/core/test_kept_uploads.py",
    "users:profile POST": "sends back what its page showed: tests/core/test_web.py",
    "notifications:demo-mail GET": "only in the demo",
    "notifications:demo-letter GET": "only in the demo",
    "orders:year-end-withdraw POST": "of a decision: tests/orders/year_end/test_pages.py",
    "orders:year-end-carry POST": "of a year that is over: tests/orders/year_end/test_pages.py",
    "readyz GET": "503: no worker runs in this test",
    "account_confirm_email POST": "needs a key out of a letter; tests/users/test_accounts.py",
    "mfa_view_recovery_codes GET": "needs recovery codes; tests/users/test_second_factor.py",
    "mfa_download_recovery_codes GET": "needs recovery codes; tests/users/test_second_factor.py",
    "mfa_download_recovery_codes POST": "needs recovery codes; tests/users/test_second_factor.py",
}

# Forms that make another row when the same page is sent again much later, and why that is right.
MADE_AGAIN = {"procurement:disclosure-open": "each look at a complaint is a row"}
# Rows that tell of a press and are not what it asked for.
TOLD = ("core_job", "core_claim", "core_cache", "django_session", "notifications_", "usersessions_")

# The office's pages, and what holds no words of ours.
INDONESIAN_ONLY = ("admin:", "api:", "healthz", "readyz", "robots", "sitemap", "media")

asked_in_english: set[str] = set()  # each once, for the first role that sees it

Table = dict[tuple[str, str], dict[str, str]]


def routes() -> Iterator[tuple[str, str]]:
    """(name with namespace, path) of every named address."""

    def walk(patterns: list[Any], prefix: str, space: str) -> Iterator[tuple[str, str]]:
        for entry in patterns:
            path = prefix + str(entry.pattern)
            if path.startswith(FOREIGN):
                continue
            if isinstance(entry, URLResolver):
                inner = f"{space}{entry.namespace}:" if entry.namespace else space
                yield from walk(entry.url_patterns, path, inner)
            elif isinstance(entry, URLPattern):
                yield f"{space}{entry.name or '-'}", path

    seen = set()
    for name, path in walk(get_resolver().url_patterns, "", ""):
        if name not in seen:
            seen.add(name)
            yield name, path
            if name in TWICE:
                yield TWICE[name], path


def filled(name: str, path: str, world: World) -> str | None:
    """The address with the ids of the world; None when an argument has no meaning for it."""
    arguments = [part.split(":")[-1] for part in path.replace("<", ">").split(">")[1::2]]
    try:
        return reverse(name.split("#")[0], kwargs={argument: world.argument(name, argument) for argument in arguments})
    except NoReverseMatch:
        return None


def word_for(response: Any) -> str:
    if response.status_code in (301, 302):
        if "/akun/masuk/" in response["Location"]:
            return "masuk"
        if refusals_in(response):
            return "tolak"
    return str(response.status_code)


def refusals_in(response: Any) -> list[str]:
    """What the page says went wrong or needs care."""
    said = getattr(getattr(response.wsgi_request, "_messages", None), "_queued_messages", [])
    return [str(message) for message in said if message.level >= messages.WARNING]


def undone(send: Any) -> Any:
    """The answer; what the request wrote must not colour the next cell."""
    with transaction.atomic():
        response = send()
        transaction.set_rollback(True)
    return response


@pytest.fixture(scope="module")
def world(module_transaction: None) -> World:
    """Built once for all roles."""
    made = build()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # nobody else sees the rows, so the server would plan for empty tables
    return made


@pytest.fixture
def _django_db_helper(world: World, savepoint: None) -> None:
    """In place of pytest-django's: the transaction around the whole module holds the `world`."""


@pytest.fixture(scope="module")
def addresses(world: World) -> dict[tuple[str, str], str]:
    """(route, method) → address, for each method the address says it takes."""
    client = Client(raise_request_exception=False)
    client.force_login(world.people["admin"])
    found = {}
    for name, path in routes():
        address = filled(name, path, world)
        if address is None:
            continue
        told = undone(lambda: client.options(address)).headers.get("Allow", "GET, POST")  # noqa: B023  # at once
        for method in ["GET", "POST"]:
            if method in told:
                found[name, method] = address
    return found


def sign_in(client: Client, person: Any) -> None:
    """With the moments that a real sign-in writes into the session: else the first request would, and as it is taken
    back every request is the first one."""
    client.force_login(person)
    session = client.session
    limits.begin(session, person, clock.now().timestamp())
    session.save()


def in_english(client: Client, person: Any, address: str) -> Any:
    if person is not None:
        users.choose_language(actor=person, language="en")
    return client.get(address, HTTP_ACCEPT_LANGUAGE="en")


def measured(
    world: World, addresses: dict[tuple[str, str], str], role: str, why: dict[tuple[str, str], list[str]]
) -> dict[tuple[str, str], str]:
    """`why` is filled with what was refused in words, for whoever reads a difference."""
    client = Client(raise_request_exception=False)
    person = world.people[role]
    if person is not None:
        sign_in(client, person)
    column = {}
    for (name, method), address in addresses.items():
        if name.startswith(LIBRARY) and role not in OUTSIDERS:
            continue
        if method == "GET":
            response = undone(lambda: client.get(address))  # noqa: B023  # called at once
            if response.status_code == 200 and not name.startswith(INDONESIAN_ONLY) and name not in asked_in_english:
                asked_in_english.add(name)
                # What puts words into another language reads more than the page does, and must find it, too.
                english = undone(lambda: in_english(client, person, address))  # noqa: B023  # at once
                if english.status_code != 200:
                    column[name, "GET in English"] = word_for(english)
        else:
            kind = {"content_type": "application/json"} if name.startswith("api:") else {}
            response = undone(lambda: client.post(address, world.form(name), **kind))  # noqa: B023  # called at once
        if person is not None and "logout" in name:
            sign_in(client, person)
        column[name, method] = word_for(response)
        why[name, method] = refusals_in(response)
    return column


def written() -> Table:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {(row.pop("route"), row.pop("method")): row for row in csv.DictReader(file)}  # type: ignore[misc]


def write(role: str, column: dict[tuple[str, str], str]) -> None:
    table = written()
    table = {key: {**table.get(key, {}), role: word} for key, word in column.items()} | {
        key: {**row, role: ""} for key, row in table.items() if key not in column and key[0].startswith(LIBRARY)
    }
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["route", "method", *ROLES])
        for (name, method), row in sorted(table.items()):
            writer.writerow([name, method, *[row.get(role, "") for role in ROLES]])


@pytest.fixture
def one_page_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of the answers are 404: the page that says so is the same each time, so a test draws it once."""
    page = iter([defaults.page_not_found])
    bare = lambda request, exception: HttpResponseNotFound()  # noqa: E731
    monkeypatch.setattr(defaults, "page_not_found", lambda *asked: next(page, bare)(*asked))


@pytest.mark.django_db
@pytest.mark.usefixtures("one_page_not_found")
@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_as_the_table_says(
    role: str, world: World, addresses: dict[tuple[str, str], str], settings: Any
) -> None:
    # As in production, whatever this machine's environment says.
    settings.SHOW_STYLEGUIDE = settings.DEMO = False
    why: dict[tuple[str, str], list[str]] = {}
    column = measured(world, addresses, role, why)
    if os.environ.get("WRITE_ACCESS"):
        write(role, column)
    expected = {key: row[role] for key, row in written().items() if row[role]}
    assert {key: (word, why[key]) for key, word in column.items() if expected.get(key) != word} == {}
    assert set(expected) == set(column)


def test_every_row_works_for_somebody() -> None:
    """A row of refusals only would not notice that a stranger is let in too: there is nothing to be let into."""
    dead = {f"{name} {method}" for (name, method), row in written().items() if not GOOD & set(row.values())}
    assert dead == set(CLOSED_TO_ALL)


def inserted() -> Counter[str]:
    """Rows written into each table so far in this transaction, also those that were taken back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins FROM pg_stat_xact_user_tables WHERE n_tup_ins > 0")
        return Counter({table: count for table, count in cursor.fetchall() if not table.startswith(TOLD)})


def rows_of(tables: Iterable[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return found


def sent_twice(client: Client, address: str, form: dict[str, Any], **kind: Any) -> dict[str, int]:
    """What the second press made, of a page sent as it was and long after the first: by table, how many rows more."""
    client.post(address, form, **kind)
    for value in form.values():
        if hasattr(value, "seek"):
            value.seek(0)
    before = inserted()
    with transaction.atomic():
        client.post(address, form, **kind)
        touched = inserted() - before
        after = rows_of(touched)
        transaction.set_rollback(True)
    return dict(after - rows_of(touched))


@pytest.mark.django_db
def test_a_page_sent_again_makes_nothing_twice(world: World, addresses: dict[tuple[str, str], str]) -> None:
    """Without the token of the page, by which the same press within seconds is known: a key, a state or what is there
    already must do it alone."""
    twice: dict[str, dict[str, int]] = {}
    for (name, method), row in written().items():
        role = next((role for role in ROLES if row[role] in GOOD), None)
        if method != "POST" or role is None or name.startswith(LIBRARY):
            continue
        client = Client(raise_request_exception=False)
        if world.people[role] is not None:
            client.force_login(world.people[role])
        kind: dict[str, Any] = {}
        if name.startswith("api:"):
            kind = {"content_type": "application/json", "headers": {"Idempotency-Key": "rencana 7"}}
        made = undone(lambda: sent_twice(client, addresses[name, "POST"], world.form(name), **kind))  # noqa: B023
        if made:
            twice[name] = made
    assert {name: made for name, made in twice.items() if name not in MADE_AGAIN} == {}
    assert set(MADE_AGAIN) == set(twice)


def test_no_cell_of_the_table_is_a_server_error() -> None:
    broken = [
        (name, method)
        for (name, method), row in written().items()
        if any(cell.startswith("5") for cell in row.values())
    ]
    # readyz says 503 on purpose where no worker runs.
    assert [cell for cell in broken if cell[0] != "readyz"] == []


PRIVATE = (
    "orders:order-", "orders:document", "orders:attachment", "orders:inspection-photo", "orders:payment",
    "orders:dispute-photo",
    "procurement:disclosure-open", "procurement:disclosure-answer", "procurement:disclosure-close",
    "procurement:disclosure-detail", "procurement:disclosure-list", "procurement:inspectorate-key",
    "orders:spj", "procurement:request-detail", "procurement:approval-detail", "umkm:document-", "umkm:application",
    "umkm:identity-create", "umkm:identity-withdraw", "umkm:import-",
    "umkm:tax-paper-", "orders:tax-invoice-", "orders:tax-deposit-detail", "orders:tax-deposit-file",
    "orders:tax-deposit-withdraw", "orders:tax-slip-detail", "orders:tax-slip-file", "orders:tax-slip-withdraw",
)  # fmt: skip


# Own rows only, for whoever holds an office; others are told that they hold none.
LISTS = ("orders:order-list", "orders:payment-approvals", "umkm:import-list", "umkm:import-template")


def test_strangers_see_no_order_request_or_document_of_others() -> None:
    private = {key: row for key, row in written().items() if key[0].startswith(PRIVATE) and key[0] not in LISTS}
    assert len(private) > 20
    for key, row in private.items():
        assert (key, row["anonymous"]) == (key, "masuk")
        for role in ["stranger", "other_seller", "other_officer"]:
            assert (key, role, row[role]) == (key, role, "404")


@pytest.mark.django_db
@pytest.mark.usefixtures("one_page_not_found")
@pytest.mark.parametrize("role", ["citizen", "seller", "requester", "treasurer", "inspector"])
def test_every_stage_is_shown_in_english(role: str, world: World) -> None:
    """The table tries an address on one stage of an order; a page may break in another one."""
    client = Client()
    client.force_login(world.people[role])
    orders = Order.objects.filter(number__in=world.numbers.values())
    requests = PurchaseRequest.objects.filter(number__in=world.numbers.values())
    assert orders and requests
    shown = [
        in_english(client, world.people[role], reverse(name, args=[one.number])).status_code
        for name, rows in (("orders:order-detail", orders), ("procurement:request-detail", requests))
        for one in rows
    ]
    assert 200 in shown and set(shown) <= {200, 302, 404}
