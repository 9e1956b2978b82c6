"""What the order's page says of the tax invoice of a bill."""

from dataclasses import dataclass

from epeken.users.models import User
from orders.billing.models import Invoice
from orders.documents import slots
from orders.documents.states import AttachmentKind
from orders.orders.models import Order
from orders.tax_invoices import policies
from orders.tax_invoices.models import TaxInvoice
from umkm.sellers.policies import can_act_for


@dataclass(frozen=True)
class TaxInvoiceCard:
    paper: TaxInvoice | None
    is_missing: bool  # required, and neither there nor waived
    may_bring: bool  # the seller, now


def card_of(order: Order, invoice: Invoice, user: User) -> TaxInvoiceCard | None:
    """None where no PPN is collected: no statement is asked for most bills."""
    if invoice.number not in {row["number"] for row in getattr(order, "ppn_bills", [])}:
        return None
    paper = policies.of_invoice(invoice)
    is_seller = can_act_for(user, order.seller)
    empty = [slot for slot in slots.slots_of(order) if slot.kind == AttachmentKind.TAX_INVOICE and slot.is_empty]
    return TaxInvoiceCard(
        paper=paper,
        is_missing=any(invoice.number in slot.wanting for slot in empty),
        may_bring=policies.may_bring(invoice, is_seller=is_seller, has_one=paper is not None),
    )
