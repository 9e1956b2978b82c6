"""Who may check, approve and pay an invoice. Pure yes or no."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from epeken.users.models import User
from orders.billing import rules
from orders.billing.models import Invoice
from orders.billing.sides import approved_by, handled_by
from orders.deliveries.policies import received_by
from orders.orders.models import Order
from orders.orders.policies import earlier_side, holds
from procurement.agencies.states import OfficerRole
from procurement.requests.policies import has_written
from umkm.sellers.policies import is_tied


def has_treasurer_role(actor: User, order: Order, day: date) -> bool:
    return holds(actor, order.agency_id, day, OfficerRole.TREASURER)


def can_pay(actor: User, order: Order, day: date) -> bool:
    return has_treasurer_role(actor, order, day) and other_side_of_treasurer(actor, order) is None


def other_side_of_treasurer(actor: User, order: Order) -> str | None:
    """What keeps the person from checking and paying: another side of the purchase, in words."""
    if (side := earlier_side(actor, order)) is not None:
        return side
    approved = approved_by(actor, order)
    if received_by(actor, order):
        return _("penerima barang")
    return _("pejabat yang menyetujui pembayaran") if approved else None


def approver_role(day: date) -> OfficerRole:
    """The office that approves payments on the day."""
    return OfficerRole(rules.APPROVER.on(day))


def has_approver_role(actor: User, order: Order, day: date) -> bool:
    return holds(actor, order.agency_id, day, approver_role(day))


def can_approve(actor: User, order: Order, day: date) -> bool:
    return (
        has_approver_role(actor, order, day)
        and other_side_of_approver(actor, order) is None
        and not is_tied(actor, order.seller)
    )


def other_side_of_approver(actor: User, order: Order) -> str | None:
    """What keeps the person from approving its payments, in words. Who approved or issued the order may: it is the
    same side."""
    if order.request is not None and has_written(actor, order.request):
        return str(OfficerRole.REQUESTER.label).lower()
    handled = handled_by(actor, order)
    if received_by(actor, order):
        return _("penerima barang")
    return _("bendahara yang memeriksa atau membayar") if handled else None


def accepted_at(invoice: Invoice) -> datetime:
    """When its goods were accepted: from then the days to pay count, also of one that was made anew."""
    return invoice.delivery.accepted_at or invoice.issued_at
