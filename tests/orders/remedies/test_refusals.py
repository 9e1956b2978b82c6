"""Goods that were recorded as received are refused by a decision: bill, budget, shelf and money follow, and what was
stated at the receipt stays."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from epeken.users.models import User
from orders.attestations import verifying
from orders.billing.models import Commitment, Invoice
from orders.billing.services import holding, payments
from orders.billing.states import InvoiceState
from orders.deliveries import services as deliveries
from orders.deliveries.models import DeliveryLine
from orders.deliveries.states import DeliveryState
from orders.disputes import services as disputes
from orders.disputes import terms
from orders.disputes.models import Dispute
from orders.disputes.states import DisputeOutcome
from orders.documents import build
from orders.documents.layout import money as papers
from orders.documents.models import Document
from orders.documents.schedule import trail_for
from orders.documents.states import DocumentKind
from orders.orders.models import Order
from orders.orders.states import CloseReason, OrderState
from orders.remedies import pages as remedies_pages
from orders.remedies import rooms
from orders.remedies.models import Remedy
from orders.remedies.states import RemedyKind, RemedyState
from procurement.budgets.models import BudgetLine
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.remedies import NOW
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.books import balanced, refused
from tests.orders.remedies.test_deductions import audited
from umkm.catalogue.models import Product
from umkm.returns import services as returns

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@kept
def received(office: make.Office, *, good: int = 10, signed: bool = True, **over: Any) -> Order:
    """Ten came, so many were found good; `signed`: handed over as well."""
    order = make.accepted(mend.issued(office, **over))
    act = mend.handed_over if signed else mend.inspected
    act(make.shipped(order), office.receiver, accept=good, now=MONDAY + DAY + 3 * HOUR)
    return Order.objects.get(pk=order.pk)


def line_of(order: Order) -> DeliveryLine:
    return mend.delivery_of(order).lines.select_related("order_line").get()


def bill_of(order: Order) -> Invoice:
    return Invoice.objects.live().get(order=order)


def of_bill(kind: DocumentKind, bill: Invoice) -> Any:
    """What a paper of the bill in force is laid out from."""
    paper = Document.objects.filter(invoice=bill, kind=kind, replaced_at__isnull=True).latest("pk")
    return trail_for(paper, build.order_for_papers(bill.order_id)), paper


def agreed_books() -> None:
    balanced()
    audited()
    for number in Order.objects.values_list("number", flat=True):
        assert [each.what for each in verifying.verify(number)] == []


def told_of(order: Order) -> str:
    """What the page of the order says of the refusal that was decided first."""
    remedy = Remedy.objects.filter(order=order, kind=RemedyKind.REFUSAL).earliest("pk")
    return remedies_pages.words_of(remedy, "Toko")


def deciding(order: Order, given: terms.DisputeTerms, opener: User) -> Any:
    """What the city's officer would do about the order."""
    dispute = mend.opened(order, opener)
    judge = mend.judge()
    return lambda terms=given: disputes.decide_dispute(
        actor=judge, dispute=dispute, decision="Bukan yang dipesan", given=terms, now=NOW + HOUR
    )


def test_before_the_handover_they_are_handed_over_with_the_rest_refused(office: make.Office) -> None:
    product = goods.make_product(price=100_000)
    order = received(office, signed=False, product=product)
    act = deciding(order, mend.refusal(order, 4), office.receiver)
    for quantity in (11, 0):
        refused(RuleBroken, lambda quantity=quantity: act(mend.refusal(order, quantity)), code="quantity_outside")
    refused(RuleBroken, lambda: act(mend.refusal(order, Decimal("0.5"))), code="quantity_step")
    act()
    line = line_of(order)
    assert (line.accepted, line.rejected, line.returned, line.kept, line.refused_at_receipt) == (10, 4, 0, 6, 0)
    remedy = mend.remedy_of(order)
    assert (remedy.kind, remedy.state, remedy.amount) == (RemedyKind.REFUSAL, RemedyState.REFUSED, 400_000)
    deliveries.sign_bast(actor=office.receiver, delivery=mend.delivery_of(order), office_number="", now=NOW + 2 * HOUR)
    line, bill = line_of(order), bill_of(order)
    assert (line.accepted, line.amount, bill.goods_total, line.order_line.accepted_quantity) == (
        10,
        600_000,
        600_000,
        6,
    )
    assert Product.objects.get(pk=product.pk).refused == 4
    agreed_books()


def test_all_of_it_before_the_handover_leaves_no_bill(office: make.Office) -> None:
    order = received(office, signed=False)
    mend.decided(order, office.receiver, mend.refusal(order, None))
    deliveries.sign_bast(actor=office.receiver, delivery=mend.delivery_of(order), office_number="", now=NOW + 2 * HOUR)
    assert mend.delivery_of(order).state == DeliveryState.REJECTED
    assert Order.objects.get(pk=order.pk).close_reason == CloseReason.ALL_REJECTED
    assert not Invoice.objects.filter(order=order).exists()
    agreed_books()


def test_after_the_handover_a_bill_of_what_is_kept_takes_the_place(office: make.Office) -> None:
    product = goods.make_product(price=100_000)
    order = received(office, product=product)
    first = holding.hold_invoice(
        actor=office.treasurer, invoice=bill_of(order), reason="papers", note="Kurang foto", now=NOW
    )
    mend.decided(order, office.receiver, mend.refusal(order, 4))
    delivery, line, bill = mend.delivery_of(order), line_of(order), bill_of(order)
    assert (line.accepted, line.rejected, line.amount, line.added_amount) == (10, 4, 1_000_000, -400_000)
    assert (line.order_line.accepted_quantity, line.order_line.accepted_amount) == (6, 600_000)
    assert (bill.goods_total, bill.hold_reason, bill.due_at) == (600_000, "papers", first.due_at)
    assert Invoice.objects.get(pk=first.pk).state == InvoiceState.VOID
    assert (delivery.state, delivery.receiver) == (DeliveryState.ACCEPTED, office.receiver)
    assert Commitment.objects.get(order=order).amount == 600_000
    assert BudgetLine.objects.get(pk=office.line.pk).committed == 600_000
    assert Product.objects.get(pk=product.pk).refused == 4
    agreed_books()
    # The shop is asked about the BAST as it reads, with what was decided since.
    desk = signed_in(make.member_of(order)).get(reverse("site:seller-dashboard")).text
    name, unit = line.order_line.name, line.order_line.get_unit_display()
    assert f"10 {unit} {name}" in desk and f"Sesudah itu 4 {unit} {name} diputus ditolak." in desk
    holding.resume_invoice(actor=office.treasurer, invoice=bill, now=NOW + DAY)
    make.clear(office, bill, now=NOW + 2 * DAY)
    make.pay(office, order, invoice=bill, paid_on=make.local(NOW + 2 * DAY), now=NOW + 2 * DAY)
    assert Order.objects.get(pk=order.pk).state == OrderState.FINISHED
    agreed_books()


def test_all_of_it_after_the_handover_voids_the_bill_and_keeps_the_bast(office: make.Office) -> None:
    product = goods.make_product(price=100_000)
    before = Product.objects.get(pk=product.pk).on_hand
    order = received(office, product=product)
    earlier, bill = mend.delivery_of(order), bill_of(order)
    mend.decided(order, office.receiver, mend.deduction(order, 50_000))
    mend.decided(order, office.receiver, mend.refusal(order, None), now=NOW + 2 * HOUR)
    delivery, order = mend.delivery_of(order), Order.objects.get(pk=order.pk)
    assert (delivery.state, delivery.bast_number) == (DeliveryState.REJECTED, earlier.bast_number)
    assert (delivery.accepted_at, line_of(order).accepted) == (earlier.accepted_at, 10)
    assert Invoice.objects.get(pk=bill.pk).state == InvoiceState.VOID
    assert (order.state, order.close_reason) == (OrderState.CLOSED, CloseReason.ALL_REJECTED)
    assert BudgetLine.objects.get(pk=office.line.pk).committed == 0
    assert set(Remedy.objects.filter(order=order).values_list("kind", "state")) == {
        (RemedyKind.DEDUCTION, RemedyState.VOID), (RemedyKind.REFUSAL, RemedyState.REFUSED),
    }  # fmt: skip
    current = Document.objects.filter(order=order, replaced_at__isnull=True).values_list("kind", flat=True)
    assert {DocumentKind.BAST, DocumentKind.INSPECTION, DocumentKind.DECISION} <= set(current)
    assert not {DocumentKind.INVOICE, DocumentKind.KUITANSI, DocumentKind.TAX_SHEET} & set(current)
    agreed_books()
    returns.answer_return(
        actor=make.member_of(order), product=product, reference=order.number, asked=Decimal(10), back=Decimal(10),
        now=NOW + DAY, key=new_key(),
    )  # fmt: skip
    assert Product.objects.get(pk=product.pk).on_hand == before
    agreed_books()


def test_a_bill_paid_in_part_is_lowered_by_no_more_than_is_left(office: make.Office) -> None:
    order = received(office)
    bill = bill_of(order)
    make.clear(office, bill, now=NOW)
    make.pay(office, order, invoice=bill, amount=300_000, now=NOW)
    act = deciding(order, mend.refusal(order, 7), office.receiver)
    error = refused(RuleBroken, lambda: act(mend.refusal(order, 8)), code="goods_paid")
    assert "Rp700.000" in str(error.message)
    refused(RuleBroken, lambda: act(mend.refusal(order, None)), code="goods_paid")
    act()
    line, after = line_of(order), bill_of(order)
    assert (line.rejected, line.returned, line.kept, line.billed) == (0, 7, 3, 1_000_000)
    assert (after.pk, after.deduction, after.gross, after.state) == (bill.pk, 700_000, 300_000, InvoiceState.PAID)
    follows = Remedy.objects.get(order=order, kind=RemedyKind.DEDUCTION)
    assert (follows.amount, follows.follows) == (700_000, Remedy.objects.get(order=order, kind=RemedyKind.REFUSAL))
    assert Order.objects.get(pk=order.pk).state == OrderState.FINISHED
    agreed_books()


def test_what_a_department_paid_in_full_comes_back_by_a_reversal_alone(office: make.Office) -> None:
    order = make.accepted(mend.issued(office))
    sold = order.lines.get()
    delivery = make.shipped(order, sent={sold.pk: Decimal(4)})
    mend.handed_over(delivery, office.receiver, accept=4, now=MONDAY + DAY + 3 * HOUR)
    bill = bill_of(order)
    make.clear(office, bill, now=NOW)
    make.pay(office, order, invoice=bill, now=NOW)
    order = Order.objects.get(pk=order.pk)
    assert DisputeOutcome.REFUSAL not in terms.outcomes_of(order)
    act = deciding(order, mend.refusal(order, 1), office.receiver)
    error = refused(RuleBroken, act, code="delivery_unrefusable")
    assert "pembatalan pembayarannya" in str(error.message)


def test_a_person_who_paid_gets_the_money_back(citizen: User) -> None:
    order = mend.bought(citizen)
    product = order.lines.get().product
    paid = "Harganya tidak ditagih; Rp60.000 yang sudah dibayar dikembalikan."
    assert paid in terms.words("Toko", mend.refusal(order, 3))
    whole = f"Rp{bill_of(order).paid:,} yang sudah dibayar".replace(",", ".")
    assert whole in terms.words("Toko", mend.refusal(order, None))
    mend.decided(order, citizen, mend.refusal(order, 3))
    assert paid in told_of(order)
    notice = Notification.objects.filter(kind="dispute.settled", person=citizen).latest("pk")
    assert paid in str(notice.parameters)
    line, bill = line_of(order), bill_of(order)
    assert (line.returned, line.kept, bill.goods_total, bill.state) == (3, 7, 200_000, InvoiceState.PAID)
    back = Remedy.objects.get(order=order, kind=RemedyKind.REFUND)
    assert (back.amount, back.state, back.follows) == (60_000, RemedyState.OWED, back.dispute.remedies.first())
    assert back.due_at is not None
    assert Product.objects.get(pk=product.pk).refused == 3
    agreed_books()
    # The rest of it, with the delivery cost of an order of which nothing is kept.
    mend.decided(order, citizen, mend.refusal(order, None), now=NOW + 2 * HOUR)
    assert mend.remedy_of(order).amount == bill.paid - 60_000
    assert line_of(order).kept == 0
    assert DisputeOutcome.REFUSAL not in terms.outcomes_of(Order.objects.get(pk=order.pk))
    assert Order.objects.get(pk=order.pk).state == OrderState.FINISHED
    agreed_books()


def test_a_person_pays_for_what_is_kept_or_nothing(citizen: User) -> None:
    order = mend.bought(citizen, paid=False)
    assert "dibayar" not in terms.words("Toko", mend.refusal(order, 4))
    mend.decided(order, citizen, mend.refusal(order, 4))
    assert "tidak ditagih." in told_of(order) and "sudah dibayar" not in told_of(order)
    bill = bill_of(order)
    assert bill.gross == 120_000 + order.delivery_cost
    assert Commitment.objects.get(order=order).amount == bill.gross
    agreed_books()
    mend.decided(order, citizen, mend.refusal(order, None), now=NOW + 2 * HOUR)
    assert Order.objects.get(pk=order.pk).state == OrderState.CLOSED
    assert not Invoice.objects.live().filter(order=order).exists()
    agreed_books()
    with pytest.raises(InvalidMove):
        payments.record_cash(actor=make.member_of(order), invoice=bill, key=new_key(), now=NOW + 4 * HOUR)


def test_a_deduction_takes_no_more_than_the_bill_that_is_left(office: make.Office) -> None:
    order = received(office)
    mend.decided(order, office.receiver, mend.deduction(order, 500_000))
    mend.decided(order, office.receiver, mend.refusal(order, 7), now=NOW + 2 * HOUR)
    bill = bill_of(order)
    assert (bill.goods_total, bill.deduction, bill.gross, bill.state) == (300_000, 300_000, 0, InvoiceState.PAID)
    assert Remedy.objects.get(order=order, kind=RemedyKind.DEDUCTION).applied == 300_000
    agreed_books()


def test_goods_that_are_to_come_again_are_not_refused_besides(office: make.Office) -> None:
    order = received(office)
    mend.decided(order, office.receiver, mend.replacement(order, 3))
    order = Order.objects.get(pk=order.pk)
    act = deciding(order, mend.refusal(order, 7), office.receiver)
    refused(RuleBroken, lambda: act(mend.refusal(order, 8)), code="quantity_outside")
    refused(RuleBroken, lambda: act(mend.refusal(order, None)), code="goods_awaited")
    act()
    remedy = Remedy.objects.get(order=order, kind=RemedyKind.REPLACEMENT)
    assert (line_of(order).kept, remedy.state, bill_of(order).goods_total) == (3, RemedyState.OWED, 300_000)
    agreed_books()
    again = mend.handed_over(mend.sent(remedy), office.receiver, accept=3)
    audited()
    order = Order.objects.get(pk=order.pk)
    told = rooms.unrefusable_words(next(one for one in order.deliveries.all() if one.pk == again.pk))
    assert mend.delivery_of(order).number in told


def test_goods_nobody_counted_yet_are_refused_when_they_are_counted(office: make.Office) -> None:
    order = make.accepted(mend.issued(office))
    make.arrived(make.shipped(order), office.receiver)
    order = Order.objects.get(pk=order.pk)
    assert DisputeOutcome.REFUSAL not in terms.outcomes_of(order)
    error = refused(RuleBroken, deciding(order, mend.refusal(order, 1), office.receiver), code="delivery_unrefusable")
    assert "saat memeriksanya" in str(error.message)


def test_the_delivery_cost_stays_with_the_bill_that_bears_it_while_there_are_others(office: make.Office) -> None:
    order = make.accepted(mend.issued(office, delivery=20_000))
    sold = order.lines.get()
    for part in (4, 6):
        delivery = make.shipped(order, sent={sold.pk: Decimal(part)})
        mend.handed_over(delivery, office.receiver, accept=part, now=MONDAY + DAY + 3 * HOUR)
    order = Order.objects.get(pk=order.pk)
    mend.decided(order, office.receiver, mend.refusal(order, None))
    bill = Invoice.objects.live().get(delivery=mend.delivery_of(order))
    assert (bill.goods_total, bill.deduction, bill.gross) == (400_000, 400_000, 20_000)
    assert (line_of(order).returned, mend.delivery_of(order).state) == (4, DeliveryState.ACCEPTED)
    agreed_books()
    # What is left to be paid is the delivery: paper and page say so.
    goods = f"4 {line_of(order).order_line.get_unit_display()} {sold.name}"
    paper = papers.kuitansi(*of_bill(DocumentKind.KUITANSI, bill))
    told = f"ongkos antar Rp20.000 kiriman {bill.delivery.number}, yang barangnya ({goods}) ditolak menurut keputusan"
    assert told in paper.data["purpose"]
    assert papers.invoice(*of_bill(DocumentKind.INVOICE, bill)).data["accepted"] == "Ditagih"
    page = signed_in(office.treasurer).get(reverse("orders:order-detail", args=[order.number])).text
    assert f"4 {line_of(order).order_line.get_unit_display()} ditolak sesudah ditagih" in page


def test_parts_rounded_together_leave_no_rupiah_billed_for_nothing(office: make.Office) -> None:
    product = goods.make_product(price=33_333, unit="kg", step=Decimal("0.5"))
    order = make.accepted(mend.issued(office, product=product))
    sold, half = order.lines.get(), Decimal("0.5")
    for _part in range(2):
        delivery = make.shipped(order, sent={sold.pk: half})
        mend.handed_over(delivery, office.receiver, accept=half, now=MONDAY + DAY + 3 * HOUR)  # type: ignore[arg-type]
    order = Order.objects.get(pk=order.pk)
    assert [row.goods_total for row in Invoice.objects.live().filter(order=order).order_by("pk")] == [16_667, 16_666]
    mend.decided(order, office.receiver, mend.refusal(order, half))
    bill = Invoice.objects.live().get(delivery=mend.delivery_of(order))
    assert bill.goods_total - bill.deduction in (0, 1)
    agreed_books()


def offered(order: Order, opener: User, given: terms.DisputeTerms, now: datetime) -> Dispute:
    dispute = mend.opened(order, opener, now=now)
    seller = make.member_of(order)
    return disputes.answer_dispute(actor=seller, dispute=dispute, answer="Keliru kirim", offer=given, now=now)


def test_both_sides_agree_by_an_offer_that_the_receiver_takes(office: make.Office) -> None:
    order = received(office)
    given = mend.refusal(order, 4)
    settle = lambda actor, dispute, given: disputes.decide_dispute(  # noqa: E731
        actor=actor, dispute=dispute, decision="Sepakat", given=given, now=NOW + 3 * HOUR
    )
    dispute = offered(order, office.requester, given, NOW)
    refused(NotAllowed, lambda: settle(office.requester, dispute, given))
    settle(office.requester, dispute, terms.NOTHING)
    dispute = offered(order, office.receiver, given, NOW + 2 * HOUR)
    refused(NotAllowed, lambda: settle(office.receiver, dispute, mend.refusal(order, 5)))
    settle(office.receiver, dispute, given)
    assert bill_of(order).goods_total == 600_000
    agreed_books()


def test_a_seller_takes_nothing_back_by_themselves(office: make.Office) -> None:
    order = received(office)
    seller = make.member_of(order)
    dispute = mend.opened(order, seller)
    act = lambda: disputes.decide_dispute(  # noqa: E731
        actor=seller, dispute=dispute, decision="Salah kirim", given=mend.refusal(order, 2), now=NOW + HOUR
    )
    refused(NotAllowed, act)
    assert DisputeOutcome.REFUSAL not in terms.outcomes_of_seller(order)


def test_a_buyer_asks_for_it(office: make.Office) -> None:
    order = received(office)
    dispute = disputes.open_dispute(
        actor=office.receiver, order=order, complaint="Salah merek", wish=DisputeOutcome.REFUSAL, now=NOW
    )
    assert "tidak dibayar" in dispute.wish_words


def test_the_same_decision_counts_once_and_is_not_overruled(office: make.Office) -> None:
    order = received(office, good=8)
    dispute = mend.decided(order, office.receiver, mend.refusal(order, 2))
    with pytest.raises(InvalidMove):
        disputes.decide_dispute(
            actor=mend.judge(), dispute=dispute, decision="Lagi", given=mend.refusal(order, 2), now=NOW + 2 * HOUR
        )
    assert (line_of(order).rejected, Remedy.objects.filter(order=order).count()) == (2, 1)
    assert rooms.acceptable(line_of(order)) == 2
    mend.decided(order, make.member_of(order), mend.acceptance(order, 2), now=NOW + 2 * HOUR)
    assert (line_of(order).kept, bill_of(order).goods_total) == (8, 800_000)
    agreed_books()
