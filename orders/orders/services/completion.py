"""When an order is over: nothing more is expected to be delivered, and every invoice is paid."""

from datetime import datetime

from django.db import transaction

from epeken.core.states import move
from epeken.users.models import User
from orders.billing.models import Commitment, Invoice
from orders.billing.states import InvoiceState
from orders.deliveries.states import DeliveryState
from orders.orders.models import Order
from orders.orders.services import agreement
from orders.orders.states import CloseReason
from procurement.budgets import services as budgets
from procurement.budgets.states import NOT_ACCEPTED

WITHOUT_RESULT = (DeliveryState.SHIPPED, DeliveryState.ARRIVED, DeliveryState.INSPECTED)


@transaction.atomic
def complete_order(*, order: Order, actor: User | None, now: datetime) -> None:
    """After a delivery has its result or an invoice is paid: what that means for the whole order.

    While more is expected, nothing. Then: with nothing accepted the order closes; otherwise the commitment shrinks to
    what was invoiced (the difference is free on the budget), and once every invoice is paid it is settled and the
    order finished. Calling it again changes nothing.

    Locks: BudgetLine (held by the caller), Order (held by the caller), Commitment, TurnoverMonth, Product.
    """
    if is_more_expected(order):
        return
    invoices = list(Invoice.objects.live().filter(order=order))
    if not invoices:
        rejected = order.deliveries.filter(state=DeliveryState.REJECTED).order_by("-pk").first()
        agreement.close_order(
            actor=actor,
            order=order,
            reason=CloseReason.ALL_REJECTED,
            note=rejected.remark if rejected else "",
            now=now,
        )
        return
    commitment: Commitment = Commitment.objects.locked().get(order=order)
    gross = sum(invoice.gross for invoice in invoices)
    if commitment.amount > gross:
        freed = commitment.amount - gross
        move(commitment, "reduce", actor=actor, now=now, amount=gross)
        line = agreement.lock_budget(order)
        if line is not None:
            budgets.uncommit(
                line=line, amount=freed, reference=order.number, actor=actor, now=now, note_code=NOT_ACCEPTED
            )
    if all(invoice.state == InvoiceState.PAID for invoice in invoices):
        move(commitment, "settle", actor=actor, now=now, settled_at=now)
        move(order, "finish", actor=actor, now=now, finished_at=now)


def is_more_expected(order: Order) -> bool:
    """Whether a delivery is still without its result."""
    return order.deliveries.filter(state__in=WITHOUT_RESULT).exists()
