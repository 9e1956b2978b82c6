"""Who may do what with an order. Yes or no; the services say why not."""

from datetime import date

from django.utils.translation import gettext as _

from epeken.users.models import User
from orders.orders.models import Order
from orders.orders.states import OrderState
from procurement.agencies.policies import memberships
from procurement.agencies.states import OfficerRole
from procurement.requests.officers import APPROVERS
from umkm.sellers import policies as shops


def holds(actor: User, agency_id: int | None, day: date, *roles: OfficerRole) -> bool:
    """Whether the person holds one of the roles in the department on the day."""
    return not memberships(actor, agency_id, day).isdisjoint(roles)


def is_seller_of(actor: User, order: Order) -> bool:
    return shops.can_act_for(actor, order.seller)


def is_buyer_of(actor: User, order: Order) -> bool:
    return order.buyer_id is not None and order.buyer_id == getattr(actor, "pk", None)


def is_officer_of(actor: User, order: Order, day: date) -> bool:
    return holds(actor, order.agency_id, day, *OfficerRole)


def office_of_approver(actor: User, agency_id: int | None, day: date) -> str:
    """The role in which one of the department's approvers acts; "" for anybody else."""
    roles = memberships(actor, agency_id, day)
    return next((str(role) for role in APPROVERS if role in roles), "")


def is_live(order: Order) -> bool:
    """Something is still to be done about it."""
    return order.state in (OrderState.PLACED, OrderState.ACCEPTED)


def may_call(actor: User, order: Order, day: date) -> bool:
    """Whether the person sees the telephone numbers of an order: its two sides, while it is live."""
    return is_live(order) and (
        is_buyer_of(actor, order) or is_seller_of(actor, order) or is_officer_of(actor, order, day)
    )


def can_answer(actor: User, order: Order) -> bool:
    return is_seller_of(actor, order)


def can_cancel(actor: User, order: Order, day: date) -> bool:
    """A person cancels while the seller has not answered; a department's PP or PPK until the goods are sent."""
    if order.agency_id is None:
        return is_buyer_of(actor, order) and order.state == OrderState.PLACED
    return order.state in (OrderState.PLACED, OrderState.ACCEPTED) and holds(actor, order.agency_id, day, *APPROVERS)


def can_close_rest(actor: User, order: Order, day: date) -> bool:
    """The buyer's side gives up what was not sent: the person, or the department's PP or PPK."""
    return is_buyer_of(actor, order) or holds(actor, order.agency_id, day, *APPROVERS)


def earlier_side(actor: User, order: Order) -> str | None:
    """What the person already is on this department purchase, before the goods come: the seller's side too."""
    request = order.request
    if request is None:
        return None
    if actor.pk == request.requester_id:
        return str(OfficerRole.REQUESTER.label).lower()
    if actor.pk in (request.approver_id, order.issuer_id):
        return _("pejabat yang menyetujui atau memesan")
    if shops.is_tied(actor, order.seller):
        return _("pengurus toko penjual atau toko lain pemiliknya")
    return None
