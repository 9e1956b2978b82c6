"""Who may do what with an order. Yes or no; the services say why not."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.users.models import User
from orders.addenda.models import AddendumEvent
from orders.addenda.states import AddendumState
from orders.orders.models import Order
from orders.orders.states import SELLER_SIDE, OrderState
from orders.schedules.due import is_scheduled
from procurement.agencies.policies import acting_office, memberships
from procurement.agencies.states import OfficerRole
from procurement.requests import policies as requests_policies
from procurement.requests.officers import APPROVERS
from umkm.sellers import policies as shops


def holds(actor: User, agency_id: int | None, day: date, *roles: OfficerRole) -> bool:
    """Whether the person holds one of the roles in the department on the day."""
    return not memberships(actor, agency_id, day).isdisjoint(roles)


def is_seller_of(actor: User, order: Order) -> bool:
    return shops.can_act_for(actor, order.seller)


def is_buyer_of(actor: User, order: Order) -> bool:
    return order.buyer_id is not None and order.buyer_id == getattr(actor, "pk", None)


def is_over(order: Order) -> bool:
    """Whether nothing of it is to come any more."""
    return order.state in (OrderState.FINISHED, OrderState.CLOSED)


def is_officer_of(actor: User, order: Order, day: date) -> bool:
    return holds(actor, order.agency_id, day, *OfficerRole)


def office_of_approver(actor: User, agency_id: int | None, day: date) -> str:
    """The office in which one of the department's approvers acts (`acting_as`); "" for anybody else."""
    return acting_office(actor, agency_id, APPROVERS, day)


def is_live(order: Order) -> bool:
    """Something is still to be done about it."""
    return order.state in (OrderState.PLACED, OrderState.ACCEPTED)


def may_call(actor: User, order: Order, day: date) -> bool:
    """Whether the person sees the telephone numbers of an order: its two sides, while it is live."""
    return is_live(order) and is_side_of(actor, order, day)


def is_side_of(actor: User, order: Order, day: date) -> bool:
    return is_buyer_of(actor, order) or is_seller_of(actor, order) or is_officer_of(actor, order, day)


def buyer_phone(order: Order) -> str:
    """Whom the seller calls: the number the order was placed with, else the requester's of today; "" without either."""
    requester = order.request.requester.phone if order.request is not None else ""
    return order.recipient_phone or requester


def can_answer(actor: User, order: Order) -> bool:
    return is_seller_of(actor, order)


def buys(actor: User, order: Order, day: date) -> bool:
    """Whoever binds the buyer's side: the person, or the department's PP or PPK."""
    return is_buyer_of(actor, order) or holds(actor, order.agency_id, day, *APPROVERS)


def sends_until(order: Order) -> datetime:
    """Until when the seller may send what was promised: the agreed moment, later by the time in which a dispute or a
    claim kept them from it. What kept them before an addendum is in the day it agreed on."""
    since = order.amended_at or order.placed_at
    rows = [row for row in order.cancellations.all() if row.ended_at is not None and row.ended_at > since]
    kept = [row.sends_until for row in rows if row.sends_until is not None]
    return max([order.deliver_at + paused_time(order), *kept])


def paused_time(order: Order) -> timedelta:
    """How long complaints of the buyer's side kept the seller from sending what was to come by its next date: the
    seller's own gives them no time. One that was decided before the date of a schedule was about what came earlier."""
    agreed = order.awaited_at
    since = agreed if is_scheduled(order) else order.amended_at or order.placed_at
    theirs = [row for row in order.disputes.all() if not row.opened_by_seller]
    decided = [row for row in theirs if row.decided_at is not None and row.decided_at > since]
    return sum((row.decided_at - row.opened_at for row in decided if row.opened_at < agreed), timedelta())


def next_sends_until(order: Order) -> datetime:
    """As `sends_until`, of what is to be sent next: of a schedule that is its next date."""
    return order.awaited_at + paused_time(order) if is_scheduled(order) else sends_until(order)


def is_late(order: Order, now: datetime) -> bool:
    """The seller promised, and the time to send is over. Before that what was promised is given up by consent only."""
    return order.state == OrderState.ACCEPTED and clock.is_over(sends_until(order), now)


def can_close_rest(actor: User, order: Order, now: datetime) -> bool:
    """The buyer's side alone gives up what a late seller did not send."""
    is_over = order.state == OrderState.ACCEPTED and clock.is_over(next_sends_until(order), now)
    return is_over and buys(actor, order, clock.local_date(now))


def _signed_addendum(actor: User, order: Order) -> bool:
    """Whether the person bound the department to a change of the order, or will when the seller agrees. One query of an
    order that was or is to be changed."""
    if order.amended_at is None and order.amend_due_at is None:
        return False
    binding = (AddendumState.ASKED, AddendumState.AGREED)
    signed = AddendumEvent.objects.filter(addendum__order=order, addendum__state__in=binding, actor=actor)
    return signed.exclude(acted_as=SELLER_SIDE).exists()


def earlier_side(actor: User, order: Order) -> str | None:
    """What the person already is on this department purchase, before the goods come: the seller's side too."""
    request = order.request
    if request is None:
        return None
    if requests_policies.has_written(actor, request):
        return str(OfficerRole.REQUESTER.label).lower()
    if actor.pk in (request.approver_id, order.issuer_id) or _signed_addendum(actor, order):
        return _("pejabat yang menyetujui atau memesan")
    if shops.is_tied(actor, order.seller):
        return _("pengurus toko penjual atau toko lain pemiliknya")
    return None
