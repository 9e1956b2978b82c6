"""What a shop still owes or is owed before it may leave the market. Reads only."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from orders.disputes.models import Dispute
from orders.orders.models import Order
from orders.remedies.models import Remedy
from umkm.sellers.models import Seller


@dataclass(frozen=True)
class Obligation:
    title: str
    note: str
    href: str


def of_shop(seller: Seller) -> list[Obligation]:
    """Running orders, then undecided complaints and unfulfilled decisions about orders that are over."""
    orders = list(Order.objects.filter(seller=seller).running().order_by("pk"))
    found = [_line(order, str(order.get_state_display())) for order in orders]
    about = {"order__seller": seller}
    disputes = Dispute.objects.filter(**about).undecided().exclude(order__in=orders)
    found += [_line(row.order, _("Aduan belum diputus")) for row in disputes.select_related("order").order_by("pk")]
    remedies = Remedy.objects.filter(**about).to_fulfil().exclude(order__in=orders)
    found += [
        _line(row.order, _("Putusan aduan belum dipenuhi")) for row in remedies.select_related("order").order_by("pk")
    ]
    return found


def _line(order: Order, note: str) -> Obligation:
    return Obligation(order.number, note, reverse("orders:order-detail", args=[order.number]))
