"""The ledger: columns equal entries, nothing below zero, nothing rewritten."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Sum

from epeken.core.errors import RuleBroken
from procurement.budgets import services as budgets
from procurement.budgets.models import BudgetEntry, BudgetLine
from tests.factories.procurement import MONDAY, Office, make_line
from tests.kept_steps import kept
from tests.orders.books import refused

pytestmark = pytest.mark.django_db


def figures(line: BudgetLine) -> tuple[int, int, int]:
    line.refresh_from_db()
    return line.reserved, line.committed, line.realised


def sums(line: BudgetLine) -> tuple[int, int, int]:
    found = line.entries.aggregate(a=Sum("reserved_delta"), b=Sum("committed_delta"), c=Sum("realised_delta"))
    return found["a"] or 0, found["b"] or 0, found["c"] or 0


@pytest.fixture
@kept
def line(office: Office) -> BudgetLine:
    return make_line(office.agency, pagu=1_000_000)


def common(office: Office, line: BudgetLine) -> dict[str, object]:
    return {"line": line, "reference": "UJI-1", "actor": office.requester, "now": MONDAY}


def test_the_whole_way_keeps_columns_equal_to_entries(office: Office, line: BudgetLine) -> None:
    base = common(office, line)
    steps = [
        (lambda: budgets.reserve(amount=700_000, **base), (700_000, 0, 0)),
        (lambda: budgets.release(amount=100_000, **base), (600_000, 0, 0)),
        (lambda: budgets.commit(amount=500_000, **base), (100_000, 500_000, 0)),
        (lambda: budgets.uncommit(amount=50_000, **base), (100_000, 450_000, 0)),
        (lambda: budgets.realise(committed=450_000, paid=440_000, **base), (100_000, 0, 440_000)),
    ]
    for step, expected in steps:
        step()
        assert figures(line) == expected == sums(line)
    assert line.available == 460_000
    assert [e.kind for e in line.entries.all()] == ["reserve", "release", "commit", "uncommit", "realise"]


def test_the_last_rupiah_can_be_reserved_and_no_more(office: Office, line: BudgetLine) -> None:
    base = common(office, line)
    budgets.reserve(amount=1_000_000, **base)
    error = refused(RuleBroken, lambda: budgets.reserve(amount=1, **base), "budget_short")
    assert "Rp0" in error.message


@pytest.mark.parametrize("verb", ["release", "commit", "uncommit"])
def test_more_than_is_there_is_refused(office: Office, line: BudgetLine, verb: str) -> None:
    budgets.reserve(amount=100, **common(office, line))
    wanted = 101 if verb != "uncommit" else 1
    refused(RuleBroken, lambda: getattr(budgets, verb)(amount=wanted, **common(office, line)), "ledger_short")


def test_more_paid_than_committed_is_a_fault(office: Office, line: BudgetLine) -> None:
    base = common(office, line)
    budgets.reserve(amount=100, **base)
    budgets.commit(amount=100, **base)
    refused(ValueError, lambda: budgets.realise(committed=100, paid=101, **base))


@pytest.mark.parametrize("amount", [0, -5])
def test_amounts_are_positive(office: Office, line: BudgetLine, amount: int) -> None:
    refused(ValueError, lambda: budgets.reserve(amount=amount, **common(office, line)))


@pytest.mark.parametrize("amount", [1.5, "100", True])
def test_amounts_are_whole_rupiah(office: Office, line: BudgetLine, amount: object) -> None:
    refused(TypeError, lambda: budgets.reserve(amount=amount, **common(office, line)))


def test_pagu_cannot_fall_below_what_is_used(office: Office, line: BudgetLine) -> None:
    budgets.reserve(amount=600_000, **common(office, line))
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetLine.objects.filter(pk=line.pk).update(pagu=599_999)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_ledger_cannot_be_rewritten(office: Office, line: BudgetLine, change: str) -> None:
    budgets.reserve(amount=100, **common(office, line))
    found = BudgetEntry.objects.filter(line=line)
    with pytest.raises(DatabaseError, match="Cannot update or delete rows"), transaction.atomic():
        found.update(reserved_delta=1) if change == "update" else found._raw_delete(found.db)
    assert figures(line) == (100, 0, 0) == sums(line)
