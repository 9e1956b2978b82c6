"""The goods did not come: the receiver says so on a phone, both sides see it, nothing is handed over and nothing is
billed; what the seller brings afterwards is."""

from collections.abc import Callable
from pathlib import Path

import pytest

from epeken.core import clock
from orders.billing.models import Invoice
from orders.deliveries.models import Delivery
from orders.documents.models import Document
from orders.documents.states import DocumentKind
from tests.browser.visitor import Visitor
from tests.factories import orders as make
from tests.factories import procurement, umkm
from tests.factories.orders import DAY, HOUR
from tests.orders.books import balanced
from tests.worker import run_due_jobs

pytestmark = pytest.mark.django_db(transaction=True)
OF_HANDOVER = (DocumentKind.BAST, DocumentKind.INSPECTION, DocumentKind.INVOICE, DocumentKind.KUITANSI)


def test_goods_that_did_not_come_are_neither_handed_over_nor_billed(
    visit: Callable[..., Visitor], picture: Callable[[str], Path]
) -> None:
    now = clock.now()
    then = now - 2 * DAY
    office = procurement.Office(now=then)
    product = umkm.make_product(price=20_000, on_hand=50)
    order = make.make_issued(office, product, now=then, deliver_at=now - HOUR)  # type: ignore[arg-type]
    delivery = make.shipped(make.accepted(order, then), now - 3 * HOUR)
    page = f"/pesanan/{order.number}/"

    receiver = visit(width=360, height=740).sign_in(office.receiver, second_factor=True)
    receiver.open("/dinas/").press(order.title).press("Barang tidak datang")
    receiver.sees("tidak diperiksa dan tidak ditagih").fill(note="Ditunggu sampai sore, kurir tidak ada")
    receiver.press("Catat tidak datang").sees("Dicatat tidak datang", "Ditunggu sampai sore, kurir tidak ada")
    assert not receiver.page.get_by_role("button", name="Barang sudah tiba").count()
    run_due_jobs()
    assert Delivery.objects.get(pk=delivery.pk).state == "missed"
    assert not Invoice.objects.exists()
    assert not Document.objects.filter(kind__in=OF_HANDOVER).exists()
    assert not receiver.page.locator("a[href*='/berkas/berita-acara-serah-terima']").count()
    assert receiver.fetch(f"{page}berkas/berita-acara-serah-terima/{delivery.number}/")[0] == 404

    seller = visit(width=360, height=740).sign_in(make.member_of(order)).open("/penjual/")
    seller.open(page).sees("Barang tidak datang", "Ditunggu sampai sore, kurir tidak ada")
    seller.sees("ditunggu lagi sampai").press("Catat pengiriman")
    seller.fill(carrier="Kurir sendiri").press("Kirim sekarang").sees("SJ-")
    assert Delivery.objects.filter(order=order, state="shipped").exists(), seller.said()
    balanced()

    receiver.open(page).press("Barang sudah tiba")
    assert Delivery.objects.filter(order=order).count() == 2
    balanced()
