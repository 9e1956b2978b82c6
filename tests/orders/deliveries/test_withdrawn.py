"""A shipment that was recorded by mistake: its seller takes the record back while nobody has said anything about it."""

import zipfile
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.notifications.models import Notification
from epeken.site.audit import checks as audit
from epeken.users.models import User
from orders.attestations import verifying
from orders.billing.models import Invoice
from orders.cancellations import policies as cancellations
from orders.cancellations.policies import Way
from orders.deliveries import services as deliveries
from orders.deliveries.models import Delivery
from orders.deliveries.states import WITHOUT_RESULT, DeliveryState
from orders.disputes import services as disputes
from orders.documents import archive, build
from orders.documents.layout import facts
from orders.documents.models import Document
from orders.documents.states import DocumentKind, VoidReason
from orders.orders import status
from orders.orders.errors import DisputeOpen
from orders.orders.models import Order
from orders.orders.next_step import Task, Turn, steps_of
from orders.orders.pages.timeline import timeline
from orders.orders.services import completion
from orders.orders.states import OrderState
from orders.pins import services as pins
from orders.remedies.states import RemedyState
from tests.factories import orders as make
from tests.factories import procurement as offices
from tests.factories import remedies as mend
from tests.factories import schedules as planned
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.users import signed_in
from tests.orders.books import balanced, refused
from tests.racing import together

pytestmark = pytest.mark.django_db
LEFT = MONDAY + DAY
NOW = LEFT + HOUR
WHY = "Belum berangkat, salah tekan"


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


def ordered(office: make.Office, **over: Any) -> Order:
    return make.accepted(make.make_issued(office, goods.make_product(price=10_000, on_hand=50), **over))


def withdraw(delivery: Delivery, *, now: datetime = NOW, **over: Any) -> Delivery:
    values = {"actor": make.member_of(delivery.order), "note": WHY, "now": now, **over}
    return deliveries.withdraw_shipment(delivery=delivery, **values)


def sound(order: Order) -> None:
    balanced()
    assert [row for check in audit.checks() for row in check.rows()] == []
    assert list(verifying.verify(order.number)) == []


def standing(order: Order, now: datetime) -> dict[str, Any]:
    """All of an order that a shipment changes."""
    order = Order.objects.get(pk=order.pk)
    product = order.lines.get().product
    told = status.of(order, now)
    return {
        "line": order.lines.values("sent_quantity", "missed_quantity", "accepted_quantity").get(),
        "clocks": (order.state, order.rest_due_at, order.next_due_at, order.rest_closed_at),
        "stock": (product.on_hand, product.held),
        "status": (told.headline, told.chips),
        "steps": [step for step in steps_of(order, now) if step.who == Turn.SELLER],
        "value": cancellations.unsent_value(order),
    }


def to_shipped(office: make.Office) -> Delivery:
    return make.shipped(ordered(office))


def to_arrived(office: make.Office) -> Delivery:
    return make.arrived(to_shipped(office), office.receiver)


def to_inspected(office: make.Office, accept: int | None = None) -> Delivery:
    return make.inspected(to_arrived(office), office.receiver, accept=accept)


def signed(office: make.Office, accept: int | None = None) -> Delivery:
    found = to_inspected(office, accept)
    return deliveries.sign_bast(actor=office.receiver, delivery=found, office_number="", now=LEFT + 3 * HOUR)


def to_missed(office: make.Office) -> Delivery:
    late = MONDAY + 20 * DAY
    return deliveries.report_missing(actor=office.receiver, delivery=to_shipped(office), note="Kosong", now=late)


STATES: dict[str, Callable[[make.Office], Delivery]] = {
    DeliveryState.SHIPPED: to_shipped,
    DeliveryState.ARRIVED: to_arrived,
    DeliveryState.INSPECTED: to_inspected,
    DeliveryState.ACCEPTED: signed,
    DeliveryState.REJECTED: lambda office: signed(office, 0),
    DeliveryState.MISSED: to_missed,
    DeliveryState.WITHDRAWN: lambda office: withdraw(to_shipped(office)),
}
LATER = MONDAY + 21 * DAY


def acts(delivery: Delivery, office: make.Office) -> dict[str, Callable[[], Any]]:
    """What may be done with a delivery that is on its way."""
    by_receiver: dict[str, Any] = {"actor": office.receiver, "delivery": delivery, "now": LATER}
    return {
        "withdraw": lambda: withdraw(delivery, now=LATER),
        "arrive": lambda: deliveries.mark_arrived(**by_receiver),
        "miss": lambda: deliveries.report_missing(note="Kosong", **by_receiver),
        "inspect": lambda: make.inspected(delivery, office.receiver, now=LATER),
        "sign": lambda: deliveries.sign_bast(office_number="", **by_receiver),
        "pin": lambda: pins.arrive_by_pin(
            actor=make.member_of(delivery.order), delivery=delivery, pin="000000", now=LATER
        ),
    }


@pytest.mark.parametrize("state", sorted(DeliveryState))
def test_only_what_is_on_its_way_is_taken_back(office: make.Office, state: str) -> None:
    found = STATES[state](office)
    assert found.state == state
    act = lambda: withdraw(found, now=LATER)  # noqa: E731
    if state == DeliveryState.SHIPPED:
        assert act().state == DeliveryState.WITHDRAWN
    elif state == DeliveryState.WITHDRAWN:  # a second click
        events = found.events.count()
        assert (act().state, found.events.count()) == (DeliveryState.WITHDRAWN, events)
    else:
        refused(InvalidMove, act)


def test_nothing_is_recorded_of_what_was_taken_back(office: make.Office) -> None:
    found = STATES[DeliveryState.WITHDRAWN](office)
    for name, act in acts(found, office).items():
        if name != "withdraw":
            refused(InvalidMove, act)
    deliveries.accept_by_silence(now=LATER)
    found.refresh_from_db()
    assert (found.state, found.due_at) == (DeliveryState.WITHDRAWN, None)
    assert found.state not in WITHOUT_RESULT


def test_the_order_stands_as_it_stood(office: make.Office) -> None:
    """And goes its way: sent again under another number, accepted and paid."""
    order = ordered(office)
    before = standing(order, NOW)
    sent = make.shipped(order)
    assert standing(order, NOW) != before
    withdraw(sent)
    assert standing(order, NOW) == before
    sound(order)
    event = sent.events.last()
    assert (event.action, event.note, event.acted_as) == ("withdraw", WHY, "seller")
    again = make.shipped(order, NOW + HOUR)
    assert again.number != sent.number
    make.arrived(again, office.receiver, NOW + 2 * HOUR)
    make.inspected(again, office.receiver, now=NOW + 3 * HOUR)
    deliveries.sign_bast(actor=office.receiver, delivery=again, office_number="", now=NOW + 4 * HOUR)
    make.clear(office, make.invoice_of(order), NOW + DAY)
    make.pay(office, order, now=NOW + 2 * DAY, paid_on=make.local(NOW + 2 * DAY))
    assert Order.objects.get(pk=order.pk).state == OrderState.FINISHED
    sound(order)


def test_its_papers_say_that_it_did_not_leave(office: make.Office, run_jobs: Any) -> None:
    sent = make.shipped(ordered(office))
    other = make.shipped(ordered(office))
    run_jobs()
    withdraw(sent)
    run_jobs()
    papers = Document.objects.filter(delivery=sent, kind=DocumentKind.DELIVERY_NOTE).order_by("pk")
    earlier, void = papers
    assert (void.voids, void.void_reason) == (earlier, VoidReason.SHIPMENT_WITHDRAWN)
    assert (earlier.replaced_at, void.replaced_at) == (NOW, NOW)  # it has no place in the file any more
    order = build.order_for_papers(sent.order_id)
    words = facts.void_words(void, order)
    assert "penjual keliru mencatat kiriman ini" in words
    assert f"“{WHY}”" in words and make.member_of(order).name in words
    data = archive.purchase_data(order)
    (taken,) = data["withdrawn_documents"]
    assert (taken["kind"], taken["delivery"], taken["reason"]) == ("delivery_note", sent.number, "unsent")
    assert [row["state"] for row in data["deliveries"]] == ["withdrawn"]
    assert "delivery_note" not in [row["kind"] for row in data["documents"]]
    with zipfile.ZipFile(archive.write_zip(order)) as bundle:
        assert [name for name in bundle.namelist() if name.endswith("-BATAL.pdf") and sent.number in name]
    note = reverse("orders:document-of", args=[order.number, "delivery_note", sent.number])
    assert signed_in(office.receiver).get(f"{note}?lihat=1").status_code == 200
    assert not Document.objects.filter(delivery=other, voids__isnull=False).exists()
    # Sent again, no other surat jalan comes of it.
    make.shipped(Order.objects.get(pk=order.pk), NOW + HOUR)
    assert papers.count() == 2


def test_who_was_told_that_it_left_hears_that_it_did_not(office: make.Office) -> None:
    sent = make.shipped(ordered(office))
    asked = Notification.objects.filter(kind="delivery.shipped", person=office.receiver)
    assert asked.filter(read_at__isnull=True).exists()
    withdraw(sent)
    assert not asked.filter(read_at__isnull=True).exists()
    told = Notification.objects.filter(kind="delivery.withdrawn")
    assert {office.receiver.pk, office.requester.pk} <= set(told.values_list("person", flat=True))
    assert not told.filter(person=make.member_of(sent.order)).exists()
    assert told[0].parameters["note"] == WHY


def test_the_seller_alone_and_with_a_reason(office: make.Office) -> None:
    sent = make.shipped(ordered(office))
    stranger = goods.make_seller(goods.make_user()).members.get().user
    for actor in (office.receiver, office.requester, make.head_of(office), stranger):
        refused(NotAllowed, lambda actor=actor: withdraw(sent, actor=actor))  # type: ignore[misc]
    refused(RuleBroken, lambda: withdraw(sent, note=" "), code="note_missing")


def test_a_pin_that_was_tried_says_that_somebody_was_there(office: make.Office) -> None:
    sent = make.shipped(ordered(office))
    pins.arrive_by_pin(actor=make.member_of(sent.order), delivery=sent, pin="abc", now=NOW)
    refused(InvalidMove, lambda: withdraw(sent))


def test_silence_is_no_word_about_it(office: make.Office) -> None:
    sent = make.shipped(ordered(office))
    assert sent.due_at is not None
    deliveries.accept_by_silence(now=sent.due_at)
    sent.refresh_from_db()
    assert sent.escalations == 1
    withdraw(sent, now=sent.due_at + HOUR)
    assert not Delivery.objects.not_recorded().exists()
    sound(sent.order)


def first_part(office: make.Office) -> tuple[Order, Any]:
    """Four of ten came."""
    order = ordered(office)
    line = order.lines.get()
    part = make.arrived(make.shipped(order, sent={line.pk: Decimal(4)}), office.receiver)
    make.inspected(part, office.receiver)
    deliveries.sign_bast(actor=office.receiver, delivery=part, office_number="", now=LEFT + 3 * HOUR)
    return Order.objects.get(pk=order.pk), line


def test_a_rest_is_waited_for_until_the_end_it_had(office: make.Office) -> None:
    """So that recording it and taking it back again and again gains no time."""
    order, _line = first_part(office)
    end = order.rest_due_at
    assert end is not None
    for n in range(2):
        rest = make.shipped(Order.objects.get(pk=order.pk), end - HOUR + n * HOUR / 10)
        assert Order.objects.get(pk=order.pk).rest_due_at is None
        withdraw(rest, now=end + DAY)
        assert Order.objects.get(pk=order.pk).rest_due_at == end
    sound(order)
    assert completion.close_overdue_rests(now=end + DAY) == 1
    order.refresh_from_db()
    assert order.rest_closed_at is not None
    sound(order)


def test_what_came_meanwhile_leaves_a_rest(office: make.Office) -> None:
    order = ordered(office)
    line = order.lines.get()
    first = make.shipped(order, sent={line.pk: Decimal(4)})
    rest = make.shipped(Order.objects.get(pk=order.pk))
    make.inspected(make.arrived(first, office.receiver), office.receiver)
    deliveries.sign_bast(actor=office.receiver, delivery=first, office_number="", now=LEFT + 3 * HOUR)
    assert Order.objects.get(pk=order.pk).rest_due_at is None
    withdraw(rest, now=LEFT + 4 * HOUR)
    order = Order.objects.get(pk=order.pk)
    assert order.rest_due_at is not None and order.lines.get().sent_quantity == 4
    assert status.of(order, LEFT + 5 * HOUR).headline == "Sisa barang disiapkan penjual"
    sound(order)


def test_goods_that_nobody_waits_for_are_not_taken_back(office: make.Office) -> None:
    """They would be neither sent nor given up; whether they came is the receiver's to say."""
    order = ordered(office)
    part = make.shipped(order, sent={order.lines.get().pk: Decimal(4)})
    late = MONDAY + 20 * DAY
    completion.close_rest(actor=office.pp, order=order, note="Cukup", now=late)
    refused(InvalidMove, lambda: withdraw(part, now=late + HOUR))


def test_a_complaint_is_decided_first(office: make.Office) -> None:
    order, _line = first_part(office)
    rest = make.shipped(order, LEFT + 5 * HOUR)
    disputes.open_dispute(actor=office.receiver, order=order, complaint="Penyok", now=LEFT + 6 * HOUR)
    refused(DisputeOpen, lambda: withdraw(rest, now=LEFT + 7 * HOUR))


def test_a_late_order_is_cancelled_as_one_of_which_nothing_left(office: make.Office) -> None:
    order = ordered(office)
    late = order.deliver_at + DAY
    sent = make.shipped(order)
    way = lambda: cancellations.way_of(office.pp, Order.objects.get(pk=order.pk), late)  # noqa: E731
    assert way() is None
    withdraw(sent, now=late)
    assert way() == Way.DIRECT
    refused(InvalidMove, lambda: completion.close_rest(actor=office.pp, order=order, note="Habis", now=late))


def test_of_one_whole_delivery_the_order_has_no_parts(office: make.Office) -> None:
    order = ordered(office)
    withdraw(make.shipped(order))
    again = make.shipped(order, NOW + HOUR)
    told = Notification.objects.filter(person=office.receiver, key__endswith=f":{again.pk}:")
    assert set(told.values_list("kind", flat=True)) == {"delivery.shipped"}


def test_goods_that_come_again_are_owed_until_the_same_moment(office: make.Office) -> None:
    order = make.cleared(office, mend.issued(office, goods.make_product(price=100_000, on_hand=50)))
    mend.decided(order, office.receiver, mend.replacement(order, 3))
    remedy = mend.remedy_of(order)
    product, due = order.lines.get().product, remedy.due_at
    before = (product.on_hand, product.held)
    sent = mend.sent(remedy)
    withdraw(sent, now=mend.NOW + 3 * HOUR)
    remedy.refresh_from_db()
    product.refresh_from_db()
    assert (remedy.state, remedy.due_at, (product.on_hand, product.held)) == (RemedyState.OWED, due, before)
    assert Task.FULFIL in [step.what for step in steps_of(Order.objects.get(pk=order.pk), mend.NOW + 3 * HOUR)]
    sound(order)
    mend.handed_over(mend.sent(remedy, now=mend.NOW + 4 * HOUR), office.receiver, accept=3, now=mend.NOW + 5 * HOUR)
    remedy.refresh_from_db()
    assert remedy.state == RemedyState.CAME
    sound(order)


def test_a_date_is_waited_for_as_before() -> None:
    order = planned.make_order(offices.Office())
    leaves = planned.FIRST - 2 * HOUR
    before = standing(order, leaves)
    days = list(order.due_days.values())
    sent = planned.shipped(order, 1, leaves)
    withdraw(sent, now=leaves + HOUR)
    assert standing(order, leaves) == before
    assert list(order.due_days.values()) == days
    assert [amount.sent_quantity for day in order.due_days.all() for amount in day.amounts.all()] == [0, 0, 0, 0]
    sound(order)
    assert planned.shipped(order, 1, leaves + HOUR).due_day.number == 1


def test_a_date_that_was_given_up_is_not_waited_for_again() -> None:
    order = planned.make_order(offices.Office())
    line = order.lines.get()
    part = planned.shipped(order, 1, planned.FIRST - 2 * HOUR, quantities={line.pk: Decimal(20)})
    day = order.due_days.get(number=1)
    assert completion.close_overdue_rests(now=day.rest_due_at) == 1
    refused(InvalidMove, lambda: withdraw(part, now=day.rest_due_at + HOUR))


@pytest.mark.parametrize("pickup", [False, True])
def test_the_pages_of_both_sides(office: make.Office, citizen: User, pickup: bool) -> None:
    if pickup:
        sent = make.shipped(mend.issued_to(citizen))
        Order.objects.filter(pk=sent.order_id).update(method="pickup")
        buyer = citizen
    else:
        sent, buyer = make.shipped(ordered(office)), office.receiver
    order = sent.order
    page = reverse("orders:order-detail", args=[order.number])
    address = reverse("orders:delivery-withdraw", args=[order.number, sent.number])
    seller = signed_in(make.member_of(order))
    assert address in seller.get(page).text and address not in signed_in(buyer).get(page).text
    assert signed_in(buyer).get(address).status_code == 403
    assert sent.number in seller.get(address).text
    assert seller.post(address, {"note": ""}).status_code == 422
    assert seller.post(address, {"note": WHY}).status_code == 302
    text = signed_in(buyer).get(page).text
    assert "Catatan kirim ditarik" in text and WHY in text
    order = Order.objects.get(pk=order.pk)
    titles = [entry.title for entry in timeline(order, [], for_agency=not pickup)]
    assert f"Catatan kirim {sent.number} ditarik penjual" in titles
    assert seller.get(address)["Location"] == page
    assert "Kirim sisa barangnya" not in seller.get(page).text
    assert address not in seller.get(page).text and not Invoice.objects.filter(order=order).exists()


@pytest.mark.django_db(transaction=True)
def test_taken_back_and_arrived_at_once() -> None:
    """One of them is true; a second click of the seller changes nothing."""
    office = make.make_office()
    sent = make.shipped(ordered(office))
    seller = make.member_of(sent.order)
    back = lambda: withdraw(sent, actor=seller)  # noqa: E731
    said = together([back, lambda: make.arrived(sent, office.receiver), back])
    sent.refresh_from_db()
    if sent.state == DeliveryState.WITHDRAWN:
        assert said == {"ok": 2, "invalid_move": 1}
    else:
        assert (sent.state, said) == (DeliveryState.ARRIVED, {"ok": 1, "invalid_move": 2})
    assert sent.events.count() == 2
    balanced()
