"""An order is born (issued by a department, placed by a person), answered, or falls through."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.numbers import next_number
from epeken.core.queries import written_once
from epeken.core.services import service
from epeken.core.states import move
from epeken.core.sweeps import sweep
from epeken.users.models import User
from orders.addenda import ending as addenda
from orders.billing.models import Commitment
from orders.cancellations.ending import overtake
from orders.deliveries.states import DeliveryState
from orders.documents import services as documents
from orders.orders import notices, parties, policies, rules
from orders.orders.errors import IssueRefused, OrderMovedOn
from orders.orders.models import Order, OrderLine
from orders.orders.services import placing
from orders.orders.states import SELLER_SIDE, Channel, CloseReason, DeliveryMethod, OrderState
from orders.schedules.due import is_scheduled
from procurement.agencies.policies import acting_office
from procurement.budgets import charges as budget_charges
from procurement.budgets import services as budgets
from procurement.budgets.charges import Charges
from procurement.budgets.models import BudgetLine
from procurement.frames import services as frames
from procurement.numbering.numbers import take_number
from procurement.numbering.states import NumberedPaper
from procurement.requests import contents, event_kinds, obstacles, turns
from procurement.requests import policies as requests_policies
from procurement.requests.errors import OwnShop
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.requests.services import decisions, holds, unfilled
from procurement.requests.states import RequestState, UnfilledReason
from procurement.schedules import reading as schedules
from umkm.catalogue import feasibility
from umkm.catalogue import rules as catalogue_rules
from umkm.reservations import services as reservations
from umkm.sellers.policies import members_by_shop

# What a closed order means for the seller's part of the request.
UNFILLED = {
    CloseReason.NO_ANSWER: UnfilledReason.NO_ANSWER,
    CloseReason.SELLER_DECLINED: UnfilledReason.DECLINED,
    CloseReason.BUYER_CANCELLED: UnfilledReason.CANCELLED,
    CloseReason.SELLER_RELEASED: UnfilledReason.RELEASED,
    CloseReason.ALL_REJECTED: UnfilledReason.REJECTED,
    CloseReason.NOT_DELIVERED: UnfilledReason.MISSING,
}
# What a delivery of an order that closes for this reason came to.
CAME_TO_NOTHING = {
    CloseReason.ALL_REJECTED: DeliveryState.REJECTED,
    CloseReason.NOT_DELIVERED: DeliveryState.MISSED,
}


@service
def issue_orders(
    *, actor: User, request: PurchaseRequest, key: str, now: datetime, shown: str | None = None
) -> list[Order]:
    """One surat pesanan per seller with lines the approver kept; the request is ordered.

    Prices, delivery costs and ways of delivery are those of the request. `shown` is the digest on the page that posts
    (`RequestContents.shown`): what it did not show is not issued.

    Budget goes from reserved to committed, what the request held is its orders', or nothing happens at all: one seller
    that cannot take its part stops every surat pesanan of the request. The same key issues once.

    Raises: NotAllowed, InvalidMove, RuleBroken, IssueRefused.
    Locks: BudgetLine, PurchaseRequest, Seller, TurnoverMonth, Product.
    """
    who = f"user:{actor.pk}"
    if idempotency.claim(person=who, key=key, body={"issue": request.pk}) is not None:
        return list(Order.objects.filter(request=request).order_by("pk"))
    request = holds.locked_with_budget(request)
    day = clock.local_date(now)
    if not requests_policies.may_issue(actor, request, day):
        raise NotAllowed(
            _("Surat pesanan diterbitkan oleh PP atau PPK dinas ini, dan bukan oleh orang yang membuat permintaan.")
        )
    if (shop := requests_policies.own_shop(actor, request)) is not None:
        raise OwnShop(shop)
    if request.state != RequestState.APPROVED or request.line is None:
        raise InvalidMove(
            _("Permintaan ini tidak sedang menunggu surat pesanan. Muat ulang halaman lalu periksa lagi.")
        )
    decisions.check_held(request, now)
    if shown is not None:
        contents.check_shown(contents.read(request, now), shown)
    orders = issue_locked(actor, request, now)
    idempotency.settle(person=who, key=key, result=request.number)
    return orders


def issue_locked(actor: User, request: PurchaseRequest, now: datetime, *, note: str = "") -> list[Order]:
    """The surat pesanan of an approved request; called by issue_orders, issue_at_once and reissue_part, which have it
    locked, with its budget lines. `note`: the frame that let them go out at once. Raises: RuleBroken, IssueRefused."""
    day = clock.local_date(now)
    year = max(line.year for line in request.locked_lines.values())
    require(
        year <= day.year,
        _("Mata anggaran ini untuk tahun %(year)s. Surat pesanan terbit paling awal 1 Januari %(year)s.")
        % {"year": year},
        code="budget_early",
    )
    assert request.submitted_at is not None
    parts = _parts_of_request(request, now)
    total = sum(part.total for part in parts)
    bound = [_charges(request, part) for part in parts]
    require(
        total == request.total and budget_charges.added(bound) == budget_charges.held_under(request.number),
        _("Jumlah surat pesanan berbeda dengan anggaran yang ditahan. Kembalikan permintaan ini untuk diperbaiki."),
        code="budget_mismatch",
    )
    office = acting_office(actor, request.agency_id, requests_policies.issuing_offices(request), day)
    days = [clock.last_day(part.deliver_at) for part in parts]
    receivers = {on: parties.receiver_of_day(request, actor.pk, on) for on in set(days)}
    orders = []
    for part, on, wanted in zip(parts, days, bound, strict=True):
        order = placing.insert_order(
            part,
            number=next_number("SP", day.year),
            office_number=take_number(request.agency, NumberedPaper.ORDER, day),
            channel=Channel.AGENCY,
            title=request.title,
            actor=actor,
            now=now,
            acted_as=office,
            event_note=note,
            receiver=receivers[on],
            cap_month=clock.month_of(request.submitted_at),  # in which its room was taken
            request=request,
            agency=request.agency,
            event_kind=event_kinds.of_request(request),
            recipient=request.requester.name,
            recipient_phone=request.requester.phone,
            delivery_place=request.delivery_place or request.event_place,
            delivery_kelurahan=request.delivery_kelurahan,
            delivery_charged_to_id=_delivery_charged_to(request, part),
        )
        budgets.commit_charges(
            lines=request.locked_lines, wanted=wanted, reference=order.number,
            actor=actor, now=now,
        )  # fmt: skip
        orders.append(order)
    reservations.transfer(
        placing.reservations(zip(orders, parts, strict=True)), held_by=request.number, actor=actor, now=now
    )
    decisions.mark_ordered(request=request, actor=actor, now=now)
    notices.orders_offered(orders, people=members_by_shop([order.seller_id for order in orders]), now=now)
    documents.ensure_each(orders, now, just_made=True)
    return orders


@service
def insert_placed(
    *,
    actor: User,
    parts: Sequence[placing.OrderPart],
    values: Mapping[str, Any],
    people: Mapping[int, list[User]],
    now: datetime,
) -> list[Order]:
    """Orders of one person out of a checked cart; stock and cap room are taken. Called by carts.place_orders.

    `people`: those who may act for each of the shops, by its pk; they are told.
    Raises: RuleBroken `out_of_stock`, `cap_full`. Locks: TurnoverMonth, Product.
    """
    year = clock.local_date(now).year
    orders = [
        placing.insert_order(
            part,
            number=next_number("PS", year),
            channel=Channel.ASN if actor.is_asn else Channel.CITIZEN,
            actor=actor,
            now=now,
            buyer=actor,
            recipient=values["recipient"],
            recipient_phone=values["recipient_phone"],
            delivery_place=values["delivery_place"] if part.method == DeliveryMethod.SELLER else "",
            delivery_kelurahan=values["delivery_kelurahan"] if part.method == DeliveryMethod.SELLER else None,
            note=part.note,
        )
        for part in parts
    ]
    reservations.reserve(placing.reservations(zip(orders, parts, strict=True)), actor=actor, now=now)
    notices.orders_offered(orders, people=people, now=now)
    return orders


@service
def accept_order(*, actor: User, order: Order, now: datetime) -> Order:
    """The seller takes it on; the answer deadline stops. Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Order."""
    order = Order.objects.locked().get(pk=order.pk)
    if actor is None or not policies.can_answer(actor, order):
        raise NotAllowed(_("Hanya penjual pesanan ini yang dapat menyanggupinya."))
    if order.state == OrderState.PLACED and clock.is_over(order.answer_due_at, now):
        raise RuleBroken(
            _("Batas jawaban pesanan ini sudah lewat, jadi pesanan batal sendiri. Pemesan dapat memesan lagi."),
            code="answer_late",
        )
    if order.state != OrderState.PLACED:
        raise OrderMovedOn(order)
    move(order, "accept", actor=actor, now=now, acted_as=SELLER_SIDE if order.agency_id else "", accepted_at=now)
    notices.order_accepted(order, now=now)
    documents.ensure_documents(order, now)
    return order


@service
def close_order(*, actor: User | None, order: Order, reason: str, note: str, now: datetime) -> Order:
    """The order falls through: the seller declines it or stays silent, or all that came was rejected. Both sides are
    told. What one side cancels goes through `cancellations.services`.

    `actor` is None when silence closes it. A closed order cannot be closed again.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: BudgetLine, Order, Commitment, TurnoverMonth, Product.
    """
    lines = lock_budget(order)
    order = Order.objects.locked().get(pk=order.pk)
    note = note.strip()
    check_close(actor, order, CloseReason(reason), now)
    if reason == CloseReason.SELLER_DECLINED:
        require(note, _("Tulis alasannya supaya pihak lain tahu apa yang terjadi."), field="note", code="note_missing")
    declined = reason == CloseReason.SELLER_DECLINED and order.agency_id is not None
    side = SELLER_SIDE if declined else ""
    close_locked(order, lines, actor, now, reason=reason, note=note, acted_as=side)
    notices.order_closed(order, actor=actor, now=now)
    return order


def close_locked(
    order: Order, lines: budgets.Lines, actor: User | None, now: datetime, *, reason: str, note: str, acted_as: str,
    is_needed: bool = True,
) -> None:  # fmt: skip
    """Budget, stock and cap room are free again, the commitment is void; a department may source the seller's part
    again, unless it cancelled because it needs the goods no more (`is_needed`). Called by the services that checked
    it, with the order and its budget locked."""
    overtake(order, actor=actor, now=now)
    addenda.overtake(order, actor=actor, now=now)
    move(
        order,
        "close",
        actor=actor,
        now=now,
        note=note,
        acted_as=acted_as,
        closed_at=now,
        close_reason=reason,
        close_note=note[:300],
    )
    commitment = Commitment.objects.locked().get(order=order)
    move(commitment, "void", actor=actor, now=now, voided_at=now)
    if order.request is not None:
        budgets.keep_committed(lines=lines, wanted={}, reference=order.number, actor=actor, now=now, note=note)
        frames.give_back(request=order.request, lines=lines, amount=commitment.amount, actor=actor, now=now)
        why = UNFILLED[CloseReason(reason)]
        unfilled.mark_unfilled(
            request=order.request, seller=order.seller, order_number=order.number, reason=why, now=now,
            note=note, is_needed=is_needed,
        )  # fmt: skip
    goods = [item.product for item in order.lines.select_related("product")]
    reservations.release(reference=order.number, products=goods, actor=actor, now=now)
    documents.void_documents(order, now)


def close_overdue(*, now: datetime) -> int:
    """Orders whose seller stayed silent are closed, each in its own transaction; the number closed now.

    Safe in parallel: the second to reach an order finds it closed and goes on. One broken order stops no other.
    Locks: as close_order.
    """
    late = Order.objects.placed().filter(clock.over("answer_due_at", now)).order_by("answer_due_at")
    return sweep(
        late,
        lambda order: close_order(actor=None, order=order, reason=CloseReason.NO_ANSWER, note="", now=now),
        failure="Order %s could not be closed",
    )


def lock_budget(*orders: Order, also: Iterable[int] = ()) -> dict[int, BudgetLine]:
    """By pk the budget lines the orders of departments are charged to, and those a debt of them was carried to, locked;
    none for a person's order. `also`: pks of others. Raises: InvalidMove when a debt was carried meanwhile."""
    pks = tuple(order.pk for order in orders if order.request_id is not None)
    if not pks:
        return {}
    wanted = _charged(pks)
    lines = {line.pk: line for line in BudgetLine.objects.locked().filter(pk__in={*wanted, *also})}
    if not _charged(pks) <= lines.keys():
        raise InvalidMove()
    return lines


def _charged(orders: tuple[int, ...]) -> set[int]:
    """One query."""
    return {pk for row in _charged_lines(orders) for pk in row if pk is not None}


@written_once
def _charged_lines(orders: Any) -> Any:
    names = (
        "request__line_id", "delivery_charged_to_id", "lines__charged_to_id",
        "invoices__delivery__carried_debts__charges__to_line_id",
    )  # fmt: skip
    return Order.objects.filter(pk__in=orders).order_by().values_list(*names)


def _charges(request: PurchaseRequest, part: placing.OrderPart) -> Charges:
    assert request.line_id is not None
    goods = [(line.charged_to_id or request.line_id, line.amount) for line in part.lines]
    return budget_charges.of_part(goods, part.delivery_cost, main=request.line_id)


def _delivery_charged_to(request: PurchaseRequest, part: placing.OrderPart) -> int | None:
    """None: the request's main line."""
    assert request.line_id is not None
    goods = [line.charged_to_id or request.line_id for line in part.lines]
    pk = budget_charges.line_of_delivery(goods, request.line_id)
    return None if pk == request.line_id else pk


def _parts_of_request(request: PurchaseRequest, now: datetime) -> list[placing.OrderPart]:
    deliver_at = request.deliver_at or request.event_at
    # A part with a moment of its own was moved from this one, and the hold ends before either.
    if deliver_at is None or clock.is_over(schedules.first_due(request) or deliver_at, now):
        raise RuleBroken(
            _("Waktu antar sudah lewat atau belum diisi. Tarik permintaan ini lalu ajukan dengan waktu baru."),
            code="too_late",
        )
    holds.lock_sellers(request)
    kept = list(
        RequestLine.objects.filter(request=request, dropped_at__isnull=True)
        .select_related(
            "product__category", "product__seller__food_court", "seller__kelurahan__kecamatan", "seller__food_court"
        )
        .order_by("pk")
    )
    require(
        kept, _("Semua barang sudah dilepas dari permintaan ini, jadi tidak ada yang dapat dipesan."), code="no_lines"
    )
    on = obstacles.calendar_of(request, [line.product for line in kept], now)
    ways = {row.seller_id: row for row in request.sellers.all()}
    by_seller: dict[int, list[RequestLine]] = {}
    for line in kept:
        by_seller.setdefault(line.seller_id, []).append(line)
    parts = []
    for seller_id, wanted in sorted(by_seller.items()):
        seller, way = wanted[0].seller, ways[seller_id]
        portions = schedules.portions_of(request)
        dates = [one.by for line in wanted for one in portions.get(line.product_id, ())]
        moment = way.deliver_at or max(dates, default=deliver_at)
        mine = obstacles.calendar_for(on, way.deliver_at, now)
        if not (seller.offers_delivery if way.is_delivered else seller.offers_pickup):
            text = _("tidak mengantar lagi.") if way.is_delivered else _("barangnya tidak bisa diambil lagi.")
            raise IssueRefused(seller.name, RuleBroken(text, code="method_gone"))
        for line in wanted:
            for fault in feasibility.faults(line.product, line.quantity, mine):
                raise IssueRefused(seller.name, fault.refusal())
        lines = [
            placing.sale_line(
                product=line.product,
                quantity=line.quantity,
                price=line.price,
                amount=line.amount,
                tier_from=line.tier_from,
                note=line.note,
                charged_to_id=line.charged_to_id if line.charged_to_id != request.line_id else None,
            )
            for line in wanted
        ]
        parts.append(
            placing.OrderPart(
                seller=seller,
                lines=lines,
                delivery_cost=way.delivery_cost,
                method=DeliveryMethod.SELLER if way.is_delivered else DeliveryMethod.PICKUP,
                deliver_at=moment,
                answer_due_at=_answer_due(lines, min(dates, default=moment), now),
            )
        )
    return parts


def _answer_due(lines: list[OrderLine], deliver_at: datetime, now: datetime) -> datetime:
    """End of the third working day, and in time for another seller to be asked: for prepared food some hours before
    the day before delivery ends; for other goods the dated hours before they come, or as many days as they take to
    make. Where the seller would have no hours left to answer in, those hours before the goods come, while they lie
    ahead.
    """
    day = clock.local_date(now)
    due = clock.due_after_working_days(now, rules.ANSWER.on(day))
    if placing.is_prepared_food(lines):
        before = catalogue_rules.ANSWER_FOOD_BEFORE.on(day)
        last = clock.end_of(clock.last_day(deliver_at) - timedelta(days=before))
        return min(due, deliver_at, turns.before(last, now))
    least = timedelta(hours=rules.ANSWER_BEFORE.on(day))
    made_in = timedelta(days=max(line.product.lead_days for line in lines))
    ends = [deliver_at - margin for margin in sorted({least, max(least, made_in)}, reverse=True)]
    return min(due, next((end for end in ends if turns.is_time_left(end, now)), turns.before(deliver_at, now)))


def is_all_missed(order: Order) -> bool:
    """Whether every date of its schedule passed without goods."""
    return is_scheduled(order) and all(line.missed_quantity == line.quantity for line in order.lines.all())


def check_close(actor: User | None, order: Order, reason: CloseReason, now: datetime) -> None:
    """Refuses a person who may not close the order for this reason, and an order that cannot be closed for it.

    Raises: NotAllowed, InvalidMove.
    """
    if order.state not in (OrderState.PLACED, OrderState.ACCEPTED):
        raise OrderMovedOn(order)
    if reason == CloseReason.NO_ANSWER:
        if order.state != OrderState.PLACED or not clock.is_over(order.answer_due_at, now):
            raise InvalidMove()
        return
    if reason in CAME_TO_NOTHING:
        is_missed = reason == CloseReason.NOT_DELIVERED and is_all_missed(order)
        if not is_missed and not order.deliveries.filter(state=CAME_TO_NOTHING[reason]).exists():
            raise InvalidMove()
        return
    if reason == CloseReason.SELLER_DECLINED:
        if actor is None or not policies.can_answer(actor, order):
            raise NotAllowed(_("Hanya penjual pesanan ini yang dapat menolaknya."))
        if order.state != OrderState.PLACED:
            raise InvalidMove(
                _("Pesanan ini sudah disanggupi. Bila ada kendala, minta dilepas dari pesanan: pembeli menjawab.")
            )
        return
    # What a side cancels has a coded reason: `cancellations.services`.
    raise InvalidMove()
