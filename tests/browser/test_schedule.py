"""A standing order: the requester writes its dates, the seller sends for one of them on a phone."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from epeken.core import clock
from orders.orders.models import Order
from procurement.requests.models import PurchaseRequest
from tests.browser.visitor import Visitor
from tests.factories import orders as make_orders
from tests.factories import procurement
from tests.factories import schedules as planned
from umkm.catalogue.states import Keeps

pytestmark = pytest.mark.django_db(transaction=True)
Visit = Callable[..., Visitor]


def test_a_snack_for_three_days_is_ordered_once_and_sent_by_date(visit: Visit) -> None:
    now = clock.now()
    office = procurement.Office(now=now)
    first = now.astimezone(clock.ZONE).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=6)
    snack = planned.make_snack(keeps=Keeps.DRY)  # packed, so one of a later day may leave today
    request = procurement.make_request(office, [(snack, 50)], now=now, event_at=None, deliver_at=first)
    line = request.lines.get()
    requester = visit()
    requester.sign_in(office.requester, second_factor=True).open(f"/dinas/permintaan/{request.number}/")
    requester.press("Kirim di beberapa tanggal").fill(every="1", times="3").press("Buat tanggalnya")
    requester.sees("Jadwal tersimpan: 3 tanggal", "Rp3.030.000")
    requester.fill(**{f"banyak-1-{line.pk}": "70"}).press("Simpan jadwal")
    requester.open(f"/dinas/permintaan/{request.number}/").sees("3 kali kirim", "untuk", "tersisa 60")
    requester.press("Ubah jadwal pengiriman").fill(**{f"banyak-1-{line.pk}": "40", "tempat-1": "Balai RW 3"})
    requester.press("Simpan jadwal").open(f"/dinas/permintaan/{request.number}/").press("Kirim permintaan")
    requester.sees("Menunggu persetujuan", "Pengiriman ke-2", "40 kotak Kudapan kotak", "Balai RW 3")

    officer = visit()
    officer.sign_in(office.pp, second_factor=True).open(f"/dinas/persetujuan/{request.number}/")
    officer.sees("Pengiriman ke-3").press("Setujui permintaan")
    officer.open(f"/dinas/permintaan/{request.number}/").press("Terbitkan surat pesanan")
    order = Order.objects.get()
    assert PurchaseRequest.objects.get().state == "ordered"

    seller = visit(width=360, height=740)
    seller.sign_in(make_orders.member_of(order))
    make_orders.accepted(order, clock.now())
    seller.open(f"/pesanan/{order.number}/").sees("Pengiriman ke-1", "50 kotak Kudapan kotak")
    seller.open(f"/pesanan/{order.number}/kirim/?tanggal=2").sees("Pengiriman ke-2, tiba paling lambat")
    seller.fill(carrier="Kurir sendiri").press("Kirim sekarang").sees("Surat jalan terbit", "sudah dikirim")
    assert order.deliveries.get().deliver_at == first + timedelta(days=1)

    officer.open(f"/pesanan/{order.number}/perubahan/?tanggal=3").fill(what="drop", reason="Kelasnya ditiadakan")
    officer.press("Kirim usul ke penjual").sees("Perubahan diusulkan, menunggu jawaban", "dihapus")
    seller.open(f"/pesanan/{order.number}/").press("Jawab usul ini").sees("Pengiriman ke-3", "Kelasnya ditiadakan")
    seller.fill(answer="agree").press("Kirim jawaban").sees("dihapus dengan adendum", "Adendum")
