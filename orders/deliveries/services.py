"""Goods on their way: sent, arrived, inspected, taken over (BAST), by a person or by silence."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove, NotAllowed, require
from epeken.core.files import uploads
from epeken.core.i18n.times import long_end, long_time
from epeken.core.numbers import next_number
from epeken.core.quantity import grouped
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.users.models import User
from orders.billing import rules as billing_rules
from orders.cancellations.ending import overtake
from orders.deliveries import notices, policies, rules
from orders.deliveries.handover import conclude, receiver_office
from orders.deliveries.models import Delivery, DeliveryLine, InspectionPhoto
from orders.deliveries.states import WITHOUT_RESULT, DeliveryState
from orders.disputes import policies as disputes_policies
from orders.documents import services as documents
from orders.orders import policies as orders_policies
from orders.orders.errors import DisputeOpen, RoleAlreadyHeld
from orders.orders.models import Order, OrderLine
from orders.orders.next_step import is_rest_expected, is_to_send
from orders.orders.services import agreement as order_services
from orders.orders.states import SELLER_SIDE, DeliveryMethod, OrderState
from umkm.catalogue.states import Keeps, Unit

logger = logging.getLogger(__name__)

Finding = tuple[Decimal, Decimal, str]  # arrived, accepted, remark
BATCH = 200
ZERO = Decimal(0)


@service
def ship_order(
    *, actor: User, order: Order, carrier: str, quantities: Mapping[int, Decimal], key: str, now: datetime
) -> Delivery:
    """Goods leave (or stand ready for pick-up) with a numbered surat jalan; the rest may follow in another delivery.

    `quantities` by order line pk; of a line not named goes all that was not sent yet. What was sent is not sent again,
    also when it is rejected. A request to cancel that waits is overtaken. A complaint about what came does not keep the
    rest away. The same key ships once.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Order.
    """
    who = f"user:{actor.pk}"
    carrier = carrier.strip()
    wanted = {pk: f"{quantity:.3f}" for pk, quantity in quantities.items()}
    earlier = idempotency.claim(person=who, key=key, body={"ship": order.pk, "carrier": carrier, "wanted": wanted})
    if earlier is not None:
        return Delivery.objects.get(pk=earlier)
    order = Order.objects.locked().get(pk=order.pk)
    if not orders_policies.is_seller_of(actor, order):
        raise NotAllowed(_("Hanya penjual pesanan ini yang dapat mengirim barangnya."))
    if order.state != OrderState.ACCEPTED or not is_rest_expected(order):
        raise InvalidMove(
            _("Pesanan ini belum disanggupi, sudah dikirim semua, atau tidak ditunggu lagi. Muat ulang halaman.")
        )
    if not is_to_send(order):
        raise DisputeOpen()
    is_named = bool(carrier) or order.method == DeliveryMethod.PICKUP
    require(
        is_named,
        _("Tulis siapa yang membawa barangnya, misalnya kurir sendiri."),
        field="carrier",
        code="carrier_missing",
    )
    sent = _quantities(order, quantities)
    due = max(now, order.deliver_at) + silence_of(list(sent), now)
    delivery = Delivery.objects.create(
        order=order,
        number=next_number("SJ", clock.local_date(now).year),
        carrier=carrier[:120],
        shipped_at=now,
        inspect_due_at=due,
    )
    DeliveryLine.objects.bulk_create(
        DeliveryLine(delivery=delivery, order_line=line, sent=quantity) for line, quantity in sent.items()
    )
    for line, quantity in sent.items():
        line.sent_quantity += quantity
    OrderLine.objects.bulk_update(sent, ["sent_quantity"])
    Order.objects.filter(pk=order.pk).update(rest_due_at=None)
    overtake(order, actor=actor, now=now)
    begin(delivery, actor=actor, now=now, note=carrier, acted_as=SELLER_SIDE if order.agency_id else "")
    notices.order_shipped(delivery, now=now)
    documents.ensure_documents(order, now)
    idempotency.settle(person=who, key=key, result=str(delivery.pk))
    return delivery


@service
def mark_arrived(*, actor: User, delivery: Delivery, now: datetime) -> Delivery:
    """The goods are there; the silence clock of the fastest-spoiling line starts.

    Raises: NotAllowed, RoleAlreadyHeld, InvalidMove. Locks: Order, Delivery.
    """
    order = Order.objects.locked().get(pk=delivery.order_id)
    delivery = Delivery.objects.locked().get(pk=delivery.pk)
    _check_receiver(actor, order, now)
    return _arrive(delivery, order, actor=actor, now=now)


@service
def inspect_delivery(
    *,
    actor: User,
    delivery: Delivery,
    findings: Mapping[int, Finding],
    on_time: bool,
    remark: str,
    photos: Sequence[Any],
    key: str,
    now: datetime,
) -> Delivery:
    """What came and what of it is good, line by line, with photos. A person's order is taken over at once, with the
    arrival when nobody reported it; a department reports the arrival before and signs the BAST as the next step.

    `findings` by delivery line pk; every line must be there. The same key inspects once.
    Raises: NotAllowed, RoleAlreadyHeld, InvalidMove, RuleBroken.
    Locks: BudgetLine, Order, Delivery, Commitment, TurnoverMonth, Product.
    """
    who = f"user:{actor.pk}"
    body = {
        "inspect": delivery.pk,
        "findings": {pk: [str(arrived), str(accepted), note] for pk, (arrived, accepted, note) in findings.items()},
        "on_time": on_time,
        "remark": remark,
    }
    if idempotency.claim(person=who, key=key, body=body) is not None:
        return Delivery.objects.get(pk=delivery.pk)
    order_services.lock_budget(delivery.order)
    order = Order.objects.locked().get(pk=delivery.order_id)
    delivery = Delivery.objects.locked().get(pk=delivery.pk)
    _check_receiver(actor, order, now)
    if not policies.can_inspect(actor, order, delivery, clock.local_date(now)):
        raise InvalidMove()
    if order.agency_id is None and disputes_policies.is_disputed(order):
        raise DisputeOpen()
    if delivery.state == DeliveryState.SHIPPED:
        _arrive(delivery, order, actor=actor, now=now)
    assert delivery.arrived_at is not None
    require(
        on_time or not policies.came_on_time(delivery, order),
        _("Barang tercatat tiba %(came)s, sebelum batasnya %(due)s, jadi tidak terlambat.")
        % {"came": long_time(delivery.arrived_at), "due": long_end(order.deliver_at)},
        field="on_time",
        code="not_late",
    )
    _record(delivery, findings)
    for stored in uploads.store_private_images(photos, user=actor, folder=f"inspections/{delivery.number.lower()}"):
        InspectionPhoto.objects.create(
            delivery=delivery,
            file=stored.name,
            content_type=stored.content_type,
            size=stored.size,
            sha256=stored.sha256,
            uploaded_by=actor,
            uploaded_at=now,
        )
    _inspect(delivery, order, actor=actor, on_time=on_time, remark=remark, now=now)
    if order.agency_id is None:
        conclude(delivery, order, actor=actor, office_number="", now=now)
    else:
        notices.delivery_inspected(delivery, now=now)
        documents.ensure_documents(order, now)
    idempotency.settle(person=who, key=key, result=str(delivery.pk))
    return delivery


@service
def sign_bast(*, actor: User, delivery: Delivery, office_number: str, now: datetime) -> Delivery:
    """The goods change hands: BAST number, accepted amounts on the order, stock delivered, invoice issued.

    When everything was rejected there is no BAST: the order closes and the budget is free again.
    Raises: NotAllowed, RoleAlreadyHeld, InvalidMove, RuleBroken.
    Locks: BudgetLine, Order, Delivery, Commitment, TurnoverMonth, Product.
    Source: Perpres 16/2018 jo. 12/2021, article 57 (handover of the result of work).
    """
    order_services.lock_budget(delivery.order)
    order = Order.objects.locked().get(pk=delivery.order_id)
    delivery = Delivery.objects.locked().get(pk=delivery.pk)
    _check_receiver(actor, order, now)
    if delivery.state != DeliveryState.INSPECTED:
        raise InvalidMove()
    if disputes_policies.is_disputed(order):
        raise DisputeOpen()
    return conclude(delivery, order, actor=actor, office_number=office_number.strip(), now=now)


@service
def confirm_received(*, actor: User, delivery: Delivery, now: datetime) -> Delivery:
    """A person has a delivery as it was sent, in one step. Raises: NotAllowed, InvalidMove, RuleBroken.

    Locks: Order, Delivery, Commitment, Product.
    """
    order = Order.objects.locked().get(pk=delivery.order_id)
    delivery = Delivery.objects.locked().get(pk=delivery.pk)
    if not orders_policies.is_buyer_of(actor, order):
        raise NotAllowed(_("Hanya pembeli pesanan ini yang dapat menyatakan barang diterima."))
    if delivery.state not in (DeliveryState.SHIPPED, DeliveryState.ARRIVED):
        raise InvalidMove()
    if disputes_policies.is_disputed(order):
        raise DisputeOpen()
    return _accept_all(delivery, order, actor=actor, now=now)


def accept_by_silence(*, now: datetime) -> int:
    """Deliveries nobody looked after move on, each in its own transaction; the number that moved.

    Sent and not reported after the silence period → arrived. Arrived and not inspected → accepted in full. Inspected
    and no BAST signed → the system issues it. An undecided dispute stops all three. Safe in parallel.
    Locks: as sign_bast.
    """
    due = (
        Delivery.objects.filter(clock.over("inspect_due_at", now), state__in=WITHOUT_RESULT)
        .exclude(order__disputes__state__in=disputes_policies.UNDECIDED)
        .order_by("inspect_due_at")
    )
    moved = 0
    for delivery in due[:BATCH]:
        try:
            moved += _step_by_silence(delivery, now)
        except Exception:  # reported, and the next delivery still gets its turn
            logger.exception("Delivery %s could not move on by silence", delivery.number)
    return moved


def silence_of(lines: Sequence[OrderLine], now: datetime) -> timedelta:
    """After how long silence about these goods counts as yes: the shortest period among the lines."""
    order = [Keeps.COOKED, Keeps.FRESH, Keeps.DRY, Keeps.OTHER]
    keeps = min((Keeps(line.keeps) for line in lines), key=order.index)
    return timedelta(hours=rules.SILENCE[keeps].on(clock.local_date(now)))


@service
def _step_by_silence(delivery: Delivery, now: datetime) -> int:
    order_services.lock_budget(delivery.order)
    order = Order.objects.locked().get(pk=delivery.order_id)
    delivery = Delivery.objects.locked().get(pk=delivery.pk)
    if not clock.is_over(delivery.inspect_due_at, now):
        return 0
    if disputes_policies.is_disputed(order):
        return 0
    if delivery.state == DeliveryState.SHIPPED:
        _arrive(delivery, order, actor=None, now=now)
    elif delivery.state == DeliveryState.ARRIVED:
        _accept_all(delivery, order, actor=None, now=now)
    elif delivery.state == DeliveryState.INSPECTED:
        conclude(delivery, order, actor=None, office_number="", now=now)
    else:
        return 0
    return 1


def _check_receiver(actor: User, order: Order, now: datetime) -> None:
    day = clock.local_date(now)
    if not policies.can_receive(actor, order, day):
        earlier = orders_policies.earlier_side(actor, order)
        if earlier is not None and policies.has_receiver_role(actor, order, day):
            raise RoleAlreadyHeld(earlier, _("penerima barang"))
        raise NotAllowed(_("Barang diterima oleh pembelinya; untuk dinas oleh penerima barang yang ditunjuk."))


def _quantities(order: Order, wanted: Mapping[int, Decimal]) -> dict[OrderLine, Decimal]:
    """What goes of each line, without those of which nothing goes."""
    lines = list(order.lines.all())
    unknown = set(wanted) - {line.pk for line in lines}
    require(not unknown, _("Ada barang yang bukan bagian pesanan ini. Muat ulang halaman."), code="unknown_line")
    sent = {line: wanted.get(line.pk, line.unsent_quantity) for line in lines}
    for line, quantity in sent.items():
        require(
            ZERO <= quantity <= line.unsent_quantity,
            _("%(name)s: yang dikirim paling banyak %(most)s.")
            % {"name": line.name, "most": Unit(line.unit).counted(line.unsent_quantity)},
            field=f"sent_{line.pk}",
            code="too_many",
        )
    going = {line: quantity for line, quantity in sent.items() if quantity > 0}
    require(going, _("Paling sedikit satu barang harus dikirim."), code="nothing_sent")
    return going


def _arrive(delivery: Delivery, order: Order, *, actor: User | None, now: datetime) -> Delivery:
    due = now + silence_of([line.order_line for line in delivery.lines.select_related("order_line")], now)
    move(
        delivery,
        "arrive",
        actor=actor,
        now=now,
        acted_as=receiver_office(order, actor, now),
        arrived_at=now,
        inspect_due_at=due,
    )
    notices.delivery_arrived(delivery, now=now)
    return delivery


def _record(delivery: Delivery, findings: Mapping[int, Finding]) -> None:
    lines = list(delivery.lines.select_related("order_line"))
    require(
        set(findings) == {line.pk for line in lines},
        _("Isi hasil pemeriksaan untuk setiap barang."),
        code="line_missing",
    )
    for line in lines:
        arrived, accepted, remark = findings[line.pk]
        name = line.order_line.name
        require(
            ZERO <= arrived <= line.sent,
            _("%(name)s: yang tiba paling banyak %(most)s.") % {"name": name, "most": grouped(line.sent)},
            field=f"arrived_{line.pk}",
            code="too_many",
        )
        require(
            ZERO <= accepted <= arrived,
            _("%(name)s: yang diterima baik paling banyak sejumlah yang tiba.") % {"name": name},
            field=f"accepted_{line.pk}",
            code="too_many",
        )
        require(
            remark.strip() or (arrived == line.sent and accepted == arrived),
            _("%(name)s: jumlahnya berbeda, tulis sebabnya.") % {"name": name},
            field=f"remark_{line.pk}",
            code="remark_missing",
        )
        line.arrived, line.accepted, line.remark = arrived, accepted, remark.strip()[:200]
    DeliveryLine.objects.bulk_update(lines, ["arrived", "accepted", "remark"])


def _inspect(
    delivery: Delivery, order: Order, *, actor: User | None, on_time: bool, remark: str, now: datetime
) -> None:
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
        is_on_time=on_time,
        remark=remark.strip()[:300],
        inspect_due_at=clock.due_after_working_days(now, days),
    )
    notices.inspection_done(delivery, now=now)


def _accept_all(delivery: Delivery, order: Order, *, actor: User | None, now: datetime) -> Delivery:
    if delivery.state == DeliveryState.SHIPPED:
        _arrive(delivery, order, actor=actor, now=now)
    _record(delivery, {line.pk: (line.sent, line.sent, "") for line in delivery.lines.all()})
    on_time = policies.came_on_time(delivery, order)
    _inspect(delivery, order, actor=actor, on_time=on_time, remark="", now=now)
    return conclude(delivery, order, actor=actor, office_number="", now=now)
