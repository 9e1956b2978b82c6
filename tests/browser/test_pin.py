"""Goods at a department's door: the seller's phone types the PIN that the receiver reads out of theirs."""

from collections.abc import Callable

import pytest

from epeken.core import clock
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.pins import pins
from tests.browser.visitor import Visitor
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.users import enrol


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pin_is_read_out_and_typed(visit: Callable[..., Visitor], transactional_db: None, width: int) -> None:
    now = clock.now()
    office = make.make_office(now=now)
    enrol(office.receiver)
    order = make.make_issued(office, goods.make_product(price=10_000, on_hand=50), now=now)
    sent = make.shipped(make.accepted(order, now=now), now=now)
    page = f"/pesanan/{order.number}/"
    receiver = visit(width=width, height=740).sign_in(office.receiver, second_factor=True).open(page)
    said = receiver.page.locator("code.pin").inner_text()
    seller = visit(width=width, height=740).sign_in(make.member_of(order)).open(page).press("Kode QR dan PIN")
    wrong = f"{(int(pins.pin_of(sent)) + 1) % 10**6:06d}"
    seller.fill(pin=wrong).press("Catat sudah diserahkan").sees(
        "PIN salah untuk kiriman ini. Masih dapat dicoba 4 kali."
    )
    seller.fill(pin=said).press("Catat sudah diserahkan").sees("Kedatangan dicatat dengan PIN penerima.")
    assert Delivery.objects.get(pk=sent.pk).state == DeliveryState.ARRIVED
    receiver.open(page).sees("dicatat penjual dengan PIN penerima", "Periksa barangnya")


def test_the_code_of_the_slip_leads_to_the_arrival(visit: Callable[..., Visitor], transactional_db: None) -> None:
    now = clock.now()
    office = make.make_office(now=now)
    enrol(office.receiver)
    order = make.make_issued(office, goods.make_product(price=10_000, on_hand=50), now=now)
    sent = make.shipped(make.accepted(order, now=now), now=now)
    receiver = visit(width=360, height=740).sign_in(office.receiver, second_factor=True)
    receiver.open(f"/pesanan/{order.number}/kirim/{sent.number}/tiba/").sees("Isi kiriman")
    receiver.press("Barang sudah tiba").sees("Periksa barang")
    assert Delivery.objects.get(pk=sent.pk).state == DeliveryState.ARRIVED
