"""A frame is proposed and signed; three requests within it are approved as they are sent, the fourth is not."""

from collections.abc import Callable
from datetime import timedelta

from epeken.core import clock
from orders.orders.models import Order
from procurement.frames.models import ApprovalFrame
from procurement.requests.models import PurchaseRequest
from tests.browser.visitor import Visitor
from tests.factories import procurement as offices
from tests.factories import umkm as make
from umkm.catalogue.states import Unit

Visit = Callable[..., Visitor]


def test_frame_signed_then_three_orders_then_one_too_many(visit: Visit) -> None:
    now = clock.now()
    office = offices.Office(now=now)
    product = make.make_product(
        make.make_seller(name="Dapur Kudapan Contoh"), name="Kudapan kotak", price=100_000, unit=Unit.BOX, on_hand=500
    )
    day = clock.local_date(now)
    first = max(day, day.replace(year=office.line.year, month=1, day=1)) if day.year < office.line.year else day
    drafts = [offices.make_request(office, [(product, 10)], now=now) for _n in range(4)]  # Rp1.010.000 each
    officer, head, clerk = (visit(width=width, height=800) for width in (1280, 360, 768))

    officer.sign_in(office.ppk, second_factor=True).open("/dinas/permintaan/").press("Kerangka persetujuan")
    officer.press("Usulkan kerangka")
    officer.fill(
        title="Kudapan rapat mingguan", line=str(office.line.pk), amount="4.000.000", order_limit="1.500.000",
        valid_from=f"{first}", valid_until=f"{first + timedelta(days=20)}", product_1=str(product.pk),
        price_1="100.000",
    )  # fmt: skip
    officer.press("Usulkan ke kepala dinas").sees("Menunggu tanda tangan", "Rp4.000.000")
    frame = ApprovalFrame.objects.get()

    head.sign_in(office.head, second_factor=True).open("/dinas/")
    head.press("Kudapan rapat mingguan").fill(decree="188/45/2026")
    head.press("Tandatangani kerangka").sees("Berlaku", "188/45/2026")

    clerk.sign_in(office.requester, second_factor=True)
    for draft in drafts[:3]:
        clerk.open(f"/dinas/permintaan/{draft.number}/").sees("Di dalam kerangka:")
        clerk.press("Kirim, langsung disetujui").sees("Langsung disetujui menurut kerangka")
    clerk.open(f"/dinas/permintaan/{drafts[3].number}/").sees("Di luar kerangka", "lebih Rp40.000.")
    clerk.press("Kirim permintaan ke PP").sees("Menunggu persetujuan")
    assert [PurchaseRequest.objects.get(pk=draft.pk).state for draft in drafts] == [*["approved"] * 3, "submitted"]
    frame.refresh_from_db()
    assert frame.left == 970_000

    officer.open(f"/dinas/permintaan/{drafts[0].number}/").sees(frame.number).press("Terbitkan surat pesanan")
    assert Order.objects.get().request == drafts[0]
    head.open(f"/dinas/kerangka/{frame.number}/").sees("Rp970.000")
    head.press("Akhiri kerangka").fill(note="Kegiatan dipindah ke triwulan berikut").press("Akhiri kerangka")
    head.sees("Berakhir")
    assert ApprovalFrame.objects.get().state == "ended"
