"""Two at once, on real threads: what was not sent is cancelled once, or sent, and never both."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from orders.cancellations import services
from orders.cancellations.models import Cancellation
from orders.cancellations.states import CancellationState
from orders.deliveries.models import Delivery
from orders.orders.models import Order
from orders.orders.services import completion
from orders.orders.states import OrderState
from tests.factories import cancellations as cancelling
from tests.factories import orders as make
from tests.factories.cancellations import LATER
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.orders.books import balanced
from tests.racing import together
from umkm.owners.models import TurnoverEntry, TurnoverMonth

pytestmark = pytest.mark.django_db(transaction=True)
NOW = LATER + 2 * HOUR


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@pytest.fixture
def order(office: make.Office) -> Order:
    return make.accepted(make.make_issued(office))


def closed_once(order: Order, office: make.Office) -> None:
    order.refresh_from_db()
    assert order.state == OrderState.CLOSED
    assert order.events.filter(action="close").count() == 1
    office.line.refresh_from_db()
    product = order.lines.get().product
    assert (office.line.committed, product.on_hand, product.held) == (0, 100, 0)


def test_consent_and_shipment(order: Order, office: make.Office) -> None:
    row, seller = cancelling.asked(order, office.pp), make.member_of(order)
    consent = lambda: services.consent(actor=seller, cancellation=row, now=NOW)  # noqa: E731
    ship = lambda: make.shipped(order, now=NOW)  # noqa: E731
    said = together([consent, ship, consent, ship])
    assert said == {"ok": 1, "invalid_move": 3}
    row.refresh_from_db()
    if row.state == CancellationState.CONSENTED:
        closed_once(order, office)
        assert not Delivery.objects.exists()
    else:
        assert row.state == CancellationState.OVERTAKEN
        assert Delivery.objects.count() == 1
    balanced()


def test_the_rest_is_given_up_once(order: Order, office: make.Office) -> None:
    """Two browsers of the seller, and the other way to end it: goods and room come back once."""
    make.shipped(order, sent={order.lines.get().pk: Decimal(4)}, now=LATER)
    row, seller, product = cancelling.asked(order, office.pp), make.member_of(order), order.lines.get().product
    consent = lambda: services.consent(actor=seller, cancellation=row, now=NOW)  # noqa: E731
    close = lambda: completion.close_rest(actor=office.pp, order=order, note="Cukup", now=MONDAY + 11 * DAY)  # noqa: E731
    said = together([consent, consent, close, close, consent])
    assert said == {"ok": 1, "invalid_move": 4}
    product.refresh_from_db()
    assert (product.on_hand, product.held) == (96, 4)
    given_back = TurnoverEntry.objects.filter(reference=order.number, kind=TurnoverEntry.Kind.RELEASE)
    assert [entry.used_delta for entry in given_back] == [-600_000]
    assert TurnoverMonth.objects.get().used == 425_000
    balanced()


def test_asking_and_shipment(order: Order, office: make.Office) -> None:
    """Whichever comes first, nothing waits for an answer about goods that are on their way."""
    together([lambda: cancelling.asked(order, office.pp, now=NOW), lambda: make.shipped(order, now=NOW)])
    assert Delivery.objects.count() == 1
    assert not Cancellation.objects.waiting().exists()
    balanced()


def test_withdrawal_and_consent(order: Order, office: make.Office) -> None:
    row, seller = cancelling.asked(order, office.pp), make.member_of(order)
    said = together(
        [
            lambda: services.consent(actor=seller, cancellation=row, now=NOW),
            lambda: services.withdraw_cancellation(actor=office.pp, cancellation=row, now=NOW),
            lambda: services.refuse(actor=seller, cancellation=row, note="Tidak", now=NOW),
        ]
    )
    assert said == {"ok": 1, "invalid_move": 2}
    row.refresh_from_db()
    if row.state == CancellationState.CONSENTED:
        closed_once(order, office)
    else:
        order.refresh_from_db()
        assert order.state == OrderState.ACCEPTED
    balanced()


def test_two_officers_and_the_seller_over_one_claim(order: Order, office: make.Office) -> None:
    """One agrees, one keeps the order, the seller lowers the claim: one truth, and nobody agrees to another amount."""
    row = cancelling.claimed(cancelling.asked(order, office.pp))

    def agree(actor: Any) -> Callable[[], Any]:
        return lambda: services.agree_claim(actor=actor, cancellation=row, amount=250_000, note="Wajar", now=NOW)

    acts: list[Any] = [
        agree(office.pp),
        agree(office.ppk),
        lambda: services.withdraw_cancellation(actor=office.ppk, cancellation=row, note="Perlu", now=NOW),
        lambda: cancelling.claimed(row, amount=100_000, now=NOW),
    ]
    said = together(acts)
    row.refresh_from_db()
    if row.state == CancellationState.AGREED:
        assert (row.claimed, row.events.filter(action="agree").count()) == (250_000, 1)
        closed_once(order, office)
    else:
        assert row.state == CancellationState.WITHDRAWN
        order.refresh_from_db()
        assert order.state == OrderState.ACCEPTED
    assert set(said) <= {"ok", "invalid_move", "claim_changed"}
    balanced()


def test_both_sides_and_every_browser_ask_at_once(order: Order, office: make.Office) -> None:
    seller = make.member_of(order)
    said = together([lambda a=a: cancelling.asked(order, a, now=NOW) for a in (office.pp, office.ppk, seller) * 2])
    assert said == {"ok": 1, "invalid_move": 5}
    assert Cancellation.objects.count() == 1


def test_silence_and_an_answer(order: Order, office: make.Office) -> None:
    row, seller = cancelling.asked(order, office.pp), make.member_of(order)
    due = row.due_at
    together(
        [
            lambda: services.consent(actor=seller, cancellation=row, now=due - HOUR),
            lambda: services.lapse_overdue(now=due),
            lambda: services.lapse_overdue(now=due),
        ]
    )
    row.refresh_from_db()
    assert row.state in (CancellationState.CONSENTED, CancellationState.LAPSED)
    assert row.events.count() == 2
    balanced()


def test_two_officers_cancel_in_one_step_once(office: make.Office) -> None:
    order = make.make_issued(office)
    said = together([lambda a=a: cancelling.cancelled(order, a) for a in (office.pp, office.ppk) * 2])
    assert said == {"ok": 1, "invalid_move": 3}
    closed_once(order, office)
    assert Cancellation.objects.count() == 1
    balanced()
