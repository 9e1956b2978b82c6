"""The seller confirms a BAST and says that money did not come, on a phone; the treasurer answers, and it is there."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from epeken.core import clock
from orders.deliveries import services as deliveries
from orders.documents.models import Document
from orders.orders.models import Order
from tests.browser.visitor import Visitor
from tests.factories import orders as make
from tests.factories import procurement
from tests.worker import Worker, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_seller_confirms_the_bast_and_misses_the_money(visit: Callable[..., Visitor], worker: Worker) -> None:
    now = clock.now()
    office = procurement.Office(now=now)
    order = make.accepted(make.make_issued(office, now=now), now)  # type: ignore[arg-type]
    delivery = make.arrived(make.shipped(order, now), office.receiver, now)
    make.inspected(delivery, office.receiver, now=now)
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=now)
    wait_until(_made(order, "bast").exists, what="the BAST")

    seller = visit(width=360, height=740).sign_in(make.member_of(order))
    seller.open("/penjual/").press("Konfirmasi BAST").sees("BAST Anda konfirmasi", "Dikonfirmasi penjual")

    make.clear(office, make.invoice_of(order), now)
    make.pay(office, order, now=now, paid_on=clock.local_date(now))  # type: ignore[arg-type]
    wait_until(_made(order, "kuitansi").exists, what="the receipt")
    seller.open("/penjual/").press("Uang belum masuk").fill(note="Mutasi sampai pagi ini tidak memuatnya")
    seller.press("Nyatakan belum masuk").sees("Bendahara memeriksa di bank dan menjawab paling lambat")

    treasurer = visit(width=768, height=1024).sign_in(office.treasurer, second_factor=True)
    treasurer.open("/dinas/").sees("Uang yang menurut penjual belum masuk")
    treasurer.open(f"/pesanan/{order.number}/").press("Jawab penjual")
    treasurer.press("Kirim jawaban").sees("Isi hasil pemeriksaan di bank")
    treasurer.fill(note="Dikirim lewat kliring, masuk sore ini").press("Kirim jawaban").sees("Jawaban dikirim")

    seller.open("/penjual/").press("Uang sudah masuk").sees("Kuitansi menyebut nama Anda", "Diterima penjual")
    page = f"/pesanan/{order.number}/berkas/kuitansi/{make.invoice_of(order).number}/"
    wait_until(lambda: "Uang diterima menurut" in _words(seller.fetch(page)[1]), what="the receipt with the word")
    assert make.member_of(order).name in _words(seller.fetch(page)[1])


def _made(order: Order, kind: str) -> Any:
    return Document.objects.filter(order=order, kind=kind, made_at__isnull=False)


def _words(pdf: bytes) -> str:
    """Of a PDF; nothing of a page that says it is being made."""
    if not pdf.startswith(b"%PDF"):
        return ""
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)
