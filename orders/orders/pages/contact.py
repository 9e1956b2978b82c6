"""How one side of an order reaches the other."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from epeken.core.clock import local_date
from epeken.core.phones import phone_words, whatsapp_url
from epeken.users.models import User
from orders.deliveries import fetching
from orders.deliveries.states import DeliveryState
from orders.disputes.states import UNDECIDED
from orders.orders import policies
from orders.orders.models import Order
from orders.remedies.states import OPEN


@dataclass(frozen=True)
class OrderContact:
    """`phone` as stored, for a link; `whatsapp` is '' where the number is no mobile."""

    title: str
    name: str
    phone: str
    words: str
    whatsapp: str


def lacks_phone(order: Order, user: User) -> bool:
    """Whether this person is the department's contact on a live order, and the seller has no number to call."""
    is_contact = order.request is not None and order.request.requester_id == user.pk
    return is_contact and policies.is_live(order) and not policies.buyer_phone(order)


def contact_of(order: Order, user: User, now: datetime) -> OrderContact | None:
    """The other side's, for somebody on one side of an order about which something is still to be done; None without a
    number."""
    if not policies.may_call(user, order, local_date(now)) and not _may_settle(order, user, now):
        return None
    if policies.is_seller_of(user, order):
        title, name, phone = _("Hubungi pembeli"), order.recipient, policies.buyer_phone(order)
        text = _("Halo %(name)s, saya dari %(shop)s tentang pesanan %(number)s.")
    else:
        title, name, phone = _("Hubungi penjual"), order.seller.name, order.seller.phone
        text = _("Halo %(shop)s, saya %(me)s tentang pesanan %(number)s.")
    if not phone:
        return None
    words = {"name": order.recipient, "shop": order.seller.name, "me": user.name, "number": order.number}
    return OrderContact(title, name, phone, phone_words(phone), whatsapp_url(phone, text % words))


def awaiting(order: Order, user: User, now: datetime) -> tuple[str, str]:
    """Name and phone of whom a department's goods are handed to: of what is on its way, else as on the surat pesanan.
    The phone only for who may call."""
    if order.agency_id is None:
        return "", ""
    going = [row for row in order.deliveries.all() if row.state == DeliveryState.SHIPPED and row.awaited_by]
    name, phone = order.buyer_party.receiver, order.buyer_party.receiver_phone
    if going:
        name, phone = going[-1].awaited_by, going[-1].awaited_by_phone
    return name, phone if policies.may_call(user, order, local_date(now)) else ""


def _may_settle(order: Order, user: User, now: datetime) -> bool:
    """A side of an ended order while a complaint is undecided, what one gave is not fulfilled, or refused goods wait to
    be fetched. One statement, and one for the latter."""
    if policies.is_live(order) or not policies.is_side_of(user, order, local_date(now)):
        return False
    if fetching.is_awaited(order, now):
        return True
    unsettled = Q(disputes__state__in=UNDECIDED) | Q(remedies__state__in=OPEN)
    return Order.objects.filter(unsettled, pk=order.pk).exists()
