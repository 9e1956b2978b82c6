"""A surat pesanan is changed by two at their own browsers: the department proposes at a desk, the seller answers on a
phone; then the seller proposes another moment, and the department refuses."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from epeken.core import clock
from orders.addenda.models import Addendum
from orders.addenda.states import AddendumState
from orders.documents.models import Document
from orders.orders.models import Order
from tests.browser.visitor import Visitor
from tests.factories import orders as make
from tests.factories import procurement, umkm
from tests.worker import Worker, wait_until

pytestmark = pytest.mark.django_db(transaction=True)
Visit = Callable[..., Visitor]


def _fits(visitor: Visitor) -> None:
    """Nothing is wider than the phone."""
    wide = visitor.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360


def test_a_surat_pesanan_is_changed_by_both(visit: Visit, worker: Worker) -> None:
    now = clock.now()
    office = procurement.Office(now=now)
    product = umkm.make_product(umkm.make_seller(name="Dapur Nasi kotak"), name="Nasi kotak", price=30_000)
    issued = make.make_issued(office, product, quantity=10, delivery=10_000, now=now)  # type: ignore[arg-type]
    order = make.accepted(issued, now)
    page, box = f"/pesanan/{order.number}/", f"quantity_{order.lines.get().pk}"

    officer = visit(width=360, height=740)
    officer.sign_in(office.pp, second_factor=True).open(page).press("Usulkan perubahan")
    officer.fill(reason="Peserta berkurang").press("Kirim usul").sees("Belum ada yang diubah")
    officer.fill(**{box: "20"}).press("Kirim usul").sees("paling banyak Rp341.000")
    _fits(officer)
    officer.fill(**{box: "8"}).press("Kirim usul").sees("Perubahan diusulkan, menunggu jawaban", "Tarik usul")
    _fits(officer)

    seller = visit(width=360, height=740)
    seller.sign_in(make.member_of(order)).open("/penjual/").press("Jawab usul perubahan pesanan")
    seller.press("Jawab usul ini").sees("Peserta berkurang", "Rp310.000", "Rp250.000")
    _fits(seller)
    seller.fill(answer="agree").press("Kirim jawaban").sees(f"Adendum {order.number}-A1", "Rp250.000")
    _fits(seller)
    order.refresh_from_db()
    assert (order.total, order.commitment.amount) == (250_000, 250_000)
    paper = Document.objects.filter(kind="addendum", made_at__isnull=False)
    wait_until(paper.exists, what="the addendum as a paper")
    assert officer.fetch(f"{page}berkas/adendum/{order.number}-A1/")[1].startswith(b"%PDF")

    later = (order.deliver_at + timedelta(hours=2)).astimezone(clock.ZONE)
    seller.open(page).press("Usulkan perubahan").fill(deliver_at=f"{later:%Y-%m-%dT%H:%M}", reason="Oven rusak")
    seller.press("Kirim usul").sees("Perubahan diusulkan, menunggu jawaban")
    officer.open(page).press("Jawab usul ini").sees("Oven rusak").fill(answer="refuse").press("Kirim jawaban")
    officer.sees("Tulis jawaban Anda").fill(note="Acaranya tetap pukul itu").press("Kirim jawaban")
    seller.open(page).sees("Usul perubahan tidak disetujui", "Acaranya tetap pukul itu")
    assert Addendum.objects.latest("pk").state == AddendumState.REFUSED
    assert Order.objects.get(pk=order.pk).deliver_at == order.deliver_at
