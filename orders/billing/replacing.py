"""An unpaid invoice is void, and another of the same delivery takes its place, or none. Used by services that have the
order, its budget and the invoice locked."""

from datetime import datetime
from typing import Any

from epeken.core import clock
from epeken.core.states import move
from epeken.users.models import User
from orders.billing import approving, notices, rules
from orders.billing.models import Invoice
from orders.billing.services import invoices
from orders.billing.states import ApprovalEnd, InvoiceState
from orders.documents import notices as papers
from orders.documents import services as documents
from orders.documents.states import VoidReason
from orders.orders.models import Order
from orders.tax_invoices import notices as tax_invoices


def replace_invoice(
    invoice: Invoice,
    order: Order,
    *,
    reason: str,
    actor: User,
    acted_as: str,
    now: datetime,
    is_decided: bool = False,
    is_more: bool = False,
) -> Invoice:
    """The invoice is void, and its delivery is invoiced as it stands now. `is_decided`: by the decision of a dispute,
    so it stays held if it is; who decided that tells both sides. `is_more`: it bears goods that it did not bear before,
    so there is time to pay from now on, unless it ends later.
    """
    was_approved = invoice.state == InvoiceState.APPROVED
    kept: dict[str, Any] = {
        "correcting": invoice.correcting_id, "sent_amount": invoice.sent_amount, "carried_at": invoice.carried_at,
        "carried_year": invoice.carried_year,
    }  # fmt: skip
    due = invoice.due_at
    if is_decided:
        kept |= {"held_at": invoice.held_at, "hold_reason": invoice.hold_reason, "hold_note": invoice.hold_note}
    if is_more:
        day = clock.local_date(now)
        due = max(due, clock.due_after_working_days(now, rules.PAYMENT.on(day))) if due is not None else None
    _void(invoice, VoidReason.INVOICE_REPLACED, reason=reason, actor=actor, acted_as=acted_as, now=now)
    made = invoices.issue_invoice(delivery=invoice.delivery, now=now, due_at=due)
    Invoice.objects.filter(pk=made.pk).update(**kept)
    documents.ensure_documents(order, now)
    if was_approved:
        notices.approval_dropped(made, ApprovalEnd.REPLACED, now=now)
    if is_decided:
        notices.invoice_void(invoice, now=now)
    else:
        notices.invoice_replaced(made, earlier=invoice, reason=reason, now=now)
    tax_invoices.ask(made, now)
    papers.papers_wanted(made, now=now)
    return made


def void_invoice(invoice: Invoice, *, reason: str, actor: User, acted_as: str, now: datetime) -> None:
    """Nothing of what it bears is kept: nobody pays it, and none takes its place. Who decided that tells both sides."""
    _void(invoice, VoidReason.ALL_REFUSED, reason=reason, actor=actor, acted_as=acted_as, now=now)
    notices.invoice_void(invoice, now=now)


def _void(invoice: Invoice, why: VoidReason, *, reason: str, actor: User, acted_as: str, now: datetime) -> None:
    move(
        invoice, "void", actor=actor, now=now, note=reason, acted_as=acted_as, voided_at=now, **approving.NONE,
    )  # fmt: skip
    documents.withdraw_documents(invoice, now, why)
