"""A surat pesanan with several dates: each has its clocks, and a missed one stops no other."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from epeken.core.errors import InvalidMove, RuleBroken
from epeken.site.audit import checks as audit
from orders.attestations import verifying
from orders.billing.models import Invoice
from orders.deliveries import policies as deliveries_policies
from orders.deliveries import services as deliveries
from orders.documents import archive
from orders.orders import policies
from orders.orders.models import Order
from orders.orders.next_step import Task, sends_by, steps_of
from orders.orders.services import completion
from orders.orders.states import CloseReason, OrderState
from orders.sales import packing
from orders.schedules import due, pages
from procurement.budgets import charges as budget_charges
from tests.factories import orders as make_orders
from tests.factories import procurement as make
from tests.factories import schedules as planned
from tests.factories.procurement import DAY, HOUR
from tests.factories.schedules import FIRST, WEEK
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.books import balanced, refused
from umkm.stock.models import CapacityDay

pytestmark = pytest.mark.django_db


@pytest.fixture
@kept
def office() -> make.Office:
    return make.Office()


@pytest.fixture
@kept
def order(office: make.Office) -> Order:
    """Fifty boxes on each of four Tuesdays."""
    return planned.make_order(office)


def now_is(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def sound() -> None:
    balanced()
    assert [row for check in audit.checks() for row in check.rows()] == []


def test_the_order_has_the_dates_of_its_request(order: Order) -> None:
    assert [day.deliver_at for day in order.due_days.all()] == [FIRST + n * WEEK for n in range(4)]
    assert (order.deliver_at, order.next_due_at) == (FIRST + 3 * WEEK, FIRST)
    assert order.answer_due_at < FIRST
    assert (order.lines.get().quantity, order.goods_total, order.delivery_cost) == (200, 4_000_000, 40_000)
    used = CapacityDay.objects.filter(product=order.lines.get().product, used__gt=0)
    assert list(used.order_by("day").values_list("used", flat=True)) == [50, 50, 50, 50]
    sound()
    assert list(verifying.verify(order.number)) == []


def test_each_date_is_a_delivery_with_its_own_clocks_bill_and_capacity(order: Order, office: make.Office) -> None:
    first = planned.taken_over(office, order, 1)
    assert (first.deliver_at, first.is_on_time) == (FIRST, True)
    order = now_is(order)
    assert (order.next_due_at, sends_by(order, FIRST + DAY)) == (FIRST + WEEK, FIRST + WEEK)
    # The second comes a day late: late by its own date, though the order's last date is weeks away.
    late = planned.shipped(order, 2, FIRST + WEEK + DAY)
    assert late.deliver_at == FIRST + WEEK
    make_orders.arrived(late, office.receiver, FIRST + WEEK + DAY + HOUR)
    late.refresh_from_db()
    assert not deliveries_policies.came_on_time(late)
    assert Invoice.objects.filter(order=order).count() == 1
    make_orders.inspected(late, office.receiver, now=FIRST + WEEK + DAY + 2 * HOUR)
    deliveries.sign_bast(actor=office.receiver, delivery=late, office_number="", now=FIRST + WEEK + DAY + 3 * HOUR)
    assert [invoice.delivery_cost for invoice in order.invoices.all()] == [10_000, 10_000]
    # Two deliveries of one date cost one.
    line = order.lines.get()
    for n, quantity in enumerate((20, 30)):
        part = planned.shipped(now_is(order), 3, FIRST + 13 * DAY + n * HOUR, quantities={line.pk: Decimal(quantity)})
        make_orders.arrived(part, office.receiver, FIRST + 13 * DAY + 3 * HOUR)
        make_orders.inspected(part, office.receiver, now=FIRST + 13 * DAY + 4 * HOUR)
        deliveries.sign_bast(actor=office.receiver, delivery=part, office_number="", now=FIRST + 13 * DAY + 5 * HOUR)
    assert [invoice.delivery_cost for invoice in order.invoices.all()] == [10_000, 10_000, 10_000, 0]
    told = archive.purchase_data(now_is(order))["order"]["schedule"]
    assert [(day["number"], day["lines"][0]["sent"]) for day in told] == [
        (1, "50.000"), (2, "50.000"), (3, "50.000"), (4, "0.000"),
    ]  # fmt: skip
    sound()
    assert list(verifying.verify(order.number)) == []


def test_no_more_leaves_for_a_date_than_was_to_come_on_it(order: Order) -> None:
    line = order.lines.get()
    ship: Any = lambda day, quantity: planned.shipped(order, day, FIRST - DAY, quantities={line.pk: Decimal(quantity)})  # noqa: E731
    refused(RuleBroken, lambda: ship(1, 51), "too_many")
    refused(RuleBroken, lambda: ship(None, 50), "day_missing")
    refused(InvalidMove, lambda: ship(9, 50))
    ship(1, 30)
    refused(RuleBroken, lambda: ship(1, 21), "too_many")
    ship(1, 20)
    refused(InvalidMove, lambda: ship(1, 1))
    assert now_is(order).next_due_at == FIRST + WEEK


def test_a_missed_date_is_given_up_by_the_buyer_and_the_next_one_goes_on(order: Order, office: make.Office) -> None:
    closing: Any = lambda now, actor=office.pp: completion.close_rest(  # noqa: E731
        actor=actor, order=now_is(order), note="Rapatnya sudah lewat", now=now
    )
    refused(RuleBroken, lambda: closing(FIRST - HOUR), "rest_early")
    bound = budget_charges.bound_under(order.number)
    closing(FIRST + HOUR)
    order = now_is(order)
    # Free at once: the goods of the date, and its delivery.
    assert order.commitment.amount == 3_000_000 + 30_000
    assert Order.objects.with_total_now().get(pk=order.pk).total_now == 3_000_000 + 30_000
    assert pages.trips(order) == 3
    assert sum(bound.values()) - sum(budget_charges.bound_under(order.number).values()) == 1_000_000 + 10_000
    sound()
    first, second = order.due_days.all()[:2]
    assert (first.missed_at, second.missed_at) == (FIRST + HOUR, None)
    assert (order.state, order.next_due_at, order.lines.get().unsent_quantity) == ("accepted", FIRST + WEEK, 150)
    refused(InvalidMove, lambda: planned.shipped(order, 1, FIRST + DAY))
    # Given up once: the second date is not over yet.
    refused(RuleBroken, lambda: closing(FIRST + 2 * HOUR), "rest_early")
    for number in (2, 3, 4):
        planned.taken_over(office, now_is(order), number)
        if number == 2:
            _adds_up(office, order, billed=1_000_000, costs=10_000)
    order = now_is(order)
    assert order.commitment.amount == 3_000_000 + 30_000
    assert [event.action for event in order.events.all()] == ["create", "accept", "miss_date"]
    assert not any(step.what == Task.SHIP for step in steps_of(order, FIRST + 4 * WEEK))
    sound()
    assert list(verifying.verify(order.number)) == []


def _adds_up(office: make.Office, order: Order, *, billed: int, costs: int) -> None:
    """On the page of an order of which some dates are billed and one was given up."""
    answer = signed_in(office.pp).get(reverse("orders:order-detail", args=[order.number]))
    told = answer.context
    assert sum(line.accepted_amount or 0 for line in told["lines"]) == billed
    assert (told["delivery_cost"], told["sum"]) == (costs, billed + costs)
    text = " ".join(answer.content.decode().split())
    assert "50 kotak tidak ditunggu lagi" in text and "1 dari 3 kali kirim, yang sudah ditagih" in text
    assert "berikutnya paling lambat" in text and "Rp3.030.000" in text and "Rp4.040.000" not in text


def test_silence_gives_up_each_date_by_its_own_end_and_closes_an_order_that_brought_nothing(order: Order) -> None:
    ends = [day.rest_due_at for day in order.due_days.all()]
    assert order.rest_due_at == ends[0]
    assert completion.close_overdue_rests(now=ends[0] - HOUR) == 0
    for n, end in enumerate(ends):
        assert completion.close_overdue_rests(now=end) == 1
        assert now_is(order).due_days.filter(missed_at__isnull=False).count() == n + 1
    order = now_is(order)
    assert (order.state, order.close_reason) == (OrderState.CLOSED, CloseReason.NOT_DELIVERED)
    sound()


def test_goods_that_left_and_did_not_come_are_owed_for_their_date_alone(order: Order, office: make.Office) -> None:
    sent = planned.shipped(order, 1, FIRST - HOUR)
    deliveries.report_missing(actor=office.receiver, delivery=sent, note="Tidak ada yang datang", now=FIRST + HOUR)
    order = now_is(order)
    assert (order.next_due_at, due.open_days(order)[0].number) == (FIRST, 1)
    assert policies.can_close_rest(office.pp, order, FIRST + 2 * HOUR)
    # Under way when its date is given up: what does not come is not owed any more either.
    again = planned.shipped(order, 1, FIRST + DAY, quantities={order.lines.get().pk: Decimal(20)})
    completion.close_rest(actor=office.pp, order=now_is(order), note="Cukup", now=FIRST + DAY + HOUR)
    assert now_is(order).lines.get().missed_quantity == 30
    assert now_is(order).commitment.amount == 3_400_000 + 40_000  # what is under way may still cost its delivery
    end = deliveries_policies.missing_from(order, again) + HOUR
    deliveries.report_missing(actor=office.receiver, delivery=again, note="Tidak datang juga", now=end)
    line = now_is(order).lines.get()
    assert (line.missed_quantity, line.sent_quantity, line.unsent_quantity) == (50, 0, 150)
    assert now_is(order).commitment.amount == 3_000_000 + 30_000
    sound()


def test_the_packing_list_shows_a_date_beside_an_earlier_one_that_is_late(order: Order) -> None:
    late = FIRST + 2 * DAY
    days = packing.days_of(order.seller, late)
    assert list(days.values()) == [1, 1, 1, 1]
    second = packing.orders_on(order.seller, list(days)[1], late)
    assert packing.added_up(second) == [("50 kotak", "Kudapan kotak")]


def test_what_is_to_be_sent_next_is_what_one_date_asks(order: Order) -> None:
    """Of all dates together nobody brings the goods on the first morning."""
    desk = signed_in(make_orders.member_of(order)).get(reverse("site:seller-dashboard")).content.decode()
    assert "Antar 50 kotak Kudapan kotak (3 tanggal lagi)" in desk and "200 kotak" not in desk
    planned.shipped(order, 1, FIRST - 2 * HOUR, quantities={order.lines.get().pk: 48})
    assert pages.next_words(now_is(order)) == "2 kotak Kudapan kotak (3 tanggal lagi)"
    page = signed_in(make_orders.member_of(order)).get(reverse("orders:order-detail", args=[order.number]))
    assert page.context["next_date"]["left"] == ["2 kotak Kudapan kotak"]
    assert "Kirim untuk tanggal ke-1" in page.content.decode()
    assert "4 kali kirim, tiap tanggal ditagih bagiannya" in page.content.decode()
