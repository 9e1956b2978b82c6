"""Surat pesanan: issued from an approved request, all sellers or none."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum

from epeken.core.clock import add_working_days, end_of, last_day, local_date
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.i18n.times import short_date
from epeken.core.idempotency import KeyReused, new_key
from epeken.notifications.models import Notification
from epeken.notifications.rendering import render
from orders.billing.states import CommitmentState
from orders.orders import rules, status
from orders.orders.errors import IssueRefused
from orders.orders.models import Order
from orders.orders.services import agreement
from orders.orders.states import Channel, DeliveryMethod, OrderState
from procurement.agencies.states import OfficerRole
from procurement.budgets.models import BudgetEntry
from procurement.budgets.states import EntryKind
from procurement.requests import policies
from procurement.requests.errors import OwnShop
from procurement.requests.models import PurchaseRequest
from procurement.requests.rules import ANSWER_MARGIN
from procurement.requests.services import decisions
from procurement.requests.states import RequestState
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.orders.books import balanced, refused
from umkm.catalogue import rules as catalogue_rules
from umkm.catalogue.models import Product
from umkm.catalogue.states import FoodKind, Keeps, StockMode
from umkm.owners import services as owners
from umkm.owners.models import TurnoverMonth
from umkm.sellers.models import Seller, SellerMember
from umkm.sellers.states import SellerState
from umkm.stock.models import CapacityEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


def days_of(order: Order | PurchaseRequest) -> list[date]:
    """Of which the order or request holds capacity."""
    taken = CapacityEntry.objects.filter(reference=order.number).values_list("capacity_day__day")
    return sorted(day for day, held in taken.order_by().annotate(Sum("used_delta")) if held)


def issue(office: make.Office, request: object, **over: object) -> list[Order]:
    values = {"actor": office.pp, "request": request, "key": new_key(), "now": MONDAY, **over}
    return agreement.issue_orders(**values)


def test_one_order_per_seller_with_what_was_approved(office: make.Office) -> None:
    first, second = goods.make_product(price=10_000), goods.make_product(price=7_500)
    request = make.make_approved(office, [(first, 10), (second, 4)])
    request.lines.filter(product=second).update(note="Tanpa kacang")
    made = issue(office, request)
    assert [o.seller for o in made] == sorted([first.seller, second.seller], key=lambda s: s.pk)
    order = next(o for o in made if o.seller_id == second.seller_id)
    line = order.lines.get()
    assert (order.channel, order.state, order.agency, order.issuer) == (
        Channel.AGENCY, OrderState.PLACED, office.agency, office.pp,
    )  # fmt: skip
    assert (order.goods_total, order.delivery_cost, order.total) == (30_000, 25_000, 55_000)
    assert (line.price, line.quantity, line.amount, line.note) == (7_500, Decimal(4), 30_000, "Tanpa kacang")
    assert order.number.startswith("SP-2026-")
    assert order.commitment.state == CommitmentState.COMMITTED
    request.refresh_from_db()
    assert request.state == RequestState.ORDERED
    balanced()


def test_budget_goes_from_reserved_to_committed(office: make.Office) -> None:
    order = make.make_issued(office)
    office.line.refresh_from_db()
    assert (office.line.reserved, office.line.committed) == (0, order.total)
    assert BudgetEntry.objects.get(kind=EntryKind.COMMIT).reference == order.number


def test_stock_and_cap_room_are_taken(office: make.Office) -> None:
    product = goods.make_product(price=100_000)
    order = make.make_issued(office, product)
    product.refresh_from_db()
    assert (product.on_hand, product.held) == (90, 10)
    assert TurnoverMonth.objects.get().used == order.total == 1_025_000


def test_dropped_lines_are_not_ordered(office: make.Office) -> None:
    kept, dropped = goods.make_product(price=10_000), goods.make_product(price=20_000)
    waits = {"state": RequestState.SUBMITTED, "approver": None, "approver_role": "", "approved_at": None}
    request = make.make_approved(office, [(kept, 1), (dropped, 1)], **waits)
    line = request.lines.get(product=dropped)
    values = {"dropped": {line.pk: "Sudah ada"}, "note": "", "key": new_key(), "now": MONDAY}
    decisions.approve_request(actor=office.pp, request=request, **values)
    dropped.refresh_from_db()
    assert (dropped.on_hand, dropped.held) == (100, 0)
    assert TurnoverMonth.objects.get(owner=dropped.seller.owner).used == 0
    balanced()
    made = issue(office, request)
    assert [o.seller for o in made] == [kept.seller]
    office.line.refresh_from_db()
    assert (office.line.reserved, office.line.committed) == (0, 35_000)
    balanced()


def test_the_seller_is_told(office: make.Office) -> None:
    order = make.make_issued(office)
    told = Notification.objects.get(person=make.member_of(order))
    assert told.kind == "order.offered"
    assert "Rp1.025.000" in render(told, "id").title


def test_goods_are_answered_within_the_working_days_of_the_rule(office: make.Office) -> None:
    day = local_date(MONDAY)
    order = make.make_issued(office)
    assert last_day(order.answer_due_at) == add_working_days(day, rules.ANSWER.on(day))


def test_goods_are_answered_in_time_for_another_seller_to_be_found(office: make.Office) -> None:
    """Also those that take days to make; a seller asked late has still some hours, which end before the goods come."""
    least = rules.ANSWER_BEFORE.on(local_date(MONDAY)) * HOUR
    hours = ANSWER_MARGIN.on(local_date(MONDAY)) * HOUR
    shop = goods.make_seller(opens_at=time(0), closes_at=time(23), open_days="1234567")
    for lead, ahead, margin in [
        (0, least + hours + HOUR, least),
        (0, least + hours - HOUR, hours),  # nothing left to answer in
        (0, hours, timedelta(0)),  # and so late, none before the goods come
        (2, 3 * DAY, 2 * DAY),
        (2, 2 * DAY + hours - HOUR, least),
    ]:
        product = goods.make_product(shop, lead_days=lead)
        order = make.make_issued(office, product, deliver_at=MONDAY + ahead)
        assert order.answer_due_at == order.deliver_at - margin, (lead, ahead)


def test_a_meal_is_answered_some_days_before(office: make.Office) -> None:
    product = goods.make_product(
        price=27_500, food_kind=FoodKind.CATERING, keeps=Keeps.COOKED, stock_mode=StockMode.DAILY
    )
    order = make.make_issued(office, product, deliver_at=MONDAY + 2 * DAY)
    before = catalogue_rules.ANSWER_FOOD_BEFORE.on(local_date(MONDAY))
    margin = ANSWER_MARGIN.on(local_date(MONDAY)) * HOUR
    assert order.answer_due_at == end_of(local_date(MONDAY + 2 * DAY) - before * DAY) - margin
    assert days_of(order) == [local_date(MONDAY + 2 * DAY)]
    balanced()


def test_what_comes_by_midnight_belongs_to_the_day_that_ends(office: make.Office) -> None:
    """The shop works past midnight and prepares so much a day: the end of a day takes nothing of the next one."""
    shop = goods.make_seller(opens_at=time(15), closes_at=time(2))
    product = goods.make_product(shop, stock_mode=StockMode.DAILY, keeps=Keeps.COOKED, food_kind=FoodKind.CATERING)
    day = local_date(MONDAY + 2 * DAY)
    order = make.make_issued(office, product, deliver_at=end_of(day))
    assert days_of(order) == [day]
    before = catalogue_rules.ANSWER_FOOD_BEFORE.on(local_date(MONDAY))
    assert order.answer_due_at == end_of(day - before * DAY) - ANSWER_MARGIN.on(local_date(MONDAY)) * HOUR
    order = make.accepted(order)
    assert status.of(order, MONDAY).chips[1].note == f"tiba paling lambat {short_date(day)}"


def test_a_meal_is_held_as_long_as_it_can_be_answered(office: make.Office) -> None:
    product = goods.make_product(price=27_500, food_kind=FoodKind.SHOP, keeps=Keeps.COOKED)
    request = make.make_approved(office, [(product, 1)], deliver_at=MONDAY + 2 * DAY)
    last = local_date(MONDAY + 2 * DAY) - catalogue_rules.ANSWER_FOOD_BEFORE.on(local_date(MONDAY)) * DAY
    assert request.held_until == end_of(last)
    refused(RuleBroken, lambda: issue(office, request, now=end_of(last)), code="hold_over")
    (order,) = issue(office, request, now=end_of(last) - timedelta(minutes=1))
    assert order.answer_due_at == end_of(last)  # so late, the hours before it are past
    balanced()


def test_goods_that_meanwhile_need_more_days_are_ordered_as_they_were_held(office: make.Office) -> None:
    """Also those made over several days, and of a shop that works other hours now: what it took, it took in time."""
    shop = goods.make_seller()
    daily = goods.make_product(shop, price=10_000, stock_mode=StockMode.DAILY, daily_capacity=Decimal(2), lead_days=1)
    request = make.make_approved(office, [(goods.make_product(shop), 1), (daily, 5)])
    held = days_of(request)
    assert len(held) == 3
    Product.objects.update(lead_days=11, minimum=20, daily_capacity=Decimal(1))
    Seller.objects.update(opens_at=time(20), closes_at=time(21))
    (order,) = issue(office, request)
    assert days_of(order) == held
    balanced()


@pytest.mark.parametrize("delivers", [True, False])
def test_goods_come_the_way_that_was_approved(office: make.Office, delivers: bool) -> None:
    shop = goods.make_seller(offers_delivery=delivers)
    request = make.make_approved(office, [(goods.make_product(shop), 1)])
    Seller.objects.filter(pk=shop.pk).update(offers_delivery=not delivers, offers_pickup=delivers)
    refused(IssueRefused, lambda: issue(office, request), code="method_gone")
    Seller.objects.filter(pk=shop.pk).update(offers_delivery=True, offers_pickup=True, delivery_fee=99_000)
    order = issue(office, request)[0]
    assert order.method == (DeliveryMethod.SELLER if delivers else DeliveryMethod.PICKUP)
    assert order.delivery_cost == 25_000  # what was approved, not today's fee


def test_a_closed_shop_is_refused(office: make.Office) -> None:
    shop = goods.make_seller(closed_until=local_date(MONDAY + 10 * DAY))
    request = make.make_approved(office, [(goods.make_product(shop), 1)])
    refused(IssueRefused, lambda: issue(office, request), code="shop_closed")


def test_a_delivery_in_the_past_is_refused(office: make.Office) -> None:
    request = make.make_approved(office, [(goods.make_product(), 1)])
    request.deliver_at = MONDAY - DAY
    request.save(update_fields=["deliver_at"])
    refused(Exception, lambda: issue(office, request), code="too_late")


def test_what_the_request_holds_is_ordered_however_little_is_left(office: make.Office) -> None:
    """Shelf, days and cap are full of other buyers: what was held is there, on its days, in its month."""
    shelf = goods.make_product(price=10_000, on_hand=4)
    daily = goods.make_product(price=10_000, stock_mode=StockMode.DAILY, daily_capacity=Decimal(2), lead_days=5)
    request = make.make_approved(office, [(shelf, 4), (daily, 7)], now=MONDAY + 21 * DAY, deliver_at=MONDAY + 33 * DAY)
    held = days_of(request)
    assert len(held) == 4
    for product in (shelf, daily):
        room = owners.room_of(product.seller, local_date(request.submitted_at)).left
        owners.reserve_turnover(seller=product.seller, amount=room, reference="x", now=request.submitted_at)
    Product.objects.filter(pk=daily.pk).update(daily_capacity=1)
    orders = issue(office, request, now=MONDAY + 24 * DAY)  # in the next month
    assert {order.cap_month for order in orders} == {date(2026, 9, 1)}
    assert days_of(next(order for order in orders if order.seller == daily.seller)) == held
    assert days_of(request) == []
    request.refresh_from_db()
    assert request.state == RequestState.ORDERED


def test_a_frozen_shop_stops_all(office: make.Office) -> None:
    product = goods.make_product(goods.make_seller(state=SellerState.FROZEN))
    request = make.make_approved(office, [(product, 1)])
    refused(IssueRefused, lambda: issue(office, request), code="not_for_sale")


def test_the_same_key_issues_once(office: make.Office) -> None:
    request, key = make.make_approved(office, [(goods.make_product(), 1)]), new_key()
    assert issue(office, request, key=key) == issue(office, request, key=key)
    assert Order.objects.count() == 1
    balanced()


def test_the_same_key_for_another_request_is_refused(office: make.Office) -> None:
    product, key = goods.make_product(), new_key()
    first, second = make.make_approved(office, [(product, 1)]), make.make_approved(office, [(product, 2)])
    issue(office, first, key=key)
    refused(KeyReused, lambda: issue(office, second, key=key))


def test_a_request_is_ordered_once(office: make.Office) -> None:
    request = make.make_approved(office, [(goods.make_product(), 1)])
    issue(office, request)
    refused(InvalidMove, lambda: issue(office, request))


def test_a_waiting_request_is_not_ordered(office: make.Office) -> None:
    request = make.make_approved(office, [(goods.make_product(), 1)], state=RequestState.SUBMITTED)
    refused(InvalidMove, lambda: issue(office, request))


@pytest.mark.parametrize("who", ["requester", "receiver", "treasurer"])
def test_only_pp_or_ppk_issue(office: make.Office, who: str) -> None:
    request = make.make_approved(office, [(goods.make_product(), 1)])
    refused(NotAllowed, lambda: issue(office, request, actor=getattr(office, who)))


def test_the_requester_does_not_issue_even_as_ppk(office: make.Office) -> None:
    make.membership(office.agency, office.requester, OfficerRole.PPK)
    request = make.make_approved(office, [(goods.make_product(), 1)])
    refused(NotAllowed, lambda: issue(office, request, actor=office.requester))


@pytest.mark.parametrize(("years", "issued"), [(0, True), (1, False)])
def test_nothing_is_ordered_before_its_budget_year(office: make.Office, years: int, issued: bool) -> None:
    request = make.make_approved(office, [(goods.make_product(), 1)])
    type(office.line).objects.filter(pk=office.line.pk).update(year=MONDAY.year + years)
    if issued:
        assert issue(office, request)
    else:
        refused(RuleBroken, lambda: issue(office, request), "budget_early")


def test_an_officer_tied_to_the_seller_does_not_issue(office: make.Office) -> None:
    """Also where somebody else approved."""
    product = goods.make_product()
    request = make.make_approved(office, [(product, 1)])
    SellerMember.objects.create(seller=goods.make_seller(owner=product.seller.owner), user=office.pp, since=MONDAY)
    refused(OwnShop, lambda: issue(office, request), "own_shop")
    assert not policies.can_issue(office.pp, request, MONDAY.date())
    assert issue(office, request, actor=office.ppk)


def test_above_the_limit_of_the_pp_a_ppk_issues(office: make.Office) -> None:
    request = make.make_approved(
        office,
        [(goods.make_product(), 1)],
        approver=office.ppk,
        approver_role=OfficerRole.PPK,
        needed_role=OfficerRole.PPK,
    )
    refused(NotAllowed, lambda: issue(office, request))
    assert issue(office, request, actor=office.ppk)


def test_another_department_does_not_issue(office: make.Office) -> None:
    request = make.make_approved(office, [(goods.make_product(), 1)])
    refused(NotAllowed, lambda: issue(office, request, actor=make.make_office().pp))
