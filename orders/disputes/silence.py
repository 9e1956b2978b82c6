"""What the silence of the city's officer comes to: others are told, and a buyer's complaint ends without a result."""

from datetime import datetime

from epeken.core import clock
from epeken.core.errors import InvalidMove
from epeken.core.services import service
from epeken.core.states import move
from epeken.core.sweeps import sweep
from orders.disputes import clocks, deadlines, notices
from orders.disputes.models import Dispute
from orders.disputes.states import DisputeOutcome
from orders.documents import services as documents
from orders.orders.models import Order


@service
def climb(*, dispute: Dispute, now: datetime) -> Dispute:
    """It is not decided in time: those who decide hear of it, then the head of the department and the inspectorate.

    Raises: InvalidMove when it is not due any more. Locks: Order.
    """
    order = Order.objects.locked().select_related("seller", "agency", "buyer").get(pk=dispute.order_id)
    dispute = _found(dispute, order, now)
    if clock.is_over(dispute.ends_at, now):
        raise InvalidMove()
    move(dispute, "climb", actor=None, now=now, **deadlines.climbed(dispute, now))
    notices.dispute_not_decided(dispute, now=now)
    return dispute


@service
def lapse(*, dispute: Dispute, now: datetime) -> Dispute:
    """A buyer's complaint that nobody decided ends: nothing is owed by it, and what it stopped runs on.

    Raises: InvalidMove when it is not due any more. Locks: Order, Delivery, Invoice.
    """
    stopped = clocks.lock(dispute.order_id)
    dispute = _found(dispute, stopped.order, now)
    if not clock.is_over(dispute.ends_at, now):
        raise InvalidMove()
    move(dispute, "lapse", actor=None, now=now, decided_at=now, outcome=DisputeOutcome.NOTHING)
    clocks.run_on(stopped, dispute, now, pays_later=dispute.opened_by_seller)
    documents.ensure_documents(stopped.order, now)
    notices.dispute_lapsed(dispute, now=now)
    return dispute


def pass_on_overdue(*, now: datetime) -> int:
    """Every dispute that is not decided in time, each in a transaction. How many. Locks: as lapse."""
    return sweep(
        Dispute.objects.unheard(now).select_related("order").order_by("climbs_at"),
        lambda dispute: (lapse if clock.is_over(dispute.ends_at, now) else climb)(dispute=dispute, now=now),
        failure="The city's silence about the dispute of order %s could not be passed on",
    )


def _found(dispute: Dispute, order: Order, now: datetime) -> Dispute:
    """As it stands under the order's lock. Raises: InvalidMove."""
    found = Dispute.objects.unheard(now).filter(pk=dispute.pk).first()
    if found is None:
        raise InvalidMove()
    found.order = order
    return found
