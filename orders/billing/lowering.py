"""An issued invoice becomes lower by a decided dispute. Taxes follow what is really paid."""

from datetime import datetime

from epeken.core.states import move
from epeken.users.models import User
from orders.billing import approving, charges, deductions, notices
from orders.billing.models import Invoice
from orders.billing.services import invoices
from orders.billing.states import ApprovalEnd, InvoiceState
from orders.documents import services as documents
from orders.documents.states import VoidReason
from orders.orders.models import Order
from orders.remedies.models import Remedy
from procurement.budgets import services as budgets


def deduct(
    invoice: Invoice, remedy: Remedy, order: Order, lines: budgets.Lines, *, actor: User | None, now: datetime
) -> None:
    """The remedy comes off the invoice, at most what is still payable; the tax is computed again, and a treasurer
    checks the documents again, and the payment is approved again. With nothing left to pay the invoice is settled and
    what was paid of it realised.

    Called with the order, its invoice and its budget locked.
    """
    amount = min(remedy.amount, deductions.still_payable(invoice))
    move(remedy, "apply", actor=actor, now=now, applied=amount, ended_at=now)
    before, was_approved = invoice.deduction, invoice.state == InvoiceState.APPROVED
    invoice.deduction += amount
    invoice.gross -= amount
    withheld, value = 0, invoice.gross
    if order.agency_id is not None:
        results, value = invoices.lower_taxes(invoice, before)
        withheld = invoices.replace_taxes(invoice, results, is_deducted=True)
    move(
        invoice, "deduct", actor=actor, now=now, deduction=invoice.deduction, gross=invoice.gross, withheld=withheld,
        net=invoice.gross - withheld, purchase_value=value, deducted_at=now, verified_at=None, verifier=None,
        **approving.NONE,
    )  # fmt: skip
    notices.invoice_lowered(invoice, amount, now=now)
    if was_approved:
        notices.approval_dropped(invoice, ApprovalEnd.LOWERED, now=now)
    if invoice.outstanding:
        return
    if invoice.gross and order.request_id is not None:
        budgets.realise_charges(
            lines=lines, paid=charges.of_invoice_read(order, invoice), reference=order.number,
            document=invoice.number, actor=actor, now=now,
        )  # fmt: skip
    if not invoice.gross:
        documents.withdraw_documents(invoice, now, VoidReason.ALL_DEDUCTED)
    move(invoice, "settle", actor=actor, now=now, paid_at=now)
