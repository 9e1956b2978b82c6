"""What decided disputes take off an invoice that is not paid, and what an inspection and a handover leave
of what was decided before.

Called by services that hold the order's lock; nothing here locks by itself.
"""

from datetime import datetime
from decimal import Decimal

from epeken.core.states import move
from epeken.users.models import User
from orders.billing.models import Invoice
from orders.billing.states import UNPAID
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.remedies.models import Remedy
from orders.remedies.states import RemedyKind, RemedyState


def still_payable(invoice: Invoice) -> int:
    """The most that can come off it, whole rupiah: all of it, or what is left after a part was paid."""
    if invoice.state not in UNPAID:
        return 0
    return invoice.outstanding if invoice.paid else invoice.gross


def take(delivery: Delivery, worth: int, now: datetime) -> int:
    """What comes off the invoice of `worth` that is issued for the delivery: deductions applied to an invoice it takes
    the place of, and those decided before there was one."""
    shares = _shares(delivery, worth)
    for remedy, applied in shares:
        if remedy.state == RemedyState.OWED:
            move(remedy, "apply", actor=None, now=now, applied=applied, ended_at=now)
        elif applied != remedy.applied:
            move(remedy, "lower", actor=None, now=now, applied=applied)
    return sum(applied for _remedy, applied in shares)


def expected(delivery: Delivery, worth: int) -> int:
    """What would come off such an invoice now; nothing is written."""
    return sum(applied for _remedy, applied in _shares(delivery, worth))


def _shares(delivery: Delivery, worth: int) -> list[tuple[Remedy, int]]:
    """Each decided deduction with what of it the invoice bears, whole rupiah."""
    found, taken = [], 0
    for remedy in Remedy.objects.deductions().filter(delivery=delivery).order_by("pk"):
        if remedy.state not in (RemedyState.APPLIED, RemedyState.OWED):
            continue
        decided = (remedy.applied or 0) if remedy.state == RemedyState.APPLIED else remedy.amount
        part = min(decided, worth - taken)
        found.append((remedy, part))
        taken += part
    return found


def settle_refused(delivery: Delivery, *, actor: User | None, now: datetime) -> None:
    """Goods that were counted and refused are on no invoice: what comes again in their place is invoiced when it is
    accepted. Called when they are counted, when the delivery has its result, and when a decision refuses all of it.
    Nothing accepted at all: no money is owed for it; goods that did not come at all are sent again as ordered."""
    lines = list(delivery.lines.all())
    short = {line.order_line_id: line.refused for line in lines}
    is_over = delivery.state not in (DeliveryState.ARRIVED, DeliveryState.INSPECTED)
    is_rejected = not any(line.kept for line in lines)
    going = Remedy.objects.filter(
        delivery=delivery, state__in=(RemedyState.OWED, RemedyState.SENT, RemedyState.APPLIED)
    )
    for remedy in going.select_related("order_line").order_by("pk"):
        if remedy.kind == RemedyKind.REPLACEMENT and delivery.state != DeliveryState.MISSED:
            _note_refused(remedy, short, actor, now)
        elif is_rejected and is_over:
            move(remedy, "void", actor=actor, now=now, ended_at=remedy.ended_at or now)


def _note_refused(remedy: Remedy, short: dict[int, Decimal], actor: User | None, now: datetime) -> None:
    assert remedy.order_line is not None
    assert remedy.quantity is not None
    refused = min(short[remedy.order_line.pk], remedy.quantity)
    short[remedy.order_line.pk] -= refused
    if refused != remedy.refused:
        move(remedy, "refuse", actor=actor, now=now, refused=refused)
