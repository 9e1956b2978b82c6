"""A recorded payment is reversed: the treasurer asks, the head of the department releases. All under the order's lock.

No payment is changed or deleted. What a released reversal means for the money: `orders/billing/reversing.py`.
"""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import idempotency
from epeken.core.errors import NotAllowed, require
from epeken.core.i18n.words import rupiah
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.users.models import User
from orders.billing import reversing, treasurer
from orders.billing.models import Invoice, Payment
from orders.billing.states import PaymentMethod
from orders.disputes import policies as disputes_policies
from orders.orders.errors import DisputeOpen
from orders.orders.models import Order
from orders.orders.services import agreement
from orders.remedies.models import Remedy
from orders.reversals import asking, notices, policies
from orders.reversals.models import PaymentReversal
from orders.reversals.states import ReversalReason


@service
def ask_reversal(
    *,
    actor: User,
    payment: Payment,
    reason: str,
    note: str,
    key: str,
    now: datetime,
    returned_on: date | None = None,
    sent_amount: int | None = None,
    proof: Any = None,
) -> PaymentReversal:
    """The treasurer says that a recorded payment is wrong, or that its money came back; the head decides. Until then
    it stands. The same key asks once.

    `sent_amount`: of a wrong amount the whole rupiah that really left, at most what the invoice takes. The head reads
    it, and that sum alone is recorded anew.

    Money that came back in a later year is that year's income and reverses nothing.
    Raises: NotAllowed, RoleAlreadyHeld, InvalidMove, RuleBroken. Locks: Order, Invoice.
    Source: PP 71/2010 lampiran I.03 (PSAP 02) on corrections of spending: of the same period they reduce it, of a later
    one they are other income.
    """
    who, note = f"user:{actor.pk}", note.strip()
    body = {
        "reverse": payment.pk, "reason": reason, "note": note, "returned_on": returned_on, "sent_amount": sent_amount,
    }  # fmt: skip
    earlier = idempotency.claim(person=who, key=key, body=body)
    if earlier is not None:
        return PaymentReversal.objects.get(pk=earlier)
    order, invoice, payment = _locked(payment)
    office = check_ask(actor, payment, invoice, order, now)
    if reason == ReversalReason.AMOUNT:
        _check_sent_amount(payment, invoice, sent_amount)
    asked = asking.fields_of_request(
        payment, actor=actor, reason=reason, reasons=ReversalReason.values, note=note, returned_on=returned_on,
        sent_amount=sent_amount, proof=proof, folder=f"payments/{invoice.number.lower()}", now=now,
    )  # fmt: skip
    made = PaymentReversal.objects.create(payment=payment, **asked)
    begin(made, actor=actor, now=now, acted_as=office, note=made.note)
    notices.asked(made, order, now=now)
    idempotency.settle(person=who, key=key, result=str(made.pk))
    return made


@service
def release_reversal(*, actor: User, reversal: PaymentReversal, key: str, now: datetime) -> PaymentReversal:
    """The head confirms: the payment counts no longer, and its invoice waits for the treasurer again. The same key
    releases once.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: BudgetLine, Order, Invoice, Commitment.
    """
    who = f"user:{actor.pk}"
    if idempotency.claim(person=who, key=key, body={"release": reversal.pk}) is not None:
        return PaymentReversal.objects.get(pk=reversal.pk)
    lines = agreement.lock_budget(reversal.payment.invoice.order)
    order, invoice, payment = _locked(reversal.payment)
    found = PaymentReversal.objects.get(pk=reversal.pk)  # moves under the order's lock alone
    found.payment = payment
    office = check_decide(actor, found, payment, invoice, order, now)
    _check_possible(payment, invoice, order, now)
    if found.sent_amount is not None:  # other payments may have been recorded since it was asked
        _check_room(payment, invoice, found.sent_amount)
    move(found, "release", actor=actor, now=now, acted_as=office, decided_by=actor, ended_at=now)
    reversing.take_back(payment, invoice, order, lines, actor=actor, acted_as=office, now=now, sent=found.sent)
    notices.released(found, payment, invoice, order, now=now)
    idempotency.settle(person=who, key=key, result=str(found.pk))
    return found


@service
def refuse_reversal(*, actor: User, reversal: PaymentReversal, note: str, now: datetime) -> PaymentReversal:
    """The head says no, and why: the payment stands, and may be asked about again.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Order, Invoice.
    """
    order, invoice, payment = _locked(reversal.payment)
    found = PaymentReversal.objects.get(pk=reversal.pk)
    office = check_decide(actor, found, payment, invoice, order, now)
    note = asking.refusal_words(note)
    move(
        found, "refuse", actor=actor, now=now, acted_as=office, note=note, answer=note, decided_by=actor, ended_at=now,
    )  # fmt: skip
    notices.ended(found, order, actor=actor, now=now)
    return found


@service
def withdraw_reversal(*, actor: User, reversal: PaymentReversal, note: str, now: datetime) -> PaymentReversal:
    """A treasurer of the department takes the request back, and says why.

    Raises: NotAllowed, RoleAlreadyHeld, InvalidMove, RuleBroken. Locks: Order, Invoice.
    """
    order, _invoice, _payment = _locked(reversal.payment)
    found = PaymentReversal.objects.get(pk=reversal.pk)
    office = treasurer.require_role(actor, order, now)
    asking.check_waits(found)
    note = asking.withdrawal_words(note)
    move(found, "withdraw", actor=actor, now=now, acted_as=office, note=note, answer=note, ended_at=now)
    notices.ended(found, order, actor=actor, now=now)
    return found


def check_ask(actor: User, payment: Payment, invoice: Invoice, order: Order, now: datetime) -> str:
    """Refuses whoever may not ask, and a payment that is not reversed; the office of who may. Raises: NotAllowed,
    RoleAlreadyHeld, InvalidMove, RuleBroken."""
    office = check_asker(actor, order, now)
    asking.check_not_asked(payment)
    _check_possible(payment, invoice, order, now)
    asking.check_somebody_decides(order, actor, policies.payers(payment, invoice), now)
    return office


def check_asker(actor: User, order: Order, now: datetime) -> str:
    """Refuses whoever may not ask; the office of who may. Raises: NotAllowed, RoleAlreadyHeld."""
    if order.agency_id is None:
        raise NotAllowed(
            _(
                "Uang tunai pesanan warga tidak dibatalkan di sini. Bila jumlahnya keliru atau uangnya kembali, ajukan "
                "keluhan dari halaman pesanan: pengembaliannya dicatat di sana."
            )
        )
    return treasurer.require_role(actor, order, now)


def check_decide(
    actor: User, found: PaymentReversal, payment: Payment, invoice: Invoice, order: Order, now: datetime
) -> str:
    """Refuses whoever does not decide on it, and one that is decided; the office of who may. Raises: NotAllowed,
    InvalidMove."""
    office = check_decider(actor, found, payment, invoice, order, now)
    asking.check_waits(found)
    return office


def check_decider(
    actor: User, found: PaymentReversal, payment: Payment, invoice: Invoice, order: Order, now: datetime
) -> str:
    """Refuses whoever does not decide on it; the office of who does. Raises: NotAllowed."""
    return asking.office_of_decider(actor, found, policies.payers(payment, invoice), order, now)


def _check_possible(payment: Payment, invoice: Invoice, order: Order, now: datetime) -> None:
    if disputes_policies.is_disputed(order):
        raise DisputeOpen(order)
    require(
        not Remedy.objects.holding_payment().of_invoice(invoice).exists(),
        _(
            "Menurut keputusan keluhan, barang dari kiriman ini masih akan diganti. Tunggu hasilnya: sesudah itu "
            "pembayarannya dapat dibatalkan."
        ),
        code="replacement_awaited",
    )
    require(
        invoice.correcting_id is None,
        _(
            "Pembayaran tagihan ini yang lebih dulu dibatalkan belum dicatat ulang. Sesudah bendahara mencatatnya, "
            "pembayaran ini dapat dibatalkan."
        ),
        code="record_awaited",
    )
    asking.check_books_open(payment, now)


def _check_sent_amount(payment: Payment, invoice: Invoice, sent_amount: int | None) -> None:
    """What really left can be so, and differs from what was recorded. Raises: RuleBroken."""
    require(
        payment.method != PaymentMethod.KKPD,
        _(
            "Kartu (KKPD) membayar tagihan sekaligus, jadi jumlahnya tidak dapat lain. Bila bukan kartu yang membayar, "
            "pilih “Salah cara bayar”."
        ),
        field="reason",
        code="card_amount",
    )
    require(
        sent_amount is not None and sent_amount > 0,
        _("Tulis jumlah yang sebenarnya keluar. Bila tidak ada yang keluar untuk tagihan ini, pilih alasan lain."),
        field="sent_amount",
        code="sent_amount_missing",
    )
    assert sent_amount is not None
    require(
        sent_amount != payment.amount,
        _("%(amount)s sudah jumlah yang tercatat.") % {"amount": rupiah(sent_amount)},
        field="sent_amount",
        code="sent_amount_same",
    )
    _check_room(payment, invoice, sent_amount)


def _check_room(payment: Payment, invoice: Invoice, sent_amount: int) -> None:
    """No more is a payment of the invoice than it takes. Raises: RuleBroken."""
    most = invoice.outstanding + payment.amount
    require(
        sent_amount <= most,
        _(
            "Tagihan ini paling banyak menerima %(most)s. Yang keluar lebih dari itu bukan pembayaran tagihan ini: "
            "penjual mengembalikannya ke kas daerah."
        )
        % {"most": rupiah(most)},
        field="sent_amount",
        code="sent_amount_above",
    )


def _locked(payment: Payment) -> tuple[Order, Invoice, Payment]:
    """The order and the invoice locked, and the payment with its reversal as they stand under that lock."""
    order_id = Invoice.objects.values_list("order_id", flat=True).get(pk=payment.invoice_id)
    order = Order.objects.locked().get(pk=order_id)
    invoice = Invoice.objects.locked().get(pk=payment.invoice_id)
    return order, invoice, Payment.objects.with_reversal().get(pk=payment.pk)
