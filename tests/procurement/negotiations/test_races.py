"""Real threads on the real database: one act wins, and the books agree with it."""

from decimal import Decimal

import pytest

from epeken.core.idempotency import new_key
from orders.orders.services import agreement
from procurement.budgets.models import BudgetLine
from procurement.negotiations.models import Negotiation
from procurement.requests import contents
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions, holds
from tests.factories import umkm as make
from tests.factories.negotiations import Table, make_table, make_talk
from tests.factories.procurement import DAY, HOUR, MONDAY, Office, make_officer, make_request
from tests.orders.books import balanced
from tests.racing import together
from umkm.catalogue.states import Keeps, StockMode

pytestmark = pytest.mark.django_db(transaction=True)
LATER = MONDAY + 2 * DAY


def total_of(request: PurchaseRequest) -> int:
    found = PurchaseRequest.objects.get(pk=request.pk)
    line = BudgetLine.objects.get(pk=found.line_id)
    assert line.reserved == (found.total if found.state in ("submitted", "approved") else 0)
    return found.total


def test_accepted_and_countered_at_once_by_two_of_the_shop() -> None:
    table = make_talk()
    one, number = table.shopkeeper, 1
    accept = lambda: table.accept(one, round_number=number)  # noqa: E731
    terms = table.terms(95_000)
    counter = lambda: table.counter(one, terms)  # noqa: E731
    assert together([accept, counter]) == {"ok": 1, "invalid_move": 1}
    state = table.talk.state
    assert (state, total_of(table.request)) in (("agreed", 910_000), ("with_buyer", 1_010_000))
    balanced()


def test_accepted_and_withdrawn_at_once() -> None:
    """After the seller's time both may act: the seller late, the department stopping."""
    table = make_talk()
    accept = lambda: table.accept(table.shopkeeper, round_number=1, now=LATER)  # noqa: E731
    withdraw = lambda: table.withdraw(table.officer, now=LATER)  # noqa: E731
    assert together([accept, withdraw]) == {"ok": 1, "invalid_move": 1}
    assert (table.talk.state, total_of(table.request)) in (("agreed", 910_000), ("withdrawn", 1_010_000))
    assert table.talk.events.count() == 2
    balanced()


def test_two_officers_open_at_once() -> None:
    table = make_table()
    second = make_officer("pp", table.office.agency)
    terms = table.terms()
    acts = [lambda who=who: table.open(terms, actor=who) for who in (table.officer, second)]
    assert together(acts) == {"ok": 1, "negotiated_before": 1}
    assert Negotiation.objects.count() == 1
    balanced()


def test_two_officers_answer_at_once() -> None:
    table = make_talk("with_buyer")
    second = make_officer("pp", table.office.agency)
    acts = [lambda who=who: table.accept(who, round_number=2) for who in (table.officer, second)]
    assert together(acts) == {"ok": 1, "invalid_move": 1}
    assert total_of(table.request) == 960_000
    assert table.request.events.filter(action="negotiate").count() == 1
    balanced()


def test_agreed_while_the_approver_decides() -> None:
    """The page showed the price before: it is approved with neither of the two, whoever comes first."""
    table = make_talk()
    shown = contents.read(table.request, MONDAY).shown
    approve = lambda: table.approve(shown=shown)  # noqa: E731
    accept = lambda: table.accept(table.shopkeeper, round_number=1)  # noqa: E731
    found = together([approve, accept])
    assert found["ok"] == 1
    assert found["negotiation_owed"] + found["request_changed"] == 1
    assert (PurchaseRequest.objects.get(pk=table.request.pk).state, total_of(table.request)) == ("submitted", 910_000)
    balanced()


def test_opened_while_the_approver_decides() -> None:
    table = make_table()
    terms = table.terms()
    found = together([lambda: table.open(terms, now=MONDAY + 4 * HOUR), table.approve])
    assert found["ok"] == 1
    assert found["invalid_move"] + found["negotiation_owed"] == 1
    balanced()


@pytest.mark.parametrize("end", ["send_back", "withdraw", "lapse"])
def test_agreed_while_the_request_leaves_its_approver(end: str) -> None:
    table = make_talk()
    until = table.request.held_until
    acts = {
        "send_back": lambda: decisions.send_back_request(
            actor=table.officer, request=table.request, note="Ubah", now=MONDAY + 3 * HOUR
        ),
        "withdraw": lambda: decisions.withdraw_request(
            actor=table.office.requester, request=table.request, now=MONDAY + 3 * HOUR
        ),
        "lapse": lambda: holds.lapse_request(request=table.request, now=until),
    }
    found = together([lambda: table.accept(table.shopkeeper, round_number=1), acts[end]])
    assert found["ok"] in (1, 2)
    assert sum(found.values()) == 2
    assert set(found) <= {"ok", "invalid_move"}
    assert BudgetLine.objects.get(pk=table.office.line.pk).reserved == 0
    if end == "send_back":
        assert table.request.lines.get().price == 100_000
    balanced()


def test_a_double_click_on_two_connections() -> None:
    table = make_talk()
    key = new_key()
    act = lambda: table.accept(table.shopkeeper, round_number=1, key=key)  # noqa: E731
    assert together([act, act]) == {"ok": 2}
    assert total_of(table.request) == 910_000
    balanced()


def test_many_agree_on_the_same_day_of_one_kitchen() -> None:
    """Six departments move to a day on which three more can be served."""
    product = make.make_product(stock_mode=StockMode.DAILY, daily_capacity=Decimal(30), keeps=Keeps.FRESH, price=10_000)
    tables = []
    for n in range(6):
        office = Office()
        at = MONDAY + (10 + n) * DAY
        request = make_request(office, [(product, 10)], state="submitted", deliver_at=at, event_at=None)
        table = Table(office, request, product)
        tables.append(table)
        table.open(table.terms(10_000, deliver_at=MONDAY + 9 * DAY))
    acts = [lambda one=one: one.accept(one.shopkeeper, round_number=1) for one in tables]
    assert together(acts) == {"ok": 3, "out_of_stock": 3}
    assert product.capacity_days.get(day=(MONDAY + 9 * DAY).date()).used == 30
    balanced()


def test_every_part_of_one_request_is_agreed_at_once() -> None:
    """Several sellers answer together: none of the reductions is lost."""
    office = Office()
    goods = [make.make_product(price=100_000) for _n in range(4)]
    request = make_request(office, [(product, 5) for product in goods], state="submitted")
    tables = [Table(office, request, product) for product in goods]
    for table in tables:
        table.open(table.terms(80_000))
    acts = [lambda one=one: one.accept(one.shopkeeper, round_number=1) for one in tables]
    assert together(acts) == {"ok": 4}
    assert total_of(request) == 4 * (5 * 80_000 + 10_000)
    approved = tables[0].approve()
    orders = agreement.issue_orders(actor=office.pp, request=approved, key=new_key(), now=MONDAY + 5 * HOUR)
    assert [order.total for order in orders] == [410_000] * 4
    balanced()
