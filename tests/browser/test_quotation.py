"""An office asks every seller for a sealed price: a phone seals one, the system opens all, the award is bought."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from epeken.core import clock
from orders.orders.models import Order
from orders.orders.services import agreement
from procurement.quotations.models import Quotation
from procurement.quotations.services import opening
from procurement.requests.models import PurchaseRequest
from tests.browser.visitor import Visitor
from tests.factories.procurement import HOUR, Office
from tests.factories.quotations import make_auction

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_phone_seals_an_offer_and_an_officer_awards_it(visit: Callable[..., Visitor]) -> None:
    now = clock.now() - HOUR
    office = Office(now=now)
    auction = make_auction(shops=2, office=office, now=now)
    number, line = auction.quotation.number, auction.quotation.lines.get()
    desk = reverse("procurement:quotation-detail", args=[number])

    pp = visit(width=1280, height=900).sign_in(office.pp, second_factor=True)
    pp.open(reverse("site:agency-dashboard")).sees("Permintaan penawaran menunggu Anda")
    pp.press("Umumkan: Map rapat")
    pp.press("Umumkan dan undang penjual").sees("2 penjual yang memenuhi syarat diundang")
    pp.look()
    pp.press("Umumkan dan undang").sees("Semua penjual yang memenuhi syarat diundang.")
    pp.look()

    seller = visit(width=360, height=740).sign_in(auction.keeper())
    seller.open(reverse("site:seller-dashboard")).sees("Dinas meminta penawaran Anda")
    seller.press("Map rapat").look()
    seller.press("Buat penawaran").look()
    product = auction.shops[0][0]
    seller.fill(**{f"product_{line.pk}": str(product.pk), f"price_{line.pk}": "88.000"}).press("Periksa jumlahnya")
    seller.sees("Jumlahnya Rp890.000")
    seller.look()
    seller.press("Segel dan kirim").sees("tersegel sejak")
    seller.look()
    auction.offer(1, 89_500, now=now + HOUR / 2)

    pp.open(desk).sees("Penawaran tersegel.")
    assert "890.000" not in pp.page.content()
    Quotation.objects.filter(number=number).update(closes_at=clock.now() - HOUR / 60)
    assert opening.open_due(now=clock.now()) == 1

    pp.open(desk).sees("Rp890.000")
    pp.look()
    pp.press("Lewati dengan alasan").look()
    pp.open(desk).press("Tetapkan pemenang")
    pp.sees("Tetapkan pemenang?")
    pp.press("Tetapkan pemenang").sees("Pemenang ditetapkan.")
    draft = PurchaseRequest.objects.get(from_quotation__number=number)
    assert (draft.lines.get().price, draft.requester) == (88_000, office.requester)

    requester = visit(width=1280, height=900).sign_in(office.requester, second_factor=True)
    requester.open(reverse("procurement:request-detail", args=[draft.number])).sees("Pemenang permintaan penawaran")
    requester.look()
    anybody = visit(width=360, height=740)
    anybody.open(reverse("procurement:quotation-public", args=[number])).sees("Rp890.000")
    anybody.look()


def test_a_question_is_answered_to_all_and_the_second_takes_the_winners_place(visit: Callable[..., Visitor]) -> None:
    """Asked on a phone, answered at a desk, opened by the system; the winner declines, and the second is bought."""
    now = clock.now() - HOUR
    office = Office(now=now)
    auction = make_auction("published", shops=2, office=office, now=now)
    number = auction.quotation.number
    desk = reverse("procurement:quotation-detail", args=[number])

    second = visit(width=360, height=740).sign_in(auction.keeper(1))
    second.open(reverse("procurement:quotation-offer", args=[number])).press("Ajukan pertanyaan")
    second.fill(text="Apakah boleh dikirim per dus? Hubungi 0812 3456 7890").press("Kirim pertanyaan")
    second.sees("Nomor dan alamat di luar e-Peken tidak ditulis di sini.").look()
    second.fill(text="Apakah boleh dikirim per dus isi lima puluh?").press("Kirim pertanyaan")
    second.sees("Pertanyaan Anda terkirim.", "Belum dijawab")
    second.look()

    pp = visit(width=1280, height=900).sign_in(office.pp, second_factor=True)
    pp.open(reverse("site:agency-dashboard")).press("Jawab pertanyaan: Map rapat")
    pp.sees("1 pertanyaan belum dijawab").look()
    pp.press("Jawab").fill(text="Boleh per dus, asal tiba pagi hari.").press("Kirim jawaban")
    pp.sees("Jawaban terkirim ke semua penjual yang diundang.")
    assert auction.seller(1).name not in pp.page.inner_text("main")

    first = visit(width=360, height=740).sign_in(auction.keeper(0))
    first.open(reverse("procurement:quotation-offer", args=[number]))
    first.sees("isi lima puluh?", "Boleh per dus, asal tiba pagi hari.")

    Quotation.objects.filter(number=number).update(closes_at=clock.now() - HOUR / 60)
    assert opening.open_due(now=clock.now()) == 1
    pp.open(desk).press("Tetapkan pemenang")
    pp.press("Tetapkan pemenang").sees("Pemenang ditetapkan.")
    draft = PurchaseRequest.objects.get(from_quotation__number=number)
    requester = visit(width=1280, height=900).sign_in(office.requester, second_factor=True)
    requester.open(reverse("procurement:request-detail", args=[draft.number])).press("Kirim permintaan ke PP")
    pp.open("/dinas/persetujuan/").press("Map rapat", within="main").press("Setujui permintaan")
    pp.press("Terbitkan surat pesanan")
    order = Order.objects.get(request=draft)
    agreement.close_order(
        actor=auction.keeper(0), order=order, reason="seller_declined", note="Mesin rusak", now=clock.now()
    )

    requester.open(reverse("procurement:request-detail", args=[draft.number])).sees("menetapkan penawar berikutnya")
    requester.look()
    pp.open(reverse("site:agency-dashboard")).press("Pemenang tidak jadi, tetapkan penawar berikutnya: Map rapat")
    pp.sees(f"Berikutnya {auction.seller(1).name}, peringkat 2").look()
    pp.press("Buka untuk penawar berikutnya").fill(note="Pemenang menolak pesanannya").press("Buka kembali")
    pp.sees("Semua penawar diberi tahu.").look()
    pp.press("Tetapkan pemenang")
    pp.press("Tetapkan pemenang").sees(f"Pemenangnya {auction.seller(1).name}")
    again = PurchaseRequest.objects.get(sourced_again_from__request=draft)
    assert (again.state, again.lines.get().price) == ("draft", 91_000)
    anybody = visit(width=360, height=740)
    anybody.open(reverse("procurement:quotation-public", args=[number])).sees("Semula menang.", "isi lima puluh?")
    anybody.look()
