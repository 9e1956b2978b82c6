"""What an office prints of its pages, on A4 upright with the browser's own margins: no amount is cut or left out."""

import io
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfReader

from epeken.core import clock
from orders.deliveries import services as deliveries
from orders.orders.models import Order
from tests.browser.visitor import Visitor
from tests.factories import orders as make
from tests.factories import procurement, umkm
from tests.factories.orders import DAY
from tests.factories.rules import set_rule

pytestmark = pytest.mark.django_db(transaction=True)
RUPIAH = re.compile(r"Rp\d+(?:\.\d{3})*")
TITLES = [
    "Rapat kerja bidang",
    "Konsumsi rapat koordinasi percepatan penyusunan dokumen perencanaan tahun anggaran berikutnya bersama kecamatan",
    "PaketMakananMinumanSnackRapatKoordinasiPemerintahanKotaContohanTahunAnggaranDuaRibuDuaPuluhEnamBidangPerencanaan",
]
A_FIGURE = 0.45  # of its size a digit or a point is at least as wide, on average


def _order(office: procurement.Office, title: str, price: int) -> Order:
    now = clock.now() - DAY
    seller = umkm.make_seller(name="Konveksi Benang Lurus Sejahtera", is_pkp=True, npwp="012345678901234")
    product = umkm.make_product(seller, name=f"Seragam {title[:40]}", price=price)
    order = make.accepted(make.make_issued(office, product, title=title, now=now), now)  # type: ignore[arg-type]
    delivery = make.arrived(make.shipped(order, now), office.receiver, now)
    make.inspected(delivery, office.receiver, now=now)
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=now)
    return order


@pytest.fixture
def office(transactional_db: None) -> procurement.Office:
    set_rule("purchase.compare_two_above", 1_000_000)
    office = procurement.Office(now=clock.now() - DAY, pagu=900_000_000)
    return office


def printed(visitor: Visitor) -> list[Any]:
    return list(PdfReader(io.BytesIO(visitor.page.pdf(format="A4"))).pages)


def runs(page: Any) -> list[tuple[str, float, float]]:
    """Text as it is drawn: its words, where it begins from the left and how large it is, in points."""
    found: list[tuple[str, float, float]] = []

    def see(text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        across = abs(cm[0]) or 1.0
        found.append((text.strip(), cm[0] * tm[4] + cm[4], size * across * abs(tm[0] or 1.0)))

    page.extract_text(visitor_text=see)
    return found


def is_whole_on_paper(visitor: Visitor) -> None:
    visitor.page.emulate_media(media="print")
    shown = Counter(RUPIAH.findall(visitor.page.locator("body").inner_text()))
    sheets = printed(visitor)
    visitor.page.emulate_media(media="null")
    read = Counter(RUPIAH.findall("\n".join(sheet.extract_text() for sheet in sheets)))
    assert shown, visitor.page.url
    assert shown - read == Counter(), visitor.page.url
    for sheet in sheets:
        width = float(sheet.mediabox.width)
        for text, left, size in runs(sheet):
            for figure in RUPIAH.findall(text):
                assert left >= 0 and left + len(figure) * size * A_FIGURE <= width, (visitor.page.url, text)


def test_no_amount_is_cut(visit: Callable[..., Visitor], office: procurement.Office) -> None:
    orders = [_order(office, title, price) for title, price in zip(TITLES, (82_957, 1_234_567, 2_000_001), strict=True)]
    now = clock.now()
    make.clear(office, make.invoice_of(orders[0]), now)  # type: ignore[arg-type]
    make.pay(office, orders[0], now=now, paid_on=clock.local_date(now))  # type: ignore[arg-type]
    treasurer = visit().sign_in(office.treasurer, second_factor=True)
    lists = ["/dinas/pembayaran/", "/dinas/pembayaran/realisasi/", "/dinas/pesanan/", "/dinas/permintaan/"]
    for order in orders:
        lists += [f"/pesanan/{order.number}/", f"/dinas/permintaan/{order.request.number}/"]
    for page in lists:
        is_whole_on_paper(treasurer.open(page))
