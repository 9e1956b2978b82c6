"""Whatever happens to a frame and its requests in whatever order: the books agree and nothing counts twice."""

from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from epeken.core.errors import DomainError
from epeken.core.idempotency import new_key
from epeken.site.audit.checks import _query
from epeken.site.audit.sql import budgets, people
from orders.orders.models import Order
from orders.orders.services import agreement
from procurement.budgets.models import BudgetLine
from procurement.frames import services
from procurement.frames.models import ApprovalFrame
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions
from procurement.requests.states import LIVE
from tests.factories import umkm as make
from tests.factories.procurement import HOUR, MONDAY, Office, make_frame, make_request

pytestmark = pytest.mark.django_db
PAGU = 12_000_000


class FrameLife(RuleBasedStateMachine):
    """One budget line, two products, frames and requests that come and go."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.office = Office(pagu=PAGU)
        self.goods = [make.make_product(price=100_000, on_hand=10_000) for _n in range(2)]
        self.now: datetime = MONDAY

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    def tried(self, act: Any) -> None:
        """What is refused changes nothing."""
        try:
            with transaction.atomic():
                act()
        except DomainError:
            pass

    @rule(which=st.integers(0, 1), amount=st.integers(1_000_000, 6_000_000))
    def sign(self, which: int, amount: int) -> None:
        self.tried(
            lambda: make_frame(
                self.office, products=[self.goods[which]], amount=amount, order_limit=amount // 2, now=self.now
            )
        )

    @rule(which=st.integers(0, 1), quantity=st.integers(1, 30))
    def send(self, which: int, quantity: int) -> None:
        draft = make_request(self.office, [(self.goods[which], quantity)], now=self.now)
        self.tried(
            lambda: decisions.submit_request(actor=self.office.requester, request=draft, key=new_key(), now=self.now)
        )

    @rule(pick=st.integers(0, 9))
    def withdraw(self, pick: int) -> None:
        live = list(PurchaseRequest.objects.live().order_by("pk"))
        if live:
            request = live[pick % len(live)]
            self.tried(lambda: decisions.withdraw_request(actor=self.office.requester, request=request, now=self.now))

    @rule(pick=st.integers(0, 9))
    def send_back(self, pick: int) -> None:
        approved = list(PurchaseRequest.objects.approved().order_by("pk"))
        if approved:
            request = approved[pick % len(approved)]
            self.tried(
                lambda: decisions.send_back_request(
                    actor=self.office.pp, request=request, note="Perbaiki", now=self.now
                )
            )

    @rule(pick=st.integers(0, 9))
    def issue(self, pick: int) -> None:
        approved = list(PurchaseRequest.objects.approved().order_by("pk"))
        if approved:
            request = approved[pick % len(approved)]
            self.tried(
                lambda: agreement.issue_orders(actor=self.office.pp, request=request, key=new_key(), now=self.now)
            )

    @rule(pick=st.integers(0, 9))
    def decline(self, pick: int) -> None:
        placed = list(Order.objects.placed().order_by("pk"))
        if placed:
            order = placed[pick % len(placed)]
            self.tried(
                lambda: agreement.close_order(
                    actor=None, order=order, reason="no_answer", note="", now=order.answer_due_at
                )
            )

    @rule(pick=st.integers(0, 9))
    def end(self, pick: int) -> None:
        signed = list(ApprovalFrame.objects.signed().order_by("pk"))
        if signed:
            frame = signed[pick % len(signed)]
            self.tried(lambda: services.end_frame(actor=self.office.head, frame=frame, note="Cukup", now=self.now))

    @rule(hours=st.integers(1, 20))
    def wait(self, hours: int) -> None:
        if self.now < MONDAY + 48 * HOUR:
            self.now += HOUR * hours

    @invariant()
    def books_agree(self) -> None:
        for text in (budgets.BUDGET_DOCUMENTS, budgets.FRAME_DRAWN, people.SEGREGATION):
            assert _query(text)() == []

    @invariant()
    def nothing_is_spent_twice(self) -> None:
        line = BudgetLine.objects.get(pk=self.office.line.pk)
        held = sum(PurchaseRequest.objects.filter(line=line, state__in=LIVE).values_list("total", flat=True))
        rest = sum(frame.left for frame in ApprovalFrame.objects.signed().filter(line=line))
        assert line.reserved == held + rest
        assert line.available >= 0

    @invariant()
    def frames_keep_their_word(self) -> None:
        """Approved without an officer is only what the frame allows."""
        for request in PurchaseRequest.objects.filter(frame__isnull=False).select_related("frame"):
            assert request.total <= request.frame.order_limit
            allowed = request.frame.goods.values_list("product", flat=True)
            assert set(request.lines.values_list("product", flat=True)) <= set(allowed)


def test_frame_whatever_happens_the_books_agree() -> None:
    run_state_machine_as_test(
        FrameLife, settings=settings(max_examples=12, stateful_step_count=14, deadline=None, derandomize=True)
    )
