"""What is given up of an order counts no longer: its budget, its goods and its room under the cap are given back once,
whoever gives it up and whenever."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from epeken.core import clock
from epeken.core.errors import InvalidMove
from epeken.site.audit import checks as audit
from orders.attestations import verifying
from orders.billing.models import Commitment, Invoice
from orders.cancellations import services as cancellations
from orders.deliveries import policies as deliveries_policies
from orders.deliveries import services as deliveries
from orders.deliveries.models import Delivery
from orders.orders import status
from orders.orders.models import Order, goods_words
from orders.orders.pages import lists
from orders.orders.services import completion, room
from orders.orders.states import CloseReason, OrderState
from tests.factories import addenda as changing
from tests.factories import cancellations as cancelling
from tests.factories import orders as make
from tests.factories import procurement as make_office
from tests.factories import schedules as planned
from tests.factories import umkm as goods
from tests.factories.cancellations import LATER
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.schedules import FIRST, WEEK
from tests.kept_steps import kept
from tests.orders.books import balanced, refused
from umkm.owners.models import TurnoverEntry, TurnoverMonth
from umkm.stock.models import CapacityEntry

pytestmark = pytest.mark.django_db
AFTER = LATER + HOUR


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@pytest.fixture
@kept
def order(office: make.Office) -> Order:
    """Accepted: ten at Rp100.000 and Rp25.000 of delivery, due ten days later."""
    return make.accepted(make.make_issued(office))


@pytest.fixture
@kept
def weekly() -> tuple[make_office.Office, Order]:
    """Fifty boxes at Rp20.000 on each of four Tuesdays, each brought for Rp10.000."""
    office = make_office.Office()
    return office, planned.make_order(office)


def fresh(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def sound(order: Order) -> None:
    balanced()
    assert [row for check in audit.checks() for row in check.rows()] == []
    assert list(verifying.verify(order.number)) == []


def used(order: Order) -> int:
    """Of the cap, in the month in which the order took it."""
    return TurnoverMonth.objects.get(owner=order.seller.owner_id, month=order.cap_month).used


def given_back(order: Order) -> list[int]:
    """What the order gave back of it, each time."""
    rows = TurnoverEntry.objects.filter(reference=order.number, kind=TurnoverEntry.Kind.RELEASE)
    return [-row.used_delta for row in rows.order_by("pk")]


def bound(office: Any) -> int:
    office.line.refresh_from_db()
    return office.line.committed  # type: ignore[no-any-return]


def part_of(order: Order, quantity: int, now: Any = LATER) -> Delivery:
    return make.shipped(order, sent={order.lines.get().pk: Decimal(quantity)}, now=now)


@kept
def handed_over(office: make.Office, delivery: Delivery, *, accept: int | None = None, now: Any = MONDAY + DAY) -> None:
    make.inspected(make.arrived(delivery, office.receiver, now), office.receiver, accept=accept, now=now + HOUR)
    delivery.refresh_from_db()
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=now + 2 * HOUR)


def agreed(order: Order, actor: Any, now: Any = AFTER) -> None:
    """Both sides: the buyer asks, the seller consents."""
    row = cancelling.asked(order, actor, now=now - HOUR)
    cancellations.consent(actor=make.member_of(order), cancellation=row, now=now)


def made_on(order: Order) -> dict[date, int]:
    """Of what each day can make, what the order holds."""
    rows = CapacityEntry.objects.filter(reference=order.number)
    found: dict[date, int] = {}
    for day, delta in rows.values_list("capacity_day__day", "used_delta"):
        found[day] = found.get(day, 0) + int(delta)
    return {day: held for day, held in sorted(found.items()) if held}


def test_the_number_of_goods_is_of_those_that_the_sum_pays(order: Order, office: make.Office) -> None:
    def told() -> tuple[str, int]:
        found = status.of(lists.with_status(Order.objects.filter(pk=order.pk)).get(), LATER)
        assert found.subject == order.title
        return found.goods.split(" buah")[0], found.amount

    assert told() == ("10", 1_025_000)
    first = part_of(order, 4)
    agreed(order, office.pp)
    handed_over(office, first, accept=3)
    assert told() == ("3 dari 10", make.invoice_of(order).gross)
    line = order.lines.get()
    line.missed_quantity = Decimal(4)
    assert goods_words([line]).startswith("6 dari 10 ")


# --- both sides


def test_what_both_sides_give_up_counts_no_longer(order: Order, office: make.Office) -> None:
    first = part_of(order, 4)
    assert used(order) == 1_025_000
    agreed(order, office.pp)
    assert (used(order), given_back(order)) == (425_000, [600_000])
    sound(order)
    handed_over(office, first)
    assert (used(order), bound(office)) == (425_000, 425_000)
    sound(order)


def test_it_counts_in_the_month_in_which_it_was_taken_also_when_that_is_over(order: Order, office: make.Office) -> None:
    later = order.cap_month + timedelta(days=40)
    part_of(order, 4)
    Order.objects.filter(pk=order.pk).update(deliver_at=MONDAY + 60 * DAY)
    agreed(fresh(order), office.pp, now=MONDAY + 50 * DAY)
    assert clock.month_of(MONDAY + 50 * DAY) > order.cap_month
    assert (used(order), given_back(order)) == (425_000, [600_000])
    assert not TurnoverMonth.objects.filter(month__gte=later.replace(day=1)).exists()
    balanced()


def test_given_up_after_a_bill_was_written_and_paid(order: Order, office: make.Office) -> None:
    handed_over(office, part_of(order, 4))
    invoice = Invoice.objects.get()
    agreed(order, office.pp, now=MONDAY + 2 * DAY)
    assert (used(order), given_back(order), bound(office)) == (425_000, [600_000], 425_000)
    sound(order)
    make.clear(office, invoice, MONDAY + 3 * DAY)
    make.pay(office, order, invoice=invoice, paid_on=make.local(MONDAY + 3 * DAY), now=MONDAY + 3 * DAY + HOUR)
    assert fresh(order).state == OrderState.FINISHED
    office.line.refresh_from_db()
    assert (used(order), office.line.committed, office.line.realised) == (425_000, 0, 425_000)
    sound(order)


def test_given_up_when_the_bill_is_paid_already_the_order_is_over(order: Order, office: make.Office) -> None:
    handed_over(office, part_of(order, 4))
    make.clear(office, Invoice.objects.get(), MONDAY + 2 * DAY)
    make.pay(office, order, paid_on=make.local(MONDAY + 2 * DAY), now=MONDAY + 2 * DAY + HOUR)
    agreed(order, office.pp, now=MONDAY + 3 * DAY)
    assert fresh(order).state == OrderState.FINISHED
    assert (used(order), given_back(order), bound(office)) == (425_000, [600_000], 0)
    sound(order)


def test_the_seller_who_is_released_from_the_rest_has_its_room_again(order: Order, office: make.Office) -> None:
    part_of(order, 4)
    row = cancelling.asked(order, make.member_of(order))
    cancellations.consent(actor=office.ppk, cancellation=row, now=AFTER)
    assert given_back(order) == [600_000]
    sound(order)


def test_a_claim_agreed_gives_the_room_of_the_rest_back(order: Order, office: make.Office) -> None:
    part_of(order, 4)
    row = cancelling.claimed(cancelling.asked(order, office.pp))
    cancelling.agreed(row, office.ppk, now=AFTER + HOUR)
    assert given_back(order) == [600_000]
    sound(order)


def test_a_second_click_gives_nothing_back(order: Order, office: make.Office) -> None:
    part_of(order, 4)
    row, seller = cancelling.asked(order, office.pp), make.member_of(order)
    cancellations.consent(actor=seller, cancellation=row, now=AFTER)
    refused(InvalidMove, lambda: cancellations.consent(actor=seller, cancellation=row, now=AFTER + HOUR))
    refused(InvalidMove, lambda: cancellations.consent(actor=seller, cancellation=row, now=AFTER + 50 * DAY))
    closing = MONDAY + 11 * DAY
    refused(InvalidMove, lambda: completion.close_rest(actor=office.pp, order=order, note="Cukup", now=closing))
    room.give_back(fresh(order), closing)
    assert (used(order), given_back(order)) == (425_000, [600_000])


def test_what_is_on_its_way_when_the_rest_is_given_up_and_does_not_come(order: Order, office: make.Office) -> None:
    first, second = part_of(order, 4), part_of(order, 2)
    handed_over(office, first)
    agreed(order, office.pp, now=MONDAY + 2 * DAY)
    assert (used(order), bound(office)) == (625_000, 1_025_000)  # what is under way may still be billed
    end = deliveries_policies.missing_from(order, second) + HOUR
    deliveries.report_missing(actor=office.receiver, delivery=second, note="Tidak datang", now=end)
    assert (used(order), given_back(order), bound(office)) == (425_000, [400_000, 200_000], 425_000)
    sound(order)


def test_nothing_came_at_all_and_everything_is_given_back_once(order: Order, office: make.Office) -> None:
    only = part_of(order, 4)
    agreed(order, office.pp)
    end = deliveries_policies.missing_from(order, only) + HOUR
    deliveries.report_missing(actor=office.receiver, delivery=only, note="Tidak datang", now=end)
    assert (fresh(order).state, fresh(order).close_reason) == (OrderState.CLOSED, CloseReason.NOT_DELIVERED)
    assert (used(order), given_back(order), bound(office)) == (0, [600_000, 425_000], 0)
    sound(order)


def test_goods_that_were_sent_and_refused_still_count(order: Order, office: make.Office) -> None:
    """They were ordered and not cancelled: only what was not sent counts no longer."""
    handed_over(office, part_of(order, 4), accept=3)
    agreed(order, office.pp, now=MONDAY + 2 * DAY)
    assert (used(order), bound(office)) == (425_000, 325_000)
    sound(order)


def test_a_persons_rest(stranger: Any) -> None:
    order = make.accepted(make.place(stranger, (goods.make_product(price=20_000), 5))[0])
    whole, cost = used(order), order.delivery_cost
    deliveries.confirm_received(actor=stranger, delivery=part_of(order, 2), now=MONDAY + DAY)
    agreed(order, stranger, now=fresh(order).deliver_at - HOUR)
    assert (whole, used(order)) == (100_000 + cost, 40_000 + cost)
    sound(order)


def test_odd_prices_add_up_to_the_rupiah(office: make.Office) -> None:
    product = goods.make_product(price=33_333, unit="kg", step=Decimal("0.5"), on_hand=50)
    request = make.make_approved(office, [(product, Decimal("2.5"))])
    order = make.accepted(make.agreement.issue_orders(actor=office.pp, request=request, key="odd", now=MONDAY)[0])
    handed_over(office, make.shipped(order, sent={order.lines.get().pk: Decimal("0.5")}, now=LATER))
    agreed(order, office.pp, now=MONDAY + 2 * DAY)
    assert used(order) == Invoice.objects.get().gross == bound(office)
    sound(order)


# --- the buyer, or time


def test_the_buyer_and_time_give_the_room_back_too(order: Order, office: make.Office) -> None:
    part_of(order, 4)
    completion.close_rest(actor=office.pp, order=order, note="Cukup", now=MONDAY + 11 * DAY)
    assert given_back(order) == [600_000]
    other = make.accepted(make.make_issued(office))
    handed_over(office, part_of(other, 4))
    end = fresh(other).rest_due_at
    assert end is not None and completion.close_overdue_rests(now=end) == 1
    assert given_back(other) == [600_000]
    balanced()


# --- dates of a schedule


def test_a_date_that_passed_without_goods_counts_no_longer(weekly: tuple[make_office.Office, Order]) -> None:
    office, order = weekly
    close: Any = lambda now: completion.close_rest(  # noqa: E731
        actor=office.pp, order=fresh(order), note="Rapatnya sudah lewat", now=now
    )
    close(FIRST + HOUR)
    assert (used(order), given_back(order)) == (3_030_000, [1_010_000])
    sound(order)
    planned.shipped(fresh(order), 2, FIRST + WEEK - HOUR, quantities={order.lines.get().pk: Decimal(20)})
    close(FIRST + WEEK + HOUR)
    assert (used(order), given_back(order)) == (2_430_000, [1_010_000, 600_000])  # the date was brought for
    sound(order)
    # Another date is taken out by both sides: what passed before is not given back a second time.
    changing.date_changed(fresh(order), office.pp, 4, None, now=FIRST + WEEK + 2 * HOUR)
    assert (used(order), given_back(order)) == (1_420_000, [1_010_000, 600_000, 1_010_000])
    sound(order)


def test_both_sides_give_up_the_dates_that_are_left(weekly: tuple[make_office.Office, Order]) -> None:
    office, order = weekly
    planned.taken_over(office, order, 1)
    planned.shipped(fresh(order), 2, FIRST + WEEK - 2 * HOUR, quantities={order.lines.get().pk: Decimal(20)})
    now = FIRST + WEEK - HOUR
    agreed(fresh(order), office.pp, now=now)
    assert used(order) == 1_010_000 + 410_000
    # What was made is used up; what nobody makes any more can be sold to others.
    assert list(made_on(order).values()) == [50, 20]
    sound(order)
    on_its_way = order.deliveries.get(due_day__number=2)
    make.inspected(make.arrived(on_its_way, office.receiver, now + HOUR), office.receiver, now=now + 2 * HOUR)
    deliveries.sign_bast(actor=office.receiver, delivery=on_its_way, office_number="", now=now + 3 * HOUR)
    assert (used(order), bound(office)) == (1_420_000, 1_420_000)
    assert Commitment.objects.get(order=order).amount == 1_420_000
    sound(order)


def test_a_date_under_way_that_does_not_come_after_the_rest_was_given_up(
    weekly: tuple[make_office.Office, Order],
) -> None:
    office, order = weekly
    planned.taken_over(office, order, 1)
    sent = planned.shipped(fresh(order), 2, FIRST + WEEK - 2 * HOUR)
    agreed(fresh(order), office.pp, now=FIRST + WEEK - HOUR)
    assert used(order) == 2_020_000
    end = deliveries_policies.missing_from(order, sent) + HOUR
    deliveries.report_missing(actor=office.receiver, delivery=sent, note="Tidak datang", now=end)
    assert (used(order), bound(office)) == (1_010_000, 1_010_000)
    sound(order)


# --- goods made per day


def test_days_that_are_still_to_come_can_be_sold_to_others(office: make.Office) -> None:
    snack = planned.make_snack(capacity=20)
    request = make.make_approved(office, [(snack, 20)])
    order = make.accepted(make.agreement.issue_orders(actor=office.pp, request=request, key="daily", now=MONDAY)[0])
    due_on = make.local(order.deliver_at)
    assert made_on(order) == {due_on: 20}
    first = make.shipped(order, sent={order.lines.get().pk: Decimal(5)}, now=order.deliver_at - 2 * HOUR)
    agreed(order, office.pp, now=order.deliver_at - HOUR)
    assert made_on(order) == {due_on: 5}
    handed_over(office, first, now=order.deliver_at)
    sound(order)


def test_days_that_are_over_stay_used_up(office: make.Office) -> None:
    snack = planned.make_snack(capacity=20)
    request = make.make_approved(office, [(snack, 20)])
    order = make.accepted(make.agreement.issue_orders(actor=office.pp, request=request, key="over", now=MONDAY)[0])
    held = made_on(order)
    first = make.shipped(order, sent={order.lines.get().pk: Decimal(5)}, now=order.deliver_at - 2 * HOUR)
    handed_over(office, first, now=order.deliver_at)
    completion.close_rest(actor=office.pp, order=order, note="Cukup", now=order.deliver_at + 2 * DAY)
    assert made_on(order) == held
    sound(order)
