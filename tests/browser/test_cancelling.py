"""An accepted order is cancelled by two, each at their own browser: the department asks, the seller claims on a phone,
another officer agrees; the figures for everybody count it. Another seller is released, and a person waits for a yes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from epeken.core import clock
from orders.cancellations.models import Cancellation
from orders.documents.models import Document
from orders.orders.models import Order
from tests.browser.visitor import Visitor
from tests.factories import orders as make
from tests.factories import procurement, umkm
from tests.factories.orders import DeliveryMethod
from tests.worker import Worker, wait_until

pytestmark = pytest.mark.django_db(transaction=True)
Visit = Callable[..., Visitor]
Picture = Callable[[str], Path]


def _accepted(office: procurement.Office, name: str = "Nasi kotak") -> Order:
    now = clock.now()
    product = umkm.make_product(umkm.make_seller(name=f"Dapur {name}"), name=name, price=30_000)
    return make.accepted(make.make_issued(office, product, quantity=10, delivery=10_000, now=now), now)  # type: ignore[arg-type]


def test_a_department_cancels_with_a_claim(visit: Visit, worker: Worker, picture: Picture) -> None:
    office = procurement.Office(now=clock.now())
    order = _accepted(office)
    page = f"/pesanan/{order.number}/"

    asker = visit()
    asker.sign_in(office.pp, second_factor=True).open(page).press("Minta pembatalan")
    asker.sees("menuntut ganti rugi", "10 buah Nasi kotak", "Rp310.000")
    asker.fill(reason="budget").press("Kirim permintaan ke penjual").sees("Tulis nomor keputusan")
    asker.fill(decree="900.1/55/2026").press("Kirim permintaan ke penjual").sees("Diminta batal, menunggu jawaban")

    seller = visit(width=360, height=740)
    seller.sign_in(make.member_of(order)).open("/penjual/").press("Jawab permintaan batal")
    seller.sees("Anggaran ditarik dengan keputusan", "900.1/55/2026", "Paling banyak Rp310.000")
    seller.fill(answer="claim", amount="400.000", spent_on="Beras dan ayam untuk 10 kotak", evidence=picture("dapur"))
    seller.press("Kirim jawaban").sees("Paling banyak Rp310.000, yaitu nilai yang dipesan")
    seller.fill(amount="120.000").press("Kirim jawaban").sees("Penjual menuntut ganti rugi", "Rp120.000")

    agreer = visit()
    agreer.sign_in(office.ppk, second_factor=True).open("/dinas/").sees("Pembatalan menunggu Anda")
    agreer.press("Jawab tuntutan ganti rugi").sees("Rp120.000", "Beras dan ayam", "Bawa ke petugas kota")
    agreer.fill(answer="agree", note="Berasnya sudah dibeli").press("Kirim jawaban")
    agreer.sees("Batal dengan ganti rugi yang disepakati", "Rp120.000", "Kesepakatan pembatalan")
    order.refresh_from_db()
    assert (order.state, order.commitment.state) == ("closed", "void")
    office.line.refresh_from_db()
    assert office.line.committed == 0
    status, body = agreer.fetch(f"{page}pembatalan/{Cancellation.objects.get().pk}/bukti/")
    assert (status, body[:4] != b"<!do") == (200, True)
    sheet = Document.objects.filter(kind="cancellation", made_at__isnull=False)
    wait_until(sheet.exists, what="the sheet of the agreement")
    assert agreer.fetch(f"{page}berkas/kesepakatan-pembatalan/")[1].startswith(b"%PDF")

    anybody = visit(width=360, height=740)
    anybody.open("/untuk-dinas/").press("Lihat angkanya")
    anybody.sees("1 dari 1 pesanan", "Rp120.000", office.agency.short_name)
    for secret in (order.seller.name, office.pp.name, office.ppk.name, order.number):
        assert secret not in anybody.said()


def test_a_seller_is_released_by_the_department(visit: Visit) -> None:
    office = procurement.Office(now=clock.now())
    order = _accepted(office)
    sold = order.lines.get().product
    other = umkm.make_seller(name="Dapur Pengganti")
    umkm.make_product(other, price=25_000, name=sold.name, category=sold.category, unit=sold.unit)
    page = f"/pesanan/{order.number}/"
    seller = visit(width=360, height=740)
    seller.sign_in(make.member_of(order)).open(page).press("Minta dilepas dari pesanan")
    seller.fill(reason="cannot_make", note="Kompor rusak").press("Kirim permintaan ke pembeli")
    seller.sees("Diminta batal, menunggu jawaban", "Tarik permintaan")
    officer = visit()
    officer.sign_in(office.pp, second_factor=True).open(page).press("Jawab permintaan ini")
    officer.sees("Kompor rusak").fill(answer="consent").press("Kirim jawaban").sees("Batal")
    officer.open(f"/dinas/permintaan/{order.request.number}/").sees("mundur dari pesanan", "Dapur Pengganti")


def test_a_person_and_a_seller_without_script(visit: Visit) -> None:
    buyer_account = umkm.make_user(name="Warga Contoh")
    (order,) = make.place(buyer_account, (umkm.make_product(), 2), method=DeliveryMethod.PICKUP, now=clock.now())
    make.accepted(order, clock.now())
    page = f"/pesanan/{order.number}/"
    buyer = visit(java_script_enabled=False)
    buyer.sign_in(buyer_account).open(page).press("Minta pembatalan")
    buyer.fill(reason="other").press("Kirim permintaan ke penjual").sees("Tulis alasannya")
    buyer.fill(note="Salah hari").press("Kirim permintaan ke penjual").sees("Diminta batal")
    seller = visit(width=360, height=740)
    seller.sign_in(make.member_of(order)).open(page).press("Jawab permintaan ini")
    assert "ganti rugi" not in seller.said()
    seller.fill(answer="refuse").press("Kirim jawaban").sees("Tulis jawaban Anda")
    seller.fill(note="Sudah dimasak").press("Kirim jawaban").sees("Pembatalan tidak disetujui", "Sudah dimasak")
    buyer.open(page).press("Minta pembatalan").fill(reason="not_needed").press("Kirim permintaan ke penjual")
    buyer.press("Tarik permintaan").sees("Permintaan ditarik")
    order.refresh_from_db()
    assert order.state == "accepted"
