"""What an order has not sent is cancelled: at once, or asked for, answered, claimed for, agreed. All under the order's
lock, so that a cancellation, a shipment and another cancellation never both happen.

No answer changes nothing: the order goes on, and no money moves.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.files import uploads
from epeken.core.i18n.words import rupiah
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.core.sweeps import sweep
from epeken.users.models import User
from orders.cancellations import notices, policies, rules
from orders.cancellations.ending import overtake
from orders.cancellations.models import Cancellation
from orders.cancellations.policies import Way
from orders.cancellations.states import NO_NEED, CancellationState, CancelReason, reasons_of
from orders.compensations import opening as compensations
from orders.disputes import policies as disputes_policies
from orders.documents import services as documents
from orders.orders import policies as orders_policies
from orders.orders.errors import DisputeOpen, OrderMovedOn
from orders.orders.models import Order
from orders.orders.next_step import is_rest_expected, sent_deliveries_of, waiting_of
from orders.orders.services import agreement, completion
from orders.orders.states import SELLER_SIDE, CloseReason, OrderState
from orders.schedules import changes as schedules
from procurement.budgets.services import Lines
from procurement.requests.errors import OwnShop
from procurement.requests.services import unfilled
from umkm.sellers.policies import is_tied


@service
def cancel_order(
    *, actor: User, order: Order, reason: str, decree: str = "", note: str = "", now: datetime
) -> Cancellation:
    """The buyer cancels in one step: the seller has not answered yet, or let the agreed time pass with nothing sent.
    Budget, stock, capacity and cap room are free again.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: BudgetLine, Order, Commitment, TurnoverMonth, Product.
    """
    lines = agreement.lock_budget(order)
    order = Order.objects.locked().get(pk=order.pk)
    check_cancel(actor, order, Way.DIRECT, now)
    overtake(order, actor=actor, now=now)
    made = _insert(actor, order, False, reason, decree, note, now)
    office = _office(actor, order, False, now)
    move(made, "cancel", actor=actor, now=now, acted_as=office, ended_at=now)
    agreement.close_locked(
        order,
        lines,
        actor,
        now,
        reason=CloseReason.BUYER_CANCELLED,
        note=made.note,
        acted_as=office,
        is_needed=made.reason not in NO_NEED,
    )
    notices.cancelled(made, now=now)
    return made


@service
def ask_cancellation(
    *, actor: User, order: Order, reason: str, decree: str = "", note: str = "", now: datetime
) -> Cancellation:
    """One side asks to cancel what an accepted order has not sent; the other answers. The order goes on meanwhile.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Order.
    """
    order = Order.objects.locked().get(pk=order.pk)
    check_cancel(actor, order, Way.ASK, now)
    made = _insert(actor, order, orders_policies.is_seller_of(actor, order), reason, decree, note, now)
    unfilled.mark_cancellation(request=order.request, seller=order.seller, asked_at=now)
    notices.asked(made, now=now)
    return made


@service
def consent(*, actor: User, cancellation: Cancellation, now: datetime) -> Cancellation:
    """The side that was asked lets go, without compensation; a seller also drops a claim by it. What was not sent is
    cancelled: the order closes, or its rest does when a part was sent. A department may order from the next seller.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: BudgetLine, Order, Commitment, TurnoverMonth, Product.
    """
    order, lines, found = _locked_to_end(cancellation)
    if not policies.is_of_other_side(actor, found, order, now):
        raise NotAllowed(_("Permintaan ini disetujui atau ditolak oleh pihak yang lain."))
    _check_waits(found, order, now)
    return _let_go(actor, order, lines, found, "consent", now)


@service
def refuse(*, actor: User, cancellation: Cancellation, note: str, now: datetime) -> Cancellation:
    """The side that was asked says no, and why; the order goes on as agreed.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Order.
    """
    order, found = _locked(cancellation)
    if not policies.is_of_other_side(actor, found, order, now):
        raise NotAllowed(_("Permintaan ini disetujui atau ditolak oleh pihak yang lain."))
    _check_waits(found, order, now)
    _check_tie(actor, order, for_seller=not found.by_seller)
    require(
        found.state == CancellationState.ASKED,
        _("Anda sudah menuntut ganti rugi. Turunkan tuntutannya, atau setujui pembatalan tanpa ganti rugi."),
        code="already_claimed",
    )
    note = _said(note)
    _end(actor, order, found, "refuse", now, answer=note)
    return found


@service
def claim_compensation(
    *, actor: User, cancellation: Cancellation, amount: int, spent_on: str, evidence: Any = None, now: datetime
) -> Cancellation:
    """The seller lets go only for what they spent: an amount in whole rupiah, not above what was ordered and not sent.
    A claim that waits may be lowered, never raised. Only a department is claimed from.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Order.
    """
    order, found = _locked(cancellation)
    if found.by_seller or not orders_policies.is_seller_of(actor, order):
        raise NotAllowed(_("Ganti rugi dituntut oleh penjual yang diminta membatalkan pesanannya."))
    _check_waits(found, order, now)
    require(order.agency_id, _("Pesanan warga dibatalkan tanpa ganti rugi. Setujui atau tolak saja."), code="no_claim")
    most = found.amount if found.claimed is None else found.claimed - 1
    require(amount > 0, _("Tulis lebih dari Rp0, atau setujui tanpa ganti rugi."), field="amount", code="claim_zero")
    if amount > most:
        said = (
            _("Paling banyak %(most)s, yaitu nilai yang dipesan dan belum dikirim.")
            if found.claimed is None
            else _("Tuntutan yang sudah dikirim hanya bisa diturunkan: paling banyak %(most)s.")
        )
        raise RuleBroken(said % {"most": rupiah(max(most, 0))}, field="amount", code="claim_too_high")
    spent_on = spent_on.strip()
    require(
        spent_on,
        _("Tulis uangnya sudah dipakai untuk apa, misalnya bahan yang terlanjur dibeli."),
        field="spent_on",
        code="spent_missing",
    )
    more: dict[str, Any] = {}
    if evidence:
        folder = f"papers/{order.number.lower()}"
        stored = uploads.store_private_document(evidence, user=actor, folder=folder, field="evidence")
        more = {"evidence": stored.name, "evidence_type": stored.content_type, "evidence_sha256": stored.sha256}
    if found.state == CancellationState.ASKED:
        days = rules.CLAIM.on(clock.local_date(now))
        more |= {"waits_since": now, "due_at": clock.due_after_working_days(now, days)}
    move(
        found, "claim", actor=actor, now=now, acted_as=SELLER_SIDE, note=f"{rupiah(amount)}: {spent_on}"[:600],
        claimed=amount, spent_on=spent_on[:500], **more,
    )  # fmt: skip
    notices.claimed(found, now=now)
    return found


@service
def agree_claim(*, actor: User, cancellation: Cancellation, amount: int, note: str, now: datetime) -> Cancellation:
    """The department accepts the claim of `amount`, as its page showed it, and says why: it is owed from then on
    (`orders/compensations`). What was not sent is cancelled.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: BudgetLine, Order, Commitment, TurnoverMonth, Product.
    """
    order, lines, found = _locked_to_end(cancellation)
    if not policies.is_of_asking_side(actor, found, order, now):
        raise NotAllowed(_("Tuntutan ganti rugi dijawab oleh PP atau PPK dinas ini."))
    _check_waits(found, order, now)
    if found.state != CancellationState.CLAIMED:
        raise InvalidMove()
    require(
        amount == found.claimed,
        _("Tuntutannya sekarang %(now)s, di halaman Anda %(shown)s. Muat ulang halaman lalu putuskan lagi.")
        % {"now": rupiah(found.claimed or 0), "shown": rupiah(amount)},
        code="claim_changed",
    )
    note = note.strip()
    require(
        note,
        _("Tulis mengapa ganti ruginya disetujui. Kepala dinas dan inspektorat membacanya."),
        field="note",
        code="note_missing",
    )
    return _let_go(actor, order, lines, found, "agree", now, answer=note[:300])


@service
def withdraw_cancellation(*, actor: User, cancellation: Cancellation, note: str = "", now: datetime) -> Cancellation:
    """The side that asked keeps the order after all, also instead of answering a claim. A seller who waited with a
    claim gets that time back.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Order.
    """
    order, found = _locked(cancellation)
    if not policies.is_of_asking_side(actor, found, order, now):
        raise NotAllowed(_("Permintaan ini ditarik oleh pihak yang memintanya."))
    _check_waits(found, order, now)
    _check_tie(actor, order, for_seller=found.by_seller)
    if found.state == CancellationState.CLAIMED:
        note = _said(note)
    _end(actor, order, found, "withdraw", now, answer=note.strip()[:300])
    return found


@service
def lapse_cancellation(*, cancellation: Cancellation, now: datetime) -> Cancellation:
    """Nobody answered in time: the order goes on, no money moves. Raises: InvalidMove. Locks: Order."""
    order, found = _locked(cancellation)
    if not clock.is_over(found.due_at, now) or disputes_policies.is_disputed(order):
        raise InvalidMove()
    _end(None, order, found, "lapse", now)
    return found


def lapse_overdue(*, now: datetime) -> int:
    """Requests and claims nobody answered, each in its own transaction; the number that lapsed now.

    An undecided dispute stops the clock. Safe in parallel. Locks: as lapse_cancellation.
    """
    late = Cancellation.objects.waiting().undisputed().filter(clock.over("due_at", now)).order_by("due_at", "pk")
    return sweep(
        late.select_related("order"),
        lambda cancellation: lapse_cancellation(cancellation=cancellation, now=now),
        failure="Cancellation %s could not lapse",
    )


def check_cancel(actor: User, order: Order, way: Way, now: datetime) -> None:
    """Refuses whoever may not cancel in this way now, and says what else can be done. Raises: NotAllowed, InvalidMove,
    RuleBroken."""
    day = clock.local_date(now)
    if not (orders_policies.is_seller_of(actor, order) or orders_policies.buys(actor, order, day)):
        raise NotAllowed(_("Pesanan ini dibatalkan oleh pembeli atau penjualnya; untuk dinas oleh PP atau PPK."))
    if disputes_policies.is_disputed(order):
        raise DisputeOpen(order)
    found = policies.way_of(actor, order, now)
    if found == way:
        if way == Way.ASK:
            _check_tie(actor, order, for_seller=orders_policies.is_seller_of(actor, order))
        return
    if found == Way.ASK:
        raise InvalidMove(_("Penjual sudah menyanggupi pesanan ini. Muat ulang halaman lalu minta persetujuannya."))
    if found == Way.DIRECT:
        raise InvalidMove(_("Pesanan ini bisa dibatalkan langsung, tanpa persetujuan. Muat ulang halaman."))
    if order.state == OrderState.PLACED:
        raise InvalidMove(_("Pesanan ini belum Anda sanggupi. Pilih tidak sanggup bila tidak bisa mengerjakannya."))
    if waiting_of(order) is not None:
        raise InvalidMove(_("Masih ada permintaan pembatalan yang menunggu jawaban pada pesanan ini."))
    if not orders_policies.is_live(order):
        raise OrderMovedOn(order)
    raise InvalidMove(
        _(
            "Tidak ada yang bisa dibatalkan: barangnya sudah dikirim atau pesanannya selesai. "
            "Catat selisihnya saat diperiksa."
        )
    )


def _insert(
    actor: User, order: Order, by_seller: bool, reason: str, decree: str, note: str, now: datetime
) -> Cancellation:
    day, note, decree = clock.local_date(now), note.strip(), decree.strip()
    for_agency = order.agency_id is not None
    is_late = orders_policies.is_late(order, now)
    require(
        reason in reasons_of(by_seller=by_seller, for_agency=for_agency, is_late=is_late),
        _("Pilih alasannya."),
        field="reason",
        code="reason_unknown",
    )
    require(
        note or reason != CancelReason.OTHER,
        _("Tulis alasannya supaya pihak lain tahu apa yang terjadi."),
        field="note",
        code="note_missing",
    )
    require(
        decree or reason != CancelReason.BUDGET,
        _("Tulis nomor keputusan yang menarik anggarannya."),
        field="decree",
        code="decree_missing",
    )
    due = clock.due_after_working_days(now, rules.ANSWER.on(day))
    end = orders_policies.sends_until(order)
    made = Cancellation.objects.create(
        order=order,
        asked_by=actor,
        by_seller=by_seller,
        was_accepted=order.state == OrderState.ACCEPTED,
        reason=reason,
        decree=decree[:80] if reason == CancelReason.BUDGET else "",
        note=note[:300],
        amount=policies.unsent_value(order),
        asked_at=now,
        waits_since=now,
        due_at=due if clock.is_over(end, now) else min(due, end),
    )
    begin(made, actor=actor, now=now, acted_as=_office(actor, order, by_seller, now), note=made.note)
    return made


def _office(actor: User | None, order: Order, by_seller: bool, now: datetime) -> str:
    """The side or office a person acts for; "" in a person's order."""
    if actor is None or order.agency_id is None:
        return ""
    if by_seller:
        return SELLER_SIDE
    return orders_policies.office_of_approver(actor, order.agency_id, clock.local_date(now))


def _locked(cancellation: Cancellation) -> tuple[Order, Cancellation]:
    """The order locked, and the cancellation as it stands under that lock."""
    order = Order.objects.locked().get(pk=cancellation.order_id)
    found = Cancellation.objects.select_related("asked_by").get(pk=cancellation.pk)
    found.order = order
    return order, found


def _locked_to_end(cancellation: Cancellation) -> tuple[Order, Lines, Cancellation]:
    lines = agreement.lock_budget(cancellation.order)
    order, found = _locked(cancellation)
    return order, lines, found


def _check_waits(found: Cancellation, order: Order, now: datetime) -> None:
    if found.ended_at is not None:
        raise InvalidMove(
            _("Permintaan ini sudah selesai: %(state)s. Muat ulang halaman.")
            % {"state": found.get_state_display().lower()}
        )
    if disputes_policies.is_disputed(order):
        raise DisputeOpen(order)
    if clock.is_over(found.due_at, now):
        raise RuleBroken(
            _("Batas jawabannya sudah lewat, jadi pesanan berlanjut. Permintaan baru bisa diajukan."),
            code="cancellation_late",
        )


def _check_tie(actor: User, order: Order, *, for_seller: bool) -> None:
    """Nobody of a department decides on a shop of their own."""
    if order.agency_id is not None and not for_seller and is_tied(actor, order.seller):
        raise OwnShop(order.seller)


def _said(note: str) -> str:
    note = note.strip()
    require(note, _("Tulis jawaban Anda supaya pihak lain mengerti."), field="note", code="note_missing")
    return note[:300]


def _let_go(
    actor: User, order: Order, lines: Lines, found: Cancellation, action: str, now: datetime, *, answer: str = ""
) -> Cancellation:
    """What was not sent is cancelled; `action` says how the two sides came to it."""
    for_seller = found.by_seller if action == "agree" else not found.by_seller
    _check_tie(actor, order, for_seller=for_seller)
    if not is_rest_expected(order):
        raise InvalidMove()
    side = _office(actor, order, for_seller, now)
    # Dropping a claim leaves none; what was claimed stays in the events.
    more: dict[str, Any] = {"claimed": None} if action == "consent" and found.claimed is not None else {}
    if answer:
        more["answer"] = answer
    move(found, action, actor=actor, now=now, acted_as=side, note=answer, ended_at=now, **more)
    if action == "agree":
        compensations.open_for(found, actor=actor, office=side, now=now)
    unfilled.mark_cancellation(request=order.request, seller=order.seller, asked_at=None)
    if sent_deliveries_of(order):
        completion.give_up_rest(order, actor, now, note=found.note, acted_as=side)
    else:
        reason = CloseReason.SELLER_RELEASED if found.by_seller else CloseReason.BUYER_CANCELLED
        agreement.close_locked(
            order, lines, actor, now, reason=reason, note=found.note, acted_as=side,
            is_needed=found.by_seller or found.reason not in NO_NEED,
        )  # fmt: skip
    documents.ensure_documents(order, now)
    notices.ended(found, actor=actor, now=now)
    return found


def _end(
    actor: User | None, order: Order, found: Cancellation, action: str, now: datetime, *, answer: str = ""
) -> None:
    """The order goes on. While the seller waited for an answer to a claim, their time to send stood still."""
    more: dict[str, Any] = {}
    if found.state == CancellationState.CLAIMED:
        waited = now - found.asked_at
        kept = [row.sends_until for row in order.cancellations.all() if row.sends_until is not None]
        more["sends_until"] = max([order.deliver_at, *kept]) + waited
        if order.rest_due_at is not None:
            Order.objects.filter(pk=order.pk).update(rest_due_at=clock.moved(order.rest_due_at, waited))
        schedules.pause(order, waited, now)
    for_seller = found.by_seller if action == "withdraw" else not found.by_seller
    side = _office(actor, order, for_seller, now)
    move(found, action, actor=actor, now=now, acted_as=side, note=answer, ended_at=now, answer=answer, **more)
    unfilled.mark_cancellation(request=order.request, seller=order.seller, asked_at=None)
    notices.ended(found, actor=actor, now=now)
