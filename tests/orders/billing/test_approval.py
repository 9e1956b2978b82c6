"""The payment of a checked invoice is approved by the head or the PPK before it is made; and what takes that back."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import KeyReused, new_key
from epeken.core.models import Rule
from epeken.notifications.models import Notification
from orders.billing import checklist, standing
from orders.billing.models import Invoice, InvoiceCheck, InvoiceEvent
from orders.billing.services import approval, correction, holding, payments
from orders.billing.states import ChecklistItem, InvoiceState
from orders.deliveries import services as deliveries
from orders.deliveries import shortfall
from orders.disputes import services as disputes
from orders.documents.layout import money
from orders.documents.models import Document, SlotWaiver
from orders.documents.states import DocumentKind
from orders.ladder import steps
from orders.orders import status
from orders.orders.errors import RoleAlreadyHeld
from orders.orders.models import Order
from orders.orders.next_step import Task, Turn, steps_of
from procurement.agencies.states import OfficerRole
from procurement.requests.errors import OwnShop
from tests.factories import confirmations as word
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import reversals as undo
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.users import signed_in
from tests.html_forms import form_of
from tests.kept_steps import kept
from tests.orders.books import balanced, refused, unchanged
from umkm.sellers.models import Seller, SellerMember

pytestmark = pytest.mark.django_db
THEN = MONDAY + 2 * DAY


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@pytest.fixture
@kept
def checked(office: make.Office) -> Invoice:
    """Of a department's order that was taken over: its documents are complete."""
    order = make.taken_over(office, make.make_issued(office))
    return make.check(office, make.invoice_of(order))


def fresh(invoice: Invoice) -> Invoice:
    return Invoice.objects.get(pk=invoice.pk)


def stamp_of(invoice: Invoice) -> int:
    return int(Invoice.objects.with_stamp().get(pk=invoice.pk).stamp)


def test_who_approves_reads_what_was_refused_not_confirmed_or_let_go(office: make.Office) -> None:
    head, address = make.head_of(office), reverse("orders:payment-approvals")
    whole = make.check(office, make.invoice_of(make.taken_over(office, make.make_issued(office))))
    text = signed_in(head).get(address).text
    assert "BAST belum dikonfirmasi penjual" in text and "dikecualikan" not in text and " dari 10 " not in text
    word.confirmed(whole.delivery.confirmation)
    assert "BAST belum dikonfirmasi penjual" not in signed_in(head).get(address).text
    part = make.check(office, make.invoice_of(make.taken_over(office, make.make_issued(office), accept=9)))
    give = {"kind": "attendance", "reason": "other", "note": "Daftar hadir terbakar", "given_by": office.ppk}
    SlotWaiver.objects.create(order=part.order, given_name="Endah", acted_as="ppk", given_at=THEN, **give)
    text = signed_in(head).get(address).text
    short = shortfall.of_lines(part.delivery.lines.all())
    assert shortfall.words_of(short[0]) in text and "9 dari 10 " in text and "BAST BAST-" not in " ".join(text.split())
    assert "Daftar hadir dikecualikan: Daftar hadir terbakar (Endah, " in text


def test_what_is_not_approved_is_not_paid(checked: Invoice, office: make.Office) -> None:
    said = refused(InvalidMove, lambda: make.pay(office, checked.order)).message
    assert "belum disetujui kepala dinas" in said
    make.approve(office, checked)
    make.pay(office, checked.order)
    assert fresh(checked).state == InvoiceState.PAID
    balanced()


def test_approving_is_an_act_of_that_person_then(checked: Invoice, office: make.Office) -> None:
    head = make.head_of(office)
    made = make.approve(office, checked, THEN + HOUR)
    assert ([row.pk for row in made.invoices], made.left_out) == ([checked.pk], [])
    invoice = fresh(checked)
    assert (invoice.state, invoice.approver, invoice.approved_at) == (InvoiceState.APPROVED, head, THEN + HOUR)
    event = InvoiceEvent.objects.get(invoice=invoice, action="approve")
    assert (event.actor, event.actor_name, event.acted_as) == (head, head.name, "head")


@pytest.mark.parametrize("who", ["requester", "pp", "ppk", "receiver", "treasurer"])
def test_only_the_head_approves(checked: Invoice, office: make.Office, who: str) -> None:
    refused(NotAllowed, lambda: make.approve(office, checked, actor=getattr(office, who)))


@pytest.mark.parametrize("who", ["requester", "receiver", "treasurer"])
def test_nobody_of_another_side_approves(checked: Invoice, office: make.Office, who: str) -> None:
    person = getattr(office, who)
    make.membership(office.agency, person, OfficerRole.HEAD)
    made = make.approve(office, checked, actor=person)
    assert (made.invoices, fresh(checked).state) == ([], InvoiceState.VERIFIED)
    assert "orang lain" in made.left_out[0].why


def test_who_checked_it_before_it_came_back_does_not_approve_it(checked: Invoice, office: make.Office) -> None:
    """Another treasurer checked it the second time."""
    head, second = make.head_of(office), goods.make_user()
    make.membership(office.agency, office.treasurer, OfficerRole.HEAD)
    make.membership(office.agency, second, OfficerRole.TREASURER)
    approval.return_invoice(actor=head, invoice=checked, reason="Periksa lagi", now=THEN)
    make.check(office, fresh(checked), THEN + HOUR, actor=second)
    assert make.approve(office, checked, THEN + HOUR, actor=office.treasurer).invoices == []
    assert make.approve(office, checked, THEN + HOUR).invoices != []


def test_who_is_of_the_shop_does_not_approve(checked: Invoice, office: make.Office) -> None:
    head = make.head_of(office)
    SellerMember.objects.create(seller=checked.order.seller, user=head, since=MONDAY)
    made = make.approve(office, checked)
    assert [row.why for row in made.left_out] == [OwnShop(checked.order.seller).message]


def test_who_approved_does_not_pay_or_receive(office: make.Office) -> None:
    """Also when the approval holds no longer."""
    head = make.head_of(office)
    order = make.accepted(make.make_issued(office))
    line = order.lines.get()
    first = make.inspected(make.arrived(make.shipped(order, sent={line.pk: 4}), office.receiver), office.receiver)
    deliveries.sign_bast(actor=office.receiver, delivery=first, office_number="", now=THEN)
    invoice = make.clear(office, make.invoice_of(order))
    correction.reissue_invoice(actor=office.treasurer, invoice=invoice, reason="Rekening salah", now=THEN)
    for role in (OfficerRole.TREASURER, OfficerRole.RECEIVER):
        make.membership(office.agency, head, role)
    made = make.invoice_of(Order.objects.get(pk=order.pk))
    refused(RoleAlreadyHeld, lambda: make.check(office, made, actor=head), code="same_person")
    rest = make.shipped(order, now=MONDAY + 3 * DAY)
    refused(RoleAlreadyHeld, lambda: make.arrived(rest, head, now=MONDAY + 4 * DAY), code="same_person")


def test_by_a_dated_rule_the_ppk_approves(checked: Invoice, office: make.Office) -> None:
    assert Rule.objects.filter(code="payment.approver").update(text="ppk")
    refused(NotAllowed, lambda: make.approve(office, checked, actor=make.head_of(office)))
    make.approve(office, checked, actor=office.ppk)
    event = InvoiceEvent.objects.get(invoice=checked, action="approve")
    assert (fresh(checked).state, event.acted_as) == (InvoiceState.APPROVED, "ppk")
    balanced()


def test_a_department_without_an_approver_is_told_before_it_is_checked(office: make.Office) -> None:
    invoice = make.invoice_of(make.taken_over(office, make.make_issued(office)))
    office.agency.members.filter(role=OfficerRole.HEAD).update(valid_until=make.local(MONDAY))
    with unchanged():
        said = refused(RuleBroken, lambda: make.check(office, invoice), code="check_failed").message
    assert "Minta admin kota menunjuknya" in said


def test_many_are_approved_in_one_act_and_what_changed_is_named(office: make.Office) -> None:
    found = [make.invoice_of(make.taken_over(office, make.make_issued(office))) for _ in range(3)]
    for invoice in found:
        make.check(office, invoice)
    chosen = {invoice.pk: stamp_of(invoice) for invoice in found}
    holding.hold_invoice(actor=office.treasurer, invoice=found[1], reason="bank", note="", now=THEN)
    holding.resume_invoice(actor=office.treasurer, invoice=found[1], now=THEN)
    head, key = make.head_of(office), new_key()
    made = approval.approve_payments(actor=head, chosen=chosen, key=key, now=THEN)
    assert [row.pk for row in made.invoices] == [found[0].pk, found[2].pk]
    assert [(row.invoice.pk, "Berubah sejak" in row.why) for row in made.left_out] == [(found[1].pk, True)]
    holding.hold_invoice(actor=office.treasurer, invoice=found[1], reason="bank", note="", now=THEN)
    again = approval.approve_payments(actor=head, chosen={found[1].pk: chosen[found[1].pk]}, key=new_key(), now=THEN)
    assert [row.why for row in again.left_out] == [holding.InvoiceHeld(fresh(found[1])).message]
    assert [fresh(row).state for row in found] == ["approved", "verified", "approved"]
    events = InvoiceEvent.objects.count()
    again = approval.approve_payments(actor=head, chosen=chosen, key=key, now=THEN + HOUR)
    assert [row.pk for row in again.invoices] == [found[0].pk, found[2].pk]
    assert InvoiceEvent.objects.count() == events
    refused(KeyReused, lambda: approval.approve_payments(actor=head, chosen={}, key=key, now=THEN))


def test_a_disputed_one_is_left_out(checked: Invoice, office: make.Office) -> None:
    disputes.open_dispute(actor=office.receiver, order=checked.order, complaint="Penyok", now=THEN)
    made = make.approve(office, checked)
    assert made.invoices == [] and "keluhan" in made.left_out[0].why


# What takes an approval back.


def test_a_deduction_drops_the_approval(office: make.Office) -> None:
    order = make.cleared(office, make.make_issued(office))
    mend.decided(order, office.receiver, mend.deduction(order, 10_000), now=THEN + HOUR)
    invoice = make.invoice_of(order)
    assert (invoice.state, invoice.approver, invoice.approved_at) == (InvoiceState.ISSUED, None, None)
    refused(InvalidMove, lambda: make.pay(office, order))
    assert told(make.head_of(office), "invoice.approval_dropped") == 1


def test_a_decided_dispute_drops_the_approval_though_nothing_changed(office: make.Office) -> None:
    order = make.cleared(office, make.make_issued(office))
    complaint = disputes.open_dispute(actor=office.receiver, order=order, complaint="Penyok", now=THEN + HOUR)
    disputes.decide_dispute(actor=office.receiver, dispute=complaint, decision="Selesai", now=THEN + 2 * HOUR)
    invoice = make.invoice_of(order)
    assert (invoice.state, invoice.approver, invoice.verifier) == (InvoiceState.VERIFIED, None, office.treasurer)
    assert told(make.head_of(office), "invoice.approval_dropped") == 1
    kuitansi = Document.objects.get(invoice=invoice, kind=DocumentKind.KUITANSI, replaced_at=None, voids=None)
    assert kuitansi.requested_at == THEN + 2 * HOUR
    make.approve(office, invoice, THEN + 3 * HOUR)
    make.pay(office, order, now=THEN + 3 * HOUR)
    balanced()


def test_a_reversed_payment_is_approved_again(office: make.Office) -> None:
    order = make.cleared(office, make.make_issued(office))
    make.pay(office, order)
    undo.released(office, undo.asked(office, order))
    invoice = make.invoice_of(order)
    assert (invoice.state, invoice.approver) == (InvoiceState.VERIFIED, None)
    refused(InvalidMove, lambda: make.pay(office, order, reference="SP2D-9", now=THEN + 3 * DAY))
    assert told(make.head_of(office), "invoice.approval_dropped") == 1


def test_a_reversed_part_is_approved_again(office: make.Office) -> None:
    order = make.cleared(office, make.make_issued(office))
    make.pay(office, order, amount=1_000)
    undo.released(office, undo.asked(office, order))
    invoice = make.invoice_of(order)
    assert (invoice.state, invoice.approver, invoice.paid) == (InvoiceState.VERIFIED, None, 0)


def test_a_replacement_is_checked_and_approved_anew(office: make.Office) -> None:
    order = make.cleared(office, make.make_issued(office))
    invoice = make.invoice_of(order)
    made = correction.reissue_invoice(actor=office.treasurer, invoice=invoice, reason="Rekening salah", now=THEN)
    assert (made.state, made.approver, fresh(invoice).approver) == (InvoiceState.ISSUED, None, None)
    assert told(make.head_of(office), "invoice.approval_dropped") == 1


def test_the_database_knows_who_approved(checked: Invoice, office: make.Office) -> None:
    make.approve(office, checked)
    rows = Invoice.objects.filter(pk=checked.pk)
    for wrong in ({"approver": None}, {"approved_at": None}, {"approver": office.treasurer}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


# Sent back, held.


def test_what_is_sent_back_is_checked_again(checked: Invoice, office: make.Office) -> None:
    head = make.head_of(office)
    back = approval.return_invoice
    refused(RuleBroken, lambda: back(actor=head, invoice=checked, reason=" ", now=THEN), code="reason_missing")
    refused(NotAllowed, lambda: back(actor=office.treasurer, invoice=checked, reason="Salah", now=THEN))
    back(actor=head, invoice=checked, reason="Faktur pajak bulan lalu", now=THEN)
    invoice = fresh(checked)
    assert (invoice.state, invoice.return_reason) == (InvoiceState.ISSUED, "Faktur pajak bulan lalu")
    assert told(office.treasurer, "invoice.returned") == 1
    page = signed_in(office.treasurer).get(reverse("orders:treasurer")).content.decode()
    assert "Dikembalikan untuk diperiksa lagi" in page
    assert make.check(office, invoice, THEN + HOUR).return_reason == ""


@pytest.mark.parametrize("stage", ["issued", "verified", "approved"])
def test_a_held_one_waits_with_its_time_going_on(office: make.Office, stage: str) -> None:
    order = make.taken_over(office, make.make_issued(office))
    invoice = make.invoice_of(order)
    if stage != "issued":
        make.check(office, invoice)
    if stage == "approved":
        make.approve(office, invoice)
    held = holding.hold_invoice(actor=office.treasurer, invoice=invoice, reason="bank", note="Kurang satu", now=THEN)
    assert (held.state, held.hold_reason, held.due_at) == (stage, "bank", invoice.due_at)
    for act in (lambda: make.check(office, invoice), lambda: make.pay(office, order)):
        with unchanged(), pytest.raises((holding.InvoiceHeld, InvalidMove)):
            act()
    assert make.approve(office, invoice).invoices == []
    found = Order.objects.get(pk=order.pk)
    assert [(step.who, step.what) for step in steps_of(found, THEN)] == [(Turn.TREASURER, Task.RESUME)]
    assert status.of(found, THEN).headline == "Ditahan: data rekening keliru"
    seller = make.member_of(order)
    assert told(seller, "invoice.held") == 1
    money_page = signed_in(seller).get(reverse("site:seller-money")).content.decode()
    assert "Ditahan: data rekening keliru" in money_page and "Kurang satu" in money_page
    assert "Waktu bayar tetap berjalan" in money_page
    account = f"{reverse('umkm:identity-list')}?toko={order.seller_id}"
    held_page = signed_in(seller).get(reverse("orders:seller-invoice", args=[invoice.number])).content.decode()
    for said in (money_page, held_page):
        assert account in said and "Betulkan rekening toko Anda" in said
    assert "Ditahan: data rekening keliru" in held_page and "Kurang satu" in held_page
    assert steps.holder_of(fresh(invoice), clock.local_date(THEN)).since == held.held_at
    Invoice.objects.filter(pk=invoice.pk).update(hold_reason="other", hold_note="Nama di rekening berbeda.")
    assert standing.words_of(fresh(invoice)) == "Ditahan: Nama di rekening berbeda"
    assert signed_in(seller).get(reverse("site:seller-money")).content.decode().count("Nama di rekening berbeda") == 1
    Invoice.objects.filter(pk=invoice.pk).update(hold_reason="bank", hold_note="Kurang satu")
    with unchanged():
        refused(NotAllowed, lambda: holding.resume_invoice(actor=make.head_of(office), invoice=invoice, now=THEN))
    holding.resume_invoice(actor=office.treasurer, invoice=invoice, now=THEN + HOUR)
    assert (fresh(invoice).state, fresh(invoice).held_at) == (stage, None)
    assert told(seller, "invoice.resumed") == 1


def test_the_approver_may_hold_and_others_may_not(checked: Invoice, office: make.Office) -> None:
    hold = holding.hold_invoice
    values: dict[str, Any] = {"invoice": checked, "reason": "papers", "note": "Kurang notulen", "now": THEN}
    for who in ("requester", "pp", "receiver"):
        refused(NotAllowed, lambda who=who: hold(actor=getattr(office, who), **values))
    for reason in ("papers", "amount", "other"):
        wrong = values | {"reason": reason, "note": " "}
        refused(RuleBroken, lambda wrong=wrong: hold(actor=make.head_of(office), **wrong), code="note_missing")
    refused(RuleBroken, lambda: hold(actor=make.head_of(office), **(values | {"reason": "x"})), code="reason_unknown")
    hold(actor=make.head_of(office), **values)
    refused(InvalidMove, lambda: hold(actor=office.treasurer, **values))


# The checklist.


def test_the_answers_are_kept(office: make.Office) -> None:
    invoice = make.invoice_of(make.taken_over(office, make.make_issued(office)))
    verify = payments.verify_invoice
    with unchanged():
        said = refused(
            RuleBroken, lambda: verify(actor=office.treasurer, invoice=invoice, ticked=[], now=THEN), code="check_left"
        ).message
    assert said == "Centang sesudah Anda periksa."  # its words stand right below
    make.check(office, invoice)
    rows = dict(InvoiceCheck.objects.filter(invoice=invoice).values_list("item", "by_system"))
    assert rows == {
        ChecklistItem.BAST: True, ChecklistItem.QUANTITY: True, ChecklistItem.PRICE: True, ChecklistItem.TAX: True,
        ChecklistItem.BANK: True, ChecklistItem.APPROVER: True, ChecklistItem.PAPERS: False,
    }  # fmt: skip


def test_a_false_fact_refuses_it(office: make.Office) -> None:
    order = make.make_issued(office)
    Seller.objects.filter(pk=order.seller_id).update(bank_name="")
    invoice = make.invoice_of(make.taken_over(office, Order.objects.get(pk=order.pk)))
    with unchanged():
        said = refused(RuleBroken, lambda: make.check(office, invoice), code="check_failed").message
    assert "Rekening penjual tercatat" in said and "Tahan tagihan ini" in said


FACTS = checklist.InvoiceFacts(
    bast="BAST/1", signed_by="Sari", is_inspected=True, is_overruled=False, is_quantity_right=True, goods_total=100,
    at_price=100, withheld=5, tax_lines=5, adds_up=True, bank="Bank Contoh", is_ppn_collected=False,
    approver=OfficerRole.HEAD, has_approver=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "item"),
    [
        ({"bast": ""}, ChecklistItem.BAST), ({"is_quantity_right": False}, ChecklistItem.QUANTITY),
        ({"at_price": 99}, ChecklistItem.PRICE), ({"tax_lines": 4}, ChecklistItem.TAX),
        ({"adds_up": False}, ChecklistItem.TAX), ({"bank": ""}, ChecklistItem.BANK),
        ({"has_approver": False}, ChecklistItem.APPROVER), ({"missing_papers": ("Undangan",)}, ChecklistItem.PAPERS),
    ],
)  # fmt: skip
def test_each_fact_counts(wrong: dict[str, Any], item: str) -> None:
    assert {line.item for line in checklist.lines_of(FACTS) if line.is_true is False} == set()
    lines = checklist.lines_of(replace(FACTS, **wrong))
    assert [line.item for line in lines if line.is_true is False] == [item]
    with pytest.raises(RuleBroken):
        checklist.check(lines, ChecklistItem.values)


def test_goods_that_silence_accepted_may_be_paid() -> None:
    """Nobody signed their BAST, and it says so."""
    lines = checklist.lines_of(replace(FACTS, signed_by="", is_inspected=False))
    assert lines[0].is_true and lines[0].detail == "BAST/1, dianggap diterima, tidak diperiksa"


def test_goods_that_were_inspected_are_not_called_uninspected(office: make.Office) -> None:
    """Silence about the BAST is not silence about the goods: each is told as it was."""
    now = MONDAY + 20 * DAY
    untouched = make.arrived(make.shipped(make.accepted(make.make_issued(office))), office.receiver)
    counted = make.arrived(make.shipped(make.accepted(make.make_issued(office))), office.receiver)
    make.inspected(counted, office.receiver, accept=9)
    assert deliveries.accept_by_silence(now=now) == 2
    for delivery, said, quantity in (
        (untouched, "dianggap diterima, tidak diperiksa", "dianggap diterima dari"),
        (counted, "diperiksa, BAST tanpa tanda tangan", "9 diterima baik dari"),
    ):
        invoice = make.invoice_of(delivery.order)
        lines = checklist.lines_of(checklist.facts_of(delivery.order, invoice, [], now, None))
        assert lines[0].is_true and lines[0].detail == f"{invoice.delivery.bast_number}, {said}"
        assert quantity in lines[1].detail


def test_a_tax_invoice_is_asked_for_where_ppn_is_collected() -> None:
    asked = [line.item for line in checklist.lines_of(replace(FACTS, is_ppn_collected=True)) if line.is_true is None]
    assert asked == [ChecklistItem.TAX_INVOICE, ChecklistItem.PAPERS]


def test_nobody_waits_for_a_tax_invoice_that_cannot_be(office: make.Office) -> None:
    """Only a seller who is PKP, and goods under PPN, have one."""
    small = make.invoice_of(make.taken_over(office, make.make_issued(office)))
    hold = lambda: holding.hold_invoice(  # noqa: E731
        actor=office.treasurer, invoice=small, reason="tax_invoice", note="", now=THEN
    )
    with unchanged():
        refused(RuleBroken, hold, code="reason_unknown")
    page = signed_in(office.treasurer).get(reverse("orders:invoice-hold", args=[small.order.number, small.number]))
    assert "Data rekening keliru" in page.content.decode() and "Faktur pajak belum ada" not in page.content.decode()
    pkp = goods.make_seller(is_pkp=True, npwp="012345678901234")
    large = make.make_issued(office, goods.make_product(pkp, price=300_000))
    taxed = make.invoice_of(make.taken_over(office, large))
    assert holding.HoldReason.TAX_INVOICE in holding.reasons_of(taxed)


# The page.


def test_the_page_of_many(office: make.Office) -> None:
    orders = [make.make_issued(office, goods.make_product(price=price)) for price in (70_000, 90_000)]
    found = [make.check(office, make.invoice_of(make.taken_over(office, order))) for order in orders]
    address = reverse("orders:payment-approvals")
    head = signed_in(make.head_of(office))
    page = head.get(address).content.decode()
    for invoice in found:
        assert f"{invoice.pk}:{stamp_of(invoice)}" in page and invoice.order.number in page
    assert signed_in(office.treasurer).get(address).status_code == 403
    form = form_of(head, address)
    assert head.post(address, form).status_code == 422  # nothing ticked
    chosen = [f"{invoice.pk}:{stamp_of(invoice)}" for invoice in found]
    approval.return_invoice(actor=make.head_of(office), invoice=found[0], reason="Periksa lagi", now=clock.now())
    said = head.post(address, form | {"chosen": chosen}, follow=True).content.decode()
    assert "1 pembayaran disetujui" in said
    assert f"Tagihan {found[0].number} tidak ikut disetujui" in said
    assert [fresh(row).state for row in found] == ["issued", "approved"]


def test_another_department_is_not_named(checked: Invoice) -> None:
    other = make.make_office()
    stranger = signed_in(make.head_of(other))
    address = reverse("orders:payment-approvals")
    sent = {"key": new_key(), "chosen": [f"{checked.pk}:{stamp_of(checked)}"]}
    with unchanged():
        answer = stranger.post(address, sent)
    assert answer.status_code == 422 and checked.number not in answer.content.decode()


def test_the_kuitansi_names_who_approved(office: make.Office) -> None:
    order = make.taken_over(office, make.make_issued(office))
    assert signatures(order)[0] == ("Setuju dibayar, Kepala dinas (PA/KPA)", None)
    make.check(office, make.invoice_of(order))
    make.approve(office, make.invoice_of(order), THEN + HOUR)
    role, name = signatures(Order.objects.get(pk=order.pk))[0]
    assert (role, name) == ("Setuju dibayar, Kepala dinas (PA/KPA)", make.head_of(office).name)


def signatures(order: Order) -> list[tuple[str, str | None]]:
    from orders.documents import schedule

    document = Document.objects.filter(order=order, kind=DocumentKind.KUITANSI).latest("pk")
    paper = money.kuitansi(schedule.trail_for(document, order), document)
    return [(sign["role"], sign["name"] if sign["note"] else None) for sign in paper.data["signs-top"]]


def told(person: Any, kind: str) -> int:
    return Notification.objects.filter(person=person, kind=kind).count()
