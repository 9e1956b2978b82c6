"""A page of an act that can no longer be done is not shown as if it could be sent."""

from decimal import Decimal

import pytest

from epeken.core import clock
from epeken.users.models import User
from orders.disputes import services as disputes
from orders.orders.models import Order
from orders.orders.pages.steps import delivery_steps
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.users import signed_in
from tests.orders.pages import to_billed, url

pytestmark = pytest.mark.django_db


def test_a_declined_order_asks_no_reason_again(order: Order, office: make.Office) -> None:
    seller, pp = signed_in(make.member_of(order)), signed_in(office.pp)
    make.accepted(order, clock.now())
    late = seller.get(url("order-close", order.number))
    assert late.status_code == 409
    assert "sudah disanggupi" in late.content.decode()
    assert pp.get(url("cancellation-create", order.number)).status_code == 200
    make.shipped(order, clock.now())
    assert pp.get(url("cancellation-create", order.number)).status_code == 409


def test_a_dispute_is_asked_of_those_who_can_send_it(order: Order, office: make.Office) -> None:
    receiver, seller = signed_in(office.receiver), signed_in(make.member_of(order))
    assert receiver.get(url("dispute-create", order.number)).status_code == 409
    to_billed(order, office)
    inspector = signed_in(goods.make_staff("procurement.inspect_all"))
    assert inspector.get(url("dispute-create", order.number)).status_code == 403
    dispute = disputes.open_dispute(actor=office.receiver, order=order, complaint="Basi", now=clock.now())
    assert receiver.get(url("dispute-create", order.number)).status_code == 409
    answers = [client.get(url("dispute-answer", order.number)).status_code for client in (receiver, inspector, seller)]
    settles = [client.get(url("dispute-settle", order.number)).status_code for client in (seller, inspector, receiver)]
    assert (answers, settles) == ([403, 403, 200], [403, 403, 200])
    disputes.answer_dispute(actor=make.member_of(order), dispute=dispute, answer="Kami ganti", now=clock.now())
    assert seller.get(url("dispute-answer", order.number)).status_code == 409


def test_payment_waits_for_the_dispute(order: Order, office: make.Office) -> None:
    make.clear(office, to_billed(order, office), clock.now())
    treasurer = signed_in(office.treasurer)
    pages = ("payment-create", "invoice-reissue")
    assert [treasurer.get(url(name, order.number)).status_code for name in pages] == [200, 200]
    disputes.open_dispute(actor=office.receiver, order=order, complaint="Basi", now=clock.now())
    answers = [treasurer.get(url(name, order.number)) for name in pages]
    assert [answer["Location"] for answer in answers] == [url("order-detail", order.number)] * 2


def test_the_rest_is_sent_during_a_dispute_and_not_closed(order: Order, office: make.Office) -> None:
    make.accepted(order, clock.now())
    line = order.lines.get()
    delivery = make.shipped(order, clock.now(), sent={line.pk: Decimal(4)})
    make.arrived(delivery, office.receiver, clock.now())
    late(order)
    asked = [(signed_in(make.member_of(order)), "delivery-create"), (signed_in(office.pp), "rest-close")]
    assert [client.get(url(name, order.number)).status_code for client, name in asked] == [200, 200]
    disputes.open_dispute(actor=office.receiver, order=order, complaint="Basi", now=clock.now())
    sends, closes = [client.get(url(name, order.number)) for client, name in asked]
    assert sends.status_code == 200
    assert closes["Location"] == url("order-detail", order.number)


def test_the_rest_is_closed_once_the_seller_is_late(order: Order, office: make.Office) -> None:
    make.accepted(order, clock.now())
    make.shipped(order, clock.now(), sent={order.lines.get().pk: Decimal(4)})
    pp, page = signed_in(office.pp), url("rest-close", order.number)
    assert pp.get(page)["Location"] == url("order-detail", order.number)
    assert pp.post(page, {"note": "Acara lewat"}).status_code == 422
    late(order)
    assert pp.get(page).status_code == 200
    assert pp.post(page, {"note": "Acara lewat"}).status_code == 302


def late(order: Order) -> None:
    Order.objects.filter(pk=order.pk).update(deliver_at=clock.now())


def test_a_person_inspects_after_the_dispute(citizen: User) -> None:
    now = clock.now()
    order = make.place(citizen, (goods.make_product(), 2), now=now)[0]
    make.accepted(order, now)
    delivery = make.shipped(order, now)
    make.arrived(delivery, citizen, now)
    assert delivery_steps(citizen, Order.objects.get(pk=order.pk), now)[delivery.pk].inspect
    disputes.open_dispute(actor=citizen, order=order, complaint="Kurang satu", now=now)
    assert not delivery_steps(citizen, Order.objects.get(pk=order.pk), now)[delivery.pk].inspect
    late = signed_in(citizen).get(url("delivery-inspect", order.number))
    assert late["Location"] == url("order-detail", order.number)
