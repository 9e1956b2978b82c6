"""A released reversal takes a payment back: what that means for its invoice, its tax, the order and the budget."""

from datetime import datetime

from django.db.models import Min

from epeken.core import clock
from epeken.core.states import move
from epeken.users.models import User
from orders.billing import approving, notices
from orders.billing.models import Commitment, Invoice, Payment
from orders.billing.services import invoices
from orders.billing.states import ApprovalEnd, CommitmentState, InvoiceState, PaymentMethod
from orders.confirmations import asking
from orders.documents import services as documents
from orders.documents.states import DocumentKind, VoidReason
from orders.orders.models import Order
from orders.orders.states import OrderState
from orders.reversals import rules as reversals_rules
from orders.reversals.models import PaymentReversal
from orders.year_end import debts
from procurement.budgets import services as budgets

OF_PAYMENT = (DocumentKind.KUITANSI, DocumentKind.PAYMENT)
OF_TAX = (DocumentKind.INVOICE, DocumentKind.TAX_SHEET)


def take_back(
    payment: Payment,
    invoice: Invoice,
    order: Order,
    lines: budgets.Lines,
    *,
    actor: User,
    acted_as: str,
    now: datetime,
    sent: int,
) -> None:
    """The invoice is to be approved and paid again, by its first due time: the seller has waited since then. Where
    money was sent and only its record was wrong (`sent`: whole rupiah that left, 0 where none did), it is recorded anew
    within some working days; what it leaves open is still owed. Other parts of it that were paid stay. Paid in full
    before, its gross is bound on the budget again, the commitment and the order are open again, and the documents that
    state the payment are no longer current. It is held where the head acknowledged what the order owes as a debt
    (orders/year_end).

    Called with the reversal released, and the budget lines, the order, the invoice and the commitment locked.
    """
    was_paid = invoice.state == InvoiceState.PAID
    was_approved = invoice.state == InvoiceState.APPROVED
    was_checked = invoice.verified_at is not None
    withheld = _withheld_again(invoice) if payment.method == PaymentMethod.KKPD else invoice.withheld
    move(
        invoice, "reverse_settled" if was_paid and not was_checked else "reverse", actor=actor, now=now,
        acted_as=acted_as, paid=invoice.paid - payment.amount, paid_at=None, reversed_at=now, reminded_for=None,
        withheld=withheld, net=invoice.gross - withheld, correcting=payment if sent else None, sent_amount=sent,
        due_at=_due(invoice, payment, sent, invoice.gross - withheld, now), **approving.NONE,
    )  # fmt: skip
    asking.void_receipt(payment, actor=actor, acted_as=acted_as, now=now)
    documents.withdraw_part(payment, now)
    if was_paid:
        budgets.reverse_realised(lines=lines, reference=order.number, document=invoice.number, actor=actor, now=now)
        _reopen(order, actor, acted_as, now)
        kinds = (*OF_PAYMENT, *OF_TAX) if payment.method == PaymentMethod.KKPD else OF_PAYMENT
        documents.withdraw_documents(invoice, now, VoidReason.PAYMENT_REVERSED, kinds)
        documents.withdraw_spj(order, now)
    elif was_approved:  # a part of it was paid, and its kuitansi states an approval that no longer holds
        documents.withdraw_documents(invoice, now, VoidReason.APPROVAL_DROPPED, (DocumentKind.KUITANSI,))
    if was_approved or was_paid:
        notices.approval_dropped(invoice, ApprovalEnd.REVERSED, now=now)
    debts.follow(order, now)
    documents.ensure_documents(order, now)


def _due(invoice: Invoice, payment: Payment, sent: int, net: int, now: datetime) -> datetime | None:
    """Money that was sent for all that is open is not late while its record is corrected. Counted from the first such
    reversal for the goods, so that reversing and recording again and again gains no time."""
    if invoice.due_at is None or not sent or sent < net - (invoice.paid - payment.amount):
        return invoice.due_at
    first = PaymentReversal.objects.corrections().filter(payment__invoice__delivery=invoice.delivery_id)
    since = first.aggregate(first=Min("ended_at"))["first"] or now
    days = reversals_rules.CORRECTED_WITHIN.on(clock.local_date(since))
    return max(invoice.due_at, clock.due_after_working_days(since, days))


def _withheld_again(invoice: Invoice) -> int:
    """A card pays without PPh 22 and PPN; not paid by it, the tax is what it was when the invoice was issued or
    lowered."""
    return invoices.replace_taxes(invoice, invoices.tax_by_transfer(invoice))


def _reopen(order: Order, actor: User, acted_as: str, now: datetime) -> None:
    commitment: Commitment = Commitment.objects.locked().get(order=order)
    if commitment.state == CommitmentState.SETTLED:
        move(commitment, "reopen", actor=actor, now=now, settled_at=None)
    if order.state == OrderState.FINISHED:
        move(order, "reopen", actor=actor, now=now, acted_as=acted_as, finished_at=None)
