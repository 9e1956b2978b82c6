"""When a shop is open, and that in words. Pure over a loaded shop, a stall with its food court: a stall is open only
while its court is. `SellerQuerySet.open_at` is the twin in SQL."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from epeken.core.clock import ZONE, end_of, is_over, last_day, local_date
from epeken.core.i18n.times import clock_words, long_date, long_time, weekday
from umkm.sellers.models import FoodCourt, Seller


@dataclass(frozen=True)
class Opening:
    is_open: bool
    text: str  # "Buka sampai 16.00 …", "Tutup, buka besok 07.00 …", `holiday_words`
    until: str = ""  # "16.00 …" while open


HORIZON_DAYS = 60  # how far ahead a person may order
MIDNIGHT = time(0)
PREPARE = timedelta(hours=1)  # what a shop needs before it closes to take one more order for that day


def opens_on(seller: Seller, day: date) -> bool:
    """Whether the shop opens its door on this calendar day: one of its days, and not on holiday."""
    return str(day.isoweekday()) in seller.open_days and not is_on_holiday(seller, day)


def is_on_holiday(seller: Seller, day: date) -> bool:
    """Up to and including the day the shop wrote."""
    return seller.closed_until is not None and day <= seller.closed_until


def is_open(seller: Seller, moment: datetime) -> bool:
    """From the opening minute up to, not including, the closing minute, in the city's time.

    Hours past midnight (`closes_at` before `opens_at`) belong to the day the door was opened.
    """
    local = moment.astimezone(ZONE)
    now, day = local.time(), local.date()
    if not _works_at(seller, now):
        return False
    if seller.opens_at < seller.closes_at:
        return opens_on(seller, day)
    late = opens_on(seller, day) and now >= seller.opens_at
    early = opens_on(seller, day - timedelta(days=1)) and now < seller.closes_at
    return late or early


def can_close_today(seller: Seller, moment: datetime) -> bool:
    """Whether being closed for the rest of the day changes anything: the shop is open, or opens later that day."""
    day = local_date(moment)
    return is_open(seller, moment) or (opens_on(seller, day) and not is_over(last_moment(seller, day), moment))


def last_moment(seller: Seller, day: date) -> datetime:
    """The end of the time the shop works on `day`: its closing hour or its court's, or the end of the day when both
    close after midnight."""
    ends = [datetime.combine(day, closes, tzinfo=ZONE) for _opens, closes in _hours_of(seller)]
    worked = [end for end in (*ends, end_of(day)) if _works_at(seller, _just_before(end))]
    return max(worked, default=ends[0])


def working_day(seller: Seller, end: datetime) -> date:
    """The day whose opening the time up to `end` belongs to: small hours of a shop open past midnight are the day
    before's."""
    day = last_day(end)
    is_late = seller.opens_at > seller.closes_at and end <= datetime.combine(day, seller.closes_at, tzinfo=ZONE)
    return day - timedelta(days=1) if is_late else day


def first_moment(seller: Seller, day: date, now: datetime) -> datetime:
    """From when on a day it works the shop can have an order on its way that is placed now."""
    return max(_door(seller, day), now + PREPARE)


def answer_by(seller: Seller, due: datetime) -> datetime:
    """`due` when the shop is open up to it; else an hour after it next opens: no deadline ends while nobody is there.

    Unchanged when it does not open within the horizon.
    """
    if is_open(seller, due - timedelta.resolution):
        return due
    start = working_day(seller, due)
    openings = (
        _door(seller, day)
        for day in (start + timedelta(days=ahead) for ahead in range(HORIZON_DAYS))
        if opens_on(seller, day)
    )
    return next((opening + PREPARE for opening in openings if opening >= due), due)


def is_past_cut_off(cut_off: time | None, now: datetime) -> bool:
    """Whether an order placed now counts as of the next day: from the hour on, in the city's time. None: never."""
    return cut_off is not None and now.astimezone(ZONE).time() >= cut_off


def midnight_words() -> str:
    """Why midnight is no cut-off hour: no order would ever count as of its own day."""
    return _("Pukul 00.00 tidak bisa dipakai. Kosongkan bila pesanan diterima sampai akhir hari.")


def order_day(cut_off: time | None, now: datetime) -> date:
    """The day as of which an order placed now counts."""
    return local_date(now) + timedelta(days=is_past_cut_off(cut_off, now))


def first_day(seller: Seller, lead_days: int, now: datetime, *, cut_off: time | None = None) -> date:
    """The earliest day this shop can have it ready: lead time, opening days, today's closing hour and the hour from
    which an order counts as of the next day considered.

    When it opens on no day within the horizon, the day after the horizon.
    """
    start = order_day(cut_off, now) + timedelta(days=lead_days)
    days = (start + timedelta(days=ahead) for ahead in range(HORIZON_DAYS))
    fits = (day for day in days if opens_on(seller, day) and not is_over(last_moment(seller, day) - PREPARE, now))
    return next(fits, start + timedelta(days=HORIZON_DAYS))


def last_call(seller: Seller, lead_days: int, day: date, *, cut_off: time | None = None) -> datetime:
    """The end of the time in which an order for `day`, on which the shop works, can be placed: up to it, `first_day` is
    `day` or earlier."""
    ordered = day - timedelta(days=lead_days)
    end = end_of(ordered) if cut_off is None else datetime.combine(ordered, cut_off, tzinfo=ZONE)
    return min(end, last_moment(seller, day) - PREPARE)


def working_days(seller: Seller, first: date, last: date) -> list[date]:
    """Days from `first` to `last`, both included, on which the shop works."""
    days = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
    return [day for day in days if opens_on(seller, day)]


def holiday_words(seller: Seller, moment: datetime) -> str:
    """`Libur sampai Minggu, 29 November 2026; buka lagi Senin, 30 November 2026 pukul 07.00` and the zone, else
    nothing. Every page says it so."""
    last = seller.closed_until
    if last is None or not is_on_holiday(seller, local_date(moment)):
        return ""
    days = (last + timedelta(days=ahead) for ahead in range(1, 8))
    opening = next((_door(seller, day) for day in days if opens_on(seller, day)), None)
    words = {"day": long_date(last)}
    if opening is None:  # no day of the week is written
        return _("Libur sampai %(day)s") % words
    return _("Libur sampai %(day)s; buka lagi %(opening)s") % {**words, "opening": long_time(opening)}


def opening_of(seller: Seller, moment: datetime) -> Opening:
    local = moment.astimezone(ZONE)
    if words := holiday_words(seller, moment):
        return Opening(False, words)
    if is_open(seller, moment):
        closing = _next_end(seller, local)
        until = clock_words(closing)
        if closing.date() > local.date():
            return Opening(
                True, _("Buka sampai besok %(hour)s") % {"hour": until}, _("besok %(hour)s") % {"hour": until}
            )
        return Opening(True, _("Buka sampai %(hour)s") % {"hour": until}, until)
    for ahead in range(8):
        day = local.date() + timedelta(days=ahead)
        if not opens_on(seller, day) or _door(seller, day) <= local:
            continue
        hour = clock_words(_door(seller, day))
        if ahead == 0:
            return Opening(False, _("Buka pukul %(hour)s") % {"hour": hour})
        if ahead == 1:
            return Opening(False, _("Tutup, buka besok %(hour)s") % {"hour": hour})
        return Opening(False, _("Tutup, buka %(day)s %(hour)s") % {"day": weekday(day), "hour": hour})
    return Opening(False, _("Sedang tutup"))


def days_text(digits: str) -> str:
    """`123456` → `Senin–Sabtu`; gaps are listed."""
    days = sorted({int(d) for d in digits if d in "1234567"})
    if len(days) == 7:
        return _("Setiap hari")
    if not days:
        return _("Hari buka belum ditulis")
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{_named(days[0])}–{_named(days[-1])}"
    return ", ".join(_named(d) for d in days)


def hours_of(seller: Seller) -> tuple[time, time]:
    """From when to when the shop works on a day: its own hours, of a stall as far as its court is open."""
    door = _door(seller, date(2024, 1, 1))  # any day
    return door.time(), _next_end(seller, door).time()


def has_hours(opens_at: time, closes_at: time, court: FoodCourt) -> bool:
    """Whether a stall with these hours is ever open while its court is."""
    return _is_within(opens_at, court.opens_at, court.closes_at) or _is_within(court.opens_at, opens_at, closes_at)


def _hours_of(seller: Seller) -> list[tuple[time, time]]:
    """All of which are to be so for the shop to be open: its own hours first, and those of a stall's court."""
    own = [(seller.opens_at, seller.closes_at)]
    court = seller.food_court if seller.food_court_id else None
    return own if court is None else [*own, (court.opens_at, court.closes_at)]


def _works_at(seller: Seller, hour: time) -> bool:
    """On whatever day."""
    return all(_is_within(hour, opens, closes) for opens, closes in _hours_of(seller))


def _is_within(hour: time, opens: time, closes: time) -> bool:
    """Hours past midnight are those of a place that closes before it opens."""
    return opens <= hour < closes if opens < closes else hour >= opens or hour < closes


def _door(seller: Seller, day: date) -> datetime:
    """When the shop opens on a day it works."""
    starts = sorted(opens for opens, _closes in _hours_of(seller))
    found = [start for start in starts if start >= seller.opens_at and _works_at(seller, start)]
    return datetime.combine(day, (found or [seller.opens_at])[0], tzinfo=ZONE)


def _next_end(seller: Seller, local: datetime) -> datetime:
    """When the shop that is open closes."""
    ends = [datetime.combine(local.date(), closes, tzinfo=ZONE) for _opens, closes in _hours_of(seller)]
    return min(end if end > local else end + timedelta(days=1) for end in ends)


def _just_before(end: datetime) -> time:
    return (end - timedelta.resolution).astimezone(ZONE).time()


def _named(isoweekday: int) -> str:
    return weekday(date(2024, 1, isoweekday))  # 1 January 2024 was a Monday
