"""Real threads on the real database: a budget is never spent twice, a request never decided twice."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from epeken.core import clock
from epeken.core.idempotency import new_key
from procurement.agencies.models import AgencyMember
from procurement.budgets.models import BudgetLine
from procurement.leaves.models import OfficerLeave
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions
from procurement.requests.services.signing import sign_request
from procurement.requests.services.takeovers import take_over_request
from procurement.signatures.models import ApprovalRule
from procurement.sourcing.services import take_plan
from tests.factories import umkm as make
from tests.factories.procurement import DAY, HOUR, MONDAY, Office, make_leave, make_line, make_officer, make_request
from tests.factories.rules import set_rule
from tests.orders.books import balanced
from tests.racing import together
from umkm.catalogue.states import Keeps, StockMode

pytestmark = pytest.mark.django_db(transaction=True)


def test_twenty_requests_for_a_budget_of_five() -> None:
    office = Office(pagu=5 * 1_010_000 + 1_009_999)
    product = make.make_product(price=100_000, on_hand=1000)
    drafts = [make_request(office, [(product, 10)]) for _n in range(20)]

    def act(request: PurchaseRequest) -> Callable[[], Any]:
        return lambda: decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=MONDAY)

    assert together([act(request) for request in drafts]) == {"ok": 5, "budget_short": 15}
    line = BudgetLine.objects.get(pk=office.line.pk)
    assert (line.reserved, line.available) == (5 * 1_010_000, 1_009_999)
    assert PurchaseRequest.objects.submitted().count() == 5
    balanced()


def test_of_two_parts_of_a_split_sent_at_once_the_second_is_warned() -> None:
    """Neither budget line nor shop is shared: only the department is."""
    set_rule("purchase.compare_two_above", 1_500_000)
    office, category = Office(), make.make_category()
    goods = [make.make_product(price=100_000, category=category) for _shop in range(2)]
    lines = [make_line(office.agency) for _half in range(2)]
    drafts = [make_request(office, [(one, 10)], line=line) for one, line in zip(goods, lines, strict=True)]

    def act(request: PurchaseRequest) -> Callable[[], Any]:
        return lambda: decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=MONDAY)

    assert together([act(request) for request in drafts]) == {"ok": 1, "guard_unanswered": 1}
    assert PurchaseRequest.objects.submitted().count() == 1
    balanced()


def test_of_one_plan_sent_at_once_one_counts() -> None:
    office = Office()
    draft, product, key = make_request(office, []), make.make_product(on_hand=500), new_key()

    def take(key: str) -> Callable[[], Any]:
        return lambda: take_plan(
            actor=office.requester, request=draft, wanted={product.pk: Decimal(10)}, instead=None, key=key, now=MONDAY
        )

    assert together([take(key)] * 4) == {"ok": 4}
    assert draft.lines.get().quantity == 10
    assert together([take(new_key()) for _n in range(4)]) == {"ok": 4}  # each adds to what is there
    assert draft.lines.get().quantity == 50


def test_many_submitters_of_one_budget_line_and_one_tailor() -> None:
    """Twelve want thirty of a hundred that can be made, on a line that pays for eight: three hold, nothing is over."""
    office = Office(pagu=8 * 30 * 10_000)
    shop = make.make_seller(delivery_fee=0)
    sets = make.make_product(
        shop, stock_mode=StockMode.DAILY, daily_capacity=Decimal(25), lead_days=7, keeps=Keeps.OTHER, price=10_000
    )
    drafts = [make_request(office, [(sets, 30)]) for _n in range(12)]

    def act(request: PurchaseRequest) -> Callable[[], Any]:
        return lambda: decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=MONDAY)

    assert together([act(request) for request in drafts]) == {"ok": 3, "out_of_stock": 9}
    days = dict(sets.capacity_days.values_list("day", "used"))
    assert sum(days.values()) == 90
    assert max(days.values()) <= 25
    line = BudgetLine.objects.get(pk=office.line.pk)
    assert line.reserved == 3 * 300_000
    balanced()


def test_two_budget_lines_in_opposite_order_never_wait_for_each_other() -> None:
    """Half the requests have the one line as their own and charge paper to the other, half the other way round."""
    office = Office(pagu=5_000_000)  # for fewer than the shop's monthly limit lets it sell, in any city
    second = make_line(office.agency, activity_name="Cetak", pagu=5_000_000)
    shop = make.make_seller(delivery_fee=0)
    food = make.make_product(shop, price=100_000, on_hand=10_000)
    paper = make.make_product(shop, price=10_000, on_hand=10_000)
    drafts = [
        make_request(office, [(food, 10), (paper, 10)], line=own, charged={paper: other})
        for own, other in [(office.line, second), (second, office.line)] * 12
    ]

    def act(request: PurchaseRequest) -> Callable[[], Any]:
        return lambda: decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=MONDAY)

    found = together([act(request) for request in drafts])
    assert found["ok"] + found["budget_short"] == 24
    sent = list(PurchaseRequest.objects.submitted())
    for line in (office.line, second):
        line.refresh_from_db()
        mine = [1_000_000 if request.line_id == line.pk else 100_000 for request in sent]
        assert line.reserved == sum(mine) <= line.pagu
    balanced()

    def withdraw(request: PurchaseRequest) -> Callable[[], Any]:
        return lambda: decisions.withdraw_request(actor=office.requester, request=request, now=MONDAY + HOUR)

    assert together([withdraw(request) for request in sent]) == {"ok": len(sent)}
    assert set(BudgetLine.objects.filter(pk__in=[office.line.pk, second.pk]).values_list("reserved")) == {(0,)}


def test_two_approvers_at_once() -> None:
    office = Office()
    second = make_officer("pp", office.agency)
    request = make_request(office, state="submitted")

    def act(actor: Any) -> Callable[[], Any]:
        return lambda: decisions.approve_request(
            actor=actor, request=request, dropped={}, note="", key=new_key(), now=MONDAY + HOUR
        )

    assert together([act(office.pp), act(second)]) == {"ok": 1, "invalid_move": 1}
    assert request.events.filter(action="approve").count() == 1
    balanced()


def test_approved_and_withdrawn_at_once() -> None:
    office = Office()
    request = make_request(office, state="submitted")
    approve = lambda: decisions.reject_request(actor=office.pp, request=request, note="Tidak", now=MONDAY + HOUR)  # noqa: E731
    withdraw = lambda: decisions.withdraw_request(actor=office.requester, request=request, now=MONDAY + HOUR)  # noqa: E731
    assert together([approve, withdraw]) == {"ok": 1, "invalid_move": 1}
    assert BudgetLine.objects.get(pk=office.line.pk).reserved == 0
    balanced()


def test_a_double_click_on_two_connections() -> None:
    office = Office()
    request, key = make_request(office), new_key()
    act = lambda: decisions.submit_request(actor=office.requester, request=request, key=key, now=MONDAY)  # noqa: E731
    assert together([act, act]) == {"ok": 2}
    assert office.line.entries.count() == 1
    balanced()


def test_of_two_leaves_recorded_at_once_one_counts() -> None:
    """Officer and head in two browsers each: a person is away once, and two never stand in for each other."""
    office = Office()

    def record(actor: Any) -> Callable[[], Any]:
        return lambda: make_leave(office, office.ppk, office.receiver, actor=actor)

    acts = [record(actor) for actor in [office.ppk, office.head] * 2]
    assert together(acts) == {"ok": 1, "leave_overlaps": 3}
    crossed = Office()
    second = make_officer("head", crossed.agency)
    found = together([
        lambda: make_leave(crossed, crossed.ppk, crossed.pp, actor=second),
        lambda: make_leave(crossed, crossed.pp, crossed.ppk, actor=second),
    ])  # fmt: skip
    assert found["ok"] == 1 and OfficerLeave.objects.filter(agency=crossed.agency).count() == 1


def test_a_leave_recorded_while_deciding_leaves_one_decision() -> None:
    """Holder, stand-in and the recording at once: decided by one of the two, in the capacity they had."""
    for _each in range(6):
        office = Office()
        request = make_request(office, state="submitted")

        def approve(actor: Any, request: PurchaseRequest = request) -> Callable[[], Any]:
            return lambda: decisions.approve_request(
                actor=actor, request=request, dropped={}, note="", key=new_key(), now=MONDAY + HOUR
            )

        together([
            approve(office.pp), approve(office.head), approve(office.head),
            lambda office=office: make_leave(office, office.pp, office.head, now=MONDAY + HOUR),
        ])  # fmt: skip
        found = PurchaseRequest.objects.get(pk=request.pk)
        assert found.events.filter(action="approve").count() <= 1
        if found.approver is not None:
            office_of = {office.pp.pk: "pp", office.head.pk: "plh.pp"}
            assert found.approver_role == office_of[found.approver_id]
        assert OfficerLeave.objects.filter(agency=office.agency).count() == 1
    balanced()


def test_of_two_who_take_over_at_once_one_has_it() -> None:
    office = Office()
    request = make_request(office)
    AgencyMember.objects.filter(user=office.requester).update(valid_until=clock.local_date(MONDAY) - DAY)
    people = [make_officer("requester", office.agency) for _each in range(3)]

    def take(actor: Any) -> Callable[[], Any]:
        return lambda: take_over_request(actor=actor, request=request, now=MONDAY)

    assert together([take(person) for person in people for _each in range(2)]) == {"ok": 2, "not_allowed": 4}
    found = PurchaseRequest.objects.get(pk=request.pk)
    assert found.requester in people and found.takeovers.count() == 1
    # Who withdraws it meanwhile waits for the same row, and finds it.
    left = make_request(office := Office())
    AgencyMember.objects.filter(user=office.requester).update(valid_until=clock.local_date(MONDAY) - DAY)
    first, second = (make_officer("requester", office.agency) for _each in range(2))
    done = together([
        lambda: take_over_request(actor=first, request=left, now=MONDAY),
        lambda: decisions.withdraw_request(actor=second, request=left, now=MONDAY),
    ])  # fmt: skip
    assert sum(done.values()) == 2 and done["ok"] == 1


def test_of_two_signatures_at_once_each_step_has_one() -> None:
    """Two heads, two browsers each, and the PP who may not yet: one signature, one person, and no decision before."""
    office = Office()
    heads = [office.head, make_officer("head", office.agency)]
    ApprovalRule.objects.create(office="head", above=0, valid_from=clock.local_date(MONDAY), source="Uji")
    request = make_request(office)
    decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=MONDAY)

    def sign(actor: Any) -> Callable[[], Any]:
        return lambda: sign_request(actor=actor, request=request, note="", key=new_key(), now=MONDAY + HOUR)

    found = together([sign(head) for head in heads for _each in range(2)])
    assert found["ok"] == 1 and sum(found.values()) == 4
    assert request.events.filter(action="sign").count() == 1
    assert [row.signer in heads for row in request.signatures.all()] == [True]
