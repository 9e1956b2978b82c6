"""Who decides about what a budget year leaves open."""

from datetime import date

from epeken.users.models import User
from orders.orders.models import Order
from procurement.agencies.policies import acting_office
from procurement.agencies.states import OfficerRole


def deciding_office(actor: User, order: Order, day: date) -> str:
    """The office in which the person decides that it is finished this year: PPK or head; "" for anybody else."""
    return acting_office(actor, order.agency_id, (OfficerRole.PPK, OfficerRole.HEAD), day)


def head_office(actor: User, order: Order, day: date) -> str:
    """A debt binds the budget of the year to come: the head alone (PA/KPA); "" for anybody else."""
    return acting_office(actor, order.agency_id, (OfficerRole.HEAD,), day)
