"""When an order is over: nothing more is expected to be delivered, and every invoice is paid."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.i18n.times import long_end
from epeken.core.services import service
from epeken.core.states import move
from epeken.core.sweeps import sweep
from epeken.users.models import User
from orders.addenda import ending as addenda
from orders.billing import charges
from orders.billing.models import Commitment, Invoice
from orders.billing.states import InvoiceState
from orders.cancellations.ending import overtake
from orders.cancellations.policies import is_claimed
from orders.cancellations.states import CancellationState
from orders.deliveries.models import Delivery
from orders.deliveries.states import WITHOUT_RESULT, DeliveryState
from orders.disputes import policies as disputes_policies
from orders.orders import notices, policies
from orders.orders.errors import DisputeOpen
from orders.orders.models import Order, OrderLine
from orders.orders.next_step import is_rest_expected, sent_deliveries_of
from orders.orders.services import agreement, room
from orders.orders.states import CloseReason, OrderState
from orders.remedies.models import Remedy
from orders.schedules import changes as schedules
from orders.schedules import due, freeing
from orders.schedules.models import DueDay
from procurement.budgets import services as budgets
from procurement.budgets.states import NOT_ACCEPTED
from procurement.frames import services as frames
from umkm.sellers import hours
from umkm.stock import services as stock

NEVER_SENT = "rest"  # names, in the stock ledger, what no delivery took
ZERO = Decimal(0)


@service
def complete_order(*, order: Order, actor: User | None, now: datetime) -> None:
    """After a delivery has its result, the rest is given up or an invoice is paid: what it means for the whole order.

    While a delivery is under way, nothing. With goods still to be sent, the seller has some working days for them; with
    goods to come again by a decision, until it says.
    Then: with nothing accepted the order closes; otherwise the commitment shrinks to what was invoiced (the difference
    is free on its budget lines, and in the frame it was bought from), and once every invoice is paid it is settled and
    the order finished. Calling it again changes nothing. `order` is as stored afterwards.

    Locks: BudgetLine (held by the caller), Order (held by the caller), Commitment, TurnoverMonth, Product.
    """
    if order.state != OrderState.ACCEPTED or order.deliveries.filter(state__in=WITHOUT_RESULT).exists():
        return
    if is_rest_expected(order):
        if order.rest_due_at is None:
            order.rest_due_at = due.rest_end(clock.last_day(order.awaited_at), clock.local_date(now))
            Order.objects.filter(pk=order.pk).update(rest_due_at=order.rest_due_at)
        return
    if Remedy.objects.awaited().filter(order=order).exists():
        return
    invoices = list(Invoice.objects.live().filter(order=order))
    if not invoices:
        results = sent_deliveries_of(order)
        missed = [delivery for delivery in results if delivery.state == DeliveryState.MISSED]
        is_missed = bool(missed) or agreement.is_all_missed(order)
        reason = CloseReason.NOT_DELIVERED if is_missed else CloseReason.ALL_REJECTED
        note = next((_why_nothing(one) for one in reversed([*results, *missed])), "")
        agreement.close_order(actor=actor, order=order, reason=reason, note=note, now=now)
        order.refresh_from_db()
        return
    lines = agreement.lock_budget(order)
    commitment: Commitment = Commitment.objects.locked().get(order=order)
    gross = sum(invoice.gross for invoice in invoices)
    if commitment.amount > gross:
        freed = commitment.amount - gross
        move(commitment, "reduce", actor=actor, now=now, amount=gross)
        if order.request is not None:
            bound = charges.still_bound(order, invoices)
            gone = budgets.keep_committed(
                lines=lines, wanted=bound, reference=order.number, actor=actor, now=now, note_code=NOT_ACCEPTED
            )
            if gone != freed:
                raise ValueError(f"{order.number} freed {gone} on its budget lines, {freed} of its commitment.")
            frames.give_back(request=order.request, lines=lines, amount=freed, actor=actor, now=now)
    if all(invoice.state == InvoiceState.PAID for invoice in invoices):
        move(commitment, "settle", actor=actor, now=now, settled_at=now)
        move(order, "finish", actor=actor, now=now, finished_at=now)


@service
def close_rest(*, actor: User | None, order: Order, note: str, now: datetime) -> Order:
    """What was not sent is no longer expected: it is back on the shelf and counts no longer for the cap, and its budget
    is free once every delivery under way has its result. Of an order with a schedule that is what was to come on dates
    that are over, whose budget is free at once; the others go on. `actor` is None when the seller let the time pass.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: BudgetLine, Order, Commitment, TurnoverMonth, Product.
    """
    agreement.lock_budget(order)
    order = Order.objects.locked().get(pk=order.pk)
    note = note.strip()
    _check_close_rest(actor, order, note, now)
    office = policies.office_of_approver(actor, order.agency_id, clock.local_date(now)) if actor else ""
    if due.is_scheduled(order):
        _give_up_dates(order, actor, now, note=note, acted_as=office)
    else:
        give_up_rest(order, actor, now, note=note, acted_as=office)
    if order.state != OrderState.CLOSED:
        notices.rest_closed(order, actor=actor, note=note, now=now)
    return order


def give_up_rest(order: Order, actor: User | None, now: datetime, *, note: str, acted_as: str) -> None:
    """What was not sent is no longer expected: it is back on the shelf, may be made for others on days that are still
    to come, and counts no longer for the cap. Called by the services that checked it, with the order and its budget
    locked. `order` is as stored afterwards."""
    overtake(order, actor=actor, now=now)
    addenda.overtake(order, actor=actor, now=now)
    move(order, "close_rest", actor=actor, now=now, note=note, acted_as=acted_as, rest_closed_at=now, rest_due_at=None)
    complete_order(order=order, actor=actor, now=now)
    if order.state != OrderState.CLOSED:  # closing gives everything back itself
        room.give_back(order, now)
        _give_back_goods(order, actor, now)


def _give_back_goods(order: Order, actor: User | None, now: datetime) -> None:
    """What was not sent of an order whose rest was given up."""
    days = due.open_days(order)
    for line in order.lines.select_related("product__seller").order_by("product_id"):
        if line.unsent_quantity <= 0:
            continue
        common: dict[str, Any] = {"product": line.product, "reference": order.number, "actor": actor, "now": now}
        stock.deliver_stock(held=line.unsent_quantity, delivered=ZERO, part=NEVER_SENT, **common)
        for quantity, end in _unsent_by_end(order, line, days):
            last = hours.working_day(line.product.seller, end)
            stock.free_days(quantity=quantity, first=clock.local_date(now), last=last, **common)


def _unsent_by_end(order: Order, line: OrderLine, days: Sequence[DueDay]) -> list[tuple[Decimal, datetime]]:
    """What was not sent of the line, and by when it was to come."""
    if not due.is_scheduled(order):
        return [(line.unsent_quantity, order.deliver_at)]
    amounts = [(amount, day) for day in days for amount in day.amounts.all() if amount.order_line_id == line.pk]
    return [(amount.unsent, day.deliver_at) for amount, day in amounts if amount.unsent > 0]


def _why_nothing(delivery: Delivery) -> str:
    """Why nothing of the delivery was taken: what was written at each line, then of the whole."""
    said = [line.remark for line in delivery.lines.order_by("pk")]
    return "; ".join(dict.fromkeys(words for words in [*said, delivery.remark] if words))


def _give_up_dates(order: Order, actor: User | None, now: datetime, *, note: str, acted_as: str) -> None:
    """The dates that are over, of which something was not sent, are not waited for any more. `order` is as stored
    afterwards."""
    late = due.late_days(order, now, policies.paused_time(order))
    if actor is None:
        late = [day for day in late if clock.is_over(day.rest_due_at, now)]
    gone = schedules.give_up(late, now)
    schedules.settle(order)
    if not is_rest_expected(order):
        overtake(order, actor=actor, now=now)
        addenda.overtake(order, actor=actor, now=now)
    addenda.overtake(order, actor=actor, now=now, days=late)
    move(order, "miss_date", actor=actor, now=now, note=note, acted_as=acted_as)
    freeing.free_missed(order, actor, now)
    complete_order(order=order, actor=actor, now=now)
    if order.state != OrderState.CLOSED:  # closing gives everything back itself
        room.give_back(order, now)
        for line, quantity, part in sorted(gone, key=lambda one: one[0].product_id):
            stock.deliver_stock(
                product=line.product, held=quantity, delivered=ZERO, reference=order.number, part=part, actor=actor,
                now=now,
            )  # fmt: skip


def close_overdue_rests(*, now: datetime) -> int:
    """Orders whose seller let the time for the rest pass; each in its own transaction; the number closed now.

    An undecided dispute and a claim that waits stop the clock. Safe in parallel. Locks: as close_rest.
    """
    late = Order.objects.accepted().undisputed().filter(clock.over("rest_due_at", now)).order_by("rest_due_at", "pk")
    return sweep(
        late.exclude(cancellations__state=CancellationState.CLAIMED),
        lambda order: close_rest(actor=None, order=order, note="", now=now),
        failure="The rest of order %s could not be closed",
        passed_over=(InvalidMove, RuleBroken),
    )


def _check_close_rest(actor: User | None, order: Order, note: str, now: datetime) -> None:
    if actor is not None and not policies.buys(actor, order, clock.local_date(now)):
        raise NotAllowed(_("Sisa pesanan ditutup oleh pembelinya; untuk dinas oleh PP atau PPK."))
    if (
        order.state != OrderState.ACCEPTED
        or not is_rest_expected(order)
        or not (due.is_scheduled(order) or sent_deliveries_of(order))
    ):
        raise InvalidMove(_("Tidak ada sisa barang yang ditunggu pada pesanan ini. Muat ulang halaman."))
    if disputes_policies.is_disputed(order):
        raise DisputeOpen(order)
    if is_claimed(order):
        raise InvalidMove(_("Penjual menuntut ganti rugi pada pesanan ini. Jawab tuntutannya dahulu."))
    if actor is None:
        if not clock.is_over(order.rest_due_at, now):
            raise InvalidMove()
        return
    if not policies.can_close_rest(actor, order, now):
        raise RuleBroken(
            _(
                "Penjual masih punya waktu mengirim sisanya sampai %(end)s. Sebelum itu, minta pembatalan: penjual "
                "menjawab."
            )
            % {"end": long_end(policies.next_sends_until(order))},
            code="rest_early",
        )
    require(note, _("Tulis alasannya supaya penjual tahu apa yang terjadi."), field="note", code="note_missing")
