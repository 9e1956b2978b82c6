"""Who receives, what was counted and found good, and what silence counts as. Used by the services of deliveries, with
the order and the delivery locked."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db.models import F
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, refuse_first, require
from epeken.core.states import move
from epeken.users.models import User
from orders.billing import rules as billing_rules
from orders.deliveries import counts, notices, policies
from orders.deliveries.arriving import arrive
from orders.deliveries.handover import conclude, receiver_office
from orders.deliveries.models import Delivery, DeliveryLine
from orders.deliveries.states import DeliveryState
from orders.orders.errors import RoleAlreadyHeld
from orders.orders.models import Order

Finding = tuple[Decimal, Decimal, str]  # arrived, accepted, remark


def check_receiver(actor: User, order: Order, now: datetime) -> None:
    day = clock.local_date(now)
    if not policies.can_receive(actor, order, day):
        earlier = policies.earlier_side(actor, order)
        if earlier is not None and policies.has_receiver_role(actor, order, day):
            raise RoleAlreadyHeld(earlier, _("penerima barang"))
        raise NotAllowed(_("Barang diterima oleh pembelinya; untuk dinas oleh penerima barang yang ditunjuk."))


def check_first_counted(delivery: Delivery) -> None:
    """What stands for goods that nobody counted yet would be invoiced twice, or not at all. Raises: RuleBroken."""
    if policies.waits_for_count(delivery):
        assert delivery.remedy is not None
        raise RuleBroken(
            _("Periksa dahulu kiriman %(number)s yang diganti, lalu penggantinya.")
            % {"number": delivery.remedy.delivery.number},
            code="original_uncounted",
        )


def record(delivery: Delivery, findings: Mapping[int, Finding]) -> None:
    lines = list(delivery.lines.select_related("order_line"))
    require(
        set(findings) == {line.pk for line in lines},
        _("Isi hasil pemeriksaan untuk setiap barang."),
        code="line_missing",
    )
    for line in lines:
        arrived, accepted, remark = findings[line.pk]
        refuse_first(counts.finding_problems(line, arrived, accepted, remark))
        line.arrived, line.accepted, line.remark = arrived, accepted, remark.strip()[:200]
    DeliveryLine.objects.bulk_update(lines, ["arrived", "accepted", "remark"])


def not_to_inspect(delivery: Delivery) -> InvalidMove:
    """Why it cannot be inspected by a receiver: what was written without network comes to a delivery that went on."""
    if delivery.state == DeliveryState.SHIPPED:
        return InvalidMove(
            _("Kedatangannya belum dicatat. Catat dahulu bahwa barangnya sudah tiba, lalu kirim pemeriksaannya lagi."),
            code="not_arrived",
        )
    if delivery.state == DeliveryState.MISSED:
        return InvalidMove(_("Kiriman ini sudah dicatat tidak datang, jadi tidak dapat diperiksa."), code="missed")
    if delivery.state == DeliveryState.WITHDRAWN:
        return InvalidMove(_("Penjual sudah menarik catatan kirim ini: barangnya belum dikirim."), code="withdrawn")
    return InvalidMove(
        _("Kiriman ini sudah diperiksa atau sudah dianggap diterima. Lihat hasilnya di halaman pesanan."),
        code="already_inspected",
    )


def inspect(delivery: Delivery, order: Order, *, actor: User | None, remark: str, now: datetime) -> None:
    days = billing_rules.PAYMENT.on(clock.local_date(now))
    move(
        delivery,
        "inspect",
        actor=actor,
        now=now,
        note=remark.strip(),
        acted_as=receiver_office(order, actor, now),
        inspected_at=now,
        receiver=actor,
        arrived_at=delivery.arrived_at,
        is_on_time=policies.came_on_time(delivery),
        remark=remark.strip()[:300],
        due_at=clock.due_after_working_days(now, days),
    )
    notices.inspection_done(delivery, now=now)


def assume_all(delivery: Delivery, order: Order, now: datetime) -> None:
    """Nobody counted or inspected the goods, so no row says that somebody did: they count as accepted, that is all."""
    delivery.lines.update(accepted=F("sent"))
    Delivery.objects.filter(pk=delivery.pk).update(is_on_time=policies.came_on_time(delivery))
    notices.inspection_done(delivery, now=now)
    conclude(delivery, order, actor=None, office_number="", now=now)


def accept_all(delivery: Delivery, order: Order, *, actor: User, now: datetime) -> Delivery:
    if delivery.state == DeliveryState.SHIPPED:
        arrive(delivery, order, actor=actor, now=now, is_inspected=True)
    record(delivery, {line.pk: (line.sent, line.sent, "") for line in delivery.lines.all()})
    inspect(delivery, order, actor=actor, remark="", now=now)
    return conclude(delivery, order, actor=actor, office_number="", now=now)
