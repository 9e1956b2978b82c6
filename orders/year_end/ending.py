"""What ends with the budget year itself: after it nothing is sent for its money."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import require
from epeken.core.i18n.times import long_date
from orders.orders.models import Order
from orders.orders.next_step import is_rest_expected
from orders.year_end import rules


def last_day_of(year: int) -> date:
    """Of the budget year. Source: PP 12/2019."""
    return date(year, 12, 31)


def check_sending(order: Order, now: datetime) -> None:
    """Goods of a department leave in the budget year that pays them. What left in time arrives and is inspected as it
    comes. Raises: RuleBroken."""
    if order.request is None or order.request.line is None:
        return
    year = order.request.line.year
    last = last_day_of(year) - timedelta(days=rules.LAST_SENT.on(last_day_of(year)))
    require(
        clock.local_date(now) <= last,
        _(
            "Pesanan ini dibayar dari anggaran %(year)s, jadi barangnya dikirim paling lambat %(last)s. Minta "
            "pembatalan dari halaman pesanan, atau tunggu keputusan dinas."
        )
        % {"year": year, "last": long_date(last)},
        code="year_over",
    )


def first_payable(order: Order, now: datetime, *, is_expected: bool) -> date:
    """The first day on which what is open can be paid. Money leaves on working days; goods that are still to come are
    inspected and billed before, so they are paid on the working day after they come at the earliest."""
    day = clock.local_date(now)
    if not is_expected:
        return clock.working_day_from(day)
    comes = max(day, clock.last_day(order.deliver_at)) if is_rest_expected(order) else day
    return clock.add_working_days(comes, 1)


def first_words(*, is_expected: bool) -> str:
    """Why it is that day."""
    if is_expected:
        return _("barangnya masih harus tiba, diperiksa dan ditagih dahulu")
    return _("bank membayar pada hari kerja")
