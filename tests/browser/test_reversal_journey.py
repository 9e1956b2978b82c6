"""A payment recorded wrong: the treasurer asks, the head releases on a phone, the invoice is paid again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from epeken.core import clock
from orders.deliveries import services as deliveries
from orders.orders.models import Order
from orders.orders.states import OrderState
from tests.browser.visitor import Visitor, approve_all
from tests.factories import orders as make
from tests.factories import procurement
from tests.orders.books import balanced

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_head_releases_on_a_phone_and_the_invoice_is_paid_again(
    visit: Callable[..., Visitor], picture: Callable[[str], Path]
) -> None:
    now = clock.now()
    office = procurement.Office(now=now)
    order = make.accepted(make.make_issued(office, now=now), now)  # type: ignore[arg-type]
    delivery = make.arrived(make.shipped(order, now), office.receiver, now)
    make.inspected(delivery, office.receiver, now=now)
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=now)
    make.clear(office, make.invoice_of(order), now)
    make.pay(office, order, now=now, paid_on=clock.local_date(now))  # type: ignore[arg-type]
    page = f"/pesanan/{order.number}/"

    treasurer = visit(width=768, height=1024).sign_in(office.treasurer, second_factor=True)
    treasurer.open(page).press("Salah catat atau dananya kembali? Minta pembatalan")
    treasurer.fill(reason="reference", note="Seharusnya SP2D-002").press("Kirim ke kepala dinas")
    treasurer.sees("Diminta dibatalkan", "sebelum itu pembayaran ini berlaku")

    head = visit(width=360, height=740).sign_in(make.head_of(office), second_factor=True)
    head.open(page).press("Putuskan pembatalannya").sees("Yang diminta dibatalkan", "Seharusnya SP2D-002")
    asked = head.page.locator("#pembayaran").bounding_box()
    answer = head.page.locator("main form[data-once]").bounding_box()
    assert asked is not None
    assert answer is not None
    assert asked["y"] < answer["y"], "what is asked stands above its answer"
    head.page.set_viewport_size({"width": 1280, "height": 800})
    asked = head.page.locator("#pembayaran").bounding_box()
    answer = head.page.locator("main form[data-once]").bounding_box()
    assert asked is not None
    assert answer is not None
    assert asked["x"] >= answer["x"] + answer["width"], "and beside it where there is room"
    head.page.set_viewport_size({"width": 360, "height": 740})
    head.fill(answer="release").press("Simpan keputusan").sees("Pembayaran dibatalkan")
    assert Order.objects.get(pk=order.pk).state != OrderState.FINISHED

    approve_all(head.open("/dinas/persetujuan-bayar/"))
    treasurer.open(page).sees("Uang sudah dikirim").press("Catat ulang pembayaran")
    treasurer.fill(method="ls", reference="SP2D-002", proof=picture("kertas"))
    treasurer.press("Catat ulang pembayaran", within="main form").sees("SP2D-002")
    assert Order.objects.get(pk=order.pk).state == OrderState.FINISHED
    balanced()
