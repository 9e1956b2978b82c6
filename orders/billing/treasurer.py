"""Whether somebody may act as the treasurer of an order, and why not."""

from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import NotAllowed
from epeken.users.models import User
from orders.billing import policies
from orders.orders import policies as orders_policies
from orders.orders.errors import RoleAlreadyHeld
from orders.orders.models import Order


def require_role(actor: User, order: Order, now: datetime) -> None:
    """Raises: NotAllowed, RoleAlreadyHeld."""
    day = clock.local_date(now)
    if policies.can_pay(actor, order, day):
        return
    if not policies.has_treasurer_role(actor, order, day):
        raise NotAllowed(_("Pembayaran diperiksa dan dicatat oleh bendahara dinas ini."))
    raise RoleAlreadyHeld(
        orders_policies.earlier_side(actor, order) or _("penerima barang"), _("bendahara yang membayar")
    )
