"""Which orders count as promises kept or broken."""

from datetime import timedelta
from typing import Any

import pytest

from epeken.core import clock
from orders.conduct.querysets import NOT_DONE, conducts
from orders.conduct.tasks import renew_standings
from orders.deliveries.models import Delivery
from orders.disputes.models import Dispute
from orders.orders.models import Order
from orders.orders.states import Channel, CloseReason, DeliveryMethod, OrderState
from orders.remedies.models import Remedy
from orders.remedies.states import RemedyKind
from tests.factories import umkm as make
from tests.factories.states import put_all
from umkm.exposure.models import Standing
from umkm.exposure.reckoning import Conduct
from umkm.sellers.models import Seller

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Seller:
    return make.make_seller()


def order(shop: Seller, state: str, *, days: int = 3, **over: Any) -> Order:
    now = clock.now()
    placed = now - timedelta(days=days)
    row = Order(
        number=f"X-{Order.objects.count():06d}", state=state, seller=shop, buyer=make.make_user(),
        issuer=shop.members.get().user,
        channel=Channel.CITIZEN, method=DeliveryMethod.SELLER, deliver_at=now, goods_total=20_000, total=20_000,
        cap_month=clock.month_of(placed), placed_at=placed, answer_due_at=placed + timedelta(hours=4), **over,
    )  # fmt: skip
    put_all([row])
    return row


def delivery(of: Order, *, on_time: bool | None = True) -> Delivery:
    row = Delivery(
        order=of, number=f"SJ-{of.number}", state="accepted", carrier="Budi", shipped_at=of.placed_at,
        due_at=of.deliver_at, is_on_time=on_time,
    )  # fmt: skip
    put_all([row])
    return row


def remedy(of: Order, kind: str) -> None:
    now = clock.now()
    dispute = Dispute(
        order=of, state="decided", opened_by=of.buyer, complaint="Basi", opened_at=now, due_at=now, decided_at=now,
        outcome=kind,
    )  # fmt: skip
    put_all([dispute])
    put_all([
        Remedy(order=of, dispute=dispute, delivery=delivery(of), kind=kind, state="owed", amount=1, granted_at=now,
               waits_since=now)
    ])  # fmt: skip


def counted() -> dict[int, Conduct]:
    return conducts(clock.now() - timedelta(days=180))


def test_what_is_finished_in_time_is_kept(shop: Seller) -> None:
    delivery(order(shop, OrderState.FINISHED))
    delivery(order(shop, OrderState.FINISHED), on_time=None)  # nobody said so
    assert counted() == {shop.pk: Conduct(2, 0)}


@pytest.mark.parametrize("reason", CloseReason)
def test_what_was_closed_counts_by_its_reason(shop: Seller, reason: str) -> None:
    order(shop, OrderState.CLOSED, close_reason=reason)
    assert counted() == {shop.pk: Conduct(0, int(reason in NOT_DONE))}


def test_late_goods_are_a_promise_broken(shop: Seller) -> None:
    delivery(order(shop, OrderState.FINISHED), on_time=False)
    assert counted() == {shop.pk: Conduct(0, 1)}


@pytest.mark.parametrize(
    ("kind", "broken"),
    [(RemedyKind.DEDUCTION, 1), (RemedyKind.REFUND, 1), (RemedyKind.ACCEPTANCE, 0)],
)
def test_a_complaint_counts_when_it_gave_the_buyer_something(shop: Seller, kind: str, broken: int) -> None:
    remedy(order(shop, OrderState.FINISHED), kind)
    assert counted() == {shop.pk: Conduct(1 - broken, broken)}


def test_what_runs_and_what_is_old_says_nothing(shop: Seller) -> None:
    order(shop, OrderState.PLACED)
    order(shop, OrderState.ACCEPTED)
    delivery(order(shop, OrderState.FINISHED, days=181))
    assert counted() == {}


def test_the_job_renews_levels_with_it(shop: Seller) -> None:
    make.make_product(shop)
    order(shop, OrderState.CLOSED, close_reason=CloseReason.NO_ANSWER)
    delivery(order(shop, OrderState.FINISHED))
    renew_standings()
    row = Standing.objects.get(seller=shop)
    assert (row.kept, row.broken) == (1, 1)
