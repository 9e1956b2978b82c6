"""A change of a surat pesanan: what it moves, what it refuses, who signs."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed, RuleBroken
from orders.addenda import services, terms
from orders.addenda.models import Addendum
from orders.addenda.states import AddendumState
from orders.attestations import verifying
from orders.deliveries import policies as deliveries_policies
from orders.documents import archive, build, schedule
from orders.documents.entries import entries_of
from orders.documents.layout import ordering
from orders.documents.models import Document
from orders.documents.states import DocumentKind
from orders.orders import policies as orders_policies
from orders.orders.errors import DisputeOpen, RoleAlreadyHeld
from orders.orders.models import Order
from orders.orders.services import completion
from orders.orders.states import OrderState
from procurement.budgets.models import BudgetEntry
from procurement.requests.errors import SamePerson
from procurement.requests.models import PurchaseRequest
from procurement.signatures.models import ApprovalRule
from tests.factories import addenda as changing
from tests.factories import cancellations as cancelling
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import umkm as goods
from tests.factories.addenda import LATER
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.rules import set_rule
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.books import balanced, refused
from umkm.catalogue.states import StockMode
from umkm.owners.models import TurnoverEntry
from umkm.stock.models import CapacityDay

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@pytest.fixture
@kept
def order(office: make.Office) -> Order:
    """Ten pieces of Rp100,000, and Rp25,000 for the delivery."""
    return make.accepted(make.make_issued(office))


def daily(**over: Any) -> Any:
    return goods.make_product(price=100_000, stock_mode=StockMode.DAILY, daily_capacity=Decimal(20), **over)


def used(product: Any) -> dict[Any, Decimal]:
    rows = CapacityDay.objects.filter(product=product, used__gt=0)
    return dict(rows.values_list("day", "used"))


def test_while_it_waits_nothing_moves(order: Order, office: make.Office) -> None:
    before = BudgetEntry.objects.count()
    row = changing.proposed(order, office.pp, quantity=8)
    order.refresh_from_db()
    assert (order.total, order.amend_due_at, order.amend_by_seller) == (1_025_000, row.due_at, False)
    assert BudgetEntry.objects.count() == before
    assert row.due_at == clock.due_after_working_days(LATER, 2)
    balanced()


@pytest.mark.parametrize("quantity", [8, 11])
def test_what_is_agreed_moves_budget_room_and_goods(order: Order, office: make.Office, quantity: int) -> None:
    line = order.lines.get()
    after = changing.amended(order, office.pp, quantity=quantity)
    assert (after.total, after.goods_total) == (quantity * 100_000 + 25_000, quantity * 100_000)
    assert (after.amended_at, after.amend_due_at) == (LATER + HOUR, None)
    assert after.commitment.amount == after.total
    office.line.refresh_from_db()
    assert (office.line.reserved, office.line.committed) == (0, after.total)
    line.product.refresh_from_db()
    assert line.product.held == quantity
    taken = sum(TurnoverEntry.objects.filter(reference=order.number).values_list("used_delta", flat=True))
    assert taken == after.total
    assert [event.action for event in after.events.all()] == ["create", "accept", "amend"]
    balanced()
    assert PurchaseRequest.objects.with_total_now().get().total_now == after.total != after.request.total
    page = signed_in(office.requester).get(reverse("procurement:request-detail", args=[after.request.number]))
    assert (page.context["left_sum"], page.context["total_now"]) == (1_025_000, after.total)
    assert "Jumlah sekarang" in page.text
    assert list(verifying.verify(order.number)) == []


def test_the_ordered_price_stays_when_the_shop_asks_more_today(order: Order, office: make.Office) -> None:
    product = order.lines.get().product
    type(product).objects.filter(pk=product.pk).update(price=150_000)
    after = changing.amended(order, office.pp, quantity=11)
    assert (after.lines.get().price, after.goods_total) == (100_000, 1_100_000)
    balanced()


def test_the_seller_proposes_and_the_department_agrees(order: Order, office: make.Office) -> None:
    row = changing.proposed(order, make.member_of(order), quantity=9)
    assert row.by_seller
    with pytest.raises(NotAllowed):
        changing.agreed(row, make.member_of(order))
    changing.agreed(row, office.ppk)
    row.refresh_from_db()
    assert [(event.action, event.acted_as) for event in row.events.all()] == [("create", "seller"), ("agree", "ppk")]
    assert row.number == f"{order.number}-A1"
    balanced()


@pytest.mark.parametrize("another", [False, True])
def test_who_proposes_for_the_department_does_not_agree_for_the_seller(
    order: Order, office: make.Office, another: bool
) -> None:
    row = changing.proposed(order, office.pp, quantity=9)
    with pytest.raises(NotAllowed):
        changing.agreed(row, office.ppk if another else office.pp)
    order.refresh_from_db()
    assert order.total == row.earlier_total


def test_silence_changes_nothing(order: Order, office: make.Office) -> None:
    row = changing.proposed(order, office.pp, quantity=8)
    assert services.lapse_overdue(now=row.due_at - timedelta(seconds=1)) == 0
    refused(RuleBroken, lambda: changing.agreed(row, now=row.due_at), "addendum_late")
    assert services.lapse_overdue(now=row.due_at) == 1
    row.refresh_from_db()
    order.refresh_from_db()
    assert (row.state, order.total, order.amend_due_at) == (AddendumState.LAPSED, 1_025_000, None)
    assert services.lapse_overdue(now=row.due_at) == 0


def test_one_proposal_waits_at_a_time(order: Order, office: make.Office) -> None:
    row = changing.proposed(order, office.pp, quantity=8)
    for actor in (office.pp, make.member_of(order)):
        refused(InvalidMove, lambda actor=actor: changing.proposed(order, actor, quantity=9))  # type: ignore[misc]
    services.refuse_addendum(actor=make.member_of(order), addendum=row, note="Sudah dimasak", now=LATER + HOUR)
    changing.proposed(order, office.pp, quantity=9, now=LATER + 2 * HOUR)


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({}, "nothing_changed"),
        ({"quantity": 0}, "below_sent"),
        ({"deliver_at": LATER - HOUR}, "deliver_past"),
        ({"deliver_at": MONDAY + 130 * DAY}, "budget_year"),
        ({"place": ""}, "place_missing"),
        ({"quantity": 101}, "contract_growth"),
    ],
)
def test_what_cannot_be_is_not_proposed(order: Order, office: make.Office, over: dict[str, Any], code: str) -> None:
    refused(RuleBroken, lambda: changing.proposed(order, office.pp, **over), code)


def test_a_contract_grows_to_its_dated_part_and_no_further(order: Order, office: make.Office) -> None:
    """Ten per cent of what was issued, however many addenda."""
    most = replace(terms.of_order(order))
    assert most.total(order) == 1_025_000
    refused(RuleBroken, lambda: changing.proposed(order, office.pp, quantity=12), "contract_growth")
    after = changing.amended(order, office.pp, quantity=11)
    told = refused(
        RuleBroken, lambda: changing.proposed(after, office.pp, quantity=12, now=LATER + 2 * HOUR), "contract_growth"
    )
    assert "Rp1.127.500" in told.message
    fewer = changing.amended(after, office.pp, quantity=5, now=LATER + 2 * HOUR)
    changing.amended(fewer, office.pp, quantity=11, now=LATER + 5 * HOUR)
    balanced()


def bought_besides(office: make.Office, order: Order, now: Any = MONDAY) -> Order:
    """Goods of the same kind on the same account, of another shop."""
    product = goods.make_product(price=100_000, category=order.lines.get().product.category)
    return make.make_issued(office, product, now=now)


@pytest.mark.parametrize("threshold", [2_000_000, 2_100_000])
def test_what_passes_a_threshold_together_with_other_purchases_is_a_new_request(
    order: Order, office: make.Office, threshold: int
) -> None:
    """Two purchases of a million each stay at or below the threshold until one of them grows."""
    set_rule("purchase.compare_two_above", threshold)
    bought_besides(office, order)
    if threshold == 2_100_000:
        changing.amended(order, office.pp, quantity=11)
        return
    told = refused(RuleBroken, lambda: changing.proposed(order, office.pp, quantity=11), "split")
    assert "Rp2.100.000" in told.message and "permintaan baru" in told.message
    changing.amended(order, office.pp, quantity=9)


def test_what_was_bought_after_the_proposal_counts_when_it_is_agreed(order: Order, office: make.Office) -> None:
    set_rule("purchase.compare_two_above", 2_000_000)
    row = changing.proposed(order, office.pp, quantity=11)
    bought_besides(office, order, LATER)
    refused(RuleBroken, lambda: changing.agreed(row, now=LATER + 2 * HOUR), "split")
    balanced()


def test_a_threshold_passed_before_is_asked_again_for_more(order: Order, office: make.Office) -> None:
    """The reason the officer accepted was for the smaller sum. Outside the window nothing counts."""
    bought_besides(office, order)
    set_rule("purchase.compare_two_above", 1_500_000)
    refused(RuleBroken, lambda: changing.proposed(order, office.pp, quantity=11), "split")
    late = MONDAY + 31 * DAY
    set_rule("purchase.split_window_days", 1)
    changing.proposed(order, office.pp, quantity=11, now=LATER + DAY, deliver_at=late)


def test_goods_that_were_sent_are_not_taken_out(order: Order, office: make.Office) -> None:
    line = order.lines.get()
    row = changing.proposed(order, office.pp, quantity=3)
    make.shipped(order, sent={line.pk: Decimal(4)}, now=LATER + HOUR)
    told = refused(RuleBroken, lambda: changing.agreed(row, now=LATER + 2 * HOUR), "below_sent")
    assert "4" in told.message
    services.withdraw_addendum(actor=office.pp, addendum=row, now=LATER + 2 * HOUR)
    refused(RuleBroken, lambda: changing.proposed(order, office.pp, quantity=3, now=LATER + 2 * HOUR), "below_sent")


def test_what_was_sent_is_all_of_it_then_and_the_order_ends_with_its_payment(office: make.Office) -> None:
    order = make.make_issued(office)
    make.accepted(order)
    line = order.lines.get()
    delivery = make.arrived(make.shipped(order, sent={line.pk: Decimal(4)}), office.receiver)
    make.inspected(delivery, office.receiver)
    make.deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=MONDAY + DAY + 3 * HOUR)
    later = MONDAY + DAY + 4 * HOUR
    assert Order.objects.get(pk=order.pk).rest_due_at is not None
    after = changing.amended(order, office.ppk, quantity=4, now=later)
    assert (after.state, after.total, after.commitment.amount) == (OrderState.ACCEPTED, 425_000, 425_000)
    assert after.rest_due_at is None
    balanced()
    make.clear(office, make.invoice_of(order), MONDAY + 2 * DAY)
    make.pay(office, order)
    order.refresh_from_db()
    assert order.state == OrderState.FINISHED
    balanced()


def test_the_capacity_of_the_day_moves_with_the_day(office: make.Office) -> None:
    product = daily()
    order = make.accepted(make.make_issued(office, product))
    old, new = clock.last_day(order.deliver_at), order.deliver_at + 2 * DAY
    before = used(product)
    assert sum(before.values()) == 10
    after = changing.amended(order, office.pp, deliver_at=new, quantity=9)
    assert after.deliver_at == new
    assert sum(used(product).values()) == 9
    assert max(used(product)) <= clock.last_day(new)
    assert old <= clock.last_day(new)
    balanced()


def test_a_day_on_which_the_shop_cannot_make_it_is_refused(office: make.Office) -> None:
    product = daily(food_kind="catering", keeps="cooked")
    order = make.accepted(make.make_issued(office, product))
    other = order.deliver_at + DAY
    busy = make.make_issued(office, product, quantity=15, deliver_at=other)
    refused(RuleBroken, lambda: changing.proposed(order, office.pp, deliver_at=other), "out_of_stock")
    row = changing.proposed(order, office.pp, deliver_at=other + DAY)
    make.make_issued(office, product, quantity=15, deliver_at=other + DAY)
    refused(RuleBroken, lambda: changing.agreed(row), "out_of_stock")
    assert busy.state == OrderState.PLACED
    balanced()


def test_more_than_the_owner_may_sell_is_refused(order: Order, office: make.Office) -> None:
    row = changing.proposed(order, office.pp, quantity=11)
    make.make_issued(make.make_office(), goods.make_product(order.seller, price=2_892_000))
    refused(RuleBroken, lambda: changing.agreed(row), "cap_full")


def test_a_seller_is_not_told_what_is_left_of_the_budget() -> None:
    office = make.make_office(pagu=1_050_000)
    order = make.accepted(make.make_issued(office))
    row = changing.proposed(order, office.pp, quantity=11)
    told = refused(RuleBroken, lambda: changing.agreed(row), "budget_short")
    assert "Rp" not in told.message
    services.withdraw_addendum(actor=office.pp, addendum=row, now=LATER + HOUR)
    row = changing.proposed(order, make.member_of(order), quantity=11)
    told = refused(RuleBroken, lambda: changing.agreed(row, office.ppk), "budget_short")
    assert "Rp25.000" in told.message


def test_a_higher_sum_is_signed_by_the_office_that_may_approve_it(order: Order, office: make.Office) -> None:
    set_rule("purchase.pp_limit", 1_100_000)
    told = refused(NotAllowed, lambda: changing.proposed(order, office.pp, quantity=11))
    assert "Rp1.125.000" in told.message
    row = changing.proposed(order, make.member_of(order), quantity=11)
    refused(NotAllowed, lambda: changing.agreed(row, office.pp))
    changing.agreed(row, office.ppk)
    # As much or less is no new sum.
    changing.proposed(order, office.pp, quantity=10, now=LATER + 2 * HOUR)


def test_a_sum_that_asks_for_a_comparison_is_a_new_request(order: Order, office: make.Office) -> None:
    set_rule("purchase.compare_two_above", 1_100_000)
    told = refused(RuleBroken, lambda: changing.proposed(order, office.pp, quantity=11), "comparison_passed")
    assert "Rp1.125.000" in told.message and "Rp1.100.000" in told.message


def test_a_sum_that_asks_for_a_signature_is_a_new_request(order: Order, office: make.Office) -> None:
    ApprovalRule.objects.create(
        agency=office.agency, office="head", above=1_100_000, valid_from=clock.local_date(MONDAY), source="Perwali"
    )
    refused(RuleBroken, lambda: changing.proposed(order, office.pp, quantity=11), "signature_missing")
    changing.proposed(order, office.pp, quantity=9)


def test_who_is_on_another_side_signs_nothing(order: Order, office: make.Office) -> None:
    make.membership(office.agency, office.requester, "pp")
    refused(SamePerson, lambda: changing.proposed(order, office.requester, quantity=8))
    refused(NotAllowed, lambda: changing.proposed(order, office.receiver, quantity=8))
    line = order.lines.get()
    make.membership(office.agency, office.receiver, "ppk")
    make.arrived(make.shipped(order, sent={line.pk: Decimal(4)}, now=LATER), office.receiver, now=LATER + HOUR)
    refused(RoleAlreadyHeld, lambda: changing.proposed(order, office.receiver, quantity=8, now=LATER + 2 * HOUR))


def test_who_signed_receives_nothing(order: Order, office: make.Office) -> None:
    make.membership(office.agency, office.ppk, "receiver")
    day = clock.local_date(LATER)
    assert deliveries_policies.can_receive(office.ppk, order, day)
    row = changing.proposed(order, office.ppk, quantity=8)
    order.refresh_from_db()
    assert not deliveries_policies.can_receive(office.ppk, order, day)
    changing.agreed(row)
    order.refresh_from_db()
    assert not deliveries_policies.can_receive(office.ppk, order, day)


def test_a_dispute_or_a_request_to_cancel_comes_first(order: Order, office: make.Office) -> None:
    row = changing.proposed(order, office.pp, quantity=8)
    asked = cancelling.asked(order, office.pp, now=LATER + HOUR)
    refused(InvalidMove, lambda: changing.agreed(row, now=LATER + 2 * HOUR))
    cancelling.services.withdraw_cancellation(actor=office.pp, cancellation=asked, now=LATER + 2 * HOUR)
    changing.agreed(row, now=LATER + 2 * HOUR)


@pytest.mark.parametrize("days", [3, 9])
def test_while_a_complaint_is_undecided_it_does_not_lapse(order: Order, office: make.Office, days: int) -> None:
    """Nobody may answer meanwhile. Afterwards there is as much time as was left, never past the moment of the goods."""
    line = order.lines.get()
    delivery = make.shipped(order, sent={line.pk: Decimal(4)}, now=LATER)
    row = changing.proposed(order, office.pp, quantity=8, now=LATER + HOUR)
    make.arrived(delivery, office.receiver, now=LATER + 2 * HOUR)
    opened = LATER + 3 * HOUR
    dispute = mend.opened(order, office.receiver, now=opened)
    refused(DisputeOpen, lambda: changing.agreed(row, now=opened + HOUR))
    assert services.lapse_overdue(now=row.due_at + DAY) == 0
    refused(InvalidMove, lambda: services.lapse_addendum(addendum=row, now=row.due_at + DAY))
    ended = opened + days * DAY
    mend.disputes.decide_dispute(actor=office.receiver, dispute=dispute, decision="Beres", now=ended)
    found = Addendum.objects.get(pk=row.pk)
    order.refresh_from_db()
    assert found.state == AddendumState.ASKED
    assert found.due_at == order.amend_due_at == min(clock.moved(row.due_at, days * DAY), order.deliver_at)
    assert (found.due_at == order.deliver_at) == (days == 9)
    assert services.lapse_overdue(now=found.due_at - timedelta.resolution) == 0
    assert services.lapse_overdue(now=found.due_at) == 1


def test_deadlines_follow_the_new_moment(order: Order, office: make.Office) -> None:
    new = order.deliver_at + 3 * DAY
    after = changing.amended(order, office.pp, deliver_at=new)
    assert orders_policies.sends_until(after) == new
    assert not orders_policies.is_late(after, order.deliver_at + HOUR)
    assert orders_policies.is_late(after, new)


def test_goods_on_their_way_keep_the_moment_for_which_they_left(order: Order, office: make.Office) -> None:
    line = order.lines.get()
    delivery = make.shipped(order, sent={line.pk: Decimal(4)}, now=LATER)
    earlier = order.deliver_at
    after = changing.amended(order, office.pp, deliver_at=earlier + 3 * DAY, now=LATER + HOUR)
    delivery.refresh_from_db()
    assert delivery.deliver_at == earlier
    rest = make.shipped(after, now=LATER + 3 * HOUR)
    assert rest.deliver_at == earlier + 3 * DAY
    assert list(verifying.verify(order.number)) == []


def test_the_surat_pesanan_stays_as_it_was_issued(order: Order, office: make.Office) -> None:
    place = "Aula lantai 3"
    after = changing.amended(order, office.pp, quantity=8, deliver_at=order.deliver_at + DAY, place=place)
    changing.amended(after, office.pp, quantity=9, now=LATER + 3 * HOUR)
    whole = build.order_for_papers(order.pk)
    document = Document.objects.filter(order=order, kind=DocumentKind.PURCHASE_ORDER).latest("pk")
    paper = ordering.purchase_order(schedule.trail_for(document, whole), document)
    assert paper.amount == 1_025_000
    assert paper.data["lines"][0]["amount"] == "Rp1.000.000"
    assert "Ruang Teratai" in dict(paper.data["delivery"])["Tempat"]
    held = Document.objects.filter(order=order, kind=DocumentKind.ADDENDUM, replaced_at__isnull=True)
    assert [one.number for one in held.order_by("pk")] == [f"{order.number}-A1", f"{order.number}-A2"]
    made = [build.make(one).paper for one in held.order_by("pk")]
    assert [paper.amount for paper in made] == [825_000, 925_000]
    assert [len(paper.signatures) for paper in made] == [2, 2]
    data = archive.purchase_data(whole)
    assert [row["total"] for row in data["addenda"]] == [825_000, 925_000]
    assert data["order"]["total"] == 925_000
    names = [entry.number for entry in entries_of(whole, for_agency=True) if entry.kind == "addendum"]
    assert names == [f"{order.number}-A1", f"{order.number}-A2"]


def test_what_is_changed_by_nobody_is_found(order: Order, office: make.Office) -> None:
    after = changing.amended(order, office.pp, quantity=8)
    Order.objects.filter(pk=after.pk).update(deliver_at=after.deliver_at + DAY)
    assert any("deliver_at" in one.what for one in verifying.verify(order.number))


def test_a_closed_order_ends_what_was_proposed(order: Order, office: make.Office) -> None:
    row = changing.proposed(order, office.pp, quantity=8)
    asked = cancelling.asked(order, office.pp, now=LATER + HOUR)
    cancelling.services.consent(actor=make.member_of(order), cancellation=asked, now=LATER + 2 * HOUR)
    row.refresh_from_db()
    assert row.state == AddendumState.OVERTAKEN
    balanced()


def test_a_rest_given_up_after_a_change_balances(order: Order, office: make.Office) -> None:
    line = order.lines.get()
    make.shipped(order, sent={line.pk: Decimal(4)}, now=LATER)
    after = changing.amended(order, office.pp, quantity=6, now=LATER + HOUR)
    late = after.deliver_at + HOUR
    completion.close_rest(actor=office.pp, order=after, note="Tidak perlu", now=late)
    balanced()


def test_a_person_cannot_change_an_order() -> None:
    product = goods.make_product(price=100_000)
    (order,) = make.place(goods.make_user(), (product, 2))
    make.accepted(order)
    with pytest.raises(DomainError):
        changing.proposed(order, order.buyer, quantity=1)  # type: ignore[arg-type]
    assert not Addendum.objects.exists()


def test_goods_moved_to_where_their_bill_falls_due_after_the_year_need_the_departments_reason(
    order: Order, office: make.Office
) -> None:
    """As a new request does; 29 December is three working days before 4 January."""
    late, in_time = (clock.start_of(date(2026, 12, day)) + 10 * HOUR for day in (29, 28))
    said = refused(RuleBroken, lambda: changing.proposed(order, office.pp, deliver_at=late), "year_end")
    assert "tagihan Rp1.025.000" in said.message and "4 Januari 2027" in said.message
    why = "Gedung baru siap akhir Desember."
    propose = {"actor": office.pp, "order": order, "wanted": changing.wanted(order, deliver_at=late), "now": LATER}
    refused(RuleBroken, lambda: services.propose_addendum(reason="Pindah", late_reason="abc", **propose), "year_end")
    row = services.propose_addendum(reason="Pindah", late_reason=why, **propose)
    assert row.late_reason == why
    services.withdraw_addendum(actor=office.pp, addendum=row, now=LATER)
    by_seller = changing.proposed(order, make.member_of(order), deliver_at=late)
    refused(RuleBroken, lambda: changing.agreed(by_seller, office.pp), "year_end")
    services.agree_addendum(actor=office.pp, addendum=by_seller, now=LATER + HOUR, late_reason=why)
    by_seller.refresh_from_db()
    assert by_seller.late_reason == why
    # Earlier, and no more than was signed: nothing is asked.
    changing.amended(order, office.pp, deliver_at=late - HOUR, now=LATER + 2 * HOUR)
    changing.amended(order, office.pp, deliver_at=in_time, now=LATER + 4 * HOUR)
    assert list(verifying.verify(order.number)) == []
