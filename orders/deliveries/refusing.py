"""Goods that were recorded as received are refused by the decision of a dispute: they go back to the seller and are not
paid for. What was stated at the receipt stays; the decision stands beside it. What nobody counted yet is refused when
it is counted (`deliveries.services`). Used by the service that decides, with the order, its budget, the delivery and
its invoices locked."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from epeken.core.states import move
from epeken.users.models import User
from orders.billing import deductions, replacing
from orders.billing.models import Invoice
from orders.deliveries import result_notices
from orders.deliveries.models import Delivery, DeliveryLine
from orders.documents import services as documents
from orders.orders.models import Order, OrderLine
from orders.orders.services import completion
from orders.remedies import granting, rooms
from orders.remedies.models import Remedy
from procurement.budgets import services as budgets
from umkm.returns import services as returns

ZERO = Decimal(0)
# A line with how much of it is refused, and what its bill then bears less for it, in rupiah.
Refused = tuple[DeliveryLine, Decimal, int]


def refuse(
    remedy: Remedy, order: Order, lines: budgets.Lines, *, actor: User, acted_as: str, now: datetime
) -> list[Remedy]:
    """Before the handover they are handed over with the rest of what was refused. After it an unpaid bill gives way to
    one of what is kept, or to none; where it cannot, their price comes off what is still payable or is returned, which
    are the remedies that follow.

    Locks: Commitment, TurnoverMonth, Product.
    """
    delivery = remedy.delivery
    rows = list(delivery.lines.select_related("order_line__product").order_by("order_line__product_id"))
    named = [row for row in rows if remedy.order_line_id in (None, row.order_line_id)]
    found = [one for one in (_refused(row, remedy.quantity) for row in named) if one[1] > 0]
    bill = rooms.invoice_of(delivery)
    gives_way = bill is not None and rooms.is_replaceable(delivery) and _adds_up(bill, rows, found)
    if bill is None or gives_way:
        _take_off(found, is_billed=bill is not None)
    else:
        for row, quantity, _less in found:
            row.returned += quantity
        DeliveryLine.objects.bulk_update(named, ["returned"])
    move(remedy, "reject", actor=actor, now=now, acted_as=acted_as, ended_at=now)
    if bill is None:
        return []
    bill.delivery.order = order
    followed: list[Remedy] = []
    if gives_way:
        _replace(bill, remedy, order, is_kept=any(row.kept for row in rows), actor=actor, acted_as=acted_as, now=now)
    else:
        worth = sum(less for _row, _quantity, less in found)
        worth = worth if any(row.kept for row in rows) else max(worth, rooms.whole_of(bill))
        followed = granting.give_in_place(remedy, order, lines, worth, actor=actor, acted_as=acted_as, now=now)
    completion.complete_order(order=order, actor=actor, now=now)
    for row, quantity, _less in found:
        returns.refuse_delivered(
            product=row.order_line.product,
            quantity=quantity,
            reference=order.number,
            decision=remedy.pk,
            actor=actor,
            now=now,
        )
    result_notices.fetch_asked(remedy.delivery, now=now)
    return followed


def _refused(row: DeliveryLine, quantity: Decimal | None) -> Refused:
    refused = rooms.refusable(row) if quantity is None else quantity
    is_billed = row.amount is not None  # written with the BAST
    return row, refused, -row.price_of(-refused) if is_billed else 0


def _adds_up(bill: Invoice, rows: Sequence[DeliveryLine], found: Sequence[Refused]) -> bool:
    """Whether a bill of what is kept says the same as the prices: nothing is billed of a line of which nothing is
    kept, though parts of a line are rounded together; and the delivery cost is the bill's own, or stays with it."""
    for row, quantity, less in found:
        is_kept, left = row.kept > quantity, row.billed - less
        if left < 0 or (not is_kept and left != 0):
            return False
    kept = sum((row.kept for row in rows), ZERO) - sum((quantity for _row, quantity, _less in found), ZERO)
    others = Invoice.objects.live().filter(order=bill.order_id, cost_day=bill.cost_day_id).exclude(pk=bill.pk)
    return kept > 0 or not bill.delivery_cost or not others.exists()


def _take_off(found: Sequence[Refused], *, is_billed: bool) -> None:
    """They are on no bill: not yet, or no longer."""
    for row, quantity, less in found:
        row.rejected += quantity
        if is_billed:
            sold = row.order_line
            row.added_amount -= less
            sold.accepted_quantity = (sold.accepted_quantity or ZERO) - quantity
            sold.accepted_amount = (sold.accepted_amount or 0) - less
    DeliveryLine.objects.bulk_update([row for row, *_rest in found], ["rejected", "added_amount"])
    OrderLine.objects.bulk_update([row.order_line for row, *_rest in found], ["accepted_quantity", "accepted_amount"])


def _replace(
    bill: Invoice, remedy: Remedy, order: Order, *, is_kept: bool, actor: User, acted_as: str, now: datetime
) -> None:
    """The bill gives way to one of what is kept; nothing kept at all: it is void, and the delivery was refused."""
    delivery: Delivery = remedy.delivery
    reason = remedy.dispute.decision
    if is_kept:
        made = replacing.replace_invoice(
            bill, order, reason=reason, actor=actor, acted_as=acted_as, now=now, is_decided=True
        )
        result_notices.less_accepted(delivery, made, now=now)
        return
    replacing.void_invoice(bill, reason=reason, actor=actor, acted_as=acted_as, now=now)
    move(delivery, "reject", actor=actor, now=now, acted_as=acted_as, rejected_at=now)
    deductions.settle_refused(delivery, actor=actor, now=now)
    result_notices.none_accepted(delivery, bill, now=now)
    documents.ensure_documents(order, now)
