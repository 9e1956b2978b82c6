"""What an inspector looks for: each flag on both sides of its definition."""

from datetime import timedelta
from typing import Any

import pytest

from epeken.core import clock
from orders.deliveries import services as deliveries
from orders.deliveries.models import Delivery
from orders.disputes import services as disputes
from orders.documents import services as documents
from orders.orders.models import Order
from orders.orders.services.agreement import close_order
from orders.oversight.flags import Flag, flags_of, page_of, with_flags
from procurement.guards.models import GuardFinding
from procurement.guards.states import Choice, GuardKind, Outcome
from tests.factories import cancellations as cancelling
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import reversals as undo
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY, Office
from tests.factories.users import signed_in

pytestmark = pytest.mark.django_db
MOMENT = timedelta.resolution


@pytest.fixture
def office() -> Office:
    return make.make_office()


def flags(order: Order, now: Any = MONDAY + 3 * HOUR) -> list[Flag]:
    return flags_of(with_flags(Order.objects.filter(pk=order.pk), now).get())


def finding(order: Order, outcome: Outcome, **over: Any) -> GuardFinding:
    assert order.request is not None
    values = {
        "request": order.request, "kind": GuardKind.YEAR_EARLY, "key": outcome.value, "amount": 1, "threshold": 0,
        "parameters": {"year": 2026, "sum": 1}, "choice": Choice.JUSTIFY, "reason": "Disepakati",
        "chosen_by": order.request.requester, "chosen_at": MONDAY, "owner_role": "pp", "outcome": outcome,
        "answered_at": None if outcome == Outcome.OPEN else MONDAY, **over,
    }  # fmt: skip
    return GuardFinding.objects.create(**values)


def test_an_ordinary_purchase_bears_none(office: Office) -> None:
    order = make.cleared(office, make.make_issued(office))
    make.pay(office, order)
    assert flags(order, MONDAY + 30 * DAY) == []


@pytest.mark.parametrize(
    ("outcome", "found"),
    [
        (Outcome.ACCEPTED, [Flag.JUSTIFIED]), (Outcome.CONFIRMED, [Flag.VIOLATION]), (Outcome.OPEN, []),
        (Outcome.FALSE_ALARM, []), (Outcome.MERGED, []),
    ],
)  # fmt: skip
def test_a_warning_that_was_answered(office: Office, outcome: Outcome, found: list[Flag]) -> None:
    order = make.make_issued(office)
    finding(order, outcome)
    assert flags(order) == found
    assert flags(make.make_issued(office)) == []


def test_paid_on_the_last_day_is_in_time_and_a_day_later_is_not(office: Office) -> None:
    first, second = (make.cleared(office, make.make_issued(office)) for _n in range(2))
    last = make.invoice_of(first).due_at
    assert last is not None
    day = clock.last_day(last)
    make.pay(office, first, paid_on=day, now=last + 3 * DAY)
    make.pay(office, second, paid_on=day + DAY, now=last + 3 * DAY, reference="SP2D-002/2026")
    assert (flags(first, last + 9 * DAY), flags(second, last + 9 * DAY)) == ([], [Flag.LATE])


def test_what_is_not_paid_is_late_at_the_end_of_its_last_day_unless_a_complaint_stops_it(office: Office) -> None:
    order = make.taken_over(office, make.make_issued(office))
    due = make.invoice_of(order).due_at
    assert due is not None
    assert (flags(order, due - MOMENT), flags(order, due)) == ([], [Flag.LATE])
    mend.opened(order, office.receiver)
    assert flags(order, due) == []


def test_accepted_by_silence(office: Office) -> None:
    seen, unseen = (make.make_issued(office) for _n in range(2))
    make.taken_over(office, seen)
    make.accepted(unseen)
    delivery = make.arrived(make.shipped(unseen), office.receiver)
    assert delivery.due_at is not None
    assert flags(unseen) == []
    deliveries.accept_by_silence(now=delivery.due_at)
    assert Delivery.objects.get(pk=delivery.pk).accepted_at is not None
    assert (flags(seen), flags(unseen)) == ([], [Flag.SILENT])


def test_papers_waived_and_taken_out(office: Office) -> None:
    order = make.taken_over(office, make.make_meeting(office))
    later = MONDAY + 2 * DAY
    file = documents.add_attachment(
        actor=office.requester, order=order, kind="attendance", title="", file=make.photo(), now=later
    )
    assert flags(order) == []
    documents.remove_attachment(actor=office.requester, attachment=file, note="Salah berkas", now=later)
    assert flags(order) == [Flag.REMOVED]
    documents.waive_slot(
        actor=office.ppk, order=order, kind="invitation", reason="not_made", note="Rapat mendadak", now=later
    )
    assert flags(order) == [Flag.WAIVED, Flag.REMOVED]


def test_a_payment_that_was_reversed_not_one_that_is_asked_to_be(office: Office) -> None:
    order = make.cleared(office, make.make_issued(office))
    make.pay(office, order)
    row = undo.asked(office, order)
    assert flags(order) == []
    undo.released(office, row)
    assert flags(order) == [Flag.REVERSED]


def test_cancelled_not_only_asked_for(office: Office) -> None:
    first, second = make.make_issued(office), make.accepted(make.make_issued(office))
    cancelling.cancelled(first, office.pp)
    cancelling.asked(second, office.pp)
    assert (flags(first), flags(second)) == ([Flag.CANCELLED], [])


def test_declined_or_not_answered_is_cancelled_too(office: Office) -> None:
    order = make.make_issued(office)
    close_order(actor=None, order=order, reason="no_answer", note="", now=order.answer_due_at + MOMENT)
    assert flags(order) == [Flag.CANCELLED]


def test_each_flag_is_seen_on_the_page_it_leads_to(office: Office) -> None:
    """Every page opens for the inspectorate, and shows the purchase."""
    order = make.cleared(office, make.make_issued(office))
    make.pay(office, order)
    undo.released(office, undo.asked(office, order))
    file = documents.add_attachment(
        actor=office.requester, order=(other := make.make_issued(office)), kind="other", title="Denah",
        file=make.photo(), now=MONDAY + 2 * DAY,
    )  # fmt: skip
    documents.remove_attachment(actor=office.requester, attachment=file, note="Salah berkas", now=MONDAY + 2 * DAY)
    for outcome in (Outcome.ACCEPTED, Outcome.CONFIRMED):
        finding(order, outcome)
    browser = signed_in(goods.make_staff("procurement.inspect_all"))
    for flag in Flag:
        shown = other if flag == Flag.REMOVED else order
        answer = browser.get(page_of(flag, shown))
        said = shown.request.number if flag in (Flag.VIOLATION, Flag.JUSTIFIED) else shown.number  # type: ignore[union-attr]
        assert (flag, answer.status_code, said in answer.content.decode()) == (flag, 200, True)


def test_a_complaint_the_city_does_not_decide_in_time(office: Office) -> None:
    """And a bill that was late before the complaint is late while it lasts."""
    order = make.taken_over(office, make.make_issued(office))
    due = make.invoice_of(order).due_at
    assert due is not None
    dispute = mend.opened(order, office.receiver, now=due)
    disputes.pass_overdue(now=dispute.due_at)
    dispute.refresh_from_db()
    assert dispute.decide_due_at is not None
    assert flags(order, dispute.decide_due_at - MOMENT) == [Flag.LATE]
    assert flags(order, dispute.decide_due_at) == [Flag.LATE, Flag.UNDECIDED]
    assert page_of(Flag.UNDECIDED, order).endswith("#jejak")
    disputes.decide_dispute(actor=mend.judge(), dispute=dispute, decision="Tidak terbukti", now=dispute.decide_due_at)
    assert Flag.UNDECIDED not in flags(order, dispute.decide_due_at)
