"""Who records deposits of tax. Pure yes or no."""

from datetime import date

from epeken.users.models import User
from orders.orders.policies import holds
from procurement.agencies.models import Agency
from procurement.agencies.states import OfficerRole


def may_record(actor: User, agency: Agency, day: date) -> bool:
    return holds(actor, agency.pk, day, OfficerRole.TREASURER)
