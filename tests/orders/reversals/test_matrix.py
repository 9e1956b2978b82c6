"""Every state of a reversal × every act on it; and what an invoice and its order may come to by one."""

from collections.abc import Callable
from typing import Any

import pytest

from epeken.core.errors import InvalidMove
from orders.billing.states import InvoiceState
from orders.orders.states import OrderState
from orders.reversals import services
from orders.reversals.models import PaymentReversal
from orders.reversals.states import REVERSAL, ReversalState
from tests.factories import orders as make
from tests.factories import reversals as undo
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.orders.books import balanced, refused

pytestmark = pytest.mark.django_db
NOW = MONDAY + 3 * DAY + 2 * HOUR

ACTS: dict[str, Callable[[PaymentReversal, make.Office], Any]] = {
    "release": lambda row, o: undo.released(o, row, now=NOW),
    "refuse": lambda row, o: services.refuse_reversal(
        actor=make.head_of(o), reversal=row, note="Benar begitu", now=NOW
    ),
    "withdraw": lambda row, o: services.withdraw_reversal(
        actor=o.treasurer, reversal=row, note="Benar begitu", now=NOW
    ),
}  # fmt: skip
WAYS = {ReversalState.RELEASED: "release", ReversalState.REFUSED: "refuse", ReversalState.WITHDRAWN: "withdraw"}


def test_every_state_and_act_is_here() -> None:
    assert set(ACTS) == REVERSAL.actions
    assert {ReversalState.ASKED, *WAYS} == REVERSAL.states


@pytest.mark.parametrize("state", sorted(ReversalState))
def test_only_what_the_table_says(state: str) -> None:
    office = make.make_office()
    order = undo.paid(office)
    row = undo.asked(office, order)
    if state != ReversalState.ASKED:
        ACTS[WAYS[ReversalState(state)]](row, office)
        for act in ACTS.values():
            refused(InvalidMove, lambda act=act: act(row, office))  # type: ignore[misc]
        if state == ReversalState.RELEASED:
            return
        # Kept, it is asked about again.
        row = undo.asked(office, order, now=NOW)
    for wanted, action in WAYS.items():
        ACTS[action](row, office)
        row.refresh_from_db()
        assert row.state == wanted
        order.refresh_from_db()
        is_open = wanted == ReversalState.RELEASED
        assert order.state == (OrderState.ACCEPTED if is_open else OrderState.FINISHED)
        assert make.invoice_of(order).state == (InvoiceState.VERIFIED if is_open else InvoiceState.PAID)
        balanced()
        if is_open:
            make.pay_again(office, order, reference=f"SP2D-{action}", now=NOW)
        row = undo.asked(office, order, now=NOW)
