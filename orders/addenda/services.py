"""A change of an accepted surat pesanan is proposed by one side and agreed by the other. All under the order's lock.

Nothing moves until both agreed: no answer changes nothing. Then budget, commitment, stock, capacity of days and cap
room move by the difference, and every deadline of the order follows its new moment. Prices stay: they are negotiated
before an order is issued.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.i18n.words import rupiah
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.core.sweeps import sweep
from epeken.users.models import User
from orders.addenda import dates, ending, notices, policies, rules, terms
from orders.addenda.dates import DayWish
from orders.addenda.models import Addendum, AddendumLine
from orders.addenda.policies import AmendHindrance
from orders.addenda.terms import OrderTerms
from orders.billing import charges
from orders.billing.models import Commitment
from orders.deliveries import policies as deliveries_policies
from orders.deliveries.models import Delivery
from orders.disputes import policies as disputes_policies
from orders.documents import services as documents
from orders.orders import policies as orders_policies
from orders.orders.errors import DisputeOpen, RoleAlreadyHeld
from orders.orders.models import Order, OrderLine
from orders.orders.next_step import is_rest_expected, waiting_of
from orders.orders.services import agreement, completion, room
from orders.orders.states import SELLER_SIDE, OrderState
from orders.schedules.due import is_scheduled
from procurement.agencies.policies import acting_office
from procurement.agencies.states import OfficerRole
from procurement.budgets import services as budgets
from procurement.budgets.charges import Charges
from procurement.budgets.states import AMENDED
from procurement.frames import services as frames
from procurement.numbering.numbers import take_number
from procurement.numbering.states import NumberedPaper
from procurement.requests import policies as requests_policies
from procurement.requests.errors import OwnShop, SamePerson
from procurement.requests.officers import APPROVERS
from umkm.catalogue import feasibility
from umkm.catalogue.states import StockMode
from umkm.owners import services as owners
from umkm.sellers.models import Seller
from umkm.sellers.policies import is_tied
from umkm.stock import services as stock


@service
def propose_addendum(
    *, actor: User, order: Order, wanted: OrderTerms | DayWish, reason: str, now: datetime, late_reason: str = ""
) -> Addendum:
    """One side proposes other amounts, another moment or place; of an order with a schedule, that one date is moved or
    dropped. The other side answers. The order goes on meanwhile.

    `late_reason`: of the department, why the bill may fall due after its budget year, where it does.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Order.
    """
    order = Order.objects.locked().get(pk=order.pk)
    by_seller = check_propose(actor, order, now)
    reason = reason.strip()
    require(reason, _("Tulis alasannya. Pihak lain membacanya."), field="reason", code="reason_missing")
    if is_scheduled(order) != isinstance(wanted, DayWish):
        raise InvalidMove()
    if isinstance(wanted, DayWish):
        wanted = terms.of_date(order, wanted)
    terms.check(order, wanted, now)
    late_reason = "" if by_seller else terms.check_late(order, wanted, late_reason, now, asks=True)
    office = _office(actor, order, wanted, now, seller=by_seller)
    made = Addendum.objects.create(
        order=order,
        asked_by=actor,
        by_seller=by_seller,
        reason=reason[:300],
        late_reason=late_reason,
        due_day=wanted.date.day if wanted.date is not None else None,
        earlier_day_at=wanted.date.day.deliver_at if wanted.date is not None else None,
        day_at=wanted.date.moved_to if wanted.date is not None else None,
        earlier_deliver_at=order.deliver_at,
        deliver_at=wanted.deliver_at,
        earlier_place=order.delivery_place,
        place=wanted.place,
        earlier_kelurahan=order.delivery_kelurahan,
        kelurahan=wanted.kelurahan,
        earlier_total=order.total,
        total=wanted.total(order),
        asked_at=now,
        due_at=_due(order, wanted, now),
    )
    AddendumLine.objects.bulk_create(
        AddendumLine(
            addendum=made, order_line=line, earlier_quantity=line.quantity, quantity=wanted.quantities[line.pk],
            earlier_amount=line.amount, amount=wanted.amount_of(line),
        )
        for line in order.lines.all()
    )  # fmt: skip
    begin(made, actor=actor, now=now, acted_as=office, note=made.reason)
    Order.objects.filter(pk=order.pk).update(amend_due_at=made.due_at, amend_by_seller=by_seller)
    notices.asked(made, now=now)
    return made


@service
def agree_addendum(*, actor: User, addendum: Addendum, now: datetime, late_reason: str = "") -> Addendum:
    """The other side agrees: the order is as proposed from now on, with a numbered document both signed.

    `late_reason`: as for `propose_addendum`, where the seller proposed. All of it is asked again as it stands today.
    Raises: NotAllowed, InvalidMove, RuleBroken.
    Locks: BudgetLine, Order, Commitment, Seller, TurnoverMonth, Product.
    """
    lines = agreement.lock_budget(addendum.order)
    order, found = _locked(addendum)
    _check_side(actor, order, now, seller=not found.by_seller)
    _check_waits(found, order, now)
    if waiting_of(order) is not None:
        raise InvalidMove(_("Ada permintaan pembatalan yang menunggu pada pesanan ini. Jawab itu dahulu."))
    wanted = terms.of_addendum(found)
    terms.check(order, wanted, now)
    given = late_reason if found.by_seller else found.late_reason
    why = terms.check_late(order, wanted, given, now, asks=found.by_seller)
    office = _office(actor, order, wanted, now, seller=not found.by_seller)
    count = order.addenda.agreed().count() + 1
    ending.end(
        found, "agree", actor=actor, now=now, acted_as=office, number=f"{order.number}-A{count}",
        office_number=take_number(order.agency, NumberedPaper.ADDENDUM, clock.local_date(now)),
        late_reason=why or found.late_reason,
    )  # fmt: skip
    _amend(order, lines, found, wanted, actor, now)
    documents.ensure_documents(order, now)
    return found


@service
def refuse_addendum(*, actor: User, addendum: Addendum, note: str, now: datetime) -> Addendum:
    """The other side says no, and why; the order stays as it is. Raises: NotAllowed, InvalidMove, RuleBroken.
    Locks: Order."""
    order, found = _locked(addendum)
    _check_side(actor, order, now, seller=not found.by_seller)
    _check_waits(found, order, now)
    note = note.strip()
    require(note, _("Tulis jawaban Anda supaya pihak lain mengerti."), field="note", code="note_missing")
    office = _own_office(actor, order, now, seller=not found.by_seller)
    ending.end(found, "refuse", actor=actor, now=now, acted_as=office, note=note[:300], answer=note[:300])
    return found


@service
def withdraw_addendum(*, actor: User, addendum: Addendum, now: datetime) -> Addendum:
    """The side that proposed takes it back. Raises: NotAllowed, InvalidMove. Locks: Order."""
    order, found = _locked(addendum)
    _check_side(actor, order, now, seller=found.by_seller)
    if found.ended_at is not None:
        raise InvalidMove(_over_words(found))
    office = _own_office(actor, order, now, seller=found.by_seller)
    ending.end(found, "withdraw", actor=actor, now=now, acted_as=office)
    return found


@service
def lapse_addendum(*, addendum: Addendum, now: datetime) -> Addendum:
    """Nobody answered in time: the order stays as it is. While a dispute is undecided nobody may answer, so nothing
    ends by silence. Raises: InvalidMove. Locks: Order."""
    order, found = _locked(addendum)
    if found.ended_at is not None or not clock.is_over(found.due_at, now) or disputes_policies.is_disputed(order):
        raise InvalidMove()
    ending.end(found, "lapse", actor=None, now=now)
    return found


def lapse_overdue(*, now: datetime) -> int:
    """Proposals nobody answered, each in its own transaction; the number that lapsed now. Safe in parallel.

    Locks: as lapse_addendum.
    """
    late = Addendum.objects.waiting().undisputed().filter(clock.over("due_at", now)).select_related("order")
    return sweep(
        late.order_by("due_at", "pk"),
        lambda addendum: lapse_addendum(addendum=addendum, now=now),
        failure="Addendum %s could not lapse",
    )


def check_propose(actor: User, order: Order, now: datetime) -> bool:
    """Whether the person proposes for the seller; refuses whoever may propose nothing now. Raises: NotAllowed,
    InvalidMove, RuleBroken."""
    by_seller = orders_policies.is_seller_of(actor, order)
    hindrance = policies.hindrance(order)
    if hindrance == AmendHindrance.CITIZEN:
        raise InvalidMove(_("Adendum hanya untuk surat pesanan dinas. Pesanan warga dibatalkan lalu dipesan lagi."))
    _check_side(actor, order, now, seller=by_seller)
    if hindrance == AmendHindrance.STATE:
        raise InvalidMove(
            _("Surat pesanan hanya bisa diubah sesudah disanggupi penjual dan selama masih ada yang belum dikirim.")
        )
    if hindrance == AmendHindrance.SCHEDULE:
        raise InvalidMove(
            _(
                "Untuk setiap tanggal yang ditunggu sudah ada barang yang dikirim, jadi tidak ada tanggal yang bisa "
                "dipindah atau dihapus. Yang tidak datang sampai tanggalnya lewat dapat tidak ditunggu lagi."
            )
        )
    if hindrance == AmendHindrance.DISPUTE:
        raise DisputeOpen(order)
    if hindrance == AmendHindrance.CANCELLATION:
        raise InvalidMove(_("Ada permintaan pembatalan yang menunggu pada pesanan ini. Jawab itu dahulu."))
    if order.amend_due_at is not None:
        raise InvalidMove(_("Masih ada usul perubahan yang menunggu jawaban pada pesanan ini."))
    return by_seller


def _amend(order: Order, budget: budgets.Lines, row: Addendum, wanted: OrderTerms, actor: User, now: datetime) -> None:
    """Everything that follows the order's amounts and its moment. `order` is as stored afterwards."""
    goods = list(order.lines.select_related("product__seller").order_by("product_id"))
    before, earlier = charges.of_order(order, goods), {line.pk: line.quantity for line in goods}
    daily = [line for line in goods if line.stock_mode == StockMode.DAILY and wanted.date is None]
    days = {line.pk: _days(order, line, wanted, now) for line in daily}
    more, cost = row.total - order.total, wanted.delivery_cost(order)
    for line in goods:
        line.quantity, line.amount = wanted.quantities[line.pk], wanted.amount_of(line)
    order.delivery_cost = cost
    _bind(order, budget, before, charges.of_order(order, goods), actor, now, by_seller=not row.by_seller)
    if row.moves_day and wanted.date is None:
        # What left before keeps the moment for which it was sent.
        Delivery.objects.filter(order=order, promised_at__isnull=True).update(promised_at=order.deliver_at)
    OrderLine.objects.bulk_update(goods, ["quantity", "amount"])
    rests = any(line.unsent_quantity > 0 for line in goods)
    if wanted.date is not None:
        order.deliver_at = wanted.deliver_at
        dates.change_day(order, wanted.date, now)
    elif row.moves_day or not rests:
        order.rest_due_at = None
    move(
        order, "amend", actor=actor, now=now, note=row.number or "", amended_at=now, deliver_at=wanted.deliver_at,
        delivery_place=wanted.place, delivery_kelurahan=wanted.kelurahan, goods_total=row.total - cost,
        delivery_cost=cost, total=row.total, rest_due_at=order.rest_due_at,
    )  # fmt: skip
    if more:
        commitment = Commitment.objects.locked().get(order=order)
        move(commitment, "amend", actor=actor, now=now, amount=commitment.amount + more)
    if more < 0 and order.request is not None:
        frames.give_back(request=order.request, lines=budget, amount=-more, actor=actor, now=now)
    completion.complete_order(order=order, actor=actor, now=now)
    if order.state == OrderState.CLOSED:  # closing gives everything back itself
        return
    if more:
        _take_room(order, more, now)
    if wanted.date is not None:
        dates.move_goods(order, goods, wanted.date, actor, now)
        return
    for line in goods:
        _take_goods(order, line, line.quantity - earlier[line.pk], days.get(line.pk, []), row, actor, now)


def _bind(
    order: Order, budget: budgets.Lines, before: Charges, after: Charges, actor: User, now: datetime, *, by_seller: bool
) -> None:
    """`by_seller`: the seller agrees, who is not told what is left of the department's ceilings."""
    try:
        budgets.change_committed(
            lines=budget, before=before, after=after, reference=order.number, actor=actor, now=now, note_code=AMENDED
        )
    except RuleBroken as error:
        if error.code != "budget_short" or not by_seller:
            raise
        raise RuleBroken(
            _(
                "Anggaran dinas tidak cukup lagi untuk tambahan ini, jadi usul ini belum bisa disepakati. "
                "Minta dinas mengusulkan jumlah lain."
            ),
            code="budget_short",
        ) from None


def _take_room(order: Order, more: int, now: datetime) -> None:
    seller = Seller.objects.locked().get(pk=order.seller_id)
    if more > 0:
        owners.reserve_more(seller=seller, amount=more, reference=order.number, now=now)
    else:
        owners.release_turnover(reference=order.number, now=now, keep={seller.pk: room.counted(order)})


def _take_goods(
    order: Order, line: OrderLine, more: Decimal, days: Sequence[date], row: Addendum, actor: User, now: datetime
) -> None:
    """Goods in stock by the difference; the capacity of other days, where the day moved."""
    common: dict[str, Any] = {"product": line.product, "reference": order.number, "actor": actor, "now": now}
    if line.stock_mode == StockMode.DAILY and row.moves_day:
        stock.retake_stock(quantity=line.quantity, days=days, **common)
    elif more > 0:
        stock.take_stock(quantity=more, days=days, **common)
    elif more < 0:
        stock.return_part(quantity=-more, **common)


def _days(order: Order, line: OrderLine, wanted: OrderTerms, now: datetime) -> list[date]:
    """Whose capacity can still go into it."""
    today = clock.local_date(now)
    found = feasibility.production_days(line.product, terms.calendar_of(order, line, wanted, now))
    return [day for day in found if day >= today]


def _locked(addendum: Addendum) -> tuple[Order, Addendum]:
    """The order locked, and the proposal as it stands under that lock."""
    order = Order.objects.locked().get(pk=addendum.order_id)
    found = Addendum.objects.select_related("asked_by", "kelurahan", "due_day").get(pk=addendum.pk)
    found.order = order
    return order, found


def _check_waits(found: Addendum, order: Order, now: datetime) -> None:
    if found.ended_at is not None:
        raise InvalidMove(_over_words(found))
    if disputes_policies.is_disputed(order):
        raise DisputeOpen(order)
    if clock.is_over(found.due_at, now):
        raise RuleBroken(
            _("Batas jawabannya sudah lewat, jadi pesanan tetap seperti semula. Usul baru bisa diajukan."),
            code="addendum_late",
        )
    if order.state != OrderState.ACCEPTED or not is_rest_expected(order):
        raise InvalidMove()


def _over_words(found: Addendum) -> str:
    state = found.get_state_display().lower()
    return _("Usul perubahan ini sudah selesai: %(state)s. Keadaan sekarang ada di halaman pesanannya.") % {
        "state": state
    }


def _check_side(actor: User, order: Order, now: datetime, *, seller: bool) -> None:
    """Raises: NotAllowed, SamePerson, OwnShop."""
    if policies.is_of_side(actor, order, now, seller=seller):
        return
    if seller:
        raise NotAllowed(_("Usul ini dijawab atau ditarik oleh penjual pesanan ini."))
    request = order.request
    if request is None or not orders_policies.buys(actor, order, clock.local_date(now)):
        raise NotAllowed(_("Perubahan surat pesanan ditandatangani oleh penjualnya, dan untuk dinas oleh PP atau PPK."))
    if requests_policies.has_written(actor, request):
        raise SamePerson(_("Anda pemesan permintaan ini, jadi adendumnya ditandatangani pejabat lain."))
    if is_tied(actor, order.seller):
        raise OwnShop(order.seller)
    earlier = _("penerima barang") if deliveries_policies.received_by(actor, order) else _("bendahara")
    raise RoleAlreadyHeld(earlier, _("yang menandatangani adendum"))


def _office(actor: User, order: Order, wanted: OrderTerms, now: datetime, *, seller: bool) -> str:
    """The side or office that signs; of the department the one that may approve what the purchase comes to."""
    if seller:
        return SELLER_SIDE
    day = clock.local_date(now)
    needed = terms.needed_role(order, wanted, day)
    offices = APPROVERS if needed == OfficerRole.PP else (needed,)
    office = acting_office(actor, order.agency_id, offices, day)
    if not office:
        raise NotAllowed(
            _("Pembelian ini menjadi %(total)s, jadi adendumnya ditandatangani %(office)s dinas.")
            % {"total": rupiah(terms.purchase_total(order, wanted)), "office": needed.label}
        )
    return office


def _own_office(actor: User, order: Order, now: datetime, *, seller: bool) -> str:
    """Of an act that changes nothing of the order."""
    return SELLER_SIDE if seller else orders_policies.office_of_approver(actor, order.agency_id, clock.local_date(now))


def _due(order: Order, wanted: OrderTerms, now: datetime) -> datetime:
    """Some working days, and never past the moment the goods are to come, as agreed or as proposed."""
    ends = [order.deliver_at, wanted.deliver_at, orders_policies.sends_until(order)]
    if wanted.date is not None:
        ends += [wanted.date.day.deliver_at, wanted.date.moved_to or order.deliver_at]
    days = rules.ANSWER.on(clock.local_date(now))
    return min([clock.due_after_working_days(now, days), *(end for end in ends if not clock.is_over(end, now))])
