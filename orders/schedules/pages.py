"""How the dates of an order read on its page and on its papers."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from epeken.core import clock
from epeken.core.i18n.times import long_date, long_time
from orders.deliveries.models import Delivery
from orders.orders import policies
from orders.orders.models import Order, OrderLine, counted_goods
from orders.schedules import due
from orders.schedules.models import DueDay
from umkm.catalogue.states import Unit


def counted(line: OrderLine, quantity: Decimal) -> str:
    return Unit(line.unit).counted(quantity)


def goods_of(day: DueDay, count: Callable[[OrderLine, Decimal], str] = counted) -> list[str]:
    """What is to come on the date."""
    return [f"{count(amount.order_line, amount.quantity)} {amount.order_line.name}" for amount in day.amounts.all()]


def left_of(day: DueDay) -> list[str]:
    """What of it is still to be sent."""
    return counted_goods((amount.order_line, amount.unsent) for amount in day.amounts.all())


def next_words(order: Order) -> str:
    """What is to be sent next, and how many dates are open: of all dates together nobody brings the goods at once. ""
    of an order with one date."""
    days = due.open_days(order)
    if not days:
        return ""
    said = ngettext("%(goods)s (%(count)s tanggal lagi)", "%(goods)s (%(count)s tanggal lagi)", len(days) - 1)
    goods = ", ".join(left_of(days[0]))
    return said % {"goods": goods, "count": len(days) - 1} if len(days) > 1 else goods


def rows(order: Order, now: datetime) -> list[dict[str, Any]]:
    """For `procurement/schedules/_schedule.html`, with what became of each date; none for an order with one date."""
    first = next(iter(due.open_days(order)), None)
    return [
        {
            "n": day.number,
            "when": long_time(clock.told_end(day.deliver_at)),
            "place": day.place,
            "goods": goods_of(day),
            "left": left_of(day),
            "state": _state(day, now),
            "is_open": day.is_open,
            "is_next": day == first,
            "is_untouched": day.is_open and not day.is_begun,
        }
        for day in due.days_of(order)
    ]


def rest_of(order: Order, now: datetime) -> list[str]:
    """What is not waited for any more when the buyer's side closes the rest: of a schedule, what was to come on dates
    that are over."""
    if not due.is_scheduled(order):
        goods = [(line, line.unsent_quantity) for line in order.lines.all()]
        return [f"{counted(line, quantity)} {line.name}" for line, quantity in goods if quantity > 0]
    return [
        f"{long_date(clock.last_day(day.deliver_at))}: {goods}"
        for day in due.late_days(order, now, policies.paused_time(order))
        for goods in left_of(day)
    ]


def trips(order: Order) -> int:
    """How many times something is brought, without dates that were given up; 0 without a schedule."""
    days = [day for day in due.days_of(order) if day.dropped_at is None]
    return sum(day.missed_at is None or day.is_begun for day in days)


def _state(day: DueDay, now: datetime) -> str:
    if day.dropped_at is not None:
        return _("dihapus dengan adendum, tidak ada yang dikirim")
    if day.missed_at is not None:
        return _("terlewat, tidak ditunggu lagi")
    if not day.is_open:
        return _("sudah dikirim")
    if clock.is_over(day.deliver_at, now):
        words = {"day": long_date(clock.last_day(day.rest_due_at))}
        return _("terlambat, ditunggu sampai %(day)s") % words
    return _("sebagian sudah dikirim") if any(amount.sent_quantity for amount in day.amounts.all()) else ""


def paper_facts(delivery: Delivery) -> list[tuple[str, str]]:
    """On the papers of a delivery, for which date of the schedule it came."""
    day = delivery.due_day
    if day is None:
        return []
    when = long_time(clock.told_end(delivery.deliver_at))
    return [("Jadwal", f"pengiriman ke-{day.number} dari {delivery.order.due_days.count()}, {when}")]
