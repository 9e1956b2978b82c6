"""A shop's month: sums that agree on the page, in the files and with the invoices, and nobody else's."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from epeken.core import clock
from epeken.users.models import User
from orders.billing.models import Invoice
from orders.orders.models import Order
from orders.sales import pages
from tests.factories import confirmations as word
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import DAY, MONDAY
from tests.factories.procurement import Office, make_request
from tests.factories.remedies import decided, deduction
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.pages import url

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 1)


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
@kept
def order(office: Office) -> Order:
    """Ten boxes and five caps of one shop, all accepted in September."""
    shop = goods.make_seller(delivery_fee=10_000, npwp="012345678901234")
    food, caps = (
        goods.make_product(shop, price=1_000_000, name="Nasi"),
        goods.make_product(shop, price=20_000, name="Topi"),
    )
    make_request(office, [(food, 10), (caps, 5)], state="ordered")
    found = Order.objects.latest("pk")
    make.taken_over(office, found)  # type: ignore[arg-type]
    return Order.objects.get(pk=found.pk)


def page(person: User, **query: str) -> str:
    answer = signed_in(person).get(url("sales"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def file_of(person: User, address: str = "sales", **query: str) -> list[dict[str, str]]:
    answer = signed_in(person).get(url(address), {"unduh": "csv", **query})
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_the_month_adds_up_everywhere(office: Office, order: Order) -> None:
    seller, invoice = make.member_of(order), Invoice.objects.get(order=order)
    found = pages.sold(order.seller, SEPTEMBER)
    sums = pages.sums(found)
    assert (sums.count, sums.gross, sums.withheld, sums.net) == (1, invoice.gross, invoice.withheld, invoice.net)
    assert (sums.paid, sums.unpaid) == (0, invoice.net)
    assert sum(day.gross for day in pages.by_day(found)) == sums.gross
    assert [(one.name, one.amount) for one in pages.best_goods(found)] == [("Nasi", 10_000_000), ("Topi", 100_000)]
    row = file_of(seller, bulan="2026-09")[0]
    parts = int(row["Jumlah barang"]) + int(row["Ongkos antar"]) + int(row["Potongan keluhan"])
    assert parts == int(row["Jumlah tagihan"]) == invoice.gross
    assert int(row["Jumlah tagihan"]) - int(row["Pajak dipotong"]) == int(row["Untuk toko"]) == invoice.net
    assert int(row["PPN di dalamnya"]) + int(row["PPh di dalamnya"]) == int(row["Pajak dipotong"]) == invoice.withheld
    assert sum(amount for _kind, amount in pages.taxes_of(found)) == invoice.withheld
    assert row["Anda nyatakan diterima"] == row["Dibayar menurut dinas"] == "0"
    text = page(seller, bulan="2026-09")
    assert "Belum dibayar" in text
    assert "Nasi" in text


def test_money_that_was_paid_stands_beside_what_was_sold_by_whose_word(
    office: Office, order: Order, run_jobs: Any
) -> None:
    make.clear(office, make.invoice_of(order), MONDAY + 2 * DAY)  # type: ignore[arg-type]
    make.pay(office, order)  # type: ignore[arg-type]
    seller = make.member_of(order)
    sums = pages.sums(pages.sold(order.seller, SEPTEMBER))
    assert (sums.paid, sums.told, sums.confirmed, sums.unpaid) == (sums.net, sums.net, 0, 0)
    row = file_of(seller, bulan="2026-09")[0]
    assert (int(row["Dibayar menurut dinas"]), row["Anda nyatakan diterima"]) == (sums.paid, "0")
    assert row["Tanggal dibayar"] == "2026-09-09"
    text = page(seller, bulan="2026-09")
    assert "Belum dibayar" not in text
    assert "Dibayar menurut dinas" in text
    run_jobs()
    word.confirmed(word.of_payment(order))
    sums = pages.sums(pages.sold(order.seller, SEPTEMBER))
    assert (sums.paid, sums.told, sums.confirmed) == (sums.net, 0, sums.net)
    row = file_of(seller, bulan="2026-09")[0]
    assert (row["Dibayar menurut dinas"], int(row["Anda nyatakan diterima"])) == ("0", sums.net)
    assert "Dibayar menurut dinas" not in page(seller, bulan="2026-09")


def test_what_a_complaint_took_off_is_not_sold(office: Office) -> None:
    order = make.make_issued(office)  # type: ignore[arg-type]
    make.taken_over(office, order)  # type: ignore[arg-type]
    before = pages.sums(pages.sold(order.seller, SEPTEMBER))
    decided(order, office.receiver, deduction(order, 30_000))
    after = pages.sums(pages.sold(order.seller, SEPTEMBER))
    assert before.gross - after.gross == 30_000


def test_a_month_begins_and_ends_at_its_midnights(order: Order) -> None:
    last = clock.start_of(date(2026, 10, 1)) - (clock.end_of(SEPTEMBER) - clock.start_of(SEPTEMBER)) / 10**9
    for moment, there in ((clock.start_of(SEPTEMBER), True), (last, True), (clock.start_of(date(2026, 10, 1)), False)):
        Invoice.objects.filter(order=order).update(issued_at=moment)
        assert pages.sold(order.seller, SEPTEMBER).exists() is there
    assert pages.last_of(date(2028, 2, 1)) == date(2028, 2, 29)


def test_the_statement_says_the_same(order: Order) -> None:
    invoice = Invoice.objects.get(order=order)
    answer = signed_in(make.member_of(order)).get(url("sales"), {"bulan": "2026-09", "unduh": "pdf"})
    said = " ".join(" ".join(one.extract_text().split()) for one in PdfReader(io.BytesIO(answer.content)).pages)
    for figure in (invoice.gross, invoice.withheld, invoice.net):
        assert f"Rp{figure:,}".replace(",", ".") in said
    assert "Laporan Penjualan Bulanan" in said
    assert "September 2026" in said
    assert order.seller.name in said


def test_a_shop_reads_its_own_month_only(order: Order) -> None:
    other = goods.make_seller()
    stranger = other.members.get().user
    assert "Belum ada penjualan" in page(stranger, bulan="2026-09")
    assert file_of(stranger) == []
    assert signed_in(goods.make_user()).get(url("sales")).status_code == 302


def test_a_month_that_is_none_is_said_and_no_file_is_made_of_another(order: Order) -> None:
    seller = make.member_of(order)
    assert "tidak dipakai" in page(seller, bulan="2026-13")
    answer = signed_in(seller).get(url("sales"), {"bulan": "2026-13", "unduh": "xlsx"})
    assert answer.status_code == 422


def test_the_list_of_orders_leads_with_the_goods_and_finds_buyers(office: Office, order: Order) -> None:
    client = signed_in(make.member_of(order))
    address = "/penjual/pesanan/"
    text = client.get(address).content.decode()
    assert "dan 1 barang lain" in text
    for words in (office.agency.name, "topi", order.number):
        assert order.number in client.get(address, {"q": words}).content.decode()
    assert "Tidak ada yang cocok" in client.get(address, {"q": "tidak ada yang begini"}).content.decode()
    answer = client.get(address, {"unduh": "csv", "q": "topi"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row["Nomor pesanan"] for row in rows] == [order.number]
    assert "10 " in rows[0]["Barang"]
    assert int(rows[0]["Untuk toko"]) == Invoice.objects.get(order=order).net
