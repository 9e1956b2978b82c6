"""The list of the department's desk, the inspectorate's list and file, and the decisions on an order's page."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from epeken.core import clock
from epeken.site.dashboards.year_end_day import open_commitments
from orders.orders.models import Order
from orders.year_end import services
from orders.year_end.models import CarriedDebt, YearEndDecision
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.disclosures import make_inspector
from tests.factories.procurement import make_line
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.statements import statements_of

pytestmark = pytest.mark.django_db
LISTED = clock.start_of(date(2026, 11, 23))
NEW_YEAR = clock.start_of(date(2027, 1, 1))


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> make.Office:
    monkeypatch.setattr(clock, "now", lambda: LISTED)
    return make.make_office()


@pytest.fixture
@kept
def order(office: make.Office) -> Order:
    return make.taken_over(office, make.make_issued(office, goods.make_product(price=500_000)))


def text(response: object) -> str:
    return " ".join(response.content.decode().split())  # type: ignore[attr-defined]


def test_from_the_desk_one_tap_leads_to_the_decision(office: make.Office, order: Order) -> None:
    address = reverse("orders:year-end-order", args=[order.number])
    desk = text(signed_in(office.ppk).get(reverse("site:agency-dashboard")))
    assert f'href="{address}"' in desk
    assert "Lihat 1 pesanan, Rp5.025.000 belum dibayar" in desk
    assert address not in text(signed_in(office.receiver).get(reverse("site:agency-dashboard")))
    said = {"finish_by": "2027-01-01", "reason": "Kas dinas tersedia"}
    client, finish = signed_in(office.ppk), reverse("orders:year-end-finish", args=[order.number])
    refused = client.post(finish, said)
    assert (refused.status_code, YearEndDecision.objects.count()) == (422, 0)
    assert "sampai Kamis, 31 Desember 2026" in text(refused)
    shown = text(client.post(finish, said | {"finish_by": "2026-12-30"}, follow=True))
    assert "Diselesaikan dan dibayar paling lambat Rabu, 30 Desember 2026" in shown
    listed = text(signed_in(office.requester).get(reverse("orders:year-end")))
    assert "1 pesanan belum selesai senilai Rp5.025.000, 0 belum diputus; 0 lain menurut" in listed
    assert "diputus PPK dalam 3 hari kerja, lalu kepala dinas dalam 2 hari kerja" in listed
    rows = signed_in(office.requester).get(reverse("orders:year-end"), {"unduh": "csv"}).content.decode("utf-8-sig")
    assert order.number in rows
    assert signed_in(make.member_of(order)).get(address).status_code == 404


def test_the_inspectorate_reads_all_departments_and_takes_the_file(office: make.Office, order: Order) -> None:
    services.acknowledge_debt(actor=make.head_of(office), order=order, reason="Kas dinas kosong.", now=LISTED)
    client, address = signed_in(make_inspector()), reverse("orders:year-end-oversight")
    assert f"{order.number}, {office.agency.short_name}" in text(client.get(address))
    assert order.number not in text(client.get(address, {"keputusan": "belum"}))
    lines = client.get(address, {"unduh": "csv"}).content.decode("utf-8-sig").splitlines()
    row = dict(zip(lines[0].split(";"), lines[1].split(";"), strict=True))
    assert (row["Belum dibayar"], row["Alasan"]) == ("5025000", "Kas dinas kosong.")
    assert signed_in(office.ppk).get(address).status_code == 403


def test_the_desk_and_the_list_ask_no_more_for_more_orders(office: make.Office, order: Order) -> None:
    agency = office.agency
    asked = lambda: open_commitments(agency, LISTED)  # noqa: E731
    client, address = signed_in(office.ppk), reverse("orders:year-end")
    client.get(address)
    # The PPK's three days were over on Friday; before, it was nothing of the head's.
    assert open_commitments(agency, LISTED, heads=True).count == 1
    assert open_commitments(agency, LISTED - 4 * make.DAY, heads=True).count == 0
    assert open_commitments(agency, LISTED - 4 * make.DAY).count == 1
    with CaptureQueriesContext(connection) as one:
        asked()
    _answer, listed = statements_of(client, address)
    for _n in range(2):
        make.taken_over(office, make.make_issued(office, goods.make_product(price=100_000)))
    with CaptureQueriesContext(connection) as three:
        assert asked().count == 3
    assert len(three) == len(one)
    assert statements_of(client, address)[1].count == listed.count


def test_the_head_charges_the_debt_to_the_new_year(
    office: make.Office, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, page = signed_in(make.head_of(office)), reverse("orders:year-end-order", args=[order.number])
    debt = reverse("orders:year-end-debt", args=[order.number])
    client.post(debt, {"reason": "Kas dinas kosong."})
    history = text(client.get(reverse("orders:order-detail", args=[order.number])))
    assert "Akhir tahun anggaran: diakui utang, dibayar dari DPA tahun berikutnya" in history
    withdraw = reverse("orders:year-end-withdraw", args=[order.number])
    assert "Tarik keputusan" not in text(signed_in(office.ppk).get(page))
    assert client.post(withdraw, {"reason": "Kas terisi lagi."}).status_code == 302
    client.post(reverse("orders:year-end-debt", args=[order.number]), {"reason": "Kas dinas kosong."})
    assert "Bebankan utang ini" not in text(client.get(page))
    monkeypatch.setattr(clock, "now", lambda: NEW_YEAR)
    client = signed_in(make.head_of(office))  # the earlier session is over
    assert "Bebankan utang ini" not in text(signed_in(office.ppk).get(page))
    line = make_line(office.agency, year=2027)
    assert "Bebankan utang ini" in text(client.get(page))
    carry = reverse("orders:year-end-carry", args=[order.number, make.invoice_of(order).number])
    assert client.post(carry, {f"line_{office.line.pk}": office.line.pk, "basis": "DPA 1"}).status_code == 422
    client.post(carry, {f"line_{office.line.pk}": line.pk, "basis": "DPA 1"})
    assert CarriedDebt.objects.get().to_year == 2027
