"""A payment of which only the record was wrong: its money was sent, so nobody reads it as unpaid and late."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import RuleBroken
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from orders.billing import notices as billing_notices
from orders.billing.models import Invoice
from orders.billing.services import correction, joint_payments
from orders.documents import archive
from orders.ladder import letter
from orders.ladder import services as ladder
from orders.ladder.models import LateStep
from orders.ladder.pages import late_page
from orders.ladder.states import LateLevel
from orders.orders import status
from orders.orders.models import Order
from orders.reversals import pages, rules
from orders.reversals.anew import recorded_before
from orders.reversals.states import ReversalReason
from tests.factories import orders as make
from tests.factories import reversals as undo
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.books import balanced, refused

pytestmark = pytest.mark.django_db
LATE = MONDAY + 14 * DAY  # long after the last day to pay
PAID_ON = date(2026, 9, 9)


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@kept
def undone(office: make.Office, reason: str, *, now: datetime = LATE, order: Order | None = None) -> Order:
    order = order or undo.paid(office)
    more = {"returned_on": PAID_ON, "proof": make.photo()} if reason == ReversalReason.RETURNED else {}
    undo.released(office, undo.asked(office, order, reason=reason, now=now, **more))
    return Order.objects.get(pk=order.pk)


@pytest.mark.parametrize("reason", ["reference", "date", "method"])
def test_money_that_was_sent_is_not_late_while_its_record_is_corrected(office: make.Office, reason: str) -> None:
    order = undone(office, reason)
    invoice = make.invoice_of(order)
    until = clock.due_after_working_days(LATE + HOUR, rules.CORRECTED_WITHIN.on(make.local(LATE)))
    assert invoice.due_at == until
    assert not Invoice.objects.late(LATE + DAY).exists()
    ladder.climb(now=until - HOUR)
    assert not LateStep.objects.exists()
    told = status.of(order, LATE + DAY)
    assert told.headline == "Uang sudah dikirim, catatannya dibetulkan"
    assert told.chips[2].text == "Uang sudah dikirim, catatannya dibetulkan"
    assert Notification.objects.filter(kind="invoice.record_corrected").exists()
    assert not Notification.objects.filter(kind="invoice.reversed").exists()
    ladder.climb(now=until + DAY)
    assert LateStep.objects.exists(), "a record nobody corrects in time is late"
    balanced()


def test_a_late_record_is_said_to_be_one_and_climbs_by_no_clock(office: make.Office) -> None:
    """Whoever sent the money is reminded to record it; only its seller, who knows whether it came, goes further."""
    order = undone(office, "reference")
    invoice, payment = make.invoice_of(order), undo.last_payment(order)
    due = invoice.due_at
    assert due is not None
    goods.make_staff("orders.follow_late_invoice", name="Petugas Uji")
    for day in (0, 30, 60):
        ladder.climb(now=due + day * DAY)
    assert list(LateStep.objects.values_list("level", flat=True)) == [LateLevel.TREASURER]
    told = Notification.objects.filter(created_at__gte=due)
    assert set(told.values_list("kind", flat=True)) == {"invoice.record_late", "invoice.record_brought"}
    assert office.treasurer.pk in told.filter(kind="invoice.record_late").values_list("person", flat=True)
    said = late_page(invoice, due + 60 * DAY, is_seller=True)
    assert "belum dibayar" not in f"{said.title} {said.facts} {said.ladder} {said.rhythm} {said.by_itself}"
    assert said.sends is not None and "tidak meneruskannya sendiri" in said.by_itself
    step = ladder.send_letter(
        actor=make.member_of(order), invoice=invoice, level=LateLevel.HEAD, now=due + 60 * DAY
    )  # fmt: skip
    # What the letter says stays when the record is right.
    make.approve(office, make.invoice_of(order), due + 61 * DAY)
    make.pay(office, order, now=due + 61 * DAY + HOUR, reference="SP2D-9")
    paper = letter.of_step(step)
    assert (paper.unsent, paper.sent, paper.paid_on) == (0, invoice.net, payment.paid_on)
    asked = ("invoice.record_late", "invoice.record_brought", "invoice.record_to_approve")
    assert not Notification.objects.unread().filter(kind__in=asked).exists()


@pytest.mark.parametrize("reason", ["returned", "invoice", "other"])
def test_money_that_did_not_reach_the_seller_stays_late(office: make.Office, reason: str) -> None:
    order = undo.paid(office)
    due = make.invoice_of(order).due_at
    order = undone(office, reason, order=order)
    invoice = make.invoice_of(order)
    assert (invoice.due_at, invoice.correcting) == (due, None)
    assert Invoice.objects.late(LATE + DAY).exists()
    assert status.of(order, LATE + DAY).chips[2].text == "Pembayaran dibatalkan, menunggu persetujuan bayar"
    assert Notification.objects.filter(kind="invoice.reversed").exists()


@pytest.mark.parametrize(
    ("reason", "sent", "left"),
    [
        ("reference", "tidak ada uang yang dikirim lagi", 0),
        ("amount", "Yang dikirim sesudah disetujui tinggal sisanya, Rp1.000.", 1000),
        ("other", "dibatalkan: Lainnya", None),
    ],
)
def test_who_approves_again_reads_what_became_of_the_money(
    office: make.Office, reason: str, sent: str, left: int | None
) -> None:
    """And of money that was sent no second sum is counted as still to be sent."""
    order = undone(office, reason)
    invoice = make.invoice_of(order)
    page = signed_in(make.head_of(office)).get(reverse("orders:payment-approvals"))
    text = " ".join(page.text.split())
    assert sent in text and undo.last_payment(order).reversal.note in text
    left = invoice.net if left is None else left
    assert (invoice.to_send, page.context["sum"].to_send) == (left, left)
    waiting = signed_in(office.treasurer).get(reverse("orders:treasurer"))
    assert (waiting.context["ageing"].count, waiting.context["ageing"].total) == (1, left)


def test_what_was_sent_is_recorded_anew_and_nothing_else(office: make.Office) -> None:
    """Neither a part, whose rest would read like a debt, nor a day before anybody approved it."""
    order = undone(office, "reference")
    make.approve(office, make.invoice_of(order), LATE + DAY)
    invoice = make.invoice_of(order)
    pay = lambda **over: make.pay(office, order, now=LATE + DAY + HOUR, reference="SP2D-9", **over)  # noqa: E731
    for amount in (1, invoice.net - 1):
        refused(RuleBroken, lambda: pay(amount=amount), code="amount_not_sent")  # noqa: B023
    refused(RuleBroken, lambda: pay(paid_on=PAID_ON - timedelta(days=1)), code="paid_before_approval")
    # It left on the day it was first approved, before its record was approved again.
    assert pay(paid_on=PAID_ON).amount == invoice.net
    assert make.invoice_of(order).outstanding == 0


@pytest.mark.usefixtures("_two_weeks_later")
def test_the_other_bills_of_a_number_are_named(office: make.Office) -> None:
    one, other = (make.cleared(office, make.make_issued(office)) for _ in range(2))
    invoices = [make.invoice_of(order) for order in (one, other)]
    joint_payments.record_joint_payment(
        actor=office.treasurer, chosen={row.pk: row.outstanding for row in invoices}, method="ls",
        reference="SP2D-77/2026", paid_on=PAID_ON, proof=make.photo(), key=new_key(), now=MONDAY + 2 * DAY + HOUR,
    )  # fmt: skip
    payment = undo.last_payment(one)
    ask = reverse("orders:reversal-create", args=[one.number, payment.pk])
    assert f"juga membayar {invoices[1].number}" in signed_in(office.treasurer).get(ask).content.decode()
    row = undo.asked(office, one)
    assert any(invoices[1].number in said for said in pages.effects(row, one))


def test_a_part_that_was_sent_excuses_no_more_than_itself(office: make.Office) -> None:
    """Rp1 recorded under a wrong number would else stop the steps for the whole invoice."""
    order = make.cleared(office, make.make_issued(office))
    due = make.invoice_of(order).due_at
    make.pay(office, order, amount=1)
    order = undone(office, "reference", order=order)
    invoice = make.invoice_of(order)
    assert (invoice.due_at, invoice.is_sent) == (due, False)
    assert Invoice.objects.late(LATE + DAY).exists()
    ladder.climb(now=LATE + DAY)
    (step,) = LateStep.objects.all()
    assert (letter.of_step(step).unsent, letter.of_step(step).sent) == (invoice.net - 1, 1)
    assert Notification.objects.filter(kind="invoice.late").exists()


def test_reversing_again_gains_no_time(office: make.Office) -> None:
    order = undone(office, "reference", now=LATE)
    due = make.invoice_of(order).due_at
    make.approve(office, make.invoice_of(order), LATE + 2 * HOUR)
    make.pay(office, order, now=LATE + 3 * HOUR, reference="SP2D-9")
    assert make.invoice_of(order).correcting is None
    undone(office, "date", now=LATE + 2 * DAY, order=order)
    assert make.invoice_of(order).due_at == due


@pytest.mark.usefixtures("_two_weeks_later")
@pytest.mark.parametrize(("reason", "field"), [("reference", "reference"), ("date", "paid_on"), ("method", "method")])
def test_the_new_record_begins_with_the_old_one(office: make.Office, reason: str, field: str) -> None:
    now = clock.now()
    order = undo.paid(office)
    earlier = undo.last_payment(order)
    undone(office, reason, now=now, order=order)
    make.approve(office, make.invoice_of(order), now)
    invoice = make.invoice_of(order)
    address = reverse("orders:payment-create", args=[order.number, invoice.number])
    form = signed_in(office.treasurer).get(address).context["form"]
    kept = {"reference": earlier.reference, "paid_on": earlier.paid_on, "method": earlier.method}
    assert {name: form.initial.get(name) for name in kept} == {**kept, field: None}
    page = signed_in(make.member_of(order)).get(reverse("orders:order-detail", args=[order.number])).content.decode()
    assert "Uang sudah dikirim, catatannya dibetulkan" in page


@pytest.mark.usefixtures("_two_weeks_later")
def test_nobody_is_asked_to_send_the_money_again(office: make.Office) -> None:
    """Desk, order, form and the payment of several bills; beside two bills whose money is still to be sent."""
    now = clock.now()
    order = undone(office, "reference", now=now)
    make.approve(office, make.invoice_of(order), now)
    invoice = make.invoice_of(order)
    billing_notices.payment_near(invoice, now=now)
    told = Notification.objects.filter(person=office.treasurer, created_at__gte=now)
    assert {"invoice.record_approved", "invoice.record_near"} <= set(told.values_list("kind", flat=True))
    assert not told.filter(kind__in=("invoice.approved", "invoice.pay_near")).exists()
    others = [make.invoice_of(make.cleared(office, make.make_issued(office))) for _bill in range(2)]
    treasurer = signed_in(office.treasurer)
    assert "Catat ulang pembayaran, uangnya sudah dikirim" in treasurer.get(reverse("site:agency-dashboard")).text
    page = treasurer.get(reverse("orders:order-detail", args=[order.number])).text
    assert "yang sudah dikirim ke" in page and "Jangan kirim lagi" in page
    form = treasurer.get(reverse("orders:payment-create", args=[order.number, invoice.number])).text
    note = undo.last_payment(order).reversal.note
    assert "Jangan kirim lagi" in form and note in form and invoice.seller_party.bank_account not in form
    joint = treasurer.get(reverse("orders:joint-payment")).text
    assert [one.number in joint for one in (invoice, *others)] == [False, True, True]
    ending = others[0].seller_party.bank_account[-4:]
    assert f"nomor berakhiran {ending}" in joint
    assert treasurer.get(reverse("orders:treasurer")).context["to_pay"] == 2
    pay = lambda: joint_payments.record_joint_payment(  # noqa: E731
        actor=office.treasurer, chosen={one.pk: one.outstanding for one in (invoice, others[0])}, method="ls",
        reference="SP2D-78/2026", paid_on=clock.local_date(now), proof=make.photo(), key=new_key(), now=now,
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="Uangnya sudah dikirim"):
        pay()
    single = treasurer.get(reverse("orders:payment-create", args=[others[0].order.number, others[0].number])).text
    assert others[0].seller_party.bank_account in single


def test_a_number_is_not_written_again_on_a_way_that_bears_none(office: make.Office) -> None:
    order = make.cleared(office, make.make_issued(office))
    make.pay(office, order, method="up_gu", reference="")
    undone(office, "reference", order=order)
    earlier = undo.last_payment(order)
    assert recorded_before(earlier) == {"paid_on": earlier.paid_on}


def test_a_replaced_invoice_still_knows_it(office: make.Office) -> None:
    order = undone(office, "reference")
    invoice = make.invoice_of(order)
    correction.reissue_invoice(actor=office.treasurer, invoice=invoice, reason="Rekening", now=LATE + 2 * HOUR)
    assert make.invoice_of(order).correcting == invoice.correcting


def test_what_was_paid_of_a_replaced_invoice_stays_on_record(office: make.Office) -> None:
    order = undone(office, "amount")
    invoice, payment = make.invoice_of(order), undo.last_payment(order)
    correction.reissue_invoice(actor=office.treasurer, invoice=invoice, reason="Rekening", now=LATE + 2 * HOUR)
    order = Order.objects.get(pk=order.pk)
    data = archive.purchase_data(order)
    assert [row["number"] for row in data["invoices"]] == [make.invoice_of(order).number]
    (kept,) = data["replaced_invoices"]
    assert (kept["number"], kept["reversed_payments"][0]["reference"]) == (invoice.number, payment.reference)
    page = signed_in(office.treasurer).get(reverse("orders:order-detail", args=[order.number])).content.decode()
    assert f"Tagihan {invoice.number}, sudah diganti" in page and payment.reference in page
