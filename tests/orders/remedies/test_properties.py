"""Goods sent in parts, refused, called missing, replaced, disputed, decided to count as accepted or as refused and
silently passed, the surat pesanan changed meanwhile, bills held and paid, payments reversed, in any order: the books
always agree, and the chain of acts states every row."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from epeken.core.clock import local_date
from epeken.core.errors import DomainError
from orders.addenda import services as addenda
from orders.addenda.models import Addendum
from orders.attestations import verifying
from orders.billing.models import Commitment, Invoice, Payment
from orders.billing.services import holding
from orders.billing.states import CommitmentState
from orders.deliveries import services as deliveries
from orders.deliveries.models import Delivery, DeliveryLine
from orders.deliveries.states import WITHOUT_RESULT, DeliveryState
from orders.disputes import services as disputes
from orders.disputes.models import Dispute
from orders.disputes.terms import NOTHING
from orders.orders.models import Order
from orders.orders.services import completion
from orders.orders.states import OrderState
from orders.remedies import services
from orders.remedies.models import Remedy
from orders.remedies.states import OPEN, RemedyState
from orders.reversals import services as reversals
from orders.reversals.models import PaymentReversal
from orders.reversals.states import ReversalReason
from tests.factories import addenda as changing
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import reversals as undo
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.orders.remedies.test_deductions import audited

pytestmark = pytest.mark.django_db
TEN = st.integers(0, 10)


class ReplacementLife(RuleBasedStateMachine):
    """One order of ten, six of them sent; what is refused by a rule changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.office = make.make_office()
        self.judge = mend.judge()
        self.order = make.accepted(mend.issued(self.office))
        self.seller = make.member_of(self.order)
        self.now = MONDAY + DAY
        self.line = self.order.lines.get()
        make.shipped(self.order, sent={self.line.pk: Decimal(6)}, now=self.now)

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    def tried(self, act: Any) -> None:
        self.now += HOUR
        try:
            with transaction.atomic():
                act()
        except DomainError:
            pass

    def going(self) -> list[Delivery]:
        return list(Delivery.objects.filter(order=self.order, state__in=WITHOUT_RESULT).order_by("pk"))

    @rule(sent=st.integers(1, 12))
    def ship(self, sent: int) -> None:
        self.tried(lambda: make.shipped(self.order, sent={self.line.pk: Decimal(sent)}, now=self.now))

    @rule(by_seller=st.booleans(), quantity=st.integers(1, 12), days=st.sampled_from([0, 0, 2]))
    def propose(self, by_seller: bool, quantity: int, days: int) -> None:
        moment = Order.objects.get(pk=self.order.pk).deliver_at + days * DAY
        given = {"quantity": quantity, "deliver_at": moment}
        by = self.seller if by_seller else self.office.pp
        self.tried(lambda: changing.proposed(self.order, by, now=self.now, **given))

    @rule(agree=st.sampled_from([True, True, False]))
    def answer(self, agree: bool) -> None:
        for row in Addendum.objects.waiting().filter(order=self.order):
            by = self.office.pp if row.by_seller else self.seller
            if agree:
                self.tried(lambda row=row, by=by: changing.agreed(row, by, now=self.now))
            else:
                given = {"addendum": row, "note": "Tetap", "actor": by}
                self.tried(lambda given=given: addenda.refuse_addendum(**given, now=self.now))

    @rule()
    def arrive(self) -> None:
        for one in self.going():
            self.tried(lambda one=one: deliveries.mark_arrived(actor=self.office.receiver, delivery=one, now=self.now))

    @rule(accept=TEN)
    def inspect(self, accept: int) -> None:
        for one in self.going():
            good = min(Decimal(accept), one.lines.get().sent)
            self.tried(lambda one=one, good=good: make.inspected(one, self.office.receiver, accept=good, now=self.now))

    @rule()
    def sign(self) -> None:
        for one in self.going():
            given = {"delivery": one, "office_number": "", "actor": self.office.receiver}
            self.tried(lambda given=given: deliveries.sign_bast(**given, now=self.now))

    @rule()
    def miss(self) -> None:
        for one in self.going():
            given = {"delivery": one, "note": "Tidak ada", "actor": self.office.receiver}
            self.tried(lambda given=given: deliveries.report_missing(**given, now=self.now))

    @rule(
        by_seller=st.booleans(), again=TEN, amount=st.integers(0, 300_000), which=st.integers(0, 3),
        kind=st.sampled_from(["goods", "money", "count", "refuse"]),
    )  # fmt: skip
    def dispute(self, by_seller: bool, again: int, amount: int, which: int, kind: str) -> None:
        opener = self.seller if by_seller else self.office.receiver
        self.tried(lambda: mend.opened(self.order, opener, now=self.now))
        found = Dispute.objects.undecided().filter(order=self.order).first()
        if found is None:
            return
        first = mend.delivery_of(self.order)
        given = mend.deduction(self.order, amount, delivery=first) if amount else NOTHING
        if kind == "goods" and again:
            given = mend.replacement(self.order, again, self.now + 2 * DAY)
        every = list(Delivery.objects.filter(order=self.order).order_by("pk"))
        about = every[which % len(every)]
        if kind == "refuse":
            given = mend.refusal(self.order, again or None, delivery=about)
        if kind == "count":
            given = mend.acceptance(self.order, again, delivery=about)
            if about.state == DeliveryState.MISSED:
                given = mend.acceptance(self.order, None, delivery=about)
        self.tried(
            lambda: disputes.decide_dispute(
                actor=self.judge, dispute=found, decision="Diputus", given=given, now=self.now
            )
        )

    @rule()
    def send_again(self) -> None:
        for remedy in Remedy.objects.filter(order=self.order, state=RemedyState.OWED):
            self.tried(lambda remedy=remedy: mend.sent(remedy, now=self.now))

    @rule()
    def pay(self) -> None:
        for invoice in Invoice.objects.unpaid().filter(order=self.order):
            self.tried(lambda invoice=invoice: make.clear(self.office, invoice, now=self.now))
            given = {"invoice": invoice, "reference": f"N-{invoice.pk}", "paid_on": local_date(self.now)}
            self.tried(lambda given=given: make.pay(self.office, self.order, **given, now=self.now))

    @rule()
    def hold_or_resume(self) -> None:
        for invoice in Invoice.objects.unpaid().filter(order=self.order):
            given = {"invoice": invoice, "actor": self.office.treasurer}
            if invoice.held_at is None:
                given |= {"reason": "papers", "note": "Kurang notulen"}
            act = holding.hold_invoice if invoice.held_at is None else holding.resume_invoice
            self.tried(lambda act=act, given=given: act(**given, now=self.now))

    @rule(reason=st.sampled_from([ReversalReason.REFERENCE, ReversalReason.AMOUNT, ReversalReason.OTHER]))
    def ask_reversal(self, reason: str) -> None:
        for payment in Payment.objects.standing().filter(invoice__order=self.order):
            given = {"payment": payment, "reason": reason}
            self.tried(lambda given=given: undo.asked(self.office, self.order, **given, now=self.now))

    @rule(release=st.sampled_from([True, True, False]))
    def decide_reversal(self, release: bool) -> None:
        for row in PaymentReversal.objects.waiting().filter(payment__invoice__order=self.order):
            if release:
                self.tried(lambda row=row: undo.released(self.office, row, now=self.now))
            else:
                given = {"actor": make.head_of(self.office), "reversal": row, "note": "Benar"}
                self.tried(lambda given=given: reversals.refuse_reversal(**given, now=self.now))

    @rule(hours=st.sampled_from([3, 30, 200]))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        deliveries.accept_by_silence(now=self.now)
        services.pass_overdue(now=self.now)
        addenda.lapse_overdue(now=self.now)
        completion.close_overdue_rests(now=self.now)

    @invariant()
    def the_books_agree(self) -> None:
        audited()

    @invariant()
    def the_acts_state_every_row(self) -> None:
        assert [each.what for each in verifying.verify(self.order.number)] == []

    @invariant()
    def nobody_pays_more_than_was_accepted(self) -> None:
        billed = sum(row.goods_total for row in Invoice.objects.live().filter(order=self.order))
        lines = DeliveryLine.objects.filter(delivery__order=self.order, delivery__state=DeliveryState.ACCEPTED)
        assert billed == sum(100_000 * int(line.invoiced) for line in lines)
        assert billed <= Order.objects.get(pk=self.order.pk).goods_total <= 1_100_000

    @invariant()
    def an_order_says_what_was_last_agreed(self) -> None:
        order = Order.objects.get(pk=self.order.pk)
        last = Addendum.objects.agreed().filter(order=order).order_by("pk").last()
        line = order.lines.get()
        agreed = Decimal(10) if last is None else last.lines.get().quantity
        assert line.quantity == agreed or order.state == OrderState.CLOSED
        assert line.sent_quantity <= line.quantity

    @invariant()
    def what_is_over_waits_for_nothing(self) -> None:
        order = Order.objects.get(pk=self.order.pk)
        if order.state in (OrderState.FINISHED, OrderState.CLOSED):
            assert not self.going()
            assert not Remedy.objects.filter(order=order, state__in=OPEN).exists()
            assert Commitment.objects.get(order=order).state != CommitmentState.COMMITTED


def test_replacements_in_any_order() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        ReplacementLife, settings=settings(max_examples=8, stateful_step_count=20, deadline=None)
    )
