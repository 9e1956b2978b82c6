"""One date of a schedule is moved or dropped: what an addendum changes of it, and what stands in the way.

A date for which something left stays as it is: goods on their way keep the moment for which they left. Its amounts stay
written where it was issued; what is dropped makes the order smaller by its goods and by what bringing them costs.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, require
from epeken.core.i18n.times import long_date
from epeken.core.money import share
from epeken.users.models import User
from orders.orders.models import Order, OrderLine
from orders.schedules import changes as schedules
from orders.schedules import due
from orders.schedules.models import DueDay
from umkm.catalogue import feasibility
from umkm.catalogue.feasibility import Calendar
from umkm.sellers import hours
from umkm.stock import services as stock


class DayWish(NamedTuple):
    """The date by its number. `moved_to`: None where nothing is to come on it."""

    number: int
    moved_to: datetime | None


@dataclass(frozen=True)
class DayChange:
    """`moved_to`: as in `DayWish`."""

    day: DueDay
    moved_to: datetime | None

    @property
    def drops(self) -> bool:
        return self.moved_to is None

    def quantity_of(self, line: OrderLine) -> Decimal:
        """What of the line is to come on the date."""
        return sum((one.quantity for one in self.day.amounts.all() if one.order_line_id == line.pk), Decimal(0))

    def cost(self, order: Order) -> int:
        """Of the order's delivery cost, what is saved."""
        return due.cost_on(order, self.day) if self.drops else 0

    def value(self, order: Order, lines: Iterable[OrderLine]) -> int:
        """What the date is billed at."""
        return sum(share(line.price, self.quantity_of(line)) for line in lines) + due.cost_on(order, self.day)

    def last_moment(self, order: Order) -> datetime:
        """By when the order is there altogether."""
        kept = [day for day in due.days_of(order) if day.pk != self.day.pk and day.dropped_at is None]
        moments = [day.deliver_at for day in kept] + ([self.moved_to] if self.moved_to is not None else [])
        return max(moments, default=order.deliver_at)


def changeable(order: Order) -> list[DueDay]:
    """Dates for which nothing left, and that are still waited for; the first first."""
    return [day for day in due.open_days(order) if not day.is_begun]


def of_wish(order: Order, wish: DayWish) -> DayChange:
    """Raises: InvalidMove."""
    found = next((day for day in changeable(order) if day.number == wish.number), None)
    if found is None:
        raise InvalidMove(
            _(
                "Pengiriman ke-%(n)s sudah dikirim atau tidak ditunggu lagi, jadi tanggalnya tidak dapat diubah. "
                "Pilih tanggal lain."
            )
            % {"n": wish.number}
        )
    return DayChange(found, wish.moved_to)


def check(order: Order, lines: list[OrderLine], change: DayChange, now: datetime) -> None:
    """Whether the date can be there at its new moment. Raises: InvalidMove, RuleBroken."""
    of_wish(order, DayWish(change.day.number, change.moved_to))
    if change.moved_to is None:
        return
    on = clock.last_day(change.moved_to)
    others = [day for day in due.days_of(order) if day.dropped_at is None and day.missed_at is None]
    same = next((day for day in others if day.pk != change.day.pk and clock.last_day(day.deliver_at) == on), None)
    require(
        same is None,
        _("Untuk %(day)s sudah ada pengiriman ke-%(n)s. Pilih hari lain.")
        % {"day": long_date(on), "n": same.number if same else ""},
        field="moved_to",
        code="date_twice",
    )
    for line in lines:
        quantity = change.quantity_of(line)
        if quantity > 0:
            for fault in feasibility.supply_faults(line.product, quantity, calendar_of(order, line, change, now)):
                raise fault.refusal("moved_to")


def calendar_of(order: Order, line: OrderLine, change: DayChange, now: datetime) -> Calendar:
    """Of the new moment. What the date holds is free for it; what the order's other dates hold is not. A date that
    becomes no earlier had its time since the order was placed."""
    assert change.moved_to is not None
    is_no_earlier = clock.is_over(change.day.deliver_at, change.moved_to)
    asked_at = order.placed_at if is_no_earlier else now
    on = feasibility.calendar(
        [line.product], clock.last_day(change.moved_to), asked_at, for_agency=True, by=change.moved_to
    )
    quantity = change.quantity_of(line)
    held = stock.days_of_part(line.product, quantity, order.number, _last(line, change))
    return replace(on, supply=on.supply.returned(line.product, quantity, held))


def change_day(order: Order, change: DayChange, now: datetime) -> None:
    """The date is as agreed. `order` has its new last moment already, and says which date is next."""
    day = change.day
    if change.moved_to is None:
        DueDay.objects.filter(pk=day.pk).update(dropped_at=now)
    else:
        ends = due.rest_end(clock.last_day(change.moved_to), clock.local_date(now))
        DueDay.objects.filter(pk=day.pk).update(deliver_at=change.moved_to, rest_due_at=ends)
    schedules.settle(order)


def move_goods(order: Order, lines: Iterable[OrderLine], change: DayChange, actor: User | None, now: datetime) -> None:
    """Goods and the capacity of days follow. `lines` by product. Raises: RuleBroken `out_of_stock`."""
    today = clock.local_date(now)
    for line in lines:
        quantity = change.quantity_of(line)
        if quantity <= 0:
            continue
        common: dict[str, Any] = {"product": line.product, "reference": order.number, "actor": actor, "now": now}
        days: list[date] | None = None
        if change.moved_to is not None:
            on = calendar_of(order, line, change, now)
            days = [day for day in feasibility.production_days(line.product, on) if day >= today]
        stock.move_part(quantity=quantity, last=_last(line, change), days=days, **common)


def _last(line: OrderLine, change: DayChange) -> date:
    """The shop's day whose work brings the goods of the date as it was."""
    return hours.working_day(line.product.seller, change.day.deliver_at)
