"""Goods that come again are a delivery of their own: counted, inspected, handed over, and invoiced where no invoice
bears them yet."""

from decimal import Decimal

import pytest

from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.users.models import User
from orders.billing.models import Commitment, Invoice
from orders.billing.services import payments
from orders.billing.states import CommitmentState, InvoiceState
from orders.deliveries import policies as deliveries_policies
from orders.deliveries import services as deliveries
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.disputes import services as disputes
from orders.disputes import terms
from orders.documents.models import Document
from orders.documents.states import DocumentKind
from orders.orders.models import Order
from orders.orders.next_step import Task, Turn, steps_of
from orders.orders.states import CloseReason, OrderState
from orders.remedies import rooms, services
from orders.remedies.models import Remedy
from orders.remedies.states import RemedyKind, RemedyState
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories.orders import DAY, HOUR
from tests.factories.remedies import NOW
from tests.kept_steps import kept
from tests.orders.books import refused
from tests.orders.remedies.test_deductions import audited

pytestmark = pytest.mark.django_db
END = NOW + 2 * DAY  # until when goods come again, as decided


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@pytest.fixture
@kept
def invoiced(office: make.Office) -> Remedy:
    """Ten were accepted and are invoiced; three of them come again."""
    order = make.cleared(office, mend.issued(office))
    mend.decided(order, office.receiver, mend.replacement(order, 3))
    return mend.remedy_of(order)


@pytest.fixture
@kept
def refused_goods(office: make.Office) -> Remedy:
    """Four of ten were refused when they were counted, and come again; the BAST of the six is signed."""
    return refused_of(office, accept=6, again=4)


def refused_of(office: make.Office, *, accept: int, again: int) -> Remedy:
    order = make.accepted(mend.issued(office))
    delivery = make.arrived(make.shipped(order), office.receiver)
    make.inspected(delivery, office.receiver, accept=accept)
    mend.decided(order, office.receiver, mend.replacement(order, again))
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=NOW + HOUR)
    return mend.remedy_of(order)


def fresh(remedy: Remedy) -> Remedy:
    return Remedy.objects.select_related("order", "delivery", "order_line").get(pk=remedy.pk)


def invoices(remedy: Remedy) -> list[tuple[int, str]]:
    rows = Invoice.objects.live().filter(order=remedy.order_id).order_by("pk")
    return [(row.gross, row.state) for row in rows]


def bound(remedy: Remedy) -> tuple[str, int]:
    row = Commitment.objects.get(order=remedy.order_id)
    return row.state, row.amount


def steps(remedy: Remedy) -> list[tuple[str, str]]:
    order = Order.objects.get(pk=remedy.order_id)
    return [(step.who, step.what) for step in steps_of(order, NOW + 2 * HOUR)]


def test_invoiced_goods_come_again_and_release_the_invoice(invoiced: Remedy, office: make.Office) -> None:
    delivery = mend.sent(invoiced)
    assert (delivery.number[:2], steps(invoiced)) == ("SJ", [(Turn.RECEIVER, Task.ARRIVE)])
    audited()
    mend.handed_over(delivery, office.receiver, accept=3)
    delivery.refresh_from_db()
    remedy = fresh(invoiced)
    assert (remedy.state, remedy.came) == (RemedyState.CAME, 3)
    assert delivery.bast_number
    assert [gross for gross, _state in invoices(remedy)] == [1_000_000]
    line = delivery.lines.get()
    assert (line.accepted, line.covered, line.amount) == (3, 3, 0)
    assert make.pay_again(office, remedy.order, now=NOW + 4 * HOUR).amount == 1_000_000
    assert Order.objects.get(pk=remedy.order_id).state == OrderState.FINISHED
    audited()


def test_refused_goods_that_come_again_are_invoiced_and_paid(refused_goods: Remedy, office: make.Office) -> None:
    """Six are paid in time; the four are billed when they are accepted, and the department's money stays bound."""
    assert invoices(refused_goods) == [(600_000, InvoiceState.ISSUED)]
    assert bound(refused_goods) == (CommitmentState.COMMITTED, 1_000_000)
    assert (Turn.TREASURER, Task.VERIFY) in steps(refused_goods)
    audited()
    mend.handed_over(mend.sent(refused_goods), office.receiver, accept=4)
    assert invoices(refused_goods) == [(600_000, InvoiceState.ISSUED), (400_000, InvoiceState.ISSUED)]
    assert refused_goods.order.lines.get().accepted_quantity == 10
    assert bound(refused_goods) == (CommitmentState.COMMITTED, 1_000_000)
    audited()
    for n, invoice in enumerate(Invoice.objects.filter(order=refused_goods.order_id).order_by("pk")):
        make.clear(office, invoice, now=NOW + 4 * HOUR)
        make.pay(office, refused_goods.order, invoice=invoice, reference=f"SP2D-{n}", now=NOW + 5 * HOUR)
    assert Order.objects.get(pk=refused_goods.order_id).state == OrderState.FINISHED
    audited()


def test_the_invoice_of_accepted_goods_is_paid_while_refused_ones_are_awaited(
    refused_goods: Remedy, office: make.Office
) -> None:
    invoice = make.invoice_of(refused_goods.order)
    due = invoice.due_at
    make.clear(office, invoice, now=NOW + 2 * HOUR)
    make.pay(office, refused_goods.order, now=NOW + 2 * HOUR)
    assert Order.objects.get(pk=refused_goods.order_id).state == OrderState.ACCEPTED
    services.pass_overdue(now=END)
    assert Order.objects.get(pk=refused_goods.order_id).state == OrderState.FINISHED
    assert make.invoice_of(refused_goods.order).due_at == due
    audited()


def test_all_refused_and_replaced_keeps_the_order(office: make.Office) -> None:
    remedy = refused_of(office, accept=0, again=10)
    assert Delivery.objects.get(order=remedy.order_id).state == DeliveryState.REJECTED
    assert (remedy.state, remedy.refused, invoices(remedy)) == (RemedyState.OWED, 10, [])
    assert steps(remedy) == [(Turn.SELLER, Task.FULFIL)]
    audited()
    mend.handed_over(mend.sent(remedy), office.receiver, accept=10)
    assert invoices(remedy) == [(1_000_000, InvoiceState.ISSUED)]
    audited()


def test_all_refused_and_never_replaced_closes_the_order(office: make.Office) -> None:
    remedy = refused_of(office, accept=0, again=10)
    services.pass_overdue(now=END)
    order = Order.objects.get(pk=remedy.order_id)
    assert (order.state, order.close_reason) == (OrderState.CLOSED, CloseReason.ALL_REJECTED)
    assert bound(remedy)[0] == CommitmentState.VOID
    audited()


@pytest.mark.parametrize("accept", [0, 1, 3])
def test_what_is_refused_again_is_owed_until_the_decided_moment(
    refused_goods: Remedy, office: make.Office, accept: int
) -> None:
    first = mend.handed_over(mend.sent(refused_goods), office.receiver, accept=accept)
    remedy = fresh(refused_goods)
    assert (remedy.state, remedy.left, remedy.due_at) == (RemedyState.OWED, 4 - accept, END)
    assert first.state == (DeliveryState.ACCEPTED if accept else DeliveryState.REJECTED)
    audited()
    second = mend.sent(remedy, now=NOW + 4 * HOUR)
    assert second.lines.get().sent == 4 - accept
    mend.handed_over(second, office.receiver, accept=4 - accept, now=NOW + 5 * HOUR)
    assert fresh(refused_goods).state == RemedyState.CAME
    assert sum(gross for gross, _state in invoices(remedy)) == 1_000_000
    audited()


def test_refused_again_and_out_of_time_is_on_no_invoice(refused_goods: Remedy, office: make.Office) -> None:
    mend.handed_over(mend.sent(refused_goods), office.receiver, accept=1, now=END + DAY)
    refused(InvalidMove, lambda: mend.sent(fresh(refused_goods), now=END + DAY))
    assert services.pass_overdue(now=END + DAY) == 1
    assert fresh(refused_goods).state == RemedyState.LAPSED
    assert sum(gross for gross, _state in invoices(refused_goods)) == 700_000
    assert bound(refused_goods) == (CommitmentState.COMMITTED, 700_000)
    assert not refused_goods.order.remedies.filter(kind=RemedyKind.DEDUCTION).exists()
    audited()


def test_partly_right_lowers_the_invoice_by_the_rest(invoiced: Remedy, office: make.Office) -> None:
    mend.handed_over(mend.sent(invoiced), office.receiver, accept=2)
    refused(InvalidMove, lambda: make.pay(office, invoiced.order, now=NOW + 4 * HOUR))
    services.pass_overdue(now=END)
    after = mend.remedy_of(invoiced.order)
    assert (after.kind, after.applied, after.follows) == (RemedyKind.DEDUCTION, 100_000, fresh(invoiced))
    assert [gross for gross, _state in invoices(invoiced)] == [900_000]
    audited()


def test_what_stands_for_both_covers_the_invoiced_first(office: make.Office) -> None:
    """Decided before the count: five come again. Two of them turn out refused, so three are on the invoice."""
    order = make.accepted(mend.issued(office))
    delivery = make.arrived(make.shipped(order), office.receiver)
    mend.decided(order, office.receiver, mend.replacement(order, 5))
    mend.handed_over(delivery, office.receiver, accept=8, now=NOW + 2 * HOUR)
    remedy = mend.remedy_of(order)
    assert (remedy.quantity, remedy.refused) == (5, 2)
    again = mend.handed_over(mend.sent(remedy), office.receiver, accept=4)
    assert (again.lines.get().covered, again.lines.get().invoiced) == (3, 1)
    assert [gross for gross, _state in invoices(remedy)] == [800_000, 100_000]
    audited()
    services.pass_overdue(now=END)
    assert [gross for gross, _state in invoices(remedy)] == [800_000, 100_000]
    audited()


def test_an_arrival_is_never_assumed(invoiced: Remedy, office: make.Office) -> None:
    """E-36: silence of the receiver tells the head and the inspectorate; nothing is accepted, and the bill waits."""
    delivery = mend.sent(invoiced)
    far = NOW + 60 * DAY
    for _turn in range(6):
        deliveries.accept_by_silence(now=far)
        far += 10 * DAY
    services.pass_overdue(now=far)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.escalations) == (DeliveryState.SHIPPED, len(deliveries_policies.ASKED_IN_TURN))
    assert fresh(invoiced).state == RemedyState.SENT
    refused(InvalidMove, lambda: make.pay(office, invoiced.order, now=far))
    audited()


def test_silence_after_a_recorded_arrival_accepts_it(invoiced: Remedy, office: make.Office) -> None:
    delivery = deliveries.mark_arrived(actor=office.receiver, delivery=mend.sent(invoiced), now=NOW + 3 * HOUR)
    deliveries.accept_by_silence(now=NOW + 30 * DAY)
    delivery.refresh_from_db()
    assert (delivery.state, fresh(invoiced).state) == (DeliveryState.ACCEPTED, RemedyState.CAME)
    audited()


def test_what_does_not_come_is_owed_once_more(invoiced: Remedy, office: make.Office) -> None:
    product = invoiced.order.lines.get().product
    product.refresh_from_db()
    shelf = product.on_hand
    delivery = mend.sent(invoiced)
    late = END + HOUR
    deliveries.report_missing(actor=office.receiver, delivery=delivery, note="Tidak ada yang datang", now=late)
    product.refresh_from_db()
    remedy = fresh(invoiced)
    assert product.on_hand == shelf
    assert remedy.state == RemedyState.OWED
    assert remedy.due_at is not None
    assert remedy.due_at > late
    assert services.pass_overdue(now=late) == 0
    audited()
    mend.handed_over(mend.sent(remedy, now=late + HOUR), office.receiver, accept=3, now=late + 2 * HOUR)
    assert fresh(invoiced).state == RemedyState.CAME
    audited()


def test_one_is_under_way_at_a_time(invoiced: Remedy, office: make.Office) -> None:
    refused(NotAllowed, lambda: mend.sent(invoiced, actor=office.receiver))
    mend.sent(invoiced)
    refused(InvalidMove, lambda: mend.sent(invoiced))


def test_the_goods_it_replaces_are_counted_first(office: make.Office) -> None:
    """What was refused of them is invoiced with the replacement: counted later, it would be on no invoice."""
    order = make.accepted(mend.issued(office))
    delivery = make.arrived(make.shipped(order), office.receiver)
    mend.decided(order, office.receiver, mend.replacement(order, 3))
    again = mend.sent(mend.remedy_of(order))
    again = deliveries.mark_arrived(actor=office.receiver, delivery=again, now=NOW + 3 * HOUR)
    refused(RuleBroken, lambda: mend.inspected(again, office.receiver, accept=3), code="original_uncounted")
    mend.inspected(delivery, office.receiver, accept=7, now=NOW + 3 * HOUR)
    mend.handed_over(Delivery.objects.get(pk=again.pk), office.receiver, accept=3, now=NOW + 4 * HOUR)
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=NOW + 5 * HOUR)
    assert sorted(gross for gross, _state in invoices(mend.remedy_of(order))) == [300_000, 700_000]
    audited()


def test_it_is_disputed_again(invoiced: Remedy, office: make.Office) -> None:
    """The replacement is bad as well: it is judged with the goods it stands for."""
    again = mend.handed_over(mend.sent(invoiced), office.receiver, accept=3)
    order = invoiced.order
    dispute = mend.opened(order, office.receiver, now=NOW + 4 * HOUR)
    line = again.lines.select_related("order_line").get().order_line
    given = terms.DisputeTerms("replacement", again, line, Decimal(3), until=NOW + 3 * DAY)
    judge = mend.judge()
    decide = lambda given: disputes.decide_dispute(  # noqa: E731
        actor=judge, dispute=dispute, decision="Rusak lagi", given=given, now=NOW + 5 * HOUR
    )
    refused(RuleBroken, lambda: decide(given), code="delivery_is_replacement")
    money = terms.DisputeTerms("deduction", again, amount=1)
    assert invoiced.delivery.number in refused(RuleBroken, lambda: decide(money), code="amount_outside").message
    decide(mend.replacement(order, 3, NOW + 3 * DAY))
    audited()
    services.pass_overdue(now=NOW + 3 * DAY)
    assert [gross for gross, _state in invoices(invoiced)] == [700_000]
    audited()


def test_a_dispute_stops_its_clock(refused_goods: Remedy, office: make.Office) -> None:
    delivery = mend.inspected(mend.sent(refused_goods), office.receiver, accept=1)
    dispute = mend.opened(refused_goods.order, make.member_of(refused_goods.order), now=NOW + 4 * HOUR)
    sign = lambda now: deliveries.sign_bast(  # noqa: E731
        actor=office.receiver, delivery=delivery, office_number="", now=now
    )
    refused(RuleBroken, lambda: sign(NOW + 5 * HOUR), code="dispute_open")
    disputes.decide_dispute(actor=mend.judge(), dispute=dispute, decision="Benar ditolak", now=NOW + 7 * HOUR)
    sign(NOW + 8 * HOUR)
    assert fresh(refused_goods).due_at == END + 3 * HOUR
    audited()


def test_a_person_pays_for_refused_goods_that_came_again(citizen: User) -> None:
    order = mend.issued_to(citizen)
    delivery = make.shipped(order)
    deliveries.tell_handed_over(actor=make.member_of(order), delivery=delivery, now=NOW - 6 * HOUR)
    mend.decided(order, citizen, mend.replacement(order, 2), now=NOW - 5 * HOUR)
    make.inspected(Delivery.objects.get(pk=delivery.pk), citizen, accept=8, now=NOW)
    remedy = mend.remedy_of(order)
    assert remedy.refused == 2
    again = mend.sent(remedy)
    refused(NotAllowed, lambda: deliveries.confirm_received(actor=make.member_of(order), delivery=again, now=NOW))
    deliveries.confirm_received(actor=citizen, delivery=again, now=NOW + 3 * HOUR)
    for n, invoice in enumerate(Invoice.objects.filter(order=order).order_by("pk")):
        payments.record_cash(actor=make.member_of(order), invoice=invoice, key=str(n) * 32, now=NOW + 4 * HOUR)
    assert sum(gross for gross, _state in invoices(remedy)) == 210_000
    assert Order.objects.get(pk=order.pk).state == OrderState.FINISHED
    audited()


def test_a_person_denies_that_it_was_handed_over(citizen: User) -> None:
    """The seller wrote the record; who did not may deny it, also after the order was paid."""
    order = mend.bought(citizen)
    mend.decided(order, citizen, mend.replacement(order, 2))
    remedy = mend.remedy_of(order)
    delivery = mend.sent(remedy)
    assert steps(remedy) == [(Turn.BUYER, Task.CONFIRM)]
    deliveries.tell_handed_over(actor=make.member_of(order), delivery=delivery, now=NOW + 3 * HOUR)
    deliveries.report_missing(actor=citizen, delivery=delivery, note="Tidak pernah sampai", now=NOW + 4 * HOUR)
    assert fresh(remedy).state == RemedyState.OWED
    due = fresh(remedy).due_at
    assert due is not None
    services.pass_overdue(now=due)
    assert mend.remedy_of(order).kind == RemedyKind.REFUND
    assert rooms.refundable(remedy.delivery) == 210_000 - mend.remedy_of(order).amount
    audited()


def test_its_papers(refused_goods: Remedy, office: make.Office) -> None:
    delivery = mend.handed_over(mend.sent(refused_goods), office.receiver, accept=4)
    of_delivery = Document.objects.filter(delivery=delivery, replaced_at__isnull=True).values_list("kind", flat=True)
    assert set(of_delivery) == {DocumentKind.DELIVERY_NOTE, DocumentKind.INSPECTION, DocumentKind.BAST}
    bills = Document.objects.filter(invoice__delivery=delivery).values_list("kind", flat=True)
    assert set(bills) == {DocumentKind.INVOICE, DocumentKind.TAX_SHEET, DocumentKind.KUITANSI}
