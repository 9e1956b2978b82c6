"""What is bought costs what the tier of its quantity says: cart, draft, comparison, order and its papers agree."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from epeken.core.errors import RuleBroken
from epeken.core.idempotency import new_key
from orders.carts import quotes, views
from orders.carts import services as carts
from orders.carts.models import CartLine
from orders.documents.layout.facts import ordered_lines
from orders.orders.services import agreement
from procurement.negotiations import terms as negotiating
from procurement.requests import contents, obstacles
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.requests.pages import requests as requests_pages
from procurement.requests.services import decisions, drafts
from procurement.schedules import services as schedules
from procurement.sourcing import replacements, sheets
from procurement.sourcing.plans import PlanShare, candidates
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.procurement import DAY, HOUR, MONDAY, Office, make_request
from tests.factories.rules import set_rule
from tests.factories.users import signed_in
from tests.orders.books import balanced
from umkm.catalogue.models import Product
from umkm.catalogue.tiers import PriceTier
from umkm.discovery.offers import Destination, offers_of

pytestmark = pytest.mark.django_db
TWO = (PriceTier(Decimal(50), 18_000), PriceTier(Decimal(100), 17_000))


class Market:
    def __init__(self) -> None:
        self.office = Office()
        self.boxes = goods.make_product(price=20_000, unit="box", tiers=TWO, on_hand=500, name="Map karton")
        self.buyer = goods.make_user()


@pytest.fixture(scope="module")
def market(module_transaction: None) -> Market:
    return Market()


@pytest.fixture(autouse=True)
def _django_db_helper(market: Market, savepoint: None) -> Iterator[None]:
    """Each test writes on top of the module's rows."""
    market.boxes = Product.objects.select_related("seller", "category").get(pk=market.boxes.pk)
    yield


def put(market: Market, quantity: int) -> Any:
    return carts.put_in_cart(user=market.buyer, key="", product=market.boxes, quantity=Decimal(quantity), now=MONDAY)


def only(market: Market, **values: Any) -> None:
    Product.objects.filter(pk=market.boxes.pk).update(**values)


# --- A person's cart ---
@pytest.mark.parametrize(("quantity", "amount"), [(49, 980_000), (50, 900_000), (100, 1_700_000)])
def test_a_cart_costs_what_its_quantity_costs(market: Market, quantity: int, amount: int) -> None:
    cart = put(market, quantity)
    (group,) = views.groups_of(cart, MONDAY)
    assert (group["goods"], group["rows"][0]["amount"]) == (amount, amount)
    assert group["rows"][0]["no_dearer"] == ("50 kotak lebih murah: Rp900.000" if quantity == 49 else "")
    (order,) = make.place(market.buyer, (market.boxes, 1))  # one more of the same, on the same line
    line = order.lines.get()
    assert (line.quantity, line.amount) == (quantity + 1, line.price * (quantity + 1))
    assert line.price == (18_000 if quantity < 99 else 17_000)
    assert line.tier_from == (50 if quantity < 99 else 100)
    balanced()


def test_nobody_is_sent_to_a_quantity_that_is_not_there(market: Market) -> None:
    few = goods.make_product(price=20_000, unit="box", tiers=TWO, on_hand=49)
    cart = carts.put_in_cart(user=market.buyer, key="", product=few, quantity=Decimal(49), now=MONDAY)
    assert views.groups_of(cart, MONDAY)[0]["rows"][0]["no_dearer"] == ""


def test_a_draft_names_a_larger_quantity_that_costs_no_more_and_can_come(market: Market) -> None:
    few = goods.make_product(price=20_000, unit="box", tiers=TWO, on_hand=49)
    for product, told in ((market.boxes, ["50 kotak lebih murah: Rp900.000"]), (few, [])):
        draft = make_request(market.office, [(product, 49)])
        found = obstacles.less_for_more(draft, contents.read(draft, MONDAY), MONDAY)
        assert list(found.values()) == told


def test_an_officer_reads_it_of_a_sent_request_against_its_held_price(market: Market) -> None:
    """A price list that changed since does not make more cheaper than what is held; what is gone is not proposed."""
    few = goods.make_product(price=20_000, unit="box", tiers=TWO, on_hand=49)
    for product, price, tiers, told in (
        (market.boxes, 20_000, TWO, ["50 kotak lebih murah: Rp900.000"]),
        (market.boxes, 20_000, (PriceTier(Decimal(50), 19_600),), ["50 kotak sama harganya: Rp980.000"]),
        (market.boxes, 22_000, (PriceTier(Decimal(50), 20_000),), []),  # less than 49 of today, more than is held
        (few, 20_000, TWO, []),
    ):
        sent = make_request(market.office, [(product, 49)], state="submitted")
        Product.objects.filter(pk=product.pk).update(price=price, tiers=tiers)
        held = contents.read(sent, MONDAY)
        found = obstacles.less_for_more(sent, held, MONDAY)
        assert list(found.values()) == told
        assert all(text in requests_pages.groups(held, (), found)[0]["rows"][0]["note"] for text in told)
        Product.objects.filter(pk=product.pk).update(price=20_000, tiers=TWO)


def test_what_is_put_in_twice_is_one_quantity(market: Market) -> None:
    put(market, 30)
    cart = put(market, 20)
    row = views.groups_of(cart, MONDAY)[0]["rows"][0]
    assert (row["price"], row["why"], row["price_was"]) == (18_000, "Harga mulai 50 kotak", None)
    assert row["more"] == "mulai 100 kotak Rp17.000"
    page = signed_in(market.buyer).get(reverse("orders:cart")).content.decode()
    assert "Harga mulai 50 kotak" in page and "Rp900.000" in page


def test_a_tier_that_moves_while_goods_lie_in_a_cart_is_told_and_not_charged_unseen(market: Market) -> None:
    cart = put(market, 60)
    seen = quotes.quote_of(cart.lines.select_related("product__seller")).text
    only(market, tiers=())
    assert views.groups_of(cart, MONDAY)[0]["rows"][0]["price_was"] == 18_000
    values = make.checkout_values(market.boxes, seen=seen)
    with pytest.raises(RuleBroken) as moved:
        carts.place_orders(actor=market.buyer, cart=cart, values=values, key=new_key(), now=MONDAY)
    assert moved.value.code == "price_changed" and "Rp18.000 menjadi Rp20.000" in moved.value.message


def test_two_carts_that_become_one_reach_the_tier_together(market: Market) -> None:
    put(market, 30)
    line = CartLine.objects.get()
    guest = type(line.cart).objects.create(key="tamu", updated_at=MONDAY)
    CartLine.objects.create(cart=guest, product=market.boxes, quantity=30, price_seen=20_000)
    carts.merge_cart(user=market.buyer, key="tamu", now=MONDAY)
    line.refresh_from_db()
    assert (line.quantity, line.price_seen, line.unit_price) == (60, 18_000, 18_000)


# --- A department's request ---
def line_of(request: PurchaseRequest) -> RequestLine:
    return request.lines.select_related("product").get()


def test_a_line_follows_its_quantity_and_another_request_has_its_own(market: Market) -> None:
    first, second = (make_request(market.office, [(market.boxes, n)]) for n in (30, 50))
    assert [(line.price, line.amount, line.tier_words) for line in map(line_of, (first, second))] == [
        (20_000, 600_000, ""), (18_000, 900_000, "Harga mulai 50 kotak"),
    ]  # fmt: skip
    drafts.add_to_draft(
        actor=market.office.requester, agency=market.office.agency, product=market.boxes, quantity=Decimal(20), note="",
        now=MONDAY, number=first.number,
    )  # fmt: skip
    assert (line_of(first).quantity, line_of(first).price) == (50, 18_000)
    assert contents.read(first, MONDAY).news == []


def test_a_draft_takes_the_tier_of_today_and_what_was_sent_keeps_its_own(market: Market) -> None:
    draft = make_request(market.office, [(market.boxes, 50)])
    only(market, tiers=(PriceTier(Decimal(40), 17_500),))
    (news,) = contents.read(draft, MONDAY).news
    assert (news.old, news.new) == (18_000, 17_500)
    drafts.refresh_prices(actor=market.office.requester, request=draft, now=MONDAY)
    assert (line_of(draft).price, line_of(draft).tier_from, line_of(draft).amount) == (17_500, 40, 875_000)
    assert (line_of(draft).single_price, line_of(draft).further_words) == (market.boxes.price, "")
    decisions.submit_request(actor=market.office.requester, request=draft, key=new_key(), now=MONDAY)
    only(market, tiers=())
    approved = decisions.approve_request(
        actor=market.office.pp, request=draft, dropped={}, note="", key=new_key(), now=MONDAY + HOUR
    )
    (order,) = agreement.issue_orders(actor=market.office.pp, request=approved, key=new_key(), now=MONDAY + 2 * HOUR)
    line = order.lines.get()
    assert (line.price, line.tier_from, line.amount) == (17_500, 40, 875_000)
    assert [row["note"] for row in ordered_lines([line])] == ["Harga mulai 40 kotak"]
    balanced()


def test_the_dates_of_a_schedule_add_up_to_the_quantity(market: Market) -> None:
    draft = make_request(market.office, [(market.boxes, 20)], event_at=None)
    days = schedules.repeated(MONDAY + 10 * DAY, 7, 5, {line_of(draft).pk: Decimal(20)})
    schedules.save_schedule(actor=market.office.requester, request=draft, days=days, now=MONDAY)
    line = line_of(draft)
    assert (line.quantity, line.price, line.tier_from, line.amount) == (100, 17_000, 100, 1_700_000)
    assert contents.read(PurchaseRequest.objects.get(pk=draft.pk), MONDAY).news == []


def test_nobody_negotiates_above_what_so_many_cost_everybody(market: Market) -> None:
    sent = make_request(market.office, [(market.boxes, 50)], state="submitted")
    (part,) = contents.read(sent, MONDAY).parts
    assert negotiating.ceiling_of(sent, part).prices == {market.boxes.pk: 18_000}
    only(market, tiers=(PriceTier(Decimal(50), 16_000),))
    (part,) = contents.read(sent, MONDAY).parts
    assert negotiating.ceiling_of(sent, part).prices == {market.boxes.pk: 16_000}


# --- Other shops' offers ---
def test_an_offer_is_worth_what_so_many_cost_and_so_is_its_share_of_a_plan(market: Market) -> None:
    products = Product.objects.filter(pk=market.boxes.pk).as_offers()
    to = Destination(by=MONDAY + 10 * DAY, place=None, now=MONDAY)
    (few,), (many,) = (offers_of(products, to, lambda _product, n=n: Decimal(n)) for n in (49, 50))
    assert (few.price, few.goods, many.price, many.goods) == (20_000, 980_000, 18_000, 900_000)
    (one,) = candidates([few], {}, Decimal(0), {market.boxes.pk: Decimal(40)})
    assert PlanShare(one, Decimal(10)).goods == 180_000  # with forty of them asked for already
    assert PlanShare(one, Decimal(9)).goods == 180_000


def test_a_sheet_compares_the_same_quantity(market: Market) -> None:
    """Fifty of the other shop cost less each than fifty of the chosen one, though one costs more."""
    set_rule("purchase.compare_two_above", 500_000)
    chosen = goods.make_product(price=19_000, unit="box", category=market.boxes.category, on_hand=500)
    held = make_request(market.office, [(chosen, 50)])
    drawn = sheets.draw(held, contents.read(held, MONDAY), MONDAY)
    assert drawn is not None
    (of_goods,) = drawn.goods
    (other,) = of_goods.others
    assert (other.price, [tier.price for tier in other.tiers]) == (18_000, [17_000])
    assert of_goods.cheaper(of_goods.chosen[0]) == [other]
    assert sheets.cost(other, Decimal(100)) == 1_700_000 + other.delivery_cost


@pytest.mark.parametrize(("quantity", "covered"), [(40, False), (50, True)])
def test_an_approval_covers_another_shop_by_the_price_of_so_many(market: Market, quantity: int, covered: bool) -> None:
    dear = goods.make_product(price=18_000, unit="box", category=market.boxes.category, name="Map karton", on_hand=500)
    request = make_request(market.office, [(dear, quantity)], state="ordered")
    order = request.orders.get()
    agreement.close_order(
        actor=make.member_of(order), order=order, reason="seller_declined", note="Penuh", now=MONDAY + 2 * HOUR
    )
    (one,) = replacements.replacements_of(request, request.sellers.get(), MONDAY + 2 * HOUR)
    assert one.seller == market.boxes.seller and one.is_covered is covered
    may = PurchaseRequest.objects.filter(replacements.may_be_covered(MONDAY + 2 * HOUR), pk=request.pk)
    assert may.exists() is covered
    _part, (line,) = one.rows()
    assert (line.price, line.tier_from) == ((18_000, 50) if covered else (20_000, None))
