"""Goods on their way: sent, arrived, inspected, taken over (BAST), by a person or by silence."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.files import uploads
from epeken.core.money import share
from epeken.core.numbers import next_number
from epeken.core.quantity import plain
from epeken.core.states import begin, move
from epeken.users.models import User
from orders.billing import rules as billing_rules
from orders.billing.services import invoices
from orders.deliveries import notices, policies, rules
from orders.deliveries.models import Delivery, DeliveryLine, InspectionPhoto
from orders.deliveries.states import DeliveryState
from orders.disputes import policies as disputes_policies
from orders.documents import services as documents
from orders.orders import policies as orders_policies
from orders.orders.errors import RoleAlreadyHeld
from orders.orders.models import Order, OrderLine
from orders.orders.services import agreement as order_services
from orders.orders.services import completion
from orders.orders.states import SELLER_SIDE, DeliveryMethod, OrderState
from procurement.agencies.states import OfficerRole
from umkm.catalogue.states import Keeps
from umkm.stock import services as stock

logger = logging.getLogger(__name__)

Finding = tuple[Decimal, Decimal, str]  # arrived, accepted, remark
MAX_PHOTOS = 8
BATCH = 200
ZERO = Decimal(0)


@transaction.atomic
def ship_order(
    *, actor: User, order: Order, carrier: str, quantities: Mapping[int, Decimal], now: datetime
) -> Delivery:
    """The goods leave (or stand ready for pick-up) with a numbered surat jalan.

    `quantities` by order line pk; a line not named goes in full. Raises: NotAllowed, InvalidMove, RuleBroken.
    Locks: Order.
    """
    order = Order.objects.locked().get(pk=order.pk)
    if not orders_policies.is_seller_of(actor, order):
        raise NotAllowed(_("Hanya penjual pesanan ini yang dapat mengirim barangnya."))
    if order.state != OrderState.ACCEPTED or order.deliveries.exclude(state=DeliveryState.REJECTED).exists():
        raise InvalidMove(_("Pesanan ini belum disanggupi atau sudah dikirim. Muat ulang halaman lalu periksa lagi."))
    carrier = carrier.strip()
    is_named = bool(carrier) or order.method == DeliveryMethod.PICKUP
    require(
        is_named,
        _("Tulis siapa yang membawa barangnya, misalnya kurir sendiri."),
        field="carrier",
        code="carrier_missing",
    )
    lines = list(order.lines.all())
    unknown = set(quantities) - {line.pk for line in lines}
    require(not unknown, _("Ada barang yang bukan bagian pesanan ini. Muat ulang halaman."), code="unknown_line")
    sent = {line.pk: quantities.get(line.pk, line.quantity) for line in lines}
    for line in lines:
        require(
            ZERO <= sent[line.pk] <= line.quantity,
            _("%(name)s: yang dikirim paling banyak %(most)s %(unit)s.")
            % {"name": line.name, "most": plain(line.quantity), "unit": line.get_unit_display()},
            field=f"sent_{line.pk}",
            code="too_many",
        )
    require(any(sent.values()), _("Paling sedikit satu barang harus dikirim."), code="nothing_sent")
    due = max(now, order.deliver_at) + silence_of(lines, now)
    delivery = Delivery.objects.create(
        order=order,
        number=next_number("SJ", clock.local_date(now).year),
        carrier=carrier[:120],
        shipped_at=now,
        inspect_due_at=due,
    )
    DeliveryLine.objects.bulk_create(
        DeliveryLine(delivery=delivery, order_line=line, sent=sent[line.pk]) for line in lines
    )
    begin(delivery, actor=actor, now=now, note=carrier, acted_as=SELLER_SIDE if order.agency_id else "")
    notices.order_shipped(delivery, now=now)
    documents.ensure_documents(order, now)
    return delivery


@transaction.atomic
def mark_arrived(*, actor: User, delivery: Delivery, now: datetime) -> Delivery:
    """The goods are there; the silence clock of the fastest-spoiling line starts.

    Raises: NotAllowed, RoleAlreadyHeld, InvalidMove. Locks: Order, Delivery.
    """
    order = Order.objects.locked().get(pk=delivery.order_id)
    delivery = Delivery.objects.locked().get(pk=delivery.pk)
    _check_receiver(actor, order, now)
    return _arrive(delivery, order, actor=actor, now=now)


@transaction.atomic
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
    """What came and what of it is good, line by line, with photos. A person's order is taken over at once; a
    department signs the BAST as the next step.

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
    if delivery.state != DeliveryState.ARRIVED:
        raise InvalidMove()
    require(
        len(photos) <= MAX_PHOTOS,
        _("Paling banyak %(most)s foto. Pilih yang paling jelas.") % {"most": MAX_PHOTOS},
        field="photos",
        code="too_many_photos",
    )
    _record(delivery, findings)
    for photo in photos:
        stored = uploads.store_private_image(
            photo, user=actor, folder=f"inspections/{delivery.number.lower()}", field="photos"
        )
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
        _conclude(delivery, order, actor=actor, office_number="", now=now)
    else:
        notices.delivery_inspected(delivery, now=now)
        documents.ensure_documents(order, now)
    idempotency.settle(person=who, key=key, result=str(delivery.pk))
    return delivery


@transaction.atomic
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
    _check_no_dispute(order)
    return _conclude(delivery, order, actor=actor, office_number=office_number.strip(), now=now)


@transaction.atomic
def confirm_received(*, actor: User, order: Order, now: datetime) -> Delivery:
    """A buyer has everything as ordered, in one step. Raises: NotAllowed, InvalidMove.

    Locks: Order, Delivery, Commitment, Product.
    """
    order_services.lock_budget(order)
    order = Order.objects.locked().get(pk=order.pk)
    if not orders_policies.is_buyer_of(actor, order):
        raise NotAllowed(_("Hanya pembeli pesanan ini yang dapat menyatakan barang diterima."))
    delivery = Delivery.objects.locked().filter(order=order).exclude(state=DeliveryState.REJECTED).first()
    if delivery is None or delivery.state not in (DeliveryState.SHIPPED, DeliveryState.ARRIVED):
        raise InvalidMove()
    _check_no_dispute(order)
    return _accept_all(delivery, order, actor=actor, now=now)


def accept_by_silence(*, now: datetime) -> int:
    """Deliveries nobody looked after move on, each in its own transaction; the number that moved.

    Sent and not reported after the silence period → arrived. Arrived and not inspected → accepted in full. Inspected
    and no BAST signed → the system issues it. An undecided dispute stops all three. Safe in parallel.
    Locks: as sign_bast.
    """
    due = (
        Delivery.objects.filter(
            state__in=[DeliveryState.SHIPPED, DeliveryState.ARRIVED, DeliveryState.INSPECTED], inspect_due_at__lt=now
        )
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


@transaction.atomic
def _step_by_silence(delivery: Delivery, now: datetime) -> int:
    order_services.lock_budget(delivery.order)
    order = Order.objects.locked().get(pk=delivery.order_id)
    delivery = Delivery.objects.locked().get(pk=delivery.pk)
    if delivery.inspect_due_at is None or delivery.inspect_due_at >= now:
        return 0
    if order.disputes.undecided().exists():
        return 0
    if delivery.state == DeliveryState.SHIPPED:
        _arrive(delivery, order, actor=None, now=now)
    elif delivery.state == DeliveryState.ARRIVED:
        _accept_all(delivery, order, actor=None, now=now)
    elif delivery.state == DeliveryState.INSPECTED:
        _conclude(delivery, order, actor=None, office_number="", now=now)
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


def _receiver_office(order: Order) -> str:
    """Only a department's receiver acts in an office that documents state."""
    return OfficerRole.RECEIVER if order.agency_id is not None else ""


def _check_no_dispute(order: Order) -> None:
    if order.disputes.undecided().exists():
        raise RuleBroken(
            _("Ada sengketa yang belum selesai pada pesanan ini. Selesaikan sengketanya dahulu."), code="dispute_open"
        )


def _arrive(delivery: Delivery, order: Order, *, actor: User | None, now: datetime) -> Delivery:
    due = now + silence_of(list(order.lines.all()), now)
    move(
        delivery,
        "arrive",
        actor=actor,
        now=now,
        acted_as=_receiver_office(order),
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
            _("%(name)s: yang tiba paling banyak %(most)s.") % {"name": name, "most": plain(line.sent)},
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
        acted_as=_receiver_office(order),
        inspected_at=now,
        receiver=actor,
        is_on_time=on_time,
        remark=remark.strip()[:300],
        inspect_due_at=clock.due_after_working_days(now, days),
    )


def _accept_all(delivery: Delivery, order: Order, *, actor: User | None, now: datetime) -> Delivery:
    if delivery.state == DeliveryState.SHIPPED:
        _arrive(delivery, order, actor=actor, now=now)
    _record(delivery, {line.pk: (line.sent, line.sent, "") for line in delivery.lines.all()})
    came = delivery.arrived_at or now
    _inspect(delivery, order, actor=actor, on_time=came <= order.deliver_at, remark="", now=now)
    return _conclude(delivery, order, actor=actor, office_number="", now=now)


def _conclude(delivery: Delivery, order: Order, *, actor: User | None, office_number: str, now: datetime) -> Delivery:
    """BAST and invoice, or the end of the order when nothing was accepted."""
    sent = {line.order_line_id: line for line in delivery.lines.all()}
    lines = list(order.lines.select_related("product").order_by("product_id"))
    for line in lines:
        part = sent.get(line.pk)
        line.accepted_quantity = (part.accepted if part else None) or ZERO
        line.accepted_amount = (
            line.amount if line.accepted_quantity == line.quantity else share(line.price, line.accepted_quantity)
        )
        if part is not None:
            part.amount = line.accepted_amount
    OrderLine.objects.bulk_update(lines, ["accepted_quantity", "accepted_amount"])
    DeliveryLine.objects.bulk_update(sent.values(), ["amount"])
    if not any(line.accepted_amount for line in lines):
        move(delivery, "reject", actor=actor, now=now, acted_as=_receiver_office(order), rejected_at=now)
        completion.complete_order(order=order, actor=actor, now=now)
        return delivery
    number = next_number("BAST", clock.local_date(now).year)
    move(
        delivery,
        "accept",
        actor=actor,
        now=now,
        acted_as=_receiver_office(order),
        accepted_at=now,
        bast_number=number,
        office_number=office_number[:60],
    )
    invoice = invoices.issue_invoice(delivery=delivery, now=now)
    completion.complete_order(order=order, actor=actor, now=now)
    for line in lines:
        stock.deliver_stock(
            product=line.product,
            held=line.quantity,
            delivered=line.accepted_quantity or ZERO,
            reference=order.number,
            actor=actor,
            now=now,
        )
    notices.delivery_accepted(delivery, invoice, now=now)
    documents.ensure_documents(order, now)
    return delivery
