"""Every state and action of the machines, generated from their tables."""

from typing import Any

import pytest

from epeken.core.errors import InvalidMove
from epeken.core.states import Machine, begin, move
from orders.addenda.models import Addendum
from orders.addenda.states import ADDENDUM
from orders.billing.models import Commitment, Invoice, Payment
from orders.billing.states import COMMITMENT, INVOICE, CommitmentState, InvoiceState
from orders.cancellations.models import Cancellation
from orders.cancellations.states import CANCELLATION
from orders.deliveries.models import Delivery
from orders.deliveries.states import DELIVERY
from orders.disputes.models import Dispute
from orders.disputes.states import DISPUTE
from orders.orders.states import ORDER, CloseReason
from orders.reversals.models import PaymentReversal
from orders.reversals.states import REVERSAL
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import DAY, MONDAY
from tests.factories.states import put

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("states")]  # one process makes the rows of the module
MACHINES: dict[str, Machine] = {
    "order": ORDER,
    "delivery": DELIVERY,
    "commitment": COMMITMENT,
    "invoice": INVOICE,
    "dispute": DISPUTE,
    "cancellation": CANCELLATION,
    "addendum": ADDENDUM,
    "reversal": REVERSAL,
}
PAIRS = [(n, s, a) for n, m in MACHINES.items() for s in sorted(m.states) for a in sorted(m.actions)]


@pytest.fixture(scope="module")
def made(module_transaction: None) -> dict[str, Any]:
    order = make.make_issued(make.make_office())
    delivery = Delivery.objects.create(order=order, number="SJ-1", carrier="x", shipped_at=MONDAY)
    dispute = Dispute.objects.create(
        order=order, opened_by=goods.make_user(), complaint="x", opened_at=MONDAY, due_at=MONDAY
    )
    invoice = Invoice.objects.create(
        order=order, delivery=delivery, number="INV-1", kuitansi_number="KW-1", goods_total=0, gross=0, withheld=0,
        net=0, purchase_value=0, issued_at=MONDAY,
    )  # fmt: skip
    cancellation = Cancellation.objects.create(
        order=order, asked_by=goods.make_user(), was_accepted=True, reason="activity", amount=1, claimed=1,
        asked_at=MONDAY, waits_since=MONDAY, due_at=MONDAY,
    )  # fmt: skip
    addendum = Addendum.objects.create(
        order=order, asked_by=goods.make_user(), reason="x", earlier_deliver_at=MONDAY, deliver_at=MONDAY,
        earlier_total=1, total=1, asked_at=MONDAY, due_at=MONDAY,
    )  # fmt: skip
    payment = Payment.objects.create(
        invoice=invoice, method="ls", paid_on=MONDAY, amount=1, recorded_by=goods.make_user(), recorded_at=MONDAY
    )
    reversal = PaymentReversal.objects.create(
        payment=payment, reason="date", asked_by=payment.recorded_by, asked_at=MONDAY, due_at=MONDAY,
        decided_by=goods.make_user(), ended_at=MONDAY,
    )  # fmt: skip
    for thing in (delivery, invoice, dispute, cancellation, addendum, reversal):
        begin(thing, actor=None, now=MONDAY)
    return {
        "order": order,
        "commitment": order.commitment,
        "delivery": delivery,
        "invoice": invoice,
        "dispute": dispute,
        "cancellation": cancellation,
        "addendum": addendum,
        "reversal": reversal,
    }


@pytest.fixture
def _django_db_helper(made: dict[str, Any], savepoint: None) -> None:
    """In place of pytest-django's: the transaction around the whole module holds what was made."""


@pytest.fixture
def things(made: dict[str, Any]) -> dict[str, Any]:
    return {noun: type(thing).objects.get(pk=thing.pk) for noun, thing in made.items()}


@pytest.mark.parametrize(("noun", "state", "action"), PAIRS)
def test_only_what_the_table_says(things: dict[str, Any], noun: str, state: str, action: str) -> None:
    wanted = {"close_reason": CloseReason.NO_ANSWER} if noun == "order" and state == "closed" else {}
    wanted |= {"number": "SP-1-A1"} if noun == "addendum" and state == "agreed" else {}
    thing, machine = put(things[noun], state, **wanted), MACHINES[noun]
    events = thing.events.count()
    fields = {"close_reason": CloseReason.NO_ANSWER} if noun == "order" and action == "close" else {}
    fields |= {"number": "SP-1-A1"} if action == "agree" and noun == "addendum" else {}
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


def test_a_pending_commitment_is_a_state_of_its_machine() -> None:
    """Persons' commitments begin as PENDING, departments' as COMMITTED; both are in the one table."""
    assert {s.value for s in CommitmentState} == MACHINES["commitment"].states
    assert {s.value for s in InvoiceState} == MACHINES["invoice"].states
    assert Commitment._meta.get_field("state").default == CommitmentState.COMMITTED
