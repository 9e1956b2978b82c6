"""Every state of a remedy × every act, and the same asked by two at once."""

from collections.abc import Callable
from typing import Any

import pytest

from epeken.core.errors import InvalidMove, NotAllowed
from epeken.users.models import User
from orders.deliveries import services as deliveries
from orders.disputes import services as disputes
from orders.orders.models import Order
from orders.orders.states import OrderState
from orders.remedies import services
from orders.remedies.models import Remedy
from orders.remedies.states import RemedyState
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR
from tests.factories.remedies import NOW
from tests.orders.books import refused
from tests.orders.remedies.test_deductions import audited
from tests.orders.test_races import together
from tests.undo import taken_back

pytestmark = pytest.mark.django_db
LATER = NOW + 20 * DAY


def to_owed(office: make.Office, citizen: User) -> Remedy:
    order = make.cleared(office, mend.issued(office))
    mend.decided(order, office.receiver, mend.replacement(order, 3))
    return mend.remedy_of(order)


def to_sent(office: make.Office, citizen: User) -> Remedy:
    remedy = to_owed(office, citizen)
    mend.sent(remedy)
    return Remedy.objects.get(pk=remedy.pk)


def to_came(office: make.Office, citizen: User) -> Remedy:
    remedy = to_owed(office, citizen)
    mend.handed_over(mend.sent(remedy), office.receiver, accept=3)
    return Remedy.objects.get(pk=remedy.pk)


def to_refund(citizen: User) -> Remedy:
    order = mend.bought(citizen)
    mend.decided(order, citizen, mend.refund(order, 10_000))
    return mend.remedy_of(order)


def to_recorded(office: make.Office, citizen: User) -> Remedy:
    return mend.returned(to_refund(citizen))


def to_contested(office: make.Office, citizen: User) -> Remedy:
    remedy = to_recorded(office, citizen)
    return services.contest(actor=citizen, remedy=remedy, objection="Belum", now=NOW + 3 * HOUR)


def to_confirmed(office: make.Office, citizen: User) -> Remedy:
    return services.confirm(actor=citizen, remedy=to_recorded(office, citizen), now=NOW + 3 * HOUR)


def to_assumed(office: make.Office, citizen: User) -> Remedy:
    return services.pass_due(remedy=to_recorded(office, citizen), now=LATER)


def to_upheld(office: make.Office, citizen: User) -> Remedy:
    remedy = to_contested(office, citizen)
    return services.rule(actor=mend.judge(), remedy=remedy, upheld=True, ruling="Baik", now=NOW + 4 * HOUR)


def to_unruled(office: make.Office, citizen: User) -> Remedy:
    return services.pass_on(remedy=to_contested(office, citizen), now=LATER)


def to_lapsed(office: make.Office, citizen: User) -> Remedy:
    return services.pass_due(remedy=to_owed(office, citizen), now=LATER)


def to_applied(office: make.Office, citizen: User) -> Remedy:
    order = make.cleared(office, mend.issued(office))
    mend.decided(order, office.receiver, mend.deduction(order, 10_000))
    return mend.remedy_of(order)


def to_counted(office: make.Office, citizen: User) -> Remedy:
    order = make.accepted(mend.issued(office))
    mend.handed_over(make.shipped(order), office.receiver, accept=6)
    mend.decided(order, make.member_of(order), mend.acceptance(order, 2), now=NOW + 4 * HOUR)
    return mend.remedy_of(order)


def to_refused(office: make.Office, citizen: User) -> Remedy:
    order = make.cleared(office, mend.issued(office))
    mend.decided(order, office.receiver, mend.refusal(order, 2))
    return mend.remedy_of(order)


def to_overdue(office: make.Office, citizen: User) -> Remedy:
    return services.pass_due(remedy=to_refund(citizen), now=LATER)


def to_void(office: make.Office, citizen: User) -> Remedy:
    order = make.accepted(mend.issued(office))
    delivery = make.arrived(make.shipped(order), office.receiver)
    mend.decided(order, office.receiver, mend.deduction(order, 10_000))
    make.inspected(delivery, office.receiver, accept=0, now=NOW + 2 * HOUR)
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=NOW + 3 * HOUR)
    return mend.remedy_of(order)


STATES: dict[str, Callable[[make.Office, User], Remedy]] = {
    RemedyState.OWED: to_owed,
    RemedyState.SENT: to_sent,
    RemedyState.CAME: to_came,
    RemedyState.RECORDED: to_recorded,
    RemedyState.CONTESTED: to_contested,
    RemedyState.CONFIRMED: to_confirmed,
    RemedyState.ASSUMED: to_assumed,
    RemedyState.UPHELD: to_upheld,
    RemedyState.UNRULED: to_unruled,
    RemedyState.LAPSED: to_lapsed,
    RemedyState.APPLIED: to_applied,
    RemedyState.COUNTED: to_counted,
    RemedyState.REFUSED: to_refused,
    RemedyState.OVERDUE: to_overdue,
    RemedyState.VOID: to_void,
}
ALLOWED = {
    (RemedyState.OWED, "send"),
    (RemedyState.OWED, "pass_due"),
    (RemedyState.OVERDUE, "record"),
    (RemedyState.RECORDED, "confirm"),
    (RemedyState.RECORDED, "contest"),
    (RemedyState.RECORDED, "pass_due"),
    (RemedyState.CONTESTED, "rule"),
    (RemedyState.CONTESTED, "pass_on"),
}


def acts(remedy: Remedy, office: make.Office, citizen: User) -> dict[str, Callable[[], Any]]:
    now = NOW + 5 * HOUR
    buyer = office.receiver if remedy.order.agency_id else citizen
    return {
        "send": lambda: mend.sent(remedy, now=now),
        "record": lambda: mend.returned(remedy, now=now),
        "confirm": lambda: services.confirm(actor=buyer, remedy=remedy, now=now),
        "contest": lambda: services.contest(actor=buyer, remedy=remedy, objection="Tidak", now=now),
        "rule": lambda: services.rule(actor=mend.judge(), remedy=remedy, upheld=True, ruling="Ya", now=now),
        "pass_due": lambda: services.pass_due(remedy=remedy, now=LATER),
        "pass_on": lambda: services.pass_on(remedy=remedy, now=LATER),
    }


def test_every_state_is_reached() -> None:
    assert set(STATES) == set(RemedyState)


@pytest.mark.parametrize("state", STATES)
def test_state_and_act(state: str, citizen: User) -> None:
    """One remedy, on which every act is tried in turn and taken back."""
    office = make.make_office()
    made = STATES[state](office, citizen)
    for act in ("send", "record", "confirm", "contest", "rule", "pass_due", "pass_on"):
        with taken_back():
            remedy = Remedy.objects.get(pk=made.pk)
            assert remedy.state == state
            tried(remedy, act, acts(remedy, office, citizen)[act])
            audited()


def tried(remedy: Remedy, act: str, do: Callable[[], Any]) -> None:
    if (remedy.state, act) in ALLOWED:
        do()
        return
    judge = mend.judge()
    if act == "rule":
        do = lambda: services.rule(actor=judge, remedy=remedy, upheld=True, ruling="Ya", now=LATER)  # noqa: E731
    # A department's receiver confirms no money, which goes back to a person only.
    refused((InvalidMove, NotAllowed) if remedy.order.agency_id else InvalidMove, do)


@pytest.mark.django_db(transaction=True)
def test_two_at_once() -> None:
    """Two officers decide; the buyer confirms and contests; the sweep runs beside the seller: one of two each."""
    office = make.make_office()
    order = make.cleared(office, mend.issued(office))
    dispute = mend.opened(order, office.receiver)
    judges = [mend.judge(), mend.judge()]
    said = together([
        lambda judge=judge: disputes.decide_dispute(
            actor=judge, dispute=dispute, decision="x", given=mend.deduction(order, 700_000), now=NOW + HOUR
        )
        for judge in judges
    ])  # fmt: skip
    assert said == {"ok": 1, "invalid_move": 1}
    assert make.invoice_of(order).gross == 300_000

    order = make.cleared(office, mend.issued(office))
    dispute = mend.opened(order, office.receiver)
    said = together([
        lambda judge=judge: disputes.decide_dispute(
            actor=judge, dispute=dispute, decision="x", given=mend.refusal(order, None), now=NOW + HOUR
        )
        for judge in judges
    ])  # fmt: skip
    assert said == {"ok": 1, "invalid_move": 1}
    assert Order.objects.get(pk=order.pk).state == OrderState.CLOSED

    citizen = goods.make_user()
    remedy = to_recorded(office, citizen)
    said = together([
        lambda: services.confirm(actor=citizen, remedy=remedy, now=NOW + 3 * HOUR),
        lambda: services.contest(actor=citizen, remedy=remedy, objection="Belum", now=NOW + 3 * HOUR),
        lambda: services.pass_due(remedy=remedy, now=LATER),
    ])  # fmt: skip
    assert said == {"ok": 1, "invalid_move": 2}

    owed = to_owed(office, office.receiver)
    assert owed.due_at is not None
    seller = make.member_of(owed.order)
    at = owed.due_at
    said = together([
        lambda: mend.sent(owed, actor=seller, now=at - HOUR),
        lambda: mend.sent(owed, actor=seller, now=at - HOUR),
        lambda: services.pass_due(remedy=owed, now=at),
    ])  # fmt: skip
    assert said == {"ok": 1, "invalid_move": 2}
    audited()


@pytest.mark.django_db(transaction=True)
def test_a_payment_beside_a_dispute() -> None:
    """Either it is paid and nothing is left to deduct, or the dispute stops the payment: never both."""
    office = make.make_office()
    for turn in range(4):
        order = make.cleared(office, mend.issued(office))
        judge = mend.judge()

        def complain(order: Order = order, judge: User = judge) -> None:
            mend.decided(order, office.receiver, mend.deduction(order, 400_000), by=judge)

        def pay(order: Order = order, turn: int = turn) -> None:
            make.pay(office, order, reference=f"SP2D-{turn}", now=NOW + HOUR)

        assert "ok" in together([complain, pay])
        invoice = make.invoice_of(order)
        assert (invoice.paid, invoice.gross) in ((1_000_000, 1_000_000), (0, 600_000))
    audited()
