"""Where the PIN is read, where it is typed, and where the code on the packing slip leads."""

from datetime import datetime

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.users.models import User
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.pins import pins
from procurement.agencies.states import OfficerRole
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.procurement import make_officer
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.books import unchanged

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(now: datetime) -> make.Office:
    return make.make_office(now=now)


@pytest.fixture
@kept
def sent(office: make.Office, now: datetime) -> Delivery:
    order = make.make_issued(office, goods.make_product(price=10_000, on_hand=50), now=now)
    return make.shipped(make.accepted(order, now=now), now=now)


def page_of(user: User, delivery: Delivery) -> str:
    return signed_in(user).get(reverse("orders:order-detail", args=[delivery.order.number])).content.decode()


def address(name: str, delivery: Delivery) -> str:
    return reverse(f"orders:{name}", args=[delivery.order.number, delivery.number])


def said(delivery: Delivery) -> str:
    pin = pins.pin_of(delivery)
    return f"{pin[:3]} {pin[3:]}"


def test_only_who_receives_reads_the_pin(sent: Delivery, office: make.Office) -> None:
    assert said(sent) in page_of(office.receiver, sent)
    colleague = make_officer(OfficerRole.REQUESTER, office.agency)
    for who in (office.requester, office.pp, office.treasurer, colleague, make.member_of(sent.order)):
        assert said(sent) not in page_of(who, sent)
        assert "PIN kedatangan" not in page_of(who, sent)


def test_a_person_reads_it_for_what_was_sent_to_them() -> None:
    citizen, now = goods.make_user(), clock.now()
    (order,) = make.place(citizen, (goods.make_product(), 2), now=now)
    sent = make.shipped(make.accepted(order, now=now), now=now)
    assert said(sent) in page_of(citizen, sent)
    make.arrived(sent, citizen, now=now)
    assert "PIN kedatangan" not in page_of(citizen, sent)


def test_the_seller_types_what_is_read_out(sent: Delivery, office: make.Office) -> None:
    client, where = signed_in(make.member_of(sent.order)), address("delivery-pin", sent)
    assert where in page_of(make.member_of(sent.order), sent)
    text = client.get(where).content.decode()
    assert "data:image/svg+xml;base64," in text
    assert said(sent) not in text
    assert "bukan BAST" in " ".join(text.split())
    with unchanged():  # what is no PIN is no try
        for shape in ("", "12345", "1234567", "abcdef", "٠١٢٣٤٥"):
            assert client.post(where, {"pin": shape}).status_code == 422
    sent.refresh_from_db()
    assert sent.pin_misses == 0
    wrong = f"{(int(pins.pin_of(sent)) + 1) % 10**6:06d}"
    answer = client.post(where, {"pin": wrong})
    assert (answer.status_code, "Masih dapat dicoba 4 kali" in answer.content.decode()) == (422, True)
    assert client.post(where, {"pin": f" {said(sent)} "}).status_code == 302
    sent.refresh_from_db()
    assert (sent.state, sent.is_arrived_by_pin, sent.pin_misses) == (DeliveryState.ARRIVED, True, 1)
    assert client.get(where).status_code == 302
    assert "dicatat penjual dengan PIN penerima" in page_of(office.receiver, sent)


def test_a_closed_pin_is_made_anew_by_the_receiver(sent: Delivery, office: make.Office) -> None:
    Delivery.objects.filter(pk=sent.pk).update(pin_misses=99)
    assert "PIN ditutup" in page_of(office.receiver, sent)
    client, where = signed_in(office.receiver), address("pin-renew", sent)
    with unchanged():
        client.post(where, {"turn": "7"})
        client.post(where, {})
    assert client.post(where, {"turn": "0"}).status_code == 302
    sent.refresh_from_db()
    assert sent.pin_turn == 1
    assert said(sent) in page_of(office.receiver, sent)
    assert signed_in(make.member_of(sent.order)).post(where, {"turn": "1"}).status_code == 403


def test_the_code_on_the_slip_leads_who_receives_to_the_arrival(sent: Delivery, office: make.Office) -> None:
    where = address("delivery-arrive", sent)
    assert pins.arrival_url(sent).endswith(where)
    client = signed_in(office.receiver)
    with unchanged():
        text = client.get(where).content.decode()
        assert "Barang sudah tiba" in text
        assert signed_in(make.member_of(sent.order)).get(where)["Location"] == address("delivery-pin", sent)
        assert signed_in(office.treasurer).get(where).status_code == 403
        assert signed_in(goods.make_user()).get(where).status_code == 404
    assert client.post(where).status_code == 302
    assert client.get(where)["Location"] == address("delivery-inspect", sent)
