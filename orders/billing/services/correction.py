"""An invoice found wrong before it is paid is void, and another takes its place."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, RuleBroken, require
from epeken.core.services import service
from epeken.core.states import move
from epeken.users.models import User
from orders.billing import approving, notices, rules, treasurer
from orders.billing.models import Invoice
from orders.billing.services import holding, invoices
from orders.billing.states import UNPAID, ApprovalEnd, InvoiceState
from orders.disputes import policies as disputes_policies
from orders.documents import services as documents
from orders.documents.states import VoidReason
from orders.orders.errors import DisputeOpen
from orders.orders.models import Order
from orders.tax_deposits.models import DepositedTax
from orders.tax_invoices import notices as tax_invoices


@service
def reissue_invoice(*, actor: User, invoice: Invoice, reason: str, now: datetime) -> Invoice:
    """The invoice is void and its delivery is invoiced again: the same goods and due time, the seller's tax facts and
    account of today.

    Raises: NotAllowed, RoleAlreadyHeld, InvalidMove, RuleBroken. Locks: Order, Invoice.
    """
    order = Order.objects.locked().get(pk=invoice.order_id)
    invoice = Invoice.objects.locked().get(pk=invoice.pk)
    office = treasurer.require_role(actor, order, now)
    if disputes_policies.is_disputed(order):
        raise DisputeOpen(order)
    reason = reason.strip()
    require(reason, _("Tulis apa yang keliru pada tagihan ini."), field="reason", code="reason_missing")
    if invoice.state not in UNPAID:
        raise InvalidMove()
    holding.check_no_debt(invoice)
    if invoice.paid:
        raise RuleBroken(
            _("Tagihan ini sudah dibayar sebagian, jadi tidak dapat diganti. Lunasi sisanya."), code="already_paid"
        )
    deposit = DepositedTax.objects.live().filter(invoice=invoice).first()
    if deposit is not None:  # the bill in its place would ask for the same tax again
        raise RuleBroken(
            _(
                "Pajak tagihan ini sudah disetor dengan NTPN %(ntpn)s. Tarik catatan setorannya dahulu, lalu catat "
                "untuk tagihan penggantinya."
            )
            % {"ntpn": deposit.ntpn},
            code="tax_deposited",
        )
    return replace_invoice(invoice, order, reason=reason, actor=actor, acted_as=office, now=now)


def replace_invoice(
    invoice: Invoice, order: Order, *, reason: str, actor: User, acted_as: str, now: datetime, is_more: bool = False
) -> Invoice:
    """The invoice is void, and its delivery is invoiced as it stands now. `is_more`: it bears goods that it did not
    bear before, so it stays held if it is, and there is time to pay from now on, unless it ends later.

    Called with the order, its budget and the invoice locked.
    """
    was_approved = invoice.state == InvoiceState.APPROVED
    kept: dict[str, Any] = {
        "correcting": invoice.correcting_id, "sent_amount": invoice.sent_amount, "carried_at": invoice.carried_at,
        "carried_year": invoice.carried_year,
    }  # fmt: skip
    due = invoice.due_at
    if is_more:
        kept |= {"held_at": invoice.held_at, "hold_reason": invoice.hold_reason, "hold_note": invoice.hold_note}
        day = clock.local_date(now)
        due = max(due, clock.due_after_working_days(now, rules.PAYMENT.on(day))) if due is not None else None
    move(
        invoice, "void", actor=actor, now=now, note=reason, acted_as=acted_as, voided_at=now, **approving.NONE,
    )  # fmt: skip
    documents.withdraw_documents(invoice, now, VoidReason.INVOICE_REPLACED)
    made = invoices.issue_invoice(delivery=invoice.delivery, now=now, due_at=due)
    Invoice.objects.filter(pk=made.pk).update(**kept)
    documents.ensure_documents(order, now)
    if was_approved:
        notices.approval_dropped(made, ApprovalEnd.REPLACED, now=now)
    notices.invoice_replaced(made, earlier=invoice, reason=reason, now=now)
    tax_invoices.ask(made, now)
    return made
