"""Goods on their way: sent, arrived or missed, inspected, taken over (BAST). Arrival is always somebody's word; from
then on silence has a result too."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove, NotAllowed, refuse_first, require
from epeken.core.files import uploads
from epeken.core.i18n.times import long_time
from epeken.core.services import service
from epeken.core.states import move
from epeken.users.models import User
from orders.billing import deductions
from orders.deliveries import counts, missing, notices, policies, receiving, result_notices, rules, sending
from orders.deliveries.arriving import arrive
from orders.deliveries.handover import check_unused, conclude, take_back
from orders.deliveries.leaving import take_off
from orders.deliveries.models import Delivery, InspectionPhoto
from orders.deliveries.receiving import Finding
from orders.deliveries.states import WITHOUT_RESULT, DeliveryState
from orders.disputes import policies as disputes_policies
from orders.documents import services as documents
from orders.orders import policies as orders_policies
from orders.orders.errors import DisputeOpen
from orders.orders.models import Order
from orders.orders.next_step import is_rest_expected, is_to_fulfil, is_to_send
from orders.orders.services import agreement as order_services
from orders.orders.states import SELLER_SIDE, OrderState
from orders.photo_places.claims import PlaceClaim
from orders.photo_places.services import keep_place
from orders.remedies import notices as remedies_notices
from orders.remedies import results
from orders.remedies.models import Remedy
from orders.schedules import changes as schedules
from orders.year_end import ending as year_end
from procurement.agencies.models import Agency
from procurement.numbering.numbers import check_typed
from procurement.numbering.states import NumberedPaper
from umkm.catalogue.states import StockMode
from umkm.stock import services as stock

logger = logging.getLogger(__name__)

BATCH = 200


@service
def ship_order(
    *,
    actor: User,
    order: Order,
    carrier: str,
    quantities: Mapping[int, Decimal],
    key: str,
    now: datetime,
    day: int | None = None,
) -> Delivery:
    """Goods leave (or stand ready for pick-up) with a numbered surat jalan; the rest may follow in another delivery.

    `quantities` by order line pk; of a line not named goes all that was not sent yet. What was sent is not sent again,
    also when it is rejected. A request to cancel that waits is overtaken, a proposed change once everything was sent,
    or something for the date it is about. A complaint about what came does not keep the rest away. The same key ships
    once.
    `day`: for which date of the order's schedule, by its number; no more leaves for it than was to come on it.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Order.
    """
    who = f"user:{actor.pk}"
    carrier = carrier.strip()
    wanted = {pk: f"{quantity:.3f}" for pk, quantity in quantities.items()}
    body = {"ship": order.pk, "carrier": carrier, "wanted": wanted, "day": day}
    earlier = idempotency.claim(person=who, key=key, body=body)
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
        raise DisputeOpen(order)
    year_end.check_sending(order, now)
    sending.check_carrier(order, carrier)
    due_day = schedules.day_to_send(order, day)
    sent = sending.quantities(order, quantities, due_day)
    sending.check_leaves(order, sent, order.deliver_at if due_day is None else due_day.deliver_at, now)
    take_off(order, sent, due_day, actor=actor, now=now)
    delivery = Delivery(order=order, carrier=carrier[:120], rest_until=order.rest_due_at)
    if due_day is not None:
        delivery.due_day, delivery.promised_at = due_day, due_day.deliver_at
    delivery = sending.send(delivery, sent, actor=actor, now=now)
    idempotency.settle(person=who, key=key, result=str(delivery.pk))
    return delivery


@service
def ship_again(*, actor: User, remedy: Remedy, carrier: str, now: datetime) -> Delivery:
    """What a decision says is to come again, as far as it did not, leaves with a surat jalan of its own, and off the
    shelf; goods made per day are made again, beside what was promised of the day. It arrives, is inspected and is
    handed over as every delivery. One is under way at a time, so a second click finds nothing to send.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Order, Product.
    """
    order = Order.objects.locked().get(pk=remedy.order_id)
    remedy = Remedy.objects.select_related("order_line__product").get(pk=remedy.pk)
    carrier = carrier.strip()
    if not orders_policies.is_seller_of(actor, order):
        raise NotAllowed(_("Hanya penjual pesanan ini yang dapat mengirim barangnya."))
    if disputes_policies.is_disputed(order):
        raise DisputeOpen(order)
    if remedy.order_line is None or not is_to_fulfil(remedy):
        raise InvalidMove()
    if clock.is_over(remedy.due_at, now):
        raise InvalidMove(_("Batas mengirim pengganti sudah lewat. Muat ulang halaman untuk melihat hasilnya."))
    sending.check_carrier(order, carrier)
    product = remedy.order_line.product
    if product.stock_mode == StockMode.STOCK:
        stock.take_stock(
            product=product, quantity=remedy.left, reference=order.number, days=[], actor=actor, now=now
        )  # fmt: skip
    again = Delivery(order=order, carrier=carrier[:120], remedy=remedy, promised_at=remedy.due_at)
    delivery = sending.send(again, {remedy.order_line: remedy.left}, actor=actor, now=now)
    office = SELLER_SIDE if order.agency_id else ""
    move(remedy, "send", actor=actor, now=now, note=delivery.number, acted_as=office, waits_since=now)
    remedies_notices.sent_again(remedy, now=now)
    return delivery


@service
def withdraw_shipment(*, actor: User, delivery: Delivery, note: str, now: datetime) -> Delivery:
    """The seller recorded by mistake that goods left: they are still to be sent, as before, and until the same end. The
    surat jalan is marked BATAL. What the sending overtook, a request to cancel or a proposed change, stays ended. A
    second click finds it done.

    Raises: NotAllowed, DisputeOpen, InvalidMove, RuleBroken. Locks: Order, Delivery, Product.
    """
    order = Order.objects.locked().get(pk=delivery.order_id)
    delivery = Delivery.objects.locked().get(pk=delivery.pk)
    note = note.strip()
    sending.check_withdrawal(actor, order)
    if delivery.state == DeliveryState.WITHDRAWN:
        return delivery
    if disputes_policies.is_disputed(order):
        raise DisputeOpen(order)
    if not policies.is_withdrawable(order, delivery):
        raise InvalidMove(
            _("Kiriman ini sudah dicatat tiba, PIN-nya sudah dicoba, atau barangnya tidak ditunggu lagi.")
        )
    require(note, _("Tulis apa yang keliru. Pembeli membacanya."), field="note", code="note_missing")
    office = SELLER_SIDE if order.agency_id else ""
    lines = list(delivery.lines.select_related("order_line__product").order_by("order_line__product_id"))
    move(delivery, "withdraw", actor=actor, now=now, acted_as=office, note=note, due_at=None, remark=note[:300])
    if delivery.remedy_id is not None:
        results.unsend(delivery, actor=actor, acted_as=office, now=now)
        take_back(lines, order, delivery, actor=actor, now=now)
    else:
        sending.unsend(delivery, order, lines, actor=actor, now=now)
    documents.void_shipment(delivery, now)
    notices.shipment_withdrawn(delivery, now=now)
    documents.ensure_documents(order, now)
    return delivery


@service
def mark_arrived(*, actor: User, delivery: Delivery, now: datetime) -> Delivery:
    """The goods are there; the silence clock of the fastest-spoiling line starts.

    Raises: NotAllowed, RoleAlreadyHeld, InvalidMove. Locks: Order, Delivery.
    """
    order = Order.objects.locked().get(pk=delivery.order_id)
    delivery = Delivery.objects.locked().get(pk=delivery.pk)
    receiving.check_receiver(actor, order, now)
    return arrive(delivery, order, actor=actor, now=now)


@service
def tell_handed_over(*, actor: User, delivery: Delivery, now: datetime) -> Delivery:
    """The seller says that a person has the goods. The person confirms or denies it; their silence counts as yes.

    Raises: NotAllowed, DisputeOpen, InvalidMove. Locks: Order, Delivery.
    """
    order = Order.objects.locked().get(pk=delivery.order_id)
    delivery = Delivery.objects.locked().get(pk=delivery.pk)
    if order.agency_id is not None or not orders_policies.is_seller_of(actor, order):
        raise NotAllowed(
            _("Serah terima dicatat oleh penjual pesanan ini; barang untuk dinas dicatat oleh penerimanya sendiri.")
        )
    if disputes_policies.is_disputed(order):
        raise DisputeOpen(order)
    return arrive(delivery, order, actor=actor, now=now)


@service
def report_missing(*, actor: User, delivery: Delivery, note: str, now: datetime) -> Delivery:
    """What was said to be on its way did not come, or was not fetched: its goods are to be sent again, or given up.

    Nothing is inspected, handed over or invoiced of it. The seller who disagrees complains.
    Raises: NotAllowed, RoleAlreadyHeld, DisputeOpen, InvalidMove, RuleBroken.
    Locks: BudgetLine, Order, Delivery, Commitment, TurnoverMonth, Product.
    """
    order_services.lock_budget(delivery.order)
    order = Order.objects.locked().get(pk=delivery.order_id)
    delivery = Delivery.objects.locked().get(pk=delivery.pk)
    note = note.strip()
    missing.check_missing(actor, order, delivery, now)
    require(note, _("Tulis apa yang terjadi, supaya pihak lain dan kantor tahu."), field="note", code="note_missing")
    return missing.miss(delivery, order, actor=actor, note=note, now=now)


@service
def inspect_delivery(
    *,
    actor: User,
    delivery: Delivery,
    findings: Mapping[int, Finding],
    came_at: datetime | None,
    remark: str,
    photos: Sequence[Any],
    key: str,
    now: datetime,
    place: PlaceClaim | None = None,
) -> Delivery:
    """What came and what of it is good, line by line, with photos. A person's order is taken over at once, with the
    arrival when nobody reported it; a department reports the arrival before and signs the BAST as the next step.

    `findings` by delivery line pk; every line must be there. `came_at`: when the goods came, where that was before it
    was recorded; whether they were on time follows from it. `place`: where the phone says that the photos were added.
    The same key inspects once.
    Raises: NotAllowed, RoleAlreadyHeld, InvalidMove, RuleBroken.
    Locks: BudgetLine, Order, Delivery, Commitment, TurnoverMonth, Product.
    """
    who = f"user:{actor.pk}"
    body = {
        "inspect": delivery.pk,
        "findings": {pk: [str(arrived), str(accepted), note] for pk, (arrived, accepted, note) in findings.items()},
        "came_at": str(came_at),
        "remark": remark,
    }
    if idempotency.claim(person=who, key=key, body=body) is not None:
        return Delivery.objects.get(pk=delivery.pk)
    order_services.lock_budget(delivery.order)
    order = Order.objects.locked().get(pk=delivery.order_id)
    delivery = Delivery.objects.locked().get(pk=delivery.pk)
    receiving.check_receiver(actor, order, now)
    if not policies.can_inspect(actor, order, delivery, clock.local_date(now)):
        raise receiving.not_to_inspect(delivery)
    if order.agency_id is None and disputes_policies.is_disputed(order):
        raise DisputeOpen(order)
    receiving.check_first_counted(delivery)
    require(
        not policies.is_unseen(delivery) or any(arrived > 0 for arrived, _accepted, _note in findings.values()),
        _("Bila tidak ada yang Anda terima, catat di halaman pesanan bahwa barangnya tidak datang atau belum diambil."),
        code="nothing_came",
    )
    if delivery.state == DeliveryState.SHIPPED:
        arrive(delivery, order, actor=actor, now=now, is_inspected=True)
    assert delivery.arrived_at is not None
    if came_at is not None:
        require(
            delivery.shipped_at <= came_at <= delivery.arrived_at,
            _("Isi waktu sesudah barang dikirim %(sent)s, paling lambat saat tibanya dicatat %(recorded)s.")
            % {"sent": long_time(delivery.shipped_at), "recorded": long_time(delivery.arrived_at)},
            field="came_at",
            code="came_outside",
        )
        delivery.arrived_at = came_at
    receiving.record(delivery, findings)
    deductions.settle_refused(delivery, actor=actor, now=now)
    refuse_first(counts.photo_problems(len(photos), policies.photos_wanted(delivery, order, clock.local_date(now))))
    kept = [
        InspectionPhoto.objects.create(
            delivery=delivery,
            file=stored.name,
            content_type=stored.content_type,
            size=stored.size,
            sha256=stored.sha256,
            uploaded_by=actor,
            uploaded_at=now,
        )
        for stored in uploads.store_private_images(photos, user=actor, folder=f"inspections/{delivery.number.lower()}")
    ]
    keep_place(kept, place, order=order, actor=actor)
    receiving.inspect(delivery, order, actor=actor, remark=remark, now=now)
    if order.agency_id is None:
        conclude(delivery, order, actor=actor, office_number="", now=now)
    else:
        result_notices.delivery_inspected(delivery, now=now)
        documents.ensure_documents(order, now)
    result_notices.fetch_asked(delivery, now=now)
    idempotency.settle(person=who, key=key, result=str(delivery.pk))
    return delivery


@service
def sign_bast(*, actor: User, delivery: Delivery, office_number: str, now: datetime) -> Delivery:
    """The goods change hands: BAST number, accepted amounts on the order, stock delivered, invoice issued.

    When everything was rejected there is no BAST: the order closes and the budget is free again.
    Raises: NotAllowed, RoleAlreadyHeld, InvalidMove, RuleBroken.
    Locks: Agency, BudgetLine, Order, Delivery, Commitment, TurnoverMonth, Product.
    Source: Perpres 16/2018 jo. 12/2021, article 57 (handover of the result of work).
    """
    office_number = office_number.strip()
    if delivery.order.agency_id is not None and office_number:
        # Nobody else of the department gives the number to another BAST now.
        Agency.objects.locked().get(pk=delivery.order.agency_id)
    order_services.lock_budget(delivery.order)
    order = Order.objects.locked().get(pk=delivery.order_id)
    delivery = Delivery.objects.locked().get(pk=delivery.pk)
    receiving.check_receiver(actor, order, now)
    if delivery.state != DeliveryState.INSPECTED:
        raise InvalidMove()
    if disputes_policies.is_disputed(order):
        raise DisputeOpen(order)
    if order.agency is not None and office_number:
        check_unused(order, office_number)
        check_typed(order.agency, NumberedPaper.BAST, office_number, clock.local_date(now))
    return conclude(delivery, order, actor=actor, office_number=office_number, now=now)


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
        raise DisputeOpen(order)
    receiving.check_first_counted(delivery)
    return receiving.accept_all(delivery, order, actor=actor, now=now)


def accept_by_silence(*, now: datetime) -> int:
    """Deliveries nobody looked after move on, each in its own transaction; the number that moved.

    Sent and no arrival recorded → others are told, and nothing else follows: silence is no arrival. Only what neither
    side of a person's order says to have come counts as missed. Arrived and not inspected → accepted in full.
    Inspected and no BAST signed → the system issues it. An undecided dispute stops all of it. Safe in parallel.
    Locks: BudgetLine, Order, Delivery, Commitment, TurnoverMonth, Product.
    """
    due = (
        Delivery.objects.filter(clock.over("due_at", now), state__in=WITHOUT_RESULT)
        .undisputed()
        .exclude(state=DeliveryState.SHIPPED, escalations__gte=len(policies.ASKED_IN_TURN))  # nobody is left to be told
        .order_by("due_at")
    )
    moved = 0
    for delivery in due[:BATCH]:
        try:
            moved += _step_by_silence(delivery, now)
        except Exception:  # reported, and the next delivery still gets its turn
            logger.exception("Delivery %s could not move on by silence", delivery.number)
    return moved


@service
def _step_by_silence(delivery: Delivery, now: datetime) -> int:
    order_services.lock_budget(delivery.order)
    order = Order.objects.locked().get(pk=delivery.order_id)
    delivery = Delivery.objects.locked().get(pk=delivery.pk)
    if not clock.is_over(delivery.due_at, now):
        return 0
    if disputes_policies.is_disputed(order) or policies.waits_for_count(delivery):
        return 0
    if delivery.state == DeliveryState.SHIPPED and delivery.escalations < len(policies.ASKED_IN_TURN):
        _pass_on(delivery, order, now)
    elif delivery.state == DeliveryState.ARRIVED:
        receiving.assume_all(delivery, order, now)
    elif delivery.state == DeliveryState.INSPECTED:
        conclude(delivery, order, actor=None, office_number="", now=now)
    else:
        return 0
    return 1


def _pass_on(delivery: Delivery, order: Order, now: datetime) -> None:
    """Nobody recorded the arrival in time: the next are told, who see to it. The last time there is no next."""
    told = delivery.escalations + 1
    if order.agency_id is None and told > 1:
        missing.miss(delivery, order, actor=None, note="", now=now)
        return
    due = clock.due_after_working_days(now, rules.ESCALATION.on(clock.local_date(now)))
    move(delivery, "escalate", actor=None, now=now, escalations=told, due_at=due)
    notices.not_recorded(delivery, now=now)
