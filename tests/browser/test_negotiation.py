"""A purchase of uniforms that only one shop can bring: approved after the price was negotiated, down to the minutes."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.idempotency import new_key
from orders.documents.states import DocumentKind
from orders.orders.models import Order
from procurement.requests.services import decisions
from procurement.sourcing import services as sourcing
from tests.browser.visitor import Visitor
from tests.factories import umkm as make
from tests.factories.procurement import HOUR, Office, make_request
from tests.factories.rules import set_rule

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_price_is_negotiated_between_an_office_and_a_phone(visit: Callable[..., Visitor]) -> None:
    now = clock.now() - HOUR
    set_rule("purchase.compare_two_above", 5_000_000)
    office, owner = Office(now=now), make.make_user(name="Bu Benang")
    shop = make.make_seller(owner, name="Konveksi Contoh Lurus")
    sets = make.make_product(shop, name="Seragam lapangan", price=300_000)
    request = make_request(office, [(sets, Decimal(50))], now=now)
    sourcing.explain_choice(
        actor=office.requester, request=request, product=sets, reason="",
        note="Sama dengan harga kontrak tahun lalu", now=now,
    )  # fmt: skip
    decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=now)

    pp = visit().sign_in(office.pp, second_factor=True)
    approval = reverse("procurement:approval-detail", args=[request.number])
    pp.open(approval)
    pp.sees("wajib dinegosiasikan dahulu")
    assert pp.page.get_by_role("button", name="Setujui permintaan").is_disabled()
    pp.press("Negosiasikan harganya")
    pp.fill(**{f"price_{sets.pk}": "270.000", "words": "Kami membeli 50 stel sekaligus"}).press("Kirim tawaran")
    pp.sees("Menunggu jawaban Konveksi Contoh Lurus")

    seller = visit(width=360, height=740).sign_in(owner)
    seller.open(reverse("site:seller-dashboard"))
    seller.sees("Terima Rp13.510.000")
    seller.press("Tawar lagi")
    seller.fill(**{f"price_{sets.pk}": "280.000"}).press("Kirim tawaran")
    seller.sees("Tawaran Anda terkirim.")

    pp.open(approval).press("Jawab tawarannya")
    pp.press("Terima Rp14.010.000")
    pp.sees("hemat Rp1.000.000")
    pp.open(approval)
    pp.sees("sudah dinegosiasikan")
    pp.press("Setujui permintaan")
    pp.press("Terbitkan surat pesanan")
    order = Order.objects.get(request=request)
    assert (order.total, order.lines.get().price) == (14_010_000, 280_000)
    assert order.documents.filter(kind=DocumentKind.NEGOTIATION).count() == 1
    seller.open(reverse("orders:order-detail", args=[order.number]))
    seller.sees("Berita acara negosiasi")
