"""Who names the budget line of a compensation, and who pays it. Pure yes or no."""

from datetime import date

from epeken.users.models import User
from orders.billing import policies as billing
from orders.compensations.models import Compensation
from orders.compensations.states import CompensationState
from orders.orders.models import Order
from orders.orders.policies import holds
from procurement.agencies.states import OfficerRole
from umkm.sellers.policies import is_tied


def may_charge(actor: User, row: Compensation, order: Order, day: date) -> bool:
    """It binds a budget of the department: the head alone (PA/KPA), until it is paid."""
    return (
        row.state != CompensationState.PAID
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
