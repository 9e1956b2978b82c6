"""Whose turn it is: the function, its twin in SQL and every page agree over all combinations of the four machines."""

from datetime import timedelta
from itertools import count, product
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from epeken.core import clock
from epeken.site.dashboards import seller_day
from epeken.site.navigation import memberships
from orders.billing import pages as billing_pages
from orders.billing.models import Commitment, Invoice
from orders.billing.states import CommitmentState, InvoiceState
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.disputes import services as disputes
from orders.disputes.models import Dispute
from orders.disputes.states import DisputeState
from orders.orders.models import Order, OrderLine
from orders.orders.next_step import Step, Task, Turn, next_step
from orders.orders.pages import lists
from orders.orders.pages.steps import steps_for
from orders.orders.pages.timeline import timeline
from orders.orders.states import Channel, CloseReason, DeliveryMethod, OrderState
from procurement.requests.models import PurchaseRequest
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.states import put_all

# One process: the world of the module is made once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("next_step")]
HOUR = timedelta(hours=1)

DELIVERIES: list[list[str]] = [[], *[[state] for state in DeliveryState]] + [
    [DeliveryState.REJECTED, state] for state in DeliveryState
]
INVOICES: list[list[str]] = [[], *[[state] for state in InvoiceState], [InvoiceState.VOID, InvoiceState.ISSUED]]
DISPUTES: list[tuple[str, bool] | None] = [None, *product(DisputeState, (False, True))]
ORDERS = [*[(state, False) for state in OrderState], (OrderState.PLACED, True)]  # True: the answer came too late


class World:
    """One shop, one department, one buyer, and an order in every combination of states."""

    def __init__(self) -> None:
        self.now = clock.now()
        self.owner = goods.make_user()
        self.seller = goods.make_seller(self.owner)
        self.goods = goods.make_product(self.seller)
        self.office = make.make_office()
        self.buyer = goods.make_user()
        number = count(1)
        orders, deliveries, invoices, disputes = [], [], [], []
        self.requests: list[PurchaseRequest] = []
        for at, sent, billed, said, agency in product(ORDERS, DELIVERIES, INVOICES, DISPUTES, (True, False)):
            if billed and not sent:
                continue  # an invoice is of a delivery
            n = next(number)
            order = self._order(n, *at, agency=agency)
            orders.append(order)
            mine = [
                Delivery(
                    order=order, number=f"SJ-{n}-{k}", state=state, carrier="Budi", shipped_at=self.now,
                    inspect_due_at=self.now + HOUR,
                )
                for k, state in enumerate(sent)
            ]  # fmt: skip
            deliveries += mine
            for k, state in enumerate(billed):
                net = 20_000
                invoices.append(
                    Invoice(
                        order=order, delivery=mine[-1], number=f"T-{n}-{k}", kuitansi_number=f"K-{n}-{k}", state=state,
                        goods_total=net, gross=net, withheld=0, net=net, purchase_value=net, issued_at=self.now,
                        paid=net if state == InvoiceState.PAID else 0, due_at=self.now + HOUR,
                    )
                )  # fmt: skip
            if said is not None:
                disputes.append(
                    Dispute(
                        order=order, state=said[0], opened_by=self.owner if said[1] else self.buyer,
                        opened_by_seller=said[1], complaint="Basi", opened_at=self.now, due_at=self.now + HOUR,
                    )
                )  # fmt: skip
        put_all(self.requests)
        put_all(orders)
        put_all([Commitment(order=o, state=CommitmentState.COMMITTED, amount=o.total) for o in orders])
        OrderLine.objects.bulk_create([self._line(order) for order in orders])
        put_all(deliveries)
        put_all(invoices)
        put_all(disputes)

    def _order(self, n: int, state: str, late: bool, *, agency: bool) -> Order:
        sides: dict[str, Any] = (
            {"agency": self.office.agency, "request": self._request(n), "channel": Channel.AGENCY}
            if agency
            else {"buyer": self.buyer, "channel": Channel.CITIZEN}
        )
        return Order(
            number=f"X-{n:06d}", state=state, seller=self.seller, issuer=self.buyer, title="Nasi kotak",
            method=DeliveryMethod.SELLER, deliver_at=self.now + 4 * HOUR, goods_total=20_000, total=20_000,
            cap_month=clock.month_of(self.now), placed_at=self.now,
            answer_due_at=self.now - HOUR if late else self.now + HOUR,
            close_reason=CloseReason.NO_ANSWER if state == OrderState.CLOSED else "", **sides,
        )  # fmt: skip

    def _request(self, n: int) -> PurchaseRequest:
        """One of its own: a request has one order per seller."""
        self.requests.append(
            PurchaseRequest(
                number=f"X-{n:06d}", agency=self.office.agency, requester=self.office.requester, title="Rapat",
                created_at=self.now,
            )
        )  # fmt: skip
        return self.requests[-1]

    def _line(self, order: Order) -> OrderLine:
        return OrderLine(
            order=order, product=self.goods, name="Nasi kotak", unit="box", price=20_000, quantity=1, amount=20_000,
            food_kind="none", keeps="other", stock_mode="stock",
        )  # fmt: skip

    def orders(self) -> list[Any]:
        return list(lists.with_status(Order.objects.filter(number__startswith="X-")).with_step(self.now).order_by("pk"))


@pytest.fixture(scope="module")
def world(module_transaction: None) -> World:
    return World()


@pytest.fixture
def _django_db_helper(savepoint: None) -> None:
    """In place of pytest-django's: the transaction around the whole module holds the `world`."""


def expected(order: Any, now: Any) -> tuple[str, str] | None:
    """The rule once more, written as a table apart from the code under test."""
    deliveries = [d.state for d in order.deliveries.all()]
    live = [state for state in deliveries if state != "rejected"]
    stage = live[0] if live else ""
    buyer = "receiver" if order.agency_id else "buyer"
    undecided = [d for d in order.disputes.all() if d.state != "decided"]
    unpaid = [i.state for i in order.invoices.all() if i.state in ("issued", "verified")]
    if order.state == "closed":
        return None
    if undecided:
        if undecided[0].state == "answered":
            return "city", "decide"
        return (buyer if undecided[0].opened_by_seller else "seller"), "reply"
    if order.state == "placed":
        return ("seller", "answer") if order.answer_due_at >= now else None
    if order.state == "finished":
        return None
    table = {
        "": ("seller", "ship"),
        "shipped": (buyer, "arrive" if order.agency_id else "confirm"),
        "arrived": (buyer, "inspect"),
        "inspected": (buyer, "sign"),
    }
    if stage in table:
        return table[stage]
    if not unpaid:
        return None
    if order.agency_id is None:
        return "seller", "collect"
    return "treasurer", "verify" if unpaid[0] == "issued" else "pay"


def test_all_who_say_whose_turn_it_is_say_the_same(world: World, django_assert_max_num_queries: Any) -> None:
    now = world.now
    orders = world.orders()
    assert len(orders) == 5 * (10 * 6 + 1) * 7 * 2
    steps: dict[int, Step] = {}
    with django_assert_max_num_queries(0):
        for order in orders:
            step = next_step(order, now)
            said = (str(step.who), str(step.what)) if step else None
            assert said == expected(order, now), order.number
            assert (order.turn, order.task) == (said or (None, None)), order.number
            disputed = any(d.state != DisputeState.DECIDED for d in order.disputes.all())
            assert not step or step.paused is disputed
            if step:
                steps[order.pk] = step
    assert {step.what for step in steps.values()} == set(Task)
    assert {step.who for step in steps.values()} == set(Turn)

    def of(who: Turn) -> set[int]:
        return {pk for pk, step in steps.items() if step.who == who}

    for who in Turn:
        assert set(
            Order.objects.filter(number__startswith="X-").waiting_for(who, now).values_list("pk", flat=True)
        ) == of(who)
    # The shop's dashboard and its badge.
    day = seller_day.seller_day(world.seller, now)
    listed = {
        *(o.pk for o in [*day.to_answer, *day.to_bring]),
        *(i.order_id for i in day.to_collect),
        *(d.order_id for d in day.complaints),
    }
    assert listed == of(Turn.SELLER)
    assert day.count == badge(world.owner).seller_tasks == len(listed)
    # The department's dashboard and its treasurer's list.
    assert badge(world.office.receiver).waiting_deliveries == len(of(Turn.RECEIVER))
    ageing = billing_pages.ageing(Invoice.objects.filter(order__agency=world.office.agency), now)
    waits = {i.order_id for i in [*ageing.late, *ageing.today, *ageing.later]}
    assert of(Turn.TREASURER) <= waits
    assert badge(world.office.treasurer).waiting_invoices == ageing.count
    disputed_now = {o.pk for o in orders if o.disputed}
    assert not waits & disputed_now
    assert {i.order_id for i in ageing.paused} <= disputed_now
    # The filter of the order lists: one stage at most, and the stage of the step.
    stages = {
        code: set(
            lists.filtered(Order.objects.filter(number__startswith="X-"), {"tahap": code}, now).values_list(
                "pk", flat=True
            )
        )
        for code in lists.STAGES
    }
    assert sum(len(found) for found in stages.values()) == len(set().union(*stages.values()))
    by_stage = {
        "disiapkan": {Task.SHIP}, "dikirim": {Task.ARRIVE, Task.CONFIRM}, "diperiksa": {Task.INSPECT, Task.SIGN},
        "dibayar": {Task.VERIFY, Task.PAY, Task.COLLECT}, "sengketa": {Task.REPLY, Task.DECIDE},
    }  # fmt: skip
    for code, tasks in by_stage.items():
        assert stages[code] == {pk for pk, step in steps.items() if step.what in tasks}, code
    assert {pk for pk, step in steps.items() if step.what == Task.ANSWER} <= stages["menunggu"]


def badge(user: Any) -> Any:
    request = RequestFactory().get("/")
    request.user = user
    return memberships(request)["memberships"]


def test_the_order_page_shows_the_step_and_offers_it(world: World) -> None:
    """Per distinct step one order: the first line of its timeline, and the button of whoever is to act."""
    seen: dict[Step | None, Any] = {}
    for order in world.orders():
        step = next_step(order, world.now)
        seen.setdefault((step.who, step.what, step.paused) if step else None, order)  # type: ignore[arg-type]
    assert len(seen) > 12
    actors = {Turn.SELLER: world.owner, Turn.BUYER: world.buyer}
    offers = {
        Task.ANSWER: "accept", Task.SHIP: "ship", Task.CONFIRM: "confirm", Task.INSPECT: "inspect",
        Task.COLLECT: "cash", Task.REPLY: "answer",
    }  # fmt: skip
    for order in seen.values():
        step = next_step(order, world.now)
        first = timeline(order, step, for_agency=False)[:1]
        if step is None:
            assert not first or not first[0].next
            continue
        assert first[0].next
        assert first[0].title == str(step.what.label)
        actor = actors.get(step.who)
        if order.agency_id is None and actor is not None and step.what in offers:
            delivery, dispute = order.deliveries.last(), order.disputes.first() if step.paused else None
            may = steps_for(actor, order, delivery, dispute, world.now)
            assert getattr(may, offers[step.what]), (step, order.number)


def test_a_dispute_stops_everybody_but_the_one_who_answers(client: Client) -> None:
    office, now = make.make_office(), clock.now()
    order = make.accepted(make.make_issued(office, now=now), now=now)
    delivery = make.arrived(make.shipped(order, now=now), office.receiver, now=now)
    assert delivery.pk
    owner = make.member_of(order)
    assert badge(office.receiver).waiting_deliveries == 1
    disputes.open_dispute(actor=owner, order=order, complaint="Penerima tidak ada", now=now)
    fresh = Order.objects.get(pk=order.pk)
    step = next_step(fresh, now)
    assert step is not None
    assert (step.who, step.what, step.paused) == (Turn.RECEIVER, Task.REPLY, True)
    assert badge(owner).seller_tasks == 0
    client.force_login(owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("orders:order-detail", args=[order.number])).content.decode()
    assert "Jawab keluhan" in page
    assert "Giliran penerima barang" in page
