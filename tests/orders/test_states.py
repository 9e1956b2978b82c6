"""Every state and action of the four machines, generated from their tables."""

from typing import Any

import pytest

from epeken.core.errors import InvalidMove
from epeken.core.states import Machine, begin, move
from orders.billing.models import Invoice
from orders.billing.states import INVOICE, InvoiceState
from orders.deliveries.models import Delivery
from orders.deliveries.states import DELIVERY
from orders.disputes.models import Dispute
from orders.disputes.states import DISPUTE
from orders.orders.states import ORDER, CloseReason
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import DAY, MONDAY
from tests.factories.states import put

pytestmark = pytest.mark.django_db
MACHINES: dict[str, Machine] = {"order": ORDER, "delivery": DELIVERY, "invoice": INVOICE, "dispute": DISPUTE}
PAIRS = [(n, s, a) for n, m in MACHINES.items() for s in sorted(m.states) for a in sorted(m.actions)]


@pytest.fixture
def things() -> dict[str, Any]:
    order = make.make_issued(make.make_office())
    delivery = Delivery.objects.create(order=order, number="SJ-1", carrier="x", shipped_at=MONDAY)
    dispute = Dispute.objects.create(
        order=order, opened_by=goods.make_user(), complaint="x", opened_at=MONDAY, due_at=MONDAY
    )
    for made in (delivery, dispute):
        begin(made, actor=None, now=MONDAY)
    return {"order": order, "delivery": delivery, "invoice": order.invoice, "dispute": dispute}


@pytest.mark.parametrize(("noun", "state", "action"), PAIRS)
def test_only_what_the_table_says(things: dict[str, Any], noun: str, state: str, action: str) -> None:
    wanted = {"close_reason": CloseReason.NO_ANSWER} if noun == "order" and state == "closed" else {}
    thing, machine = put(things[noun], state, **wanted), MACHINES[noun]
    events = thing.events.count()
    fields = {"close_reason": CloseReason.NO_ANSWER} if noun == "order" and action == "close" else {}
    if machine.allows(state, action):
        move(thing, action, actor=None, now=MONDAY + DAY, **fields)
        thing.refresh_from_db()
        assert thing.state == machine.after(state, action)
        event = thing.events.last()
        assert (event.action, event.from_state, event.to_state) == (action, state, thing.state)
        return
    with pytest.raises(InvalidMove):
        move(thing, action, actor=None, now=MONDAY + DAY, **fields)
    thing.refresh_from_db()
    assert (thing.state, thing.events.count()) == (state, events)


def test_a_invoice_pending_is_a_state_of_its_machine() -> None:
    """Persons' invoices begin as PENDING, departments' as COMMITTED; both are in the one table."""
    assert {s.value for s in InvoiceState} == MACHINES["invoice"].states
    assert Invoice._meta.get_field("state").default == InvoiceState.COMMITTED
