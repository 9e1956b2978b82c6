"""Days, hours and deadlines in words: the reader's language, the city's clock, hours always with its zone."""

from datetime import date, datetime, time

from babel.dates import format_date
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from epeken.core.clock import ZONE, is_over, last_day, local_date, told_end

# What people call the city's time; Indonesia's zones never shift.
ZONE_NAME = str(datetime.now(ZONE).tzname())
HOUR_MINUTES, DAY_MINUTES = 60, 24 * 60
FAR_DAYS = 3  # from here on days alone tell what is left


def clock_words(hour: datetime | time) -> str:
    """`14.30` and the zone's name. A moment is read in the city's time, an hour of the day as it stands."""
    local = hour.astimezone(ZONE) if isinstance(hour, datetime) else hour
    return f"{local:%H.%M} {ZONE_NAME}"


def hours_words(opens: time, closes: time) -> str:
    """`08.00–17.00` and the zone; a closing hour that comes after midnight is said to be the next day's."""
    words = f"{opens:%H.%M}–{clock_words(closes)}"
    return words if opens < closes else _("%(hours)s hari berikutnya") % {"hours": words}


def weekday(day: date | datetime) -> str:
    """`Sabtu`."""
    return _format(day, "EEEE")


def month(day: date | datetime) -> str:
    """`September`."""
    return _format(day, "MMMM")


def long_date(day: date | datetime) -> str:
    """`Sabtu, 12 September 2026`."""
    return _format(day, "EEEE, d MMMM y")


def full_date(day: date | datetime) -> str:
    """`12 September 2026`."""
    return _format(day, "d MMMM y")


def short_date(day: date | datetime) -> str:
    """`12 September`, where the year goes without saying."""
    return _format(day, "d MMMM")


def brief_date(day: date | datetime) -> str:
    """`12 Sep 2026`, in tables."""
    return _format(day, "d MMM y")


def brief_time(moment: datetime) -> str:
    """`12 Sep 2026, 14.30` and the zone, in tables."""
    return f"{brief_date(moment)}, {clock_words(moment)}"


def numeric_date(day: date | datetime) -> str:
    """`12-09-2026`, beside words on papers and on a watermark."""
    return _format(day, "dd-MM-y")


def month_year(day: date | datetime) -> str:
    """`September 2026`."""
    return _format(day, "MMMM y")


def long_time(moment: datetime) -> str:
    """`Sabtu, 12 September 2026 pukul 14.30` and the zone."""
    return _("%(day)s pukul %(hour)s") % {"day": long_date(moment), "hour": clock_words(moment)}


def short_end(end: datetime) -> str:
    """The end of a period: `12 September` where all of that day counts, else with its hour and the zone."""
    day, told = short_date(last_day(end)), told_end(end)
    return day if told != end else _("%(day)s pukul %(hour)s") % {"day": day, "hour": clock_words(told)}


def long_end(end: datetime) -> str:
    """The same as `Sabtu, 12 September 2026`, with its hour unless all of that day counts."""
    told = told_end(end)
    return long_date(last_day(end)) if told != end else long_time(told)


def full_time(moment: datetime) -> str:
    """`12 September 2026, 14.30` and the zone."""
    return f"{full_date(moment)}, {clock_words(moment)}"


def day_words(day: date, today: date) -> str:
    """`kemarin`, `hari ini`, `besok`, else `12 September`."""
    near = {-1: _("kemarin"), 0: _("hari ini"), 1: _("besok")}
    return near.get((day - today).days) or short_date(day)


def near_time(moment: datetime, now: datetime) -> str:
    """`hari ini pukul 14.30`, `besok pukul 09.00`, `12 September pukul 09.00`, and the zone."""
    day = day_words(local_date(moment), local_date(now))
    return _("%(day)s pukul %(hour)s") % {"day": day, "hour": clock_words(moment)}


def left_words(due: datetime, now: datetime) -> str:
    """`Sisa 18 menit`, `Sisa 8 jam 18 menit`, `Sisa 2 hari 13 jam`, `Sisa 3 hari`; `Waktu habis`, then `Lewat 2 hari`.

    Hours and minutes are rounded down, so nobody is promised more than there is; days late are days of the calendar.
    """
    if is_over(due, now):
        late = (local_date(now) - last_day(due)).days
        return _late(late) if late else _("Waktu habis")
    minutes = int((due - now).total_seconds()) // 60
    days = minutes // DAY_MINUTES
    if days >= FAR_DAYS:
        return ngettext("Sisa %(n)d hari", "Sisa %(n)d hari", days) % {"n": days}
    if days:
        said = ngettext("Sisa %(days)d hari %(hours)d jam", "Sisa %(days)d hari %(hours)d jam", days)
        return said % {"days": days, "hours": minutes % DAY_MINUTES // HOUR_MINUTES}
    if minutes >= HOUR_MINUTES:
        return _("Sisa %(hours)d jam %(minutes)d menit") % {
            "hours": minutes // HOUR_MINUTES,
            "minutes": minutes % HOUR_MINUTES,
        }
    return _("Sisa %(minutes)d menit") % {"minutes": max(minutes, 1)}


def deadline_words(what: str, due: datetime, now: datetime) -> str:
    """`left_words` with what ends then: `Keputusan: sisa 2 hari`, `Keputusan: lewat 4 hari`."""
    left = left_words(due, now)
    return _("%(what)s: %(left)s") % {"what": what, "left": left[:1].lower() + left[1:]}


def working_days(count: int) -> str:
    """`1 hari kerja`; in English `2 working days`."""
    return ngettext("%(n)s hari kerja", "%(n)s hari kerja", count) % {"n": count}


def working_days_words(left: int, last: date, today: date) -> str:
    """Working days left until the end of `last`: `Sisa 2 hari kerja`, `Hari ini batasnya`, `Lewat 3 hari kerja`; with
    no working day between them `Lewat, batasnya kemarin`, `Batasnya besok`, `Batasnya 12 September`."""
    if left < 0:
        return ngettext("Lewat %(n)d hari kerja", "Lewat %(n)d hari kerja", -left) % {"n": -left}
    if left == 0:
        if last == today:
            return _("Hari ini batasnya")
        said = _("Lewat, batasnya %(day)s") if last < today else _("Batasnya %(day)s")
        return said % {"day": day_words(last, today)}
    return ngettext("Sisa %(n)d hari kerja", "Sisa %(n)d hari kerja", left) % {"n": left}


def _late(days: int) -> str:
    return ngettext("Lewat %(n)d hari", "Lewat %(n)d hari", days) % {"n": days}


def _format(day: date | datetime, pattern: str) -> str:
    local = local_date(day) if isinstance(day, datetime) else day
    language = "en" if (translation.get_language() or "").startswith("en") else "id"
    return format_date(local, pattern, locale=language)
