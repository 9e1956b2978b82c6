"""A payment is reversed by two people: what changes, what stays, who is refused and why."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from epeken.site.audit import checks
from orders.billing import taxes
from orders.billing.models import Invoice, Payment
from orders.billing.services import correction, payments
from orders.billing.states import CommitmentState, InvoiceState, TaxKind
from orders.disputes import services as disputes
from orders.documents import services as documents
from orders.documents.models import Document
from orders.documents.states import DocumentKind
from orders.ladder import services as ladder
from orders.orders.errors import DisputeOpen, RoleAlreadyHeld
from orders.orders.models import Order
from orders.orders.services.reminders import remind_ahead
from orders.orders.states import OrderState
from orders.reversals import services as reversals
from orders.reversals.models import PaymentReversal
from orders.reversals.states import ReversalState
from procurement.agencies.models import AgencyMember
from procurement.agencies.states import OfficerRole
from procurement.budgets.models import BudgetEntry
from procurement.budgets.states import EntryKind
from procurement.requests.errors import OwnShop
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import reversals as undo
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.rules import set_rule
from tests.kept_steps import kept
from tests.orders.books import balanced, refused, unchanged

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("reversals")]  # one process makes the rows of the module

NOW = MONDAY + 3 * DAY


@pytest.fixture(scope="module")
def settled(module_transaction: None) -> tuple[make.Office, Order]:
    """Rp5,025,000 without NPWP, PPh 22 of 150,750 withheld, paid in one by SP2D."""
    office = make.make_office()
    return office, undo.paid(office, product=goods.make_product(price=500_000))


@pytest.fixture
def _django_db_helper(settled: tuple[make.Office, Order], savepoint: None) -> None:
    """In place of pytest-django's: the transaction around the whole module holds the order."""


@pytest.fixture
def office(settled: tuple[make.Office, Order]) -> make.Office:
    settled[0].line.refresh_from_db()
    return settled[0]


@pytest.fixture
def order(settled: tuple[make.Office, Order]) -> Order:
    return Order.objects.get(pk=settled[1].pk)


@pytest.fixture
@kept
def head(office: make.Office) -> Any:
    return make.head_of(office)


@pytest.fixture
@kept
def row(office: make.Office, order: Order) -> PaymentReversal:
    set_rule("payment.reversal_days", 2)
    return undo.asked(office, order)


def audited() -> None:
    """Every check of the books that a reversal may break finds nothing."""
    asked = {"budget_documents", "budget_payments", "payment", "commitment", "reversals", "ledgers", "events"}
    found = {check.code: check.rows() for check in checks.checks() if check.code in asked | {"invoice_total"}}
    assert {code: rows for code, rows in found.items() if rows} == {}


def line_of(office: make.Office) -> tuple[int, int, int]:
    office.line.refresh_from_db()
    return office.line.reserved, office.line.committed, office.line.realised


def test_asking_changes_no_money(office: make.Office, order: Order, row: PaymentReversal, head: Any) -> None:
    assert (row.state, row.asked_by, row.decided_by) == (ReversalState.ASKED, office.treasurer, None)
    assert clock.last_day(row.due_at) == date(2026, 9, 14)  # two working days after Thursday the 10th
    assert make.invoice_of(order).state == InvoiceState.PAID
    assert Notification.objects.filter(kind="invoice.reversal_asked", person=head).count() == 1
    assert not Notification.objects.filter(kind__startswith="invoice.reversal", person=make.member_of(order)).exists()
    event = row.events.get()
    assert (event.action, event.acted_as, event.note) == ("create", "treasurer", "Seharusnya SP2D-002/2026")
    balanced()
    audited()


def test_releasing_opens_everything_again(office: make.Office, order: Order, row: PaymentReversal, head: Any) -> None:
    due, before = make.invoice_of(order).due_at, line_of(office)
    assert before == (0, 0, 5_025_000)
    row = undo.released(office, row)
    order.refresh_from_db()
    invoice = make.invoice_of(order)
    assert (row.state, row.decided_by, row.ended_at) == (ReversalState.RELEASED, head, NOW + HOUR)
    assert (invoice.state, invoice.paid, invoice.paid_at) == (InvoiceState.VERIFIED, 0, None)
    assert invoice.due_at >= due  # the number alone was wrong: time to record it anew
    assert invoice.reversed_at == row.ended_at
    assert (order.state, order.finished_at) == (OrderState.ACCEPTED, None)
    assert (order.commitment.state, order.commitment.settled_at) == (CommitmentState.COMMITTED, None)
    assert line_of(office) == (0, 5_025_000, 0)
    entry = BudgetEntry.objects.latest("pk")
    assert (entry.kind, entry.reference, entry.document) == (EntryKind.REVERSE, order.number, invoice.number)
    assert (entry.committed_delta, entry.realised_delta, entry.actor) == (5_025_000, -5_025_000, head)
    assert Payment.objects.count() == 1
    assert Payment.objects.standing().count() == 0
    balanced()
    audited()


def test_the_payment_is_recorded_anew(office: make.Office, order: Order, row: PaymentReversal) -> None:
    undo.released(office, row)
    make.pay_again(office, order, reference="SP2D-002/2026", now=NOW + 2 * HOUR)
    order.refresh_from_db()
    assert (order.state, make.invoice_of(order).state) == (OrderState.FINISHED, InvoiceState.PAID)
    assert order.commitment.state == CommitmentState.SETTLED
    assert line_of(office) == (0, 0, 5_025_000)
    kinds = BudgetEntry.objects.filter(document=make.invoice_of(order).number).order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == ["realise", "reverse", "realise"]
    second = undo.asked(office, order, now=NOW + 3 * HOUR)
    undo.released(office, second)
    balanced()
    audited()


def test_everybody_concerned_hears(office: make.Office, order: Order, row: PaymentReversal, head: Any) -> None:
    undo.released(office, row)
    told = set(Notification.objects.filter(kind="invoice.record_corrected").values_list("person", flat=True))
    assert told == {p.pk for p in (make.member_of(order), office.requester, office.pp, office.treasurer)}
    asked = Notification.objects.get(kind="invoice.reversal_asked", person=head)
    assert asked.read_at is not None


def test_late_again_from_the_first_due_time(office: make.Office, order: Order, row: PaymentReversal) -> None:
    undo.released(office, row)
    invoice = make.invoice_of(order)
    assert invoice.due_at is not None
    later = invoice.due_at + DAY
    assert list(Invoice.objects.late(later)) == [invoice]
    assert ladder.climb(now=later) == 1
    assert Notification.objects.filter(kind="invoice.record_late", person=office.treasurer).count() == 1
    make.pay_again(office, order, reference="SP2D-3", now=later)
    second = undo.released(office, undo.asked(office, order, now=later + HOUR))
    assert second.ended_at is not None
    ladder.climb(now=second.ended_at + HOUR)
    assert Notification.objects.filter(kind="invoice.record_late", person=office.treasurer).count() == 2


def test_documents_that_state_it_are_not_current(office: make.Office, order: Order, row: PaymentReversal) -> None:
    spj = documents.request_spj(actor=office.requester, order=order, now=NOW)
    kinds = (DocumentKind.PAYMENT, DocumentKind.KUITANSI)
    stated = list(Document.objects.filter(order=order, kind__in=kinds, replaced_at__isnull=True))
    invoiced = Document.objects.get(order=order, kind=DocumentKind.INVOICE, replaced_at__isnull=True)
    assert {paper.kind for paper in stated} == set(kinds)
    row = undo.released(office, row)
    for paper in [*stated, spj]:
        paper.refresh_from_db()
        assert paper.replaced_at == row.ended_at
    invoiced.refresh_from_db()
    assert invoiced.replaced_at is None
    current = Document.objects.filter(order=order, replaced_at__isnull=True)
    assert not current.filter(kind__in=[DocumentKind.PAYMENT, DocumentKind.SPJ]).exists()
    assert current.get(kind=DocumentKind.KUITANSI).requested_at == row.ended_at
    make.pay_again(office, order, reference="SP2D-2", now=NOW + 2 * HOUR)
    assert current.get(kind=DocumentKind.PAYMENT).requested_at == NOW + 2 * HOUR
    assert current.get(kind=DocumentKind.KUITANSI).requested_at == NOW + 2 * HOUR


def test_a_card_withholds_again(office: make.Office) -> None:
    order = make.cleared(office, make.make_issued(office, goods.make_product(price=500_000)))
    make.pay(office, order, method="kkpd", reference="K-1")
    invoice = make.invoice_of(order)
    assert (invoice.withheld, invoice.paid) == (0, 5_025_000)
    undo.released(office, undo.asked(office, order, reason="method"))
    invoice.refresh_from_db()
    assert (invoice.withheld, invoice.net, invoice.paid) == (150_750, 4_874_250, 0)
    assert {line.kind: line.amount for line in taxes.in_force(invoice.tax_lines.all())}[TaxKind.PPH22] == 150_750
    assert "KKPD" not in taxes.in_force(invoice.tax_lines.all())[0].explanation
    current = Document.objects.filter(order=order, replaced_at__isnull=True)
    assert current.get(kind=DocumentKind.TAX_SHEET).requested_at == NOW + HOUR
    make.pay_again(office, order, reference="SP2D-7", now=NOW + 2 * HOUR)
    balanced()
    audited()
    undo.released(office, undo.asked(office, order, now=NOW + 3 * HOUR))
    make.pay_again(office, order, method="kkpd", reference="K-2", now=NOW + 5 * HOUR)
    invoice.refresh_from_db()
    assert (invoice.withheld, invoice.paid) == (0, 5_025_000)
    audited()


def test_of_two_parts_one_is_reversed(office: make.Office) -> None:
    order = make.cleared(office, make.make_issued(office, goods.make_product(price=500_000)))
    first = make.pay(office, order, amount=1_000_000)
    undo.released(office, undo.asked(office, order, payment=first))
    invoice = make.invoice_of(order)
    assert (invoice.state, invoice.paid) == (InvoiceState.VERIFIED, 0)
    assert not BudgetEntry.objects.filter(document=invoice.number).exists()
    make.pay_again(office, order, reference="A", now=NOW + 2 * HOUR)
    day = make.local(NOW)
    again = make.pay(office, order, amount=2_000_000, reference="B", paid_on=day, now=NOW + 2 * HOUR)
    make.pay(office, order, reference="C", paid_on=day, now=NOW + 3 * HOUR)
    assert make.invoice_of(order).state == InvoiceState.PAID
    undo.released(office, undo.asked(office, order, payment=again, now=NOW + 4 * HOUR))
    invoice = make.invoice_of(order)
    assert (invoice.state, invoice.paid, invoice.outstanding) == (InvoiceState.VERIFIED, 2_874_250, 2_000_000)
    balanced()
    audited()


def test_settled_by_a_decision_it_is_checked_again(office: make.Office) -> None:
    order = make.cleared(office, make.make_issued(office, goods.make_product(price=100_000)))
    make.pay(office, order, amount=500_000)
    invoice = make.invoice_of(order)
    mend.decided(order, office.receiver, mend.deduction(order, invoice.outstanding), now=MONDAY + 2 * DAY + 2 * HOUR)
    invoice.refresh_from_db()
    assert invoice.state == InvoiceState.PAID
    undo.released(office, undo.asked(office, order))
    invoice.refresh_from_db()
    assert (invoice.state, invoice.paid) == (InvoiceState.ISSUED, 0)
    balanced()
    audited()
    make.clear(office, invoice, NOW + 2 * HOUR)
    make.pay(office, order, reference="C", now=NOW + 3 * HOUR)
    balanced()
    audited()


def test_a_transfer_number_is_free_again_unless_it_came_back(office: make.Office) -> None:
    order = make.cleared(office, make.make_issued(office, goods.make_product(price=100_000)))
    other = make.cleared(office, make.make_issued(office, goods.make_product(price=100_000)))
    make.pay(office, order, method="transfer", reference="TRX-1")
    refused(RuleBroken, lambda: make.pay(office, other, method="transfer", reference="TRX-1"), "reference_used")
    undo.released(office, undo.asked(office, order, reason="invoice"))
    make.approve(office, make.invoice_of(order), NOW + HOUR)
    make.pay(office, other, method="transfer", reference="TRX-1", now=NOW + 2 * HOUR)
    later = {"paid_on": make.local(NOW + HOUR), "now": NOW + 2 * HOUR}
    again = lambda: make.pay(office, order, method="transfer", reference="TRX-1", **later)  # noqa: E731
    refused(RuleBroken, again, "reference_used")
    undo.released(
        office, undo.asked(office, other, reason="returned", returned_on=date(2026, 9, 10), proof=make.photo())
    )
    refused(RuleBroken, again, "reference_used")
    audited()


def test_one_request_and_one_release_for_a_payment(
    office: make.Office, order: Order, row: PaymentReversal, head: Any
) -> None:
    refused(InvalidMove, lambda: undo.asked(office, order))
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentReversal.objects.create(
            payment=row.payment, reason="date", asked_by=row.asked_by, asked_at=NOW, due_at=NOW
        )
    undo.released(office, row)
    refused(InvalidMove, lambda: undo.released(office, row))
    refused(InvalidMove, lambda: reversals.refuse_reversal(actor=head, reversal=row, note="x", now=NOW + 2 * HOUR))
    said = refused(InvalidMove, lambda: undo.asked(office, order, payment=row.payment, now=NOW + 2 * HOUR))
    assert "pembayaran baru" in said.message


def test_a_double_click_acts_once(office: make.Office, order: Order) -> None:
    key = new_key()
    row = undo.asked(office, order, key=key)
    assert undo.asked(office, order, key=key) == row
    key = new_key()
    undo.released(office, row, key=key)
    with unchanged():
        undo.released(office, row, key=key)
    assert BudgetEntry.objects.filter(kind=EntryKind.REVERSE).count() == 1


def test_refused_and_withdrawn_it_stands_and_is_asked_again(
    office: make.Office, order: Order, row: PaymentReversal, head: Any
) -> None:
    refused(RuleBroken, lambda: reversals.refuse_reversal(actor=head, reversal=row, note=" ", now=NOW), "note_missing")
    reversals.refuse_reversal(actor=head, reversal=row, note="Nomornya benar", now=NOW)
    assert Notification.objects.filter(kind="invoice.reversal_ended", person=office.treasurer).count() == 1
    refused(InvalidMove, lambda: undo.released(office, row))
    second = undo.asked(office, order, now=NOW + HOUR)
    refused(
        RuleBroken,
        lambda: reversals.withdraw_reversal(actor=office.treasurer, reversal=second, note="", now=NOW + HOUR),
        "note_missing",
    )
    reversals.withdraw_reversal(actor=office.treasurer, reversal=second, note="Keliru", now=NOW + HOUR)
    assert make.invoice_of(order).state == InvoiceState.PAID
    undo.released(office, undo.asked(office, order, now=NOW + 2 * HOUR))
    audited()


def test_two_people_and_none_of_the_shop(office: make.Office, order: Order, head: Any) -> None:
    for person in (office.receiver, office.requester, head):
        refused(NotAllowed, lambda person=person: undo.asked(office, order, actor=person))  # type: ignore[misc]
    row = undo.asked(office, order)
    make.membership(office.agency, office.treasurer, OfficerRole.HEAD)
    for person in (office.treasurer, office.pp, make.member_of(order)):
        refused(NotAllowed, lambda person=person: undo.released(office, row, actor=person))  # type: ignore[misc]
    # Another treasurer who is head releases what they did not ask for, unless the payment is theirs.
    other = goods.make_user(name="Bendahara Kedua")
    for role in (OfficerRole.HEAD, OfficerRole.TREASURER):
        make.membership(office.agency, other, role)
    reversals.withdraw_reversal(actor=other, reversal=row, note="Keliru", now=NOW)
    theirs = undo.asked(office, order, actor=other)
    refused(NotAllowed, lambda: undo.released(office, theirs, actor=other))
    refused(NotAllowed, lambda: undo.released(office, theirs, actor=office.treasurer))
    goods.make_member(order.seller, head)
    refused(OwnShop, lambda: undo.released(office, theirs, actor=head))


def test_a_tied_treasurer_does_not_ask(office: make.Office, order: Order) -> None:
    tied = goods.make_user(name="Bendahara Terikat")
    make.membership(office.agency, tied, OfficerRole.TREASURER)
    goods.make_member(order.seller, tied)
    refused(RoleAlreadyHeld, lambda: undo.asked(office, order, actor=tied))


def test_somebody_must_be_able_to_decide(office: make.Office, order: Order, head: Any) -> None:
    AgencyMember.objects.filter(user=head).update(valid_until=date(2026, 9, 1))
    refused(RuleBroken, lambda: undo.asked(office, order), "no_head")
    make.membership(office.agency, office.treasurer, OfficerRole.HEAD)
    refused(RuleBroken, lambda: undo.asked(office, order), "no_head")
    tied = goods.make_user()
    make.membership(office.agency, tied, OfficerRole.HEAD)
    goods.make_member(order.seller, tied)
    refused(RuleBroken, lambda: undo.asked(office, order), "no_head")


def test_the_database_wants_two_people(office: make.Office, row: PaymentReversal) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentReversal.objects.filter(pk=row.pk).update(decided_by=row.asked_by)


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"reason": "tidak-ada"}, "reason_unknown"),
        ({"reason": "other", "note": " "}, "note_missing"),
        ({"reason": "invoice", "note": ""}, "note_missing"),
        ({"reason": "returned"}, "returned_on_missing"),
        ({"reason": "returned", "returned_on": date(2026, 9, 8)}, "returned_on_outside"),
        ({"reason": "returned", "returned_on": date(2026, 9, 11)}, "returned_on_outside"),
        ({"reason": "returned", "returned_on": date(2026, 9, 10)}, "proof_missing"),
    ],
)
def test_what_the_request_must_say(office: make.Office, order: Order, over: dict[str, Any], code: str) -> None:
    refused(RuleBroken, lambda: undo.asked(office, order, **over), code)


def test_a_dispute_or_goods_that_come_again_hold_it(office: make.Office) -> None:
    order = make.cleared(office, make.make_issued(office, goods.make_product(price=100_000)))
    make.pay(office, order, amount=400_000)
    row = undo.asked(office, order)
    dispute = disputes.open_dispute(actor=office.receiver, order=order, complaint="Penyok", now=NOW)
    refused(DisputeOpen, lambda: undo.released(office, row))
    reversals.withdraw_reversal(actor=office.treasurer, reversal=row, note="Keliru", now=NOW)
    refused(DisputeOpen, lambda: undo.asked(office, order))
    disputes.decide_dispute(
        actor=mend.judge(), dispute=dispute, decision="Ganti", given=mend.replacement(order, 2), now=NOW + HOUR
    )
    refused(RuleBroken, lambda: undo.asked(office, order, now=NOW + 2 * HOUR), "replacement_awaited")


def test_a_dispute_stops_the_time_to_decide(office: make.Office) -> None:
    order = make.cleared(office, make.make_issued(office, goods.make_product(price=100_000)))
    make.pay(office, order, amount=400_000)
    row = undo.asked(office, order)
    dispute = disputes.open_dispute(actor=office.receiver, order=order, complaint="Penyok", now=NOW)
    remind_ahead(now=row.due_at - HOUR)
    assert not Notification.objects.filter(kind="invoice.reversal_near").exists()
    disputes.decide_dispute(actor=office.receiver, dispute=dispute, decision="Selesai", now=NOW + 5 * HOUR)
    assert PaymentReversal.objects.get(pk=row.pk).due_at == clock.moved(row.due_at, 5 * HOUR)


def test_the_head_is_reminded_once_and_silence_changes_nothing(
    office: make.Office, order: Order, row: PaymentReversal, head: Any
) -> None:
    for _again in range(2):
        remind_ahead(now=row.due_at - HOUR)
    assert Notification.objects.filter(kind="invoice.reversal_near", person=head).count() == 1
    with unchanged():
        remind_ahead(now=row.due_at + DAY)
    undo.released(office, row, now=row.due_at + DAY)
    assert make.invoice_of(order).state == InvoiceState.VERIFIED


def test_the_books_of_a_year_close(office: make.Office, order: Order) -> None:
    set_rule("payment.reversal_year_days", 10)
    last = clock.start_of(date(2027, 1, 10)) + timedelta(hours=9)
    row = undo.asked(office, order, now=last)
    said = refused(RuleBroken, lambda: undo.released(office, row, now=last + DAY), "year_closed")
    assert "10 Januari 2027" in said.message
    reversals.withdraw_reversal(actor=office.treasurer, reversal=row, note="Tahun tutup", now=last + DAY)
    refused(RuleBroken, lambda: undo.asked(office, order, now=last + DAY), "year_closed")
    came_back = {"reason": "returned", "returned_on": date(2027, 1, 5), "proof": make.photo()}
    refused(RuleBroken, lambda: undo.asked(office, order, now=last, **came_back), "returned_later_year")
    undo.released(office, undo.asked(office, order, now=last), now=last)
    audited()


def test_cash_of_a_person_is_not_reversed(office: make.Office) -> None:
    buyer = goods.make_user()
    (bought,) = make.place(buyer, (goods.make_product(price=20_000), 1))
    from orders.deliveries import services as deliveries

    sent = make.shipped(make.accepted(bought))
    deliveries.confirm_received(actor=buyer, delivery=sent, now=MONDAY + 2 * DAY)
    member = make.member_of(bought)
    cash = payments.record_cash(actor=member, invoice=make.invoice_of(bought), key=new_key(), now=MONDAY + 2 * DAY)
    for person in (buyer, member, office.treasurer):
        said = refused(
            NotAllowed,
            lambda person=person: undo.asked(office, bought, actor=person, payment=cash),  # type: ignore[misc]
        )
        assert "keluhan" in said.message


def test_reversed_it_may_be_invoiced_anew(office: make.Office, order: Order, row: PaymentReversal) -> None:
    undo.released(office, row)
    made = correction.reissue_invoice(
        actor=office.treasurer, invoice=make.invoice_of(order), reason="Rekening salah", now=NOW + 2 * HOUR
    )
    make.clear(office, made, NOW + 3 * HOUR)
    make.pay(office, order, reference="D", paid_on=date(2026, 9, 10), now=NOW + 4 * HOUR)
    balanced()
    audited()
