"""The bills of an acknowledged debt: while the decision stands nobody checks, approves or pays them."""

from datetime import datetime

from epeken.core.states import move
from epeken.users.models import User
from orders.billing import notices
from orders.billing.models import Invoice
from orders.billing.services.holding import NOT_HELD
from orders.billing.states import HoldReason
from orders.orders.models import Order


def hold(order: Order, year: int, *, actor: User, office: str, now: datetime) -> None:
    """Called with the order locked. `year`: the budget year that does not pay them. Locks: Invoice."""
    owed = Invoice.objects.to_be_sent().filter(order=order).exclude(carried_year__gt=year)
    for invoice in owed.locked().order_by("pk"):
        if invoice.hold_reason == HoldReason.DEBT:
            continue
        move(
            invoice, "hold", actor=actor, now=now, acted_as=office, note=f"{HoldReason.DEBT}: ", held_at=now,
            hold_reason=HoldReason.DEBT, hold_note="",
        )  # fmt: skip
        notices.invoice_held(invoice, order, actor=actor, now=now)


def release(order: Order, *, actor: User, office: str, now: datetime) -> None:
    """They go on from where they were. Called with the order locked. Locks: Invoice."""
    for invoice in Invoice.objects.unpaid().filter(order=order, hold_reason=HoldReason.DEBT).locked().order_by("pk"):
        move(invoice, "resume", actor=actor, now=now, acted_as=office, reminded_for=None, **NOT_HELD)
        notices.invoice_resumed(invoice, order, now=now)
