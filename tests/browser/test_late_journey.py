"""A treasurer does not pay: by the seller's letters and by itself the invoice comes to the head, the city hall and the
inspectorate, each of whom is two taps at most from where they begin."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine

from epeken.core import clock
from epeken.core.i18n.words import rupiah
from orders.billing.models import Invoice
from orders.deliveries import services as deliveries
from orders.ladder import services, steps
from orders.ladder.states import LateLevel
from tests.browser.visitor import Visitor
from tests.factories import orders as make
from tests.factories import procurement, umkm

pytestmark = pytest.mark.django_db(transaction=True)
Visit = Callable[..., Visitor]
PHONE = {"width": 360, "height": 740}


def _handed_over(office: procurement.Office, then: datetime) -> Invoice:
    order = make.accepted(make.make_issued(office, umkm.make_product(price=100_000), now=then), then)  # type: ignore[arg-type]
    delivery = make.arrived(make.shipped(order, then), office.receiver, then)
    make.inspected(delivery, office.receiver, now=then)
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=then)
    return make.invoice_of(order)


def _rung(invoice: Invoice, level: LateLevel) -> steps.Rung:
    found = steps.rungs_of(invoice, steps.steps_of_wait(invoice))
    return next(one for one in found if one.level == level)


def _sends(visit: Visit, invoice: Invoice, desk: str) -> None:
    """On a phone: from the first page to the invoice, and the letter."""
    seller = visit(**PHONE).sign_in(make.member_of(invoice.order)).open("/penjual/")
    figures = seller.page.locator(".flow > div").all_inner_texts()
    assert "Terlambat dibayar" in figures[0] and rupiah(invoice.outstanding) in figures[0]
    assert not any("Terlambat" in figure for figure in figures[1:])
    seller.press("Uang terlambat").sees("Surat sudah siap", f"Untuk {desk}", str(invoice.verifier or "bendahara"))
    seller.press("Kirim surat ini").sees("surat penjual dikirim")
    assert not seller.page.get_by_role("button", name="Kirim surat ini").count()


def test_a_late_treasurer_comes_before_the_next(visit: Visit) -> None:
    then = clock.now() - timedelta(days=70)
    office = procurement.Office(now=then)
    office.line = procurement.make_line(office.agency, year=clock.local_date(then).year)
    invoice = _handed_over(office, then)
    services.climb(now=_rung(invoice, LateLevel.TREASURER).by_itself)

    with time_machine.travel(_rung(invoice, LateLevel.HEAD).opens + timedelta(hours=1)):
        _sends(visit, invoice, "Kepala")
        head = visit(**PHONE).sign_in(office.head, second_factor=True).open("/dinas/")
        head.sees("terlambat, sudah sampai ke Kepala dinas (PA/KPA)")
        head.press(invoice.order.title, within="main").press("Siapa yang memegangnya")
        head.sees("Di mana uangnya", "surat penjual dikirim", rupiah(invoice.outstanding))

    follower = umkm.make_staff("orders.follow_late_invoice", name="Petugas Uji")
    with time_machine.travel(_rung(invoice, LateLevel.OFFICE).opens + timedelta(hours=1)):
        _sends(visit, invoice, "Dinas")
        hall = visit().sign_in(follower, second_factor=True).open("/admin/")
        hall.press("Sampai ke balai kota, belum dibayar").press(invoice.number, within="main")

    inspector = umkm.make_staff("procurement.inspect_all", name="Inspektur Uji")
    services.climb(now=_rung(invoice, LateLevel.INSPECTORATE).by_itself)
    with time_machine.travel(_rung(invoice, LateLevel.INSPECTORATE).by_itself + timedelta(hours=1)):
        reader = visit(**PHONE).sign_in(inspector, second_factor=True).open("/inspektorat/")
        reader.page.locator(f"main a[href*='{invoice.number}']").first.click()
        reader.look().sees("Di mana uangnya", "Inspektorat", office.treasurer.name)

        now = clock.now()
        make.clear(office, invoice, now)  # type: ignore[arg-type]
        make.pay(office, invoice.order, now=now, paid_on=clock.local_date(now))  # type: ignore[arg-type]
        seller = visit(**PHONE).sign_in(make.member_of(invoice.order)).open("/penjual/")
        assert "Terlambat" not in seller.said()
        reader.open("/inspektorat/")
        assert invoice.number not in reader.said()
