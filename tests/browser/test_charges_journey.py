"""Food and paper in one request, each on its own budget line: from the draft to the payment, in the browser."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from epeken.core import clock
from orders.billing.models import Invoice
from orders.orders.models import Order
from procurement.budgets.models import Account
from procurement.requests.services import drafts
from tests.browser.visitor import Visitor, approve_all
from tests.factories import orders as make_orders
from tests.factories import procurement as offices
from tests.factories import umkm as make
from tests.orders.books import balanced

Visit = Callable[..., Visitor]
FOOD, PAPER, FEE = 1_000_000, 100_000, 10_000


@pytest.mark.parametrize("width", [360, 1280])
def test_food_and_paper_from_draft_to_paid(visit: Visit, picture: Callable[[str], Path], width: int) -> None:
    now = clock.now()
    office = offices.Office(now=now)
    account = Account.objects.create(code="5.1.02.99.99.0001", name="Belanja Contoh")
    second = offices.make_line(
        office.agency, year=office.line.year, account=account, activity_name="Alat tulis peserta", pagu=5_000_000
    )
    other = offices.make_line(year=office.line.year, activity_name="Dinas lain")
    shop = make.make_seller(delivery_fee=FEE)
    food, paper = make.make_product(shop, price=100_000), make.make_product(shop, price=20_000)
    draft = offices.make_request(office, [(food, 10), (paper, 5)], now=now)

    clerk = visit(width=width, height=844).sign_in(office.requester, second_factor=True)
    clerk.open(f"/dinas/permintaan/{draft.number}/").sees("Semua barang dibebankan ke")
    clerk.page.locator("#beban summary").click()
    name = drafts.payer_field(paper.pk)
    assert clerk.field(name).locator(f"option[value='{other.pk}']").count() == 0
    clerk.fill(**{name: second.pk}).press("Simpan pembebanan").sees("Alat tulis peserta", "Rp100.000", "Rp1.010.000")
    assert draft.lines.get(product=paper).charged_to == second
    clerk.press("Kirim permintaan").sees("Menunggu persetujuan", "Alat tulis peserta")

    approver = visit(width=width, height=844).sign_in(office.pp, second_factor=True)
    approver.open(f"/dinas/persetujuan/{draft.number}/")
    approver.sees(office.line.activity_name, "Alat tulis peserta", "Rp5.000.000").press("Setujui permintaan")
    approver.open(f"/dinas/permintaan/{draft.number}/").press("Terbitkan surat pesanan")
    order = Order.objects.get()
    for line, amount in ((office.line, FOOD + FEE), (second, PAPER)):
        line.refresh_from_db()
        assert (line.reserved, line.committed) == (0, amount)

    begun = clock.now()
    make_orders.accepted(order, now=begun)
    delivery = make_orders.arrived(make_orders.shipped(order, now=begun), office.receiver, now=begun)
    make_orders.inspected(delivery, office.receiver, now=begun)
    receiver = visit(width=width, height=844).sign_in(office.receiver, second_factor=True)
    receiver.open(f"/pesanan/{order.number}/").fill(office_number="000.3/1").press("Terbitkan BAST dan tagihan")
    treasurer = visit(width=width, height=844).sign_in(office.treasurer, second_factor=True)
    treasurer.open("/dinas/pembayaran/").press(order.title, within="main").press("Buka daftar periksa")
    treasurer.fill(ticked="papers").press("Nyatakan berkas lengkap").sees("menunggu persetujuan bayar")
    head = visit(width=width, height=844).sign_in(office.head, second_factor=True)
    approve_all(head.open("/dinas/").press("Buka persetujuan bayar"))
    treasurer.open(f"/pesanan/{order.number}/").press("Catat pembayaran").fill(
        method="ls", reference="SP2D-0001", proof=picture("kertas")
    )
    treasurer.press("Catat pembayaran", within="main form").sees("Dibayar")

    invoice = Invoice.objects.get()
    for line, amount in ((office.line, FOOD + FEE), (second, PAPER)):
        line.refresh_from_db()
        assert (line.reserved, line.committed, line.realised) == (0, 0, amount)
        treasurer.open(f"/dinas/anggaran/{line.pk}/").sees(invoice.number, f"Rp{amount:,}".replace(",", "."))
    assert begun - now < timedelta(hours=1)
    balanced()
