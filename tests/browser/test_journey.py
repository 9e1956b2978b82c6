"""The whole job, each person at their own browser: from an unknown resident to a paid order with its file."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.core.management import call_command

from epeken.core import clock
from epeken.notifications.models import DemoMail
from orders.billing.models import Invoice
from orders.documents.models import Document
from orders.documents.states import SLUGS, DocumentKind
from orders.orders.models import Order
from procurement.budgets.models import BudgetEntry
from procurement.requests.models import PurchaseRequest
from tests.browser.visitor import Visitor, approve_all
from tests.factories import procurement, umkm
from tests.factories.places import WARD
from tests.worker import Worker, wait_until
from umkm.catalogue.models import Product
from umkm.sellers.models import Seller
from umkm.stock.models import StockEntry
from umkm.verification.models import VerificationCase
from umkm.verification.states import CaseState

Visit = Callable[..., Visitor]
Picture = Callable[[str], Path]

EMAIL = "lirih@contoh.invalid"
OWNER, SHOP, GOODS = "Lirih Semanggi", "Bengkel Kertas Lirih", "Buku catatan sampul batik"
NIK, PHONE, ACCOUNT = "1234015708790001", "0812 3456 7890", "7000123456"
EVENT = "Rapat koordinasi kelurahan"
PRICE, SHELF, ORDERED, GOOD, DELIVERY = 25_000, 50, 20, 18, 10_000
TOTAL, BILLED = ORDERED * PRICE + DELIVERY, GOOD * PRICE + DELIVERY


def test_from_resident_to_paid_order(visit: Visit, worker: Worker, picture: Picture) -> None:
    verifier = umkm.make_staff("umkm.verify_seller", name="Verifikator Contoh")
    curator = umkm.make_staff("umkm.curate_product", name="Kurator Contoh")
    office = procurement.Office(pagu=10_000_000)
    type(office.line).objects.update(year=_delivery().year)

    seller = visit(width=390, height=844)
    _sign_up(seller)
    _register(seller, picture)
    _verify(visit(), verifier)
    _offer(seller, picture)
    _curate(visit(), curator)
    _found_by_anyone(visit(width=390, height=844))

    requester, approver = visit(), visit()
    request = _request(requester, office)
    order = _approve(approver, office, request)
    _paper(approver, order, "purchase_order")
    _accept_and_ship(seller, order)
    receiver = visit(width=390, height=844)
    _receive(receiver, office, order, picture)
    treasurer = visit()
    _pay(treasurer, visit(width=390, height=844), office, order, picture)
    _pack(treasurer, order)
    _genuine(visit(), order, office)
    _books(office, order)


# --- The seller ---


def _sign_up(seller: Visitor) -> None:
    seller.open("/daftar-berjualan/").press("Buat akun", within="main")
    seller.fill(name=OWNER, email=EMAIL, phone="081234567890", password1=umkm.PASSWORD).press("Buat akun")
    wait_until(lambda: DemoMail.objects.filter(recipient=EMAIL).exists(), what="the letter")
    seller.open(f"/surat-demo/?untuk={EMAIL}").press("", within="main .todo")
    with seller.page.expect_navigation():
        seller.page.locator(".letter a").first.click()
    seller.look().press("Ya, aktifkan akun saya")


def _register(seller: Visitor, picture: Picture) -> None:
    ward = WARD
    seller.open("/daftar-berjualan/").fill(kind="umkm").press("Mulai mendaftar", within="main")
    seller.fill(owner_name=OWNER, nik=NIK, phone=PHONE, consented=True).press("Simpan dan lanjut")
    seller.fill(name=SHOP, about="Buku dan map dari kertas daur ulang.", address="Jl. Kembang Turi 12", kelurahan=ward)
    seller.press("Simpan dan lanjut")
    seller.fill(open_days="1 2 3 4 5 6 7", opens_at="08:00", closes_at="17:00", offers_pickup=True)
    seller.fill(offers_delivery=True, delivery_fee=DELIVERY).press("Simpan dan lanjut")
    seller.fill(form="person").press("Simpan dan lanjut")
    seller.fill(bank_name="Bank Contoh", bank_account=ACCOUNT, bank_holder=OWNER).press("Simpan dan lanjut")
    for title, photo in (("KTP", "kertas"), ("produksi", "jahit"), ("depan", "toko")):
        seller.press(title, within=".papers").fill(file=picture(photo)).press("Simpan foto ini")
    seller.press("Lanjut: Periksa dan kirim").press("Kirim pendaftaran ke dinas").sees("Pendaftaran sudah dikirim")
    # The automatic checks are the worker's; nobody here runs them.
    wait_until(lambda: VerificationCase.objects.filter(state=CaseState.WAITING).exists(), what="the checks")
    assert VerificationCase.objects.get().checks.count() >= 10
    seller.open(seller.page.url)


def _verify(officer: Visitor, person: Any) -> None:
    officer.sign_in(person, second_factor=True).open("/admin/umkm/verificationcase/").press(SHOP)
    officer.sees("pemeriksaan sesuai", OWNER)
    assert NIK not in officer.page.content()
    officer.page.locator("form[action$='/nomor/nik/'] select[name=untuk]").select_option("match")
    officer.press("Tampilkan NIK").sees(NIK)
    for document in Seller.objects.get().documents.all():
        assert officer.fetch(f"/dokumen-penjual/{document.pk}/")[1].startswith(b"\xff\xd8")
    for finding in ("Tempat terbit NIK", "Mutu foto"):
        officer.press(f"Sudah saya periksa: {finding}")
    officer.press("Setujui dan buka toko").sees("disetujui")


def _offer(seller: Visitor, picture: Picture) -> None:
    seller.open("/penjual/barang/").press("Jual barang dari satu foto")
    category = seller.field("category").locator("option", has_text="Kertas dan buku").get_attribute("value")
    seller.fill(photo=picture("buku"), name=GOODS, category=category, price=PRICE, unit="pcs", amount=SHELF)
    seller.press("Kirim ke kurator").sees("Menunggu kurasi")


def _curate(officer: Visitor, person: Any) -> None:
    officer.sign_in(person, second_factor=True).open("/admin/umkm/product/").press(GOODS)
    officer.press("Sudah saya periksa: Asal barang").press("Setujui dan tayangkan").sees(GOODS)


def _found_by_anyone(passer_by: Visitor) -> None:
    passer_by.open("/").open(f"/cari/?q={quote('buku catatan batik')}").press(GOODS, within="main")
    passer_by.sees("Rp25.000", SHOP).press("Kunjungi toko").sees(GOODS)
    status, picture = passer_by.fetch(f"/media/{Product.objects.get().photos.get().image}")
    assert (status, picture[8:12]) == (200, b"WEBP")


# --- The department ---


def _delivery() -> Any:
    return clock.now().astimezone(clock.ZONE).replace(hour=9, minute=0) + timedelta(days=4)


def _request(requester: Visitor, office: procurement.Office) -> PurchaseRequest:
    requester.sign_in(office.requester, second_factor=True).open("/dinas/").open("/dinas/permintaan/baru/")
    when = _delivery()
    requester.fill(title=EVENT, purpose="Bahan peserta rapat.", line=office.line.pk, attendees=20)
    requester.fill(event_at=f"{when + timedelta(hours=2):%Y-%m-%dT%H:%M}", event_place="Ruang Teratai")
    requester.fill(deliver_at=f"{when:%Y-%m-%dT%H:%M}", delivery_place="Jl. Contoh 1, lantai 2")
    requester.fill(delivery_kelurahan=office.agency.kelurahan_id).press("Simpan dan pilih barang")
    requester.open(f"/cari/?q={quote(GOODS)}").press(GOODS, within="main")
    requester.page.locator("main [name=quantity]").first.fill(str(ORDERED))
    requester.press("Tambah ke permintaan")
    request = PurchaseRequest.objects.get()
    requester.open(f"/dinas/permintaan/{request.number}/").press("Kirim permintaan").sees("Menunggu persetujuan")
    office.line.refresh_from_db()
    assert (office.line.reserved, office.line.committed, office.line.available) == (TOTAL, 0, 10_000_000 - TOTAL)
    return request


def _approve(approver: Visitor, office: procurement.Office, request: PurchaseRequest) -> Order:
    approver.sign_in(office.pp, second_factor=True).open("/dinas/persetujuan/").press(EVENT, within="main")
    # One page says what is bought, from whom, for how much and from which money.
    approver.sees(EVENT, GOODS, SHOP, "Rp510.000", office.line.activity_name).press("Setujui permintaan")
    approver.open(f"/dinas/permintaan/{request.number}/").press("Terbitkan surat pesanan")
    order: Order = Order.objects.get()
    approver.open(f"/pesanan/{order.number}/").sees("Menunggu penjual")
    return order


def _paper(officer: Visitor, order: Order, kind: str) -> None:
    def made() -> bool:
        document = order.documents.filter(kind=kind, replaced_at__isnull=True).last()
        noun = (document.delivery or document.invoice) if document else None
        of = f"{noun.number}/" if noun else ""
        status, body = officer.fetch(f"/pesanan/{order.number}/berkas/{SLUGS[DocumentKind(kind)]}/{of}")
        assert status in (200, 202, 404)
        return status == 200 and body.startswith(b"%PDF")

    wait_until(made, what=f"the paper {kind}")


def _accept_and_ship(seller: Visitor, order: Order) -> None:
    seller.open("/penjual/").press("Sanggupi pesanan")
    seller.open(f"/pesanan/{order.number}/").press("Catat pengiriman", within="main")
    seller.fill(carrier="Kurir sendiri").press("Kirim sekarang").sees("Dalam perjalanan")


def _receive(receiver: Visitor, office: procurement.Office, order: Order, picture: Picture) -> None:
    receiver.sign_in(office.receiver, second_factor=True).open(f"/pesanan/{order.number}/").press("Barang sudah tiba")
    receiver.open(f"/pesanan/{order.number}/").press("Ada yang tidak sesuai")
    line = order.deliveries.get().lines.get()
    counted = {f"arrived_{line.pk}": ORDERED, f"accepted_{line.pk}": GOOD, f"remark_{line.pk}": "Dua buku basah"}
    receiver.fill(**counted)
    receiver.fill(photos=picture("kertas")).press("Simpan hasil pemeriksaan")
    receiver.fill(office_number="000.3/218/2026").press("Terbitkan BAST dan tagihan").sees("Diterima sebagian")


def _pay(treasurer: Visitor, head: Visitor, office: procurement.Office, order: Order, picture: Picture) -> None:
    treasurer.sign_in(office.treasurer, second_factor=True).open("/dinas/pembayaran/").press(EVENT, within="main")
    for kind in ("request", "delivery_note", "inspection", "bast", "invoice", "kuitansi", "tax_sheet"):
        _paper(treasurer, order, kind)
    treasurer.press("Buka daftar periksa").fill(ticked="papers").press("Nyatakan berkas lengkap")
    approve_all(head.sign_in(office.head, second_factor=True).open("/dinas/").press("Buka persetujuan bayar"))
    treasurer.open(f"/pesanan/{order.number}/").press("Catat pembayaran")
    treasurer.fill(method="ls", reference="SP2D-0001/2026", proof=picture("kertas")).press(
        "Catat pembayaran", within="main form"
    )
    treasurer.sees("Dibayar")


def _pack(treasurer: Visitor, order: Order) -> None:
    _paper(treasurer, order, "payment")
    treasurer.open(f"/pesanan/{order.number}/")
    treasurer.page.get_by_role("button", name="Susun SPJ").click()
    # The page swaps itself while the worker binds the documents.
    download = treasurer.page.get_by_role("link", name="Unduh SPJ")
    download.wait_for(timeout=60_000)
    treasurer.look()
    with treasurer.page.expect_download() as coming:
        download.click()
    pack = Path(coming.value.path()).read_bytes()
    assert pack.startswith(b"%PDF")
    document = Document.objects.get(kind="spj")
    assert document.pages >= 8
    assert len(pack) > 50_000


def _genuine(passer_by: Visitor, order: Order, office: procurement.Office) -> None:
    document = Document.objects.get(kind="spj")
    passer_by.open(f"/periksa/{document.code}/").sees(order.number, SHOP, "Rp460.000")
    text = passer_by.page.locator("body").inner_text()
    people = [office.requester, office.pp, office.receiver, office.treasurer]
    for secret in (OWNER, EMAIL, NIK, ACCOUNT, PHONE, "3456", *(person.name for person in people)):
        assert secret not in text


# --- What is written down in the end ---


def _books(office: procurement.Office, order: Order) -> None:
    call_command("audit_books")
    invoice = Invoice.objects.get(order=order)
    assert (invoice.state, invoice.gross) == ("paid", BILLED)
    assert invoice.net == BILLED - sum(line.amount for line in invoice.tax_lines.all())
    line = type(office.line).objects.get(pk=office.line.pk)
    assert (line.reserved, line.committed, line.realised) == (0, 0, BILLED)
    moves = [
        (entry.kind, entry.reserved_delta, entry.committed_delta, entry.realised_delta)
        for entry in BudgetEntry.objects.order_by("pk")
    ]
    assert moves == [
        ("reserve", TOTAL, 0, 0),
        ("commit", -TOTAL, TOTAL, 0),
        ("uncommit", 0, BILLED - TOTAL, 0),
        ("realise", 0, -BILLED, BILLED),
    ]
    product = Product.objects.get()
    assert (product.on_hand, product.held, product.refused) == (SHELF - ORDERED, 0, ORDERED - GOOD)
    entries = StockEntry.objects.order_by("pk")
    stock = [(entry.kind, int(entry.on_hand_delta), int(entry.held_delta)) for entry in entries]
    assert stock == [
        ("receive", SHELF, 0),
        ("hold", -ORDERED, ORDERED),  # by the request, which hands it to the order
        ("release", ORDERED, -ORDERED),
        ("hold", -ORDERED, ORDERED),
        ("deliver", 0, -GOOD),
        ("refuse", 0, -(ORDERED - GOOD)),  # the seller is asked whether it is back on the shelf
    ]
