"""A notice that asks for an act waits for nobody once the act is done, by whomever."""

from typing import Any

import pytest

from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from epeken.notifications.services import mark_done, notify
from orders.orders.services import agreement
from orders.orders.states import CloseReason
from procurement.agencies.states import OfficerRole
from procurement.requests.services import decisions
from tests.factories import orders as make
from tests.factories import procurement as offices
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.umkm import make_product, make_user

pytestmark = pytest.mark.django_db


def waiting(person: Any, kind: str) -> int:
    return Notification.objects.visible_to(person).unread().filter(kind=kind).count()


@pytest.mark.parametrize("act", ["approve", "send_back", "reject", "withdraw"])
def test_a_decided_request_waits_for_no_approver(act: str) -> None:
    office = offices.Office()
    other, mine = offices.make_officer(OfficerRole.PP, office.agency), offices.make_request(office, state="submitted")
    still = offices.make_request(office, state="submitted")
    assert [waiting(person, "request.submitted") for person in (office.pp, other)] == [2, 2]
    given: dict[str, Any] = {"actor": office.pp, "request": mine, "now": MONDAY + HOUR}
    if act == "approve":
        decisions.approve_request(dropped={}, note="", key=new_key(), **given)
    elif act == "withdraw":
        decisions.withdraw_request(**{**given, "actor": office.requester})
    else:
        {"send_back": decisions.send_back_request, "reject": decisions.reject_request}[act](note="Jumlahnya?", **given)
    assert [waiting(person, "request.submitted") for person in (office.pp, other)] == [1, 1]
    left = Notification.objects.unread().filter(kind="request.submitted").values_list("url", flat=True)
    assert {url.rstrip("/").rsplit("/", 1)[-1] for url in left} == {still.number}
    if act == "send_back":
        decisions.submit_request(actor=office.requester, request=mine, key=new_key(), now=MONDAY + 2 * HOUR)
        assert waiting(office.pp, "request.submitted") == 2


@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_an_answered_order_waits_for_no_colleague_of_the_shop(answer: str) -> None:
    office = make.make_office()
    order, other = make.make_issued(office), make.make_issued(office)
    colleague = make_user()
    order.seller.members.create(user=colleague, since=MONDAY)
    notify(
        [colleague],
        kind="order.offered",
        key=f"order.offered:{order.number}:",
        now=MONDAY,
        total=1,
        buyer="x",
        due=MONDAY,
    )
    given: dict[str, Any] = {"actor": make.member_of(order), "order": order, "now": MONDAY + HOUR}
    if answer == "accept":
        agreement.accept_order(**given)
    else:
        agreement.close_order(reason=CloseReason.SELLER_DECLINED, note="Penuh", **given)
    assert [waiting(person, "order.offered") for person in (colleague, make.member_of(order))] == [0, 0]
    assert waiting(make.member_of(other), "order.offered") == 1


def test_a_number_that_begins_as_another_keeps_its_line() -> None:
    person = make_user()
    for key in ("order.offered:SP-1:", "order.offered:SP-10:", "delivery.inspect:SP-1:5:", "delivery.inspect:SP-1:50:"):
        notify([person], kind="delivery.inspected", key=key, now=MONDAY, number="SP")
    mark_done("order.offered:SP-1:", "delivery.inspect:SP-1:5:", now=MONDAY + DAY)
    assert set(Notification.objects.unread().values_list("key", flat=True)) == {
        "order.offered:SP-10:",
        "delivery.inspect:SP-1:50:",
    }


def test_what_was_read_before_keeps_its_time() -> None:
    person = make_user()
    notify([person], kind="delivery.inspected", key="a:", now=MONDAY, number="SP")
    Notification.objects.update(read_at=MONDAY + HOUR)
    mark_done("a:", now=MONDAY + DAY)
    assert Notification.objects.get().read_at == MONDAY + HOUR


def test_inspected_and_paid_wait_for_nobody() -> None:
    office = make.make_office()
    order = make.make_issued(office)
    make.accepted(order)
    delivery = make.arrived(make.shipped(order), office.receiver)
    assert waiting(office.receiver, "delivery.inspect") == 1
    make.inspected(delivery, office.receiver)
    assert waiting(office.receiver, "delivery.inspect") == 0
    make.deliveries.sign_bast(
        actor=office.receiver, delivery=delivery, office_number="000.3/12", now=MONDAY + DAY + 3 * HOUR
    )
    invoice = make.invoice_of(order)
    make.clear(office, invoice, MONDAY + 2 * DAY)
    assert waiting(office.treasurer, "invoice.issued") == 1
    make.pay(office, order)
    assert waiting(office.treasurer, "invoice.issued") == 0


@pytest.mark.parametrize("good", [0, 10])
def test_a_persons_order_waits_for_no_inspection_whatever_came_of_it(good: int) -> None:
    person = make_user()
    (order,) = make.place(person, (make_product(), 10))
    make.accepted(order)
    delivery = make.arrived(make.shipped(order), person)
    assert waiting(person, "delivery.inspect") == 1
    make.inspected(delivery, person, accept=good)
    assert waiting(person, "delivery.inspect") == 0
