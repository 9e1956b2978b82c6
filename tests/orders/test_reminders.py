"""Whoever must act hears of an end once before it comes: in time, of the right end, and not when there is no need."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from epeken.core.errors import InvalidMove
from epeken.core.reminders import AHEAD, SHORT
from epeken.notifications.models import Notification
from epeken.notifications.rendering import render
from orders.cancellations import services as cancellations
from orders.disputes import services as disputes
from orders.orders.models import Order
from orders.orders.services import agreement
from orders.orders.services import reminders as order_reminders
from orders.remedies import services as remedies
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions
from procurement.requests.services import reminders as request_reminders
from tests.factories import addenda as changing
from tests.factories import cancellations as cancelling
from tests.factories import confirmations as word
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import umkm as goods
from tests.factories.orders import HOUR, MONDAY
from tests.factories.procurement import Office, make_request
from tests.factories.rules import set_rule
from tests.orders.books import refused
from umkm.catalogue.models import Product
from umkm.catalogue.states import FoodKind, Keeps

pytestmark = pytest.mark.django_db

LONG, SOON = timedelta(hours=20), timedelta(hours=2)
TICK = timedelta.resolution
# The row, the fields of its begin and end, the notice, who hears of it, and the act that makes it needless.
Case = tuple[Any, str, str, str, set[Any], Callable[[], Any]]


@pytest.fixture(autouse=True)
def _dated_rules(db: None) -> None:
    for rule, ahead in ((AHEAD, LONG), (SHORT, SOON)):
        set_rule(rule.code, ahead // HOUR)


def a_decision() -> Case:
    office = Office()
    row = make_request(office, state="submitted")
    send_back = lambda: decisions.send_back_request(actor=office.pp, request=row, note="Ubah", now=MONDAY + HOUR)  # noqa: E731
    return row, "submitted_at", "due_at", "request.decision_near", {office.pp}, send_back


def a_hold() -> Case:
    office = Office()
    row = make_request(office, state="approved")
    issue = lambda: decisions.withdraw_request(actor=office.requester, request=row, now=MONDAY + 2 * HOUR)  # noqa: E731
    return row, "submitted_at", "held_until", "request.hold_near", {office.pp, office.requester}, issue


def an_answer() -> Case:
    office = make.make_office()
    row = make.make_issued(office)
    return row, "placed_at", "answer_due_at", "order.answer_near", {make.member_of(row)}, lambda: make.accepted(row)


def an_inspection() -> Case:
    office = make.make_office()
    row = make.arrived(make.shipped(make.accepted(make.make_issued(office))), office.receiver)
    row.refresh_from_db()
    people = {office.requester, office.pp, office.receiver}
    inspect = lambda: make.inspected(row, office.receiver)  # noqa: E731
    return row, "arrived_at", "due_at", "delivery.inspect_near", people, inspect


def a_payment() -> Case:
    office = make.make_office()
    order = make.make_issued(office)
    make.taken_over(office, order)
    word.confirmed(word.of_bast(order))
    row = make.invoice_of(order)

    def pay() -> None:
        make.clear(office, row, MONDAY + 48 * HOUR)
        make.pay(office, order)

    return row, "issued_at", "due_at", "invoice.pay_near", {office.treasurer}, pay


def a_release() -> Case:
    office = make.make_office()
    row = cancelling.asked(make.accepted(make.make_issued(office)), office.pp)
    seller = make.member_of(row.order)
    refuse = lambda: cancellations.refuse(  # noqa: E731
        actor=seller, cancellation=row, note="Sudah dimasak", now=row.due_at - HOUR
    )
    return row, "waits_since", "due_at", "cancellation.near", {seller}, refuse


def a_claim() -> Case:
    office = make.make_office()
    row = cancelling.claimed(cancelling.asked(make.accepted(make.make_issued(office)), office.pp))
    keep = lambda: cancellations.withdraw_cancellation(  # noqa: E731
        actor=office.ppk, cancellation=row, note="Perlu", now=row.due_at - HOUR
    )
    return row, "waits_since", "due_at", "cancellation.near", {office.pp, office.ppk, office.requester}, keep


def a_change() -> Case:
    office = make.make_office()
    row = changing.proposed(make.accepted(make.make_issued(office)), office.pp, quantity=8)
    seller = make.member_of(row.order)
    agree = lambda: changing.agreed(row, now=row.due_at - HOUR)  # noqa: E731
    return row, "asked_at", "due_at", "addendum.near", {seller}, agree


def a_reply() -> Case:
    office = make.make_office()
    delivery = make.arrived(make.shipped(make.accepted(make.make_issued(office))), office.receiver)
    row = disputes.open_dispute(actor=office.receiver, order=delivery.order, complaint="Basi", now=MONDAY + 48 * HOUR)
    seller = make.member_of(row.order)
    reply = lambda: disputes.answer_dispute(actor=seller, dispute=row, answer="Diganti", now=row.due_at - HOUR)  # noqa: E731
    return row, "opened_at", "due_at", "dispute.answer_near", {seller}, reply


def a_verdict() -> Case:
    row, *_rest, reply = a_reply()
    judge = mend.judge()
    reply()
    row.refresh_from_db()
    decide = lambda: disputes.decide_dispute(  # noqa: E731
        actor=judge, dispute=row, decision="Baik", now=row.decide_due_at - HOUR
    )
    return row, "answered_at", "decide_due_at", "dispute.decide_near", {judge}, decide


def a_ruling() -> Case:
    citizen, judge = goods.make_user(), mend.judge()
    order = mend.bought(citizen)
    mend.decided(order, citizen, mend.refund(order, 10_000), by=judge)
    row = remedies.contest(
        actor=citizen, remedy=mend.returned(mend.remedy_of(order)), objection="Belum", now=mend.NOW + 3 * HOUR
    )
    rule = lambda: remedies.rule(  # noqa: E731
        actor=judge, remedy=row, upheld=True, ruling="Ada buktinya", now=row.decide_due_at - HOUR
    )
    return row, "waits_since", "decide_due_at", "dispute.remedy_rule_near", {judge}, rule


CASES = [
    a_decision, a_hold, an_answer, an_inspection, a_payment, a_release, a_claim, a_change, a_reply, a_verdict, a_ruling,
]  # fmt: skip


def sweep(now: Any) -> int:
    return request_reminders.remind_ahead(now=now) + order_reminders.remind_ahead(now=now)


def told(kind: str) -> set[Any]:
    return {line.person for line in Notification.objects.unread().filter(kind=kind).select_related("person")}


@pytest.mark.parametrize("case", CASES)
def test_a_day_before_its_end_and_once(case: Callable[[], Case]) -> None:
    row, _begin, field, kind, people, act = case()
    end = getattr(row, field)
    assert sweep(end - LONG - TICK) == 0
    assert sweep(end - LONG) == 1
    assert told(kind) == people
    assert sweep(end - LONG) == sweep(end - TICK) == 0
    assert Notification.objects.filter(kind=kind).count() == len(people)
    act()
    assert told(kind) == set()


@pytest.mark.parametrize("case", CASES)
def test_an_hour_before_the_end_of_a_short_time(case: Callable[[], Case]) -> None:
    """Who got the work a day before its end, or later, was told of the end then."""
    row, begin, field, kind, people, _act = case()
    end = getattr(row, field)
    type(row).objects.filter(pk=row.pk).update(**{begin: end - LONG})
    assert sweep(end - SOON - TICK) == 0
    assert sweep(end - SOON) == 1
    assert told(kind) == people


@pytest.mark.parametrize("case", CASES)
def test_no_end_that_is_over_and_no_time_shorter_than_an_hour(case: Callable[[], Case]) -> None:
    row, begin, field, kind, _people, _act = case()
    end = getattr(row, field)
    assert sweep(end) == 0
    type(row).objects.filter(pk=row.pk).update(**{begin: end - SOON})
    assert sweep(end - SOON / 2) == 0
    assert told(kind) == set()


def test_an_end_put_off_is_told_anew() -> None:
    row, *_rest = an_answer()
    end = row.answer_due_at
    assert sweep(end - SOON) == 1
    Order.objects.filter(pk=row.pk).update(answer_due_at=end + LONG)
    assert sweep(end + LONG - SOON) == 1
    assert Notification.objects.filter(kind="order.answer_near").count() == 2


@pytest.mark.parametrize("kind", [{"food_kind": FoodKind.CATERING}, {"keeps": Keeps.COOKED}])
def test_a_meal_is_answered_for_an_hour_before(kind: dict[str, Any]) -> None:
    order = make.make_issued(make.make_office(), goods.make_product(price=20_000))
    order.lines.update(**kind)
    end = MONDAY + 3 * LONG
    Order.objects.filter(pk=order.pk).update(answer_due_at=end)
    assert sweep(end - SOON - TICK) == 0
    assert sweep(end - SOON) == 1


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_a_request_for_a_meal_is_decided_and_ordered_an_hour_before(state: str) -> None:
    row = make_request(Office(), state=state)
    field = "due_at" if state == "submitted" else "held_until"
    end = MONDAY + 3 * LONG
    PurchaseRequest.objects.filter(pk=row.pk).update(**{field: end})
    Product.objects.update(keeps=Keeps.COOKED)
    assert sweep(end - SOON - TICK) == 0
    assert sweep(end - SOON) == 1


def test_who_brings_what_lacks_hears_it_in_place_of_who_cannot_pay_without() -> None:
    office = make.make_office()
    order = make.taken_over(office, make.make_meeting(office))
    invoice = make.invoice_of(order)
    assert invoice.due_at is not None
    assert sweep(invoice.due_at - LONG) >= 1
    assert told("invoice.pay_near") == set()
    assert told("invoice.bring_near") == {office.requester}
    (said,) = Notification.objects.filter(kind="invoice.bring_near")
    assert "aftar hadir" in str(render(said, "id").body)


def test_a_dispute_stops_the_clock() -> None:
    office = make.make_office()
    delivery = make.arrived(make.shipped(make.accepted(make.make_issued(office))), office.receiver)
    delivery.refresh_from_db()
    now = delivery.due_at - SOON
    disputes.open_dispute(actor=office.receiver, order=delivery.order, complaint="Penyok", now=now - HOUR)
    assert sweep(now) == 0


def test_past_its_decision_only_the_hold_is_told() -> None:
    request, *_rest = a_decision()
    assert sweep(request.due_at - SOON) == 1
    assert sweep(request.held_until - LONG) == 1
    assert sweep(request.held_until - SOON) == 0
    kinds = Notification.objects.filter(kind__endswith="_near").values_list("kind", flat=True)
    assert set(kinds) == {"request.decision_near", "request.hold_near"}


def test_what_was_done_meanwhile_is_not_told() -> None:
    """The row is asked again under its lock."""
    row, *_rest = an_answer()
    agreement.accept_order(actor=make.member_of(row), order=row, now=MONDAY + HOUR)
    refused(InvalidMove, lambda: order_reminders.remind_answer(order=row, now=row.answer_due_at - SOON))
    assert PurchaseRequest.objects.filter(reminded_for__isnull=False).count() == 0
