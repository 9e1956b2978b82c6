"""Who may do what with an order. Yes or no; the services say why not."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from orders.models import Order
from orders.states import BillState, DisputeState, OrderState, ReceiptState
from procurement.models import AgencyMember, PurchaseRequest
from procurement.states import OfficerRole
from umkm import policies as shops

APPROVERS = (OfficerRole.PP, OfficerRole.PPK)


def holds(actor: Any, agency_id: int | None, day: date, *roles: OfficerRole) -> bool:
    """Whether the person holds one of the roles in the department on the day."""
    if agency_id is None:
        return False
    return AgencyMember.objects.of(actor, day).filter(agency_id=agency_id, role__in=roles).exists()


def is_seller_of(actor: Any, order: Order) -> bool:
    return shops.can_act_for(actor, order.seller)


def is_buyer_of(actor: Any, order: Order) -> bool:
    return order.buyer_id is not None and order.buyer_id == getattr(actor, "pk", None)


def is_officer_of(actor: Any, order: Order, day: date) -> bool:
    return holds(actor, order.agency_id, day, *OfficerRole)


def can_issue(actor: Any, request: PurchaseRequest, day: date) -> bool:
    """The approver, or a PP or PPK of the department; above the PP's limit a PPK."""
    if actor.pk == request.requester_id:
        return False
    if actor.pk == request.approver_id:
        return True
    roles = (OfficerRole.PPK,) if request.approver_role == OfficerRole.PPK else APPROVERS
    return holds(actor, request.agency_id, day, *roles)


def can_answer(actor: Any, order: Order) -> bool:
    return is_seller_of(actor, order)


def can_cancel(actor: Any, order: Order, day: date) -> bool:
    """A person cancels while the seller has not answered; a department's PP or PPK until the goods are sent."""
    if order.agency_id is None:
        return is_buyer_of(actor, order) and order.state == OrderState.PLACED
    return order.state in (OrderState.PLACED, OrderState.ACCEPTED) and holds(actor, order.agency_id, day, *APPROVERS)


def earlier_side(actor: Any, order: Order) -> str | None:
    """What the person already is on this department purchase, before the goods come."""
    request = order.request
    if request is None:
        return None
    if actor.pk == request.requester_id:
        return str(OfficerRole.REQUESTER.label).lower()
    if actor.pk in (request.approver_id, order.issuer_id):
        return _("pejabat yang menyetujui atau memesan")
    return None


def received_by(actor: Any, order: Order) -> bool:
    return order.receipts.filter(receiver=actor).exists()


def has_receiver_seat(actor: Any, order: Order, day: date) -> bool:
    return is_buyer_of(actor, order) or holds(actor, order.agency_id, day, OfficerRole.RECEIVER)


def can_receive(actor: Any, order: Order, day: date) -> bool:
    return has_receiver_seat(actor, order, day) and earlier_side(actor, order) is None


def has_treasurer_seat(actor: Any, order: Order, day: date) -> bool:
    return holds(actor, order.agency_id, day, OfficerRole.TREASURER)


def can_pay(actor: Any, order: Order, day: date) -> bool:
    return (
        has_treasurer_seat(actor, order, day) and earlier_side(actor, order) is None and not received_by(actor, order)
    )


def can_dispute(actor: Any, order: Order, day: date) -> bool:
    """Either side of the delivery: the buyer, the department's officers, the seller."""
    return is_seller_of(actor, order) or is_buyer_of(actor, order) or is_officer_of(actor, order, day)


def can_decide(actor: Any) -> bool:
    return bool(actor.has_perm("orders.decide_dispute"))


LIVE_RECEIPT = (ReceiptState.SHIPPED, ReceiptState.ARRIVED, ReceiptState.INSPECTED, ReceiptState.ACCEPTED)
UNPAID = (BillState.BILLED, BillState.VERIFIED)
UNDECIDED = (DisputeState.OPENED, DisputeState.ANSWERED)
