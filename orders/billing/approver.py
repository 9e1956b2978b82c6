"""Whether somebody may approve the payments of an order, and why not."""

from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import NotAllowed
from epeken.users.models import User
from orders.billing import policies
from orders.orders.errors import RoleAlreadyHeld
from orders.orders.models import Order
from procurement.agencies.policies import acting_as
from procurement.agencies.states import office_in_sentence
from procurement.requests.errors import OwnShop
from umkm.sellers.policies import is_tied


def require_role(actor: User, order: Order, now: datetime) -> str:
    """The office in which the person acts (`acting_as`). Raises: NotAllowed, RoleAlreadyHeld."""
    day = clock.local_date(now)
    role = policies.approver_role(day)
    if not policies.has_approver_role(actor, order, day):
        raise NotAllowed(_("Pembayaran disetujui oleh %(office)s dinas ini.") % {"office": office_in_sentence(role)})
    if (side := policies.other_side_of_approver(actor, order)) is not None:
        raise RoleAlreadyHeld(side, _("pejabat yang menyetujui pembayaran"))
    if is_tied(actor, order.seller):
        raise OwnShop(order.seller)
    return acting_as(actor, order.agency_id, role, day)
