"""A seller is asked to confirm, or asked no longer. Used by the services of deliveries, billing and disputes."""

from datetime import datetime

from epeken.core import clock
from epeken.core.states import begin, move
from epeken.users.models import User
from orders.billing.models import Payment
from orders.confirmations import rules
from orders.confirmations.models import SellerConfirmation
from orders.confirmations.states import ConfirmationState
from orders.deliveries.models import Delivery
from orders.orders.models import Order


def ask_for_bast(delivery: Delivery, order: Order, now: datetime) -> None:
    """Of a department's BAST. A person's order has no papers, and its seller records the cash herself."""
    if order.agency_id is not None:
        _ask(SellerConfirmation(order=order, delivery=delivery), rules.BAST, now)


def ask_for_receipt(payment: Payment, order: Order, now: datetime) -> None:
    """Of money a treasurer recorded as sent."""
    _ask(SellerConfirmation(order=order, payment=payment), rules.RECEIPT, now)


def void_receipt(payment: Payment, *, actor: User, acted_as: str, now: datetime) -> None:
    """The payment is reversed: nobody is asked about it any more, and a receipt is none any more."""
    found = SellerConfirmation.objects.filter(payment=payment).exclude(state=ConfirmationState.VOID).first()
    if found is not None:
        move(found, "void", actor=actor, now=now, acted_as=acted_as, trace_due_at=None, changed_at=now)


def give_back(order: Order, days: int) -> None:
    """The working days in which a dispute was undecided."""
    for row in SellerConfirmation.objects.waiting().filter(order=order):
        row.due_at = clock.working_days_later(row.due_at, days)
        row.save(update_fields=["due_at"])


def _ask(row: SellerConfirmation, within: rules.WorkingDays, now: datetime) -> None:
    row.asked_at = row.changed_at = now
    row.due_at = clock.due_after_working_days(now, within.on(clock.local_date(now)))
    row.save()
    begin(row, actor=None, now=now)
