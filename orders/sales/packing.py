"""What a shop has to pack for a day: the orders it still sends, and their goods added up."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncDate

from epeken.core import clock
from epeken.core.clock import ZONE
from orders.cancellations import pages as cancellation_pages
from orders.orders import notices
from orders.orders.models import Order
from orders.orders.next_step import Task
from orders.orders.states import DeliveryMethod
from umkm.catalogue.states import Unit
from umkm.sellers.models import Seller


@dataclass(frozen=True)
class PackedOrder:
    """`goods`: (amount in words, name, the buyer's note on it). `stop`: why it is not to leave yet; "" mostly."""

    order: Order
    buyer: str
    place: str
    goods: list[tuple[str, str, str]]
    stop: str


def to_pack(seller: Seller, now: datetime) -> Any:
    """Orders with goods the shop is still to send."""
    return Order.objects.filter(seller=seller).waiting_to(Task.SHIP, now=now)


def days_of(seller: Seller, now: datetime) -> dict[date, int]:
    """The days for which something is to be packed, with the number of orders; the first first."""
    rows = (
        to_pack(seller, now)
        .order_by()
        .annotate(day=TruncDate("deliver_at", tzinfo=ZONE))
        .values_list("day")
        .annotate(count=Count("pk", distinct=True))
        .order_by("day")
    )
    return dict(rows)


def orders_on(seller: Seller, day: date, now: datetime) -> list[PackedOrder]:
    """By the hour at which they are to be there. Five queries."""
    found = to_pack(seller, now).filter(clock.on_days("deliver_at", day, day)).with_card()
    found = found.select_related("delivery_kelurahan").prefetch_related("lines", "cancellations", "deliveries")
    return [_packed(order) for order in found.order_by("deliver_at", "pk")]


def added_up(orders: Iterable[PackedOrder]) -> list[tuple[str, str]]:
    """(amount in words, name) of all goods of these orders, most orders first. Of one name and one unit once."""
    amounts: dict[tuple[str, str], Decimal] = {}
    times: Counter[tuple[str, str]] = Counter()
    for packed in orders:
        for line in packed.order.lines.all():
            if line.unsent_quantity > 0:
                key = (line.name, line.unit)
                amounts[key] = amounts.get(key, Decimal(0)) + line.unsent_quantity
                times[key] += 1
    ranked = sorted(amounts, key=lambda key: (-times[key], key))
    return [(Unit(unit).counted(amounts[name, unit]), name) for name, unit in ranked]


def _packed(order: Order) -> PackedOrder:
    area = order.delivery_kelurahan.name if order.delivery_kelurahan else ""
    is_fetched = order.method == DeliveryMethod.PICKUP
    return PackedOrder(
        order=order,
        buyer=notices.buyer_name(order),
        place="" if is_fetched else ", ".join(part for part in (order.delivery_place, area) if part),
        goods=[
            (Unit(line.unit).counted(line.unsent_quantity), line.name, line.note)
            for line in order.lines.all()
            if line.unsent_quantity > 0
        ],
        stop=cancellation_pages.before_sending(order),
    )
