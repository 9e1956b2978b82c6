"""At the end of the budget year: the PPK decides by the desk, the head acknowledges a debt and, when the year is over,
charges it to a line of the new one."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from epeken.core import clock
from orders.billing.services import holding
from orders.deliveries import services as deliveries
from orders.orders.models import Order
from orders.year_end.models import CarriedDebt
from procurement.agencies.models import AgencyMember
from tests.browser.visitor import Visitor
from tests.factories import orders as make
from tests.factories import umkm
from tests.factories.procurement import Office, make_line
from tests.factories.rules import set_rule

pytestmark = pytest.mark.django_db(transaction=True)
Visit = Callable[..., Visitor]


def _billed(office: Any, now: datetime) -> Order:
    order = make.accepted(make.make_issued(office, umkm.make_product(price=100_000), now=now), now)
    delivery = make.arrived(make.shipped(order, now), office.receiver, now)
    make.inspected(delivery, office.receiver, now=now)
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=now)
    return order


def test_what_a_year_leaves_open_is_decided_and_carried(visit: Visit) -> None:
    now = clock.now()
    set_rule("year_end.list_days", 365)
    office = Office(now=now)
    AgencyMember.objects.update(valid_from=clock.local_date(now).replace(year=2021, month=1, day=1))
    office.line = make_line(office.agency, year=clock.local_date(now).year)
    order = _billed(office, now)
    # By its own clocks it would be paid in the year, and nobody would be asked.
    invoice = order.invoices.get()
    holding.hold_invoice(actor=office.treasurer, invoice=invoice, reason="budget", note="", now=now)

    ppk = visit(width=360, height=740).sign_in(office.ppk, second_factor=True)
    ppk.open("/dinas/").press(order.title).sees("Belum diputus", "Rp1.025.000")
    last = f"{clock.local_date(now):%Y}-12-31"
    ppk.fill(finish_by=last, reason="Kas dinas tersedia").press("Catat keputusan").sees("31 Desember")
    assert ppk.page.evaluate("document.documentElement.scrollWidth") <= 360

    # Of the year before: nobody paid it.
    old = Office(now=now)
    AgencyMember.objects.filter(agency=old.agency).update(valid_from="2021-01-01")
    before = clock.start_of(clock.local_date(now).replace(year=now.year - 1, month=9, day=8))
    old.line = make_line(old.agency, year=before.year)
    late = _billed(old, before)
    line = make_line(old.agency, year=clock.local_date(now).year)
    head = visit(width=1280, height=900).sign_in(old.head, second_factor=True)
    # On the desk the paper that its file lacks comes first.
    head.open("/dinas/akhir-tahun/").press(late.title).fill(reason="Kas dinas kosong").press("Catat keputusan")
    box = f"line_{old.line.pk}"
    head.fill(**{box: str(line.pk)}, basis="DPA 1").press("Bebankan utang ini").sees("Keputusan tercatat")
    assert CarriedDebt.objects.get().charges.get().to_line == line
