"""Whose turn it is: the function, its twin in SQL and every page agree over all combinations of the four machines."""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import count, product
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse

from epeken.core import clock
from epeken.site.dashboards import agency_day, seller_day
from epeken.site.navigation import memberships
from orders.billing import pages as billing_pages
from orders.billing.models import Commitment, Invoice, TaxLine, TaxRate
from orders.billing.states import UNPAID, CommitmentState, InvoiceState, TaxKind
from orders.cancellations.models import Cancellation
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.disputes import services as disputes
from orders.disputes.models import Dispute
from orders.disputes.states import DisputeState
from orders.documents.models import SlotRule
from orders.orders.models import Order, OrderLine
from orders.orders.next_step import Step, Task, Turn, steps_of, task_words
from orders.orders.pages import lists
from orders.orders.pages.parts import delivery_parts, invoice_parts
from orders.orders.pages.steps import steps_for
from orders.orders.pages.timeline import timeline
from orders.orders.states import Channel, CloseReason, DeliveryMethod, OrderState
from orders.remedies.models import Remedy
from orders.remedies.policies import can_confirm, can_fulfil
from procurement.requests.models import PurchaseRequest
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.states import put_all

# One process: the world of the module is made once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("next_step")]
HOUR = timedelta(hours=1)

# The states of the deliveries in order, and whether part of the goods was not sent yet.
DELIVERIES: list[tuple[list[str], bool]] = [
    ([], True),
    *(([state], rest) for state in DeliveryState for rest in (False, True)),
    *(([DeliveryState.ACCEPTED, state], False) for state in DeliveryState),
    ([DeliveryState.SHIPPED, DeliveryState.ARRIVED], True),
    ([DeliveryState.REJECTED, DeliveryState.SHIPPED], False),
]
HELD = "held "  # before the state of an invoice
INVOICES: list[list[str]] = [
    [],
    *([state] for state in InvoiceState),
    [InvoiceState.VOID, InvoiceState.ISSUED],
    [InvoiceState.PAID, InvoiceState.ISSUED],
    [InvoiceState.ISSUED, InvoiceState.VERIFIED],
    *([HELD + state] for state in UNPAID),
]
DISPUTES: list[tuple[str, bool] | None] = [None, *product(DisputeState, (False, True))]
# The state of the request to cancel, whether the seller asked, whether its time is over.
CANCELS: list[tuple[str, bool, bool] | None] = [
    None, ("asked", False, False), ("asked", True, False), ("claimed", False, False), ("asked", False, True),
    ("refused", False, False),
]  # fmt: skip
# What a decision gave, and how far it is; of orders whose goods were accepted.
REMEDIES: list[tuple[str, str]] = [
    *(("replacement", state) for state in ("owed", "sent", "came", "lapsed", "void")), ("refused", "owed"),
    *(("refund", state) for state in ("owed", "overdue", "recorded", "contested", "confirmed")),
    ("deduction", "owed"), ("deduction", "applied"),
]  # fmt: skip
ORDERS = [*[(state, False) for state in OrderState], (OrderState.PLACED, True)]  # True: the answer came too late


def combinations() -> Iterator[tuple[Any, ...]]:
    """Every one of a running order; of the others those in which something would be to do if they were running."""
    for at, (sent, rest), billed, said, agency, cancels in product(
        ORDERS, DELIVERIES, INVOICES, DISPUTES, (True, False), CANCELS
    ):
        if len([state for state in billed if state != InvoiceState.VOID]) > len(sent) or (billed and not sent):
            continue  # an invoice is of a delivery, which has one in force
        if cancels and (
            at[0] != OrderState.ACCEPTED or len(sent) > 1 or billed or not rest or said not in DISPUTES[:2]
        ):
            continue  # only what was not sent is cancelled; the other machines run beside it
        if cancels and cancels[0] == "claimed" and not agency:
            continue
        few = len(sent) < 2 and billed in ([], [InvoiceState.ISSUED], [InvoiceState.PAID])
        if at[0] == OrderState.ACCEPTED or few:
            yield at, sent, rest, billed, said, agency, cancels, None
            late = at[0] in (OrderState.ACCEPTED, OrderState.FINISHED) and not rest and not cancels
            if late and sent == [DeliveryState.ACCEPTED] and said in DISPUTES[:2]:
                for remedy in REMEDIES:
                    yield at, sent, rest, billed, said, agency, cancels, remedy


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
        orders, deliveries, invoices, disputes, asked = [], [], [], [], []
        self.requests: list[PurchaseRequest] = []
        lines = []
        remedies = []
        for at, sent, rest, billed, said, agency, cancels, gave in combinations():
            n = next(number)
            order = self._order(n, *at, agency=agency)
            orders.append(order)
            lines.append(self._line(order, unsent=1 if rest else 0))
            mine = [
                Delivery(
                    order=order, number=f"SJ-{n}-{k}", state=state, carrier="Budi", shipped_at=self.now,
                    due_at=self.now + HOUR,
                )
                for k, state in enumerate(sent)
            ]  # fmt: skip
            deliveries += mine
            for k, told in enumerate(billed):
                net, state = 20_000, told.removeprefix(HELD)
                more: dict[str, Any] = {"held_at": self.now, "hold_reason": "papers"} if told != state else {}
                if state == InvoiceState.APPROVED:
                    more |= {"approved_at": self.now, "approver": self.owner}
                invoices.append(
                    Invoice(
                        order=order, delivery=mine[k if len(mine) == len(billed) else -1], number=f"T-{n}-{k}",
                        kuitansi_number=f"K-{n}-{k}", state=state, goods_total=net, gross=net, withheld=0, net=net,
                        purchase_value=net, issued_at=self.now, paid=net if state == InvoiceState.PAID else 0,
                        due_at=self.now + HOUR, **more,
                    )
                )  # fmt: skip
            if gave is not None:
                earlier = Dispute(
                    order=order, state="decided", opened_by=self.buyer, complaint="Basi", opened_at=self.now,
                    due_at=self.now, decided_at=self.now, outcome=gave[0].replace("refused", "replacement"),
                )  # fmt: skip
                disputes.append(earlier)
                is_goods = gave[0] in ("replacement", "refused")
                again = {"order_line": lines[-1], "quantity": 1} if is_goods else {}
                if gave[0] == "refused":
                    again["refused"] = 1
                if gave[1] == "came":
                    again["came"] = 1
                remedies.append(
                    Remedy(
                        order=order, dispute=earlier, delivery=mine[0], kind="replacement" if is_goods else gave[0],
                        state=gave[1], amount=10_000,
                        granted_at=self.now, waits_since=self.now, due_at=self.now + HOUR, **again,
                    )
                )  # fmt: skip
            if said is not None:
                disputes.append(
                    Dispute(
                        order=order, state=said[0], opened_by=self.owner if said[1] else self.buyer,
                        opened_by_seller=said[1], complaint="Basi", opened_at=self.now, due_at=self.now + HOUR,
                    )
                )  # fmt: skip
            if cancels is not None:
                asked.append(
                    Cancellation(
                        order=order, state=cancels[0], by_seller=cancels[1], asked_by=self.buyer, was_accepted=True,
                        reason="force", amount=10_000, claimed=5_000 if cancels[0] == "claimed" else None,
                        asked_at=self.now, waits_since=self.now, due_at=self.now + (-HOUR if cancels[2] else HOUR),
                    )
                )  # fmt: skip
        put_all(self.requests)
        put_all(orders)
        put_all([Commitment(order=o, state=CommitmentState.COMMITTED, amount=o.total) for o in orders])
        OrderLine.objects.bulk_create(lines)
        put_all(deliveries)
        put_all(invoices)
        rate = TaxRate.objects.all()[0]
        TaxLine.objects.bulk_create(
            TaxLine(
                invoice=one, kind=TaxKind.PPN, base=20_000, rate=0, amount=2_200, rule=rate, explanation="Uji"
            )
            for one in invoices if "seller" in lacked(one.order)
        )  # fmt: skip
        SlotRule.objects.create(kind="attendance", event_kind="guests", valid_from="2020-01-01", source="Uji")
        put_all(disputes)
        put_all(remedies)
        put_all([
            Delivery(
                order=row.order, number=f"SJ-{row.order.number}-lagi", state=DeliveryState.SHIPPED, carrier="Budi",
                shipped_at=self.now, due_at=self.now + HOUR, remedy=row, promised_at=self.now + HOUR,
            )
            for row in remedies if row.state == "sent"
        ])  # fmt: skip
        put_all(asked)
        # Rows nobody committed are unknown to the planner: it would join thousands of them one by one.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _order(self, n: int, state: str, late: bool, *, agency: bool) -> Order:
        sides: dict[str, Any] = (
            {"agency": self.office.agency, "request": self._request(n), "channel": Channel.AGENCY}
            if agency
            else {"buyer": self.buyer, "channel": Channel.CITIZEN}
        )
        return Order(
            number=f"X-{n:06d}", state=state, seller=self.seller, issuer=self.buyer, title="Nasi kotak",
            method=DeliveryMethod.SELLER, deliver_at=self.now + 4 * HOUR, goods_total=20_000, total=20_000,
            cap_month=clock.month_of(self.now), placed_at=self.now, **self._change(n, state, agency=agency),
            event_kind="guests" if n % 9 in (3, 6) else "",
            answer_due_at=self.now - HOUR if late else self.now + HOUR,
            close_reason=CloseReason.NO_ANSWER if state == OrderState.CLOSED else "", **sides,
        )  # fmt: skip

    def _change(self, n: int, state: str, *, agency: bool) -> dict[str, Any]:
        """Of most departments' running orders: no change proposed, one by each side, one nobody answered in time."""
        if not agency or state != OrderState.ACCEPTED or n % 4 == 0:
            return {}
        return {"amend_due_at": self.now + (-HOUR if n % 4 == 3 else HOUR), "amend_by_seller": n % 4 == 1}

    def _request(self, n: int) -> PurchaseRequest:
        """One of its own: a request has one order per seller."""
        self.requests.append(
            PurchaseRequest(
                number=f"X-{n:06d}", agency=self.office.agency, requester=self.office.requester, title="Rapat",
                created_at=self.now,
            )
        )  # fmt: skip
        return self.requests[-1]

    def _line(self, order: Order, unsent: int) -> OrderLine:
        return OrderLine(
            order=order, product=self.goods, name="Nasi kotak", unit="box", price=10_000, quantity=2, amount=20_000,
            sent_quantity=2 - unsent,
            food_kind="none", keeps="other", stock_mode="stock",
        )  # fmt: skip

    def orders(self) -> list[Any]:
        return list(lists.with_status(mine()).order_by("pk"))


def _bare(found: list[Step]) -> list[Step]:
    """Who does what, without its end."""
    return [Step(step.who, step.what) for step in found]


def mine() -> Any:
    return Order.objects.filter(number__startswith="X-")


@pytest.fixture(scope="module")
def world(module_transaction: None) -> World:
    return World()


@pytest.fixture
def _django_db_helper(savepoint: None) -> None:
    """In place of pytest-django's: the transaction around the whole module holds the `world`."""


def expected(order: Any, now: Any) -> set[tuple[str, str]]:
    """The rule once more, written as a table apart from the code under test."""
    buyer = "receiver" if order.agency_id else "buyer"
    undecided = [d for d in order.disputes.all() if d.state in ("opened", "answered")]
    if order.state == "closed":
        return set()
    unsent = any(line.sent_quantity < line.quantity for line in order.lines.all())
    if undecided:
        claimed = any(row.state == "claimed" for row in order.cancellations.all())
        sends = {("seller", "ship")} if order.state == "accepted" and unsent and not claimed else set()
        if order.agency_id and order.state == "accepted":
            counted = {"shipped": "arrive", "arrived": "inspect"}
            sends |= {("receiver", counted[d.state]) for d in order.deliveries.all() if d.state in counted}
        if undecided[0].state == "answered":
            return {("city", "decide")} | sends
        return {(buyer if undecided[0].opened_by_seller else "seller", "reply")} | sends
    if order.state == "placed":
        return {("seller", "answer")} if now < order.answer_due_at else set()
    found = set()
    awaited = set()
    for row in order.remedies.all():
        if row.kind == "replacement" and row.state in ("owed", "sent") and not row.refused:
            awaited.add(row.delivery_id)
        if row.kind != "deduction" and row.state in ("owed", "overdue"):
            found.add(("seller", "fulfil"))
        if row.state == "recorded":
            found.add(("buyer", "check"))
        if row.state == "contested":
            found.add(("city", "rule"))
    for delivery in order.deliveries.all():
        if order.state == "finished" and delivery.remedy_id is None:
            continue
        if delivery.state == "shipped":
            found.add((buyer, "arrive" if order.agency_id else "confirm"))
        if delivery.state in ("arrived", "inspected"):
            found.add((buyer, "inspect" if delivery.state == "arrived" else "sign"))
    if order.state == "finished":
        return found
    if unsent:
        found.add(("seller", "ship"))
    officer = "officer" if order.agency_id else "buyer"
    for row in order.cancellations.all():
        if row.state == "claimed" and now < row.due_at:
            found.add((officer, "claim"))
        if row.state == "asked" and now < row.due_at:
            found.add((officer if row.by_seller else "seller", "release"))
    if order.amend_due_at is not None and now < order.amend_due_at:
        found.add(("officer" if order.amend_by_seller else "seller", "amend"))
    for invoice in order.invoices.all():
        if invoice.state in ("issued", "verified", "approved") and invoice.delivery_id not in awaited:
            if order.agency_id and invoice.state != "verified" and not invoice.held_at and (brings := lacked(order)):
                found |= {(side, "bring") for side in brings}
                continue
            turns = {"issued": ("treasurer", "verify"), "verified": ("approver", "approve")}
            turn = ("treasurer", "resume") if invoice.held_at else turns.get(invoice.state, ("treasurer", "pay"))
            found.add(turn if order.agency_id else ("seller", "collect"))
    return found


def lacked(order: Any) -> set[str]:
    """Who has a paper to bring: of two orders in nine the list of who came lacks, of two PPN is collected."""
    number = int(order.number[2:])
    return {side for side, rest in (("requester", (3, 6)), ("seller", (5, 6))) if number % 9 in rest}


def test_all_who_say_whose_turn_it_is_say_the_same(world: World, django_assert_max_num_queries: Any) -> None:
    now = world.now
    orders = world.orders()
    assert len(orders) > 2_500
    steps: dict[int, list[Step]] = {}
    with django_assert_max_num_queries(0):
        for order in orders:
            found = steps[order.pk] = steps_of(order, now)
            said = {(str(step.who), str(step.what)) for step in found}
            assert said == expected(order, now), order.number
            assert [step.due for step in found if step.due] == sorted(step.due for step in found if step.due)
            disputed = any(d.is_undecided for d in order.disputes.all())
            goes_on = (Task.SHIP, Task.ARRIVE, Task.INSPECT)
            assert all(step.paused is (disputed and step.what not in goes_on) for step in found)
    # What the head does about a debt is no step of its order: orders/year_end asks it.
    assert {step.what for found in steps.values() for step in found} == set(Task) - {Task.CARRY}
    assert {step.who for found in steps.values() for step in found} == set(Turn) - {Turn.HEAD}

    def of(who: Turn) -> set[int]:
        return {pk for pk, found in steps.items() if any(step.who == who for step in found)}

    def doing(tasks: set[Task]) -> set[int]:
        return {pk for pk, found in steps.items() if any(step.what in tasks for step in found)}

    for who in Turn:
        assert set(mine().waiting_for(who, now).values_list("pk", flat=True)) == of(who)
    for task in Task:
        assert set(mine().waiting_to(task, now=now).values_list("pk", flat=True)) == doing({task})
    # The shop's dashboard and its badge.
    day = seller_day.seller_day(world.seller, now)
    listed = {
        *(o.pk for o in [*day.to_answer, *day.to_bring]),
        *(i.order_id for i in day.to_collect),
        *(d.order_id for d in day.complaints),
        *(row.order_id for row in day.to_release),
        *(order.pk for order in day.to_amend),
        *(row.order_id for row in day.to_fulfil),
        *(invoice.order_id for invoice in day.to_complete),
    }
    assert listed == of(Turn.SELLER)
    told = sum(step.who == Turn.SELLER for found in steps.values() for step in found)
    assert day.count == badge(world.owner).seller_tasks == told + len(day.late) + len(day.sent_back)
    # The department's dashboard and its treasurer's list.
    assert badge(world.office.receiver).waiting_deliveries == len(of(Turn.RECEIVER))
    assert agency_day.deliveries(world.office.agency, now).count == len(of(Turn.RECEIVER))
    proposed = agency_day.changes(world.office.agency, now).count
    assert proposed == len({pk for pk, found in steps.items() if Step(Turn.OFFICER, Task.AMEND) in _bare(found)}) > 0
    asked = sum(step.who == Turn.OFFICER and step.what != Task.AMEND for found in steps.values() for step in found)
    assert agency_day.cancellations(world.office.agency, now).count == asked > 0
    invoices = Invoice.objects.filter(order__agency=world.office.agency)
    ageing = billing_pages.ageing(invoices, now)
    waits = set(invoices.payable().undisputed().settled_goods().values_list("order_id", flat=True))
    assert of(Turn.TREASURER) <= waits
    to_approve = invoices.to_approve().count()
    lacking = invoices.undisputed().settled_goods().lacking()
    # The list of bills has those of orders that run no more, too.
    running = lacking.filter(order__state="accepted")
    assert {row.order_id for row in running} == doing({Task.BRING})
    others = to_approve + lacking.count()
    assert of(Turn.APPROVER) <= waits
    assert badge(world.office.treasurer).waiting_invoices == ageing.count - others > 0
    assert agency_day.invoices(world.office.agency, now).count == ageing.count - others
    assert badge(make.head_of(world.office)).waiting_invoices == to_approve > 0
    assert agency_day.approvals(world.office.agency, now).count == to_approve
    disputed_now = {o.pk for o in orders if any(d.is_undecided for d in o.disputes.all())}
    assert not waits & disputed_now
    paused = billing_pages.filtered(invoices, {"keadaan": "sengketa"}, now)
    assert ageing.paused == paused.count()
    assert {i.order_id for i in paused} <= disputed_now
    # The filter of the order lists: every stage of which there is something to do.
    stages = {
        code: set(
            lists.filtered(Order.objects.filter(number__startswith="X-"), {"tahap": code}, now).values_list(
                "pk", flat=True
            )
        )
        for code in lists.STAGES
    }
    by_stage = {
        "disiapkan": {Task.SHIP}, "dikirim": {Task.ARRIVE, Task.CONFIRM}, "diperiksa": {Task.INSPECT, Task.SIGN},
        "dibayar": {Task.BRING, Task.VERIFY, Task.APPROVE, Task.PAY, Task.RESUME, Task.COLLECT},
        "sengketa": {Task.REPLY, Task.DECIDE, Task.FULFIL, Task.CHECK, Task.RULE},
        "pembatalan": {Task.RELEASE, Task.SETTLE_CLAIM},
    }  # fmt: skip
    for code, tasks in by_stage.items():
        assert stages[code] == doing(tasks), code
    assert doing({Task.ANSWER}) <= stages["menunggu"]


def badge(user: Any) -> Any:
    request = RequestFactory().get("/")
    request.user = user
    return memberships(request)["memberships"]


def test_the_order_page_shows_its_steps_and_offers_them(world: World) -> None:
    """Per distinct set of steps one order: the first lines of its timeline, and the buttons of whoever is to act."""
    seen: dict[Any, Any] = {}
    for order in world.orders():
        key = tuple((step.who, step.what, step.paused) for step in steps_of(order, world.now))
        seen.setdefault((key, order.agency_id is None), order)
    assert len(seen) > 30
    actors = {Turn.SELLER: world.owner, Turn.BUYER: world.buyer}
    of_order = {Task.ANSWER: "accept", Task.SHIP: "ship", Task.REPLY: "answer", Task.RELEASE: "release"}
    for order in seen.values():
        steps = steps_of(order, world.now)
        entries = timeline(order, steps, for_agency=False)
        # Of several deliveries the title goes on with the number of the one it is about.
        told = [re.sub(r", (SJ|T)-\S+$", "", entry.title) for entry in entries if entry.next]
        assert told == [task_words(order, step) for step in steps]
        for step in steps:
            actor = actors.get(step.who)
            if order.agency_id is not None or actor is None:
                continue
            if step.what in of_order:
                dispute = order.disputes.first() if step.paused else None
                may: Any = steps_for(actor, order, dispute, world.now)
                assert getattr(may, of_order[step.what]), (step, order.number)
            elif step.remedy:
                goes = can_fulfil(actor, order) if step.who == Turn.SELLER else can_confirm(actor, order)
                assert goes, (step, order.number)
            elif step.delivery:
                parts = {part.delivery.pk: part.steps for part in delivery_parts(order, actor, world.now, [])}
                assert parts[step.delivery].confirm or step.what == Task.SIGN, (step, order.number)
            else:
                paid = {part.invoice.pk: part.steps for part in invoice_parts(order, actor, world.now, [])}
                assert paid[step.invoice].cash, (step, order.number)


def test_a_dispute_stops_everybody_but_who_answers_and_who_counts(client: Client) -> None:
    now = clock.now()
    office = make.make_office(now=now)
    order = make.accepted(make.make_issued(office, now=now), now=now)
    delivery = make.arrived(make.shipped(order, now=now), office.receiver, now=now)
    assert delivery.pk
    owner = make.member_of(order)
    assert badge(office.receiver).waiting_deliveries == 1
    disputes.open_dispute(actor=owner, order=order, complaint="Penerima tidak ada", now=now)
    fresh = Order.objects.get(pk=order.pk)
    found = {(step.who, step.what, step.paused) for step in steps_of(fresh, now)}
    assert found == {(Turn.RECEIVER, Task.REPLY, True), (Turn.RECEIVER, Task.INSPECT, False)}
    assert badge(owner).seller_tasks == 0
    client.force_login(owner)
    page = client.get(reverse("orders:order-detail", args=[order.number])).content.decode()
    assert "Jawab keluhan" in page
    assert "Giliran penerima barang" in page
