"""The headline and the three states, over every combination of the four machines."""

import itertools

import pytest
from django.urls import reverse

from orders.billing.models import Invoice
from orders.billing.states import InvoiceState
from orders.cancellations.states import WAITING, CancellationState
from orders.deliveries.states import DeliveryState
from orders.disputes import services as disputes
from orders.disputes.states import DisputeState
from orders.orders import status
from orders.orders.models import Order
from orders.orders.pages.parts import invoice_parts
from orders.orders.states import Channel, CloseReason, DeliveryMethod, OrderState
from orders.orders.status import Where, headline, kind_of
from tests.factories import orders as make
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.users import signed_in

ALL = [
    Where(o, c, m, CloseReason.NO_ANSWER, delivery=r, invoice=b, dispute=d, rest=w, cancellation=a)
    for o, c, m, r, b, d, w, a in itertools.product(
        OrderState,
        Channel,
        DeliveryMethod,
        [None, *DeliveryState],
        [None, *InvoiceState],
        [None, *DisputeState],
        [True, False],
        [None, *WAITING],
    )
]


def test_every_combination_has_words_and_a_kind() -> None:
    assert len(ALL) == 4 * 3 * 2 * 8 * 6 * 5 * 2 * 3
    for at in ALL:
        assert headline(at), at
        assert kind_of(at) in {"done", "now", "no"}, at


def test_what_is_over_says_so_whatever_else_is_true() -> None:
    for at in ALL:
        if at.order == OrderState.CLOSED:
            assert (headline(at), kind_of(at)) == ("Batal", "no"), at
        elif at.dispute in (DisputeState.OPENED, DisputeState.ANSWERED):
            assert headline(at).startswith("Keluhan:"), at
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
        (Where(OrderState.ACCEPTED, cancellation=CancellationState.ASKED), "Diminta batal, menunggu jawaban"),
        (Where(OrderState.ACCEPTED, cancellation=CancellationState.CLAIMED), "Ganti rugi menunggu jawaban dinas"),
        (Where(OrderState.ACCEPTED, delivery=DeliveryState.SHIPPED), "Dalam perjalanan"),
        (Where(OrderState.ACCEPTED, delivery=DeliveryState.SHIPPED, rest=True), "Sebagian dalam perjalanan"),
        (
            Where(OrderState.ACCEPTED, method=DeliveryMethod.PICKUP, delivery=DeliveryState.SHIPPED, rest=True),
            "Sebagian siap diambil",
        ),
        (
            Where(OrderState.ACCEPTED, method=DeliveryMethod.PICKUP, delivery=DeliveryState.SHIPPED),
            "Siap diambil",
        ),
        (
            Where(OrderState.ACCEPTED, delivery=DeliveryState.ACCEPTED, invoice=InvoiceState.ISSUED, rest=True),
            "Sisa barang disiapkan penjual",
        ),
        (Where(OrderState.ACCEPTED, delivery=DeliveryState.REJECTED, rest=True), "Sisa barang disiapkan penjual"),
        (Where(OrderState.ACCEPTED, delivery=DeliveryState.ARRIVED), "Tiba, menunggu pemeriksaan"),
        (Where(OrderState.ACCEPTED, delivery=DeliveryState.INSPECTED), "Diperiksa, menunggu BAST"),
        (
            Where(OrderState.ACCEPTED, delivery=DeliveryState.INSPECTED, is_refused=True),
            "Diperiksa, tidak ada yang baik",
        ),
        (
            Where(OrderState.ACCEPTED, delivery=DeliveryState.ACCEPTED, invoice=InvoiceState.ISSUED),
            "Menunggu bendahara",
        ),
        (
            Where(OrderState.ACCEPTED, delivery=DeliveryState.ACCEPTED, invoice=InvoiceState.VERIFIED),
            "Menunggu persetujuan bayar",
        ),
        (
            Where(OrderState.ACCEPTED, delivery=DeliveryState.ACCEPTED, invoice=InvoiceState.APPROVED),
            "Siap dibayar",
        ),
        (
            Where(
                OrderState.ACCEPTED,
                delivery=DeliveryState.ACCEPTED,
                invoice=InvoiceState.VERIFIED,
                hold="lainnya",
            ),
            "Ditahan: lainnya",
        ),
        (
            Where(
                OrderState.ACCEPTED,
                channel=Channel.CITIZEN,
                delivery=DeliveryState.ACCEPTED,
                invoice=InvoiceState.ISSUED,
            ),
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
        fresh = Order.objects.select_related("commitment", "seller").get(pk=order.pk)
        return [(c.text, c.kind) for c in status.of(fresh, MONDAY + DAY).chips]

    assert chips() == [("Menunggu penjual", "now"), ("Belum dikirim", "wait"), ("Anggaran terikat", "wait")]
    make.accepted(order)
    assert chips() == [("Disanggupi", "done"), ("Disiapkan penjual", "now"), ("Anggaran terikat", "wait")]
    delivery = make.shipped(order)
    assert chips()[1] == ("Dalam perjalanan", "now")
    make.arrived(delivery, office.receiver)
    assert chips()[1] == ("Tiba, belum diperiksa", "now")
    make.inspected(delivery, office.receiver, accept=9)
    assert chips()[1] == ("Diperiksa, menunggu BAST", "now")
    from orders.deliveries import services as deliveries

    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=MONDAY + DAY + 3 * HOUR)
    assert chips()[1:] == [("Diterima sebagian", "done"), ("Menunggu bendahara", "now")]
    make.clear(office, Invoice.objects.get(order=order), MONDAY + 2 * DAY)
    assert chips()[2] == ("Siap dibayar", "now")
    order = Order.objects.get(pk=order.pk)
    make.pay(office, order)
    assert chips() == [("Selesai", "done"), ("Diterima sebagian", "done"), ("Dibayar", "done")]


@pytest.mark.django_db
def test_what_a_dispute_stops_waits_for_nobody_and_tells_no_day() -> None:
    office = make.make_office()
    arrived = make.accepted(make.make_issued(office))
    make.arrived(make.shipped(arrived), office.receiver)
    billed = make.taken_over(office, make.make_issued(office))
    now = MONDAY + 2 * DAY

    def chips(order: Order) -> list[tuple[str, str, str]]:
        return [
            (chip.text, chip.kind, chip.note) for chip in status.of(Order.objects.get(pk=order.pk), MONDAY + DAY).chips
        ]

    stopped = "berhenti sampai keluhan selesai"
    for order, which, text in [(arrived, 1, "Tiba, belum diperiksa"), (billed, 2, "Menunggu bendahara")]:
        assert chips(order)[which][:2] == (text, "now")
        dispute = disputes.open_dispute(actor=office.receiver, order=order, complaint="Penyok", now=now)
        money = ("Berhenti karena keluhan", "wait", "")
        assert chips(order)[which] == (money if which == 2 else (text, "wait", stopped))
        assert chips(order)[0][1] == "done"
        disputes.decide_dispute(actor=office.receiver, dispute=dispute, decision="Diganti", now=now + HOUR)
        assert chips(order)[which][:2] == (text, "now")
        assert "batas" in chips(order)[which][2] or "paling lambat" in chips(order)[which][2]


@pytest.mark.django_db
def test_the_page_of_a_disputed_order_counts_no_days_to_pay() -> None:
    office = make.make_office()
    order = make.taken_over(office, make.make_issued(office))
    now = MONDAY + 2 * DAY
    disputes.open_dispute(actor=office.receiver, order=order, complaint="Penyok", now=now)
    (part,) = invoice_parts(Order.objects.get(pk=order.pk), office.treasurer, now, [])
    assert (part.clock, part.paused) == (None, True)
    page = signed_in(office.treasurer).get(reverse("orders:order-detail", args=[order.number])).content.decode()
    assert "Waktu bayar berhenti" in page and "hari kerja sejak BAST" not in page
    money = signed_in(make.member_of(order)).get(reverse("site:seller-money")).content.decode()
    assert "waktu berhenti" in money
