"""Complaints that come to something, each side at their own browser: a seller on a phone offers goods again and the
receiver takes them, the city's officer takes money off an invoice, a person gets money back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from epeken.core import clock
from epeken.core.idempotency import new_key
from orders.billing.services import payments
from orders.deliveries import services as deliveries
from orders.disputes import services as disputes
from orders.disputes.models import Dispute
from orders.documents.models import Document
from orders.orders.models import Order
from tests.browser.visitor import Visitor
from tests.factories import orders as make
from tests.factories import procurement, umkm
from tests.factories import remedies as mend
from tests.factories.orders import DAY, DeliveryMethod
from tests.worker import Worker, wait_until

pytestmark = pytest.mark.django_db(transaction=True)
Visit = Callable[..., Visitor]
Picture = Callable[[str], Path]


def _taken_over(office: procurement.Office) -> Order:
    now = clock.now()
    product = umkm.make_product(umkm.make_seller(name="Dapur Contoh"), name="Nasi kotak", price=30_000)
    order = make.accepted(make.make_issued(office, product, quantity=10, delivery=10_000, now=now), now)  # type: ignore[arg-type]
    delivery = make.arrived(make.shipped(order, now=now), office.receiver, now)
    make.inspected(delivery, office.receiver, now=now)
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=now)
    return Order.objects.get(pk=order.pk)


def test_a_seller_offers_goods_again(visit: Visit, picture: Picture, worker: Worker) -> None:
    office = procurement.Office(now=clock.now())
    order = _taken_over(office)
    page = f"/pesanan/{order.number}/"
    receiver = visit()
    receiver.sign_in(office.receiver, second_factor=True).open(page).press("Ajukan keluhan")
    receiver.fill(complaint="Tiga kotak basi", wish="replacement").press("Kirim keluhan")

    seller = visit(width=360, height=740)
    seller.sign_in(make.member_of(order)).open(page).press("Jawab keluhan")
    hidden = [seller.field(name).is_hidden() for name in ("amount", "quantity", "until")]
    assert hidden == [True, True, True], "no figures for an answer that offers nothing"
    seller.fill(outcome="deduction")
    assert [seller.field(name).is_hidden() for name in ("amount", "quantity", "until")] == [False, True, True]
    until = (clock.now() + DAY).astimezone(clock.ZONE).strftime("%Y-%m-%dT%H:%M")
    seller.fill(answer="Kami ganti besok", outcome="replacement", quantity="11", until=until).press("Kirim jawaban")
    seller.sees("yang diganti paling banyak 10")
    seller.fill(quantity="3").press("Kirim jawaban").sees("mengganti 3 buah Nasi kotak")

    receiver.open(page).press("Jawab tawaran penjual").sees("mengganti 3 buah Nasi kotak")
    receiver.fill(choice="offer", decision="Diganti besok").press("Kirim pilihan")
    receiver.sees("Hasil keluhan", "Giliran penjual: kirim paling lambat")

    treasurer = visit()
    treasurer.sign_in(office.treasurer, second_factor=True).open("/dinas/pembayaran/").sees("Menunggu barang pengganti")

    seller.open("/penjual/").press("Kirim pengganti pesanan").fill(carrier="Kurir sendiri")
    seller.press("Kirim pengganti", within="main form").sees("Sudah dikirim. Dihitung dan diperiksa pembeli")
    receiver.open(page).press("Barang sudah tiba")
    receiver.open(page).press("Ada yang tidak sesuai")
    line = order.deliveries.latest("pk").lines.get()
    receiver.fill(**{f"arrived_{line.pk}": "3", f"accepted_{line.pk}": "3"})
    receiver.fill(photos=picture("kertas")).press("Simpan hasil pemeriksaan")
    receiver.press("Terbitkan BAST").sees("Pengganti diterima")
    treasurer.open(page).sees("Periksa berkas tagihan", "Pengganti diterima")
    sheet = Document.objects.filter(kind="decision", made_at__isnull=False, replaced_at__isnull=True)
    wait_until(sheet.exists, what="the sheet of the decision")
    assert treasurer.fetch(f"{page}berkas/keputusan-keluhan/")[1].startswith(b"%PDF")


def test_the_officer_takes_money_off(visit: Visit) -> None:
    office = procurement.Office(now=clock.now())
    order = _taken_over(office)
    dispute = mend.opened(order, office.receiver, now=clock.now())
    disputes.answer_dispute(actor=make.member_of(order), dispute=dispute, answer="Semua baik", now=clock.now())
    officer = visit()
    officer.sign_in(mend.judge(), second_factor=True).open(f"/admin/orders/dispute/{Dispute.objects.get().pk}/change/")
    officer.fill(result="deduction", amount="900.000", decision="Foto menunjukkan tiga kotak basi")
    officer.press("Putuskan dan kabari kedua pihak").sees("paling banyak Rp310.000")
    officer.fill(amount="90.000").press("Putuskan dan kabari kedua pihak")
    officer.sees("Yang akan diputuskan: Tagihan kiriman", "dipotong Rp90.000")
    officer.fill(confirmed=True).press("Putuskan dan kabari kedua pihak").sees("Keluhan diputuskan")
    treasurer = visit(width=768, height=1024)
    treasurer.sign_in(office.treasurer, second_factor=True).open(f"/pesanan/{order.number}/")
    treasurer.sees("dipotong Rp90.000", "Rp220.000", "Foto menunjukkan tiga kotak basi")
    seller = visit(width=360, height=740)
    seller.sign_in(make.member_of(order)).open("/penjual/uang/").sees("Rp220.000")


def test_a_person_gets_money_back_without_script(visit: Visit, picture: Picture) -> None:
    now = clock.now()
    account = umkm.make_user(name="Warga Contoh")
    (order,) = make.place(account, (umkm.make_product(price=20_000), 3), method=DeliveryMethod.PICKUP, now=now)
    delivery = make.shipped(make.accepted(order, now), now=now)
    deliveries.confirm_received(actor=account, delivery=delivery, now=now)
    payments.record_cash(actor=make.member_of(order), invoice=make.invoice_of(order), key=new_key(), now=now)
    page = f"/pesanan/{order.number}/"
    buyer = visit(width=360, height=740, java_script_enabled=False)
    buyer.sign_in(account).open(page).press("Ajukan keluhan").fill(complaint="Satu rusak", wish="refund").press(
        "Kirim keluhan"
    )
    seller = visit(width=360, height=740)
    seller.sign_in(make.member_of(order)).open(page).press("Jawab keluhan")
    seller.fill(answer="Maaf", outcome="refund", amount="20.000").press("Kirim jawaban").sees("mengembalikan Rp20.000")
    buyer.open(page).press("Jawab tawaran penjual").fill(choice="offer", decision="Setuju")
    buyer.press("Kirim pilihan").sees("Giliran penjual: kembalikan paling lambat")
    seller.open("/penjual/").press("Kembalikan uang pesanan")
    seller.fill(told="Transfer", proof=picture("dapur")).press("Uangnya sudah saya kembalikan").sees("Giliran pembeli")
    buyer.open(page).press("Periksa dan jawab").fill(answer="no").press("Kirim jawaban").sees("Tulis apa yang tidak")
    buyer.fill(answer="yes").press("Kirim jawaban").sees("Dibenarkan pembeli")
    seller.open("/penjual/uang/").sees("Rp40.000", "Sudah dikurangi Rp20.000 yang dikembalikan")
