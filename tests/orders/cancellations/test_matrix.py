"""Every state of a cancellation × every act on it: what its table allows, the services do, and no more."""

from collections.abc import Callable
from typing import Any

import pytest

from epeken.core.errors import DomainError
from orders.cancellations import services
from orders.cancellations.models import Cancellation
from orders.cancellations.states import CANCELLATION, CancellationState
from orders.orders.models import Order
from tests.factories import cancellations as cancelling
from tests.factories import orders as make
from tests.factories.cancellations import LATER
from tests.factories.orders import HOUR
from tests.orders.books import balanced

pytestmark = pytest.mark.django_db
S = CancellationState
NOW = LATER + 3 * HOUR


def into(state: str, office: make.Office) -> Cancellation:
    """A request by the department, brought to the state by the services."""
    order = make.make_issued(office)
    if state == S.DIRECT:
        return cancelling.cancelled(order, office.pp)
    make.accepted(order)
    row, seller = cancelling.asked(order, office.pp), make.member_of(order)
    if state in (S.CLAIMED, S.AGREED):
        row = cancelling.claimed(row)
    common = {"cancellation": row, "now": LATER + 2 * HOUR}
    ways: dict[str, Callable[[], Any]] = {
        S.CONSENTED: lambda: services.consent(actor=seller, **common),
        S.AGREED: lambda: services.agree_claim(actor=office.pp, amount=250_000, note="Terlanjur", **common),
        S.REFUSED: lambda: services.refuse(actor=seller, note="Tidak", **common),
        S.WITHDRAWN: lambda: services.withdraw_cancellation(actor=office.pp, **common),
        S.LAPSED: lambda: services.lapse_cancellation(cancellation=row, now=row.due_at),
        S.OVERTAKEN: lambda: make.shipped(order, now=LATER + 2 * HOUR),
    }
    ways.get(state, lambda: None)()
    return Cancellation.objects.get(pk=row.pk)


ACTS: dict[str, Callable[[Cancellation, make.Office], Any]] = {
    "cancel": lambda row, o: cancelling.cancelled(row.order, o.pp, now=NOW),
    "consent": lambda row, o: services.consent(actor=make.member_of(row.order), cancellation=row, now=NOW),
    "refuse": lambda row, o: services.refuse(
        actor=make.member_of(row.order), cancellation=row, note="Tidak", now=NOW
    ),
    "claim": lambda row, o: cancelling.claimed(row, amount=100_000, now=NOW),
    "agree": lambda row, o: services.agree_claim(
        actor=o.pp, cancellation=row, amount=row.claimed or 250_000, note="Terlanjur", now=NOW
    ),
    "withdraw": lambda row, o: services.withdraw_cancellation(actor=o.pp, cancellation=row, note="Perlu", now=NOW),
    "lapse": lambda row, o: services.lapse_cancellation(cancellation=row, now=row.due_at),
    "overtake": lambda row, o: make.shipped(Order.objects.get(pk=row.order_id), now=NOW),
}  # fmt: skip


def test_every_state_and_act_is_here() -> None:
    assert set(ACTS) == CANCELLATION.actions
    assert set(S) == CANCELLATION.states


@pytest.mark.parametrize("action", sorted(ACTS))
@pytest.mark.parametrize("state", sorted(S))
def test_only_what_the_table_says(state: str, action: str) -> None:
    office = make.make_office()
    row = into(state, office)
    assert row.state == state
    events = row.events.count()
    # In one step only before the seller accepted: this row's machine makes the move in the same act.
    allowed = CANCELLATION.allows(state, action) and action != "cancel"
    if allowed:
        ACTS[action](row, office)
        row.refresh_from_db()
        assert row.state == CANCELLATION.after(state, action)
        assert row.events.count() == events + 1
    else:
        ships = action == "overtake" and state in (S.REFUSED, S.WITHDRAWN, S.LAPSED)
        if ships:  # the order goes on; the row is as it was
            ACTS[action](row, office)
        else:
            with pytest.raises(DomainError):
                ACTS[action](row, office)
        row.refresh_from_db()
        assert (row.state, row.events.count()) == (state, events)
    assert Cancellation.objects.count() == 1
    balanced()
