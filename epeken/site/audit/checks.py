"""The books, checked against themselves: each invariant is a question whose answer must be no rows.

Set-wise SQL on purpose: the auditor must not trust the code that wrote the rows. Every query gives two columns, what
is wrong and by how much, for the offending rows only.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pgtrigger
from django.apps import apps
from django.conf import settings
from django.db import connection

from epeken.core import clock
from epeken.core.events import event_models
from epeken.ledger.audit import differences
from epeken.site.audit.sql import budgets, caps, events, money, orders, outbox, people, private, stock

SHOWN = 20  # offending rows printed per check; all are counted


@dataclass(frozen=True)
class Violation:
    what: str
    detail: str


@dataclass(frozen=True)
class Check:
    """`number`: which of the nine invariants it proves (docs/operations.md)."""

    number: int
    code: str
    title: str
    rows: Callable[[], list[Violation]]


@dataclass(frozen=True)
class AuditResult:
    check: Check
    findings: list[Violation]
    milliseconds: float


def checks() -> list[Check]:
    listed = [
        (1, "stock_orders", "What is held equals what live orders still wait for", stock.STOCK_ORDERS),
        (1, "capacity_orders", "Capacity taken equals the orders that count", stock.CAPACITY_ORDERS),
        (1, "request_holds", "A sent request holds its goods, any other none", stock.REQUEST_HOLDS),
        (
            2,
            "budget_documents",
            "Budget columns equal the live requests, orders and invoices",
            budgets.BUDGET_DOCUMENTS,
        ),
        (
            2,
            "budget_payments",
            "What was realised for an invoice is its gross while it is paid",
            budgets.BUDGET_PAYMENTS,
        ),
        (2, "charges", "Goods are charged to lines of their department, and a request adds up", budgets.CHARGES),
        (2, "frame_drawn", "A frame counts what its requests hold and its orders bind", budgets.FRAME_DRAWN),
        (3, "order_total", "Every order has lines and its total is their exact sum", orders.ORDER_TOTAL),
        (3, "order_line", "Every line is price × quantity in whole rupiah, half up", orders.ORDER_LINE),
        (3, "accepted", "What an order sent and accepted is the sum of its deliveries", orders.ACCEPTED),
        (3, "invoice_total", "Every invoice is what was accepted, less the tax in force", money.INVOICE_TOTAL),
        (3, "commitment", "Every commitment covers its invoices, and a settled one is paid", money.COMMITMENT),
        (3, "payment", "The payments of an invoice add up, and a paid one to its net", money.PAYMENT),
        (3, "compensations", "A compensation is paid once, by another than who bound it", money.COMPENSATIONS),
        (3, "remedies", "What decisions took off, gave back and replaced is what the books say", orders.REMEDIES),
        (4, "claims", "One finished effect per person and key, guarded by the database", outbox.CLAIMS),
        (5, "segregation", "Requester, approver, receiver and treasurer are different people", people.SEGREGATION),
        (5, "reversals", "A payment is reversed by two people, and its invoice says so", money.REVERSALS),
        (5, "confirmations", "What a seller confirmed is the document of that handover or money", people.CONFIRMATIONS),
        (
            8,
            "cap_orders",
            "Every order and sent request holds of the cap what counts of it, any other none",
            caps.CAP_ORDERS,
        ),
        (9, "private_files", "No private file has a public address", private.PRIVATE_FILES),
        (9, "personal_data", "No NIK or telephone number in messages and job errors", private.PERSONAL_DATA),
    ]
    found = [Check(number, code, title, _query(text)) for number, code, title, text in listed]
    found += [
        Check(2, "ledgers", "Every balance is the sum of its ledger, not below zero nor above its ceiling", _ledgers),
        Check(6, "events", "Every state is the end of an unbroken chain of events", _events),
        Check(6, "event_numbers", "Every event of every table has a number of its own", _event_numbers),
        Check(6, "triggers", "Every table has its triggers: events and ledgers refuse a change", _triggers),
        Check(
            8,
            "cap_months",
            "Cap used per owner and month equals the orders and requests that count",
            _query(caps.CAP_MONTHS, {"zone": str(clock.ZONE)}),
        ),
        Check(7, "jobs", "Every job is done, given up with a reason, or young", _as_of_now(outbox.JOBS)),
        Check(7, "mail", "Every message is sent, given up with a reason, or young", _as_of_now(outbox.MAIL)),
        Check(9, "stores", "The private store lies outside everything that is served", _stores),
    ]
    return sorted(found, key=lambda check: check.number)


def run() -> Iterator[AuditResult]:
    for check in checks():
        start = time.perf_counter()
        findings = check.rows()
        yield AuditResult(check, findings, (time.perf_counter() - start) * 1000)


def _as_of_now(text: str) -> Callable[[], list[Violation]]:
    """`%(now)s` in the text is the moment of the question by the clock that wrote the rows."""
    return lambda: _query(text, {"now": clock.now()})()


def _query(text: str, params: list[Any] | dict[str, Any] | None = None) -> Callable[[], list[Violation]]:
    def rows() -> list[Violation]:
        with connection.cursor() as cursor:
            cursor.execute(text, params)
            return [Violation(str(what), str(detail)) for what, detail in cursor.fetchall()]

    return rows


def _events() -> list[Violation]:
    """For each noun with a state machine: first event creates, each follows the one before, the last is the state."""
    findings: list[Violation] = []
    for model in apps.get_models():
        machine = getattr(model, "machine", None)
        if machine is None:
            continue
        relation: Any = model._meta.get_field("events")
        table = relation.related_model._meta.db_table
        text = events.EVENTS.format(
            table=model._meta.db_table, events=table, key=relation.field.column, name=model._meta.label
        )
        findings += _query(text)()
        moves = sorted(f"{before}|{action}|{after}" for (before, action), after in machine.table.items())
        text = events.EVENT_MOVES.format(events=table, key=relation.field.column, name=model._meta.label)
        findings += _query(text, [moves])()
    return findings


def _ledgers() -> list[Violation]:
    return [Violation(what, detail) for what, detail in differences()]


def _event_numbers() -> list[Violation]:
    numbered = " UNION ALL ".join(events.NUMBERED.format(events=model._meta.db_table) for model in event_models())
    return _query(events.EVENT_NUMBERS.format(numbered=numbered))()


def _triggers() -> list[Violation]:
    """Whatever triggers the models declare, in the database as they declare them."""
    declared = [
        (model._meta.db_table, trigger.get_pgid(model), trigger.compile(model).hash)
        for model, trigger in pgtrigger.registered()
    ]
    return _query(events.TRIGGERS, [list(column) for column in zip(*declared, strict=True)])()


def _stores() -> list[Violation]:
    findings = []
    private = Path(settings.PRIVATE_ROOT).resolve()
    for name, public in (("MEDIA_ROOT", settings.MEDIA_ROOT), ("STATIC_ROOT", settings.STATIC_ROOT)):
        if private.is_relative_to(Path(public).resolve()):
            findings.append(Violation("PRIVATE_ROOT", f"lies inside {name}"))
    return findings
