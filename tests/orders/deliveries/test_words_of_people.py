"""What a person who buys for themselves reads about goods that came, and about what they pay."""

from datetime import time
from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from epeken.core import clock
from epeken.core.i18n.words import rupiah
from epeken.users.models import User
from orders.deliveries import services as deliveries
from orders.documents.pages import document_list_of
from orders.orders import words
from orders.orders.models import Order
from orders.orders.states import DeliveryMethod
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.users import signed_in
from tests.orders.pages import url
from umkm.sellers.states import SellerKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(citizen: User, time_machine: Any) -> Order:
    """Two of twenty thousand on their way, which the buyer says came."""
    order = mend.issued_to(citizen, price=20_000, quantity=2)
    delivery = make.shipped(order)
    time_machine.move_to(MONDAY + DAY + HOUR, tick=False)
    deliveries.mark_arrived(actor=citizen, delivery=delivery, now=clock.now())
    return Order.objects.get(pk=order.pk)


def test_what_was_refused_is_not_paid_and_the_page_says_what_is(order: Order, citizen: User) -> None:
    client = signed_in(citizen)
    inspect = url("delivery-inspect", order.number)
    page = client.get(inspect)
    text = page.content.decode()
    assert "Semuanya sesuai?" not in text  # chosen already, a page before
    assert "dari angka ini dihitung yang Anda bayar" in text
    line = order.deliveries.get().lines.get()
    sent = {
        "key": page.context["form"]["key"].value(), f"arrived_{line.pk}": "2", f"accepted_{line.pk}": "1",
        f"remark_{line.pk}": "Satu sobek",
    }  # fmt: skip
    answer = client.post(inspect, sent, follow=True).content.decode()
    due = rupiah(make.invoice_of(order).outstanding)
    assert f"Barang diterima. Bayar {due} tunai kepada penjual." in answer
    detail = " ".join(answer.split())
    assert f"> Bayar {due} tunai kepada penjual <" in detail and "Penjual yang mencatat uangnya" in detail
    assert make.invoice_of(order).number not in strip_tags(detail) and "Untuk penjual" not in detail
    # Before the goods, once; the head and the list say what is paid and no more what was ordered.
    assert detail.index(f"> Bayar {due} tunai kepada penjual <") < detail.index('id="barang"')
    assert detail.count(f"Bayar {due} tunai kepada penjual <") == 1 and rupiah(order.total) not in detail
    assert f"{due} tunai<" in detail and "Tunai saat diterima" not in detail
    listed = client.get(url("order-list")).content.decode()
    assert due in listed and rupiah(order.total) not in listed
    shop = signed_in(make.member_of(order)).get(url("order-detail", order.number)).content.decode()
    assert "Anda terima" in shop and "Penjual yang mencatat uangnya" not in shop


def test_goods_nobody_fetched_in_time_say_so_in_both_lists(citizen: User, time_machine: Any) -> None:
    (order,) = make.place(citizen, (goods.make_product(), 1), method=DeliveryMethod.PICKUP)
    make.shipped(make.accepted(order))
    said = "Lewat waktunya. Ambil atau hubungi penjual"
    client = signed_in(citizen)
    for moment, is_late in ((order.deliver_at - HOUR, False), (order.deliver_at + HOUR, True)):
        time_machine.move_to(moment, tick=False)
        assert (said in client.get(url("order-list")).content.decode()) is is_late, moment
        desk = signed_in(make.member_of(order)).get(reverse("site:seller-dashboard")).text
        assert (f"Belum diambil: {order.number}" in desk) is is_late, moment


def test_who_fetches_at_a_stall_is_told_which(citizen: User) -> None:
    stall = goods.make_seller(kind=SellerKind.SWK, stall_number="C6", opens_at=time(8), closes_at=time(21))
    (order,) = make.place(citizen, (goods.make_product(stall), 1), method=DeliveryMethod.PICKUP)
    page = " ".join(strip_tags(signed_in(citizen).get(url("order-detail", order.number)).text).split())
    assert f"Tempat Stan C6 {stall.food_court} Buka 08.00" in page
    assert words.method_words(order) == "Diambil di stan"
    (order,) = make.place(citizen, (goods.make_product(), 1), method=DeliveryMethod.PICKUP)
    assert words.method_words(order) == "Diambil di toko"


def test_a_place_that_was_filled_stays_counted_while_its_new_edition_is_made(run_jobs: Any) -> None:
    office = make.make_office()
    order = make.make_issued(office)
    run_jobs()
    before = document_list_of(Order.objects.get(pk=order.pk), office.pp, MONDAY).count
    make.accepted(order)  # a new edition of the surat pesanan is asked for
    assert document_list_of(Order.objects.get(pk=order.pk), office.pp, MONDAY).count == before
