"""Goods that were recorded as refused, or as not having come, count as accepted by a decision: receipt, bill, budget
and shelf follow, and what was stated at the receipt stays."""

from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from epeken.users.models import User
from orders.billing.models import Commitment, Invoice
from orders.billing.services import payments
from orders.billing.states import InvoiceState
from orders.deliveries import services as deliveries
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.disputes import services as disputes
from orders.disputes import terms
from orders.disputes.models import Dispute
from orders.disputes.states import DisputeOutcome
from orders.orders.models import Order
from orders.orders.states import OrderState
from orders.remedies.models import Remedy
from orders.remedies.states import RemedyKind, RemedyState
from procurement.budgets import services as budgets
from procurement.budgets.models import BudgetLine
from tests.factories import orders as make
from tests.factories import procurement as buying
from tests.factories import remedies as mend
from tests.factories import schedules as planned
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.remedies import NOW
from tests.factories.schedules import FIRST
from tests.kept_steps import kept
from tests.orders.books import balanced, refused
from tests.orders.remedies.test_deductions import audited
from umkm.returns import services as returns
from umkm.stock import services as stock

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@kept
def refused_in_part(office: make.Office, *, good: int = 6, signed: bool = True, **over: Any) -> Order:
    """Ten came, so many were found good; `signed`: handed over as well."""
    order = make.accepted(mend.issued(office, **over))
    delivery = make.shipped(order)
    if signed:
        mend.handed_over(delivery, office.receiver, accept=good, now=MONDAY + DAY + 3 * HOUR)
    else:
        mend.inspected(delivery, office.receiver, accept=good, now=MONDAY + DAY + 3 * HOUR)
    return Order.objects.get(pk=order.pk)


def missed(office: make.Office, **over: Any) -> Order:
    order = make.accepted(mend.issued(office, **over))
    delivery = make.shipped(order)
    deliveries.report_missing(
        actor=office.receiver, delivery=delivery, note="Tidak ada yang datang", now=order.deliver_at + HOUR
    )
    return Order.objects.get(pk=order.pk)


def line_of(order: Order) -> Any:
    return mend.delivery_of(order).lines.select_related("order_line").get()


def bill_of(order: Order) -> Invoice:
    return Invoice.objects.live().get(order=order)


def agreed_books() -> None:
    balanced()
    audited()


def test_before_the_handover_it_is_handed_over_with_the_rest(office: make.Office) -> None:
    order = refused_in_part(office, signed=False)
    mend.decided(order, make.member_of(order), mend.acceptance(order, 3))
    line = line_of(order)
    assert (line.arrived, line.accepted, line.decided, line.kept, line.refused) == (10, 6, 3, 9, 1)
    remedy = mend.remedy_of(order)
    assert (remedy.kind, remedy.state) == (RemedyKind.ACCEPTANCE, RemedyState.COUNTED)
    assert remedy.quantity == 3
    assert not Invoice.objects.filter(order=order).exists()
    deliveries.sign_bast(actor=office.receiver, delivery=mend.delivery_of(order), office_number="", now=NOW + 2 * HOUR)
    line, bill = line_of(order), bill_of(order)
    assert (line.accepted, line.amount, line.added_amount) == (6, 900_000, 0)
    assert (bill.goods_total, line.order_line.accepted_quantity) == (900_000, 9)
    agreed_books()


def test_all_refused_and_some_decided_is_a_handover(office: make.Office) -> None:
    order = refused_in_part(office, good=0, signed=False)
    mend.decided(order, make.member_of(order), mend.acceptance(order, 4))
    deliveries.sign_bast(actor=office.receiver, delivery=mend.delivery_of(order), office_number="", now=NOW + 2 * HOUR)
    assert mend.delivery_of(order).state == DeliveryState.ACCEPTED
    assert bill_of(order).goods_total == 400_000
    agreed_books()


def test_after_the_handover_goods_budget_and_bill_follow(office: make.Office) -> None:
    product = goods.make_product(price=100_000)
    order = refused_in_part(office, product=product)
    first, aside = bill_of(order), type(product).objects.get(pk=product.pk).refused
    assert Commitment.objects.get(order=order).amount == 600_000
    bast = mend.delivery_of(order).bast_number
    mend.decided(order, make.member_of(order), mend.acceptance(order, 3))
    line, bill = line_of(order), bill_of(order)
    assert (line.accepted, line.decided, line.amount, line.added_amount) == (6, 3, 600_000, 300_000)
    assert (line.order_line.accepted_quantity, line.order_line.accepted_amount) == (9, 900_000)
    assert (bill.goods_total, bill.state) == (900_000, InvoiceState.ISSUED)
    assert bill.pk != first.pk
    assert Invoice.objects.get(pk=first.pk).state == InvoiceState.VOID
    assert Commitment.objects.get(order=order).amount == 900_000
    assert BudgetLine.objects.get(pk=office.line.pk).committed == 900_000
    assert type(product).objects.get(pk=product.pk).refused == aside - 3
    assert mend.delivery_of(order).bast_number == bast
    agreed_books()
    make.clear(office, bill, now=NOW + 2 * DAY)
    make.pay(office, order, invoice=bill, paid_on=make.local(NOW + 2 * DAY), now=NOW + 2 * DAY)
    assert Order.objects.get(pk=order.pk).state == OrderState.FINISHED
    agreed_books()


def test_a_late_bill_has_its_time_to_pay_from_the_decision(office: make.Office) -> None:
    order = refused_in_part(office)
    before = bill_of(order).due_at
    mend.decided(order, make.member_of(order), mend.acceptance(order, 1), now=NOW + 20 * DAY)
    after = bill_of(order).due_at
    assert before is not None
    assert after is not None
    assert after > NOW + 20 * DAY > before


def test_a_delivery_called_missing_did_come(office: make.Office) -> None:
    product = goods.make_product(price=100_000)
    order = missed(office, product=product)
    assert order.lines.get().sent_quantity == 0
    mend.decided(order, make.member_of(order), mend.acceptance(order, None), now=order.deliver_at + 2 * HOUR)
    delivery, line = mend.delivery_of(order), line_of(order)
    assert (delivery.state, delivery.inspected_at, delivery.receiver_id) == (DeliveryState.ACCEPTED, None, None)
    assert delivery.bast_number
    assert (line.accepted, line.decided, line.amount, line.billed) == (0, 10, 0, 1_000_000)
    assert line.order_line.sent_quantity == line.order_line.accepted_quantity == 10
    assert bill_of(order).goods_total == 1_000_000
    assert Order.objects.get(pk=order.pk).rest_due_at is None
    assert not Delivery.objects.accepted_by_silence().filter(pk=delivery.pk).exists()
    agreed_books()


def test_missing_goods_that_were_sent_again_did_not_come(office: make.Office) -> None:
    order = missed(office)
    make.shipped(order, sent={order.lines.get().pk: Decimal(1)}, now=order.deliver_at + 2 * HOUR)
    dispute = mend.opened(order, make.member_of(order), now=order.deliver_at + 3 * HOUR)
    assert DisputeOutcome.ACCEPTANCE not in terms.outcomes_to_decide(order)
    act = lambda: disputes.decide_dispute(  # noqa: E731
        actor=mend.judge(), dispute=dispute, decision="Datang", given=mend.acceptance(order, None),
        now=order.deliver_at + 4 * HOUR,
    )  # fmt: skip
    refused(RuleBroken, act, code="delivery_unacceptable")


def test_no_more_than_was_refused_and_not_replaced(office: make.Office) -> None:
    order = refused_in_part(office, signed=False)
    mend.decided(order, office.receiver, mend.replacement(order, 3))
    dispute = mend.opened(order, make.member_of(order), now=NOW + 2 * HOUR)
    decide = lambda quantity: disputes.decide_dispute(  # noqa: E731
        actor=mend.judge(), dispute=dispute, decision="Baik", given=mend.acceptance(order, quantity), now=NOW + 3 * HOUR
    )
    refused(RuleBroken, lambda: decide(2), code="quantity_outside")
    refused(RuleBroken, lambda: decide(0), code="quantity_outside")
    refused(RuleBroken, lambda: decide(Decimal("0.5")), code="quantity_step")
    decide(1)
    assert line_of(order).refused == 3
    agreed_books()


def test_a_bill_that_was_paid_in_part_grows_no_more(office: make.Office) -> None:
    order = refused_in_part(office)
    bill = bill_of(order)
    make.clear(office, bill, now=NOW)
    make.pay(office, order, invoice=bill, amount=100_000, now=NOW)
    dispute = mend.opened(order, make.member_of(order), now=NOW + HOUR)
    act = lambda: disputes.decide_dispute(  # noqa: E731
        actor=mend.judge(), dispute=dispute, decision="Baik", given=mend.acceptance(order, 1), now=NOW + 2 * HOUR
    )
    error = refused(RuleBroken, act, code="delivery_unacceptable")
    assert "Rp100.000" in str(error.message)


def test_a_budget_used_by_others_refuses_with_the_sum(office: make.Office) -> None:
    order = refused_in_part(office)
    line = BudgetLine.objects.get(pk=office.line.pk)
    budgets.reserve(line=line, amount=line.available - 200_000, reference="LAIN", actor=None, now=NOW)
    dispute = mend.opened(order, make.member_of(order), now=NOW + HOUR)
    act = lambda quantity: disputes.decide_dispute(  # noqa: E731
        actor=mend.judge(), dispute=dispute, decision="Baik", given=mend.acceptance(order, quantity), now=NOW + 2 * HOUR
    )
    error = refused(RuleBroken, lambda: act(3), code="budget_short")
    assert "Rp300.000" in str(error.message)
    act(2)


def test_goods_sold_to_others_meanwhile_are_refused_with_what_is_left(office: make.Office) -> None:
    product = goods.make_product(price=100_000)
    order = refused_in_part(office, product=product)
    seller, four = make.member_of(order), Decimal(4)
    returns.answer_return(
        actor=seller, product=product, reference=order.number, asked=four, back=four, now=NOW, key=new_key()
    )
    stock.correct_stock(actor=seller, product=product, counted=Decimal(2), reason="Terjual di toko", now=NOW)
    dispute = mend.opened(order, make.member_of(order), now=NOW + HOUR)
    act = lambda quantity: disputes.decide_dispute(  # noqa: E731
        actor=mend.judge(), dispute=dispute, decision="Baik", given=mend.acceptance(order, quantity), now=NOW + 2 * HOUR
    )
    error = refused(RuleBroken, lambda: act(3), code="goods_gone")
    assert "2" in str(error.message)
    act(2)
    audited()


def answered(order: Order, by: User, given: terms.DisputeTerms) -> Dispute:
    dispute = mend.opened(order, make.member_of(order))
    return disputes.answer_dispute(actor=by, dispute=dispute, answer="Kami hitung ulang", offer=given, now=NOW + HOUR)


def test_both_sides_agree_by_an_offer_of_the_receiver(office: make.Office) -> None:
    order = refused_in_part(office)
    dispute = answered(order, office.receiver, mend.acceptance(order, 2))
    seller = make.member_of(order)
    settle = lambda given: disputes.decide_dispute(  # noqa: E731
        actor=seller, dispute=dispute, decision="Sepakat", given=given, now=NOW + 2 * HOUR
    )
    refused(NotAllowed, lambda: settle(mend.acceptance(order, 3)))
    settle(mend.acceptance(order, 2))
    assert bill_of(order).goods_total == 800_000
    agreed_books()


def test_a_seller_counts_nothing_by_themselves(office: make.Office) -> None:
    order = refused_in_part(office)
    seller = make.member_of(order)
    dispute = mend.opened(order, seller)
    act = lambda: disputes.decide_dispute(  # noqa: E731
        actor=seller, dispute=dispute, decision="Baik", given=mend.acceptance(order, 2), now=NOW + HOUR
    )
    refused(NotAllowed, act)


def test_only_the_receiver_offers_it(office: make.Office) -> None:
    order = refused_in_part(office)
    for person in (office.requester, office.pp):
        refused(NotAllowed, partial(answered, order, person, mend.acceptance(order, 2)))


def test_each_side_offers_its_own(office: make.Office) -> None:
    order = refused_in_part(office)
    refused(NotAllowed, lambda: answered(order, office.receiver, mend.deduction(order, 10_000)))
    dispute = mend.opened(order, office.receiver)
    act = lambda: disputes.answer_dispute(  # noqa: E731
        actor=make.member_of(order),
        dispute=dispute,
        answer="Baik semua",
        offer=mend.acceptance(order, 2),
        now=NOW + HOUR,
    )
    refused(NotAllowed, act)


def test_nobody_asks_for_it_or_gives_it_as_a_seller(office: make.Office) -> None:
    order = refused_in_part(office)
    assert DisputeOutcome.ACCEPTANCE not in terms.outcomes_of(order)
    assert DisputeOutcome.ACCEPTANCE in terms.outcomes_to_decide(order)
    act = lambda: disputes.open_dispute(  # noqa: E731
        actor=office.receiver, order=order, complaint="x", wish=DisputeOutcome.ACCEPTANCE, now=NOW
    )
    refused(RuleBroken, act, code="wish_unknown")


def test_a_person_pays_for_what_was_decided(citizen: User) -> None:
    (order,) = make.place(citizen, (goods.make_product(price=20_000), 10))
    order = make.accepted(order)
    delivery = make.shipped(order)
    make.inspected(delivery, citizen, accept=6, now=MONDAY + DAY + HOUR)
    mend.decided(order, make.member_of(order), mend.acceptance(order, 4))
    bill = bill_of(order)
    assert bill.gross == 200_000 + order.delivery_cost
    assert Commitment.objects.get(order=order).amount == bill.gross
    payments.record_cash(actor=make.member_of(order), invoice=bill, key=new_key(), now=NOW + 3 * HOUR)
    assert Order.objects.get(pk=order.pk).state == OrderState.FINISHED
    agreed_books()


def test_a_deduction_stays_with_the_bill(office: make.Office) -> None:
    order = refused_in_part(office)
    mend.decided(order, office.receiver, mend.deduction(order, 50_000))
    mend.decided(order, make.member_of(order), mend.acceptance(order, 4), now=NOW + 3 * HOUR)
    bill = bill_of(order)
    assert (bill.goods_total, bill.deduction, bill.gross) == (1_000_000, 50_000, 950_000)
    agreed_books()


def test_the_same_decision_counts_once(office: make.Office) -> None:
    order = refused_in_part(office)
    dispute = mend.decided(order, make.member_of(order), mend.acceptance(order, 2))
    with pytest.raises(InvalidMove):
        disputes.decide_dispute(
            actor=mend.judge(), dispute=dispute, decision="Lagi", given=mend.acceptance(order, 2), now=NOW + 2 * HOUR
        )
    assert line_of(order).decided == 2
    assert Remedy.objects.filter(order=order).count() == 1


def test_of_a_schedule_the_goods_of_another_date_do_not_stand_for_it() -> None:
    office = buying.Office()
    order = planned.make_order(office)
    first = planned.shipped(order, 1, FIRST - HOUR)
    note = {"actor": office.receiver, "note": "Tidak ada yang datang"}
    deliveries.report_missing(**note, delivery=first, now=FIRST + 2 * HOUR)
    order = Order.objects.get(pk=order.pk)
    assert first in terms.acceptable_deliveries(order)
    planned.shipped(order, 1, FIRST + 3 * HOUR)
    order = Order.objects.get(pk=order.pk)
    assert all(line.unsent_quantity for line in order.lines.all())
    assert terms.acceptable_deliveries(order) == []


def test_of_a_schedule_a_missed_delivery_is_its_dates() -> None:
    office = buying.Office()
    order = planned.make_order(office)
    first = planned.shipped(order, 1, FIRST - HOUR)
    note = {"actor": office.receiver, "note": "Tidak ada yang datang"}
    deliveries.report_missing(**note, delivery=first, now=FIRST + 2 * HOUR)
    order = Order.objects.get(pk=order.pk)
    given = mend.acceptance(order, None, delivery=first)
    mend.decided(order, make.member_of(order), given, now=FIRST + 3 * HOUR)
    day = order.due_days.get(number=1)
    assert all(amount.unsent == 0 for amount in day.amounts.all())
    assert Delivery.objects.get(pk=first.pk).state == DeliveryState.ACCEPTED
    agreed_books()
