"""Every service locks what its docstring says, in the one written order: no lock can be dropped unseen."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from functools import partial
from types import ModuleType
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from epeken.core.models import Claim
from epeken.site.locks import LOCK_ORDER
from tests.site import lock_flows

Service = Callable[..., Any]
# Rows read for update, hot rows changed by an expression of themselves, whole tables.
LOCK = re.compile(
    r'^SELECT .*? FROM "(\w+)".* FOR (?:NO KEY )?UPDATE'
    r'|^UPDATE "(\w+)" SET (?:"\w+" = [^()"]*, )*"\w+" = \(+"\2"\."\w+" [+-]'
    r'|^\s*WITH moved AS \(\s*UPDATE "(\w+)"'
    r"|^LOCK TABLE (\w+)",
    re.DOTALL,
)
NAMES = [model.__name__ for model in LOCK_ORDER]
# Rows of a noun, locked while the noun itself is: they need no place in the order.
PARENT = {
    "ApprovalFrame": "BudgetLine",
    "CaseCheck": "VerificationCase",
    "ChangeProposal": "Product",
    "RequestSeller": "PurchaseRequest",
    "RequestLine": "PurchaseRequest",
}
# The capacity of a day stands in the place of its product.
INSTEAD = {"CapacityDay": "Product"}
# A service that takes its own transactions, one a row, through another service of its module.
SWEEPS = {
    "accept_by_silence", "close_overdue", "issue_all_at_once", "lapse_due", "lapse_frames",
    "lapse_holds", "lapse_overdue", "open_due", "pass_overdue", "remind_ahead",
    "tell_all_borne", "tell_all_closed",
}  # fmt: skip


def modules() -> Iterator[ModuleType]:
    for package in ("epeken", "umkm", "procurement", "orders"):
        for found in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            # The base of the ledgers locks whatever account its caller posts to; the caller names it.
            if "supervisor" in found.name or found.name == "epeken.ledger.services":
                continue
            if re.search(r"\.services(\.|$)|email\.delivery$", found.name):
                yield importlib.import_module(found.name)


def services() -> dict[str, Service]:
    """Public functions that write: in a transaction of their own, or with a line about locks."""
    found = {}
    for module in modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            inner = inspect.unwrap(function)
            if inner.__module__ != module.__name__ or name.startswith("_"):
                continue
            if inner is not function or name in SWEEPS or "Locks:" in (inspect.getdoc(inner) or ""):
                found[f"{module.__name__}.{name}"] = function
    return found


def place(name: str) -> int:
    """Where it stands in the order; what has no place there comes last and is reported."""
    return NAMES.index(name) if name in NAMES else len(NAMES)


def documented(function: Service) -> tuple[list[str], list[str]]:
    """Names in the `Locks:` line, and those of them the caller holds already; none without a line."""
    inner = inspect.unwrap(function)
    text = " ".join((inspect.getdoc(inner) or "").split())
    found = re.search(r"Locks: (.*?)(?:\. |\.?$|; )", text)
    if not found or re.match(r"(nothing|none)\b", found[1]):
        return [], []
    if same := re.match(r"as (\w+)", found[1]):
        return documented(getattr(inspect.getmodule(inner), same[1]))
    names = re.findall(r"([A-Z]\w+)(?: \(([^)]*)\))?", found[1])
    return [name for name, _note in names], [name for name, note in names if note == "held by the caller"]


def locked_by(act: Callable[[], Any], held: list[str], *, sweep: bool) -> tuple[list[list[str]], Any]:
    """Models in the order in which they were first locked, after those `held`, and what `act` returned.

    One list a transaction: a sweep takes several, any other service one.
    """
    tables = {model._meta.db_table: model.__name__ for model in apps.get_models()}
    connection.queries_log.clear()  # Django keeps 9,000 statements, fewer than all flows make
    with CaptureQueriesContext(connection) as seen:
        result = act()
    lists, depth = [list(held)], 0
    for sql in (query["sql"] for query in seen.captured_queries):
        depth += sql.startswith("SAVEPOINT") - sql.startswith(("RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT"))
        if sweep and depth == 0 and sql.startswith(("RELEASE", "ROLLBACK")):
            lists.append(list(held))
        if found := LOCK.search(sql):
            name = tables[next(filter(None, found.groups()))]
            name = INSTEAD.get(name, name)
            if name not in lists[-1] and PARENT.get(name) not in lists[-1]:
                lists[-1].append(name)
    return lists, result


def named(tree: ast.AST, name: str) -> list[ast.Call]:
    """Calls of `idempotency.<name>` in the tree."""
    return [
        call
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == f"idempotency.{name}"
    ]


def unsettled(source: str) -> Iterator[str]:
    """Functions of a module that claim a key and may return without its result, with why. The one return before it is
    settled is that of a second click."""
    for each in ast.walk(ast.parse(source)):
        if not isinstance(each, ast.FunctionDef) or not (claims := named(each, "claim")):
            continue
        settles = [call.lineno for call in named(each, "settle")]
        first, last = claims[0].lineno, max(settles, default=each.end_lineno or 0)
        ways = [way for way in ast.walk(each) if isinstance(way, ast.Return) and first < way.lineno <= last]
        if len(claims) != 1 or len(settles) != 1 or len(ways) != 1:
            yield f"{each.name}: {len(claims)} claims, {len(settles)} results, {len(ways)} ways out before it"


def test_what_is_claimed_has_its_result_on_every_way_out() -> None:
    again = "    if idempotency.claim(key=key) is not None:\n        return\n"
    told = {
        "def left(key):\n" + again + "    post()\n": 1,
        "def early(key):\n" + again + "    if no:\n        return\n    idempotency.settle(key=key)\n": 1,
        "def well(key):\n" + again + "    idempotency.settle(key=key)\n    return\n": 0,
    }
    assert {source: len(list(unsettled(source))) for source in told} == told
    found = 0
    for package in ("epeken", "umkm", "procurement", "orders"):
        for path in (settings.BASE_DIR / package).rglob("*.py"):
            source = path.read_text(encoding="utf-8")
            if "idempotency.claim(" in source:
                found += 1
                assert list(unsettled(source)) == [], path
    assert found > 30


def test_the_order_is_printed_for_people() -> None:
    page = (settings.BASE_DIR / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert " → ".join(NAMES) in " ".join(page.split())


def test_documented_locks_stand_in_the_written_order() -> None:
    for name, function in services().items():
        locks, _held = documented(function)
        assert set(locks) <= set(NAMES), name
        assert locks == sorted(locks, key=place), name


@pytest.mark.django_db
def test_every_service_locks_what_it_says() -> None:
    known = services()
    taken: dict[str, set[str]] = {}
    faults = []
    for flow in lock_flows.FLOWS:
        steps = flow()
        result = None
        while True:
            try:
                function, arguments = steps.send(result)
            except StopIteration:
                break
            name = f"{inspect.unwrap(function).__module__}.{function.__name__}"
            act = partial(function, *arguments.pop("args", ()), **arguments)
            lists, result = locked_by(act, documented(function)[1], sweep=function.__name__ in SWEEPS)
            for names in lists:
                taken.setdefault(name, set()).update(names)
                if names != sorted(names, key=place) or set(names) - set(NAMES):
                    faults.append(f"{name} locks out of order: {names}")
    for name, function in known.items():
        says, locks = documented(function)[0], sorted(taken.get(name, ()), key=place)
        if name not in taken:
            faults.append(f"{name} is run by no flow")
        elif says != locks:
            faults.append(f"{name} says {says} and locks {locks}")
    # What is done once is done when its service returns: nothing is left to be remembered later.
    faults += [f"a claim of {claim.person} is left without its result" for claim in Claim.objects.filter(result="")]
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)
