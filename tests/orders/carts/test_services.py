"""What a person puts in the cart, and what becomes of it."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from epeken.core.clock import ZONE, local_date
from epeken.core.errors import NotAllowed, RuleBroken
from epeken.core.idempotency import KeyReused, new_key
from orders.billing.states import CommitmentState, InvoiceState
from orders.carts import quotes, views
from orders.carts import services as carts
from orders.carts.models import Cart, CartLine
from orders.deliveries import services as deliveries
from orders.deliveries.states import DeliveryState
from orders.orders.models import Order
from orders.orders.states import Channel, DeliveryMethod, OrderState
from tests.factories import cancellations as cancelling
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.orders.books import balanced, refused
from umkm.catalogue.models import Product
from umkm.catalogue.states import Keeps, ProductState, StockMode, Unit
from umkm.owners.rules import CAP
from umkm.sellers import hours

pytestmark = pytest.mark.django_db


def put(product: object, quantity: object, user: object = None, key: str = "") -> Cart:
    from django.contrib.auth.models import AnonymousUser

    return carts.put_in_cart(
        user=user or AnonymousUser(), key=key, product=product, quantity=Decimal(quantity), now=MONDAY
    )


def test_a_visitor_has_a_cart_under_their_key() -> None:
    product = goods.make_product()
    put(product, 2, key="abc")
    put(product, 3, key="abc")
    assert CartLine.objects.get(cart__key="abc").quantity == 5


def test_no_key_and_no_person_is_no_cart() -> None:
    product = goods.make_product()
    refused(RuleBroken, lambda: put(product, 1), code="cart_missing")


@pytest.mark.parametrize(("quantity", "code"), [("0.3", "below_minimum"), ("1.1", "off_step"), ("1000000", "too_many")])
def test_quantities_follow_minimum_and_step(quantity: str, code: str) -> None:
    product = goods.make_product(unit=Unit.KG, step=Decimal("0.25"), minimum=Decimal("0.5"))
    refused(RuleBroken, lambda: put(product, quantity, key="abc"), code=code)


def test_quarter_kilos() -> None:
    product = goods.make_product(unit=Unit.KG, step=Decimal("0.25"), minimum=Decimal("0.5"))
    put(product, "1.75", key="abc")
    assert CartLine.objects.get().quantity == Decimal("1.75")


def test_what_is_not_for_sale_does_not_go_in() -> None:
    product = goods.make_product(state=ProductState.HIDDEN)
    refused(RuleBroken, lambda: put(product, 1, key="abc"), code="not_for_sale")


def test_zero_takes_it_out() -> None:
    product = goods.make_product()
    cart = put(product, 2, key="abc")
    carts.change_quantities(cart=cart, quantities={product.pk: Decimal(4)}, now=MONDAY)
    assert CartLine.objects.get().quantity == 4
    carts.change_quantities(cart=cart, quantities={product.pk: Decimal(0)}, now=MONDAY)
    assert not CartLine.objects.exists()


def test_signing_in_joins_the_carts(citizen: object) -> None:
    both, only_guest, only_own = goods.make_product(), goods.make_product(), goods.make_product()
    put(both, 5, key="abc")
    put(only_guest, 1, key="abc")
    put(both, 2, user=citizen)
    put(only_own, 1, user=citizen)
    merged = carts.merge_cart(user=citizen, key="abc", now=MONDAY)
    assert (merged.added, merged.left_out) == ([both.name], [])
    assert dict(CartLine.objects.values_list("product", "quantity")) == {
        both.pk: 7, only_guest.pk: 1, only_own.pk: 1,
    }  # fmt: skip
    assert Cart.objects.get().user == citizen


def test_a_cart_stays_within_its_lines_when_two_join(citizen: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carts, "MAX_LINES", 2)
    both, third, fourth = goods.make_product(), goods.make_product(), goods.make_product()
    put(both, 1, user=citizen)
    for product in (third, fourth):
        put(product, 1, key="abc")
    merged = carts.merge_cart(user=citizen, key="abc", now=MONDAY)
    assert (merged.added, merged.left_out) == ([], [fourth.name])
    assert set(CartLine.objects.values_list("product", flat=True)) == {both.pk, third.pk}


def test_merging_nothing_changes_nothing(citizen: object) -> None:
    carts.merge_cart(user=citizen, key="abc", now=MONDAY)
    assert not Cart.objects.exists()


# --- placing


def test_one_order_per_shop(citizen: object) -> None:
    first, second = goods.make_product(price=20_000), goods.make_product(price=7_000)
    made = make.place(citizen, (first, 2), (second, 3))
    assert [o.seller_id for o in made] == [first.seller_id, second.seller_id]
    order = made[0]
    assert (order.channel, order.state, order.buyer) == (Channel.CITIZEN, OrderState.PLACED, citizen)
    assert (order.goods_total, order.delivery_cost, order.total) == (40_000, 10_000, 50_000)
    assert order.number.startswith("PS-2026-")
    assert order.commitment.state == CommitmentState.PENDING
    assert order.answer_due_at <= MONDAY + DAY
    assert not CartLine.objects.exists()
    balanced()


def test_who_says_yes_has_time_to_make_it(citizen: object) -> None:
    """An hour before it is to be ready; of a shorter time half."""
    product = goods.make_product(goods.make_seller(opens_at=time(7), closes_at=time(16)))
    day = local_date(MONDAY)
    groups = {product.seller_id: {"method": DeliveryMethod.PICKUP, "deliver_on": day}}
    end = datetime.combine(day, time(16), tzinfo=ZONE)
    for placed, answered in ((3 * HOUR, HOUR), (HOUR * 1.5, HOUR * 0.75)):
        (order,) = make.place(citizen, (product, 1), groups=groups, now=end - placed)
        assert (order.deliver_at, order.answer_due_at) == (end, end - answered)


def test_pickup_costs_nothing_and_needs_no_address(citizen: object) -> None:
    order = make.place(
        citizen, (goods.make_product(price=20_000), 1), method=DeliveryMethod.PICKUP, delivery_place="",
        delivery_kelurahan=None,
    )[0]  # fmt: skip
    assert (order.delivery_cost, order.delivery_place, order.total) == (0, "", 20_000)


def test_a_civil_servant_buys_on_their_own_channel() -> None:
    servant = goods.make_user(nip="198001012006041001")
    assert make.place(servant, (goods.make_product(), 1))[0].channel == Channel.ASN


def test_delivery_wants_an_address(citizen: object) -> None:
    product = goods.make_product()
    refused(RuleBroken, lambda: make.place(citizen, (product, 1), delivery_place=" "), code="place_missing")
    refused(RuleBroken, lambda: make.place(citizen, (product, 1), delivery_kelurahan=None), code="place_missing")


def test_a_shop_that_does_not_deliver(citizen: object) -> None:
    product = goods.make_product(goods.make_seller(offers_delivery=False))
    refused(RuleBroken, lambda: make.place(citizen, (product, 1)))


def test_nobody_buys_from_their_own_shop(seller_user: object, shop: object) -> None:
    product = goods.make_product(shop)
    refused(RuleBroken, lambda: make.place(seller_user, (product, 1)), code="own_shop")


def test_an_empty_cart_places_nothing(citizen: object) -> None:
    cart = Cart.objects.create(user=citizen, updated_at=MONDAY)
    act = lambda: carts.place_orders(  # noqa: E731
        actor=citizen, cart=cart, values=make.checkout_values(), key=new_key(), now=MONDAY
    )
    refused(RuleBroken, act, code="cart_empty")


def test_another_persons_cart_is_not_placed(citizen: object, stranger: object) -> None:
    product = goods.make_product()
    cart = put(product, 1, user=citizen)
    act = lambda: carts.place_orders(  # noqa: E731
        actor=stranger, cart=cart, values=make.checkout_values(product), key=new_key(), now=MONDAY
    )
    refused(NotAllowed, act)


def test_the_same_key_places_once(citizen: object) -> None:
    product, key = goods.make_product(), new_key()
    cart = put(product, 1, user=citizen)
    values = make.checkout_values(product)
    first = carts.place_orders(actor=citizen, cart=cart, values=values, key=key, now=MONDAY)
    again = carts.place_orders(actor=citizen, cart=cart, values=values, key=key, now=MONDAY)
    assert first == again == carts.placed_before(citizen, key)
    assert Order.objects.count() == 1


def test_the_same_key_with_another_address_is_refused(citizen: object) -> None:
    product, key = goods.make_product(), new_key()
    make.place(citizen, (product, 1), key=key)
    put(product, 1, user=citizen)
    refused(KeyReused, lambda: make.place(citizen, (product, 1), key=key, delivery_place="Jl. Lain"))


def test_short_stock_stops_every_shop(citizen: object) -> None:
    fine, short = goods.make_product(), goods.make_product(on_hand=1)
    refused(RuleBroken, lambda: make.place(citizen, (fine, 1), (short, 2)), code="out_of_stock")
    balanced()


def test_a_changed_sum_is_told(citizen: object) -> None:
    product = goods.make_product(price=20_000)
    cart = put(product, 1, user=citizen)
    seen = quotes.quote_of(cart.lines.select_related("product__seller")).text
    Product.objects.filter(pk=product.pk).update(price=21_000)
    values = make.checkout_values(product, seen=seen)
    act = lambda: carts.place_orders(actor=citizen, cart=cart, values=values, key=new_key(), now=MONDAY)  # noqa: E731
    refused(RuleBroken, act, code="price_changed")
    Product.objects.filter(pk=product.pk).update(price=20_000)
    assert act()[0].total == 30_000


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 9, 8), "too_soon"),
        (date(2026, 9, 6), "day_past"),
        (date(2026, 12, 7), "too_far"),
        (date(2026, 9, 13), "shop_closed"),
    ],
)
def test_the_day_must_suit_the_shop(citizen: object, day: date, code: str) -> None:
    product = goods.make_product(goods.make_seller(open_days="123456"), lead_days=2)
    groups = {product.seller_id: {"method": DeliveryMethod.SELLER, "deliver_on": day}}
    refused(RuleBroken, lambda: make.place(citizen, (product, 1), groups=groups), code=code)


def test_made_to_order_takes_the_capacity_of_its_day(citizen: object) -> None:
    product = goods.make_product(stock_mode=StockMode.DAILY, daily_capacity=Decimal(10), keeps=Keeps.COOKED)
    groups = {product.seller_id: {"method": DeliveryMethod.SELLER, "deliver_on": date(2026, 9, 9)}}
    make.place(citizen, (product, 8), groups=groups)
    assert product.capacity_days.get(day=date(2026, 9, 9)).used == 8
    refused(RuleBroken, lambda: make.place(citizen, (product, 3), groups=groups), code="out_of_stock")
    make.place(citizen, (product, 3))
    balanced()


def test_what_keeps_takes_the_days_before_its_delivery_too(citizen: object) -> None:
    """Ten a day from Monday to Wednesday; another buyer finds what is left of each day, and all of it when it falls
    through."""
    product = goods.make_product(stock_mode=StockMode.DAILY, daily_capacity=Decimal(10), keeps=Keeps.OTHER)
    groups = {product.seller_id: {"method": DeliveryMethod.SELLER, "deliver_on": date(2026, 9, 9)}}
    (order,) = make.place(citizen, (product, 24), groups=groups)
    used = dict(product.capacity_days.values_list("day", "used"))
    assert used == {date(2026, 9, 7): 4, date(2026, 9, 8): 10, date(2026, 9, 9): 10}
    other = goods.make_user()
    refused(RuleBroken, lambda: make.place(other, (product, 7), groups=groups), code="out_of_stock")
    cancelling.cancelled(order, order.buyer, now=MONDAY)
    balanced()
    make.place(other, (product, 30), groups=groups)
    balanced()


def test_first_day_skips_closed_days() -> None:
    seller = goods.make_seller(open_days="12345", closed_until=date(2026, 9, 8))
    seller.refresh_from_db()
    assert hours.first_day(seller, 0, MONDAY) == date(2026, 9, 9)
    assert hours.first_day(seller, 5, MONDAY) == date(2026, 9, 14)


# --- afterwards


def test_the_buyer_cancels_while_placed(citizen: object) -> None:
    product = goods.make_product()
    order = make.place(citizen, (product, 2))[0]
    cancelling.cancelled(order, citizen, note="")
    product.refresh_from_db()
    assert (product.on_hand, product.held) == (100, 0)
    balanced()


def test_the_buyer_does_not_cancel_once_accepted(citizen: object) -> None:
    order = make.accepted(make.place(citizen, (goods.make_product(), 2))[0])
    act = lambda: cancelling.cancelled(order, citizen, note="")  # noqa: E731
    refused(Exception, act, code="invalid_move")


def test_the_buyer_confirms(citizen: object) -> None:
    order = make.accepted(make.place(citizen, (goods.make_product(price=20_000), 2))[0])
    delivery = deliveries.confirm_received(actor=citizen, delivery=make.shipped(order), now=MONDAY + DAY + HOUR)
    assert (delivery.state, delivery.receiver) == (DeliveryState.ACCEPTED, citizen)
    invoice = make.invoice_of(order)
    assert (invoice.state, invoice.net) == (InvoiceState.ISSUED, 50_000)
    balanced()


def test_a_buyer_may_refuse_a_part(citizen: object) -> None:
    order = make.accepted(make.place(citizen, (goods.make_product(price=20_000), 3))[0])
    delivery = make.arrived(make.shipped(order), citizen)
    make.inspected(delivery, citizen, accept=2)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.ACCEPTED
    assert make.invoice_of(order).net == 50_000
    balanced()


def test_a_stranger_confirms_nothing(citizen: object, stranger: object) -> None:
    order = make.accepted(make.place(citizen, (goods.make_product(), 2))[0])
    sent = make.shipped(order)
    refused(NotAllowed, lambda: deliveries.confirm_received(actor=stranger, delivery=sent, now=MONDAY + DAY))


def test_silence_accepts_for_a_person_too(citizen: object) -> None:
    order = make.accepted(make.place(citizen, (goods.make_product(), 2))[0])
    delivery = make.arrived(make.shipped(order), citizen)
    delivery.refresh_from_db()
    deliveries.accept_by_silence(now=delivery.due_at + timedelta(minutes=1))
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.ACCEPTED
    balanced()


def test_the_cart_says_what_two_shops_of_one_owner_may_not_sell_together(citizen: object) -> None:
    cap = CAP.on(MONDAY.date())
    first = goods.make_seller(delivery_fee=0)
    shops = [first, goods.make_seller(owner=first.owner, delivery_fee=0)]
    cart = None
    for shop in shops:
        cart = put(goods.make_product(shop, price=cap // 10), 6, user=citizen)
    groups = views.groups_of(cart, MONDAY)
    assert all("Batas penjualan" in group["problem"] and group["blocked"] for group in groups)
    assert all(group["goes_alone"] for group in groups), "each alone is within the month"
    carts.change_quantities(cart=cart, quantities={groups[0]["rows"][0]["product"].pk: Decimal(4)}, now=MONDAY)
    assert not any(group["blocked"] for group in views.groups_of(cart, MONDAY))


def test_the_cart_offers_the_first_day_on_which_so_much_can_be_made(citizen: object) -> None:
    cart = put(goods.make_product(stock_mode=StockMode.DAILY, daily_capacity=Decimal(10)), 25, user=citizen)
    (group,) = views.groups_of(cart, MONDAY)
    assert (group["earliest"], group["blocked"]) == (date(2026, 9, 9), False)
