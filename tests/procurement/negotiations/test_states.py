"""Every state × action of a negotiation, by each side, in time and after silence."""

from datetime import timedelta
from itertools import product

import pytest

from epeken.core.errors import DomainError, InvalidMove, NotAllowed, RuleBroken
from procurement.negotiations.models import Negotiation
from procurement.negotiations.services import ending
from procurement.negotiations.states import LIVE, NEGOTIATION, TURNS, NegotiationState, Side
from procurement.requests.models import PurchaseRequest
from tests.factories.negotiations import Table, lone, make_talk
from tests.factories.procurement import DAY, HOUR, MONDAY, Office
from tests.orders.books import balanced, refused
from tests.undo import taken_back

pytestmark = pytest.mark.django_db
LATER = MONDAY + 3 * HOUR


def act(table: Table, side: str, action: str, late: bool) -> None:
    actor = table.shopkeeper if side == Side.SELLER else table.officer
    now = MONDAY + 2 * DAY if late else LATER
    if action == "counter":
        table.counter(actor, table.terms(93_000), now=now)
    elif action == "accept":
        table.accept(actor, now=now)
    elif action == "refuse":
        table.refuse(actor, now=now)
    elif action == "withdraw":
        table.withdraw(actor, now=now)
    else:
        ending.end_negotiations(request=table.request, actor=None, now=now)


@pytest.mark.parametrize("state", list(NegotiationState))
def test_table(state: str) -> None:
    """One negotiation, on which everything is tried in turn and taken back."""
    table = make_talk(state)
    for action, side, late in product(sorted(NEGOTIATION.actions), Side, (False, True)):
        with taken_back():
            tried(table, state, action, side, late)
        table.talk.refresh_from_db()


def tried(table: Table, state: str, action: str, side: Side, late: bool) -> None:
    tried_what = (action, side, late)
    assert table.talk.state == state
    events = table.talk.events.count()
    turn = TURNS.get(NegotiationState(state)) == side
    own = {"refuse": Side.SELLER, "withdraw": Side.BUYER}.get(action)
    if action == "end":
        act(table, side, action, late)
        expected = "ended" if state in LIVE else state
    elif state not in LIVE:
        refused(
            InvalidMove if own in (None, side) or state == "ended" else DomainError,
            lambda: act(table, side, action, late),
        )
        expected = state
    elif own is not None and own != side:
        refused(NotAllowed, lambda: act(table, side, action, late))
        expected = state
    elif own == Side.SELLER and not turn and not late:
        refused(RuleBroken, lambda: act(table, side, action, late), "answer_awaited")
        expected = state
    elif own is None and not turn:
        refused(InvalidMove, lambda: act(table, side, action, late))
        expected = state
    else:
        act(table, side, action, late)
        expected = NEGOTIATION.table[(state, action)]
    table.talk.refresh_from_db()
    assert (tried_what, table.talk.state) == (tried_what, expected)
    assert (tried_what, table.talk.events.count()) == (tried_what, events + (expected != state))
    assert (tried_what, table.talk.closed_at is None) == (tried_what, expected in LIVE)
    balanced()


def test_silence_ends_at_the_hour_and_agrees_to_nothing() -> None:
    """24 hours in the city's rules of the test; a minute before, a department that has to negotiate still waits."""
    table = lone(Office())
    table.open()
    due = table.talk.due_at
    assert due == MONDAY + 25 * HOUR
    refused(RuleBroken, lambda: table.withdraw(table.officer, now=due - timedelta(minutes=1)), "answer_awaited")
    table.withdraw(table.officer, now=due)
    assert table.talk.state == "withdrawn"
    assert PurchaseRequest.objects.get(pk=table.request.pk).total == 1_010_000
    balanced()


@pytest.mark.parametrize("left", [timedelta(days=2, seconds=2), timedelta(hours=5), timedelta(minutes=2)])
def test_no_answer_is_waited_for_longer_than_half_of_the_hold(left: timedelta) -> None:
    """Whoever has to negotiate can still go on after the seller's silence."""
    table = lone(Office())
    at = table.request.held_until - left
    table.open(now=at)
    assert table.talk.due_at == at + min(left / 2, DAY)
    table.withdraw(table.officer, now=table.talk.due_at)
    assert table.approve(now=table.talk.closed_at).state == "approved"


def test_a_department_that_need_not_negotiate_takes_back_its_offer() -> None:
    table = make_talk()
    table.withdraw(table.officer, now=LATER)
    assert table.talk.state == "withdrawn"
    refused(InvalidMove, lambda: table.accept(table.shopkeeper, now=LATER))
    assert table.approve(now=LATER).total == 1_010_000


@pytest.mark.parametrize("state", ["draft", "sent_back", "approved", "ordered", "rejected", "withdrawn", "lapsed"])
def test_only_a_request_before_its_approver_is_negotiated(state: str) -> None:
    from tests.factories import umkm as make
    from tests.factories.procurement import Office, make_request

    office, goods = Office(), make.make_product(price=100_000)
    request = make_request(office, [(goods, 10)], state=state)
    table = Table(office, request, goods)
    terms = table.terms()
    with pytest.raises(DomainError):
        table.open(terms)
    assert not Negotiation.objects.exists()
