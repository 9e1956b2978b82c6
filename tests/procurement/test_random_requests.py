"""Buyers who race: what is approved can be issued in its hold, and 64 who want the same get what there is.

Ten thousand such requests: `python -m bench.requests`.
"""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db.utils import OperationalError
from psycopg2.errors import LockNotAvailable

from epeken.core.idempotency import new_key
from orders.orders.models import Order
from orders.orders.services import agreement
from procurement.budgets.models import BudgetLine
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions
from tests.factories import umkm as make
from tests.factories.procurement import HOUR, MONDAY, Office, make_request
from tests.orders.books import balanced
from tests.procurement import buyers
from tests.racing import together
from umkm.catalogue.models import Product

pytestmark = pytest.mark.django_db(transaction=True)


class SharedClock:
    def __init__(self) -> None:
        self.now, self.lock = MONDAY, threading.Lock()

    def __call__(self, later: timedelta) -> datetime:
        with self.lock:
            self.now += later
            return self.now


def test_nothing_is_approved_that_cannot_be_issued_within_its_hold() -> None:
    market = buyers.build(MONDAY, offices=2, owners=4, pagu=30_000_000)
    clock = SharedClock()
    racers = [buyers.Buyer(market, clock, seed, pace=240) for seed in range(3)]

    def race(buyer: buyers.Buyer) -> None:
        for _n in range(24):  # which of them come first differs from run to run
            buyer.turn()
        buyer.finish()

    assert together([partial(race, buyer) for buyer in racers]) == {"ok": 3}
    assert [said for buyer in racers for said in buyer.wrong] == []
    assert sum(buyer.done["issued"] for buyer in racers) >= 5, [buyer.done for buyer in racers]
    assert sum(buyer.done["shop changed"] for buyer in racers) >= 1, [buyer.done for buyer in racers]
    assert buyers.wrong_at_the_end() == []
    balanced()


def test_sixty_four_want_one_budget_line_and_one_product() -> None:
    """Goods for 20 of them and budget for 30: 20 are sent, 20 are issued, and every sum agrees."""
    office = Office(pagu=30 * 110_000 + 109_999)
    product = make.make_product(price=10_000, on_hand=209)
    drafts = [make_request(office, [(product, 10)]) for _n in range(64)]

    def send(request: PurchaseRequest) -> Callable[[], Any]:
        key = new_key()

        def sent() -> Any:
            while True:
                try:
                    return decisions.submit_request(actor=office.requester, request=request, key=key, now=MONDAY)
                except OperationalError as problem:  # so many wait for one row longer than the database lets them
                    if not isinstance(problem.__cause__, LockNotAvailable):
                        raise

        return sent

    assert together([send(request) for request in drafts]) == {"ok": 20, "out_of_stock": 44}
    product = Product.objects.get(pk=product.pk)
    assert (product.on_hand, product.held) == (9, 200)
    balanced()
    sent = list(PurchaseRequest.objects.submitted())
    for request in sent:
        decisions.approve_request(
            actor=office.pp, request=request, dropped={}, note="", key=new_key(), now=MONDAY + HOUR
        )

    def issue(request: PurchaseRequest) -> Callable[[], Any]:
        found, key = PurchaseRequest.objects.get(pk=request.pk), new_key()
        return lambda: agreement.issue_orders(actor=office.pp, request=found, key=key, now=MONDAY + 2 * HOUR)

    assert together([issue(request) for request in sent for _twice in range(3)]).pop("ok") == 20
    assert Order.objects.count() == 20
    line = BudgetLine.objects.get(pk=office.line.pk)
    assert (line.reserved, line.committed, line.available) == (0, 20 * 110_000, 10 * 110_000 + 109_999)
    assert buyers.wrong_at_the_end() == []
    balanced()


def test_sixty_four_want_the_last_of_a_budget_line() -> None:
    """Goods for all of them, budget for 30."""
    office = Office(pagu=30 * 110_000 + 109_999)
    product = make.make_product(price=10_000, on_hand=640)
    drafts = [make_request(office, [(product, 10)]) for _n in range(64)]

    def send(request: PurchaseRequest) -> Callable[[], Any]:
        key = new_key()

        def sent() -> Any:
            while True:
                try:
                    return decisions.submit_request(actor=office.requester, request=request, key=key, now=MONDAY)
                except OperationalError as problem:  # so many wait for one row longer than the database lets them
                    if not isinstance(problem.__cause__, LockNotAvailable):
                        raise

        return sent

    assert together([send(request) for request in drafts]) == {"ok": 30, "budget_short": 34}
    line = BudgetLine.objects.get(pk=office.line.pk)
    assert (line.reserved, line.available) == (30 * 110_000, 109_999)
    assert Product.objects.get(pk=product.pk).held == 300
    balanced()
