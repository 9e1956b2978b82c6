"""The dates of a draft: what is written, what is asked of the shop, what is held."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from epeken.core import clock
from epeken.core.errors import NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from procurement.guards import budget_fit
from procurement.requests import contents, obstacles
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import copies, decisions, drafts, holds
from procurement.schedules import services
from procurement.schedules.models import ScheduledDay
from procurement.sourcing import sheets
from tests.factories import procurement as make
from tests.factories import schedules as planned
from tests.factories import umkm as goods
from tests.factories.procurement import DAY, HOUR, MONDAY
from tests.factories.rules import set_rule
from tests.factories.schedules import FIRST, WEEK
from tests.kept_steps import kept
from umkm.catalogue.states import Keeps, StockMode
from umkm.stock.models import CapacityDay

pytestmark = pytest.mark.django_db


@pytest.fixture
@kept
def office() -> make.Office:
    return make.Office()


def faults(request: PurchaseRequest) -> list[str]:
    found = obstacles.line_faults(request, contents.read(request, MONDAY), MONDAY)
    return [fault.code for _line, faults in found for fault in faults]


def save(office: make.Office, request: PurchaseRequest, days: Any, actor: Any = None) -> None:
    services.save_schedule(actor=actor or office.requester, request=request, days=days, now=MONDAY)


def test_the_line_asks_for_the_sum_and_the_request_for_the_last_date(office: make.Office) -> None:
    request = planned.make_scheduled(office, [planned.make_snack()], times=8)
    assert (request.scheduled_days, request.deliver_at) == (8, FIRST + 7 * WEEK)
    assert (request.lines.get().quantity, request.lines.get().amount) == (400, 8_000_000)
    part = contents.read(request, MONDAY).parts[0]
    assert (part.times, part.delivery_cost, part.fee_now) == (8, 80_000, 80_000)
    assert faults(request) == []
    # Another amount is no other price.
    drafts.put_line(
        actor=office.requester, request=request, product=request.lines.get().product, quantity=Decimal(390), note="",
        now=MONDAY,
    )  # fmt: skip
    held = contents.read(PurchaseRequest.objects.get(pk=request.pk), MONDAY)
    assert held.news == [] and held.parts[0].delivery_cost == 80_000


def test_a_date_billed_after_the_year_is_warned_of_with_its_own_sum(office: make.Office) -> None:
    """15, 22 and 29 December: the bill of the last alone falls due in January."""
    first = clock.start_of(date(2026, 12, 15)) + 10 * HOUR
    request = planned.make_scheduled(office, [planned.make_snack()], times=3, deliver_at=first)
    found = list(budget_fit.year_misfits(request, contents.read(request, MONDAY), MONDAY))
    assert [(kind, key, amount) for kind, key, _said, amount in found] == [("year_end", "year-end-3", 1_010_000)]
    assert found[0][2]["arrives"] == date(2026, 12, 29)


def test_each_date_is_asked_of_the_shop(office: make.Office) -> None:
    snack = planned.make_snack(capacity=60)
    request = planned.make_scheduled(office, [snack])
    taken = clock.local_date(FIRST + 2 * WEEK)
    CapacityDay.objects.filter(product=snack).delete()
    make.make_request(office, [(snack, 20)], state="submitted", event_at=None, deliver_at=FIRST + 2 * WEEK)
    assert CapacityDay.objects.get(product=snack).day == taken
    request = PurchaseRequest.objects.get(pk=request.pk)
    assert faults(request) == ["out_of_stock"]
    with pytest.raises(RuleBroken) as refused:
        decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=MONDAY)
    assert refused.value.code == "out_of_stock"


def test_dates_that_share_the_days_on_which_goods_are_made_are_asked_together(office: make.Office) -> None:
    """Made ahead: until Tuesday there is room for either date, not for both."""
    keeps: Any = {"name": "Keripik", "stock_mode": StockMode.DAILY, "daily_capacity": Decimal(10), "keeps": Keeps.OTHER}
    chips = goods.make_product(price=20_000, **keeps)
    room = 10 * (FIRST - MONDAY + DAY).days
    request = make.make_request(office, [(chips, room)], event_at=None, deliver_at=FIRST)
    pk = request.lines.get().pk
    save(office, request, [services.PlannedDay(FIRST - DAY, {pk: Decimal(room - 20)}),
                           services.PlannedDay(FIRST, {pk: Decimal(20)})])  # fmt: skip
    tight = PurchaseRequest.objects.get(pk=request.pk)
    assert faults(tight) == []
    save(office, tight, [services.PlannedDay(FIRST - DAY, {pk: Decimal(room - 20)}),
                         services.PlannedDay(FIRST, {pk: Decimal(40)})])  # fmt: skip
    assert faults(PurchaseRequest.objects.get(pk=request.pk)) == ["out_of_stock"]


def test_what_is_held_is_the_capacity_of_each_date_and_comes_free_again(office: make.Office) -> None:
    snack = planned.make_snack()
    request = planned.approved(office, planned.make_scheduled(office, [snack]))
    days = CapacityDay.objects.filter(product=snack, used=50).values_list("day", flat=True)
    assert sorted(days) == [clock.local_date(FIRST + n * WEEK) for n in range(4)]
    assert request.held_until is not None
    assert request.held_until < FIRST
    holds.lapse_request(request=request, now=request.held_until)
    assert not CapacityDay.objects.filter(product=snack, used__gt=0).exists()
    # Written anew, it keeps the dates that are still to come.
    again = copies.rebuild_request(actor=office.requester, request=request, now=FIRST + HOUR)
    assert (again.scheduled_days, again.deliver_at) == (3, FIRST + 3 * WEEK)
    wrong = obstacles.obstacles(again, contents.read(again, FIRST + HOUR), FIRST + HOUR, [], None)
    assert "schedule_sum" in [one.code for one in wrong]


def test_an_amount_changed_beside_the_schedule_keeps_it_from_being_sent(office: make.Office) -> None:
    request = planned.make_scheduled(office, [planned.make_snack()])
    product = request.lines.get().product
    mine: Any = {"actor": office.requester, "request": request, "now": MONDAY}
    drafts.put_line(**mine, product=product, quantity=Decimal(210), note="")
    with pytest.raises(RuleBroken) as refused:
        decisions.submit_request(**mine, key=new_key())
    assert refused.value.code == "schedule_sum"
    with pytest.raises(RuleBroken) as refused:
        drafts.save_request(**mine, values={"deliver_at": FIRST})
    assert refused.value.code == "scheduled"


def test_what_a_schedule_may_not_be(office: make.Office) -> None:
    request = make.make_request(office, [(planned.make_snack(), 50)], event_at=None, deliver_at=FIRST)
    pk = request.lines.get().pk
    two = planned.weekly(2, {pk: 50})
    next_year = services.PlannedDay(datetime(2027, 1, 5, 2, tzinfo=UTC), {pk: Decimal(50)})
    set_rule("schedule.most_dates", 3)
    for days, code in [
        (planned.weekly(4, {pk: 50}), "too_many_dates"),
        (two[:1], "one_date"),
        ([*two, services.PlannedDay(MONDAY - HOUR, {pk: Decimal(50)})], "deliver_past"),
        ([*two, services.PlannedDay(FIRST + HOUR, {pk: Decimal(50)})], "date_twice"),
        ([*two, next_year], "budget_year"),
        ([*two, services.PlannedDay(FIRST + 2 * WEEK, {pk: Decimal(0)})], "date_empty"),
        ([*two, services.PlannedDay(FIRST + 2 * WEEK, {0: Decimal(5)})], "request_changed"),
    ]:
        with pytest.raises(RuleBroken) as refused:
            save(office, request, days)
        assert refused.value.code == code
    with pytest.raises(NotAllowed):
        save(office, request, two, actor=office.pp)
    assert not ScheduledDay.objects.exists()
    save(office, request, two)
    save(office, PurchaseRequest.objects.get(pk=request.pk), [])
    assert PurchaseRequest.objects.get(pk=request.pk).scheduled_days == 0


def test_other_shops_are_compared_by_what_they_can_bring_on_each_date(office: make.Office) -> None:
    """A shop that makes 60 a day brings fifty each week, though not 200 at once."""
    set_rule("purchase.compare_two_above", 1_000_000)
    snack = planned.make_snack(price=80_000)
    other = planned.make_snack(price=85_000, category=snack.category)
    small = planned.make_snack(price=70_000, category=snack.category, capacity=40)
    request = planned.make_scheduled(office, [snack])
    drawn = sheets.draw(request, contents.read(request, MONDAY), MONDAY)
    assert drawn is not None
    offered = {offer.product_id for goods in drawn.goods for offer in goods.offers}
    assert (other.pk in offered, small.pk in offered) == (True, False)
