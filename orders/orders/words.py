"""How the goods of an order come to its buyer, and why it fell through, in words."""

from django.utils.translation import gettext as _

from orders.cancellations.states import CancellationState
from orders.orders.models import Order
from orders.orders.states import CloseReason, DeliveryMethod
from umkm.sellers.models import Seller


def method_words(order: Order) -> str:
    """Where it is fetched the kind of shop says from where."""
    return fetched_words(order.seller) if order.method == DeliveryMethod.PICKUP else str(DeliveryMethod.SELLER.label)


def fetched_words(seller: Seller) -> str:
    return _("Diambil di %(outlet)s") % {"outlet": seller.outlet}


def close_words(order: Order) -> str:
    """Why an order fell through. What the buyer asked for and the seller agreed to was cancelled by both."""
    if order.close_reason == CloseReason.BUYER_CANCELLED:
        agreed = {
            CancellationState.CONSENTED: _("Dengan persetujuan kedua pihak"),
            CancellationState.AGREED: _("Dengan ganti rugi yang disepakati"),
        }
        found = [agreed[row.state] for row in order.cancellations.all() if row.state in agreed]
        if found:
            return found[-1]
    return str(CloseReason(order.close_reason).label) if order.close_reason else ""
