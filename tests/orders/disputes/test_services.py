"""Opened by one side, answered by the other, settled or decided; clocks stand still meanwhile."""

from datetime import timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.i18n.times import long_end
from epeken.notifications.models import Notification
from epeken.users.models import User
from orders.deliveries import services as deliveries
from orders.deliveries.states import DeliveryState
from orders.disputes import rules, terms
from orders.disputes import services as disputes
from orders.disputes.models import Dispute
from orders.disputes.states import DisputeOutcome, DisputeState
from orders.orders.models import Order
from orders.orders.next_step import Task, Turn, steps_of
from orders.orders.pages.steps import delivery_steps, steps_for
from procurement.agencies.querysets import INSPECT
from procurement.agencies.states import OfficerRole
from tests.factories import confirmations as confirming
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.books import refused
from tests.orders.pages import url

pytestmark = pytest.mark.django_db
NOW = MONDAY + 2 * DAY


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@pytest.fixture
@kept
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
    assert Notification.objects.filter(kind="dispute.settled").count() == 4


@pytest.mark.parametrize("how", goods.TIES)
def test_a_party_does_not_decide_as_officer(order: Order, office: make.Office, how: str) -> None:
    dispute = disputes.open_dispute(actor=office.receiver, order=order, complaint="x", now=NOW)
    officer = goods.make_staff("orders.decide_dispute")
    goods.tie(officer, order.seller, how)
    act = lambda: disputes.decide_dispute(actor=officer, dispute=dispute, decision="x", now=NOW)  # noqa: E731
    refused(NotAllowed, act)


def the_city(order: Order, office: make.Office, dispute: Dispute) -> None:
    decide(dispute, goods.make_staff("orders.decide_dispute"))


def the_department(order: Order, office: make.Office, dispute: Dispute) -> None:
    decide(dispute, office.receiver)


def an_offer(order: Order, office: make.Office, dispute: Dispute) -> None:
    offer = mend.deduction(order, 10_000)
    seller = make.member_of(order)
    disputes.answer_dispute(actor=seller, dispute=dispute, answer="Kami potong", offer=offer, now=NOW + HOUR)
    decide(dispute, office.receiver, offer)


def the_seller(order: Order, office: make.Office, dispute: Dispute) -> None:
    decide(dispute, make.member_of(order))


def decide(dispute: Dispute, actor: User, given: Any = terms.NOTHING) -> None:
    disputes.decide_dispute(actor=actor, dispute=dispute, decision="Selesai", given=given, now=NOW + 2 * DAY)


@pytest.mark.parametrize(
    ("by_seller", "end", "days"),
    [(False, the_city, 2), (False, an_offer, 2), (True, the_seller, 2), (False, the_department, 0)],
)
def test_the_payment_clock_gets_its_days_back(office: make.Office, by_seller: bool, end: Any, days: int) -> None:
    """Not by a complaint of the department that its own people end without a result: they owe the money."""
    order = make.taken_over(office, mend.issued(office))
    due = clock.last_day(make.invoice_of(order).due_at)
    opener = make.member_of(order) if by_seller else office.receiver
    dispute = disputes.open_dispute(actor=opener, order=order, complaint="Dua penyok", now=NOW)
    end(order, office, dispute)
    assert clock.last_day(make.invoice_of(order).due_at) == clock.add_working_days(due, days)


def test_silence_of_the_city_gives_the_department_no_time_to_pay(office: make.Office) -> None:
    order = make.taken_over(office, make.make_issued(office))
    due = make.invoice_of(order).due_at
    word = confirming.of_bast(order)
    dispute = disputes.open_dispute(actor=office.receiver, order=order, complaint="Dua penyok", now=NOW)
    found = answered(dispute, make.member_of(order))
    assert found.ends_at is not None
    disputes.pass_on_overdue(now=found.ends_at)
    assert make.invoice_of(order).due_at == due
    assert word.due_at is not None
    assert confirming.of_bast(order).due_at > word.due_at  # the seller's own time stood still


@pytest.mark.parametrize("by_seller", [False, True])
def test_who_owes_reads_that_the_days_count(office: make.Office, by_seller: bool) -> None:
    order = make.taken_over(office, make.make_issued(office))
    opener, other = office.receiver, make.member_of(order)
    if by_seller:
        opener, other = other, opener
    dispute = disputes.open_dispute(actor=opener, order=order, complaint="Dua penyok", now=NOW)
    words = "hari selama keluhan tetap dihitung sebagai waktu membayar"
    settle = unescape(signed_in(opener).get(url("dispute-settle", order.number)).content.decode())
    assert (words in settle) is not by_seller
    found = answered(dispute, other)
    for person in (opener, other):
        assert (words in page_of(person, found)) is not by_seller


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


# --- the silence of the city


@pytest.fixture
@kept
def city(office: make.Office) -> dict[str, User]:
    """Those who may decide, one of whom is tied to the shop, and the inspectorate."""
    return {
        "judge": goods.make_staff("orders.decide_dispute"),
        "inspector": goods.make_staff(INSPECT),
    }


def answered(dispute: Dispute, who: User, *, now: Any = NOW + HOUR) -> Dispute:
    disputes.answer_dispute(actor=who, dispute=dispute, answer="Kami kirim yang baik", now=now)
    return Dispute.objects.get(pk=dispute.pk)


def test_those_who_decide_hear_that_a_complaint_waits_for_them(
    order: Order, office: make.Office, city: dict[str, User]
) -> None:
    """Answered or not; of those who may decide only who is no party."""
    tied = goods.make_staff("orders.decide_dispute")
    goods.tie(tied, order.seller, goods.TIES[0])
    dispute = disputes.open_dispute(actor=office.receiver, order=order, complaint="Basi", now=NOW)
    assert told("dispute.to_decide") == set()
    disputes.pass_overdue(now=dispute.due_at)
    assert told("dispute.to_decide") == {city["judge"].pk}
    answered(dispute, make.member_of(order), now=dispute.due_at + HOUR)
    asked = Notification.objects.unread().filter(kind="dispute.to_decide")
    assert [line.person for line in asked] == [city["judge"]] * 2
    disputes.decide_dispute(actor=city["judge"], dispute=dispute, decision="Baik", now=dispute.due_at + 2 * HOUR)
    assert not asked.all().exists()


def test_not_decided_in_time_others_are_told_and_it_ends(
    dispute: Dispute, office: make.Office, city: dict[str, User]
) -> None:
    found = answered(dispute, make.member_of(dispute.order))
    day = make.local(NOW)
    assert found.decide_due_at is not None and found.ends_at is not None
    assert clock.last_day(found.ends_at) == clock.add_working_days(
        clock.last_day(found.decide_due_at), rules.SILENCE.on(day)
    )
    assert disputes.pass_on_overdue(now=found.decide_due_at - timedelta.resolution) == 0
    for _run in range(2):
        disputes.pass_on_overdue(now=found.decide_due_at)
    assert told("dispute.not_decided") == {city["judge"].pk}
    assert [event.action for event in found.events.order_by("sequence")] == ["create", "answer", "climb"]
    found.refresh_from_db()
    assert found.climbs_at is not None
    disputes.pass_on_overdue(now=found.climbs_at)
    above = {make.head_of(office).pk, city["inspector"].pk}
    assert told("dispute.not_decided") == {city["judge"].pk} | above
    assert disputes.pass_on_overdue(now=found.ends_at - timedelta.resolution) == 0
    assert Dispute.objects.get().is_undecided
    assert disputes.pass_on_overdue(now=found.ends_at) == 1
    ended = Dispute.objects.get()
    assert (ended.state, ended.outcome, ended.decision) == (DisputeState.LAPSED, DisputeOutcome.NOTHING, "")
    assert ended.decided_at == found.ends_at
    sides = {make.member_of(ended.order).pk, office.pp.pk, office.requester.pk, office.receiver.pk}
    assert told("dispute.lapsed") == sides | above | {city["judge"].pk}
    waits = ["dispute.to_decide", "dispute.not_decided", "dispute.opened", "dispute.seller_asked"]
    assert not Notification.objects.unread().filter(kind__in=waits, person=city["judge"]).exists()
    refused(
        InvalidMove,
        lambda: disputes.decide_dispute(actor=city["judge"], dispute=ended, decision="x", now=found.ends_at),
    )


def test_what_a_silent_end_lets_run_on(dispute: Dispute, office: make.Office) -> None:
    """The inspection has what was left of its time when the complaint was opened."""
    delivery = dispute.order.deliveries.get()
    left = delivery.due_at - NOW
    found = answered(dispute, make.member_of(dispute.order))
    assert found.ends_at is not None
    deliveries.accept_by_silence(now=found.ends_at)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.ARRIVED
    disputes.pass_on_overdue(now=found.ends_at)
    delivery.refresh_from_db()
    assert delivery.due_at == clock.moved(NOW + left, found.ends_at - NOW)
    deliveries.accept_by_silence(now=delivery.due_at)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.ACCEPTED


def test_a_sellers_complaint_stays_open_and_is_told_again_and_again(
    order: Order, office: make.Office, city: dict[str, User]
) -> None:
    """Ended, goods that are said to be bad would be paid by nobody."""
    seller = make.member_of(order)
    dispute = disputes.open_dispute(actor=seller, order=order, complaint="Semua baik", now=NOW)
    found = answered(dispute, office.receiver)
    assert found.ends_at is None
    for climbs in (1, 2, 3):
        assert found.climbs_at is not None
        assert disputes.pass_on_overdue(now=found.climbs_at) == 1
        found.refresh_from_db()
        assert (found.climbs, found.is_undecided) == (climbs, True)
    assert told("dispute.stays_open") == {city["judge"].pk, make.head_of(office).pk, city["inspector"].pk}
    assert not Notification.objects.filter(kind="dispute.not_decided").exists()
    disputes.decide_dispute(actor=seller, dispute=found, decision="Sudah dibayar", now=found.climbs_at)


def test_after_a_silent_end_the_department_does_not_stop_the_payment_again(office: make.Office) -> None:
    """Its seller may complain, and it may again once other goods came."""
    order = make.accepted(make.make_issued(office, goods.make_product(price=1_000, on_hand=50)))
    (line,) = order.lines.all()
    make.arrived(make.shipped(order, sent={line.pk: Decimal(4)}), office.receiver)
    dispute = disputes.open_dispute(actor=office.receiver, order=order, complaint="Basah", now=NOW)
    found = answered(dispute, make.member_of(order))
    assert found.ends_at is not None
    later = found.ends_at + HOUR
    disputes.pass_on_overdue(now=found.ends_at)
    complain = lambda who: disputes.open_dispute(  # noqa: E731
        actor=who, order=Order.objects.get(pk=order.pk), complaint="Masih basah", now=later + 2 * HOUR
    )
    for person in (office.receiver, office.requester):
        refused(InvalidMove, lambda person=person: complain(person))
        assert not steps_for(person, Order.objects.get(pk=order.pk), None, later).complain
    again = complain(make.member_of(order))
    disputes.decide_dispute(actor=make.member_of(order), dispute=again, decision="Beres", now=later + 2 * HOUR)
    refused(InvalidMove, lambda: complain(office.receiver))
    make.arrived(make.shipped(order, key="b" * 32, now=later), office.receiver, now=later + HOUR)
    assert complain(office.receiver).is_undecided


def test_a_person_may_complain_again_after_a_silent_end(citizen: User) -> None:
    (order,) = make.place(citizen, (goods.make_product(price=1_000, on_hand=50), 5))
    make.accepted(order)
    delivery = make.shipped(order)
    deliveries.confirm_received(actor=citizen, delivery=delivery, now=NOW)
    dispute = disputes.open_dispute(actor=citizen, order=order, complaint="Kurang", now=NOW)
    found = answered(dispute, make.member_of(order))
    assert found.ends_at is not None
    disputes.pass_on_overdue(now=found.ends_at)
    disputes.open_dispute(actor=citizen, order=order, complaint="Masih kurang", now=found.ends_at)


def page_of(person: User, dispute: Dispute) -> str:
    return unescape(signed_in(person).get(url("order-detail", dispute.order.number)).content.decode())


def test_both_sides_read_what_silence_comes_to(dispute: Dispute, office: make.Office) -> None:
    found = answered(dispute, make.member_of(dispute.order))
    assert found.decide_due_at is not None and found.ends_at is not None
    for person in (office.receiver, make.member_of(dispute.order)):
        page = page_of(person, dispute)
        assert f"Batas putusannya {long_end(found.decide_due_at)}. Bila lewat, petugas kota, kepala dinas" in page
        assert f"Bila sampai {long_end(found.ends_at)} tetap tidak diputus" in page
    disputes.pass_on_overdue(now=found.ends_at)
    for person in (office.receiver, make.member_of(dispute.order)):
        page = page_of(person, dispute)
        assert "Keluhan berakhir tanpa putusan" in page
        assert "Tidak diputus sampai batas" in page
