"""How shops kept what they promised."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from orders.deliveries.models import Delivery
from orders.orders.models import Order
from orders.orders.states import CloseReason, OrderState
from orders.remedies.models import Remedy
from orders.remedies.states import RemedyKind
from umkm.exposure.reckoning import Conduct

# What a shop agreed to, or let pass in silence, and did not do. Declining in time breaks no promise.
NOT_DONE = (
    CloseReason.NO_ANSWER, CloseReason.SELLER_RELEASED, CloseReason.ALL_REJECTED, CloseReason.NOT_DELIVERED,
)  # fmt: skip
# What a decided complaint gives a buyer; goods that were counted as accepted are none.
AGAINST = (RemedyKind.DEDUCTION, RemedyKind.REPLACEMENT, RemedyKind.REFUND, RemedyKind.REFUSAL)


def conducts(since: datetime) -> dict[int, Conduct]:
    """By pk of the shop, orders placed since then that ended. Late is what the receipt says so of. One query."""
    came_late = Delivery.objects.filter(order=OuterRef("pk"), is_on_time=False)
    decided = Remedy.objects.filter(order=OuterRef("pk"), kind__in=AGAINST)
    finished = Q(state=OrderState.FINISHED)
    broken = Q(state=OrderState.CLOSED, close_reason__in=NOT_DONE) | finished & (Exists(came_late) | Exists(decided))
    rows = (
        Order.objects.filter(finished | Q(state=OrderState.CLOSED), placed_at__gte=since)
        .order_by()
        .values_list("seller")
        .annotate(kept=Count("pk", filter=finished & ~broken), broken=Count("pk", filter=broken))
    )
    return {seller: Conduct(*counts) for seller, *counts in rows}
