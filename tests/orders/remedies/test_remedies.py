"""Goods that come again and money that is returned: recorded, confirmed or contested; silence and rulings."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.i18n.times import long_end
from epeken.notifications.models import Notification
from epeken.site.dashboards import seller_day
from epeken.users.models import User
from orders.billing import rules as billing_rules
from orders.billing.models import Invoice
from orders.billing.services import payments
from orders.deliveries import services as deliveries
from orders.disputes import rules, terms
from orders.disputes import services as disputes
from orders.disputes.states import DisputeOutcome
from orders.orders.models import Order
from orders.orders.next_step import Task, Turn, steps_of
from orders.orders.services import reminders
from orders.orders.states import OrderState
from orders.remedies import services
from orders.remedies.models import Remedy
from orders.remedies.states import RemedyKind, RemedyState
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR
from tests.factories.remedies import NOW
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.books import refused
from tests.orders.remedies.test_deductions import audited
from umkm.stock import services as stock

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@pytest.fixture
@kept
def order(office: make.Office) -> Order:
    """Taken over, not paid."""
    return make.cleared(office, mend.issued(office))


@pytest.fixture
@kept
def replaced(order: Order, office: make.Office) -> Remedy:
    """Three of ten come again."""
    mend.decided(order, office.receiver, mend.replacement(order, 3))
    return mend.remedy_of(order)


@pytest.fixture
@kept
def refunded(citizen: User) -> Remedy:
    order = mend.bought(citizen)
    mend.decided(order, citizen, mend.refund(order, 60_000))
    return mend.remedy_of(order)


def steps(order: Order) -> list[tuple[str, str]]:
    return [(step.who, step.what) for step in steps_of(Order.objects.get(pk=order.pk), NOW + 2 * HOUR)]


def test_goods_that_do_not_come_are_deducted(replaced: Remedy, order: Order, office: make.Office) -> None:
    late = replaced.due_at
    assert late is not None
    assert services.pass_overdue(now=late - HOUR) == 0
    assert services.pass_overdue(now=late) == 1
    replaced.refresh_from_db()
    after = mend.remedy_of(order)
    assert (replaced.state, after.follows, after.kind) == (RemedyState.LAPSED, replaced, RemedyKind.DEDUCTION)
    assert (after.applied, make.invoice_of(order).gross) == (300_000, 700_000)
    refused(InvalidMove, lambda: mend.sent(replaced, now=late + HOUR))
    assert Notification.objects.filter(kind="dispute.remedy_lapsed", person=office.treasurer).exists()
    audited()


def test_silence_of_the_buyer_counts_as_yes(refunded: Remedy) -> None:
    remedy = mend.returned(refunded)
    assert remedy.due_at is not None
    assert services.pass_overdue(now=remedy.due_at - HOUR) == 0
    assert services.pass_overdue(now=remedy.due_at) == 1
    remedy.refresh_from_db()
    assert remedy.state == RemedyState.ASSUMED
    assert remedy.events.latest("sequence").actor is None
    audited()


def test_what_is_contested_the_city_rules(refunded: Remedy, citizen: User) -> None:
    order = refunded.order
    remedy = mend.returned(refunded)
    refused(RuleBroken, lambda: services.contest(actor=citizen, remedy=remedy, objection=" ", now=NOW + DAY))
    services.contest(actor=citizen, remedy=remedy, objection="Belum sampai", now=NOW + 3 * HOUR)
    assert steps(order) == [(Turn.CITY, Task.RULE)]
    rule = lambda actor, upheld, later=4: services.rule(  # noqa: E731
        actor=actor, remedy=remedy, upheld=upheld, ruling="Bukti jelas", now=NOW + later * HOUR
    )
    for person in (citizen, make.member_of(order), goods.make_user()):
        refused(NotAllowed, lambda person=person: rule(person, True))
    judge = mend.judge()
    rule(judge, False)
    remedy.refresh_from_db()
    assert (remedy.state, clock.last_day(remedy.due_at)) == (
        RemedyState.OWED, clock.add_working_days(make.local(NOW), rules.REFUND.on(make.local(NOW))),
    )  # fmt: skip
    mend.returned(remedy, now=NOW + 5 * HOUR)
    services.contest(actor=citizen, remedy=remedy, objection="Masih belum", now=NOW + 6 * HOUR)
    rule(judge, True, 7)
    remedy.refresh_from_db()
    assert remedy.state == RemedyState.UPHELD
    audited()


def test_without_a_ruling_what_the_seller_recorded_stands(refunded: Remedy, citizen: User) -> None:
    judge = mend.judge()
    remedy = mend.returned(refunded)
    services.contest(actor=citizen, remedy=remedy, objection="Belum sampai", now=NOW + 3 * HOUR)
    remedy.refresh_from_db()
    due, end = remedy.decide_due_at, remedy.ends_at
    assert due is not None and end is not None
    assert clock.last_day(due) == clock.add_working_days(make.local(NOW), rules.DECIDE.on(make.local(NOW)))
    (step,) = steps_of(Order.objects.get(pk=remedy.order_id), NOW)
    assert (step.what, step.due) == (Task.RULE, due)
    told = lambda kind: {line.person for line in Notification.objects.filter(kind=kind)}  # noqa: E731
    deciders = {judge, refunded.dispute.events.get(action="decide").actor}
    assert told("dispute.remedy_to_rule") == deciders
    page = signed_in(citizen).get(reverse("orders:order-detail", args=[remedy.order.number])).content.decode()
    assert f"Bila sampai {long_end(end)} tidak diputus, catatan penjual berlaku." in page
    assert services.pass_on_overdue(now=due - timedelta.resolution) == 0
    assert services.pass_on_overdue(now=due) == 1
    assert told("dispute.remedy_not_ruled") == deciders
    remedy.refresh_from_db()
    assert (remedy.state, remedy.climbs) == (RemedyState.CONTESTED, 1)
    assert services.pass_on_overdue(now=end - timedelta.resolution) == 1
    remedy.refresh_from_db()
    assert remedy.state == RemedyState.CONTESTED
    assert services.pass_on_overdue(now=end) == 1
    remedy.refresh_from_db()
    assert (remedy.state, remedy.ended_at) == (RemedyState.UNRULED, end)
    asked = Notification.objects.unread().filter(kind__in=["dispute.remedy_to_rule", "dispute.remedy_not_ruled"])
    assert not asked.exists()
    audited()


def test_what_the_city_gives_back_has_new_times_when_it_is_contested_again(refunded: Remedy, citizen: User) -> None:
    remedy = mend.returned(refunded)
    services.contest(actor=citizen, remedy=remedy, objection="Belum", now=NOW + 3 * HOUR)
    remedy.refresh_from_db()
    assert remedy.decide_due_at is not None
    services.pass_on_overdue(now=remedy.decide_due_at)
    ruled = remedy.decide_due_at + HOUR
    services.rule(actor=mend.judge(), remedy=remedy, upheld=False, ruling="Belum masuk", now=ruled)
    remedy.refresh_from_db()
    assert (remedy.decide_due_at, remedy.climbs_at, remedy.climbs, remedy.ends_at) == (None, None, 0, None)
    mend.returned(remedy, now=ruled + HOUR)
    services.contest(actor=citizen, remedy=remedy, objection="Belum", now=ruled + 2 * HOUR)
    remedy.refresh_from_db()
    assert remedy.climbs_at == remedy.decide_due_at
    assert remedy.decide_due_at is not None
    assert remedy.decide_due_at > ruled


def test_goods_are_sent_and_money_is_recorded(replaced: Remedy, refunded: Remedy) -> None:
    refused(InvalidMove, lambda: mend.returned(replaced))
    refused(InvalidMove, lambda: mend.sent(refunded))


def test_money_goes_back_to_a_person_who_paid(refunded: Remedy, citizen: User) -> None:
    order = refunded.order
    assert (order.state, steps(order)) == (OrderState.FINISHED, [(Turn.SELLER, Task.FULFIL)])
    refused(RuleBroken, lambda: mend.returned(refunded, proof=None), code="proof_missing")
    refused(NotAllowed, lambda: mend.returned(refunded, actor=citizen))
    mend.returned(refunded)
    refused(InvalidMove, lambda: mend.returned(refunded))
    refused(NotAllowed, lambda: services.confirm(actor=make.member_of(order), remedy=refunded, now=NOW + 3 * HOUR))
    services.confirm(actor=citizen, remedy=refunded, now=NOW + 3 * HOUR)
    assert steps(order) == []
    audited()


def test_money_that_was_not_returned_stays_owed(refunded: Remedy) -> None:
    late = refunded.due_at
    assert late is not None
    assert services.pass_overdue(now=late) == 1
    assert services.pass_overdue(now=late + DAY) == 0
    refunded.refresh_from_db()
    assert refunded.state == RemedyState.OVERDUE
    assert steps(refunded.order) == [(Turn.SELLER, Task.FULFIL)]
    assert mend.returned(refunded, now=late + DAY).state == RemedyState.RECORDED


def test_no_more_is_returned_than_was_paid(citizen: User) -> None:
    order = mend.bought(citizen)
    mend.decided(order, citizen, mend.refund(order, 150_000))
    dispute = mend.opened(order, citizen, now=NOW + 3 * HOUR)
    act = lambda amount: disputes.decide_dispute(  # noqa: E731
        actor=mend.judge(), dispute=dispute, decision="x", given=mend.refund(order, amount), now=NOW + 4 * HOUR
    )
    assert "Rp60.000" in refused(RuleBroken, lambda: act(60_001), code="amount_outside").message
    act(60_000)
    audited()


def test_a_person_complains_for_some_days_after_paying(citizen: User) -> None:
    order = mend.bought(citizen)
    assert order.finished_at is not None
    last = clock.add_working_days(make.local(order.finished_at), rules.AFTER_PAYMENT.on(make.local(NOW)))
    end = clock.end_of(last)
    refused(InvalidMove, lambda: mend.opened(order, make.member_of(order)))
    refused(InvalidMove, lambda: mend.opened(order, citizen, now=end))
    mend.opened(order, citizen, now=end - HOUR)


def test_another_dispute_stops_what_was_decided(replaced: Remedy, order: Order, office: make.Office) -> None:
    due = replaced.due_at
    assert due is not None
    dispute = mend.opened(order, office.receiver, now=NOW + 2 * HOUR)
    refused(RuleBroken, lambda: mend.sent(replaced, now=NOW + 3 * HOUR), code="dispute_open")
    assert services.pass_overdue(now=due) == 0
    disputes.decide_dispute(actor=office.receiver, dispute=dispute, decision="Selesai", now=NOW + 5 * HOUR)
    replaced.refresh_from_db()
    assert replaced.due_at == due + 3 * HOUR


@pytest.mark.parametrize(("accept", "refused_before"), [(9, 1), (7, 3), (5, 3), (10, 0)])
def test_goods_refused_when_they_are_counted_are_invoiced_when_they_come_again(
    office: make.Office, accept: int, refused_before: int
) -> None:
    """Three of ten are to come again, and the receiver records some as bad: those are on no invoice yet."""
    order = make.accepted(mend.issued(office))
    delivery = make.arrived(make.shipped(order), office.receiver)
    mend.decided(order, office.receiver, mend.replacement(order, 3))
    make.inspected(delivery, office.receiver, accept=accept, now=NOW + 2 * HOUR)
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=NOW + 3 * HOUR)
    remedy = mend.remedy_of(order)
    assert (remedy.state, remedy.quantity, remedy.refused) == (RemedyState.OWED, 3, refused_before)
    assert remedy.invoiced_worth == (3 - refused_before) * 100_000
    audited()


@pytest.mark.parametrize(
    ("quantity", "until"),
    [(11, NOW + DAY), (Decimal("0.5"), NOW + DAY), (3, NOW), (3, NOW + 60 * DAY), (0, NOW + DAY)],
)
def test_a_replacement_within_what_came_and_in_time(
    order: Order, office: make.Office, quantity: Decimal, until: object
) -> None:
    dispute = mend.opened(order, office.receiver)
    given = mend.replacement(order, quantity, until)  # type: ignore[arg-type]
    act = lambda: disputes.decide_dispute(  # noqa: E731
        actor=mend.judge(), dispute=dispute, decision="x", given=given, now=NOW + HOUR
    )
    refused(RuleBroken, act)


def test_what_was_not_accepted_is_not_given_away(office: make.Office) -> None:
    """Six of ten are good. Before the handover the four others may come again, to be invoiced; after it nobody waits
    for them, and what is replaced is what was accepted and invoiced."""
    order = make.accepted(mend.issued(office))
    delivery = make.arrived(make.shipped(order), office.receiver)
    make.inspected(delivery, office.receiver, accept=6)
    assert DisputeOutcome.REPLACEMENT in terms.outcomes_of(order)
    dispute = mend.opened(order, office.receiver)
    decide = lambda quantity, now: disputes.decide_dispute(  # noqa: E731
        actor=mend.judge(), dispute=dispute, decision="x", given=mend.replacement(order, quantity), now=now
    )
    said = refused(RuleBroken, lambda: decide(5, NOW + HOUR), code="quantity_outside").message
    assert "6 dari 10" in said
    assert "4" in said
    assert "ditagih bila" in terms.words("Toko", mend.replacement(order, 4))
    disputes.decide_dispute(actor=office.receiver, dispute=dispute, decision="Tidak", now=NOW + HOUR)
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=NOW + 2 * HOUR)
    assert DisputeOutcome.REPLACEMENT in terms.outcomes_of(order)
    dispute = mend.opened(order, office.receiver, now=NOW + 3 * HOUR)
    said = refused(RuleBroken, lambda: decide(7, NOW + 4 * HOUR), code="quantity_outside").message
    assert "ditagih" in said
    page = signed_in(make.member_of(order)).get(reverse("orders:dispute-answer", args=[order.number]))
    assert "tidak diterima saat diperiksa" in page.content.decode()
    decide(1, NOW + 4 * HOUR)
    assert (mend.remedy_of(order).quantity, mend.remedy_of(order).refused) == (1, 0)
    audited()


def test_goods_that_came_again_at_once_leave_the_day_to_pay(order: Order, office: make.Office) -> None:
    """The last day follows what happened, not the day until which the goods might have come."""
    due = make.invoice_of(order).due_at
    mend.decided(order, office.receiver, mend.replacement(order, 3, NOW + 5 * DAY))
    delivery = mend.sent(mend.remedy_of(order))
    assert make.invoice_of(order).due_at == due
    mend.handed_over(delivery, office.receiver, accept=3)
    days = billing_rules.PAYMENT.on(make.local(NOW))
    assert make.invoice_of(order).due_at == max(due, clock.due_after_working_days(NOW + 3 * HOUR, days))


def test_an_invoice_is_not_late_while_goods_come_again(replaced: Remedy, order: Order, office: make.Office) -> None:
    delivery = mend.sent(replaced)
    far = NOW + 30 * DAY
    assert not Invoice.objects.late(far).exists()
    money = seller_day.seller_money(order.seller, far)
    assert (money.moving, money.late, money.moving_due) == (1_000_000, 0, None)
    mend.handed_over(delivery, office.receiver, accept=3, now=far)
    assert make.invoice_of(order).due_at == clock.due_after_working_days(far, billing_rules.PAYMENT.on(make.local(far)))


def test_an_empty_shelf_sends_nothing(replaced: Remedy, order: Order) -> None:
    product = order.lines.get().product
    product.refresh_from_db()
    stock.take_stock(product=product, quantity=product.on_hand, reference="lain", days=[], actor=None, now=NOW)
    refused(RuleBroken, lambda: mend.sent(replaced), code="out_of_stock")


def test_a_seller_is_reminded_once(replaced: Remedy, order: Order) -> None:
    due = replaced.due_at
    assert due is not None
    near = due - 2 * HOUR
    reminders.remind_ahead(now=near)
    reminders.remind_ahead(now=near + HOUR)
    assert Notification.objects.filter(kind="dispute.remedy_near").count() == 1


def test_a_person_who_has_not_paid_waits_with_the_cash(citizen: User) -> None:
    order = mend.bought(citizen, paid=False)
    mend.decided(order, citizen, mend.replacement(order, 2))
    cash = lambda now: payments.record_cash(  # noqa: E731
        actor=make.member_of(order), invoice=make.invoice_of(order), key="b" * 32, now=now
    )
    refused(RuleBroken, lambda: cash(NOW + 2 * HOUR), code="replacement_awaited")
    deliveries.confirm_received(actor=citizen, delivery=mend.sent(mend.remedy_of(order)), now=NOW + 3 * HOUR)
    assert cash(NOW + 4 * HOUR).amount == 210_000
    audited()
