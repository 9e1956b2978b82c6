"""What a decision gives takes effect: the invoice is lowered, goods or money are owed (`deliveries.overruling`: goods
count as accepted; `deliveries.refusing`: as refused). Used by services that decide, with the order, its deliveries,
invoices and budget locked."""

from datetime import datetime
from decimal import Decimal

from epeken.core import clock
from epeken.core.money import share
from epeken.core.states import begin, move
from epeken.users.models import User
from orders.billing import deductions, lowering
from orders.billing import rules as billing_rules
from orders.billing.models import Invoice
from orders.deliveries.states import DeliveryState
from orders.disputes import rules
from orders.disputes.models import Dispute
from orders.disputes.states import DisputeOutcome
from orders.disputes.terms import DisputeTerms
from orders.orders.models import Order
from orders.orders.services import completion
from orders.remedies import rooms
from orders.remedies.models import Remedy
from orders.remedies.states import OPEN, RemedyKind
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
    elif terms.outcome in (DisputeOutcome.ACCEPTANCE, DisputeOutcome.REFUSAL):
        whole = terms.delivery.lines.select_related("order_line")
        is_counted = terms.outcome == DisputeOutcome.ACCEPTANCE
        worth = sum(share(line.order_line.price, line.sent if is_counted else rooms.refusable(line)) for line in whole)
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
        refused=_refused(terms),
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


def _refused(terms: DisputeTerms) -> Decimal:
    """How much of the goods that come again was counted and refused: what was counted short is decided about as far as
    it was refused (`rooms.replaceable`)."""
    is_again = terms.outcome == DisputeOutcome.REPLACEMENT
    if (
        terms.delivery is None
        or terms.quantity is None
        or terms.delivery.state != DeliveryState.INSPECTED
        or not is_again
    ):
        return Decimal(0)
    (line,) = (one for one in terms.delivery.lines.all() if one.order_line_id == getattr(terms.line, "pk", None))
    return terms.quantity if rooms.is_short(line) else Decimal(0)


def pay_later(invoice: Invoice, since: datetime) -> None:
    """An invoice is paid after the goods that come again have a result: its time begins then, at `since`, unless it
    already ends later. While they are awaited it falls due on no day (`settled_goods`)."""
    if invoice.due_at is None or invoice.state not in deductions.UNPAID:
        return
    due = clock.due_after_working_days(since, billing_rules.PAYMENT.on(clock.local_date(since)))
    if due > invoice.due_at:
        Invoice.objects.filter(pk=invoice.pk).update(due_at=due)


def lapse(remedy: Remedy, order: Order, lines: Lines, *, now: datetime) -> list[Remedy]:
    """What did not come right by the decided moment comes no more. What was invoiced of it comes off what is still
    payable for the goods, else goes back to the person who paid; the rest is on no invoice and stays so.

    Called with the order, its invoices and its budget locked.
    """
    was_holding, worth = remedy.invoiced_left > 0, remedy.invoiced_worth
    move(remedy, "lapse", actor=None, now=now, ended_at=now)
    release(remedy, was_holding=was_holding, now=now)
    given = give_in_place(remedy, order, lines, worth, actor=None, now=now)
    completion.complete_order(order=order, actor=None, now=now)
    return given


def give_in_place(
    remedy: Remedy, order: Order, lines: Lines, worth: int, *, actor: User | None, now: datetime, acted_as: str = ""
) -> list[Remedy]:
    """Money of `worth` rupiah for goods that were billed and that the buyer does not have: off what is still payable
    for them, else back to the person who paid; as far as there is some. Called as `lapse`."""
    given: list[Remedy] = []
    for terms in _in_place_of(remedy, worth):
        after = given[-1] if given else remedy
        found = grant(order, lines, remedy.dispute, terms, actor=actor, now=now, acted_as=acted_as, follows=after)
        given += [found] if found is not None else []
    return given


def release(remedy: Remedy, *, was_holding: bool, now: datetime) -> None:
    """The invoices of goods that came again, or come no more, are paid from now on, if they waited for it."""
    if not was_holding or (remedy.state in OPEN and remedy.invoiced_left > 0):
        return
    for invoice in rooms.invoices_of(remedy.delivery):
        pay_later(invoice, now)


def _in_place_of(remedy: Remedy, worth: int) -> list[DisputeTerms]:
    """The money that takes the place of goods, of `worth` rupiah; as far as there is some. What did not come again may
    be billed with what came; what was refused is on the bill of its own delivery."""
    deliveries = [remedy.delivery]
    if remedy.kind == RemedyKind.REPLACEMENT:
        deliveries += [invoice.delivery for invoice in rooms.invoices_of(remedy.delivery)]
    found = []
    for outcome, room in (
        (DisputeOutcome.DEDUCTION, rooms.deductible),
        (DisputeOutcome.REFUND, rooms.refundable),
    ):
        for delivery in dict.fromkeys(deliveries):
            amount = min(room(delivery), worth)
            if amount > 0:
                found.append(DisputeTerms(outcome, delivery, amount=amount))
                worth -= amount
    return found
