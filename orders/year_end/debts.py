"""The bills of an acknowledged debt: while the decision stands nobody checks, approves or pays them."""

from datetime import datetime
from typing import Any

from epeken.core.states import move
from epeken.users.models import User
from orders.billing import notices
from orders.billing.models import Invoice, InvoiceEvent
from orders.billing.services.holding import NOT_HELD
from orders.billing.states import HoldReason
from orders.orders.models import Order
from orders.year_end.models import YearEndDecision
from orders.year_end.states import YearEndChoice

_BY_DEBT = f"{HoldReason.DEBT}: "  # begins the note of an event that holds a bill as a debt


def hold(order: Order, year: int, *, actor: User | None, office: str, now: datetime) -> None:
    """Called with the order locked. `year`: the budget year that does not pay them. Locks: Invoice."""
    owed = Invoice.objects.to_be_sent().filter(order=order).exclude(carried_year__gt=year)
    for invoice in owed.locked().order_by("pk"):
        if invoice.hold_reason == HoldReason.DEBT:
            continue
        move(
            invoice, "hold", actor=actor, now=now, acted_as=office, note=_BY_DEBT, held_at=now,
            hold_reason=HoldReason.DEBT, hold_note="",
        )  # fmt: skip
        notices.invoice_held(invoice, order, actor=actor, now=now)


def follow(order: Order, now: datetime) -> None:
    """A bill that is to be paid after the head acknowledged the order's debt is of that debt while the decision stands:
    its payment was reversed, or its goods came in place of others. Called with the order locked. Locks: Invoice."""
    newest = YearEndDecision.objects.filter(order=order).order_by("pk").last()
    if newest is not None and newest.choice == YearEndChoice.DEBT:
        hold(order, newest.year, actor=None, office="", now=now)


def release(order: Order, *, actor: User, office: str, now: datetime) -> None:
    """They go on from where they were; what the treasurer or the approver had held before is held again, for their
    reason. Called with the order locked. Locks: Invoice."""
    for invoice in Invoice.objects.unpaid().filter(order=order, hold_reason=HoldReason.DEBT).locked().order_by("pk"):
        earlier = held_before(invoice)
        if earlier["held_at"] is None:
            move(invoice, "resume", actor=actor, now=now, acted_as=office, reminded_for=None, **earlier)
            notices.invoice_resumed(invoice, order, now=now)
            continue
        note = f"{earlier['hold_reason']}: {earlier['hold_note']}"
        move(invoice, "hold", actor=actor, now=now, acted_as=office, note=note, **earlier)
        notices.invoice_held(invoice, order, actor=actor, now=now)


def held_before(invoice: Invoice) -> dict[str, Any]:
    """The fields of the hold that the debt took the place of, since when it was; of none, those of a bill that nobody
    holds. Its events tell it: `hold` writes reason and words into their note."""
    standing: InvoiceEvent | None = None
    for event in invoice.events.filter(action__in=("hold", "resume")).order_by("sequence"):
        if event.action == "resume":
            standing = None
        elif not event.note.startswith(_BY_DEBT) and standing is None:
            standing = event
    if standing is None:
        return NOT_HELD
    reason, _colon, note = standing.note.partition(": ")
    return {"held_at": standing.at, "hold_reason": reason, "hold_note": note}
