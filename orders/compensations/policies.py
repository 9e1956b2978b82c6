"""Who names the budget line of a compensation, who pays it, and who reverses what was paid. Pure yes or no."""

from datetime import date

from epeken.users.models import User
from orders.billing import policies as billing
from orders.compensations.models import Compensation, CompensationReversal
from orders.compensations.states import CompensationState
from orders.orders.models import Order
from orders.orders.policies import holds
from orders.reversals import policies as reversals
from procurement.agencies.states import OfficerRole
from umkm.sellers.policies import is_tied


def may_charge(actor: User, row: Compensation, order: Order, day: date) -> bool:
    """It binds a budget of the department: the head alone (PA/KPA), until money left for it."""
    return (
        row.state != CompensationState.PAID
        and row.correcting_id is None
        and holds(actor, order.agency_id, day, OfficerRole.HEAD)
        and not is_tied(actor, order.seller)
    )


def may_pay(actor: User, row: Compensation, order: Order, day: date) -> bool:
    """A treasurer who neither agreed to it nor charged it, and was no other side of the purchase."""
    return (
        row.state == CompensationState.CHARGED
        and actor.pk not in (row.agreed_by_id, row.charged_by_id)
        and billing.can_pay(actor, order, day)
    )


def may_ask_reversal(actor: User, row: Compensation, order: Order, day: date) -> bool:
    """A treasurer who is no other side of the purchase, while its books are open and nobody asked."""
    payment = row.standing_payment
    return (
        payment is not None
        and payment.reversal is None
        and day <= reversals.last_day(payment)
        and billing.can_pay(actor, order, day)
    )


def may_decide_reversal(actor: User, row: Compensation, found: CompensationReversal, order: Order, day: date) -> bool:
    payment = row.standing_payment
    return payment is not None and reversals.decides(actor, found, (payment.recorded_by_id,), order, day)
