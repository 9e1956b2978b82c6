"""Whatever is booked in whatever order, a balance is the sum of its entries and never falls below zero."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from epeken.core.errors import DomainError
from procurement.budgets import services as budgets
from procurement.budgets.models import BudgetLine
from tests.factories import procurement as offices
from tests.factories import umkm as make
from umkm.owners import services as owners
from umkm.owners.models import TurnoverMonth
from umkm.stock import services as stock

pytestmark = pytest.mark.django_db
FEW = settings(max_examples=12, stateful_step_count=25)


def happens(act: Any) -> bool:
    """Whether the booking was made; a refusal leaves nothing behind."""
    try:
        with transaction.atomic():
            act()
    except DomainError:
        return False
    return True


class BudgetBook(RuleBasedStateMachine):
    """Against a model of three numbers: each booking is made exactly when the model has room for it."""

    def __init__(self) -> None:
        super().__init__()
        self.line = offices.make_line(pagu=1000)
        self.reserved = self.committed = self.realised = 0

    def book(self, verb: str, **amounts: int) -> bool:
        service = getattr(budgets, verb)
        return happens(lambda: service(line=self.line, reference="uji", actor=None, now=offices.MONDAY, **amounts))

    @rule(amount=st.integers(1, 1200))
    def reserve(self, amount: int) -> None:
        fits = self.reserved + self.committed + self.realised + amount <= 1000
        assert self.book("reserve", amount=amount) == fits
        self.reserved += amount * fits

    @rule(amount=st.integers(1, 1000))
    def release(self, amount: int) -> None:
        fits = amount <= self.reserved
        assert self.book("release", amount=amount) == fits
        self.reserved -= amount * fits

    @rule(amount=st.integers(1, 1000))
    def commit(self, amount: int) -> None:
        fits = amount <= self.reserved
        assert self.book("commit", amount=amount) == fits
        self.reserved -= amount * fits
        self.committed += amount * fits

    @rule(amount=st.integers(1, 1000))
    def uncommit(self, amount: int) -> None:
        fits = amount <= self.committed
        assert self.book("uncommit", amount=amount) == fits
        self.committed -= amount * fits

    @precondition(lambda self: self.committed)
    @rule(data=st.data())
    def realise(self, data: Any) -> None:
        committed = data.draw(st.integers(1, self.committed + 50))
        paid = data.draw(st.integers(1, committed))
        fits = committed <= self.committed
        assert self.book("realise", committed=committed, paid=paid) == fits
        self.committed -= committed * fits
        self.realised += paid * fits

    @invariant()
    def the_line_says_what_the_model_says(self) -> None:
        line = BudgetLine.objects.get(pk=self.line.pk)
        assert (line.reserved, line.committed, line.realised) == (self.reserved, self.committed, self.realised)
        assert line.available == 1000 - self.reserved - self.committed - self.realised >= 0

    @invariant()
    def the_balance_is_the_sum_of_the_entries(self) -> None:
        entries = self.line.entries.all()
        for name in ("reserved", "committed", "realised"):
            assert getattr(self, name) == sum(entries.values_list(f"{name}_delta", flat=True))


class StockBook(RuleBasedStateMachine):
    """One shelf and one month's limit; orders take, fall through, or are delivered, each at most once."""

    def __init__(self) -> None:
        super().__init__()
        self.product = make.make_product(on_hand=50)
        self.on_hand, self.held, self.used = Decimal(50), Decimal(0), 0
        self.orders: dict[str, int] = {}
        self.number = 0

    @rule(quantity=st.integers(1, 30))
    def take(self, quantity: int) -> None:
        self.number += 1
        reference = f"{self.product.pk}-{self.number}"
        made = happens(lambda: self._take(reference, quantity))
        assert made == (quantity <= self.on_hand)
        if made:
            self.orders[reference] = quantity
            self.on_hand -= quantity
            self.held += quantity
            self.used += quantity * 1000

    def _take(self, reference: str, quantity: int) -> None:
        stock.take_stock(
            product=self.product, quantity=Decimal(quantity), reference=reference, days=[], actor=None,
            now=offices.MONDAY,
        )  # fmt: skip
        owners.reserve_turnover(
            seller=self.product.seller, amount=quantity * 1000, reference=reference, now=offices.MONDAY
        )

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), times=st.integers(1, 2))
    def fall_through(self, data: Any, times: int) -> None:
        """A second call changes nothing."""
        reference = data.draw(st.sampled_from(sorted(self.orders)))
        quantity = self.orders.pop(reference)
        for _time in range(times):
            stock.return_stock(product=self.product, reference=reference, actor=None, now=offices.MONDAY)
            owners.release_turnover(reference=reference, now=offices.MONDAY)
        self.on_hand += quantity
        self.held -= quantity
        self.used -= quantity * 1000

    @precondition(lambda self: self.orders)
    @rule(data=st.data())
    def deliver(self, data: Any) -> None:
        reference = data.draw(st.sampled_from(sorted(self.orders)))
        quantity = self.orders.pop(reference)
        delivered = data.draw(st.integers(0, quantity))
        stock.deliver_stock(
            product=self.product, held=Decimal(quantity), delivered=Decimal(delivered), reference=reference,
            part="SJ-1", actor=None, now=offices.MONDAY,
        )  # fmt: skip
        self.held -= quantity
        self.on_hand += quantity - delivered

    @invariant()
    def balances_are_the_models_and_the_sums(self) -> None:
        self.product.refresh_from_db()
        assert (self.product.on_hand, self.product.held) == (self.on_hand, self.held)
        entries = self.product.stock_entries.all()
        assert sum(entries.values_list("on_hand_delta", flat=True)) == self.on_hand >= 0
        assert sum(entries.values_list("held_delta", flat=True)) == self.held >= 0
        month = TurnoverMonth.objects.filter(owner=self.product.seller.owner).first()
        if month:
            assert month.used == self.used == sum(month.entries.values_list("used_delta", flat=True))


def test_the_budget_book() -> None:
    run_state_machine_as_test(BudgetBook, settings=FEW)


def test_the_stock_and_turnover_books() -> None:
    run_state_machine_as_test(StockBook, settings=FEW)
