"""A meeting's invoice waits for its papers: one is uploaded, one waived on a phone, then it is declared complete."""

from collections.abc import Callable
from pathlib import Path

import pytest

from epeken.core import clock
from orders.billing.states import InvoiceState
from orders.deliveries import services as deliveries
from orders.documents import slots
from orders.orders.models import Order
from tests.browser.visitor import Visitor
from tests.factories import orders as make
from tests.factories import procurement

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_missing_is_said_then_brought_or_waived_and_the_invoice_is_complete(
    visit: Callable[..., Visitor], picture: Callable[[str], Path]
) -> None:
    now = clock.now()
    office = procurement.Office(now=now)
    order = make.accepted(make.make_meeting(office, now=now), now)  # type: ignore[arg-type]
    delivery = make.arrived(make.shipped(order, now), office.receiver, now)
    make.inspected(delivery, office.receiver, now=now)
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=now)
    page = f"/pesanan/{order.number}/"

    treasurer = visit(width=768, height=1024).sign_in(office.treasurer, second_factor=True)
    treasurer.open(page).sees("Belum dapat dibayar, berkas ini belum ada", "Undangan", "Daftar hadir")
    assert treasurer.page.get_by_role("button", name="Buka daftar periksa").count() == 0
    treasurer.page.locator("main .note--no a", has_text="Daftar hadir").click()
    treasurer.fill(file=picture("kertas")).press("Simpan lampiran").sees("Daftar hadir tersimpan")

    ppk = visit(width=360, height=740).sign_in(office.ppk, second_factor=True)
    for slot in [one for one in slots.slots_of(Order.objects.get(pk=order.pk)) if one.is_empty]:
        ppk.open(page)
        ppk.page.locator(f"a[href$='/kecualikan/{slot.kind}/']").click()
        ppk.sees(f"Kecualikan {slot.label}?", "Dasar:")
        ppk.fill(reason="not_made", note="Rapat mendadak").press("Kecualikan dari berkas wajib")
        ppk.sees(f"{slot.label} dikecualikan", "Rapat mendadak")

    treasurer.open(page).sees("Rapat mendadak").press("Buka daftar periksa")
    treasurer.fill(ticked="papers").press("Nyatakan berkas lengkap")
    treasurer.sees("Berkas tagihan dinyatakan lengkap")
    assert make.invoice_of(order).state == InvoiceState.VERIFIED
