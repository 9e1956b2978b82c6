"""What was paid, as accounting enters it: each budget line's share, each figure once, by the day of payment."""

import csv
import io
from datetime import date
from typing import Any

import pytest

from epeken.core import clock
from epeken.users.models import User
from orders.billing.models import Invoice
from orders.orders.models import Order
from orders.realisation import pages
from orders.tax_slips import services as slips
from procurement.budgets.models import Account, BudgetLine
from tests.factories import orders as make
from tests.factories import reversals as undo
from tests.factories import tax_slips as slip_of
from tests.factories import umkm as goods
from tests.factories.orders import DAY, MONDAY
from tests.factories.procurement import Office, make_line, make_request
from tests.factories.remedies import decided, deduction
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.pages import url

pytestmark = pytest.mark.django_db
FOOD, PAPER, FEE = 10_000_000, 100_000, 10_000
PAID_ON = date(2026, 9, 9)  # make.pay


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
@kept
def order(office: Office) -> Order:
    """Paid: food on the department's line with the delivery cost, paper on another's."""
    account = Account.objects.create(code="5.1.02.99.99.0001", name="Belanja Contoh")
    second = make_line(office.agency, account=account, activity_name="Cetak dan alat tulis")
    shop = goods.make_seller(delivery_fee=FEE, npwp="012345678901234")
    food, paper = goods.make_product(shop, price=1_000_000), goods.make_product(shop, price=20_000)
    make_request(office, [(food, 10), (paper, 5)], state="ordered", charged={paper: second})
    return paid(office, Order.objects.latest("pk"))


def paid(office: Office, order: Order) -> Order:
    make.cleared(office, order)  # type: ignore[arg-type]
    make.pay(office, order)  # type: ignore[arg-type]
    return Order.objects.get(pk=order.pk)


def rows(office: Office, since: date | None = None, until: date | None = None) -> list[pages.RealisationRow]:
    return pages.rows_of(pages.with_rows(pages.realised([office.agency], since, until)))


def file_of(person: User, **query: str) -> list[dict[str, str]]:
    answer = signed_in(person).get(url("realisation-list"), {"unduh": "csv", **query})
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_each_budget_line_has_its_share_and_the_figures_of_the_invoice_stand_once(office: Office, order: Order) -> None:
    invoice = Invoice.objects.get(order=order)
    found = file_of(office.treasurer)
    assert [int(row["Jumlah belanja"]) for row in found] == [FOOD + FEE, PAPER]
    booked = {line.account_id: line.realised for line in BudgetLine.objects.filter(agency=office.agency)}
    assert {row["Kode rekening"]: int(row["Jumlah belanja"]) for row in found} == booked
    assert sum(int(row["Jumlah belanja"]) for row in found) == invoice.gross
    assert [row["Untuk penjual"] for row in found] == [str(invoice.net), ""]
    kinds = [str(kind.label) for kind in pages.KINDS]
    assert sum(int(found[0][kind]) for kind in kinds) == invoice.withheld > 0
    assert {found[1][kind] for kind in kinds} == {""}
    first = found[0]
    assert (first["Nomor BAST"], first["Nomor kuitansi"]) == (invoice.delivery.bast_number, invoice.kuitansi_number)
    assert (first["Nomor bukti"], first["Tanggal bayar"]) == ("SP2D-001/2026", PAID_ON.isoformat())
    assert (first["ID RUP"], first["Tahun anggaran"]) == (office.line.rup_id, str(office.line.year))


def test_a_row_names_the_offices_own_numbers_the_day_of_the_kuitansi_and_the_bukti_potong(
    office: Office, order: Order
) -> None:
    def told() -> dict[str, str]:
        return file_of(office.treasurer)[0]

    invoice = Invoice.objects.get(order=order)
    assert invoice.paid_at is not None and order.office_number and invoice.office_number
    first = told()
    assert first["Nomor agenda surat pesanan"] == order.office_number
    assert first["Nomor agenda BAST"] == invoice.delivery.office_number
    assert first["Nomor agenda kuitansi"] == invoice.office_number
    assert first["Tanggal kuitansi"] == clock.local_date(invoice.paid_at).isoformat() != first["Tanggal BAST"]
    assert first["Nomor bukti potong"] == ""
    slip = slip_of.recorded(office, MONDAY + 5 * DAY)
    assert told()["Nomor bukti potong"] == slip.number
    slips.withdraw_slip(actor=office.treasurer, slip=slip, reason="Salah nomor", now=MONDAY + 6 * DAY)
    assert told()["Nomor bukti potong"] == ""
    # Paid again after a reversal, the kuitansi has another number in both books.
    undo.released(office, undo.asked(office, order, now=MONDAY + 7 * DAY))
    make.pay_again(office, order, reference="SP2D-2", now=MONDAY + 8 * DAY, paid_on=clock.local_date(MONDAY + 8 * DAY))
    again = told()
    assert again["Nomor agenda kuitansi"] == f"{invoice.office_number}-2"
    assert again["Tanggal kuitansi"] == clock.local_date(MONDAY + 8 * DAY).isoformat()


def test_the_file_holds_the_sellers_tax_number_of_the_invoice(office: Office, order: Order) -> None:
    party = Invoice.objects.get(order=order).seller_party
    assert party.npwp
    assert {row["NPWP penjual"].lstrip("'") for row in file_of(office.treasurer)} == {party.npwp}
    page = signed_in(office.treasurer).get(url("realisation-list")).content.decode()
    assert party.npwp not in page


def test_the_days_of_payment_are_both_included(office: Office, order: Order) -> None:
    day = PAID_ON.resolution
    assert len(rows(office, PAID_ON, PAID_ON)) == 2
    assert rows(office, PAID_ON + day, None) == []
    assert rows(office, None, PAID_ON - day) == []


def test_parts_count_with_the_last_and_a_reversed_one_not_at_all(office: Office) -> None:
    product = goods.make_product(price=100_000)
    make_request(office, [(product, 10)], state="ordered")
    order = make.cleared(office, Order.objects.latest("pk"))  # type: ignore[arg-type]
    later: dict[str, Any] = {"paid_on": PAID_ON + PAID_ON.resolution, "now": MONDAY + 3 * DAY}
    make.pay(office, order, amount=400_000, reference="SP2D-001/2026", **later)  # type: ignore[arg-type]
    assert rows(office) == []
    make.pay(office, order, reference="SP2D-002/2026", now=later["now"])  # type: ignore[arg-type]
    (row,) = rows(office)
    assert row.invoice.last_paid_on == later["paid_on"]
    assert pages.file_cells(row)[pages.file_head().index("Nomor bukti")] == "SP2D-001/2026; SP2D-002/2026"
    undo.released(office, undo.asked(office, order))
    assert rows(office) == []
    assert pages.sums(pages.realised([office.agency], None, None)) == {"gross": 0, "withheld": 0, "net": 0}


def test_a_deduction_lowers_the_shares(office: Office) -> None:
    """The rows add up to what was paid after a dispute took something off."""
    make_request(office, [(goods.make_product(price=100_000), 10)], state="ordered")
    order = make.taken_over(office, Order.objects.latest("pk"))  # type: ignore[arg-type]
    decided(order, office.receiver, deduction(order, 150_000))
    invoice = make.invoice_of(order)
    make.clear(office, invoice, MONDAY + 3 * DAY)  # type: ignore[arg-type]
    make.pay(office, order, paid_on=PAID_ON + PAID_ON.resolution, now=MONDAY + 3 * DAY)  # type: ignore[arg-type]
    (row,) = rows(office)
    invoice.refresh_from_db()
    assert (row.amount, invoice.deduction) == (invoice.gross, 150_000)


def test_another_department_sees_none_of_it(office: Office, order: Order) -> None:
    other = Office()
    assert file_of(other.treasurer) == []
    assert file_of(other.treasurer, dinas=str(office.agency.pk)) == []
    assert signed_in(goods.make_user()).get(url("realisation-list")).status_code == 403
    inspector = goods.make_staff("procurement.inspect_all")
    assert len(file_of(inspector, dinas=str(office.agency.pk))) == 2
    assert file_of(inspector, dinas=str(other.agency.pk)) == []


def test_a_day_that_cannot_be_read_gives_no_file(office: Office, order: Order) -> None:
    answer = signed_in(office.treasurer).get(url("realisation-list"), {"unduh": "csv", "sejak": "2026-02-30"})
    assert answer.status_code == 422
    page = signed_in(office.treasurer).get(url("realisation-list"), {"sejak": "2026-02-30"})
    assert "tidak dipakai" in page.content.decode()


def test_the_page_adds_up(office: Office, order: Order) -> None:
    answer = signed_in(office.treasurer).get(url("realisation-list"))
    invoice = Invoice.objects.get(order=order)
    assert answer.context["sums"] == {"gross": invoice.gross, "withheld": invoice.withheld, "net": invoice.net}
    assert order.title in answer.content.decode()
