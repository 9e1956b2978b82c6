"""A request leaves its approver: what was negotiated for it ends with its hold."""

from datetime import datetime

from epeken.core.money import share
from epeken.core.services import service
from epeken.core.states import move
from epeken.users.models import User
from procurement.negotiations import notices, results
from procurement.negotiations.models import Negotiation
from procurement.requests.models import PurchaseRequest
from umkm.catalogue.tiers import tier_from


@service
def end_negotiations(*, request: PurchaseRequest, actor: User | None, now: datetime) -> None:
    """No negotiation of the request goes on. Called by holds.release, which has the request locked.

    Locks: Negotiation.
    """
    for negotiation in Negotiation.objects.live().filter(request=request).select_related("seller").locked():
        negotiation.request = request
        move(negotiation, "end", actor=actor, now=now, due_at=None, closed_at=now)
        notices.ended(negotiation, now=now)


@service
def restore_offers(*, request: PurchaseRequest) -> None:
    """The lines of a request that is written again cost what they cost before anything was agreed.

    Called by send_back_request, which has the request locked. Locks: none.
    """
    for seller_id, before in results.before(request).items():
        request.sellers.filter(seller=seller_id).update(delivery_cost=before.delivery_cost)
        for line in request.lines.filter(seller=seller_id, product__in=before.prices).select_related("product"):
            line.price = before.prices[line.product_id]
            line.tier_from = tier_from(line.product, line.quantity, line.price)
            line.amount = share(line.price, line.quantity)
            line.save(update_fields=["price", "tier_from", "amount"])
    request.sellers.filter(deliver_at__isnull=False).update(deliver_at=None)
