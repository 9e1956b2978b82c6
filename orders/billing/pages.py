"""What pages say about money: the payment clock, ageing, tax lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.clock import local_date
from epeken.core.i18n.times import day_words, weekday, working_days_words
from orders.billing import rules, taxes
from orders.billing.models import Invoice, Payment, TaxLine
from orders.billing.querysets import InvoiceQuerySet
from orders.billing.states import InvoiceState


@dataclass(frozen=True)
class Day:
    """One square of the payment clock."""

    name: str
    number: int
    text: str
    kind: str


@dataclass(frozen=True)
class PaymentClock:
    """Working days left to pay, negative after a working day without payment; on the weekend behind its last day an
    invoice is late with none left. Buyer and seller read the same figure."""

    left: int
    due: date
    is_late: bool
    title: str
    days: tuple[Day, ...]


def holidays_of(invoices: Iterable[Invoice], now: datetime) -> frozenset[date]:
    """Every holiday that a clock of these invoices may meet. One query."""
    moments = [moment for row in invoices for moment in (row.issued_at, row.due_at, row.paid_at) if moment is not None]
    days = [local_date(moment) for moment in [now, *moments]]
    return clock.holidays_between(min(days), max(days))


def payment_clock(invoice: Invoice, now: datetime, holidays: frozenset[date] | None = None) -> PaymentClock | None:
    """The clock of an invoice that waits for its treasurer; None once it is paid, and for cash.

    `holidays` of `holidays_of`, where several are shown.
    """
    if invoice.state not in (InvoiceState.ISSUED, InvoiceState.VERIFIED) or invoice.due_at is None:
        return None
    today, due, issued = local_date(now), clock.last_day(invoice.due_at), local_date(invoice.issued_at)
    if holidays is None:
        holidays = holidays_of([invoice], now)
    left = clock.working_days_between(today, due, holidays)
    working = [
        day
        for day in (issued + timedelta(days=n) for n in range(1, (due - issued).days + 1))
        if clock.is_working_day(day, holidays)
    ][-5:]
    squares = tuple(Day(weekday(d), d.day, _day_word(d, today, due), _day_kind(d, today)) for d in working)
    return PaymentClock(
        left=left,
        due=due,
        is_late=clock.is_over(invoice.due_at, now),
        title=working_days_words(left, due, today),
        days=squares,
    )


def _day_word(day: date, today: date, due: date) -> str:
    if day == today:
        return day_words(day, today)
    if day == due:
        return _("batas")
    return _("lewat") if day < today else ""


def _day_kind(day: date, today: date) -> str:
    return "today" if day == today else "past" if day < today else ""


def paid_in(invoice: Invoice, payment: Payment, holidays: frozenset[date] | None = None) -> int:
    """Working days from BAST to payment. `holidays` as in `payment_clock`."""
    return clock.working_days_between(local_date(invoice.issued_at), payment.paid_on, holidays)


def tax_lines(invoice: Invoice) -> list[TaxLine]:
    """The invoice's valid tax lines with their rules."""
    return taxes.in_force(invoice.tax_lines.select_related("rule"))


@dataclass(frozen=True)
class Ageing:
    """Unpaid invoices of a treasurer's departments, the longest waiting first."""

    late: list[Invoice]
    today: list[Invoice]
    later: list[Invoice]
    paused: list[Invoice]  # an undecided dispute stands before them; nobody pays, and no clock runs

    @property
    def total(self) -> int:
        return sum(invoice.gross for invoice in [*self.late, *self.today, *self.later])

    @property
    def count(self) -> int:
        return len(self.late) + len(self.today) + len(self.later)


def ageing(invoices: InvoiceQuerySet, now: datetime) -> Ageing:
    today = local_date(now)
    rows = invoices.payable().select_related("order__seller", "order__agency", "order__request").order_by("due_at")
    found: Sequence[Invoice] = list(rows.undisputed())
    return Ageing(
        late=[b for b in found if b.due_at and clock.last_day(b.due_at) < today],
        today=[b for b in found if b.due_at and clock.last_day(b.due_at) == today],
        later=[b for b in found if b.due_at and clock.last_day(b.due_at) > today],
        paused=list(rows.disputed()),
    )


def days_left_words(invoice: Invoice, now: datetime, holidays: frozenset[date]) -> str:
    if invoice.due_at is None:
        return ""
    today, due = local_date(now), clock.last_day(invoice.due_at)
    return working_days_words(clock.working_days_between(today, due, holidays), due, today)


def payment_days(day: date) -> int:
    return rules.PAYMENT.on(day)
