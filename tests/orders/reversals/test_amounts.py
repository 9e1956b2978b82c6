"""A payment whose amount was recorded wrongly: what really left is recorded anew, and the rest is still owed."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import RuleBroken
from epeken.core.i18n.words import rupiah
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from orders.billing.models import Invoice, Payment
from orders.billing.services import correction, joint_payments
from orders.billing.states import InvoiceState, PaymentMethod
from orders.compensations.forms import CompensationReversalForm
from orders.documents import archive
from orders.documents.layout import facts
from orders.documents.models import Document
from orders.documents.states import VoidReason
from orders.ladder import services as ladder
from orders.ladder.models import LateStep
from orders.orders import status
from orders.orders.models import Order
from orders.orders.states import OrderState
from orders.reversals import pages, rules
from orders.reversals.forms import ReversalForm
from orders.reversals.models import PaymentReversal
from tests.factories import orders as make
from tests.factories import reversals as undo
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.books import balanced, refused

pytestmark = pytest.mark.django_db
LATE = MONDAY + 14 * DAY  # long after the last day to pay
LEFT = 250_000


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@kept
def corrected(office: make.Office, order: Order, sent: int, *, now: Any = LATE) -> Order:
    undo.released(office, undo.asked(office, order, reason="amount", sent_amount=sent, now=now))
    return Order.objects.get(pk=order.pk)


def told_of(order: Order) -> list[str]:
    kinds = Notification.objects.filter(kind__startswith="invoice.", created_at__gte=LATE)
    return sorted(set(kinds.values_list("kind", flat=True)))


def test_less_left_than_was_recorded(office: make.Office) -> None:
    """What left is recorded anew, and nothing else; the rest is owed by the first last day, under the approval that the
    reversal asks for."""
    order = undo.paid(office)
    before = make.invoice_of(order)
    sent = before.net - LEFT
    order = corrected(office, order, sent)
    invoice, payment = make.invoice_of(order), undo.last_payment(order)
    assert (invoice.state, invoice.correcting, invoice.sent_amount) == (InvoiceState.VERIFIED, payment, sent)
    assert (invoice.to_send, invoice.is_sent, invoice.due_at) == (LEFT, False, before.due_at)
    assert told_of(order) == ["invoice.amount_corrected", "invoice.approval_dropped", "invoice.reversal_asked"]
    told = Notification.objects.filter(kind="invoice.amount_corrected")
    assert {make.member_of(order).pk, office.treasurer.pk} <= set(told.values_list("person", flat=True))
    said = {name: told[0].parameters[name] for name in ("amount", "sent", "left")}
    assert said == {"amount": before.net, "sent": sent, "left": LEFT}
    words = "Sebagian uang sudah dikirim, catatannya dibetulkan"
    assert (status.of(order, LATE + DAY).headline, status.of(order, LATE + DAY).chips[2].text) == (words, words)
    page = signed_in(office.treasurer).get(reverse("orders:order-detail", args=[order.number])).text
    assert page.count(words) >= 2, "the tile and the line of the payment"
    assert "Uang sudah dikirim, catatannya dibetulkan" not in page
    for label, amount in (("Sudah dikirim, dicatat ulang", sent), ("Sisa yang belum dikirim", LEFT)):
        assert f"<dt>{label}</dt><dd>{rupiah(amount)}</dd>" in page
    make.approve(office, invoice, LATE + DAY)
    pay = lambda **over: make.pay(office, order, now=LATE + DAY + HOUR, **over)  # noqa: E731
    for amount in (before.net, sent - 1, sent + 1):
        refused(RuleBroken, lambda: pay(amount=amount), code="amount_not_sent")  # noqa: B023
    assert pay(reference="SP2D-001/2026").amount == sent
    invoice = make.invoice_of(order)
    assert (invoice.state, invoice.correcting, invoice.sent_amount) == (InvoiceState.APPROVED, None, 0)
    assert (invoice.outstanding, invoice.to_send) == (LEFT, LEFT)
    assert status.of(Order.objects.get(pk=order.pk), LATE + 2 * DAY).headline == "Dibayar sebagian"
    assert Invoice.objects.late(LATE + 2 * DAY).filter(pk=invoice.pk).exists()
    assert (
        make.pay(office, order, now=LATE + 2 * DAY, reference="SP2D-2", paid_on=make.local(LATE + 2 * DAY)).amount
        == LEFT
    )
    assert Order.objects.get(pk=order.pk).state == OrderState.FINISHED
    balanced()


def test_all_of_it_left_where_a_part_was_recorded(office: make.Office) -> None:
    """Nobody reads it as late while its record is corrected."""
    order = make.cleared(office, make.make_issued(office))
    net = make.invoice_of(order).net
    make.pay(office, order, amount=1000)
    order = corrected(office, order, net)
    invoice = make.invoice_of(order)
    until = clock.due_after_working_days(LATE + HOUR, rules.CORRECTED_WITHIN.on(make.local(LATE)))
    assert (invoice.is_sent, invoice.to_send, invoice.due_at) == (True, 0, until)
    assert not Invoice.objects.late(LATE + DAY).exists()
    ladder.climb(now=until - HOUR)
    assert not LateStep.objects.exists()
    assert status.of(order, LATE + DAY).headline == "Uang sudah dikirim, catatannya dibetulkan"
    make.approve(office, invoice, LATE + DAY)
    assert make.pay(office, order, now=LATE + DAY + HOUR).amount == net
    assert Order.objects.get(pk=order.pk).state == OrderState.FINISHED
    balanced()


def test_a_rupiah_more_excuses_no_invoice(office: make.Office) -> None:
    order = make.cleared(office, make.make_issued(office))
    due = make.invoice_of(order).due_at
    make.pay(office, order, amount=1)
    order = corrected(office, order, 2)
    invoice = make.invoice_of(order)
    assert (invoice.due_at, invoice.to_send) == (due, invoice.net - 2)
    assert Invoice.objects.late(LATE + DAY).exists()


def test_what_cannot_have_left_is_not_asked_for(office: make.Office) -> None:
    order = make.cleared(office, make.make_issued(office))
    net = make.invoice_of(order).net
    make.pay(office, order, amount=1000)
    for sent, code in (
        (None, "sent_amount_missing"), (0, "sent_amount_missing"), (1000, "sent_amount_same"),
        (net + 1, "sent_amount_above"),
    ):  # fmt: skip
        ask = lambda: undo.asked(office, order, reason="amount", sent_amount=sent, now=LATE)  # noqa: B023, E731
        assert refused(RuleBroken, ask, code=code).field == "sent_amount"
    # Of another reason nothing of the kind is kept.
    assert undo.asked(office, order, reason="date", sent_amount=5, now=LATE).sent_amount is None


def test_a_card_pays_all_at_once(office: make.Office) -> None:
    card = make.cleared(office, make.make_issued(office))
    make.pay(office, card, method=PaymentMethod.KKPD, reference="K-1")
    refused(RuleBroken, lambda: undo.asked(office, card, reason="amount", now=LATE), code="card_amount")
    order = undo.paid(office)
    order = corrected(office, order, make.invoice_of(order).net - LEFT)
    make.approve(office, make.invoice_of(order), LATE + DAY)
    pay = lambda: make.pay(office, order, method=PaymentMethod.KKPD, reference="K-2", now=LATE + DAY)  # noqa: E731
    refused(RuleBroken, pay, code="card_amount")


def test_what_was_paid_meanwhile_leaves_less_room(office: make.Office) -> None:
    """The head releases no more than the invoice still takes."""
    order = make.cleared(office, make.make_issued(office))
    net = make.invoice_of(order).net
    make.pay(office, order, amount=1000)
    row = undo.asked(office, order, reason="amount", sent_amount=net, now=LATE)
    make.pay(office, order, amount=1, reference="SP2D-9", now=LATE)
    refused(RuleBroken, lambda: undo.released(office, row), code="sent_amount_above")


def test_one_record_of_an_invoice_is_corrected_at_a_time(office: make.Office) -> None:
    """The invoice remembers one payment whose money was sent: a second would make the first read as a debt."""
    order = make.cleared(office, make.make_issued(office))
    first = make.pay(office, order, amount=1000)
    second = make.pay(office, order, amount=2000, reference="SP2D-9")
    later = undo.asked(office, order, payment=second, reason="date", now=LATE)
    undo.released(office, undo.asked(office, order, payment=first, reason="amount", sent_amount=900, now=LATE))
    refused(RuleBroken, lambda: undo.released(office, later, now=LATE + DAY), code="record_awaited")
    make.approve(office, make.invoice_of(order), LATE + DAY)
    assert make.pay(office, order, now=LATE + DAY).amount == 900
    undo.released(office, later, now=LATE + DAY + HOUR)
    assert make.invoice_of(order).sent_amount == 2000


def test_the_other_bills_of_an_sp2d_stand(office: make.Office) -> None:
    one, other = (make.cleared(office, make.make_issued(office)) for _ in range(2))
    invoices = [make.invoice_of(order) for order in (one, other)]
    joint_payments.record_joint_payment(
        actor=office.treasurer, chosen={row.pk: row.outstanding for row in invoices}, method="ls",
        reference="SP2D-77/2026", paid_on=date(2026, 9, 9), proof=make.photo(), key=new_key(),
        now=MONDAY + 2 * DAY + HOUR,
    )  # fmt: skip
    sent = invoices[0].net - LEFT
    one = corrected(office, one, sent)
    assert Order.objects.get(pk=other.pk).state == OrderState.FINISHED
    make.approve(office, make.invoice_of(one), LATE + DAY)
    pay = {"reference": "SP2D-77/2026", "paid_on": date(2026, 9, 9), "now": LATE + DAY}
    assert make.pay(office, one, **pay).amount == sent
    standing = Payment.objects.standing().filter(reference="SP2D-77/2026").order_by("amount")
    assert [payment.amount for payment in standing] == [sent, invoices[1].net]
    balanced()


def test_one_that_was_asked_before_amounts_were_kept_is_no_correction(office: make.Office) -> None:
    order = undo.paid(office)
    row = undo.asked(office, order, reason="amount", now=LATE)
    PaymentReversal.objects.filter(pk=row.pk).update(sent_amount=None)
    row.refresh_from_db()
    undo.released(office, row)
    invoice = make.invoice_of(order)
    assert (invoice.correcting, invoice.sent_amount, invoice.to_send) == (None, 0, invoice.net)
    assert not PaymentReversal.objects.corrections().exists()


def test_a_replaced_invoice_and_its_file_know_what_left(office: make.Office) -> None:
    order = undo.paid(office)
    sent = make.invoice_of(order).net - LEFT
    order = corrected(office, order, sent)
    correction.reissue_invoice(
        actor=office.treasurer, invoice=make.invoice_of(order), reason="Rekening", now=LATE + 2 * HOUR
    )
    assert (make.invoice_of(order).sent_amount, make.invoice_of(order).to_send) == (sent, LEFT)
    order = Order.objects.get(pk=order.pk)
    (kept,) = archive.purchase_data(order)["replaced_invoices"]
    assert kept["reversed_payments"][0]["sent_amount"] == sent
    void = Document.objects.filter(order=order, void_reason=VoidReason.PAYMENT_REVERSED).first()
    assert void is not None
    assert f"salah jumlah; yang keluar Rp{sent:,}".replace(",", ".") in facts.void_words(void, order)


@pytest.mark.usefixtures("_two_weeks_later")
def test_head_and_treasurer_read_the_same(office: make.Office) -> None:
    now = clock.now()
    order = undo.paid(office)
    payment = undo.last_payment(order)
    sent = payment.amount - LEFT
    ask = reverse("orders:reversal-create", args=[order.number, payment.pk])
    treasurer, head = signed_in(office.treasurer), signed_in(make.head_of(office))
    given = {"key": new_key(), "reason": "amount", "note": "Menurut SP2D", "sent_amount": ""}
    refusal = treasurer.post(ask, given)
    assert refusal.status_code == 422 and set(refusal.context["form"].errors) == {"sent_amount"}
    assert treasurer.post(ask, given | {"sent_amount": f"{sent}"}).status_code == 302
    row = PaymentReversal.objects.get()
    words = f"Rp{sent:,}".replace(",", ".")
    page = " ".join(head.get(reverse("orders:reversal-answer", args=[order.number, row.pk])).text.split())
    assert f"yang sebenarnya keluar {words}" in page
    assert f"lalu {words} yang sudah dikirim dicatat ulang. Yang masih harus dikirim Rp250.000." in page
    undo.released(office, row, now=now)
    approvals = " ".join(head.get(reverse("orders:payment-approvals")).text.split())
    assert "Rp250.000 akan dikirim ke penjual" in approvals and "hanya catatan: uangnya sudah dikirim" not in approvals
    make.approve(office, make.invoice_of(order), now)
    detail = " ".join(treasurer.get(reverse("orders:order-detail", args=[order.number])).text.split())
    assert f"Catat ulang {words} yang sudah dikirim ke" in detail and "Sisanya Rp250.000 belum dikirim" in detail
    form = treasurer.get(reverse("orders:payment-create", args=[order.number, make.invoice_of(order).number]))
    kept = {"amount": sent, "reference": payment.reference, "paid_on": payment.paid_on, "method": payment.method}
    assert {name: form.context["form"].initial.get(name) for name in kept} == kept
    assert pages.effects(row, order)


def test_the_amount_is_asked_for_with_its_reason_alone() -> None:
    for reason, wanted in (("amount", True), ("reference", False)):
        form = ReversalForm({"reason": reason, "note": "x", "key": new_key()})
        assert ("sent_amount" in form.errors) is wanted
    assert "sent_amount" not in CompensationReversalForm().fields
