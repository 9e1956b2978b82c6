"""An approved payment is approved no longer: what is to be paid is not what was approved, or may not be."""

from datetime import datetime
from typing import Any

from epeken.core.states import move
from epeken.users.models import User
from orders.billing import notices
from orders.billing.models import Invoice
from orders.billing.states import ApprovalEnd, InvoiceState
from orders.documents import services as documents
from orders.documents.states import DocumentKind, VoidReason
from orders.orders.models import Order

# The fields of an invoice whose payment nobody has approved.
NONE: dict[str, Any] = {"approved_at": None, "approver": None}


def drop(order: Order, *, actor: User | None, now: datetime, acted_as: str = "") -> None:
    """A dispute was decided: every approved invoice of the order waits for its approver again, who hears of it.

    Called with the order and its invoices locked.
    """
    approved = Invoice.objects.filter(order=order, state=InvoiceState.APPROVED).order_by("pk")
    for invoice in approved:
        move(invoice, "disapprove", actor=actor, now=now, acted_as=acted_as, reminded_for=None, **NONE)
        invoice.order = order
        documents.withdraw_documents(invoice, now, VoidReason.APPROVAL_DROPPED, (DocumentKind.KUITANSI,))
        notices.approval_dropped(invoice, ApprovalEnd.DISPUTE, now=now)
