"""What moves with the dates of an order. Called by services that have the order locked."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import F
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, RuleBroken
from orders.deliveries.models import Delivery, DeliveryLine
from orders.orders.models import Order, OrderLine
from orders.schedules import due
from orders.schedules.models import DueAmount, DueDay
from procurement.schedules import reading


def insert_days(order: Order, now: datetime) -> None:
    """The dates of its request, as far as this seller brings something on them."""
    assert order.request is not None
    today = clock.local_date(now)
    lines = {line.product_id: line for line in order.lines.all()}
    number = 0
    for planned in reading.days_of(order.request):
        goods = [(lines[a.line.product_id], a.quantity) for a in planned.amounts.all() if a.line.product_id in lines]
        if not goods:
            continue
        number += 1
        day = DueDay.objects.create(
            order=order,
            number=number,
            deliver_at=planned.deliver_at,
            place=planned.place,
            rest_due_at=due.rest_end(clock.last_day(planned.deliver_at), today),
        )
        DueAmount.objects.bulk_create(
            DueAmount(day=day, order_line=line, quantity=quantity) for line, quantity in goods
        )
        order.next_due_at = order.next_due_at or day.deliver_at
    settle(order)


def settle(order: Order) -> None:
    """The order says which of its dates is next, and until when it is waited for. `order` is as stored afterwards."""
    if not due.is_scheduled(order):
        return
    left = due.open_days(order)
    if left:
        order.next_due_at, order.rest_due_at = left[0].deliver_at, left[0].rest_due_at
    else:
        order.next_due_at, order.rest_due_at = order.deliver_at, None
    Order.objects.filter(pk=order.pk).update(next_due_at=order.next_due_at, rest_due_at=order.rest_due_at)


def day_to_send(order: Order, number: int | None) -> DueDay | None:
    """The open date for which goods leave; None of an order with one date. Raises: InvalidMove, RuleBroken."""
    if not due.is_scheduled(order):
        if number is not None:
            raise InvalidMove()
        return None
    if number is None:
        raise RuleBroken(_("Pilih tanggal jadwal yang dikirim."), field="day", code="day_missing")
    found = next((day for day in due.open_days(order) if day.number == number), None)
    if found is None:
        raise InvalidMove(_("Tanggal ini sudah dikirim semua atau tidak ditunggu lagi. Muat ulang halaman."))
    return found


def left_on(day: DueDay, line: OrderLine) -> Decimal:
    """What of the line is still to be sent for the date."""
    return sum((amount.unsent for amount in day.amounts.all() if amount.order_line_id == line.pk), Decimal(0))


def take(day: DueDay, sent: Mapping[OrderLine, Decimal]) -> None:
    """So much left for the date."""
    for line, quantity in sent.items():
        day.amounts.filter(order_line=line).update(sent_quantity=F("sent_quantity") + quantity)


def untake(delivery: Delivery, lines: list[DeliveryLine]) -> None:
    """Goods that were recorded as sent for a date did not leave; it is waited for as long as before."""
    if delivery.due_day is not None:
        for line in lines:
            amounts = delivery.due_day.amounts.filter(order_line=line.order_line_id)
            amounts.update(sent_quantity=F("sent_quantity") - line.sent)


def give_back(delivery: Delivery, lines: list[DeliveryLine], now: datetime) -> bool:
    """Goods that left for a date did not come. Whether nobody waits for them any more, since the date was given up
    meanwhile; else the seller has some working days to send them. Their order lines are changed and not saved."""
    day = delivery.due_day
    if day is None:
        return False
    for line in lines:
        day.amounts.filter(order_line=line.order_line_id).update(sent_quantity=F("sent_quantity") - line.sent)
        if day.missed_at is not None:
            line.order_line.missed_quantity += line.sent
    if day.missed_at is None:
        end = due.rest_end(clock.last_day(day.deliver_at), clock.local_date(now))
        DueDay.objects.filter(pk=day.pk).update(rest_due_at=max(day.rest_due_at, end))
    return day.missed_at is not None


def pause(order: Order, stood: timedelta, now: datetime) -> None:
    """The seller was kept from sending so long: dates that are over are waited for longer."""
    if not due.is_scheduled(order):
        return
    for day in order.due_days.filter(clock.over("deliver_at", now), missed_at__isnull=True):
        DueDay.objects.filter(pk=day.pk).update(rest_due_at=clock.moved(day.rest_due_at, stood))
    settle(order)


def give_up(days: list[DueDay], now: datetime) -> list[tuple[OrderLine, Decimal, str]]:
    """What was not sent for these dates is not waited for any more: each line, how much of it, and the part of the
    stock ledger that says so."""
    gone = []
    lines: dict[int, OrderLine] = {}
    for day in days:
        for amount in day.amounts.all():
            if amount.unsent > 0:
                line = lines.setdefault(amount.order_line_id, amount.order_line)
                line.missed_quantity += amount.unsent
                gone.append((line, amount.unsent, f"date-{day.number}"))
        day.missed_at = now
    DueDay.objects.bulk_update(days, ["missed_at"])
    OrderLine.objects.bulk_update(lines.values(), ["missed_quantity"])
    return gone
