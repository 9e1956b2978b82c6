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
from epeken.users.models import User
from orders.orders import notices, parties
from orders.orders.models import Order, OrderLine
from orders.orders.next_step import Task
from orders.orders.pages import pending
from orders.orders.states import DeliveryMethod
from orders.schedules.models import DueDay
from umkm.catalogue.states import Unit
from umkm.sellers.models import Seller


@dataclass(frozen=True)
class PackedOrder:
    """What of an order is to be packed for one day. `receiver`: whom of a department it is handed to on that day; None
    of a person's order, and while nobody is appointed. `stop`: why it is not to leave yet; "" mostly."""

    order: Order
    deliver_at: datetime
    buyer: str
    place: str
    amounts: list[tuple[OrderLine, Decimal]]
    receiver: User | None
    stop: str

    @property
    def goods(self) -> list[tuple[str, str, str]]:
        """(amount in words, name, the buyer's note on it)."""
        return [(Unit(line.unit).counted(amount), line.name, line.note) for line, amount in self.amounts]


def to_pack(seller: Seller, now: datetime) -> Any:
    """Orders with goods the shop is still to send."""
    return Order.objects.filter(seller=seller).waiting_to(Task.SHIP, now=now)


def days_of(seller: Seller, now: datetime) -> dict[date, int]:
    """The days for which something is to be packed, with the number of orders; the first first."""
    found: Counter[date] = Counter()
    for rows in (_at_once(seller, now), _dates(seller, now)):
        days = rows.order_by().annotate(day=TruncDate("deliver_at", tzinfo=ZONE)).values_list("day")
        found.update(dict(days.annotate(count=Count("pk", distinct=True))))
    return dict(sorted(found.items()))


def _at_once(seller: Seller, now: datetime) -> Any:
    return to_pack(seller, now).filter(next_due_at__isnull=True)


def _dates(seller: Seller, now: datetime) -> Any:
    """Dates of schedules for which something is still to be sent, whatever became of the dates before."""
    return DueDay.objects.still_open().filter(order__in=to_pack(seller, now))


def orders_on(seller: Seller, day: date, now: datetime) -> list[PackedOrder]:
    """By the hour at which they are to be there. Six queries, four more where a schedule has a date on the day, one
    more for departments."""
    reads = ("lines", "cancellations", "deliveries")
    found = _at_once(seller, now).filter(clock.on_days("deliver_at", day, day)).with_card()
    found = found.select_related("delivery_kelurahan").prefetch_related(*reads)
    rows = _dates(seller, now).filter(clock.on_days("deliver_at", day, day))
    rows = rows.select_related(
        "order__agency", "order__buyer", "order__delivery_kelurahan", "order__seller", "order__request"
    )
    rows = rows.prefetch_related("amounts__order_line", *(f"order__{name}" for name in reads))
    receivers = parties.receivers_of_day([*found, *(row.order for row in rows)], day)
    packed = [
        _packed(order, order.deliver_at, unsent_of(order), order.delivery_place, receivers, now) for order in found
    ]
    for row in rows:
        left = [(one.order_line, one.unsent) for one in row.amounts.all() if one.unsent > 0]
        packed.append(_packed(row.order, row.deliver_at, left, row.place or row.order.delivery_place, receivers, now))
    return sorted(packed, key=lambda one: (one.deliver_at, one.order.pk))


def unsent_of(order: Order) -> list[tuple[OrderLine, Decimal]]:
    return [(line, line.unsent_quantity) for line in order.lines.all() if line.unsent_quantity > 0]


def added_up(orders: Iterable[PackedOrder]) -> list[tuple[str, str]]:
    """(amount in words, name) of all goods of these orders, most orders first. Of one name and one unit once."""
    amounts: dict[tuple[str, str], Decimal] = {}
    times: Counter[tuple[str, str]] = Counter()
    for packed in orders:
        for line, amount in packed.amounts:
            key = (line.name, line.unit)
            amounts[key] = amounts.get(key, Decimal(0)) + amount
            times[key] += 1
    ranked = sorted(amounts, key=lambda key: (-times[key], key))
    return [(Unit(unit).counted(amounts[name, unit]), name) for name, unit in ranked]


def _packed(
    order: Order,
    moment: datetime,
    amounts: list[tuple[OrderLine, Decimal]],
    place: str,
    receivers: dict[int, User | None],
    now: datetime,
) -> PackedOrder:
    area = order.delivery_kelurahan.name if order.delivery_kelurahan else ""
    is_fetched = order.method == DeliveryMethod.PICKUP
    return PackedOrder(
        order=order,
        deliver_at=moment,
        buyer=notices.buyer_name(order),
        place="" if is_fetched else ", ".join(part for part in (place, area) if part),
        amounts=amounts,
        receiver=receivers.get(order.pk),
        stop=pending.sending_words(order, now),
    )
