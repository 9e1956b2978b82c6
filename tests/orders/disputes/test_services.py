"""Opened by one side, answered by the other, settled or decided; clocks stand still meanwhile."""

from datetime import timedelta
from decimal import Decimal

import pytest

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.notifications.models import Notification
from epeken.users.models import User
from orders.deliveries import services as deliveries
from orders.disputes import rules
from orders.disputes import services as disputes
from orders.disputes.models import Dispute
from orders.disputes.states import DisputeState
from orders.orders.models import Order
from orders.orders.next_step import Task, Turn, steps_of
from orders.orders.pages.steps import delivery_steps
from procurement.agencies.states import OfficerRole
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.orders.books import refused

pytestmark = pytest.mark.django_db
NOW = MONDAY + 2 * DAY


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@pytest.fixture
def order(office: make.Office) -> Order:
    """Arrived, not inspected."""
    order = make.accepted(make.make_issued(office))
    make.arrived(make.shipped(order), office.receiver)
    return order


@pytest.fixture
def dispute(order: Order, office: make.Office) -> Dispute:
    return disputes.open_dispute(actor=office.receiver, order=order, complaint="Tiga kotak basi", now=NOW)


def told(kind: str) -> set[int]:
    return set(Notification.objects.filter(kind=kind).values_list("person", flat=True))


def test_opening_tells_the_others(dispute: Dispute, office: make.Office) -> None:
    assert dispute.state == DisputeState.OPENED
    day = make.local(NOW)
    assert clock.last_day(dispute.due_at) == clock.add_working_days(day, rules.ANSWER.on(day))
    assert told("dispute.opened") == {make.member_of(dispute.order).pk}
    assert told("dispute.seller_asked") == {office.pp.pk, office.requester.pk}


def test_a_sellers_complaint_asks_the_department(order: Order, office: make.Office) -> None:
    seller, colleague = make.member_of(order), goods.make_user()
    goods.make_member(order.seller, colleague)
    dispute = disputes.open_dispute(actor=seller, order=order, complaint="Alamatnya salah", now=NOW)
    assert told("dispute.opened") == {office.pp.pk, office.requester.pk, office.receiver.pk}
    assert told("dispute.buyer_asked") == {colleague.pk}
    disputes.decide_dispute(actor=seller, dispute=dispute, decision="Sudah beres", now=NOW + HOUR)
    asked = Notification.objects.unread().filter(kind__in=["dispute.opened", "dispute.buyer_asked"])
    assert not asked.exists()


def test_opening_wants_words(order: Order, office: make.Office) -> None:
    act = lambda: disputes.open_dispute(actor=office.receiver, order=order, complaint=" ", now=NOW)  # noqa: E731
    refused(RuleBroken, act, code="complaint_missing")


def test_one_at_a_time(dispute: Dispute, office: make.Office) -> None:
    act = lambda: disputes.open_dispute(  # noqa: E731
        actor=make.member_of(dispute.order), order=dispute.order, complaint="Tidak benar", now=NOW
    )
    refused(InvalidMove, act)


def test_not_before_arrival(office: make.Office) -> None:
    order = make.accepted(make.make_issued(office))
    act = lambda: disputes.open_dispute(actor=office.receiver, order=order, complaint="x", now=NOW)  # noqa: E731
    refused(InvalidMove, act)


def test_not_by_a_stranger(order: Order) -> None:
    person = goods.make_user()
    refused(NotAllowed, lambda: disputes.open_dispute(actor=person, order=order, complaint="x", now=NOW))


def test_the_other_side_answers(dispute: Dispute, office: make.Office) -> None:
    seller = make.member_of(dispute.order)
    refused(NotAllowed, lambda: disputes.answer_dispute(actor=office.receiver, dispute=dispute, answer="x", now=NOW))
    disputes.answer_dispute(actor=seller, dispute=dispute, answer="Kami ganti", now=NOW + HOUR)
    dispute.refresh_from_db()
    assert (dispute.state, dispute.answer) == (DisputeState.ANSWERED, "Kami ganti")
    assert Notification.objects.filter(kind="dispute.answered", person=office.receiver).exists()
    refused(InvalidMove, lambda: disputes.answer_dispute(actor=seller, dispute=dispute, answer="x", now=NOW + HOUR))


def test_a_sellers_dispute_is_answered_by_the_department(order: Order, office: make.Office) -> None:
    seller = make.member_of(order)
    dispute = disputes.open_dispute(actor=seller, order=order, complaint="Semua baik", now=NOW)
    refused(NotAllowed, lambda: disputes.answer_dispute(actor=seller, dispute=dispute, answer="x", now=NOW))
    disputes.answer_dispute(actor=office.receiver, dispute=dispute, answer="Kami hitung ulang", now=NOW)


def test_the_opener_settles(dispute: Dispute, office: make.Office) -> None:
    refused(
        NotAllowed,
        lambda: disputes.decide_dispute(
            actor=make.member_of(dispute.order), dispute=dispute, decision="x", now=NOW + DAY
        ),
    )
    disputes.decide_dispute(actor=office.receiver, dispute=dispute, decision="Diganti", now=NOW + DAY)
    dispute.refresh_from_db()
    assert (dispute.state, dispute.decision) == (DisputeState.DECIDED, "Diganti")


def test_a_city_officer_decides(dispute: Dispute) -> None:
    officer = goods.make_staff("orders.decide_dispute")
    disputes.decide_dispute(actor=officer, dispute=dispute, decision="Diterima tujuh", now=NOW + DAY)
    assert Notification.objects.filter(kind="dispute.decided").count() == 4


@pytest.mark.parametrize("how", goods.TIES)
def test_a_party_does_not_decide_as_officer(order: Order, office: make.Office, how: str) -> None:
    dispute = disputes.open_dispute(actor=office.receiver, order=order, complaint="x", now=NOW)
    officer = goods.make_staff("orders.decide_dispute")
    goods.tie(officer, order.seller, how)
    act = lambda: disputes.decide_dispute(actor=officer, dispute=dispute, decision="x", now=NOW)  # noqa: E731
    refused(NotAllowed, act)


def test_the_payment_clock_gets_its_days_back(office: make.Office) -> None:
    order = make.taken_over(office, make.make_issued(office))
    due = clock.last_day(make.invoice_of(order).due_at)
    dispute = disputes.open_dispute(actor=office.receiver, order=order, complaint="Dua penyok", now=NOW)
    disputes.decide_dispute(actor=office.receiver, dispute=dispute, decision="Diganti", now=NOW + 2 * DAY)
    assert clock.last_day(make.invoice_of(order).due_at) == clock.add_working_days(due, 2)


def test_goods_that_come_meanwhile_are_counted_and_lose_no_time(office: make.Office) -> None:
    """A dispute about the first delivery stops the clock of the second from its arrival on, not from the opening."""
    order = make.accepted(make.make_issued(office, goods.make_product(price=1_000, on_hand=50)))
    (line,) = order.lines.all()
    make.arrived(make.shipped(order, sent={line.pk: Decimal(4)}), office.receiver)
    second = make.shipped(order, key="b" * 32)
    dispute = disputes.open_dispute(actor=office.receiver, order=order, complaint="Basah", now=NOW)
    steps = delivery_steps(office.receiver, Order.objects.get(pk=order.pk), NOW + DAY)
    assert steps[second.pk].arrive and not steps[second.pk].sign
    for person in (office.requester, office.pp, make.member_of(order)):
        assert not delivery_steps(person, Order.objects.get(pk=order.pk), NOW + DAY)[second.pk].arrive
    make.arrived(second, office.receiver, now=NOW + DAY)
    second.refresh_from_db()
    assert second.due_at is not None
    due = second.due_at
    disputes.decide_dispute(actor=office.receiver, dispute=dispute, decision="Diganti", now=NOW + DAY + HOUR)
    second.refresh_from_db()
    assert second.due_at == due + HOUR


def test_a_person_reports_no_arrival_while_a_dispute_is_undecided(citizen: User) -> None:
    """Their inspection is the handover, and waits."""
    product = goods.make_product(price=1_000, on_hand=50)
    (order,) = make.place(citizen, (product, 5))
    make.accepted(order)
    first = make.shipped(order, sent={order.lines.get().pk: Decimal(2)})
    make.shipped(order, key="b" * 32)
    deliveries.confirm_received(actor=citizen, delivery=first, now=NOW)
    disputes.open_dispute(actor=citizen, order=order, complaint="Kurang", now=NOW)
    found = delivery_steps(citizen, Order.objects.get(pk=order.pk), NOW)
    assert not any(steps.arrive or steps.inspect or steps.confirm for steps in found.values())


# --- silence


def test_without_an_answer_it_passes_to_the_city(dispute: Dispute, office: make.Office) -> None:
    disputes.pass_overdue(now=dispute.due_at - timedelta.resolution)
    assert Dispute.objects.get().unanswered_at is None
    for _run in range(2):
        disputes.pass_overdue(now=dispute.due_at)
    found = Dispute.objects.get()
    assert (found.state, found.answer, found.unanswered_at) == (DisputeState.OPENED, "", dispute.due_at)
    day = make.local(dispute.due_at)
    assert found.decide_due_at == clock.due_after_working_days(dispute.due_at, rules.DECIDE.on(day))
    event = found.events.get(action="pass")
    assert (event.actor, event.acted_as) == (None, "")
    assert told("dispute.unanswered") == {
        make.member_of(found.order).pk,
        office.pp.pk,
        office.requester.pk,
        office.receiver.pk,
    }
    steps = [step for step in steps_of(found.order, dispute.due_at) if step.paused]
    assert [(step.who, step.what, step.due) for step in steps if step.who == Turn.CITY] == [
        (Turn.CITY, Task.DECIDE, found.decide_due_at)
    ]
    waits = Order.objects.in_step(Turn.CITY, Task.DECIDE, dispute.due_at)
    assert list(waits) == [found.order]
    assert not Order.objects.in_step(Turn.SELLER, Task.REPLY, dispute.due_at).exists()


def test_it_may_still_be_answered_and_is_decided_by_the_same_day(dispute: Dispute) -> None:
    disputes.pass_overdue(now=dispute.due_at)
    due = Dispute.objects.get().decide_due_at
    late = dispute.due_at + HOUR
    disputes.answer_dispute(actor=make.member_of(dispute.order), dispute=dispute, answer="Maaf, kami ganti", now=late)
    found = Dispute.objects.get()
    assert (found.state, found.decide_due_at) == (DisputeState.ANSWERED, due)
    refused(InvalidMove, lambda: disputes.pass_unanswered(dispute=found, now=late))


def test_an_answered_one_has_a_day_for_the_city(dispute: Dispute) -> None:
    disputes.answer_dispute(actor=make.member_of(dispute.order), dispute=dispute, answer="Kami ganti", now=NOW + HOUR)
    found = Dispute.objects.get()
    assert found.decide_due_at == clock.due_after_working_days(NOW, rules.DECIDE.on(make.local(NOW)))
    disputes.pass_overdue(now=dispute.due_at + 30 * DAY)
    assert Dispute.objects.get().unanswered_at is None


def test_another_receiver_settles_once_who_complained_is_gone(dispute: Dispute, office: make.Office) -> None:
    second = goods.make_user(name="Penerima Kedua")
    make.membership(office.agency, second, OfficerRole.RECEIVER)
    settle = lambda who: disputes.decide_dispute(actor=who, dispute=dispute, decision="Selesai", now=NOW + 2 * DAY)  # noqa: E731
    refused(NotAllowed, lambda: settle(second))
    ended = office.agency.members.filter(user=office.receiver, role=OfficerRole.RECEIVER)
    ended.update(valid_until=make.local(NOW + DAY))
    refused(NotAllowed, lambda: settle(office.treasurer))
    assert settle(second).state == DisputeState.DECIDED
