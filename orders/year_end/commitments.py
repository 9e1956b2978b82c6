"""What a budget year leaves open, with what was decided about it and whose turn it is. The only place that derives it.

A request holds budget until it is ordered, an order binds it until it is paid or cancelled. Nothing is stored of whose
turn it is: it follows from the decisions, the acts, the clocks and the days (`waiting`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import long_date
from orders.orders.models import Order
from orders.orders.next_step import unpaid_of
from orders.year_end import rules, waiting
from orders.year_end.ending import last_day_of
from orders.year_end.models import YearEndDecision
from orders.year_end.states import YearEndChoice, YearEndLevel
from procurement.budgets.models import BudgetEntry
from procurement.frames.models import ApprovalFrame
from procurement.requests.models import PurchaseRequest


@dataclass(frozen=True)
class OpenCommitment:
    """An order of a year that ends, or is over, and still binds its budget.

    `waits_since`: somebody is to decide, or to name the line of the new year (`is_to_carry`), from then on; None:
    decided, or it ends in the year by its own clocks. `level`, `due`: who is asked now, and until when before the next
    one is. `is_expected`: goods are still to come, or came without a result yet.
    """

    order: Order
    year: int
    amount: int
    decided: str
    waits_since: datetime | None
    is_to_carry: bool
    is_expected: bool
    level: YearEndLevel | None
    due: datetime | None

    @property
    def decision(self) -> YearEndDecision | None:
        """The newest about this year; a list prefetches them."""
        return next((row for row in reversed(self.order.year_end_decisions.all()) if row.year == self.year), None)

    @property
    def unpaid(self) -> list[Any]:
        """Its invoices that this year's budget still bears."""
        return [invoice for invoice in unpaid_of(self.order) if (invoice.carried_year or self.year) <= self.year]


@dataclass(frozen=True)
class OpenTotals:
    """`listed`: orders that do not end by themselves or were decided, and what is open of them in whole rupiah;
    `undecided` of them; `running`: orders that by their own clocks are paid in the year."""

    listed: int
    amount: int
    undecided: int
    running: int


def totals(orders: QuerySet[Any]) -> OpenTotals:
    """Of `waiting.open_orders`."""
    sums = orders.order_by().aggregate(
        listed=Count("pk", filter=waiting.LISTED),
        amount=Sum("open_amount", filter=waiting.LISTED, default=0),
        undecided=Count("pk", filter=Q(waits_since__isnull=False)),
        running=Count("pk", filter=waiting.RUNNING),
    )
    return OpenTotals(**sums)


def read(orders: Iterable[Order], now: datetime) -> list[OpenCommitment]:
    """Of rows of `waiting.open_orders`; one statement for all."""
    day = clock.local_date(now)
    first = waiting.opens_on(waiting.listed_until(day) - 1)
    holidays = clock.holidays_between(first, day + timedelta(days=60))
    times = rules.DECIDE.on(day), rules.CLIMB.on(day)
    return [_read(order, now, times, holidays) for order in orders]


def of_order(order: Order, now: datetime) -> OpenCommitment | None:
    """None: not on the list (yet)."""
    found = waiting.open_orders(now, Order.objects.filter(pk=order.pk))
    rows = found.select_related("agency", "seller", "request__line", "commitment")
    return next(iter(read(rows, now)), None)


@dataclass(frozen=True)
class HeldBudget:
    """What holds budget of such a year and has no surat pesanan: a request, a draft for which an award holds the money,
    or what is left of a frame. `amount`: whole rupiah, as the ledger says."""

    row: PurchaseRequest | ApprovalFrame
    amount: int
    until: datetime | None


def open_requests(now: datetime) -> "QuerySet[PurchaseRequest]":
    """Requests that hold budget of such a year and have no surat pesanan yet: those who decide on them are told by
    their own deadlines, and on 1 January what is left lapses (`holds.lapse_holds`)."""
    newest = waiting.listed_until(clock.local_date(now))
    found = PurchaseRequest.objects.live() | PurchaseRequest.objects.awarded()
    return found.filter(line__year__lte=newest).select_related("agency", "line").order_by("held_until", "pk")


def held_budget(now: datetime, **of: Any) -> list[HeldBudget]:
    """Of a department (`agency`), or of all; what ends first at the top. Three statements."""
    requests = list(open_requests(now).filter(**of))
    sums = BudgetEntry.objects.order_by().filter(reference__in=[row.number for row in requests])
    reserved = dict(sums.values_list("reference").annotate(sum=Sum("reserved_delta")))
    found = [HeldBudget(row, reserved.get(row.number, 0), row.held_until) for row in requests]
    newest = waiting.listed_until(clock.local_date(now))
    frames = ApprovalFrame.objects.signed().filter(line__year__lte=newest, drawn__lt=F("amount"), **of)
    found += [HeldBudget(row, row.left, clock.end_of(row.valid_until)) for row in frames.select_related("agency")]
    found.sort(key=lambda held: (held.until is None, held.until or now))
    return [held for held in found if held.amount]


def _read(order: Any, now: datetime, times: tuple[int, int], holidays: frozenset[date]) -> OpenCommitment:
    level = due = None
    if order.waits_since is not None:
        first = YearEndLevel.HEAD if order.is_to_carry else YearEndLevel.PPK
        level, due = _asked(order.waits_since, now, times, holidays, first=first)
    return OpenCommitment(
        order=order,
        year=order.open_year,
        amount=order.open_amount,
        decided=_decided(order, now),
        waits_since=order.waits_since,
        is_to_carry=order.is_to_carry,
        is_expected=order.is_expected,
        level=level,
        due=due,
    )


def _decided(order: Any, now: datetime) -> str:
    """What holds, in words; "" where nothing does."""
    if order.cancel_waits:
        return _("Pembatalan diminta, menunggu jawaban")
    choice = order.decision_choice if order.decision_year == order.open_year else None
    if choice == YearEndChoice.DEBT and not order.is_expected:
        return _("Utang, dibayar dari DPA tahun berikutnya")
    if order.waits_since is not None:
        return ""
    if choice == YearEndChoice.FINISH and clock.local_date(now) <= order.decision_finish_by:
        return _("Diselesaikan dan dibayar paling lambat %(day)s") % {"day": long_date(order.decision_finish_by)}
    return _("Berjalan: menurut tenggatnya dibayar sampai %(day)s") % {"day": long_date(last_day_of(order.open_year))}


def _asked(
    since: datetime, now: datetime, times: tuple[int, int], holidays: frozenset[date], *, first: YearEndLevel
) -> tuple[YearEndLevel, datetime | None]:
    decide, climb = times
    head_on = clock.add_working_days(clock.local_date(since), decide, holidays)
    if first == YearEndLevel.PPK and not clock.is_over(clock.end_of(head_on), now):
        return first, clock.end_of(head_on)
    passed_on = head_on
    if first == YearEndLevel.PPK:
        passed_on = clock.add_working_days(head_on, climb, holidays)
    if not clock.is_over(clock.end_of(passed_on), now):
        return YearEndLevel.HEAD, clock.end_of(passed_on)
    return YearEndLevel.INSPECTORATE, None
