"""Uniforms for Rp60 million: planned over the market, compared, negotiated by the PPK, and ordered from two tailors."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from orders.documents.states import DocumentKind
from orders.orders.models import Order
from procurement.requests.models import PurchaseRequest
from tests.browser.visitor import Visitor
from tests.factories import umkm as make
from tests.factories.procurement import DAY, HOUR, Office, make_request
from tests.factories.rules import set_rule
from umkm.catalogue.models import Category, Product

pytestmark = pytest.mark.django_db(transaction=True)

SETS, EACH, PRICE, CAP = 200, 100, 300_000, 30_000_000


def _tailors() -> list[Product]:
    """Each sells as many sets as the cap lets it: two together are just enough."""
    trade = Category.objects.filter(parent__isnull=False).order_by("pk")[0]
    return [
        make.make_product(
            make.make_seller(name=name, delivery_fee=0), name="Seragam lapangan", price=PRICE, unit="set",
            category=trade, on_hand=EACH,
        )
        for name in ("Jahit Alur", "Jahit Benik", "Jahit Corak", "Jahit Dondom")
    ]  # fmt: skip


def test_uniforms_for_sixty_million(visit: Callable[..., Visitor]) -> None:
    now = clock.now() - HOUR
    set_rule("seller.cap_monthly", CAP)
    set_rule("purchase.compare_two_above", 50_000_000)
    set_rule("purchase.pp_limit", 50_000_000)  # so that the PPK commits the department to it
    office = Office(now=now)
    first, second, *_others = _tailors()
    draft = make_request(office, [], now=now, title="Seragam petugas", attendees=None, deliver_at=now + 10 * DAY)

    requester = visit(width=768, height=1024).sign_in(office.requester, second_factor=True)
    requester.open(reverse("procurement:request-plan", args=[draft.number]))
    requester.fill(q="seragam", jumlah=SETS).press("Susun rencana")
    requester.sees("2 penjual. 4 penawaran diperiksa", "Rp60.000.000")
    requester.press("Masukkan ke permintaan").sees("Barang, dari 2 penjual", "Jahit Alur", "Jahit Benik")
    # What is compared are the two of whom nothing is bought.
    requester.sees("Di atas Rp50.000.000 semua penawaran barang sekategori dan sesatuan", "Jahit Corak", "Jahit Dondom")
    requester.press("Kirim permintaan ke PPK").sees("Menunggu persetujuan")

    ppk = visit().sign_in(office.ppk, second_factor=True).open("/dinas/persetujuan/")
    ppk.press("Seragam petugas", within="main").sees("Anda memutuskan sebagai Pejabat pembuat komitmen", "Jahit Corak")
    approval = ppk.page.url
    ppk.press("Negosiasikan harganya Jahit Alur")
    ppk.fill(**{f"price_{first.pk}": "290.000", "words": "Kami memesan 100 setel"}).press("Kirim tawaran")
    owner: Any = first.seller.members.get().user
    seller = visit(width=360, height=740).sign_in(owner).open("/penjual/").press("Terima Rp29.000.000")

    # What the officer approves is what was agreed, not what the page showed before.
    ppk.open(approval).sees("Rp59.000.000", "hemat Rp1.000.000").press("Setujui permintaan")
    ppk.press("Terbitkan surat pesanan")
    totals = {order.seller_id: order.total for order in Order.objects.all()}
    assert totals == {first.seller_id: 29_000_000, second.seller_id: 30_000_000}
    request = PurchaseRequest.objects.get()
    office.line.refresh_from_db()
    assert (request.state, request.approver, office.line.committed) == ("ordered", office.ppk, 59_000_000)
    order = Order.objects.get(seller=first.seller)
    papers = set(order.documents.values_list("kind", flat=True))
    assert {DocumentKind.NEGOTIATION, DocumentKind.COMPARISON, DocumentKind.PURCHASE_ORDER} <= papers
    seller.open(reverse("orders:order-detail", args=[order.number])).sees("Rp29.000.000", "Sanggupi pesanan")
