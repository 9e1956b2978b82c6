"""Payments recorded and reversed in any order: invoice, budget, commitment and payments always add up."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from epeken.core.errors import DomainError
from epeken.site.audit import checks
from orders.billing.models import Invoice, Payment
from orders.billing.services import approval, holding
from orders.billing.states import CommitmentState, InvoiceState
from orders.disputes import services as disputes
from orders.orders.models import Order
from orders.orders.states import OrderState
from orders.reversals import services
from orders.reversals.models import PaymentReversal
from orders.reversals.states import ReversalReason
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import reversals as undo
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY

pytestmark = pytest.mark.django_db
ASKED = {
    "budget_documents",
    "budget_payments",
    "payment",
    "commitment",
    "reversals",
    "invoice_total",
    "remedies",
    "segregation",
}
METHODS = ["ls", "up_gu", "transfer", "kkpd"]


class PaymentLife(RuleBasedStateMachine):
    """One order of two deliveries, each with its invoice; what is refused changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.office = make.make_office()
        self.judge = mend.judge()
        self.now = MONDAY + 2 * DAY
        self.count = 0
        order = make.accepted(make.make_issued(self.office, goods.make_product(price=500_000)))
        line = order.lines.get()
        for sent in (4, 6):
            shipment = make.arrived(make.shipped(order, sent={line.pk: sent}), self.office.receiver)
            make.inspected(shipment, self.office.receiver)
            make.deliveries.sign_bast(
                actor=self.office.receiver, delivery=shipment, office_number="", now=MONDAY + DAY + 3 * HOUR
            )
        self.order = Order.objects.get(pk=order.pk)

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    def tried(self, act: Any) -> None:
        self.now += HOUR / 4
        try:
            with transaction.atomic():
                act()
        except DomainError:
            pass

    def invoice(self, which: int) -> Invoice:
        found: Invoice = Invoice.objects.live().filter(order=self.order).order_by("delivery")[which]
        return found

    @rule(which=st.integers(0, 1))
    def verify(self, which: int) -> None:
        self.tried(lambda: make.check(self.office, self.invoice(which), self.now))

    @rule(which=st.integers(0, 1))
    def approve(self, which: int) -> None:
        self.tried(lambda: make.approve(self.office, self.invoice(which), self.now))

    @rule(which=st.integers(0, 1))
    def send_back(self, which: int) -> None:
        head, invoice = make.head_of(self.office), self.invoice(which)
        self.tried(lambda: approval.return_invoice(actor=head, invoice=invoice, reason="Periksa lagi", now=self.now))

    @rule(which=st.integers(0, 1))
    def hold_or_resume(self, which: int) -> None:
        invoice, given = self.invoice(which), {"actor": self.office.treasurer, "now": self.now + HOUR / 4}
        if invoice.held_at is None:
            self.tried(lambda: holding.hold_invoice(invoice=invoice, reason="papers", note="Kurang notulen", **given))
        else:
            self.tried(lambda: holding.resume_invoice(invoice=invoice, **given))

    @rule(which=st.integers(0, 1), method=st.sampled_from(METHODS), share=st.sampled_from([None, 2, 3]))
    def pay(self, which: int, method: str, share: int | None) -> None:
        invoice, before = self.invoice(which), Payment.objects.count()
        self.count += 1
        self.tried(
            lambda: make.pay(
                self.office, self.order, invoice=invoice, method=method, reference=f"N-{self.count % 3}",
                amount=invoice.outstanding // share if share else None, paid_on=date(2026, 9, 9), now=self.now,
            )
        )  # fmt: skip
        if Payment.objects.count() > before:
            assert (invoice.state, invoice.held_at) == (InvoiceState.APPROVED, None)

    @precondition(lambda self: Payment.objects.exists())
    @rule(nth=st.integers(0, 6), reason=st.sampled_from(list(ReversalReason)), sent=st.integers(1, 3_100_000))
    def ask(self, nth: int, reason: str, sent: int) -> None:
        payments = list(Payment.objects.order_by("pk"))
        more: dict[str, Any] = {"sent_amount": sent} if reason == "amount" else {}
        if reason == "returned":
            more = {"returned_on": date(2026, 9, 9), "proof": make.photo()}
        self.tried(
            lambda: undo.asked(
                self.office, self.order, payment=payments[nth % len(payments)], reason=reason, now=self.now, **more
            )
        )

    @precondition(lambda self: PaymentReversal.objects.waiting().exists())
    @rule(way=st.sampled_from(["release", "release", "release", "refuse", "withdraw"]))
    def decide(self, way: str) -> None:
        row = PaymentReversal.objects.waiting().order_by("pk")[0]
        head, treasurer = make.head_of(self.office), self.office.treasurer
        acts: dict[str, Any] = {
            "release": lambda: undo.released(self.office, row, now=self.now),
            "refuse": lambda: services.refuse_reversal(actor=head, reversal=row, note="Benar", now=self.now),
            "withdraw": lambda: services.withdraw_reversal(actor=treasurer, reversal=row, note="Benar", now=self.now),
        }
        self.tried(acts[way])

    @rule(which=st.integers(0, 1), amount=st.integers(1, 900_000))
    def deduct(self, which: int, amount: int) -> None:
        def act() -> None:
            dispute = disputes.open_dispute(
                actor=self.office.receiver, order=self.order, complaint="Penyok", now=self.now
            )
            given = mend.DisputeTerms("deduction", self.invoice(which).delivery, amount=amount)
            disputes.decide_dispute(actor=self.judge, dispute=dispute, decision="Foto", given=given, now=self.now)

        self.tried(act)

    @invariant()
    def adds_up(self) -> None:
        found = {check.code: check.rows() for check in checks.checks() if check.code in ASKED}
        assert {code: rows for code, rows in found.items() if rows} == {}
        order = Order.objects.select_related("commitment").get(pk=self.order.pk)
        invoices = list(Invoice.objects.live().filter(order=order))
        for invoice in invoices:
            assert invoice.paid == sum(p.amount for p in invoice.payments.all() if p.stands())
            sent = invoice.correcting.sent_amount if invoice.correcting is not None else 0
            assert invoice.sent_amount == sent
        is_paid = all(invoice.state == InvoiceState.PAID for invoice in invoices)
        assert (order.state == OrderState.FINISHED) == is_paid
        assert (order.commitment.state == CommitmentState.SETTLED) == is_paid
        line = self.office.line
        line.refresh_from_db()
        gross = sum(invoice.gross for invoice in invoices)
        paid = sum(invoice.gross for invoice in invoices if invoice.state == InvoiceState.PAID)
        assert line.realised == paid
        assert line.committed == (0 if is_paid else order.commitment.amount - paid)
        assert order.commitment.amount >= gross


def test_whatever_happens_to_payments_the_books_agree() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        PaymentLife, settings=settings(max_examples=6, stateful_step_count=20, deadline=None)
    )
