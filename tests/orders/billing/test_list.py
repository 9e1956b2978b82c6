"""The treasurer's list: what waits first, filters, order, file."""

import csv
import io
import re
from datetime import datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from epeken.core import clock
from epeken.core.i18n.words import rupiah
from orders.billing import pages
from orders.billing.models import Invoice
from orders.disputes import services as disputes
from tests.factories import orders as make
from tests.factories import reversals as undo
from tests.factories import umkm as goods
from tests.factories.orders import DAY, MONDAY
from tests.factories.users import signed_in
from tests.orders.pages import url

# One process: the rows of the module are made once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("invoice_list")]

PAID, LATE, TODAY, LATER, PAUSED = "paid", "late", "today", "later", "paused"


@pytest.fixture(scope="module")
def invoices(module_transaction: None) -> dict[str, Any]:
    """Five invoices of one department, each standing elsewhere on the last day of TODAY's, which is `now`."""
    office = make.make_office()
    found: dict[str, Any] = {"office": office}
    today = make.local(MONDAY + 3 * DAY)
    for name, price, days in [
        (PAID, 11_000, 0),
        (LATE, 90_000, -1),
        (TODAY, 70_000, 0),
        (LATER, 50_000, 1),
        (PAUSED, 30_000, 2),
    ]:
        order = make.make_issued(office, goods.make_product(price=price))
        (make.cleared if name == PAID else make.taken_over)(office, order)
        found[name] = make.invoice_of(order)
        Invoice.objects.filter(pk=found[name].pk).update(due_at=clock.end_of(today + days * DAY))
        found[name].refresh_from_db()
    make.pay(office, found[PAID].order)
    disputes.open_dispute(actor=office.receiver, order=found[PAUSED].order, complaint="Penyok", now=MONDAY + 2 * DAY)
    return found | {"now": clock.start_of(today) + 9 * make.HOUR}


@pytest.fixture
def _django_db_helper(invoices: dict[str, Any], savepoint: None) -> None:
    """In place of pytest-django's: the transaction around the whole module holds the `invoices`."""


@pytest.fixture
def world(invoices: dict[str, Any], time_machine: Any) -> dict[str, Any]:
    time_machine.move_to(invoices["now"], tick=False)
    return invoices


def listed(world: dict[str, Any], **query: str) -> list[str]:
    """The order numbers of the table's rows, from the top."""
    text = signed_in(world["office"].treasurer).get(url("treasurer"), query).content.decode()
    numbers = {world[name].order.number: name for name in (PAID, LATE, TODAY, LATER, PAUSED)}
    table = text.split("<tbody>")[1].split("</tbody>")[0] if "<tbody>" in text else ""
    return [numbers[number] for number in re.findall(r'href="/pesanan/([^/"]+)/"', table)]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ({}, [LATE, TODAY, LATER, PAUSED]),
        ({"keadaan": "lewat"}, [LATE]),
        ({"keadaan": "sengketa"}, [PAUSED]),
        ({"keadaan": "dibayar"}, [PAID]),
        ({"urut": "jumlah"}, [PAUSED, LATER, TODAY, LATE]),
        ({"urut": "-jumlah", "keadaan": "semua"}, [LATE, TODAY, LATER, PAUSED, PAID]),
        ({"urut": "-batas"}, [PAUSED, LATER, TODAY, LATE]),
        ({"urut": "password"}, [LATE, TODAY, LATER, PAUSED]),
        ({"q": "tidak ada"}, []),
        ({"sejak": "2031-01-01"}, []),
        ({"sejak": "kapan"}, [LATE, TODAY, LATER, PAUSED]),
        ({"page": "99"}, [LATE, TODAY, LATER, PAUSED]),
    ],
)
def test_the_list_is_filtered_and_sorted(world: dict[str, Any], query: dict[str, str], rows: list[str]) -> None:
    assert listed(world, **query) == rows


def test_the_figures_count_each_invoice_once(world: dict[str, Any]) -> None:
    found = pages.ageing(Invoice.objects.all(), world["now"])
    assert (found.late, found.today, found.later, found.paused, found.count) == (1, 1, 1, 1, 3)
    assert found.total == sum(world[name].net for name in (LATE, TODAY, LATER))


def test_what_was_paid_in_part_is_no_longer_to_be_paid(world: dict[str, Any]) -> None:
    before = pages.ageing(Invoice.objects.all(), world["now"]).total
    invoice = world[LATE]
    office, now = world["office"], world["now"]
    make.clear(office, invoice, now)
    paid = {"amount": 1_000, "reference": "SP2D-002/2026", "paid_on": make.local(now)}
    make.pay(office, invoice.order, invoice=invoice, now=now, **paid)
    assert pages.ageing(Invoice.objects.all(), world["now"]).total == before - 1_000
    rows = Invoice.objects.filter(pk__in=[invoice.pk, world[TODAY].pk]).with_list().order_by("due_at")
    told = [row.state for row in pages.list_rows(rows, world["now"], frozenset())]
    assert told == ["Dibayar sebagian", "Menunggu bendahara"]
    cells = pages.file_cells(rows, clock.now())
    assert [str(cells(row)[7]) for row in rows] == told


def test_the_sentence_of_the_list_comes_to_what_its_rows_do(world: dict[str, Any]) -> None:
    """What was sent and is recorded anew, and what a complaint stops, stand in the list with sums of their own."""
    office, now, paid = world["office"], world["now"], world[PAID]
    listed = lambda state: set(pages.filtered(Invoice.objects.all(), {"keadaan": state}, now))  # noqa: E731
    asked = undo.asked(office, paid.order, now=now)
    assert (listed("diminta"), listed("dibatalkan")) == ({paid}, set())
    (row,) = pages.list_rows(Invoice.objects.filter(pk=paid.pk).with_list(), now, frozenset())
    assert (row.state, row.asked_back) == ("Dibayar", "pembatalan pembayarannya menunggu kepala dinas")
    assert "menunggu kepala dinas" in signed_in(office.treasurer).get(url("treasurer"), {"keadaan": "diminta"}).text
    undo.released(office, asked)
    assert (listed("diminta"), listed("dibatalkan")) == (set(), {paid})
    found = pages.ageing(Invoice.objects.all(), now)
    owed = [world[name].net for name in (LATE, TODAY, LATER)]
    assert (found.total, found.sent, found.sent_total, found.stopped_total) == (
        sum(owed), 1, paid.net, world[PAUSED].net,
    )  # fmt: skip
    said = pages.ageing_words(found, 3)
    assert all(rupiah(amount) in said for amount in (sum(owed), paid.net, world[PAUSED].net))
    assert said in signed_in(office.treasurer).get(url("treasurer")).text


@pytest.mark.parametrize(("shift", "late"), [(-1, 0), (0, 1)])
def test_an_invoice_is_late_from_the_moment_its_last_day_ends(shift: int, late: int) -> None:
    office = make.make_office()
    invoice = make.invoice_of(make.taken_over(office, make.make_issued(office)))
    moment: datetime = invoice.due_at + shift * make.HOUR / 60
    rows = Invoice.objects.filter(pk=invoice.pk)
    assert pages.ageing(rows, moment).late == pages.filtered(rows, {"keadaan": "lewat"}, moment).count() == late
    (row,) = pages.list_rows(rows.with_list(), moment, frozenset())
    assert row.presses
    (row,) = pages.list_rows(rows.with_list(), invoice.due_at - 2 * make.DAY, frozenset())
    assert not row.presses


def test_the_file_holds_what_the_list_holds(world: dict[str, Any]) -> None:
    client, query = signed_in(world["office"].treasurer), {"keadaan": "semua", "urut": "-jumlah"}
    text = client.get(url("treasurer"), query | {"unduh": "csv"}).content.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text), delimiter=";")
    assert [row[0] for row in rows] == [world[name].number for name in (LATE, TODAY, LATER, PAUSED, PAID)]
    first = dict(zip(head, rows[0], strict=True))
    late = world[LATE]
    assert (first["Tagihan"], first["Pajak"], first["Untuk penjual"], first["Dibayar pada"]) == (
        str(late.gross), str(late.withheld), str(late.net), "",
    )  # fmt: skip
    assert first["Batas bayar"].startswith(clock.last_day(late.due_at).isoformat())
    assert rows[3][head.index("Keadaan")] == "Terhenti karena keluhan"
    days = clock.working_days_between(clock.last_day(late.due_at), clock.today())
    assert [row[head.index("Hari kerja terlambat")] for row in rows] == [str(days), "", "", "", ""]
    sheet = load_workbook(io.BytesIO(client.get(url("treasurer"), query | {"unduh": "xlsx"}).content)).active
    assert sheet.cell(2, head.index("Tagihan") + 1).value == late.gross
    assert client.get(url("treasurer"), {"sejak": "kapan", "unduh": "csv"}).status_code == 422


def test_another_departments_invoices_stay_out_of_list_and_file(world: dict[str, Any]) -> None:
    stranger = signed_in(make.make_office().treasurer)
    for query in ({"keadaan": "semua"}, {"keadaan": "semua", "unduh": "csv"}):
        text = stranger.get(url("treasurer"), query).content.decode()
        assert not any(world[name].number in text for name in (PAID, LATE, TODAY, LATER, PAUSED))
