"""Posting to a ledger: what fits is written, what does not changes nothing, and a key counts once."""

import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from epeken.ledger.audit import differences
from epeken.ledger.services import Beyond, Short, post
from procurement.budgets.models import BudgetEntry, BudgetLine
from tests.factories.procurement import MONDAY, make_line
from tests.factories.umkm import make_product
from umkm.catalogue.models import Product
from umkm.stock.models import StockEntry

pytestmark = pytest.mark.django_db


def book(line: BudgetLine, key: str = "", **deltas: int) -> bool:
    with transaction.atomic():
        return post(BudgetEntry, line.pk, deltas=deltas, now=MONDAY, reference="uji", key=key, kind="reserve")


def test_an_entry_keeps_what_the_account_held_after_it() -> None:
    line = make_line(pagu=1000)
    assert book(line, reserved=600) and book(line, reserved=-200, committed=200)
    assert list(line.entries.values_list("reserved_after", "committed_after", "realised_after")) == [
        (600, 0, 0),
        (400, 200, 0),
    ]
    assert differences() == []


@pytest.mark.parametrize("deltas", [{"reserved": 1001}, {"reserved": -1}, {"reserved": 1000, "committed": 1}])
def test_what_does_not_fit_changes_nothing(deltas: dict[str, int]) -> None:
    line = make_line(pagu=1000)
    with pytest.raises(Short):
        book(line, **deltas)
    line.refresh_from_db()
    assert (line.reserved, line.committed, line.entries.count()) == (0, 0, 0)


@pytest.mark.parametrize(("held", "more"), [("999999999.999", "0.001"), ("1", "999999999")])
def test_what_no_column_could_hold_changes_nothing(held: str, more: str) -> None:
    product = make_product(on_hand=held)
    entries = product.stock_entries.count()
    with pytest.raises(Beyond):
        post(StockEntry, product.pk, deltas={"on_hand": Decimal(more)}, now=MONDAY, kind="receive")
    product.refresh_from_db()
    assert (product.on_hand, product.stock_entries.count()) == (Decimal(held), entries)


def test_a_key_counts_once_even_when_nothing_is_left() -> None:
    line = make_line(pagu=1000)
    assert book(line, "a", reserved=600)
    assert not book(line, "a", reserved=600)  # no room for it any more
    assert book(line, "b", reserved=100)
    assert not book(line, "b", reserved=100)  # room for it
    line.refresh_from_db()
    assert (line.reserved, line.entries.count()) == (700, 2)
    with pytest.raises(ValueError, match="other amounts"):
        book(line, "b", reserved=99)


@pytest.mark.django_db(transaction=True)
def test_of_one_key_on_many_threads_one_counts(together: Callable[..., list[Any]]) -> None:
    line = make_line(pagu=1000)
    barrier = threading.Barrier(6)

    def once(number: int) -> bool:
        barrier.wait()
        try:
            return book(line, "same", reserved=100)
        finally:
            connection.close()

    assert sorted(together(once, 6)) == [False] * 5 + [True]
    line.refresh_from_db()
    assert (line.reserved, line.entries.count()) == (100, 1)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_posted_outside_a_transaction() -> None:
    line = make_line(pagu=1000)
    with pytest.raises(RuntimeError):
        post(BudgetEntry, line.pk, deltas={"reserved": 1}, now=MONDAY, reference="uji", kind="reserve")
    line.refresh_from_db()
    assert line.reserved == 0


@pytest.mark.django_db(transaction=True)
def test_a_balance_without_an_entry_does_not_commit() -> None:
    product = make_product(on_hand=5)
    with pytest.raises(IntegrityError, match="changed without an entry"):
        Product.objects.filter(pk=product.pk).update(on_hand=6)
    assert Product.objects.get().on_hand == 5


@pytest.mark.parametrize("delta", [-1, 0, 2])
def test_an_entry_that_is_not_what_the_account_moved_by_is_refused(delta: int) -> None:
    product = make_product(on_hand=5)
    with pytest.raises(IntegrityError, match="on_hand was 5"), transaction.atomic():
        Product.objects.filter(pk=product.pk).update(on_hand=6)
        StockEntry.objects.create(product=product, kind="receive", on_hand_delta=delta, at=MONDAY)
