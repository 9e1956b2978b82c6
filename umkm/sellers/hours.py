"""Opening hours in words. Pure: a shop, a moment, a sentence."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from epeken.core.clock import WIB
from epeken.core.i18n.words import DAYS
from umkm.sellers.models import Seller


@dataclass(frozen=True)
class Opening:
    is_open: bool
    text: str  # "Buka sampai 16.00", "Buka lagi besok 07.00", "Libur sampai Senin, 30 November"
    until: str = ""  # "16.00" while open


def opening_of(seller: Seller, moment: datetime) -> Opening:
    local = moment.astimezone(WIB)
    if seller.closed_until and seller.closed_until >= local.date():
        return Opening(False, _("Libur sampai %(day)s") % {"day": _day(seller.closed_until)})
    if is_open(seller, local):
        until = clock_text(seller.closes_at)
        return Opening(True, _("Buka sampai %(hour)s") % {"hour": until}, until)
    for ahead in range(8):
        day = local.date() + timedelta(days=ahead)
        if not _works(seller, day) or (ahead == 0 and local.time() >= seller.opens_at):
            continue
        hour = clock_text(seller.opens_at)
        if ahead == 0:
            return Opening(False, _("Buka pukul %(hour)s") % {"hour": hour})
        if ahead == 1:
            return Opening(False, _("Tutup, buka besok %(hour)s") % {"hour": hour})
        return Opening(False, _("Tutup, buka %(day)s %(hour)s") % {"day": DAYS[day.weekday()], "hour": hour})
    return Opening(False, _("Sedang tutup"))


def is_open(seller: Seller, local: datetime) -> bool:
    """`local` is a moment in Surabaya. A shop that closes after midnight is open in both days."""
    if seller.closed_until and seller.closed_until >= local.date():
        return False
    now = local.time()
    if seller.opens_at < seller.closes_at:
        return _works(seller, local.date()) and seller.opens_at <= now < seller.closes_at
    late = _works(seller, local.date()) and now >= seller.opens_at
    early = _works(seller, local.date() - timedelta(days=1)) and now < seller.closes_at
    return late or early


def clock_text(hour: time) -> str:
    return f"{hour:%H.%M}"


def days_text(digits: str) -> str:
    """`123456` → `Senin–Sabtu`; gaps are listed."""
    days = sorted({int(d) for d in digits if d in "1234567"})
    if len(days) == 7:
        return _("Setiap hari")
    if not days:
        return _("Hari buka belum ditulis")
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{DAYS[days[0] - 1]}–{DAYS[days[-1] - 1]}"
    return ", ".join(DAYS[d - 1] for d in days)


def _works(seller: Seller, day: date) -> bool:
    return str(day.isoweekday()) in seller.open_days


def _day(day: date) -> str:
    from epeken.core.i18n.words import long_date

    return long_date(day)
