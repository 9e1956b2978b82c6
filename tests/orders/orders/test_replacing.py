"""What an order did not bring is ordered from the next able seller under the same approval, or not at all."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from orders.documents.layout import continued
from orders.documents.schedule import trail_of
from orders.orders.models import Order
from orders.orders.services import agreement, replacing
from procurement.budgets import pages as budgets_pages
from procurement.budgets.models import BudgetEntry
from procurement.guards import services as guards
from procurement.requests import contents
from procurement.requests.errors import OwnShop
from procurement.requests.models import PurchaseRequest, RequestSeller
from procurement.requests.services import decisions
from procurement.requests.states import RequestState
from procurement.signatures.models import ApprovalRule
from procurement.sourcing import replacing_pages
from procurement.sourcing.replacements import Replacement, replacements_of
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.procurement import make_request
from tests.factories.rules import set_rule
from tests.factories.users import signed_in
from tests.orders.books import balanced, refused
from umkm.catalogue.models import Product
from umkm.catalogue.states import FoodKind, Keeps
from umkm.owners import services as owners
from umkm.owners.rules import CAP
from umkm.sellers.models import FoodCourt, Seller

pytestmark = pytest.mark.django_db
LATER = MONDAY + 2 * HOUR


class Market:
    """One order of Rp100.000 × 10 that its seller declined; the same goods in other shops."""

    def __init__(self, now: datetime = MONDAY, **over: Any) -> None:
        self.now = now
        self.office = make.make_office(now=now)
        self.product = goods.make_product(price=100_000)
        self.order = make.make_issued(self.office, self.product, quantity=10, now=now, delivery=10_000, **over)
        assert self.order.request is not None
        self.request = self.order.request

    def offer(self, price: int = 100_000, **over: Any) -> Product:
        same = {"name": self.product.name, "category": self.product.category, "unit": self.product.unit}
        return goods.make_product(price=price, **{**same, **over})

    def decline(self, order: Order | None = None, now: datetime | None = None) -> RequestSeller:
        order = order or self.order
        agreement.close_order(
            actor=make.member_of(order), order=order, reason="seller_declined", note="Penuh",
            now=now or self.now + 2 * HOUR,
        )  # fmt: skip
        assert order.request is not None
        return order.request.sellers.get()

    def found(self, part: RequestSeller, now: datetime | None = None) -> list[Replacement]:
        return replacements_of(part.request, part, now or self.now + 2 * HOUR)

    def reissue(self, part: RequestSeller, seller: Seller, **over: Any) -> Order:
        values = {"actor": self.office.pp, "key": new_key(), "now": self.now + 3 * HOUR, **over}
        return replacing.reissue_part(part=RequestSeller.objects.get(pk=part.pk), seller=seller, **values)


@pytest.fixture
def market() -> Market:
    return Market()


def test_the_next_able_seller_is_ordered_from_under_the_same_approval(market: Market) -> None:
    next_one = market.offer(90_000)
    part = market.decline()
    (one,) = market.found(part)
    assert (one.seller, one.difference, one.is_covered) == (next_one.seller, -100_000, True)
    key = new_key()
    order = market.reissue(part, one.seller, key=key, shown=one.shown)
    assert market.reissue(part, one.seller, key=key, shown=one.shown) == order
    made = order.request
    assert made is not None
    assert (made.state, made.sourced_again_from, made.requester) == (
        RequestState.ORDERED,
        part,
        market.office.requester,
    )
    assert (made.approver, made.approved_at) == (market.request.approver, market.request.approved_at)
    assert [(e.action, e.actor, e.acted_as) for e in made.events.order_by("pk")][1:] == [
        ("reissue", market.office.pp, "pp"),
        ("issue", market.office.pp, ""),
    ]
    assert [(line.price, line.quantity) for line in order.lines.all()] == [(90_000, 10)]
    balanced()


def test_nobody_signs_again_for_the_next_seller() -> None:
    """Signatures that the city asks for since, and for which there would be no time, are of a new request."""
    market = Market(deliver_at=MONDAY + 2 * DAY, event_at=None)
    next_one = market.offer(90_000)
    part = market.decline()
    for office in ("head", "ppk"):
        values = {"office": office, "above": 0, "valid_from": MONDAY.date(), "source": "Perwali contoh"}
        ApprovalRule.objects.create(**values)
    assert market.reissue(part, next_one.seller).seller == next_one.seller


def test_a_silent_seller_of_a_meal_leaves_time_for_another() -> None:
    """The officer decides at the last minute in time, and the first seller never answers."""
    office = make.make_office()
    meal = goods.make_product(price=27_500, food_kind=FoodKind.SHOP, keeps=Keeps.COOKED)
    other = goods.make_product(
        price=27_500, food_kind=FoodKind.SHOP, keeps=Keeps.COOKED, name=meal.name, category=meal.category
    )
    request = make_request(office, [(meal, 10)], state="submitted", deliver_at=MONDAY + 48 * HOUR)
    at = request.due_at - timedelta(minutes=1)
    approved = decisions.approve_request(actor=office.pp, request=request, dropped={}, note="", key=new_key(), now=at)
    (order,) = agreement.issue_orders(actor=office.pp, request=approved, key=new_key(), now=at)
    answer = order.answer_due_at
    assert request.due_at < answer < request.held_until
    assert agreement.close_overdue(now=answer) == 1
    part = request.sellers.get()
    assert [one.seller for one in replacements_of(request, part, answer)] == [other.seller]
    values = {"actor": office.pp, "part": part, "seller": other.seller, "key": new_key(), "now": answer}
    again = replacing.reissue_part(**values)
    assert again.answer_due_at == request.held_until
    balanced()


def test_budget_is_freed_and_taken_again_exactly_once(market: Market) -> None:
    next_one = market.offer()
    part = market.decline()
    order = market.reissue(part, next_one.seller)
    rows = [(e.kind, e.reference) for e in BudgetEntry.objects.order_by("pk")]
    assert rows[-3:] == [
        ("uncommit", market.order.number),
        ("reserve", order.request.number if order.request else ""),
        ("commit", order.number),
    ]
    market.office.line.refresh_from_db()
    assert (market.office.line.reserved, market.office.line.committed) == (0, order.total)
    balanced()


def test_one_after_the_other_declines_and_none_is_asked_twice(market: Market) -> None:
    for price in (95_000, 90_000):
        market.offer(price)
    order, asked = market.order, [market.order.seller]
    for hours in (2, 4):
        part = market.decline(order, MONDAY + hours * HOUR)
        found = market.found(part, MONDAY + hours * HOUR)
        assert not {one.seller for one in found} & set(asked)
        # What was ordered for less is what may not be passed.
        covered = [one for one in found if one.is_covered]
        if not covered:
            break
        order = market.reissue(part, covered[0].seller, now=MONDAY + (hours + 1) * HOUR)
        asked.append(order.seller)
    assert [seller.pk for seller in asked[1:]] == [Product.objects.get(price=90_000).seller_id]
    assert [one.difference for one in found] == [50_000]
    balanced()


def dearer(market: Market) -> Product:
    return market.offer(100_001)


def same_price_dearer_delivery(market: Market) -> Product:
    product = market.offer()
    Seller.objects.filter(pk=product.seller_id).update(delivery_fee=10_001)
    return product


@pytest.mark.parametrize("offer", [dearer, same_price_dearer_delivery])
def test_what_costs_more_needs_an_approval_of_its_own(market: Market, offer: Callable[[Market], Product]) -> None:
    product = offer(market)
    part = market.decline()
    (one,) = market.found(part)
    assert one.objections and one.difference > 0
    refused(RuleBroken, lambda: market.reissue(part, product.seller), "approval_needed")
    assert not PurchaseRequest.objects.filter(sourced_again_from=part).exists()
    balanced()


def test_an_approval_covers_nothing_once_its_hold_is_over(market: Market) -> None:
    product = market.offer()
    part = market.decline()
    ends = part.request.held_until
    assert ends is not None
    assert market.found(part, ends - timedelta.resolution)[0].is_covered
    assert not market.found(part, ends)[0].is_covered
    refused(RuleBroken, lambda: market.reissue(part, product.seller, now=ends), "approval_needed")


def test_other_goods_of_the_category_need_an_approval_of_their_own(market: Market) -> None:
    """Caps are no vests, however cheap; of one shop the approved goods come first."""
    cap = market.offer(40_000, name="Topi bordir")
    part = market.decline()
    (one,) = market.found(part)
    assert one.objections == [f"Barangnya lain: 10 buah Topi bordir, yang disetujui 10 buah {market.product.name}."]
    refused(RuleBroken, lambda: market.reissue(part, cap.seller), "approval_needed")
    vest = market.offer(seller=cap.seller, name=f" {market.product.name.upper()}")
    (one,) = market.found(part)
    assert ([offer.product for offer in one.offers], one.is_covered) == ([vest], True)


def test_nobody_is_proposed_for_a_day_that_is_over(market: Market) -> None:
    market.offer()
    part = market.decline()
    assert market.found(part, market.order.deliver_at) == []


def test_who_cannot_bring_it_is_not_proposed(market: Market) -> None:
    """Too little, another unit, full this month, a sister of who declined, a shop of the approver's or requester's."""
    market.offer(on_hand=9)
    goods.make_product(price=1_000, category=market.product.category, unit="kg")
    full = market.offer()
    with transaction.atomic():
        owners.reserve_turnover(
            seller=full.seller, amount=CAP.on(clock.local_date(MONDAY)) - 500_000, reference="uji", now=MONDAY
        )
    goods.make_product(
        price=1_000, category=market.product.category, unit=market.product.unit,
        seller=goods.make_seller(owner=market.product.seller.owner),
    )  # fmt: skip
    goods.tie(market.office.pp, market.offer().seller, "member")
    goods.tie(market.office.requester, market.offer().seller, "sister")
    assert market.found(market.decline()) == []


def test_a_stall_is_replaced_by_another_of_its_food_court_first(market: Market) -> None:
    """Though one elsewhere is cheaper; one that needs a new approval still comes last."""
    court, other = FoodCourt.objects.order_by("pk")[:2]
    stall = {"kind": "swk", "delivery_fee": 10_000}
    Seller.objects.filter(pk=market.product.seller_id).update(kind="swk", food_court=court)
    cheap = market.offer(80_000, seller=goods.make_seller(**stall, food_court=other))
    same = market.offer(90_000, seller=goods.make_seller(**stall, food_court=court))
    dear = market.offer(110_000, seller=goods.make_seller(**stall, food_court=court))
    found = [one.seller for one in market.found(market.decline())]
    assert found == [same.seller, cheap.seller, dear.seller]


def test_among_the_stalls_of_a_court_those_that_bring_nothing_yet_come_first(market: Market) -> None:
    """The one that brings its part is asked after them, though it is the cheapest."""
    court = FoodCourt.objects.order_by("pk")[0]
    stall = {"kind": "swk", "delivery_fee": 10_000, "food_court": court}
    Seller.objects.filter(pk=market.product.seller_id).update(kind="swk", food_court=court)
    brings = market.offer(80_000, seller=goods.make_seller(**stall))
    fresh = market.offer(90_000, seller=goods.make_seller(**stall))
    part = market.decline()
    line = part.request.lines.get()
    line.pk, line.product, line.seller, line.seller_name = None, brings, brings.seller, brings.seller.name
    line.save()
    assert [one.seller for one in market.found(part)] == [fresh.seller, brings.seller]


def test_a_warning_nobody_answered_goes_back_to_approval(market: Market) -> None:
    """The window's sum with this owner passes the threshold now."""
    product = market.offer()
    make.make_issued(market.office, goods.make_product(price=100_000, seller=product.seller), quantity=10)
    set_rule("purchase.compare_two_above", 1_999_999)
    part = market.decline()
    assert market.found(part)[0].is_covered
    refused(RuleBroken, lambda: market.reissue(part, product.seller), "approval_needed")


def test_with_what_it_continues_it_is_one_purchase(market: Market) -> None:
    """The seller who stays and the one who comes are not two packages."""
    first, second = market.product, goods.make_product(price=50_000)
    other = goods.make_product(price=50_000, name=second.name, category=second.category, unit=second.unit)
    request = make.make_approved(
        market.office, [(goods.make_product(price=90_000, category=first.category), 10), (second, 10)]
    )
    orders = agreement.issue_orders(actor=market.office.pp, request=request, key=new_key(), now=MONDAY)
    declined = next(order for order in orders if order.seller == second.seller)
    agreement.close_order(
        actor=make.member_of(declined), order=declined, reason="seller_declined", note="Penuh", now=LATER
    )
    part = request.sellers.get(seller=second.seller)
    order = market.reissue(part, other.seller)
    assert order.request is not None
    assert guards.unanswered_before(order.request, contents.read(order.request, LATER), LATER) == []
    assert {o.state for o in orders if o != declined} == {"placed"}
    balanced()


@pytest.mark.parametrize("who", ["requester", "receiver", "treasurer"])
def test_only_who_may_issue_orders_from_another_seller(market: Market, who: str) -> None:
    product, part = market.offer(), market.decline()
    refused(NotAllowed, lambda: market.reissue(part, product.seller, actor=getattr(market.office, who)))


def test_an_officer_does_not_order_from_a_shop_of_their_own(market: Market) -> None:
    product, part = market.offer(), market.decline()
    goods.tie(market.office.ppk, product.seller, "sister")
    refused(OwnShop, lambda: market.reissue(part, product.seller, actor=market.office.ppk), "own_shop")


def test_two_browsers_order_once(market: Market) -> None:
    first, second = market.offer(), market.offer()
    part = market.decline()
    market.reissue(part, first.seller)
    refused(InvalidMove, lambda: market.reissue(part, second.seller))
    balanced()


def test_a_card_that_showed_another_price_orders_nothing(market: Market) -> None:
    product, part = market.offer(95_000), market.decline()
    shown = market.found(part)[0].shown
    Product.objects.filter(pk=product.pk).update(price=96_000)
    refused(RuleBroken, lambda: market.reissue(part, product.seller, shown=shown), "replacement_changed")


def test_the_documents_say_what_happened(market: Market) -> None:
    product, part = market.offer(), market.decline()
    order = market.reissue(part, product.seller)
    made = order.request
    assert made is not None
    trail = trail_of(order)
    first, second = continued.statements(trail, made)
    assert (
        first
        == f"Melanjutkan permintaan {market.request.number}: {part.seller.name} menolak pesanan {market.order.number}."
    )
    assert "persetujuan 7 September 2026 yang sama" in second
    approval = continued.act(trail, made, "approve")
    assert approval is not None and approval.actor == market.office.pp
    assert continued.statements(trail_of(market.order), market.request) == []


def test_the_card_on_the_page_orders_with_one_click() -> None:
    market = Market(clock.now())
    product, dear = market.offer(90_000), market.offer(120_000)
    part = market.decline()
    address = reverse("procurement:request-detail", args=[market.request.number])
    asked = signed_in(market.office.requester).get(address).text
    assert "2 penjual lain bisa" in asked and f"Pesan dari {product.seller.name}" not in asked
    assert f"Buat draf dengan {dear.seller.name}" in asked and "Rp200.000 lebih mahal" in asked
    officer = signed_in(market.office.pp)
    page = officer.get(address)
    assert f"Pesan dari {product.seller.name}" in page.text and f"Pesan dari {dear.seller.name}" not in page.text
    desk = officer.get("/dinas/")
    assert market.order.number in desk.text
    shown = page.context["unfilled"][0].replacing.rows[0].by.shown
    body = {"key": new_key(), "seller": product.seller_id, "shown": shown}
    assert officer.post(reverse("orders:part-reissue", args=[market.request.number, part.pk]), body).status_code == 302
    made = Order.objects.get(request__sourced_again_from=part, seller=product.seller)
    assert market.order.number not in officer.get("/dinas/").text
    # The requester's page, still open from before, makes no draft and says who ordered what.
    requester = signed_in(market.office.requester)
    again = reverse("procurement:request-source-again", args=[market.request.number, part.pk])
    late = " ".join(requester.post(again, {"seller": market.offer().seller_id}, follow=True).text.split())
    assert f"Dialihkan ke {product.seller.name} oleh {market.office.pp} di permintaan {made.request.number}" in late
    assert "Penjualnya sudah terpilih" not in late
    page = " ".join(requester.get(reverse("procurement:request-detail", args=[market.request.number])).text.split())
    assert f"Dialihkan ke {product.seller.name} oleh {market.office.pp}:" in page
    # The list the page links to has what was ordered instead; the total stands with the request that orders it.
    listed = requester.get(reverse("orders:agency-orders"), {"q": market.request.number})
    assert [row["order"].number for row in listed.context["rows"]] == [made.number, market.order.number]
    totals = dict(PurchaseRequest.objects.with_total_now().values_list("number", "total_now"))
    assert (totals[market.request.number], totals[made.request.number]) == (0, made.total)
    called = {value: requester.get(reverse("procurement:request-list"), {"keadaan": value}).context["rows"]
              for value in ("ordered", "to_source", "failed")}  # fmt: skip
    assert [len(called[value]) for value in ("ordered", "to_source", "failed")] == [1, 0, 1]
    desk = requester.get("/dinas/").text
    assert "Menunggu jawaban penjual" in desk and made.number in desk
    line = budgets_pages.newest_requests(market.request.line)
    assert {row["number"]: row["state"] for row in line}[market.request.number] == "Pesanannya tidak jadi"


def test_a_dearer_seller_goes_to_approval_with_the_difference() -> None:
    market = Market(clock.now())
    dear, part = market.offer(120_000), market.decline()
    client = signed_in(market.office.requester)
    again = reverse("procurement:request-source-again", args=[market.request.number, part.pk])
    # It stays in the officer's sight, who reads whose turn it is.
    officer = signed_in(market.office.pp)
    desk = " ".join(officer.get("/dinas/").text.split())
    assert market.order.number in desk
    assert f"Perlu persetujuan baru, yang diajukan pemesannya, {market.office.requester}." in desk
    page = " ".join(officer.get(reverse("procurement:request-detail", args=[market.request.number])).text.split())
    assert f"diajukan oleh pemesannya, {market.office.requester}" in page
    assert market.order.number in client.get("/dinas/").text
    made = client.post(again, {"seller": dear.seller_id}, follow=True)
    assert "Penjualnya sudah terpilih" in made.text and "Pilih penjual lain, lalu kirim" not in made.text
    draft = PurchaseRequest.objects.get(sourced_again_from=part)
    assert [line.product for line in draft.lines.all()] == [dear]
    decisions.submit_request(actor=market.office.requester, request=draft, key=new_key(), now=clock.now())
    page = signed_in(market.office.pp).get(reverse("procurement:approval-detail", args=[draft.number])).text
    assert "lebih Rp200.000" in page and "menolak pesanan" in page


def test_goods_of_the_approved_name_come_before_cheaper_ones_of_their_kind() -> None:
    market = Market(clock.now())
    other, same = market.offer(60_000, name="Bubur sarapan"), market.offer(120_000)
    part = market.decline()
    assert [one.seller for one in market.found(part)] == [same.seller, other.seller]
    page = signed_in(market.office.requester).get(reverse("procurement:request-detail", args=[market.request.number]))
    assert "2 penjual lain bisa pada waktu yang sama: 1 dengan barang yang sama, lainnya sejenis." in page.text
    Product.objects.filter(pk=same.pk).update(name="Bubur siang")
    page = signed_in(market.office.requester).get(reverse("procurement:request-detail", args=[market.request.number]))
    assert "Tidak ada yang sanggup dengan barang yang sama. 2 penjual lain bisa dengan barang yang mirip." in page.text


def test_of_one_shop_a_name_that_was_approved_comes_before_the_cheapest() -> None:
    """Two of one kind were ordered; neither name is all of it."""
    market = Market()
    second = market.offer(90_000, seller=market.product.seller, name="Nasi kuning")
    market.order = make.make_issued(market.office, market.product, quantity=10, now=MONDAY, delivery=10_000)
    shop = goods.make_seller()
    market.offer(40_000, seller=shop, name="Bubur sarapan")
    named = market.offer(95_000, seller=shop, name=second.name)
    part = market.decline()
    part.request.lines.create(
        product=second, seller=part.seller, seller_name=part.seller.name, name=second.name, unit=second.unit,
        price=90_000, quantity=5, amount=450_000,
    )  # fmt: skip
    (found,) = market.found(part)
    assert [offer.product for offer in found.offers] == [named]
    # One name of two is not what was approved, and its sum is that of other goods.
    assert not found.is_same
    assert replacing_pages._said([found]).startswith("Tidak ada yang sanggup dengan barang yang sama.")
