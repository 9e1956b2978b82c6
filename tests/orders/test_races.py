"""Real threads on the real database: nothing is sold, spent or paid twice."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from epeken.core.clock import local_date
from epeken.core.idempotency import new_key
from orders.billing.models import Invoice, Payment
from orders.billing.services import correction
from orders.carts import quotes
from orders.carts import services as carts
from orders.carts.models import CartLine
from orders.deliveries import services as deliveries
from orders.deliveries.models import Delivery
from orders.orders.models import Order
from orders.orders.services import agreement, completion
from orders.orders.states import OrderState
from procurement.agencies.states import OfficerRole
from procurement.requests.services import decisions, unfilled
from tests.factories import cancellations as cancelling
from tests.factories import orders as make
from tests.factories import procurement as offices
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.orders.books import balanced
from tests.racing import together
from umkm.owners import rules as owner_rules
from umkm.sellers import services as sellers
from umkm.sellers.models import Seller

pytestmark = pytest.mark.django_db(transaction=True)


def test_twenty_buyers_five_in_stock() -> None:
    product = goods.make_product(price=20_000, on_hand=5)
    buyers = [goods.make_user() for _n in range(20)]
    wishes = [(b, carts.put_in_cart(user=b, key="", product=product, quantity=1, now=MONDAY)) for b in buyers]

    def buy(person: Any, cart: Any) -> Callable[[], Any]:
        values = make.checkout_values(product)
        return lambda: carts.place_orders(actor=person, cart=cart, values=values, key=new_key(), now=MONDAY)

    assert together([buy(p, c) for p, c in wishes]) == {"ok": 5, "out_of_stock": 15}
    product.refresh_from_db()
    assert (product.on_hand, product.held) == (0, 5)
    assert Order.objects.count() == 5
    # The series has no gaps although fifteen were refused.
    assert sorted(Order.objects.values_list("number", flat=True)) == [f"PS-2026-{n:06d}" for n in range(1, 6)]
    balanced()


def test_twenty_orders_room_for_five() -> None:
    seller = goods.make_seller(delivery_fee=0)
    buyers = [goods.make_user() for _n in range(20)]
    # The cap holds five of these.
    price = owner_rules.CAP.on(local_date(MONDAY)) // 5
    products = [goods.make_product(seller, price=price) for _n in range(20)]

    def buy(person: Any, product: Any) -> Callable[[], Any]:
        cart = carts.put_in_cart(user=person, key="", product=product, quantity=1, now=MONDAY)
        values = make.checkout_values(product)
        return lambda: carts.place_orders(actor=person, cart=cart, values=values, key=new_key(), now=MONDAY)

    assert together([buy(p, g) for p, g in zip(buyers, products, strict=True)]) == {"ok": 5, "cap_full": 15}
    assert Order.objects.count() == 5
    balanced()


def test_a_fee_raised_meanwhile_is_never_charged_unseen() -> None:
    """The shop raises its fee while twelve people send the page that showed the old one: the old fee or a refusal."""
    owner = goods.make_user()
    seller = goods.make_seller(owner, delivery_fee=10_000)
    product = goods.make_product(seller, price=20_000)
    buyers = [goods.make_user() for _n in range(12)]
    carts_of = [carts.put_in_cart(user=b, key="", product=product, quantity=1, now=MONDAY) for b in buyers]

    def buy(person: Any, cart: Any) -> Callable[[], Any]:
        seen = quotes.quote_of(cart.lines.select_related("product__seller")).text
        values = make.checkout_values(product, seen=seen)
        return lambda: carts.place_orders(actor=person, cart=cart, values=values, key=new_key(), now=MONDAY)

    raise_fee = lambda: sellers.save_profile(  # noqa: E731
        actor=owner, seller=seller, values={"delivery_fee": 15_000}, now=MONDAY
    )
    acts = [buy(p, c) for p, c in zip(buyers, carts_of, strict=True)]
    said = together([*acts[:6], raise_fee, *acts[6:]])
    assert set(said) <= {"ok", "price_changed"}
    assert said["ok"] == Order.objects.count() + 1
    assert {o.delivery_cost for o in Order.objects.all()} <= {10_000}
    assert CartLine.objects.count() == said["price_changed"]
    # After the raise nobody gets through with the old page.
    late = [b for b in buyers if not Order.objects.filter(buyer=b).exists()] or [goods.make_user()]
    cart = carts.put_in_cart(user=late[0], key="", product=product, quantity=1, now=MONDAY)
    shown = quotes.quote_of(cart.lines.select_related("product__seller")).text
    Seller.objects.filter(pk=seller.pk).update(delivery_fee=16_000)
    values = make.checkout_values(product, seen=shown)
    act = lambda: carts.place_orders(actor=late[0], cart=cart, values=values, key=new_key(), now=MONDAY)  # noqa: E731
    assert together([act]) == {"price_changed": 1}
    balanced()


def test_a_double_clicked_checkout_is_one_order() -> None:
    person, product = goods.make_user(), goods.make_product()
    cart = carts.put_in_cart(user=person, key="", product=product, quantity=1, now=MONDAY)
    key, values = new_key(), make.checkout_values(product)
    act = lambda: carts.place_orders(actor=person, cart=cart, values=values, key=key, now=MONDAY)  # noqa: E731
    assert together([act] * 4) == {"ok": 4}
    assert Order.objects.count() == 1
    balanced()


def test_a_double_clicked_issue_is_one_surat_pesanan() -> None:
    office = make.make_office()
    request = make.make_approved(office, [(goods.make_product(price=10_000), 1)])
    key = new_key()
    same = lambda: agreement.issue_orders(actor=office.pp, request=request, key=key, now=MONDAY)  # noqa: E731
    other = lambda: agreement.issue_orders(actor=office.ppk, request=request, key=new_key(), now=MONDAY)  # noqa: E731
    said = together([same, same, other, other])
    assert said["ok"] + said["invalid_move"] == 4
    assert Order.objects.count() == 1
    balanced()


def test_requests_share_the_last_room_of_a_seller() -> None:
    seller = goods.make_seller(delivery_fee=0)
    # The cap holds one of these.
    price = owner_rules.CAP.on(local_date(MONDAY)) // 2 + 1
    acts = []
    for _n in range(4):
        office = offices.Office()
        request = offices.make_request(office, [(goods.make_product(seller, price=price), 1)])
        acts.append(
            lambda o=office, r=request: decisions.submit_request(
                actor=o.requester, request=r, key=new_key(), now=MONDAY
            )
        )
    assert together(acts) == {"ok": 1, "cap_full": 3}
    balanced()


def test_a_double_clicked_payment_pays_once() -> None:
    office = make.make_office()
    order = make.cleared(office, make.make_issued(office))
    key = new_key()
    acts = [lambda: make.pay(office, order, key=key)] * 3 + [lambda: make.pay(office, order)] * 2
    said = together(acts)
    assert said["ok"] in (1, 3)
    assert said["ok"] + said["invalid_move"] == 5
    assert Payment.objects.count() == 1
    balanced()


def test_accept_and_cancel_at_once_leave_one_truth() -> None:
    office = make.make_office()
    order = make.make_issued(office)
    accept = lambda: make.accepted(order)  # noqa: E731
    cancel = lambda: cancelling.cancelled(order, office.pp)  # noqa: E731
    said = together([accept, cancel, accept, cancel])
    order.refresh_from_db()
    # Whoever comes first wins: what is accepted is no longer cancelled in one step.
    assert said == {"ok": 1, "invalid_move": 3}
    assert order.state in (OrderState.CLOSED, OrderState.ACCEPTED)
    assert order.events.filter(action="close").count() == (order.state == OrderState.CLOSED)
    balanced()


def test_silence_swept_by_three_workers_closes_each_order_once() -> None:
    office = make.make_office()
    made = [make.make_issued(office, goods.make_product(price=10_000)) for _n in range(4)]
    late = max(order.answer_due_at for order in made) + HOUR
    together([lambda: agreement.close_overdue(now=late)] * 3)
    assert [o.events.filter(action="close").count() for o in Order.objects.all()] == [1] * 4
    balanced()


def test_silence_after_arrival_is_swept_once() -> None:
    office = make.make_office()
    delivery = make.arrived(make.shipped(make.accepted(make.make_issued(office))), office.receiver)
    delivery.refresh_from_db()
    late = delivery.due_at + HOUR
    together([lambda: deliveries.accept_by_silence(now=late)] * 3)
    assert Delivery.objects.get().events.filter(action="assume").count() == 1
    balanced()


def test_two_browsers_send_no_more_than_was_ordered() -> None:
    """Six of ten in each: one goes, the other is told that four are left."""
    order = make.accepted(make.make_issued(make.make_office()))
    six = {order.lines.get().pk: Decimal(6)}
    said = together([lambda: make.shipped(order, sent=six)] * 3)
    assert said == {"ok": 1, "too_many": 2}
    assert (Delivery.objects.get().lines.get().sent, order.lines.get().sent_quantity) == (6, 6)
    balanced()


def test_the_rest_is_sent_or_given_up_but_not_both() -> None:
    office = make.make_office()
    order = make.accepted(make.make_issued(office))
    line = order.lines.get()
    make.shipped(order, sent={line.pk: Decimal(4)})
    give_up = lambda: completion.close_rest(  # noqa: E731
        actor=office.pp, order=order, note="Acara lewat", now=MONDAY + 11 * DAY
    )
    said = together([lambda: make.shipped(order), give_up, lambda: make.shipped(order), give_up])
    assert said == {"ok": 1, "invalid_move": 3}
    order.refresh_from_db()
    assert (order.rest_closed_at is None) == (order.lines.get().sent_quantity == 10)
    balanced()


def test_two_treasurers_replace_an_invoice_once() -> None:
    office = make.make_office()
    invoice = make.invoice_of(make.taken_over(office, make.make_issued(office)))
    again = lambda: correction.reissue_invoice(  # noqa: E731
        actor=office.treasurer, invoice=invoice, reason="Rekening salah", now=MONDAY + 2 * DAY
    )
    assert together([again] * 3) == {"ok": 1, "invalid_move": 2}
    assert Invoice.objects.live().count() == 1
    balanced()


def test_two_handovers_at_once_share_the_delivery_cost_and_the_rounding() -> None:
    office = make.make_office()
    order = make.accepted(make.make_issued(office, goods.make_product(price=33_333, on_hand=50)))
    line = order.lines.get()
    parts = [make.shipped(order, sent={line.pk: Decimal(5)}) for _n in range(2)]
    for part in parts:
        make.inspected(make.arrived(part, office.receiver), office.receiver)
    sign = [
        lambda part=part: deliveries.sign_bast(
            actor=office.receiver, delivery=part, office_number="", now=MONDAY + 2 * DAY
        )
        for part in parts
    ]
    assert together(sign) == {"ok": 2}
    invoices = Invoice.objects.filter(order=order)
    assert sorted(invoice.delivery_cost for invoice in invoices) == [0, 25_000]
    assert sum(invoice.gross for invoice in invoices) == order.total
    balanced()


def test_buyers_of_two_shops_in_opposite_order_never_deadlock() -> None:
    one, two = goods.make_product(), goods.make_product()
    acts = []
    for n in range(10):
        person = goods.make_user()
        wanted = (one, two) if n % 2 else (two, one)
        for product in wanted:
            cart = carts.put_in_cart(user=person, key="", product=product, quantity=1, now=MONDAY)
        acts.append(
            lambda p=person, c=cart: carts.place_orders(
                actor=p, cart=c, values=make.checkout_values(one, two), key=new_key(), now=MONDAY
            )
        )
    assert together(acts) == {"ok": 10}
    assert Order.objects.count() == 20
    balanced()


def test_one_draft_continues_a_part_however_many_ask() -> None:
    """Two requesters, each with several browsers: all are sent to the same draft."""
    office = make.make_office()
    colleague = offices.make_officer(OfficerRole.REQUESTER, office.agency)
    order = make.make_issued(office)
    agreement.close_order(
        actor=make.member_of(order), order=order, reason="seller_declined", note="Penuh", now=MONDAY + HOUR
    )
    part = order.request.sellers.get()
    drafts: set[int] = set()

    def ask(actor: Any) -> Callable[[], Any]:
        return lambda: drafts.add(unfilled.source_again(actor=actor, part=part, now=MONDAY + HOUR).pk)

    assert together([ask(actor) for actor in (office.requester, colleague) for _n in range(4)]) == {"ok": 8}
    assert len(drafts) == 1
    assert part.continuations.count() == 1
    balanced()


def test_a_part_is_sourced_again_or_left_never_both() -> None:
    office = make.make_office()
    order = make.make_issued(office)
    agreement.close_order(
        actor=make.member_of(order), order=order, reason="seller_declined", note="Penuh", now=MONDAY + HOUR
    )
    part, asked = order.request.sellers.get(), {"actor": office.requester, "now": MONDAY + HOUR}
    said = together(
        [
            lambda: unfilled.source_again(part=part, **asked),
            lambda: unfilled.end_sourcing(part=part, **asked),
        ]
    )
    assert said == {"ok": 1, "invalid_move": 1}
    part.refresh_from_db()
    assert part.continuations.exists() is (part.sourcing_ended_at is None)


def test_an_order_closed_from_two_sides_frees_its_budget_once() -> None:
    office = make.make_office()
    order = make.make_issued(office)
    seller, due = make.member_of(order), order.answer_due_at
    said = together(
        [
            lambda: agreement.close_order(
                actor=seller, order=order, reason="seller_declined", note="Penuh", now=due - HOUR
            ),
            lambda: cancelling.cancelled(order, office.pp, now=due - HOUR),
        ]
    )
    assert said == {"ok": 1, "invalid_move": 1}
    order.refresh_from_db()
    reason = agreement.UNFILLED[order.close_reason]
    assert order.request.sellers.get().unfilled_reason == reason
    office.line.refresh_from_db()
    assert (office.line.reserved, office.line.committed) == (0, 0)
    balanced()
