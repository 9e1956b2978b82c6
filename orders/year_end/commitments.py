"""What a budget year leaves open, with what was decided about it and whose turn it is. The only place that derives it.

A request holds budget until it is ordered, an order binds it until it is paid or cancelled. Nothing is stored of whose
turn it is: it follows from the decisions, the acts and the days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import long_date
from orders.addenda.states import AddendumState
from orders.billing.states import CommitmentState, InvoiceState
from orders.deliveries.states import WITHOUT_RESULT
from orders.orders.models import Order
from orders.orders.next_step import is_rest_expected, live_invoices_of, unpaid_of, waiting_of
from orders.year_end import rules
from orders.year_end.ending import last_day_of
from orders.year_end.models import YearEndDecision
from orders.year_end.states import YearEndChoice, YearEndLevel
from procurement.requests.models import PurchaseRequest


@dataclass(frozen=True)
class OpenCommitment:
    """An order of a year that ends, or is over, and still binds its budget.

    `waits_since`: somebody is to decide, or to name the line of the new year (`is_to_carry`), from then on; None:
    decided. `level`, `due`: who is asked now, and until when before the next one is.
    """

    order: Order
    year: int
    amount: int
    decided: str
    waits_since: datetime | None
    is_to_carry: bool
    level: YearEndLevel | None
    due: datetime | None
    decision: YearEndDecision | None

    @property
    def unpaid(self) -> list[Any]:
        """Its invoices that this year's budget still bears."""
        return [invoice for invoice in unpaid_of(self.order) if (invoice.carried_year or self.year) <= self.year]


def opens_on(year: int) -> date:
    """The first day on which the open commitments of the year are listed."""
    last = last_day_of(year)
    return last - timedelta(days=rules.LISTED.on(last))


def listed_until(day: date) -> int:
    """The newest budget year whose open commitments are listed on the day."""
    return day.year if opens_on(day.year) <= day else day.year - 1


def open_orders(now: datetime, orders: "QuerySet[Order] | None" = None) -> list[OpenCommitment]:
    """Of the departments' orders (all, or those given), the oldest year first. As many statements for one order as for
    many."""
    day = clock.local_date(now)
    newest = listed_until(day)
    found = (Order.objects.all() if orders is None else orders).filter(
        agency__isnull=False, commitment__state=CommitmentState.COMMITTED, request__line__year__lte=newest
    )
    found = found.select_related("agency", "seller", "request__line", "commitment").prefetch_related(
        "lines", "deliveries", "invoices", "cancellations", "disputes", "remedies", "addenda", "year_end_decisions"
    )
    holidays = clock.holidays_between(opens_on(newest - 1), day + timedelta(days=60))
    rows = [_read(order, newest, now, holidays) for order in found.order_by("request__line__year", "pk")]
    return [row for row in rows if row is not None]


def of_order(order: Order, now: datetime) -> OpenCommitment | None:
    """None: not on the list (yet)."""
    return next(iter(open_orders(now, Order.objects.filter(pk=order.pk))), None)


def open_requests(now: datetime) -> "QuerySet[PurchaseRequest]":
    """Requests that hold budget of such a year and have no surat pesanan yet: those who decide on them are told by
    their own deadlines, and on 1 January what is left lapses (`holds.lapse_holds`)."""
    newest = listed_until(clock.local_date(now))
    found = PurchaseRequest.objects.live().filter(line__year__lte=newest).select_related("agency", "line")
    return found.order_by("held_until", "pk")


def _read(order: Order, newest: int, now: datetime, holidays: frozenset[date]) -> OpenCommitment | None:
    assert order.request is not None
    assert order.request.line is not None
    year = order.request.line.year
    invoices = live_invoices_of(order)
    expected = is_expected(order)
    years = [row.carried_year or year for row in invoices if row.state != InvoiceState.PAID]
    mine = [one for one in [*years, *([year] if expected else [])] if one <= newest]
    if not mine:
        return None
    year = min(mine)
    elsewhere = [row for row in invoices if row.state == InvoiceState.PAID or (row.carried_year or 0) > newest]
    amount = order.commitment.amount - sum(row.gross for row in elsewhere)
    decided, since, to_carry, decision = _decided(order, year, expected, now)
    level = due = None
    if since is not None:
        level, due = _asked(since, now, holidays, first=YearEndLevel.HEAD if to_carry else YearEndLevel.PPK)
    return OpenCommitment(order, year, amount, decided, since, to_carry, level, due, decision)


def is_expected(order: Order) -> bool:
    """Whether goods are still to come, or came without a result yet."""
    return is_rest_expected(order) or any(one.state in WITHOUT_RESULT for one in order.deliveries.all())


def _decided(
    order: Order, year: int, expected: bool, now: datetime
) -> tuple[str, datetime | None, bool, YearEndDecision | None]:
    """What holds, in words; since when it is somebody's turn (None: nobody's); whether to name a line; the decision."""
    day, opens = clock.local_date(now), clock.start_of(opens_on(year))
    decision = next((row for row in reversed(order.year_end_decisions.all()) if row.year == year), None)
    asked = waiting_of(order)
    if asked is not None:
        return _("Pembatalan diminta, menunggu jawaban"), None, False, decision
    if order.amend_due_at is not None:
        return _("Perubahan waktu diusulkan, menunggu jawaban"), None, False, decision
    since = [opens, order.placed_at]
    since += [row.ended_at for row in order.cancellations.all() if row.ended_at is not None]
    moved = [row for row in order.addenda.all() if row.state == AddendumState.AGREED and row.moves_day]
    since += [row.ended_at for row in order.addenda.all() if row.ended_at is not None]
    if any(row.ended_at is not None and row.ended_at >= opens for row in moved):
        last = clock.last_day(order.deliver_at)
        if day <= last and expected:
            return _("Adendum: tiba paling lambat %(day)s") % {"day": long_date(last)}, None, False, decision
        since.append(clock.end_of(last))
    if decision is None:
        return "", max(since), False, None
    if decision.choice == YearEndChoice.FINISH and decision.finish_by is not None:
        if day <= decision.finish_by:
            words = _("Diselesaikan dan dibayar paling lambat %(day)s") % {"day": long_date(decision.finish_by)}
            return words, None, False, decision
        return "", max([*since, clock.end_of(decision.finish_by)]), False, decision
    if expected:  # a debt is of goods that came
        return "", max(since), False, decision
    words = _("Utang, dibayar dari DPA tahun berikutnya")
    if day.year <= year:
        return words, None, False, decision
    return words, max([*since, decision.decided_at, clock.end_of(last_day_of(year))]), True, decision


def _asked(
    since: datetime, now: datetime, holidays: frozenset[date], *, first: YearEndLevel
) -> tuple[YearEndLevel, datetime | None]:
    day = clock.local_date(now)
    head_on = clock.add_working_days(clock.local_date(since), rules.DECIDE.on(day), holidays)
    if first == YearEndLevel.PPK and not clock.is_over(clock.end_of(head_on), now):
        return first, clock.end_of(head_on)
    passed_on = head_on
    if first == YearEndLevel.PPK:
        passed_on = clock.add_working_days(head_on, rules.CLIMB.on(day), holidays)
    if not clock.is_over(clock.end_of(passed_on), now):
        return YearEndLevel.HEAD, clock.end_of(passed_on)
    return YearEndLevel.INSPECTORATE, None


def sums(rows: Iterable[OpenCommitment]) -> dict[str, int]:
    """How many and how much, in whole rupiah; how many of them nobody decided."""
    found = list(rows)
    return {
        "count": len(found),
        "amount": sum(row.amount for row in found),
        "undecided": sum(row.waits_since is not None for row in found),
    }
