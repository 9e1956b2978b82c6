"""Every state and action of the machines, generated from their tables."""

from typing import Any

import pytest
from django.apps import apps

from epeken.core.errors import InvalidMove
from epeken.core.states import Machine, begin, move
from orders.addenda.models import Addendum
from orders.addenda.states import ADDENDUM
from orders.billing.models import Commitment, Invoice, Payment
from orders.billing.states import COMMITMENT, INVOICE, CommitmentState, InvoiceState
from orders.cancellations.models import Cancellation
from orders.cancellations.states import CANCELLATION
from orders.compensations.models import Compensation, CompensationPayment, CompensationReversal
from orders.compensations.states import COMPENSATION
from orders.confirmations.models import SellerConfirmation
from orders.confirmations.states import CONFIRMATION
from orders.deliveries.models import Delivery
from orders.deliveries.states import DELIVERY
from orders.disputes.models import Dispute
from orders.disputes.states import DISPUTE
from orders.documents.models import Document
from orders.orders.states import ORDER, CloseReason
from orders.remedies.models import Remedy
from orders.remedies.states import REMEDY
from orders.reversals.models import PaymentReversal
from orders.reversals.states import REVERSAL
from procurement.agencies.models import AgencyMember
from procurement.budgets.models import BudgetLine
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
    "compensation": COMPENSATION,
    "compensation reversal": REVERSAL,
    "confirmation": CONFIRMATION,
    "remedy": REMEDY,
}
PAIRS = [(n, s, a) for n, m in MACHINES.items() for s in sorted(m.states) for a in sorted(m.actions)]


@pytest.fixture(scope="module")
def made(module_transaction: None) -> dict[str, Any]:
    office = make.make_office()
    order = make.make_issued(office)
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
    recorded = {"method": "ls", "paid_on": MONDAY, "amount": 1, "proof": "x", "recorded_by": office.treasurer}
    payment = Payment.objects.create(invoice=invoice, recorded_at=MONDAY, **recorded)
    asked = {"reason": "date", "asked_by": office.treasurer, "asked_at": MONDAY, "due_at": MONDAY}
    decided = {"decided_by": goods.make_user(), "ended_at": MONDAY}
    reversal = PaymentReversal.objects.create(payment=payment, **asked, **decided)
    compensation = Compensation.objects.create(
        number="GR-1", order=order, cancellation=cancellation, amount=1, agreed_by=office.ppk, agreed_at=MONDAY,
        due_at=MONDAY,
    )  # fmt: skip
    compensated = CompensationPayment.objects.create(
        compensation=compensation, line=office.line, approver=office.ppk, recorded_at=MONDAY, **recorded
    )
    compensation_reversal = CompensationReversal.objects.create(payment=compensated, **asked, **decided)
    confirmation = SellerConfirmation.objects.create(
        order=order, delivery=delivery, asked_at=MONDAY, due_at=MONDAY, changed_at=MONDAY
    )
    remedy = Remedy.objects.create(
        dispute=dispute, order=order, delivery=delivery, kind="refund", amount=1, granted_at=MONDAY, waits_since=MONDAY
    )
    rows = {
        "delivery": delivery,
        "invoice": invoice,
        "dispute": dispute,
        "cancellation": cancellation,
        "addendum": addendum,
        "reversal": reversal,
        "compensation": compensation,
        "compensation reversal": compensation_reversal,
        "confirmation": confirmation,
        "remedy": remedy,
    }
    for row in rows.values():
        begin(row, actor=None, now=MONDAY)
    return {"order": order, "commitment": order.commitment, **rows}


def needed(noun: str, state: str) -> dict[str, Any]:
    """What the table asks of a row in that state, and of none in another."""
    if noun == "compensation" and state != "agreed":
        day = MONDAY if state == "paid" else None
        line, head = BudgetLine.objects.get(), AgencyMember.objects.get(role="head").user
        return {"line": line, "charged_by": head, "paid_on": day, "paid_at": day}
    if noun == "confirmation" and state == "confirmed":
        return {"document": Document.objects.earliest("pk"), "sha256": "0" * 64}
    return {
        ("order", "closed"): {"close_reason": CloseReason.NO_ANSWER},
        ("addendum", "agreed"): {"number": "SP-1-A1"},
    }.get((noun, state), {})


@pytest.fixture
def _django_db_helper(made: dict[str, Any], savepoint: None) -> None:
    """In place of pytest-django's: the transaction around the whole module holds what was made."""


@pytest.fixture
def things(made: dict[str, Any]) -> dict[str, Any]:
    return {noun: type(thing).objects.get(pk=thing.pk) for noun, thing in made.items()}


@pytest.mark.parametrize(("noun", "state", "action"), PAIRS)
def test_only_what_the_table_says(things: dict[str, Any], noun: str, state: str, action: str) -> None:
    machine = MACHINES[noun]
    thing = put(things[noun], state, **needed(noun, state))
    events = thing.events.count()
    after = machine.table.get((state, action))
    fields = needed(noun, after) if after else {}
    if after:
        move(thing, action, actor=None, now=MONDAY + DAY, **fields)
        thing.refresh_from_db()
        assert thing.state == after
        event = thing.events.last()
        assert (event.action, event.from_state, event.to_state) == (action, state, after)
        return
    with pytest.raises(InvalidMove):
        move(thing, action, actor=None, now=MONDAY + DAY, **fields)
    thing.refresh_from_db()
    assert (thing.state, thing.events.count()) == (state, events)


def test_no_machine_of_the_app_is_left_out(made: dict[str, Any]) -> None:
    models = {model for model in apps.get_app_config("orders").get_models() if hasattr(model, "machine")}
    assert {type(row) for row in made.values()} == models
    assert {noun: type(row).machine for noun, row in made.items()} == MACHINES


def test_a_pending_commitment_is_a_state_of_its_machine() -> None:
    """Persons' commitments begin as PENDING, departments' as COMMITTED; both are in the one table."""
    assert {s.value for s in CommitmentState} == MACHINES["commitment"].states
    assert {s.value for s in InvoiceState} == MACHINES["invoice"].states
    assert Commitment._meta.get_field("state").default == CommitmentState.COMMITTED
