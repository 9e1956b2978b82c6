"""What decided disputes take off an invoice that is not paid, and what a handover leaves of what was decided before it.

Called by services that hold the order's lock; nothing here locks by itself.
"""

from datetime import datetime
from decimal import Decimal

from epeken.core.money import share
from epeken.core.states import move
from epeken.users.models import User
from orders.billing.models import Invoice
from orders.billing.states import UNPAID
from orders.deliveries.models import Delivery
from orders.remedies.models import Remedy
from orders.remedies.states import RemedyKind, RemedyState

ZERO = Decimal(0)


def still_payable(invoice: Invoice) -> int:
    """The most that can come off it, whole rupiah: all of it, or what is left after a part was paid."""
    if invoice.state not in UNPAID:
        return 0
    return invoice.outstanding if invoice.paid else invoice.gross


def take(delivery: Delivery, worth: int, now: datetime) -> int:
    """What comes off the invoice of `worth` that is issued for the delivery: deductions applied to an invoice it takes
    the place of, and those decided before there was one."""
    taken = 0
    for remedy in Remedy.objects.deductions().filter(delivery=delivery).order_by("pk"):
        if remedy.state == RemedyState.APPLIED:
            taken += remedy.applied or 0
        elif remedy.state == RemedyState.OWED:
            applied = min(remedy.amount, worth - taken)
            move(remedy, "apply", actor=None, now=now, applied=applied, ended_at=now)
            taken += applied
    return taken


def shrink(delivery: Delivery, *, actor: User | None, now: datetime) -> None:
    """Goods that were not accepted are not invoiced, so they are not replaced either: what is to come again becomes
    less by them. Nothing accepted at all: nothing is owed."""
    lines = list(delivery.lines.all())
    short = {line.order_line_id: line.sent - (line.accepted or ZERO) for line in lines}
    is_rejected = not any(line.accepted for line in lines)
    for remedy in Remedy.objects.filter(delivery=delivery, state=RemedyState.OWED).order_by("pk"):
        if is_rejected:
            move(remedy, "void", actor=actor, now=now, ended_at=now)
        elif remedy.kind == RemedyKind.REPLACEMENT:
            assert remedy.order_line is not None
            assert remedy.quantity is not None
            less = min(short[remedy.order_line.pk], remedy.quantity)
            short[remedy.order_line.pk] -= less
            if less:
                _lessen(remedy, remedy.quantity - less, actor, now)


def _lessen(remedy: Remedy, left: Decimal, actor: User | None, now: datetime) -> None:
    assert remedy.order_line is not None
    worth = share(remedy.order_line.price, left)
    if worth == 0:
        move(remedy, "void", actor=actor, now=now, ended_at=now)
    else:
        move(remedy, "reduce", actor=actor, now=now, quantity=left, amount=worth)
