"""An order of a person: words of a delivery where goods are fetched, no words of a department, a way back."""

import pytest
from django.utils.html import strip_tags
from django.utils.translation import override

from epeken.core import clock
from epeken.notifications.models import Notification
from epeken.notifications.rendering import render
from epeken.users.models import User
from orders.deliveries import services as deliveries
from orders.disputes import services as disputes
from orders.orders import status
from orders.orders.models import Order, goods_words
from orders.orders.states import DeliveryMethod
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.users import signed_in
from tests.orders.pages import url

pytestmark = pytest.mark.django_db


def bought(buyer: User, method: DeliveryMethod) -> Order:
    now = clock.now()
    return make.accepted(make.place(buyer, (goods.make_product(), 5), method=method, now=now)[0], now=now)


def fetched(buyer: User) -> Order:
    return bought(buyer, DeliveryMethod.PICKUP)


def text_of(person: User, address: str) -> str:
    page = signed_in(person).get(address).content.decode()
    return " ".join(page[page.index("<main") : page.index("</main>")].split())


@pytest.mark.parametrize(
    ("method", "due", "title", "told"),
    [
        (DeliveryMethod.PICKUP, "siap paling lambat", "Siapkan untuk diambil", "Barang siap diambil paling lambat"),
        (DeliveryMethod.SELLER, "tiba paling lambat", "Kirim barang", "Barang tiba paling lambat"),
    ],
)
def test_goods_that_are_fetched_do_not_arrive(
    stranger: User, method: DeliveryMethod, due: str, title: str, told: str
) -> None:
    order = bought(stranger, method)
    assert status.of(order, clock.now()).chips[1].note.startswith(due)
    assert title in text_of(stranger, url("order-detail", order.number))
    assert render(Notification.objects.get(person=stranger), "id").body.startswith(told)


def test_no_carrier_is_named_where_goods_are_fetched(stranger: User) -> None:
    order = fetched(stranger)
    make.shipped(order, now=clock.now())
    page = text_of(stranger, url("order-detail", order.number))
    assert "Siap diambil, surat jalan SJ-" in page and "Dikirim, surat jalan" not in page
    deliveries.mark_arrived(actor=stranger, delivery=order.deliveries.get(), now=clock.now())
    page = text_of(stranger, url("delivery-inspect", order.number))
    assert "diambil di toko." in page and "dibawa" not in page


def test_a_person_reads_no_word_of_a_department(stranger: User, order: Order, office: make.Office) -> None:
    mine = fetched(stranger)
    make.shipped(mine, now=clock.now())
    deliveries.mark_arrived(actor=stranger, delivery=mine.deliveries.get(), now=clock.now())
    for name in ("delivery-inspect", "dispute-create"):
        page = text_of(stranger, url(name, mine.number))
        assert "BAST" not in page and "sengketa" not in page.lower()
    assert "Kirim keluhan" in text_of(stranger, url("dispute-create", mine.number))
    now = clock.now()
    dispute = disputes.open_dispute(actor=stranger, order=mine, complaint="Satu sobek", now=now)
    seller = make.member_of(mine)
    pages = [
        (stranger, url("order-list")),
        (seller, url("dispute-answer", mine.number)),
        (stranger, url("dispute-settle", mine.number)),
        *((person, url("order-detail", mine.number)) for person in (stranger, seller)),
    ]
    for person, address in pages:
        assert "sengketa" not in strip_tags(text_of(person, address)).lower(), address
    disputes.answer_dispute(actor=seller, dispute=dispute, answer="Kami ganti", now=now)
    disputes.decide_dispute(actor=stranger, dispute=dispute, decision="Sudah diganti", now=now)
    assert "Keluhan selesai" in text_of(stranger, url("order-detail", mine.number))
    told = [render(notice, "id") for notice in Notification.objects.filter(kind__startswith="dispute.")]
    assert len(told) == 3 + 1 and not any("sengketa" in words.title.lower() for words in told)
    make.arrived(make.shipped(make.accepted(order, now=now), now=now), office.receiver, now=now)
    assert "bukti di BAST" in text_of(office.receiver, url("delivery-inspect", order.number))
    assert "menunggu sampai keluhan ini selesai: BAST." in text_of(office.receiver, url("dispute-create", order.number))


def test_an_order_leads_back_to_the_list_it_stands_in(stranger: User, order: Order, office: make.Office) -> None:
    mine = fetched(stranger)
    lists = [
        (stranger, mine, "order-list"),
        (make.member_of(mine), mine, "seller-orders"),
        (make.member_of(order), order, "seller-orders"),
        (office.receiver, order, "agency-orders"),
    ]
    for person, seen, name in lists:
        assert f'<a class="go" href="{url(name)}">' in text_of(person, url("order-detail", seen.number))


def test_a_quantity_is_read_with_its_unit(stranger: User) -> None:
    order = fetched(stranger)
    line = order.lines.get()
    assert f">5 {line.get_unit_display()}</td>" in text_of(stranger, url("order-detail", order.number)).replace(
        "> 5", ">5"
    ).replace(" </td>", "</td>")


def test_one_other_product_is_singular_in_english(stranger: User) -> None:
    lines = list(fetched(stranger).lines.all()) * 3
    with override("en"):
        assert goods_words(lines[:2]).endswith("and 1 other product")
        assert goods_words(lines).endswith("and 2 other products")
