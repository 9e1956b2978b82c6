"""Who is told what about orders. Rows are written in the caller's transaction; mail leaves after commit."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from epeken.core.clock import local_date
from epeken.core.i18n.messages import END, RUPIAH, SENTENCE, TEXT, choice
from epeken.core.queries import written_once
from epeken.notifications.kinds import notice
from epeken.notifications.services import mark_done, notify
from epeken.users.models import User
from orders.orders.models import Order
from orders.orders.states import CloseReason, DeliveryMethod
from procurement.agencies.models import AgencyMember
from procurement.agencies.states import OfficerRole
from umkm.sellers.policies import members_of

KINDS = {
    "order.offered": notice(
        _("Pesanan baru %(total)s dari %(buyer)s"),
        _("Jawab paling lambat %(due)s. Bila lewat, pesanan batal sendiri tanpa denda."),
        total=RUPIAH,
        buyer=TEXT,
        due=END,
    ),
    "order.answer_near": notice(
        _("Pesanan %(total)s dari %(buyer)s masih menunggu jawaban"),
        _("Jawab paling lambat %(due)s. Bila lewat, pesanan batal sendiri tanpa denda."),
        total=RUPIAH,
        buyer=TEXT,
        due=END,
    ),
    "order.accepted": notice(
        _("%(shop)s menyanggupi pesanan %(number)s"),
        _("Barang tiba paling lambat %(at)s."),
        shop=TEXT,
        number=TEXT,
        at=END,
    ),
    "order.accepted_pickup": notice(
        _("%(shop)s menyanggupi pesanan %(number)s"),
        _("Barang siap diambil paling lambat %(at)s."),
        shop=TEXT,
        number=TEXT,
        at=END,
    ),
    "order.closed": notice(
        _("Pesanan %(number)s batal"),
        "%(reason)s. %(note)s",
        number=TEXT,
        reason=choice(CloseReason),
        note=SENTENCE,
    ),
    "order.rest_closed": notice(
        _("Sisa barang pesanan %(number)s tidak ditunggu lagi"),
        "%(note)s",
        number=TEXT,
        note=SENTENCE,
    ),
    "order.rest_lapsed": notice(
        _("Sisa barang pesanan %(number)s tidak ditunggu lagi"),
        _("Batas mengirim sisanya sudah lewat."),
        number=TEXT,
    ),
}


def orders_offered(orders: Iterable[Order], *, people: Mapping[int, list[User]], now: datetime) -> None:
    """`people`: those who may act for each of the shops, by its pk."""
    for order in orders:
        due, buyer = order.answer_due_at, buyer_name(order)
        tell(people[order.seller_id], order, "order.offered", now, total=order.total, buyer=buyer, due=due)


def answer_near(order: Order, *, now: datetime) -> None:
    due, buyer = order.answer_due_at, buyer_name(order)
    about = due.isoformat()
    tell(sellers(order), order, "order.answer_near", now, about=about, total=order.total, buyer=buyer, due=due)


def _answered(order: Order, now: datetime) -> None:
    """Nobody of the shop is asked any more."""
    done(order, now, "order.offered", "order.answer_near")


def order_accepted(order: Order, *, now: datetime) -> None:
    _answered(order, now)
    shop, at = order.seller.name, order.awaited_at
    kind = "order.accepted_pickup" if order.method == DeliveryMethod.PICKUP else "order.accepted"
    tell(buyers(order), order, kind, now, shop=shop, number=order.number, at=at)


def order_closed(order: Order, *, actor: User | None, now: datetime) -> None:
    """Everybody concerned except the person who did it."""
    _answered(order, now)
    people = [p for p in [*buyers(order), *sellers(order)] if actor is None or p.pk != actor.pk]
    reason, note = order.close_reason, order.close_note
    tell(people, order, "order.closed", now, number=order.number, reason=reason, note=note)


def rest_closed(order: Order, *, actor: User | None, note: str, now: datetime) -> None:
    """Both sides, except the person who did it."""
    people = [p for p in [*buyers(order), *sellers(order)] if actor is None or p.pk != actor.pk]
    if actor is None:
        tell(people, order, "order.rest_lapsed", now, number=order.number)
    else:
        tell(people, order, "order.rest_closed", now, number=order.number, note=note)


def buyer_name(order: Order) -> str:
    """The department, or the person who buys."""
    if order.agency is not None:
        return order.agency.name
    return order.buyer.name if order.buyer is not None else ""


def tell(
    people: Iterable[User], order: Order, kind: str, now: datetime, about: int | str | None = None, **parameters: Any
) -> None:
    """Once per person, kind and order; `about` tells two deliveries, invoices, payments, disputes or ends of one
    order apart."""
    tell_at(reverse("orders:order-detail", args=[order.number]), people, order, kind, now, about, **parameters)


def tell_at(
    url: str, people: Iterable[User], order: Order, kind: str, now: datetime, about: int | str | None, **parameters: Any
) -> None:
    """As `tell`, opening another page than the order's."""
    notify(people, kind=kind, url=url, key=_key(order, kind, about), now=now, **parameters)


def done(order: Order, now: datetime, *kinds: str, about: int | str | None = None) -> None:
    """What notices of the kinds asked for is done: `about` as they were told."""
    mark_done(*[_key(order, kind, about) for kind in kinds], now=now)


def _key(order: Order, kind: str, about: int | str | None) -> str:
    """No key is the beginning of another."""
    return f"{kind}:{order.number}:" if about is None else f"{kind}:{order.number}:{about}:"


def sellers(order: Order) -> list[User]:
    return members_of(order.seller_id)


def buyers(order: Order) -> list[User]:
    """The buyer; for a department who asked and who issued."""
    if order.buyer is not None:
        return [order.buyer]
    people = [order.issuer]
    if order.request is not None:
        people.append(order.request.requester)
    return people


def officers(order: Order, now: datetime, *roles: OfficerRole) -> list[User]:
    if order.agency_id is None or not roles:
        return []
    return [membership.user for membership in _holding(order.agency_id, tuple(map(str, roles)), local_date(now))]


@written_once
def _holding(agency: Any, roles: Any, day: Any) -> Any:
    return AgencyMember.objects.on(day).filter(agency_id=agency, role__in=roles).select_related("user")


def everyone(order: Order, now: datetime) -> list[User]:
    return [*sellers(order), *buyers(order), *officers(order, now, OfficerRole.RECEIVER)]
