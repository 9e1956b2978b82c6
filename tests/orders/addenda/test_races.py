"""Two at once, on real threads: what is proposed is agreed once, and never beside what was sent or cancelled."""

from decimal import Decimal

import pytest

from orders.addenda import services
from orders.addenda.models import Addendum
from orders.addenda.states import AddendumState
from orders.orders.models import Order
from tests.factories import addenda as changing
from tests.factories import cancellations as cancelling
from tests.factories import orders as make
from tests.factories.addenda import LATER
from tests.factories.orders import HOUR
from tests.orders.books import balanced
from tests.racing import together

pytestmark = pytest.mark.django_db(transaction=True)
NOW = LATER + 2 * HOUR


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@pytest.fixture
def order(office: make.Office) -> Order:
    return make.accepted(make.make_issued(office))


def test_two_proposals_at_once(order: Order, office: make.Office) -> None:
    propose = lambda: changing.proposed(order, office.pp, quantity=8, now=NOW)  # noqa: E731
    other = lambda: changing.proposed(order, make.member_of(order), quantity=9, now=NOW)  # noqa: E731
    assert together([propose, other, propose, other]) == {"ok": 1, "invalid_move": 3}
    assert Addendum.objects.count() == 1


def test_two_browsers_agree_and_one_takes_back(order: Order, office: make.Office) -> None:
    row, seller = changing.proposed(order, office.pp, quantity=8), make.member_of(order)
    agree = lambda: services.agree_addendum(actor=seller, addendum=row, now=NOW)  # noqa: E731
    said = together([agree, agree, lambda: services.withdraw_addendum(actor=office.pp, addendum=row, now=NOW)])
    assert said == {"ok": 1, "invalid_move": 2}
    order.refresh_from_db()
    row.refresh_from_db()
    assert order.total == (825_000 if row.state == AddendumState.AGREED else 1_025_000)
    balanced()


def test_agreeing_and_sending(order: Order, office: make.Office) -> None:
    """Ten leave before the change to eight, or eight after it; never ten of an order of eight."""
    row, seller = changing.proposed(order, office.pp, quantity=8), make.member_of(order)
    together(
        [
            lambda: services.agree_addendum(actor=seller, addendum=row, now=NOW),
            lambda: make.shipped(order, now=NOW),
        ]
    )
    row.refresh_from_db()
    sent = order.lines.get().sent_quantity
    assert sent == Decimal(8 if row.state == AddendumState.AGREED else 10)
    balanced()


def test_agreeing_and_cancelling(order: Order, office: make.Office) -> None:
    row, seller = changing.proposed(order, office.pp, quantity=8), make.member_of(order)
    asked = cancelling.asked(order, seller, now=NOW)
    together(
        [
            lambda: services.agree_addendum(actor=seller, addendum=row, now=NOW),
            lambda: cancelling.services.consent(actor=office.pp, cancellation=asked, now=NOW),
        ]
    )
    row.refresh_from_db()
    assert row.state == AddendumState.OVERTAKEN
    balanced()


def test_two_orders_take_the_last_room_of_one_budget_line() -> None:
    office = make.make_office(pagu=2_150_000)
    orders = [make.accepted(make.make_issued(office)) for _n in range(2)]
    rows = [changing.proposed(order, office.pp, quantity=11) for order in orders]
    agree = [lambda row=row: changing.agreed(row, now=NOW) for row in rows]  # type: ignore[misc]
    assert together(agree) == {"ok": 1, "budget_short": 1}
    balanced()
