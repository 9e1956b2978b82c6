"""Every state of a proposed change × every act on it: what its table allows, the services do, and no more."""

from collections.abc import Callable
from typing import Any

import pytest

from epeken.core.errors import DomainError
from orders.addenda import services
from orders.addenda.models import Addendum
from orders.addenda.states import ADDENDUM, AddendumState
from orders.orders.models import Order
from tests.factories import addenda as changing
from tests.factories import orders as make
from tests.factories.addenda import LATER
from tests.factories.orders import HOUR
from tests.orders.books import balanced

pytestmark = pytest.mark.django_db
S = AddendumState
NOW = LATER + 3 * HOUR


def into(state: str, office: make.Office) -> Addendum:
    """A proposal of the department, brought to the state by the services."""
    order = make.accepted(make.make_issued(office))
    row, seller = changing.proposed(order, office.pp, quantity=8), make.member_of(order)
    common: dict[str, Any] = {"addendum": row, "now": LATER + 2 * HOUR}
    ways: dict[str, Callable[[], Any]] = {
        S.AGREED: lambda: services.agree_addendum(actor=seller, **common),
        S.REFUSED: lambda: services.refuse_addendum(actor=seller, note="Tidak", **common),
        S.WITHDRAWN: lambda: services.withdraw_addendum(actor=office.pp, **common),
        S.LAPSED: lambda: services.lapse_addendum(addendum=row, now=row.due_at),
        S.OVERTAKEN: lambda: make.shipped(order, now=LATER + 2 * HOUR),
    }
    ways.get(state, lambda: None)()
    return Addendum.objects.get(pk=row.pk)


ACTS: dict[str, Callable[[Addendum, make.Office], Any]] = {
    "agree": lambda row, o: services.agree_addendum(actor=make.member_of(row.order), addendum=row, now=NOW),
    "refuse": lambda row, o: services.refuse_addendum(
        actor=make.member_of(row.order), addendum=row, note="Tidak", now=NOW
    ),
    "withdraw": lambda row, o: services.withdraw_addendum(actor=o.pp, addendum=row, now=NOW),
    "lapse": lambda row, o: services.lapse_addendum(addendum=row, now=row.due_at),
    "overtake": lambda row, o: make.shipped(Order.objects.get(pk=row.order_id), now=NOW),
}


def test_every_state_and_act_is_here() -> None:
    assert set(ACTS) == ADDENDUM.actions
    assert set(S) == ADDENDUM.states


@pytest.mark.parametrize("action", sorted(ACTS))
@pytest.mark.parametrize("state", sorted(S))
def test_only_what_the_table_says(state: str, action: str) -> None:
    office = make.make_office()
    row = into(state, office)
    assert row.state == state
    events = row.events.count()
    if ADDENDUM.allows(state, action):
        ACTS[action](row, office)
        row.refresh_from_db()
        assert row.state == ADDENDUM.after(state, action)
        assert row.events.count() == events + 1
    else:
        if action == "overtake" and state != S.OVERTAKEN:  # the order goes on; the row is as it was
            ACTS[action](row, office)
        else:
            with pytest.raises(DomainError):
                ACTS[action](row, office)
        row.refresh_from_db()
        assert (row.state, row.events.count()) == (state, events)
    assert Addendum.objects.count() == 1
    assert (Order.objects.get(pk=row.order_id).amend_due_at is None) == (row.state != S.ASKED)
    balanced()


@pytest.mark.parametrize("stage", ["issued", "closed", "finished", "all_sent", "rest_closed"])
def test_only_what_is_accepted_and_not_all_sent_can_be_changed(stage: str) -> None:
    office = make.make_office()
    order = make.make_issued(office)
    if stage not in ("issued", "finished"):
        make.accepted(order)
    if stage == "all_sent":
        make.shipped(order)
    if stage == "finished":
        make.pay(office, make.cleared(office, order))
    if stage in ("closed", "rest_closed"):
        sent = {order.lines.get().pk: 4} if stage == "rest_closed" else None
        if sent:
            make.shipped(order, sent={pk: make.Decimal(n) for pk, n in sent.items()})
        from tests.factories import cancellations as cancelling

        row = cancelling.asked(order, office.pp)
        cancelling.services.consent(actor=make.member_of(order), cancellation=row, now=LATER + HOUR)
    with pytest.raises(DomainError):
        changing.proposed(order, office.pp, quantity=8, now=NOW)
    assert not Addendum.objects.exists()
