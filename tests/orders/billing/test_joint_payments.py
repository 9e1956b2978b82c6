"""One SP2D or transfer pays several invoices, each in full; all are recorded, or none."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.i18n.words import rupiah
from epeken.core.idempotency import new_key
from epeken.core.models import Rule
from epeken.notifications.models import Notification
from orders.billing import joint_pages
from orders.billing.models import Invoice, Payment
from orders.billing.services import holding, joint_payments
from orders.billing.states import HoldReason, InvoiceState, PaymentMethod
from orders.documents import build, schedule
from orders.documents.layout import money
from orders.documents.models import Document
from orders.documents.states import DocumentKind
from orders.orders.models import Order
from orders.orders.states import OrderState
from procurement.agencies.states import OfficerRole
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY, Office, invoice_of
from tests.factories.users import signed_in
from tests.html_forms import form_of
from tests.kept_steps import kept
from tests.orders.books import balanced, refused, unchanged

pytestmark = pytest.mark.django_db
THEN = MONDAY + 2 * DAY + HOUR


@pytest.fixture
def office() -> Office:
    return make.make_office()


@kept
def cleared(office: Office, product: Any = None) -> Invoice:
    """Of an order of its own: taken over, checked and approved."""
    return invoice_of(make.cleared(office, make.make_issued(office, product)))


def pay(office: Office, *invoices: Invoice, **over: Any) -> list[Payment]:
    values = {
        "actor": office.treasurer, "chosen": {row.pk: row.outstanding for row in invoices}, "method": PaymentMethod.LS,
        "reference": "SP2D-7/2026", "paid_on": date(2026, 9, 9), "proof": make.photo(), "key": new_key(), "now": THEN,
        **over,
    }  # fmt: skip
    for row in invoices:
        if row.order.agency_id == office.agency.pk:
            make.answer_split(office.treasurer, row, THEN)
    return joint_payments.record_joint_payment(**values)


def test_one_sp2d_pays_invoices_of_several_sellers(office: Office) -> None:
    one, other = cleared(office), cleared(office)
    made = pay(office, one, other)
    assert {row.invoice_id: row.amount for row in made} == {one.pk: one.net, other.pk: other.net}
    assert len({row.proof for row in made}) == 1 and made[0].proof
    assert set(Invoice.objects.values_list("state", flat=True)) == {InvoiceState.PAID}
    assert set(Order.objects.values_list("state", flat=True)) == {OrderState.FINISHED}
    office.line.refresh_from_db()
    assert (office.line.realised, office.line.committed) == (one.gross + other.gross, 0)
    told = Notification.objects.filter(kind="invoice.remitted").values_list("person", flat=True)
    assert set(told) >= {make.member_of(row.order).pk for row in (one, other)}
    balanced()


def test_the_same_key_records_once(office: Office) -> None:
    rows, key, proof = (cleared(office), cleared(office)), new_key(), make.photo()
    first = pay(office, *rows, key=key, proof=proof)
    again = pay(office, *rows, key=key, proof=proof)
    assert {row.pk for row in first} == {row.pk for row in again} and Payment.objects.count() == 2
    balanced()


def test_what_stops_one_stops_all_and_is_named(office: Office) -> None:
    one, other = cleared(office), cleared(office)
    holding.hold_invoice(
        actor=office.treasurer, invoice=other, reason=HoldReason.AMOUNT, note="Jumlahnya keliru", now=THEN
    )
    with unchanged():
        said = refused(RuleBroken, lambda: pay(office, one, other))
    assert other.number in said.message and other.order.seller.name in said.message
    holding.resume_invoice(actor=office.treasurer, invoice=other, now=THEN)
    make.pay(office, one.order, invoice=one, amount=1_000, reference="SP2D-1/2026")
    with unchanged():  # what the page showed is no longer what is left
        said = refused(InvalidMove, lambda: pay(office, one, other))
    assert one.number in said.message and said.field == "chosen"
    pay(office, Invoice.objects.get(pk=one.pk), other)
    assert set(Invoice.objects.values_list("state", flat=True)) == {InvoiceState.PAID}
    balanced()


def test_every_invoice_keeps_the_rules_of_a_single_payment(office: Office) -> None:
    one, other = cleared(office), cleared(office)
    assert refused(RuleBroken, lambda: pay(office, one)).code == "too_few_chosen"
    for method in (PaymentMethod.UP_GU, PaymentMethod.KKPD, PaymentMethod.CASH):
        assert refused(RuleBroken, lambda method=method: pay(office, one, other, method=method)).field == "method"
    early = refused(RuleBroken, lambda: pay(office, one, other, paid_on=date(2026, 9, 1)))
    assert early.field == "paid_on" and one.number in early.message
    assert refused(RuleBroken, lambda: pay(office, one, other, reference=" ")).field == "reference"
    assert refused(RuleBroken, lambda: pay(office, one, other, proof=None)).field == "proof"
    waiting = invoice_of(make.taken_over(office, make.make_issued(office)))
    make.check(office, waiting)
    said = refused(InvalidMove, lambda: pay(office, one, Invoice.objects.get(pk=waiting.pk)))
    assert "belum disetujui" in said.message and waiting.number in said.message
    for stranger in (office.requester, office.receiver, office.ppk, make.make_office().treasurer):
        refused(NotAllowed, lambda actor=stranger: pay(office, one, other, actor=actor))
    assert Payment.objects.count() == 0


def test_a_transfer_pays_one_seller_and_a_number_one_department(office: Office) -> None:
    one, other = cleared(office), cleared(office)
    said = refused(RuleBroken, lambda: pay(office, one, other, method=PaymentMethod.TRANSFER))
    assert said.code == "several_sellers"
    same = cleared(office, goods.make_product(one.order.seller, price=100_000))
    assert len(pay(office, one, same, method=PaymentMethod.TRANSFER, reference="TRX-1")) == 2
    elsewhere = make.make_office()
    foreign = cleared(elsewhere)
    assert refused(RuleBroken, lambda: pay(office, other, foreign)).code == "several_agencies"
    # The transfer's number is another seller's now.
    more = cleared(office, goods.make_product(other.order.seller, price=100_000))
    said = refused(RuleBroken, lambda: pay(office, other, more, method=PaymentMethod.TRANSFER, reference="TRX-1"))
    assert said.code == "reference_used"
    balanced()


def test_a_payment_after_the_year_names_its_basis(office: Office) -> None:
    one, other = cleared(office), cleared(office)
    new_year = MONDAY + 130 * DAY
    assert clock.local_date(new_year).year == 2027
    late = {"paid_on": clock.local_date(new_year), "now": new_year}
    assert refused(RuleBroken, lambda: pay(office, one, other, **late)).code == "year_over"
    Rule.objects.filter(code="year_end.late_payment").update(text="basis")
    assert refused(RuleBroken, lambda: pay(office, one, other, **late)).field == "late_year_basis"
    made = pay(office, one, other, late_year_basis="DPAL-SKPD 12/2027", **late)
    assert {row.late_year_basis for row in made} == {"DPAL-SKPD 12/2027"}


def test_the_paper_says_what_the_number_paid_in_all(office: Office) -> None:
    one, other, alone = cleared(office), cleared(office), cleared(office)
    pay(office, one, other)
    make.pay(office, alone.order, invoice=alone, reference="SP2D-8/2026")
    told = {}
    for row in (one, alone):
        paper = Document.objects.get(order=row.order, kind=DocumentKind.PAYMENT, replaced_at__isnull=True)
        trail = schedule.trail_for(paper, build.order_for_papers(paper.order_id))
        told[row.pk] = dict(money.payment(trail, paper).data["facts"])
    both = f"{rupiah(one.net + other.net)}, untuk 2 tagihan"
    assert told[one.pk]["Seluruhnya dengan nomor SP2D-7/2026"] == both
    assert not any(name.startswith("Seluruhnya") for name in told[alone.pk])


def ticked(*invoices: Invoice) -> list[str]:
    return [f"{row.pk}:{row.outstanding}" for row in invoices]


def test_the_treasurer_ticks_them_on_one_page(office: Office) -> None:
    rows = [cleared(office) for _n in range(4)]
    url, browser = reverse("orders:joint-payment"), signed_in(office.treasurer)
    assert f'href="{url}"' in browser.get(reverse("orders:treasurer")).text
    page = browser.get(url).text
    assert all(row.number in page and row.order.seller.name in page for row in rows)
    sent = {**form_of(browser, url), "chosen": ticked(*rows[:2]), "method": "ls", "paid_on": "2026-09-09"}
    wrong = browser.post(url, {**sent, "reference": "", "proof": make.photo()})
    assert wrong.status_code == 422
    assert form_of(browser, url, page=wrong.text)["chosen"] == ticked(*rows[:2])  # nothing that was ticked is lost
    assert browser.post(url, {**sent, "reference": "SP2D-8", "proof": make.photo()}).status_code == 302
    assert set(Payment.objects.values_list("invoice", flat=True)) == {row.pk for row in rows[:2]}
    page = browser.get(url).text
    assert rows[2].number in page and rows[0].number not in page
    assert signed_in(make.head_of(office)).get(url).status_code == 403


def test_another_departments_invoice_is_not_named(office: Office) -> None:
    own, foreign = [cleared(office), cleared(office)], cleared(make.make_office())
    url, browser = reverse("orders:joint-payment"), signed_in(office.treasurer)
    sent = {**form_of(browser, url), "method": "ls", "paid_on": "2026-09-09", "reference": "SP2D-9"}
    with unchanged():
        answer = browser.post(url, {**sent, "chosen": ticked(own[0], foreign), "proof": make.photo()})
    assert answer.status_code == 422 and foreign.number not in answer.text


def test_who_is_another_side_is_told_on_the_row(office: Office) -> None:
    """A treasurer who received the goods pays the others, and reads why not these."""
    rows = [cleared(office), cleared(office)]
    make.membership(office.agency, office.receiver, OfficerRole.TREASURER)
    page = signed_in(office.receiver).get(reverse("orders:joint-payment")).text
    assert page.count("Anda penerima barang pada pembelian ini") == 2 and f"bayar-{rows[0].pk}" not in page
    refused(RuleBroken, lambda: pay(office, *rows, actor=office.receiver))


def test_as_many_statements_for_many_as_for_few(office: Office) -> None:
    browser, url = signed_in(office.treasurer), reverse("orders:joint-payment")
    asked = []
    for _times in range(2):
        cleared(office)
        cleared(office)
        browser.get(url)
        with CaptureQueriesContext(connection) as statements:
            assert browser.get(url).status_code == 200
        asked.append(len(statements))
    assert asked[0] == asked[1]


def test_a_bill_that_was_paid_in_part_is_told_as_such(office: Office) -> None:
    one, other = cleared(office), cleared(office)
    make.pay(office, one.order, invoice=one, amount=one.net - 250_000, reference="SP2D-1/2026")
    one.refresh_from_db()
    page = signed_in(office.treasurer).get(reverse("orders:joint-payment"))
    rest = f"sisa dari {rupiah(one.net)}, sudah dibayar {rupiah(one.net - 250_000)}"
    assert " ".join(page.text.split()).count("sisa dari") == 1 and rest in " ".join(page.text.split())
    said = joint_pages.recorded_words(pay(office, one, other))
    assert f"2 pembayaran dicatat, seluruhnya {rupiah(250_000 + other.net)}." in said
    assert f"Yang sudah dibayar sebagian: {one.number}: sisa Rp250.000 dari {rupiah(one.net)}." in said
    assert other.number not in said
