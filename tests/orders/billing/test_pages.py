"""Invoices and payments by page: bad input, roles, the clock of payment."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from epeken.core import clock
from epeken.core.i18n.words import rupiah
from epeken.core.idempotency import new_key
from epeken.core.models import Holiday
from epeken.users import services as users
from orders.billing import rules as billing_rules
from orders.billing.models import Invoice
from orders.billing.pages import ageing, days_left_words, payment_clock
from orders.billing.states import InvoiceState
from orders.orders.models import Order
from procurement.budgets.models import BudgetEntry
from tests.factories import orders as make
from tests.factories.orders import DAY
from tests.factories.users import signed_in
from tests.html_forms import form_of
from tests.orders.books import unchanged
from tests.orders.pages import to_billed, url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "wrong",
    [
        {"method": "cash"}, {"method": ""}, {"reference": ""}, {"paid_on": "kemarin"}, {"paid_on": "2031-01-01"},
        {"proof": ""}, {"key": "abc"}, {"reference": "x" * 61},
    ],
)  # fmt: skip
def test_a_payment_that_does_not_hold_is_told(order: Order, office: make.Office, wrong: dict[str, str]) -> None:
    invoice = to_billed(order, office)
    client = signed_in(office.treasurer)
    make.clear(office, invoice, clock.now())
    values = {
        "key": new_key(), "method": "ls", "reference": "SP2D-9", "paid_on": clock.local_date(clock.now()).isoformat(),
        "proof": make.photo(), **wrong,
    }  # fmt: skip
    with unchanged():
        assert client.post(url("payment-create", order.number), values).status_code == 422
    invoice.refresh_from_db()
    assert invoice.state == InvoiceState.APPROVED


def test_one_round_tells_the_number_and_the_excess(order: Order, office: make.Office) -> None:
    invoice = to_billed(order, office)
    make.clear(office, invoice, clock.now())
    now = clock.now()
    make.pay(office, order, amount=1_000, reference="SP2D-9", now=now, paid_on=clock.local_date(now))
    left = invoice.net - 1_000
    values = {
        "key": new_key(), "method": "ls", "reference": "SP2D-9", "paid_on": clock.local_date(now).isoformat(),
        "proof": make.photo(), "amount": str(left + 1),
    }  # fmt: skip
    with unchanged():
        refused = signed_in(office.treasurer).post(url("payment-create", order.number), values)
    errors = refused.context["form"].errors
    assert "sudah dicatat" in errors["reference"][0] and f"tinggal {rupiah(left)}" in errors["amount"][0]


def test_all_that_is_left_is_what_the_page_said_was_left(order: Order, office: make.Office) -> None:
    """A second window opened before a part was paid does not record the rest as if it were all."""
    invoice = to_billed(order, office)
    client = signed_in(office.treasurer)
    make.clear(office, invoice, clock.now())
    stale = form_of(client, url("payment-create", order.number))
    today = clock.local_date(clock.now()).isoformat()
    values = {"method": "up_gu", "paid_on": today}
    first = {**values, "key": new_key(), "amount": "1000", "proof": make.photo(), "shown": stale["shown"]}
    assert client.post(url("payment-create", order.number), first).status_code == 302
    page = client.get(url("payment-create", order.number)).content.decode()
    assert 'value="ls"' in page and 'value="kkpd"' not in page  # a card pays all at once
    second = {**values, "key": new_key(), "proof": make.photo(), "shown": stale["shown"]}
    with unchanged():
        refused = client.post(url("payment-create", order.number), second)
    left = rupiah(invoice.net - 1_000)
    assert refused.status_code == 422 and f"tinggal {left}" in refused.content.decode()
    again = {**second, "amount": str(invoice.net - 1_000), "proof": make.photo()}
    assert client.post(url("payment-create", order.number), again).status_code == 302
    invoice.refresh_from_db()
    assert (invoice.state, invoice.outstanding) == (InvoiceState.PAID, 0)


def test_the_receiver_does_not_pay_by_page(order: Order, office: make.Office) -> None:
    to_billed(order, office)
    client = signed_in(office.receiver)
    with unchanged():
        assert client.post(url("invoice-verify", order.number)).status_code == 403
        assert client.get(url("payment-create", order.number)).status_code == 403


def test_money_page_tells_the_clock(order: Order, office: make.Office) -> None:
    to_billed(order, office)
    page = signed_in(make.member_of(order)).get(url("seller-money")).content.decode()
    days = billing_rules.PAYMENT.on(clock.today())
    assert f"Sisa {days} hari kerja" in page
    assert "Rp1.025.000" in page


def test_a_holiday_declared_later_leaves_the_due_day_and_shortens_what_is_left(
    order: Order, office: make.Office
) -> None:
    invoice = to_billed(order, office)
    due, days = invoice.due_at, billing_rules.PAYMENT.on(clock.today())
    assert due is not None
    first = clock.add_working_days(clock.today(), 1)
    Holiday.objects.create(day=first, name="Libur susulan", source="SK contoh")
    invoice.refresh_from_db()
    told = payment_clock(invoice, clock.now())
    assert told is not None
    assert invoice.due_at == due
    assert (told.due, told.left) == (clock.last_day(due), days - 1)
    assert first.day not in [square.number for square in told.days]
    page = signed_in(office.treasurer).get(url("order-detail", order.number)).content.decode()
    assert f"Sisa {days - 1} hari kerja" in page
    assert f"{days} hari kerja sejak BAST, menurut hari libur yang diketahui saat itu." in page


def test_an_invoice_is_late_on_the_weekend_behind_its_last_day(order: Order, office: make.Office) -> None:
    """No working day has passed yet, and the time is over all the same: every page says so."""
    invoice = to_billed(order, office)
    friday = date(2026, 12, 4)
    Invoice.objects.filter(pk=invoice.pk).update(due_at=clock.end_of(friday), issued_at=clock.start_of(friday))
    invoice.refresh_from_db()
    holidays = clock.holidays_between(friday, friday + 7 * DAY)
    for moment, late, words in [
        (clock.end_of(friday) - timedelta.resolution, False, "Hari ini batasnya"),
        (clock.end_of(friday), True, "Lewat, batasnya kemarin"),
        (clock.end_of(friday + 2 * DAY), True, "Lewat 1 hari kerja"),
    ]:
        told = payment_clock(invoice, moment)
        assert told is not None
        assert (told.is_late, told.title) == (late, words)
        assert days_left_words(invoice, moment, holidays) == words
        figures = ageing(Invoice.objects.all(), moment)
        assert (figures.late, figures.late + figures.today) == (int(late), 1)


def test_the_treasurer_sees_invoices_by_age(order: Order, office: make.Office) -> None:
    invoice = to_billed(order, office)
    page = signed_in(office.treasurer).get(url("treasurer")).content.decode()
    assert invoice.number in page
    assert "1 masih ada waktu" in " ".join(page.split())
    Invoice.objects.filter(pk=invoice.pk).update(due_at=clock.now() - 5 * DAY)
    page = signed_in(office.treasurer).get(url("treasurer")).content.decode()
    assert "1 lewat batas" in " ".join(page.split())
    assert office.agency.short_name not in page.split("<main")[1]
    assert re.search(r"Lewat \d+ hari kerja", page)


def test_every_line_of_the_budget_opens_its_paper(order: Order, office: make.Office) -> None:
    invoice = to_billed(order, office)
    make.clear(office, invoice, clock.now())
    make.pay(office, order, now=clock.now(), paid_on=clock.today())
    client = signed_in(office.treasurer)
    page = client.get(reverse("procurement:budget-detail", args=[office.line.pk])).text
    told = set(BudgetEntry.objects.filter(line=office.line).values_list("reference", flat=True))
    links = set(re.findall(r'<a class="nowrap"\s+href="([^"]+)">\s*([^<\s]+)\s*</a>', page))
    assert {number for _address, number in links} - {invoice.number} == told == {order.number, order.request.number}
    assert {client.get(address).status_code for address, _number in links} == {200}
    [paid] = [address for address, number in links if number == invoice.number]
    assert f'id="{paid.partition("#")[2]}"' in client.get(paid).text


def test_a_reader_of_english_is_told_the_tax_in_english_and_the_sheet_stays_indonesian(
    order: Order, office: make.Office
) -> None:
    invoice = to_billed(order, office)
    kept = list(invoice.tax_lines.values_list("explanation", flat=True))
    assert any("tidak dipungut" in words for words in kept)
    client = signed_in(office.treasurer)
    indonesian = client.get(url("order-detail", order.number)).content.decode()
    users.choose_language(actor=office.treasurer, language="en")
    make.clear(office, invoice, clock.now())
    for name in ("order-detail", "payment-create"):
        page = client.get(url(name, order.number)).content.decode()
        for words in kept:
            assert words in indonesian
            assert words not in page
        assert "is not collected" in page
    assert list(invoice.tax_lines.values_list("explanation", flat=True)) == kept


def test_an_invoice_issued_by_a_reader_of_english_keeps_indonesian_words(order: Order, office: make.Office) -> None:
    with override("en"):
        invoice = to_billed(order, office)
    assert all("collected" not in line.explanation for line in invoice.tax_lines.all())
    assert any("tidak dipungut" in line.explanation for line in invoice.tax_lines.all())


def test_an_invoice_is_complete_once_every_required_paper_is_there(office: make.Office) -> None:
    """The page says what is missing before anything is pressed, and pressing changes nothing."""
    order = make.make_meeting(office, now=clock.now())
    invoice = to_billed(order, office)
    client = signed_in(office.treasurer)
    press = url("invoice-verify", order.number)
    page = " ".join(client.get(url("order-detail", order.number)).text.split())
    assert "Belum dapat dibayar, berkas ini belum ada" in page and "Undangan" in page and "Daftar hadir" in page
    assert press not in page
    with unchanged():
        refused = client.post(press)
    assert refused.status_code == 422
    assert "Undangan (diunggah pemesan atau pejabat lain dinas ini)" in refused.text
    assert "Daftar hadir (" in refused.text
    make.bring(office, order, now=clock.now())
    assert press in client.get(url("order-detail", order.number)).text
    assert "Berkas tagihan dinyatakan lengkap" in client.post(press, {"ticked": ["papers"]}, follow=True).text
    invoice.refresh_from_db()
    assert invoice.state == InvoiceState.VERIFIED
