"""Goods that did not come, or that nobody fetched. Used by the services of deliveries."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.i18n.times import long_end
from epeken.core.states import move
from epeken.users.models import User
from orders.billing import deductions
from orders.deliveries import notices, policies
from orders.deliveries.handover import receiver_office, take_back
from orders.deliveries.models import Delivery, DeliveryLine
from orders.deliveries.receiving import check_receiver
from orders.disputes import policies as disputes_policies
from orders.documents import services as documents
from orders.orders import policies as orders_policies
from orders.orders.errors import DisputeOpen
from orders.orders.models import Order, OrderLine
from orders.orders.services import completion, room
from orders.orders.states import SELLER_SIDE, OrderState
from orders.remedies import results
from orders.remedies.states import RemedyState
from orders.schedules import changes as schedules
from orders.schedules import freeing


def check_missing(actor: User, order: Order, delivery: Delivery, now: datetime) -> None:
    """Raises: NotAllowed, RoleAlreadyHeld, DisputeOpen, InvalidMove, RuleBroken."""
    if policies.is_unfetched(order, delivery):
        if not orders_policies.is_seller_of(actor, order):
            raise NotAllowed(_("Barang yang diambil sendiri: penjual yang mencatat bahwa tidak ada yang mengambil."))
    else:
        check_receiver(actor, order, now)
    if disputes_policies.is_disputed(order):
        raise DisputeOpen(order)
    if not policies.is_unseen(delivery):
        raise InvalidMove()
    require(
        not delivery.remedies.filter(state__in=(RemedyState.SENT, RemedyState.CAME)).exists(),
        _(
            "Penggantinya sudah dikirim menurut keputusan keluhan. Periksa kiriman ini: tulis 0 bila tidak ada yang "
            "baik."
        ),
        code="replaced_already",
    )
    if not policies.can_report_missing(actor, order, delivery, now):
        raise RuleBroken(
            _("Barang ini ditunggu sampai %(end)s. Sesudah itu baru dapat dicatat tidak datang.")
            % {"end": long_end(policies.missing_from(order, delivery))},
            code="missing_early",
        )


def side_of_missing(order: Order, delivery: Delivery, actor: User | None, now: datetime) -> str:
    """The office on record: of a department's goods that nobody fetched the seller says so."""
    if order.agency_id is not None and policies.is_unfetched(order, delivery):
        return SELLER_SIDE
    return receiver_office(order, actor, now)


def miss(delivery: Delivery, order: Order, *, actor: User | None, note: str, now: datetime) -> Delivery:
    """Called with the order, its budget and the delivery locked. Goods that nobody waits for any more are back on the
    shelf, and those that were to come again, which are taken anew; others count as not sent."""
    lines = list(delivery.lines.select_related("order_line__product").order_by("order_line__product_id"))
    for line in lines:
        line.arrived = line.accepted = Decimal(0)
        line.amount = 0
        line.remark = note[:200]
        if delivery.remedy_id is None:
            line.order_line.sent_quantity -= line.sent
    DeliveryLine.objects.bulk_update(lines, ["arrived", "accepted", "amount", "remark"])
    is_given_up = schedules.give_back(delivery, lines, now)
    OrderLine.objects.bulk_update([line.order_line for line in lines], ["sent_quantity", "missed_quantity"])
    schedules.settle(order)
    move(
        delivery, "miss", actor=actor, now=now, note=note, due_at=None, remark=note[:300],
        acted_as=side_of_missing(order, delivery, actor, now),
    )  # fmt: skip
    deductions.settle_refused(delivery, actor=actor, now=now)
    if delivery.remedy_id is not None:
        results.miss(delivery, actor=actor, now=now)
    if is_given_up:
        freeing.free_missed(order, actor, now)
    completion.complete_order(order=order, actor=actor, now=now)
    is_given_up = is_given_up or order.rest_closed_at is not None or delivery.remedy_id is not None
    if is_given_up and order.state != OrderState.CLOSED:  # closing gives everything back itself
        room.give_back(order, now)
        take_back(lines, order, delivery, actor=actor, now=now)
    notices.delivery_missed(delivery, actor=actor, now=now)
    documents.ensure_documents(order, now)
    return delivery
