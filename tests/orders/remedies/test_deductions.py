"""A deduction lowers what is paid: invoice, tax, commitment and budget follow, before the BAST and after it."""

from decimal import Decimal
from typing import Any

import hypothesis
import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import strategies as st

from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.i18n.words import rupiah
from epeken.notifications.models import Notification
from epeken.site.audit.checks import checks
from epeken.users.models import User
from orders.billing.models import Commitment
from orders.billing.services import correction, payments
from orders.billing.states import CommitmentState, InvoiceState, PaymentMethod
from orders.deliveries import services as deliveries
from orders.deliveries.models import Delivery
from orders.disputes import services as disputes
from orders.disputes import terms
from orders.disputes.states import DisputeOutcome
from orders.documents.models import Document
from orders.orders.models import Order
from orders.orders.states import OrderState
from orders.remedies.states import RemedyState
from procurement.budgets.models import BudgetLine
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.remedies import NOW
from tests.factories.users import signed_in
from tests.orders.books import balanced, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


def audited() -> None:
    balanced()
    wrong = {check.code: found for check in checks() if check.number in (1, 2, 3, 6) and (found := check.rows())}
    assert not wrong


def taxed(office: make.Office, *, price: int = 500_000) -> Order:
    """Ten of `price`, taken over: PPh 22 of 3 %, the seller having no NPWP."""
    return make.taken_over(office, mend.issued(office, goods.make_product(price=price)))


def test_an_invoice_is_lowered_with_its_tax_and_its_budget(office: make.Office) -> None:
    order = taxed(office)
    invoice = make.invoice_of(order)
    assert (invoice.gross, invoice.withheld, invoice.net) == (5_000_000, 150_000, 4_850_000)
    mend.decided(order, office.receiver, mend.deduction(order, 1_000_000))
    invoice.refresh_from_db()
    assert (invoice.goods_total, invoice.deduction, invoice.gross) == (5_000_000, 1_000_000, 4_000_000)
    assert (invoice.withheld, invoice.net, invoice.purchase_value) == (120_000, 3_880_000, 4_000_000)
    assert Commitment.objects.get(order=order).amount == 4_000_000
    assert BudgetLine.objects.get(pk=office.line.pk).committed == 4_000_000
    audited()


def test_below_the_minimum_nothing_is_withheld_any_more(office: make.Office) -> None:
    order = taxed(office, price=250_000)
    assert make.invoice_of(order).withheld == 75_000
    mend.decided(order, office.receiver, mend.deduction(order, 500_000))
    assert (make.invoice_of(order).withheld, make.invoice_of(order).net) == (0, 2_000_000)
    audited()


def test_a_checked_invoice_is_checked_again(office: make.Office) -> None:
    order = make.cleared(office, mend.issued(office))
    mend.decided(order, office.receiver, mend.deduction(order, 100_000))
    invoice = make.invoice_of(order)
    assert (invoice.state, invoice.verifier, invoice.verified_at) == (InvoiceState.ISSUED, None, None)
    refused(InvalidMove, lambda: make.pay(office, order, now=NOW + 3 * HOUR))
    make.clear(office, invoice, NOW + 2 * HOUR)
    assert make.pay(office, order, now=NOW + 3 * HOUR).amount == 900_000
    assert BudgetLine.objects.get(pk=office.line.pk).realised == 900_000
    assert Order.objects.get(pk=order.pk).state == OrderState.FINISHED
    audited()


def test_a_second_deduction_adds_up_and_never_exceeds(office: make.Office) -> None:
    order = make.taken_over(office, mend.issued(office))
    mend.decided(order, office.receiver, mend.deduction(order, 600_000))
    over = mend.opened(order, office.receiver, now=NOW + DAY)
    act = lambda amount: disputes.decide_dispute(  # noqa: E731
        actor=mend.judge(), dispute=over, decision="Lagi", given=mend.deduction(order, amount), now=NOW + DAY
    )
    said = refused(RuleBroken, lambda: act(400_001), code="amount_outside")
    assert "Rp400.000" in said.message
    act(400_000)
    invoice = make.invoice_of(order)
    assert (invoice.deduction, invoice.gross, invoice.net, invoice.state) == (1_000_000, 0, 0, InvoiceState.PAID)
    assert Commitment.objects.get(order=order).state == CommitmentState.SETTLED
    assert Order.objects.get(pk=order.pk).state == OrderState.FINISHED
    line = BudgetLine.objects.get(pk=office.line.pk)
    assert (line.committed, line.realised) == (0, 0)
    audited()


def test_of_a_part_paid_invoice_only_the_rest_comes_off(office: make.Office) -> None:
    order = make.cleared(office, mend.issued(office))
    make.pay(office, order, amount=700_000)
    dispute = mend.opened(order, office.receiver)
    decide = lambda amount: disputes.decide_dispute(  # noqa: E731
        actor=mend.judge(), dispute=dispute, decision="x", given=mend.deduction(order, amount), now=NOW + HOUR
    )
    refused(RuleBroken, lambda: decide(300_001), code="amount_outside")
    decide(300_000)
    invoice = make.invoice_of(order)
    assert (invoice.state, invoice.paid, invoice.net) == (InvoiceState.PAID, 700_000, 700_000)
    assert BudgetLine.objects.get(pk=office.line.pk).realised == 700_000
    audited()


def test_decided_before_the_bast_it_comes_off_the_invoice(office: make.Office) -> None:
    order = make.accepted(mend.issued(office))
    delivery = make.arrived(make.shipped(order), office.receiver)
    mend.decided(order, office.receiver, mend.deduction(order, 250_000))
    assert mend.remedy_of(order).state == RemedyState.OWED
    make.inspected(delivery, office.receiver, now=NOW + 2 * HOUR)
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=NOW + 3 * HOUR)
    invoice = make.invoice_of(order)
    assert (invoice.deduction, invoice.gross, mend.remedy_of(order).state) == (250_000, 750_000, RemedyState.APPLIED)
    assert Commitment.objects.get(order=order).amount == 750_000
    again = correction.reissue_invoice(
        actor=office.treasurer, invoice=invoice, reason="Rekening salah", now=NOW + 4 * HOUR
    )
    assert (again.deduction, again.gross) == (250_000, 750_000)
    audited()


def test_a_bill_of_which_all_was_deducted_asks_nobody_for_anything(office: make.Office) -> None:
    """Neither the treasurer to check Rp0 nor the seller to wait for it; the BAST stays to be confirmed."""
    order = make.accepted(mend.issued(office))
    delivery = make.arrived(make.shipped(order), office.receiver)
    mend.decided(order, office.receiver, mend.deduction(order, 1_000_000))
    make.inspected(delivery, office.receiver, now=NOW + 2 * HOUR)
    page, sign = (
        reverse("orders:order-detail", args=[order.number]),
        reverse("orders:bast-create", args=[order.number, delivery.number]),
    )
    receiver, seller = signed_in(office.receiver), signed_in(make.member_of(order))
    assert "Terbitkan BAST" in receiver.get(page).text and "Terbitkan BAST dan tagihan" not in receiver.get(page).text
    said = receiver.post(sign, {"office_number": ""}, follow=True)
    assert "terbit." in said.text and "sampai ke bendahara" not in said.text
    invoice = make.invoice_of(order)
    assert (invoice.gross, invoice.state) == (0, InvoiceState.PAID)
    told = Notification.objects.filter(kind__in=("delivery.accepted", "invoice.issued", "invoice.issued_lacking"))
    assert not told.exists()
    assert Notification.objects.filter(kind="delivery.accepted_unpaid", person=make.member_of(order)).exists()
    Document.objects.filter(order=order).update(made_at=NOW + 3 * HOUR)
    text = seller.get(page).text
    assert "BAST ini benar?" in text and "Pembayaran Anda tidak menunggu" not in text


def test_a_person_is_asked_for_what_a_decision_left(citizen: User) -> None:
    """Before the goods are accepted, and after; and for goods that come again for paid ones nothing."""
    order = mend.issued_to(citizen)
    delivery = make.shipped(order)
    deliveries.tell_handed_over(actor=make.member_of(order), delivery=delivery, now=MONDAY + DAY + HOUR)
    mend.decided(order, citizen, mend.deduction(order, order.goods_total))
    client, asks = signed_in(citizen), "Sudah terima barangnya?"

    def page(one: Order) -> str:
        return client.get(reverse("orders:order-detail", args=[one.number])).text

    def take(one: Delivery) -> str:
        address = reverse("orders:delivery-confirm", args=[one.order.number, one.number])
        return client.post(address, follow=True).text

    owed = f"{rupiah(order.delivery_cost)} tunai kepada penjual"
    assert asks in page(order) and f"Bayar {owed}" in page(order)
    assert f"Barang diterima. Bayar {owed}" in take(delivery)
    paid = mend.bought(citizen)
    mend.decided(paid, citizen, mend.replacement(paid, 3))
    again = mend.sent(mend.remedy_of(paid))
    assert asks in page(paid) and "tunai kepada penjual" not in page(paid)
    said = take(again)
    assert "Barang diterima." in said and "tunai kepada penjual" not in said


@pytest.mark.parametrize(("accept", "applied", "state"), [(2, 200_000, RemedyState.APPLIED), (0, None, "void")])
def test_less_accepted_leaves_less_to_deduct(office: make.Office, accept: int, applied: int | None, state: str) -> None:
    order = make.accepted(mend.issued(office))
    delivery = make.arrived(make.shipped(order), office.receiver)
    mend.decided(order, office.receiver, mend.deduction(order, 250_000))
    make.inspected(delivery, office.receiver, accept=accept, now=NOW + 2 * HOUR)
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=NOW + 3 * HOUR)
    remedy = mend.remedy_of(order)
    assert (remedy.applied, remedy.state) == (applied, state)
    audited()


def test_a_government_card_pays_what_is_left(office: make.Office) -> None:
    order = taxed(office)
    mend.decided(order, office.receiver, mend.deduction(order, 1_000_000))
    make.clear(office, make.invoice_of(order), NOW + 2 * HOUR)
    paid = make.pay(office, order, method=PaymentMethod.KKPD, reference="K-1", now=NOW + 3 * HOUR)
    assert paid.amount == 4_000_000
    audited()


def test_a_paid_invoice_of_a_department_is_not_lowered(office: make.Office) -> None:
    product = goods.make_product(price=100_000)
    order = make.accepted(mend.issued(office, product))
    first = make.shipped(order, sent={order.lines.get().pk: Decimal(4)})
    make.inspected(make.arrived(first, office.receiver), office.receiver)
    deliveries.sign_bast(actor=office.receiver, delivery=first, office_number="", now=NOW)
    make.clear(office, make.invoice_of(order), NOW)
    make.pay(office, order, now=NOW)
    order = Order.objects.get(pk=order.pk)
    assert DisputeOutcome.DEDUCTION not in terms.outcomes_of(order) and DisputeOutcome.REFUND not in terms.outcomes_of(
        order
    )
    dispute = mend.opened(order, office.receiver)
    for given in (mend.deduction(order, 1), mend.refund(order, 1)):
        refused(
            RuleBroken,
            lambda given=given: disputes.decide_dispute(
                actor=mend.judge(), dispute=dispute, decision="x", given=given, now=NOW + HOUR
            ),
            code="amount_outside",
        )


def test_a_person_pays_what_is_left(citizen: User) -> None:
    order = mend.bought(citizen, paid=False)
    mend.decided(order, citizen, mend.deduction(order, 50_000))
    paid = payments.record_cash(
        actor=make.member_of(order), invoice=make.invoice_of(order), key="a" * 32, now=NOW + 2 * HOUR
    )
    assert paid.amount == 160_000
    assert Order.objects.get(pk=order.pk).state == OrderState.FINISHED
    audited()


# --- who decides ---------------------------------------------------------------------------------------------------
def test_who_complained_takes_nothing_or_the_offer_as_it_stands(office: make.Office) -> None:
    order = make.taken_over(office, mend.issued(office))
    dispute = mend.opened(order, office.receiver)
    settle = lambda given: disputes.decide_dispute(  # noqa: E731
        actor=office.receiver, dispute=dispute, decision="Sepakat", given=given, now=NOW + 2 * HOUR
    )
    refused(NotAllowed, lambda: settle(mend.deduction(order, 50_000)))
    disputes.answer_dispute(
        actor=make.member_of(order), dispute=dispute, answer="Kami potong", now=NOW + HOUR,
        offer=mend.deduction(order, 50_000),
    )  # fmt: skip
    refused(NotAllowed, lambda: settle(mend.deduction(order, 50_001)))
    settle(mend.deduction(order, 50_000))
    assert make.invoice_of(order).gross == 950_000
    audited()


def test_a_seller_who_complained_may_give(office: make.Office) -> None:
    order = make.taken_over(office, mend.issued(office))
    mend.decided(order, make.member_of(order), mend.deduction(order, 10_000), by=make.member_of(order))
    assert make.invoice_of(order).gross == 990_000


def test_a_department_offers_nothing(office: make.Office) -> None:
    """Only the seller owes: an answer in which a department offers money off is refused, and nothing of it is kept."""
    order = make.taken_over(office, mend.issued(office))
    dispute = mend.opened(order, make.member_of(order))
    said = {"dispute": dispute, "answer": "Benar", "now": NOW + HOUR, "offer": mend.deduction(order, 50_000)}
    refused(NotAllowed, lambda: disputes.answer_dispute(actor=office.receiver, **said))
    dispute.refresh_from_db()
    assert terms.offer_of(dispute) is None and dispute.answered_at is None


def test_decided_once(office: make.Office) -> None:
    order = make.taken_over(office, mend.issued(office))
    dispute = mend.decided(order, office.receiver, mend.deduction(order, 10_000))
    act = lambda: disputes.decide_dispute(  # noqa: E731
        actor=mend.judge(), dispute=dispute, decision="x", given=mend.deduction(order, 10_000), now=NOW + 2 * HOUR
    )
    refused(InvalidMove, act)


def test_goods_of_another_order_are_no_outcome(office: make.Office) -> None:
    order = make.taken_over(office, mend.issued(office))
    other = make.taken_over(office, mend.issued(office))
    dispute = mend.opened(order, office.receiver)
    for given in (mend.deduction(other, 1), mend.replacement(other, 1), terms.DisputeTerms("gift")):
        refused(
            RuleBroken,
            lambda given=given: disputes.decide_dispute(
                actor=mend.judge(), dispute=dispute, decision="x", given=given, now=NOW + HOUR
            ),
        )


@hypothesis.settings(max_examples=12, deadline=None)
@hypothesis.given(data=st.data())
def test_any_deductions_keep_the_books(data: Any) -> None:
    """Prices, delivery cost and several decisions: the sum never passes the worth, and every book agrees."""
    with transaction.atomic():
        office = make.make_office()
        price, cost = data.draw(st.integers(1, 900_000)), data.draw(st.sampled_from([0, 1, 15_000]))
        seller = goods.make_seller(is_pkp=data.draw(st.booleans()))
        order = make.taken_over(office, mend.issued(office, goods.make_product(seller, price=price), delivery=cost))
        worth = 10 * price + cost
        judge, taken = mend.judge(), 0
        for turn in range(data.draw(st.integers(1, 3))):
            amount = data.draw(st.integers(1, worth + 2))
            now = NOW + (4 * turn) * HOUR
            if Order.objects.get(pk=order.pk).state != OrderState.ACCEPTED:
                break
            dispute = mend.opened(order, office.receiver, now=now)
            given = mend.deduction(order, amount)
            if amount > worth - taken:
                act = lambda d=dispute, g=given, n=now: disputes.decide_dispute(  # noqa: E731
                    actor=judge, dispute=d, decision="x", given=g, now=n + HOUR
                )
                refused(RuleBroken, act, code="amount_outside")
                disputes.decide_dispute(actor=judge, dispute=dispute, decision="x", now=now + 2 * HOUR)
                continue
            disputes.decide_dispute(actor=judge, dispute=dispute, decision="x", given=given, now=now + HOUR)
            taken += amount
            invoice = make.invoice_of(order)
            assert (invoice.deduction, invoice.gross) == (taken, worth - taken)
            assert 0 <= invoice.withheld <= invoice.gross
        audited()
        transaction.set_rollback(True)
