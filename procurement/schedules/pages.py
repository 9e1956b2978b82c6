"""How the schedule of a request reads."""

from typing import Any

from django.utils.translation import ngettext

from epeken.core import clock
from epeken.core.i18n.times import full_date, long_time
from procurement.requests.models import PurchaseRequest
from procurement.schedules import reading
from umkm.catalogue.states import Unit


def rows(request: PurchaseRequest) -> list[dict[str, Any]]:
    """For `procurement/schedules/_schedule.html`; none without a schedule. Goods that were dropped are left out."""
    found = []
    for n, day in enumerate(reading.days_of(request), 1):
        goods = [
            f"{Unit(amount.line.unit).counted(amount.quantity)} {amount.line.name}"
            for amount in day.amounts.all()
            if amount.line.dropped_at is None
        ]
        found.append({"n": n, "when": long_time(clock.told_end(day.deliver_at)), "place": day.place, "goods": goods})
    return found


def summary(request: PurchaseRequest) -> str:
    """`8 kali kirim, yang pertama 5 Januari 2027, yang terakhir …`; "" without a schedule."""
    days = reading.days_of(request)
    if not days:
        return ""
    text = ngettext(
        "%(count)s kali kirim, yang pertama %(day)s, yang terakhir %(last)s",
        "%(count)s kali kirim, yang pertama %(day)s, yang terakhir %(last)s",
        len(days),
    )
    first, last = (full_date(clock.last_day(day.deliver_at)) for day in (days[0], days[-1]))
    return text % {"count": len(days), "day": first, "last": last}
