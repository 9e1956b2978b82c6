"""Whether somebody may act as the treasurer of an order, and why not."""

from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import NotAllowed
from epeken.users.models import User
from orders.billing import policies
from orders.orders.errors import RoleAlreadyHeld
from orders.orders.models import Order
from procurement.agencies.policies import acting_as
from procurement.agencies.states import OfficerRole


def require_role(actor: User, order: Order, now: datetime) -> str:
    """The office in which the person acts (`acting_as`). Raises: NotAllowed, RoleAlreadyHeld."""
    day = clock.local_date(now)
    if policies.can_pay(actor, order, day):
        return acting_as(actor, order.agency_id, OfficerRole.TREASURER, day)
    if not policies.has_treasurer_role(actor, order, day):
        raise NotAllowed(_("Pembayaran diperiksa dan dicatat oleh bendahara dinas ini."))
    raise RoleAlreadyHeld(
        policies.other_side_of_treasurer(actor, order) or _("penerima barang"), _("bendahara yang membayar")
    )
