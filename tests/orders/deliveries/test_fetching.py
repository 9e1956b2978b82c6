"""Who fetches refused goods, where, and until when: told to the seller, and on the pages of both sides."""

from datetime import timedelta
from decimal import Decimal

import pytest

from epeken.core import clock
from epeken.core.i18n.times import long_time
from epeken.notifications.models import Notification
from epeken.notifications.rendering import render
from orders.deliveries import fetching
from orders.deliveries import services as deliveries
from orders.deliveries.models import Delivery
from orders.orders.models import Order
from orders.orders.pages.contact import contact_of
from orders.orders.states import DeliveryMethod, OrderState
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.rules import set_rule
from tests.factories.users import signed_in
from tests.orders.pages import url
from umkm.catalogue.states import Keeps, Unit

pytestmark = pytest.mark.django_db


def asked(order: Order, language: str = "id") -> list[str]:
    found = Notification.objects.filter(person=make.member_of(order), kind="delivery.to_fetch").order_by("pk")
    return [render(one, language).body for one in found]


def fresh(delivery: Delivery) -> Delivery:
    return Delivery.objects.get(pk=delivery.pk)


def test_the_receiver_reads_it_before_and_the_seller_is_asked_after_a_refusal() -> None:
    office = make.make_office()
    order = make.accepted(mend.issued(office, goods.make_product(name="Air minum", unit=Unit.CARTON)))
    delivery = make.arrived(make.shipped(order), office.receiver)
    page = signed_in(office.receiver).get(url("delivery-inspect", order.number, delivery.number)).content.decode()
    assert "Yang tidak Anda terima dibawa kembali oleh pembawanya" in page
    make.inspected(delivery, office.receiver, accept=9)
    (said,) = asked(order)
    end = fetching.left_behind(order, fresh(delivery))[0][1]
    assert order.delivery_place in said
    assert f"paling lambat {long_time(clock.told_end(end))}" in said
    assert "at their own cost" in asked(order, "en")[0]
    for person in (make.member_of(order), office.receiver):
        assert said in signed_in(person).get(url("order-detail", order.number)).content.decode()


def test_what_never_came_is_not_fetched() -> None:
    buyer = goods.make_user()
    order = mend.issued_to(buyer, price=20_000, quantity=10)
    delivery = make.shipped(order)
    line = delivery.lines.get()
    deliveries.inspect_delivery(
        actor=buyer, delivery=delivery, findings={line.pk: (Decimal(7), Decimal(7), "Kurang tiga")}, remark="",
        came_at=None, photos=[], key="k" * 32, now=MONDAY + DAY,
    )  # fmt: skip
    assert not asked(order)
    assert fetching.words(order, fresh(delivery)) == ""


def test_both_sides_reach_each_other_until_refused_goods_are_fetched() -> None:
    buyer = goods.make_user()
    order = mend.issued_to(buyer, price=20_000, quantity=10)
    delivery = make.inspected(make.shipped(order), buyer, accept=0)
    order = Order.objects.get(pk=order.pk)
    assert order.state == OrderState.CLOSED
    end = fetching.left_behind(order, fresh(delivery))[0][1]
    for person in (buyer, make.member_of(order)):
        assert contact_of(order, person, end - timedelta(minutes=1)) is not None
        assert contact_of(order, person, end) is None
    assert contact_of(order, goods.make_user(), end - HOUR) is None


def test_cooked_food_waits_for_hours_and_other_goods_for_days() -> None:
    set_rule("delivery.fetch_days", 3)
    set_rule("delivery.fetch_cooked_hours", 12)
    buyer = goods.make_user()
    order = mend.issued_to(buyer, price=20_000, quantity=10)
    delivery = make.inspected(make.shipped(order), buyer, accept=7)
    line = fresh(delivery).lines.get()
    assert fetching.until(line, MONDAY) == clock.due_after_working_days(MONDAY, 3)
    line.order_line.keeps = Keeps.COOKED
    assert fetching.until(line, MONDAY) == MONDAY + 12 * HOUR


def test_what_is_picked_up_is_left_at_the_counter() -> None:
    buyer = goods.make_user()
    order = mend.issued_to(buyer, price=20_000, quantity=10)
    Order.objects.filter(pk=order.pk).update(method=DeliveryMethod.PICKUP)
    order.refresh_from_db()
    delivery = make.inspected(make.shipped(order), buyer, accept=7)
    assert not asked(order)
    assert f"tinggalkan di {order.seller.outlet}" in fetching.words_before(order, fresh(delivery), MONDAY)


def test_a_decision_that_refuses_asks_the_seller_too() -> None:
    buyer = goods.make_user()
    order = mend.issued_to(buyer, price=20_000, quantity=10)
    delivery = make.inspected(make.shipped(order), buyer, accept=10)
    mend.decided(order, buyer, mend.refusal(order, 2))
    assert len(asked(order)) == 1
    assert "mengambil kembali" in fetching.words(Order.objects.get(pk=order.pk), fresh(delivery))
