"""The headline and the three states, over every combination of the four machines."""

import itertools

import pytest

from orders import standing
from orders.models import Bill, Order
from orders.standing import Where, headline, kind_of
from orders.states import (
    BillState,
    Channel,
    CloseReason,
    DeliveryMethod,
    DisputeState,
    OrderState,
    ReceiptState,
)
from tests.factories import orders as make
from tests.factories.orders import DAY, HOUR, MONDAY

ALL = [
    Where(order=o, channel=c, method=m, close_reason=CloseReason.NO_ANSWER, receipt=r, bill=b, dispute=d)
    for o, c, m, r, b, d in itertools.product(
        OrderState, Channel, DeliveryMethod, [None, *ReceiptState], BillState, [None, *DisputeState]
    )
]


def test_every_combination_has_words_and_a_kind() -> None:
    assert len(ALL) == 4 * 3 * 2 * 6 * 7 * 4
    for at in ALL:
        assert headline(at), at
        assert kind_of(at) in {"done", "now", "no"}, at


def test_what_is_over_says_so_whatever_else_is_true() -> None:
    for at in ALL:
        if at.order == OrderState.CLOSED:
            assert (headline(at), kind_of(at)) == ("Batal", "no"), at
        elif at.dispute in (DisputeState.OPENED, DisputeState.ANSWERED):
            assert headline(at).startswith("Sengketa"), at
        elif at.bill == BillState.REFUNDED:
            assert headline(at) == "Uang dikembalikan", at
        elif at.order == OrderState.FINISHED:
            assert (headline(at), kind_of(at)) == ("Selesai", "done"), at


def test_a_running_order_never_reads_as_done() -> None:
    for at in ALL:
        if at.order in (OrderState.PLACED, OrderState.ACCEPTED):
            assert kind_of(at) != "done", at


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (Where(OrderState.PLACED), "Menunggu jawaban penjual"),
        (Where(OrderState.ACCEPTED), "Disiapkan penjual"),
        (Where(OrderState.ACCEPTED, receipt=ReceiptState.SHIPPED), "Dalam perjalanan"),
        (
            Where(OrderState.ACCEPTED, method=DeliveryMethod.PICKUP, receipt=ReceiptState.SHIPPED),
            "Siap diambil",
        ),
        (Where(OrderState.ACCEPTED, receipt=ReceiptState.ARRIVED), "Tiba, menunggu pemeriksaan"),
        (Where(OrderState.ACCEPTED, receipt=ReceiptState.INSPECTED), "Diperiksa, menunggu BAST"),
        (Where(OrderState.ACCEPTED, receipt=ReceiptState.ACCEPTED, bill=BillState.BILLED), "Menunggu bendahara"),
        (
            Where(OrderState.ACCEPTED, receipt=ReceiptState.ACCEPTED, bill=BillState.VERIFIED),
            "Berkas lengkap, siap dibayar",
        ),
        (
            Where(OrderState.ACCEPTED, channel=Channel.CITIZEN, receipt=ReceiptState.ACCEPTED, bill=BillState.PENDING),
            "Menunggu uang tunai dicatat",
        ),
    ],
)
def test_words_along_the_way(at: Where, words: str) -> None:
    assert headline(at) == words


@pytest.mark.django_db
def test_the_three_states_follow_a_purchase() -> None:
    office = make.make_office()
    order = make.make_issued(office)

    def chips() -> list[tuple[str, str]]:
        fresh = Order.objects.select_related("bill", "seller").get(pk=order.pk)
        return [(c.text, c.kind) for c in standing.of(fresh).chips]

    assert chips() == [("Menunggu penjual", "now"), ("Belum dikirim", "wait"), ("Anggaran terikat", "wait")]
    make.accepted(order)
    assert chips() == [("Disanggupi", "done"), ("Disiapkan penjual", "now"), ("Anggaran terikat", "wait")]
    receipt = make.shipped(order)
    assert chips()[1] == ("Dalam perjalanan", "now")
    make.arrived(receipt, office.receiver)
    assert chips()[1] == ("Tiba, belum diperiksa", "now")
    make.inspected(receipt, office.receiver, accept=9)
    assert chips()[1] == ("Diperiksa, menunggu BAST", "now")
    from orders.services import bills, receipts

    receipts.sign_bast(actor=office.receiver, receipt=receipt, office_number="", now=MONDAY + DAY + 3 * HOUR)
    assert chips()[1:] == [("Diterima sebagian", "done"), ("Menunggu bendahara", "now")]
    bills.verify_bill(actor=office.treasurer, bill=Bill.objects.get(order=order), now=MONDAY + 2 * DAY)
    assert chips()[2] == ("Siap dibayar", "now")
    order = Order.objects.get(pk=order.pk)
    make.pay(office, order)
    assert chips() == [("Selesai", "done"), ("Diterima sebagian", "done"), ("Dibayar", "done")]
