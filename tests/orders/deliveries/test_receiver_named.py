"""Papers name whom of the department the goods are handed to on the day, with the phone, not who asked for them."""

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.users.models import User
from orders.deliveries.models import Delivery
from orders.documents.layout import facts
from orders.orders import parties
from orders.orders.models import Order
from orders.sales import packing
from procurement.agencies.models import AgencyMember
from procurement.agencies.states import OfficerRole
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.users import signed_in
from tests.kept_steps import kept

pytestmark = pytest.mark.django_db

PHONE = "+6281234500001"


@pytest.fixture
@kept
def office() -> make.Office:
    made = make.make_office()
    User.objects.filter(pk=made.receiver.pk).update(name="Penerima Satu", phone=PHONE)
    return made


@kept
def issued(office: make.Office) -> Order:
    return make.accepted(make.make_issued(office, goods.make_product(price=10_000, on_hand=50)))


def test_the_order_and_its_surat_jalan_name_the_receiver_of_the_day(office: make.Office) -> None:
    order = issued(office)
    assert (order.buyer_party.receiver, order.buyer_party.receiver_phone) == ("Penerima Satu", PHONE)
    sent = make.shipped(order)
    assert (sent.awaited_by, sent.awaited_by_phone) == ("Penerima Satu", PHONE)
    told = dict(facts.contacts(order, sent.awaited_by, sent.awaited_by_phone))
    assert told["Penerima barang"] == "Penerima Satu, 0812-3450-0001"
    assert told["Narahubung"].startswith(office.requester.name)


def test_who_follows_until_the_day_is_named_on_the_surat_jalan(office: make.Office) -> None:
    """The receiver named on the order leaves before the goods come: its paper stays, the next names who follows."""
    order = issued(office)
    day = make.local(order.deliver_at)
    AgencyMember.objects.filter(user=office.receiver).update(valid_until=day - DAY)
    successor = goods.make_user()
    make.membership(office.agency, successor, OfficerRole.RECEIVER)
    sent = make.shipped(order)
    assert sent.awaited_by == successor.name
    assert order.buyer_party.receiver == "Penerima Satu"


def test_no_other_side_of_the_purchase_is_named(office: make.Office) -> None:
    """Who asked, approved or issued receives nothing, whatever offices they hold."""
    AgencyMember.objects.filter(user=office.receiver).update(role=OfficerRole.HEAD)
    for person in (office.requester, office.pp):
        make.membership(office.agency, person, OfficerRole.RECEIVER)
    order = issued(office)
    assert parties.receiver_of_day(order.request, order.issuer_id, make.local(MONDAY + DAY)) is None
    assert order.buyer_party.receiver == ""
    assert dict(facts.contacts(order, "", ""))["Penerima barang"] == "penerima barang dinas ini"


def test_the_seller_sees_the_receiver_and_only_the_sides_see_the_phone(office: make.Office) -> None:
    order = issued(office)
    page = reverse("orders:order-detail", args=[order.number])
    seen = signed_in(make.member_of(order)).get(page).content.decode()
    assert "Penerima Satu" in seen
    assert f"tel:{PHONE}" in seen
    read = signed_in(goods.make_staff("procurement.inspect_all")).get(page).content.decode()
    assert "Penerima Satu" in read
    assert PHONE not in read


def test_what_is_packed_and_carried_names_the_receiver_and_calls_the_other_a_contact(office: make.Office) -> None:
    order = make.accepted(make.make_issued(office, goods.make_product(price=10_000, on_hand=50)))
    day = clock.local_date(order.deliver_at)
    seller = signed_in(make.member_of(order))
    page = {"hari": f"{day:%d-%m-%Y}"}
    text = " ".join(seller.get(reverse("orders:packing-list"), page).text.split())
    assert "Penerima barang: Penerima Satu" in text
    assert f"tel:{PHONE}" in text
    assert f"Narahubung: {order.recipient}" in text
    # Who follows until the day is named, and nobody where none is appointed.
    AgencyMember.objects.filter(user=office.receiver).update(valid_until=day - DAY)
    assert "Penerima barang: penerima barang dinas ini" in " ".join(
        seller.get(reverse("orders:packing-list"), page).text.split()
    )
    make.membership(office.agency, office.requester, OfficerRole.RECEIVER)  # is another side of it
    successor = goods.make_user(name="Penerima Dua")
    make.membership(office.agency, successor, OfficerRole.RECEIVER)
    (packed,) = packing.orders_on(order.seller, day, MONDAY + HOUR)
    assert packed.receiver == successor
    User.objects.filter(pk=successor.pk).update(phone=PHONE)
    sent = make.shipped(order)
    carried = seller.get("/luring/").text
    assert sent.awaited_by == "Penerima Dua" and "Penerima Dua" in carried
    assert f"tel:{PHONE}" in carried


def test_a_person_receives_for_themselves() -> None:
    order = make.accepted(make.place(goods.make_user(), (goods.make_product(on_hand=5), 1))[0])
    sent: Delivery = make.shipped(order)
    assert sent.awaited_by == ""
    assert [label for label, _ in facts.contacts(order, "", "")] == ["Penerima"]
