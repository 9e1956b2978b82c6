"""Until when each office in turn signs or decides, and whether the time is enough for all. The only place that says so.

Each has the dated working days, but all of them together no more than everything is held for the request: they share
it, a working day at least each. The decision, a seller's answer and the last moment to order have some hours between
them, so that another seller can follow one who stays silent. Where the sellers cannot be asked so late, the request is
not sent.
"""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import long_date, long_time
from procurement.requests import chain, officers, rules
from procurement.requests.contents import RequestContents
from procurement.requests.models import PurchaseRequest


def due_of(now: datetime, until: datetime, steps: int) -> datetime:
    """By when the office whose turn it is now acts. `until`: of the hold; `steps`: signatures to come, and the decision
    after them."""
    day = clock.local_date(now)
    share = clock.working_days_between(day, clock.last_day(until)) // steps
    return min(clock.due_after_working_days(now, min(rules.APPROVAL.on(day), max(share, 1))), decided_by(until, now))


def decided_by(until: datetime, now: datetime) -> datetime:
    """The latest decision: the dated hours for a seller's answer come after it, and as many to the last order."""
    return before(before(until, now), now)


def before(end: datetime, now: datetime) -> datetime:
    """The dated hours before `end`, while that lies ahead; else `end`."""
    return _earlier(end, now) if is_time_left(end, now) else end


def is_time_left(end: datetime, now: datetime) -> bool:
    """Whether there are still the dated hours until `end`."""
    return not clock.is_over(_earlier(end, now), now)


def _earlier(end: datetime, now: datetime) -> datetime:
    return end - timedelta(hours=rules.ANSWER_MARGIN.on(clock.local_date(now)))


def steps_of(request: PurchaseRequest) -> int:
    """Of a sent request: the signatures nobody gave yet, and the decision."""
    return 1 + sum(row.signed_at is None for row in chain.of_request(request))


def steps_to_come(request: PurchaseRequest, held: RequestContents, day: date, split: int) -> int:
    """Of one that is still written, as its amount asks for them, or the purchase it seems split from. One query."""
    return 1 + len(chain.needed(request, held, officers.needed_role(max(held.total, split), day), day))


def too_short(now: datetime, until: datetime, steps: int) -> str:
    """Why the sellers cannot wait for so many; empty when they can. Who decides alone may do so the same day."""
    day = clock.local_date(now)
    if steps < 2 or clock.working_days_between(day, clock.last_day(until)) >= steps:
        return ""
    words = {
        "until": long_time(clock.told_end(until)),
        "steps": steps,
        "day": long_date(clock.add_working_days(day, steps)),
    }
    return (
        _(
            "Supaya tiba tepat waktu, barangnya dipesan paling lambat %(until)s, sedangkan permintaan ini menunggu "
            "%(steps)d pejabat, masing-masing paling sedikit satu hari kerja: sampai %(day)s. Pilih waktu tiba yang "
            "lebih jauh, atau barang yang waktu siapnya lebih singkat."
        )
        % words
    )
