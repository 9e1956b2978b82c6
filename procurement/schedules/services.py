"""The dates of a draft are written, or go on with the request that continues it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock, editing
from epeken.core.errors import refuse_first, require
from epeken.core.i18n.times import long_date, long_time
from epeken.core.money import share
from epeken.core.services import service
from epeken.users.models import User
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.requests.services import drafts
from procurement.rotation import results
from procurement.schedules import reading, rules
from procurement.schedules.models import ScheduledAmount, ScheduledDay
from umkm.catalogue import feasibility
from umkm.catalogue.tiers import tier_from

ZERO = Decimal(0)


@dataclass(frozen=True)
class PlannedDay:
    """What comes by one moment. `amounts`: by pk of the request's line; `place`: "" where the request says."""

    deliver_at: datetime
    amounts: Mapping[int, Decimal] = field(default_factory=dict)
    place: str = ""


def repeated(first: datetime, every: int, times: int, amounts: Mapping[int, Decimal]) -> list[PlannedDay]:
    """The same amounts at the same hour, `every` so many days."""
    return [PlannedDay(first + timedelta(days=every * n), amounts) for n in range(times)]


def written(request: PurchaseRequest) -> dict[str, Any]:
    """The schedule by field of its form."""
    return _fields(
        [
            PlannedDay(day.deliver_at, {amount.line_id: amount.quantity for amount in day.amounts.all()}, day.place)
            for day in reading.days_of(request)
        ]
    )


@service
def save_schedule(
    *, actor: User, request: PurchaseRequest, days: Sequence[PlannedDay], now: datetime, shown: str | None = None
) -> None:
    """The goods of the draft come on these dates and no others, and each line asks for their sum. Without dates the
    goods come at once again, as many as before. Each date costs a delivery. Saving the same twice changes nothing.

    `shown`: what the page that posts showed (`core.editing`, over `written`).
    Raises: NotAllowed, InvalidMove, RuleBroken, ChangedMeanwhile. Locks: PurchaseRequest.
    """
    request = drafts.locked_draft(actor, request, now)
    drafts.check_goods_open(request)
    lines = {line.pk: line for line in request.lines.filter(dropped_at__isnull=True).select_related("product")}
    wanted = sorted(days, key=lambda day: day.deliver_at)
    if shown is not None:
        before = written(request)
        current, new = ({"schedule": sorted(fields.items())} for fields in (before, _fields(wanted)))
        editing.check_unchanged(shown, current, new)
    if wanted:
        _check(wanted, lines, now)
    request.scheduled_on.all().delete()
    made = ScheduledDay.objects.bulk_create(
        ScheduledDay(request=request, deliver_at=day.deliver_at, place=day.place.strip()[:200]) for day in wanted
    )
    ScheduledAmount.objects.bulk_create(
        ScheduledAmount(day=row, line_id=pk, quantity=quantity)
        for row, day in zip(made, wanted, strict=True)
        for pk, quantity in day.amounts.items()
        if quantity > 0
    )
    request.scheduled_days = len(wanted)
    if wanted:
        request.deliver_at = wanted[-1].deliver_at
        for line in lines.values():
            if line.quantity != (quantity := _sum(wanted, line)):  # another quantity may cost another price each
                line.quantity = quantity
                line.price = line.price_now
                line.tier_from = tier_from(line.product, quantity, line.price)
            line.amount = share(line.price, line.quantity)
        RequestLine.objects.bulk_update(lines.values(), ["quantity", "price", "tier_from", "amount"])
    request.save(update_fields=["scheduled_days", "deliver_at"])
    for part in request.sellers.select_related("seller"):
        mine = [pk for pk, line in lines.items() if line.seller_id == part.seller_id]
        times = sum(any(day.amounts.get(pk, ZERO) > 0 for pk in mine) for day in wanted)
        part.delivery_cost = part.seller.delivery_price * max(times, 1)
        part.save(update_fields=["delivery_cost"])
    results.check_as_announced(request)


@service
def carry(request: PurchaseRequest, draft: PurchaseRequest, now: datetime) -> None:
    """The dates of the request that are still to come are those of the draft that continues it, for the goods it has.
    Called by copy_request."""
    lines = {line.product_id: line for line in draft.lines.all()}
    left = []
    for day in reading.days_of(request):
        amounts = {lines[a.line.product_id]: a.quantity for a in day.amounts.all() if a.line.product_id in lines}
        if amounts and not clock.is_over(day.deliver_at, now):
            left.append((day, amounts))
    if not left:
        return
    for day, amounts in left:
        row = ScheduledDay.objects.create(request=draft, deliver_at=day.deliver_at, place=day.place)
        ScheduledAmount.objects.bulk_create(
            ScheduledAmount(day=row, line=line, quantity=quantity) for line, quantity in amounts.items()
        )
    draft.scheduled_days, draft.deliver_at = len(left), left[-1][0].deliver_at
    draft.save(update_fields=["scheduled_days", "deliver_at"])
    for part in draft.sellers.all():
        mine = {pk for pk, line in lines.items() if line.seller_id == part.seller_id}
        before, after = (reading.times_of(one, mine) for one in (request, draft))
        part.delivery_cost = part.delivery_cost * after // before
        part.save(update_fields=["delivery_cost"])


def _fields(days: Sequence[PlannedDay]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for n, day in enumerate(days):
        found |= {f"tiba-{n}": day.deliver_at, f"tempat-{n}": day.place}
        found |= {f"banyak-{n}-{pk}": quantity for pk, quantity in day.amounts.items() if quantity > 0}
    return found


def _sum(days: Sequence[PlannedDay], line: RequestLine) -> Decimal:
    return sum((day.amounts.get(line.pk, ZERO) for day in days), ZERO)


def _told(day: PlannedDay) -> str:
    return long_time(clock.told_end(day.deliver_at))


def _check(days: Sequence[PlannedDay], lines: Mapping[int, RequestLine], now: datetime) -> None:
    """Raises: RuleBroken. Whether the goods can come on each date is asked where all that is in the way is."""
    most = rules.MOST_DATES.on(clock.local_date(now))
    require(
        len(days) <= most,
        _("Satu permintaan memuat paling banyak %(most)s tanggal. Buat permintaan lain untuk yang lebih.")
        % {"most": most},
        code="too_many_dates",
    )
    require(
        len(days) > 1,
        _("Jadwal punya paling sedikit dua tanggal. Untuk satu tanggal, isi waktu tiba permintaannya."),
        code="one_date",
    )
    over = next((day for day in days if clock.is_over(day.deliver_at, now)), None)
    require(
        over is None,
        _("%(when)s sudah lewat. Pilih waktu yang akan datang.") % {"when": over and _told(over)},
        code="deliver_past",
    )
    dates = [clock.last_day(day.deliver_at) for day in days]
    twice = next((date for date, count in Counter(dates).items() if count > 1), None)
    require(
        twice is None,
        _("%(day)s tertulis dua kali. Gabungkan jumlahnya dalam satu baris.") % {"day": twice and long_date(twice)},
        code="date_twice",
    )
    after = next((date for date in dates if date.year != dates[0].year), None)
    require(
        after is None,
        _(
            "%(day)s jatuh di tahun anggaran lain; yang muat di tahun %(year)s %(count)s tanggal. Untuk tahun "
            "berikutnya, buat permintaan lain."
        )
        % {
            "day": after and long_date(after),
            "year": dates[0].year,
            "count": sum(date.year == dates[0].year for date in dates),
        },
        code="budget_year",
    )
    require(
        all(day.amounts.keys() <= lines.keys() for day in days),
        _("Barang di permintaan berubah sejak halaman ini dibuka. Muat ulang halaman."),
        code="request_changed",
    )
    require(
        all(any(quantity > 0 for quantity in day.amounts.values()) for day in days),
        _("Setiap tanggal memuat paling sedikit satu barang. Kosongkan waktunya untuk menghapus barisnya."),
        code="date_empty",
    )
    for line in lines.values():
        total = _sum(days, line)
        require(
            total > 0,
            _("%(name)s tidak ada di satu tanggal pun. Isi jumlahnya, atau keluarkan dari permintaan.")
            % {"name": line.name},
            code="line_unplanned",
        )
        refuse_first(fault.refusal() for fault in feasibility.quantity_faults(line.product, total))
