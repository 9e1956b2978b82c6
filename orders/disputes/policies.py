"""Who may open and decide a dispute. Yes or no."""

from datetime import date

from epeken.core import clock
from epeken.users.models import User
from orders.cancellations.policies import is_claimed
from orders.deliveries import policies as deliveries_policies
from orders.deliveries.states import DeliveryState
from orders.disputes import rules
from orders.disputes.models import Dispute
from orders.disputes.states import DisputeState
from orders.orders.models import Order
from orders.orders.next_step import waiting_of
from orders.orders.policies import holds, is_buyer_of, is_officer_of, is_seller_of
from orders.orders.states import OrderState
from procurement.agencies.states import OfficerRole
from umkm.sellers.policies import is_tied


def can_dispute(actor: User, order: Order, day: date) -> bool:
    """Either side of the delivery: the buyer, the department's officers, the seller."""
    return is_seller_of(actor, order) or is_buyer_of(actor, order) or is_officer_of(actor, order, day)


def is_party(actor: User, order: Order, day: date) -> bool:
    """Who does not decide about the order for the city: of one of its sides, or tied to the shop's owner."""
    return can_dispute(actor, order, day) or is_tied(actor, order.seller)


CAME = (DeliveryState.ARRIVED, DeliveryState.INSPECTED, DeliveryState.ACCEPTED)


def is_about_something(order: Order) -> bool:
    """Whether there is something to disagree about: goods that came, or are said not to have come; a claim for
    compensation."""
    told = (*CAME, DeliveryState.MISSED)
    return any(delivery.state in told for delivery in order.deliveries.all()) or is_claimed(order)


def was_left_undecided(actor: User, order: Order) -> bool:
    """Whether the last complaint of the department ended because the city was silent, and nothing came since: it does
    not stop the payment once more. Its seller may complain at any time."""
    if order.agency_id is None or is_seller_of(actor, order):
        return False
    ended = [one for one in order.disputes.all() if not one.opened_by_seller]
    last = max(ended, key=lambda dispute: dispute.pk, default=None)
    if last is None or last.state != DisputeState.LAPSED or last.decided_at is None:
        return False
    waiting = waiting_of(order)
    since = [
        *(delivery.arrived_at for delivery in order.deliveries.all()),
        waiting.waits_since if waiting is not None and is_claimed(order) else None,
    ]
    return not any(moment is not None and moment > last.decided_at for moment in since)


def complains_until(order: Order) -> date | None:
    """The last day on which a person may still complain about an order they paid; None of any other."""
    if order.agency_id is not None or order.state != OrderState.FINISHED or order.finished_at is None:
        return None
    paid = clock.local_date(order.finished_at)
    return clock.add_working_days(paid, rules.AFTER_PAYMENT.on(paid))


def is_open_to(actor: User, order: Order, day: date) -> bool:
    """Whether the order still takes a complaint of this person: it runs, or they paid it a few days ago."""
    return is_open_until(actor, order, day, complains_until(order))


def is_open_until(actor: User, order: Order, day: date, last: date | None) -> bool:
    """`last`: `complains_until` of the order."""
    if order.state == OrderState.ACCEPTED:
        return True
    return last is not None and day <= last and is_buyer_of(actor, order)


def can_settle(actor: User, dispute: Dispute, order: Order, day: date) -> bool:
    """Who opened it, while still on that side of the delivery. Once they hold no office of the department any more, or
    are on leave, another holder of the role in which it was opened."""
    if dispute.opened_by_seller:
        return actor.pk == dispute.opened_by_id and is_seller_of(actor, order)
    if actor.pk == dispute.opened_by_id:
        return is_buyer_of(actor, order) or is_officer_of(actor, order, day)
    if order.agency_id is None or not is_officer_of(actor, order, day) or is_officer_of(dispute.opened_by, order, day):
        return False
    return holds(actor, order.agency_id, day, *_role_of_opener(dispute))


def _role_of_opener(dispute: Dispute) -> list[OfficerRole]:
    """The role in the department in which it was opened."""
    office = dispute.events.filter(action="create").values_list("acted_as", flat=True).first() or ""
    role = office.rpartition(".")[2]
    return [OfficerRole(role)] if role in OfficerRole else []


def can_accept(actor: User, order: Order, day: date) -> bool:
    """Who may offer that goods count as accepted: who receives them."""
    return deliveries_policies.can_receive(actor, order, day)


def can_decide(actor: User) -> bool:
    return bool(actor.has_perm("orders.decide_dispute"))


def is_disputed(order: Order) -> bool:
    """Whether a dispute is undecided: silence, handover, payment and the time for the rest wait for it; the rest is
    sent (`next_step.is_to_send`)."""
    return order.disputes.undecided().exists()
