"""Verified, paid, realised; segregation of duties; cash."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.files.uploads import read_private
from epeken.core.i18n.words import rupiah
from epeken.core.idempotency import KeyReused, new_key
from epeken.core.models import Rule
from epeken.notifications.models import Notification
from epeken.notifications.rendering import render
from orders.billing import taxes
from orders.billing.models import Commitment, Invoice, Payment, TaxLine
from orders.billing.services import payments
from orders.billing.states import CommitmentState, InvoiceState, PaymentMethod, TaxKind
from orders.deliveries import services as deliveries
from orders.disputes import services as disputes
from orders.ladder import services as ladder
from orders.orders import status
from orders.orders.errors import RoleAlreadyHeld
from orders.orders.models import Order
from orders.orders.pages.timeline import timeline
from orders.orders.states import OrderState
from procurement.agencies.states import OfficerRole
from procurement.budgets.models import BudgetEntry
from procurement.budgets.states import EntryKind
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.books import balanced, refused, unchanged

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("billing")]  # one process makes the rows of the module


@pytest.fixture(scope="module")
def invoiced(module_transaction: None) -> tuple[make.Office, Order]:
    """An order from its budget to its invoice: most of the time of these tests, so once for all."""
    office = make.make_office()
    return office, make.taken_over(office, make.make_issued(office, goods.make_product(price=500_000)))


@pytest.fixture
def _django_db_helper(invoiced: tuple[make.Office, Order], savepoint: None) -> None:
    """In place of pytest-django's: the transaction around the whole module holds the order."""


@pytest.fixture
def office(invoiced: tuple[make.Office, Order]) -> make.Office:
    return deepcopy(invoiced[0])


@pytest.fixture
def billed(invoiced: tuple[make.Office, Order]) -> Order:
    """Rp5,025,000 without NPWP: PPh 22 3 % = Rp150,750."""
    return Order.objects.get(pk=invoiced[1].pk)


@pytest.fixture
@kept
def ready(office: make.Office, billed: Order) -> Order:
    make.clear(office, make.invoice_of(billed), MONDAY + 2 * DAY)
    return Order.objects.get(pk=billed.pk)


def test_the_invoice_carries_its_tax(billed: Order) -> None:
    invoice = make.invoice_of(billed)
    assert (invoice.gross, invoice.withheld, invoice.net) == (5_025_000, 150_750, 4_874_250)
    assert {line.kind: line.amount for line in invoice.tax_lines.all()} == {TaxKind.PPH22: 150_750, TaxKind.PPN: 0}
    assert all(line.explanation and line.rule.source for line in invoice.tax_lines.all())


def test_the_treasurer_is_told(billed: Order, office: make.Office) -> None:
    assert Notification.objects.filter(kind="invoice.issued", person=office.treasurer).count() == 1


def test_verifying(ready: Order, office: make.Office) -> None:
    invoice = make.invoice_of(ready)
    assert (invoice.state, invoice.verifier) == (InvoiceState.APPROVED, office.treasurer)


@pytest.mark.parametrize("who", ["requester", "pp", "ppk", "receiver"])
def test_only_the_treasurer_verifies(billed: Order, office: make.Office, who: str) -> None:
    invoice, actor = make.invoice_of(billed), getattr(office, who)
    refused(NotAllowed, lambda: make.check(office, invoice, actor=actor))


@pytest.mark.parametrize("who", ["requester", "pp", "receiver"])
def test_nobody_of_an_earlier_side_pays(ready: Order, office: make.Office, who: str) -> None:
    person = getattr(office, who)
    make.membership(office.agency, person, OfficerRole.TREASURER)
    act = lambda: make.pay(office, ready, actor=person)  # noqa: E731
    refused(RoleAlreadyHeld, act, code="same_person")


def test_who_only_signed_the_bast_does_not_pay(office: make.Office) -> None:
    order = make.accepted(make.make_issued(office))
    sent = make.inspected(make.arrived(make.shipped(order), office.receiver), office.receiver)
    signer = goods.make_user()
    for role in (OfficerRole.RECEIVER, OfficerRole.TREASURER):
        make.membership(office.agency, signer, role)
    deliveries.sign_bast(actor=signer, delivery=sent, office_number="", now=MONDAY + 2 * DAY)
    act = lambda: make.check(office, make.invoice_of(order), MONDAY + 3 * DAY, actor=signer)  # noqa: E731
    refused(RoleAlreadyHeld, act, code="same_person")


def test_who_paid_for_a_part_does_not_receive_the_rest(office: make.Office) -> None:
    order = make.accepted(make.make_issued(office))
    line = order.lines.get()
    first = make.inspected(make.arrived(make.shipped(order, sent={line.pk: 4}), office.receiver), office.receiver)
    deliveries.sign_bast(actor=office.receiver, delivery=first, office_number="", now=MONDAY + 2 * DAY)
    make.clear(office, make.invoice_of(order), MONDAY + 3 * DAY)
    make.membership(office.agency, office.treasurer, OfficerRole.RECEIVER)
    rest = make.shipped(order, now=MONDAY + 3 * DAY)
    act = lambda: make.arrived(rest, office.treasurer, now=MONDAY + 4 * DAY)  # noqa: E731
    assert "bendahara" in refused(RoleAlreadyHeld, act, code="same_person").message
    balanced()


def test_paying_realises_and_finishes(ready: Order, office: make.Office) -> None:
    payment = make.pay(office, ready)
    ready.refresh_from_db()
    assert (payment.amount, payment.reference, payment.paid_on) == (4_874_250, "SP2D-001/2026", date(2026, 9, 9))
    assert (ready.state, make.invoice_of(ready).state) == (OrderState.FINISHED, InvoiceState.PAID)
    office.line.refresh_from_db()
    assert (office.line.committed, office.line.realised) == (0, 5_025_000)
    assert BudgetEntry.objects.filter(kind=EntryKind.REALISE).count() == 1
    assert read_private(payment.proof)[:2] == b"\xff\xd8"
    told = Notification.objects.get(kind="invoice.remitted", person=make.member_of(ready))
    invoice, words = make.invoice_of(ready), render(told, "id")
    assert words.title == f"Dibayar Rp4.874.250 untuk tagihan {invoice.number}"
    assert "nomor SP2D-001/2026" in words.body
    assert f"jumlahnya Rp5.025.000, dipotong pajak {rupiah(invoice.withheld)}" in words.body
    assert Notification.objects.filter(kind="invoice.paid", person=office.requester).exists()
    balanced()


def test_the_same_key_pays_once(ready: Order, office: make.Office) -> None:
    key = new_key()
    assert make.pay(office, ready, key=key) == make.pay(office, ready, key=key, proof=make.photo())
    assert Payment.objects.count() == 1
    balanced()


def test_the_same_key_with_another_body_is_refused(ready: Order, office: make.Office) -> None:
    key = new_key()
    make.pay(office, ready, key=key)
    refused(KeyReused, lambda: make.pay(office, ready, key=key, reference="SP2D-002/2026"))


def test_nothing_is_paid_twice(ready: Order, office: make.Office) -> None:
    make.pay(office, ready)
    refused(InvalidMove, lambda: make.pay(office, ready))


def test_an_unverified_invoice_is_not_paid(billed: Order, office: make.Office) -> None:
    refused(InvalidMove, lambda: make.pay(office, billed))


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"method": PaymentMethod.CASH}, "method_unknown"),
        ({"method": "barter"}, "method_unknown"),
        ({"reference": " "}, "reference_missing"),
        ({"method": PaymentMethod.TRANSFER, "reference": ""}, "reference_missing"),
        ({"method": PaymentMethod.KKPD, "reference": ""}, "reference_missing"),
        ({"paid_on": date(2026, 9, 10)}, "paid_on_outside"),
        ({"paid_on": date(2026, 9, 1)}, "paid_on_outside"),
        ({"paid_on": date(2026, 9, 8)}, "paid_before_approval"),
        ({"proof": None}, "proof_missing"),
    ],
)
def test_a_payment_that_does_not_hold_is_refused(
    ready: Order, office: make.Office, over: dict[str, object], code: str
) -> None:
    refused(RuleBroken, lambda: make.pay(office, ready, **over), code=code)


DPAL = "DPAL-SKPD 1.02/2027"


@pytest.mark.parametrize(
    ("paid_on", "basis", "kept"),
    [
        (date(2026, 12, 31), "", ""),  # recorded in January, paid in December
        (date(2026, 12, 31), DPAL, ""),
        (date(2027, 1, 1), f" {DPAL} ", DPAL),
    ],
)
def test_a_payment_after_the_budget_year_says_what_allows_it(
    ready: Order, office: make.Office, paid_on: date, basis: str, kept: str
) -> None:
    january = clock.start_of(date(2027, 1, 5))
    Rule.objects.filter(code="year_end.late_payment").update(text="basis")
    payment = make.pay(office, ready, paid_on=paid_on, late_year_basis=basis, now=january)
    assert payment.late_year_basis == kept
    office.line.refresh_from_db()
    assert (office.line.year, office.line.committed, office.line.realised) == (2026, 0, 5_025_000)
    balanced()


def test_a_payment_after_the_budget_year_without_a_basis_is_refused(ready: Order, office: make.Office) -> None:
    january = clock.start_of(date(2027, 1, 5))
    Rule.objects.filter(code="year_end.late_payment").update(text="basis")
    for basis in ("", "  "):
        act = lambda: make.pay(office, ready, paid_on=date(2027, 1, 5), late_year_basis=basis, now=january)  # noqa: B023, E731
        refused(RuleBroken, act, code="late_year_basis_missing")


def test_petty_cash_needs_no_number(ready: Order, office: make.Office) -> None:
    assert make.pay(office, ready, method=PaymentMethod.UP_GU, reference="").amount == make.invoice_of(ready).net


def test_one_transfer_pays_one_seller(ready: Order, office: make.Office) -> None:
    """Several of its invoices, each once; another department's number is another transfer."""
    by_transfer: dict[str, Any] = {"method": PaymentMethod.TRANSFER, "reference": "TRF-77"}
    product = goods.make_product(price=100_000)
    first, second = (make.cleared(office, make.make_issued(office, product)) for _ in range(2))
    make.pay(office, first, amount=1_000, **by_transfer)
    make.pay(office, second, **by_transfer)
    said = refused(RuleBroken, lambda: make.pay(office, ready, **by_transfer), code="reference_used").message
    assert product.seller.name in said
    small = lambda: make.pay(office, ready, **(by_transfer | {"reference": "trf-77"}))  # noqa: E731
    refused(RuleBroken, small, code="reference_used")
    refused(RuleBroken, lambda: make.pay(office, first, **by_transfer), code="reference_used")  # twice for one invoice
    elsewhere = make.make_office()
    make.pay(elsewhere, make.cleared(elsewhere, make.make_issued(elsewhere)), **by_transfer)
    balanced()


def test_a_transfer_bears_one_date(office: make.Office) -> None:
    product = goods.make_product(price=100_000)
    first, second = (make.cleared(office, make.make_issued(office, product)) for _ in range(2))
    made = make.pay(office, first, method=PaymentMethod.TRANSFER, reference="TRF-77")
    late = {"paid_on": made.paid_on + DAY, "now": MONDAY + 3 * DAY + HOUR}
    act = lambda: make.pay(office, second, method=PaymentMethod.TRANSFER, reference="TRF-77", **late)  # noqa: E731
    refused(RuleBroken, act, code="reference_of_other_day")


def test_an_sp2d_bears_one_date(ready: Order, office: make.Office) -> None:
    """It may pay several invoices of that date; one that was reversed counts no more."""
    other = make.cleared(office, make.make_issued(office))
    first = make.pay(office, other, reference="SP2D-9")
    late = {"paid_on": first.paid_on + DAY, "now": MONDAY + 3 * DAY + HOUR}
    refused(RuleBroken, lambda: make.pay(office, ready, reference="sp2d-9", **late), code="reference_of_other_day")
    assert make.pay(office, ready, reference="SP2D-9", amount=1_000).reference == "SP2D-9"
    again = refused(
        RuleBroken, lambda: make.pay(office, ready, reference="SP2D-9", amount=2_000), code="reference_used"
    )
    assert again.message.startswith("SP2D-9 sudah dicatat untuk tagihan ini.")
    make.pay(office, ready, reference="SP2D-9", method=PaymentMethod.UP_GU, **late)


def test_paying_by_card_withholds_no_pph22(ready: Order, office: make.Office) -> None:
    payment = make.pay(office, ready, method=PaymentMethod.KKPD, reference="KKPD-1")
    invoice = payment.invoice
    invoice.refresh_from_db()
    assert (payment.amount, invoice.withheld, invoice.net) == (5_025_000, 0, 5_025_000)
    lines = TaxLine.objects.filter(invoice=invoice)
    # Nothing is rewritten: the card's line stands after the one it replaces.
    assert [(x.kind, x.amount) for x in lines.filter(kind=TaxKind.PPH22)] == [
        (TaxKind.PPH22, 150_750), (TaxKind.PPH22, 0),
    ]  # fmt: skip
    assert taxes.total(taxes.in_force(lines)) == invoice.withheld
    balanced()


def test_a_dispute_holds_the_payment(ready: Order, office: make.Office) -> None:
    disputes.open_dispute(actor=office.receiver, order=ready, complaint="Rusak", now=MONDAY + 2 * DAY)
    refused(RuleBroken, lambda: make.pay(office, ready), code="dispute_open")


def test_two_small_orders_of_one_day_are_one_purchase(office: make.Office) -> None:
    seller = goods.make_seller()
    first = make.make_issued(office, goods.make_product(seller, price=150_000))
    make.make_issued(office, goods.make_product(seller, price=150_000))
    invoice = make.invoice_of(make.taken_over(office, first))
    # Rp1,525,000 alone would be below Rp2 million; split, 3 % without NPWP is due.
    assert invoice.withheld == 45_750
    assert "dihitung satu pembelian" in invoice.tax_lines.get(kind=TaxKind.PPH22).explanation


# --- a person's cash


@pytest.fixture
@kept
def bought() -> Order:
    citizen = goods.make_user()
    order = make.place(citizen, (goods.make_product(price=20_000), 2))[0]
    make.accepted(order)
    make.shipped(order)
    return order


def cash(order: Order, **over: object) -> Payment:
    values = {
        "actor": make.member_of(order),
        "invoice": make.invoice_of(order),
        "key": new_key(),
        "now": MONDAY + 2 * DAY,
        **over,
    }
    return payments.record_cash(**values)


def test_cash_finishes_a_persons_order(bought: Order) -> None:
    deliveries.confirm_received(actor=bought.buyer, delivery=bought.deliveries.get(), now=MONDAY + DAY + HOUR)
    payment = cash(bought)
    bought.refresh_from_db()
    assert (payment.amount, payment.method) == (50_000, PaymentMethod.CASH)
    assert (bought.state, make.invoice_of(bought).state) == (OrderState.FINISHED, InvoiceState.PAID)
    balanced()


def test_cash_waits_for_the_goods(bought: Order, client: Client) -> None:
    """There is no invoice before the goods are taken over, so nothing to record cash for."""
    assert not Invoice.objects.filter(order=bought).exists()
    client.force_login(make.member_of(bought))
    with unchanged():
        assert client.post(reverse("orders:cash-create", args=[bought.number, "INV-2026-0001"])).status_code == 404


# --- payment in parts


def test_parts_add_up_to_the_net(ready: Order, office: make.Office) -> None:
    make.pay(office, ready, amount=4_000_000)
    ready.refresh_from_db()
    invoice = make.invoice_of(ready)
    assert (invoice.state, invoice.paid, invoice.outstanding) == (InvoiceState.APPROVED, 4_000_000, 874_250)
    assert (ready.state, ready.commitment.state) == (OrderState.ACCEPTED, CommitmentState.COMMITTED)
    office.line.refresh_from_db()
    assert (office.line.committed, office.line.realised) == (5_025_000, 0)
    balanced()
    make.pay(office, ready, reference="SP2D-002/2026")
    ready.refresh_from_db()
    invoice = make.invoice_of(ready)
    assert [p.amount for p in invoice.payments.all()] == [4_000_000, 874_250]
    assert (invoice.state, ready.state) == (InvoiceState.PAID, OrderState.FINISHED)
    assert Commitment.objects.get(order=ready).state == CommitmentState.SETTLED
    office.line.refresh_from_db()
    assert (office.line.committed, office.line.realised) == (0, 5_025_000)
    balanced()


@pytest.mark.parametrize(("amount", "code"), [(0, "amount_missing"), (-1, "amount_missing"), (874_251, "amount_above")])
def test_a_part_stays_within_what_is_outstanding(ready: Order, office: make.Office, amount: int, code: str) -> None:
    make.pay(office, ready, amount=4_000_000)
    refused(RuleBroken, lambda: make.pay(office, ready, amount=amount, reference="SP2D-002/2026"), code=code)


def test_a_card_pays_at_once_or_not_at_all(ready: Order, office: make.Office) -> None:
    card = {"method": PaymentMethod.KKPD, "reference": "KKPD-1"}
    refused(RuleBroken, lambda: make.pay(office, ready, amount=4_874_250, **card), code="card_in_full")
    make.pay(office, ready, amount=1)
    refused(RuleBroken, lambda: make.pay(office, ready, **card), code="card_in_full")


def test_the_database_refuses_an_overpaid_or_unpaid_paid_invoice(ready: Order) -> None:
    invoice = Invoice.objects.filter(order=ready)
    for values in ({"paid": F("net") + 1}, {"state": InvoiceState.PAID}):
        with pytest.raises(IntegrityError), transaction.atomic():
            invoice.update(**values)


def test_only_the_seller_records_cash(bought: Order) -> None:
    deliveries.confirm_received(actor=bought.buyer, delivery=bought.deliveries.get(), now=MONDAY + DAY + HOUR)
    refused(NotAllowed, lambda: cash(bought, actor=bought.buyer))


def test_the_same_key_records_cash_once(bought: Order) -> None:
    deliveries.confirm_received(actor=bought.buyer, delivery=bought.deliveries.get(), now=MONDAY + DAY + HOUR)
    key = new_key()
    assert cash(bought, key=key) == cash(bought, key=key)


# --- what grows late


def test_the_treasurer_hears_once_of_a_late_bill(office: make.Office, billed: Order) -> None:
    invoice = make.invoice_of(billed)
    assert invoice.due_at is not None
    told = Notification.objects.filter(kind="invoice.late")
    assert (ladder.climb(now=invoice.due_at - timedelta.resolution), told.count()) == (0, 0)
    assert ladder.climb(now=invoice.due_at) == 1
    assert {notice.person for notice in told} == {office.treasurer}
    assert {notice.url for notice in told} == {reverse("orders:order-detail", args=[billed.number])}
    ladder.climb(now=invoice.due_at + DAY)
    assert told.count() == 1


def test_nobody_hears_of_a_bill_that_is_paid(office: make.Office, ready: Order) -> None:
    invoice = make.invoice_of(ready)
    assert invoice.due_at is not None
    make.pay(office, ready)
    assert ladder.climb(now=invoice.due_at) == 0


def test_nobody_hears_of_a_bill_that_a_dispute_stops(office: make.Office, billed: Order) -> None:
    invoice = make.invoice_of(billed)
    disputes.open_dispute(actor=office.receiver, order=billed, complaint="Rusak", now=MONDAY + 2 * DAY)
    assert invoice.due_at is not None
    assert ladder.climb(now=invoice.due_at) == 0


# --- what pages say of it


def test_payments_in_parts_are_told_with_their_amounts(office: make.Office, ready: Order) -> None:
    """`ready` is to be paid Rp4,874,250; its BAST is of 8 September."""

    def told() -> tuple[str, list[str]]:
        order = Order.objects.get(pk=ready.pk)
        entries = timeline(order, [], for_agency=True)
        return status.of(order, MONDAY + DAY).chips[2].text, [
            entry.title for entry in entries if "ibayar" in entry.title
        ]

    assert told() == ("Siap dibayar", [])
    Invoice.objects.filter(pk=make.invoice_of(ready).pk).update(approved_at=MONDAY + DAY + 4 * HOUR)
    make.pay(office, ready, amount=1_000_000, paid_on=date(2026, 9, 8))
    assert told() == ("Dibayar sebagian", ["Dibayar sebagian, Rp1.000.000"])
    make.pay(office, ready, paid_on=date(2026, 9, 8), reference="SP2D-002/2026", now=MONDAY + 2 * DAY + 2 * HOUR)
    assert told() == ("Dibayar", ["Sisanya dibayar, Rp3.874.250", "Dibayar sebagian, Rp1.000.000"])
    page = signed_in(office.treasurer).get(reverse("orders:order-detail", args=[ready.number])).content.decode()
    assert "Dibayar kurang dari satu hari kerja sesudah BAST." in page
    assert "0 hari kerja" not in page


def test_a_payment_at_once_is_told_with_its_amount(office: make.Office, ready: Order) -> None:
    make.pay(office, ready)
    assert "Dibayar Rp4.874.250" in [entry.title for entry in timeline(ready, [], for_agency=True)]
