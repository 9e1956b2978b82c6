"""Who is told what. Rows are written in the caller's transaction; mail leaves after commit."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core.clock import local_date
from epeken.core.i18n.times import long_time
from epeken.core.i18n.words import rupiah
from epeken.notifications.services import notify
from epeken.users.models import User
from orders.orders.models import Order
from orders.orders.states import CloseReason
from procurement.agencies.states import OfficerRole


def order_offered(order: Order, *, now: datetime) -> None:
    tell(
        sellers(order), order, "order.offered", now,
        _("Pesanan baru %(total)s dari %(buyer)s") % {"total": rupiah(order.total), "buyer": buyer_name(order)},
        _("Jawab paling lambat %(due)s. Bila lewat, pesanan batal sendiri tanpa denda.")
        % {"due": long_time(order.answer_due_at)},
    )  # fmt: skip


def order_accepted(order: Order, *, now: datetime) -> None:
    tell(
        buyers(order), order, "order.accepted", now,
        _("%(shop)s menyanggupi pesanan %(number)s") % {"shop": order.seller.name, "number": order.number},
        _("Barang tiba paling lambat %(at)s.") % {"at": long_time(order.deliver_at)},
    )  # fmt: skip


def order_closed(order: Order, *, actor: User | None, now: datetime) -> None:
    """Everybody concerned except the person who did it."""
    reason = CloseReason(order.close_reason).label
    body = f"{reason}. {order.close_note}".strip()
    people = [p for p in [*buyers(order), *sellers(order)] if actor is None or p.pk != actor.pk]
    tell(people, order, "order.closed", now, _("Pesanan %(number)s batal") % {"number": order.number}, body)


def buyer_name(order: Order) -> str:
    """The department, or the person who buys."""
    if order.agency is not None:
        return order.agency.name
    return order.buyer.name if order.buyer is not None else ""


def tell(
    people: Iterable[User], order: Order, kind: str, now: datetime, title: str, body: str = "", about: int | None = None
) -> None:
    """Once per person, kind and order; `about` tells two disputes of one order apart."""
    url = reverse("orders:order-detail", args=[order.number])
    key = f"{kind}:{order.number}" if about is None else f"{kind}:{order.number}:{about}"
    for person in {p.pk: p for p in people}.values():
        notify(person=person, kind=kind, title=title, body=body, url=url, key=key, now=now)


def sellers(order: Order) -> list[User]:
    return list(
        User.objects.filter(
            shop_memberships__seller_id=order.seller_id, shop_memberships__until__isnull=True
        ).distinct()
    )


def buyers(order: Order) -> list[User]:
    """The buyer; for a department who asked and who issued."""
    if order.buyer is not None:
        return [order.buyer]
    people = [order.issuer]
    if order.request is not None:
        people.append(order.request.requester)
    return people


def officers(order: Order, now: datetime, *roles: OfficerRole) -> list[User]:
    if order.agency is None:
        return []
    memberships = order.agency.members.on(local_date(now)).filter(role__in=roles).select_related("user")
    return [membership.user for membership in memberships]


def everyone(order: Order, now: datetime) -> list[User]:
    return [*sellers(order), *buyers(order), *officers(order, now, OfficerRole.RECEIVER)]
