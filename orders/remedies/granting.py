"""What a decision gives takes effect: the invoice is lowered, goods or money are owed. Used by services that
decide, with the order, its deliveries, invoices and budget locked."""

from datetime import datetime

from epeken.core import clock
from epeken.core.money import share
from epeken.core.states import begin
from epeken.users.models import User
from orders.billing import deductions, lowering
from orders.billing import rules as billing_rules
from orders.billing.models import Invoice
from orders.disputes import rules
from orders.disputes.models import Dispute
from orders.disputes.states import DisputeOutcome
from orders.disputes.terms import DisputeTerms
from orders.orders.models import Order
from orders.orders.services import completion
from orders.remedies import rooms
from orders.remedies.models import Remedy
from orders.remedies.states import RemedyKind, RemedyState
from procurement.budgets.services import Lines


def grant(
    order: Order,
    lines: Lines,
    dispute: Dispute,
    terms: DisputeTerms,
    *,
    actor: User | None,
    now: datetime,
    acted_as: str = "",
    follows: Remedy | None = None,
) -> Remedy | None:
    """None where nothing is owed. Locks: Commitment; called with BudgetLine, Order, Delivery and Invoice locked."""
    if terms.outcome == DisputeOutcome.NOTHING or terms.delivery is None:
        return None
    worth = terms.amount or 0
    if terms.line is not None and terms.quantity is not None:
        worth = share(terms.line.price, terms.quantity)
    due = terms.until
    if terms.outcome == DisputeOutcome.REFUND:
        due = clock.due_after_working_days(now, rules.REFUND.on(clock.local_date(now)))
    remedy = Remedy.objects.create(
        dispute=dispute,
        order=order,
        follows=follows,
        delivery=terms.delivery,
        order_line=terms.line,
        kind=RemedyKind(terms.outcome),
        quantity=terms.quantity,
        amount=worth,
        granted_at=now,
        waits_since=now,
        due_at=due,
    )
    begin(remedy, actor=actor, now=now, acted_as=acted_as)
    invoice = rooms.invoice_of(terms.delivery)
    if remedy.kind == RemedyKind.DEDUCTION and invoice is not None:
        lowering.deduct(invoice, remedy, order, lines, actor=actor, now=now)
        completion.complete_order(order=order, actor=actor, now=now)
    return remedy


def pay_later(invoice: Invoice, since: datetime) -> None:
    """An invoice is paid after the goods that come again have a result: its time begins then, at `since`, unless it
    already ends later. While they are awaited it falls due on no day (`settled_goods`)."""
    if invoice.due_at is None or invoice.state not in deductions.UNPAID:
        return
    due = clock.due_after_working_days(since, billing_rules.PAYMENT.on(clock.local_date(since)))
    if due > invoice.due_at:
        Invoice.objects.filter(pk=invoice.pk).update(due_at=due)


def in_place_of(remedy: Remedy) -> DisputeTerms | None:
    """The money that takes the place of goods that did not come: off what is still payable, else back to the person who
    paid; None where neither is left."""
    assert remedy.state == RemedyState.LAPSED
    for outcome, most in (
        (DisputeOutcome.DEDUCTION, rooms.deductible(remedy.delivery)),
        (DisputeOutcome.REFUND, rooms.refundable(remedy.delivery)),
    ):
        if most:
            return DisputeTerms(outcome, remedy.delivery, amount=min(most, remedy.amount))
    return None
