"""What the earlier owner of a shop is still owed: orders placed with them, and what their invoices wait for. Reads
only."""

from typing import Any

from django.db.models import Prefetch

from epeken.core.i18n.words import rupiah
from orders.billing.models import Invoice
from orders.orders.models import Order
from orders.orders.states import OrderState
from umkm.identity.models import IdentityChange

MOST = 200


def rows_of(change: IdentityChange) -> list[dict[str, Any]]:
    """Of a transfer in force, the newest order first: `label`, `value` and `note`, with the end of the account an
    invoice names. Without a buyer's name: who handed the shop over has no part in the order any more. Two queries."""
    invoices = Invoice.objects.live().select_related("seller_party").order_by("pk")
    placed = Order.objects.filter(seller=change.seller_id, placed_at__lt=change.applied_at)
    placed = placed.exclude(state=OrderState.CLOSED).prefetch_related(Prefetch("invoices", invoices, "live_invoices"))
    return [_row(order) for order in placed.order_by("-placed_at")[:MOST]]


def _row(order: Any) -> dict[str, Any]:
    said = [_invoice(invoice) for invoice in order.live_invoices]
    return {
        "label": order.number,
        "value": rupiah(order.total),
        "note": "; ".join(said) or str(order.get_state_display()),
    }


def _invoice(invoice: Invoice) -> str:
    party = getattr(invoice, "seller_party", None)
    account = f" · ••••{party.bank_account[-4:]}" if party is not None else ""
    return f"{invoice.number}: {rupiah(invoice.net)}, {invoice.get_state_display()}{account}"
