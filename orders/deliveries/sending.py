"""Goods that leave: which of them may, their surat jalan, and taking its record back. Used by the services of
deliveries, with the order locked."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import NotAllowed, RuleBroken, refuse_first, require
from epeken.core.numbers import next_number
from epeken.core.states import begin
from epeken.users.models import User
from orders.deliveries import counts, notices, policies, rules
from orders.deliveries.models import Delivery, DeliveryLine
from orders.documents import services as documents
from orders.orders import parties
from orders.orders import policies as orders_policies
from orders.orders.models import Order, OrderLine
from orders.orders.next_step import sent_deliveries_of
from orders.orders.services import completion
from orders.orders.states import SELLER_SIDE, DeliveryMethod
from orders.schedules import changes as schedules
from orders.schedules.models import DueDay


def check_carrier(order: Order, carrier: str) -> None:
    require(
        bool(carrier) or order.method == DeliveryMethod.PICKUP,
        _("Tulis siapa yang membawa barangnya, misalnya kurir sendiri."),
        field="carrier",
        code="carrier_missing",
    )


def send(delivery: Delivery, sent: Mapping[OrderLine, Decimal], *, actor: User, now: datetime) -> Delivery:
    """The surat jalan of these goods, with whom they are handed to. Called with the order locked."""
    order, starts = delivery.order, max(now, delivery.deliver_at)
    receiver = parties.receiver_of_day(order.request, order.issuer_id, clock.local_date(starts))
    delivery.number = next_number("SJ", clock.local_date(now).year)
    delivery.shipped_at = now
    delivery.awaited_by = receiver.name if receiver is not None else ""
    delivery.awaited_by_phone = receiver.phone if receiver is not None else ""
    delivery.due_at = starts + timedelta(hours=rules.REPORT.on(clock.local_date(now)))
    delivery.save()
    DeliveryLine.objects.bulk_create(
        DeliveryLine(delivery=delivery, order_line=line, sent=quantity) for line, quantity in sent.items()
    )
    office = SELLER_SIDE if order.agency_id else ""
    begin(delivery, actor=actor, now=now, note=delivery.carrier, acted_as=office)
    notices.order_shipped(delivery, now=now)
    documents.ensure_documents(order, now)
    return delivery


def check_withdrawal(actor: User, order: Order) -> None:
    """Refuses whoever did not send it. Raises: NotAllowed."""
    if not orders_policies.is_seller_of(actor, order):
        raise NotAllowed(_("Catatan kirim ditarik oleh penjual pesanan ini."))


def unsend(delivery: Delivery, order: Order, lines: list[DeliveryLine], *, actor: User, now: datetime) -> None:
    """The goods are still to be sent; they were held the whole time."""
    for line in lines:
        line.order_line.sent_quantity -= line.sent
    OrderLine.objects.bulk_update([line.order_line for line in lines], ["sent_quantity"])
    schedules.untake(delivery, lines)
    if delivery.due_day_id is not None:
        schedules.settle(order)
        return
    order.rest_due_at = delivery.rest_until
    Order.objects.filter(pk=order.pk).update(rest_due_at=order.rest_due_at)
    if sent_deliveries_of(order):  # what came meanwhile leaves a rest, as after any result
        completion.complete_order(order=order, actor=actor, now=now)


def check_leaves(order: Order, lines: Iterable[OrderLine], deliver_at: datetime, now: datetime) -> None:
    """Refuses goods that may not be recorded as sent yet. Raises: RuleBroken."""
    first = policies.sent_from(order, lines, deliver_at, now)
    if first is not None:
        raise RuleBroken(policies.early_words(first), code="sent_too_early")


def quantities(order: Order, wanted: Mapping[int, Decimal], day: DueDay | None) -> dict[OrderLine, Decimal]:
    """What goes of each line for the date, without those of which nothing goes."""
    lines = list(order.lines.all())
    unknown = set(wanted) - {line.pk for line in lines}
    require(not unknown, _("Ada barang yang bukan bagian pesanan ini. Muat ulang halaman."), code="unknown_line")
    most = {line: line.unsent_quantity if day is None else schedules.left_on(day, line) for line in lines}
    sent = {line: wanted.get(line.pk, left) for line, left in most.items()}
    for line, quantity in sent.items():
        refuse_first(counts.sent_problems(line, quantity, most[line]))
    going = {line: quantity for line, quantity in sent.items() if quantity > 0}
    require(going, _("Paling sedikit satu barang harus dikirim."), code="nothing_sent")
    return going
