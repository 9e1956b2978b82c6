"""What keeps a request from being sent, and what its approver must weigh. The page shows what the service refuses."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import RuleBroken
from procurement.budgets import services as budgets
from procurement.budgets.charges import Charge
from procurement.budgets.models import BudgetLine
from procurement.requests import policies, rules, turns
from procurement.requests.contents import RequestContents
from procurement.requests.errors import PricesChanged
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.requests.unfilled import said
from procurement.rotation import results
from procurement.schedules import reading as schedules
from procurement.sourcing import reasons
from procurement.sourcing.sheets import Comparison
from umkm.catalogue import feasibility
from umkm.catalogue.feasibility import Fault
from umkm.catalogue.models import Product
from umkm.catalogue.states import Unit
from umkm.catalogue.tiers import no_dearer
from umkm.sellers import policies as shops

LineFaults = list[tuple[RequestLine, list[Fault]]]
EVENT, GOODS, COMPARE, SEND = "acara", "barang", "pembanding", "kirim"
MISSING = {
    "seller_missing", "budget_missing", "deliver_missing", "place_missing", "no_lines",
    "reason_missing", "note_missing", "justification_missing",
}  # fmt: skip


@dataclass(frozen=True)
class Obstacle:
    """One thing to mend before sending: on which step, and the refusal the service would give."""

    step: str
    code: str
    text: str
    line: int | None = None  # at which line it stands (`_faults.html`), by its pk

    @property
    def is_missing(self) -> bool:
        """Not filled in yet, rather than wrong."""
        return self.code in MISSING

    def refusal(self) -> RuleBroken:
        return RuleBroken(self.text, code=self.code)


def obstacles(
    request: PurchaseRequest,
    contents: RequestContents,
    now: datetime,
    faults: LineFaults,
    sheet: Comparison | None,
    *,
    is_framed: bool = False,
    is_approved: bool = False,
    split: int = 0,
) -> list[Obstacle]:
    """Everything that is missing or wrong, in the order of the page; empty when the request can go.

    `faults`: of its `line_faults`; `sheet`: its comparison as drawn now; `is_framed`: a frame has reserved its budget
    and nobody signs; `is_approved`: an earlier approval covers it; `split`: of `split_sum`.
    """
    goods = _goods(request, contents, faults)
    return [
        *_event(request, contents, now),
        *goods,
        *(() if is_framed or is_approved else _time(request, contents, now, split)),
        *(() if is_framed else _budget(request, contents)),
        *_comparison(sheet),
    ]


def check_ready(
    request: PurchaseRequest,
    contents: RequestContents,
    now: datetime,
    sheet: Comparison | None,
    *,
    is_framed: bool = False,
    is_approved: bool = False,
    split: int = 0,
) -> None:
    """Raises the first of its `obstacles`; PricesChanged only when nothing else is in the way."""
    faults = line_faults(request, contents, now)
    found = obstacles(
        request, contents, now, faults, sheet, is_framed=is_framed, is_approved=is_approved, split=split
    )  # fmt: skip
    first = next((item for item in found if item.code != PricesChanged.code), None)
    if first is not None:
        raise first.refusal()
    if contents.news:
        raise PricesChanged(contents.news)


def calendar_of(request: PurchaseRequest, products: Iterable[Product], now: datetime) -> feasibility.Calendar | None:
    """What its delivery needs, on the request's day or on each date of its schedule; None while the day is open, or
    the first one past. Goods it holds are asked as such: of another moment, `replace(…, is_held=False)`."""
    if request.deliver_at is None or clock.is_over(schedules.first_due(request), now):
        return None
    holds = policies.holds(request)
    on = feasibility.calendar(
        products,
        clock.last_day(request.deliver_at),
        now,
        for_agency=True,
        by=request.deliver_at,
        held_by=request.number if holds else "",
        schedule=schedules.portions_of(request),
        until=request.line.last_day if request.line is not None else None,
    )
    return replace(on, is_held=holds)


def calendar_for(
    on: feasibility.Calendar | None, deliver_at: datetime | None, now: datetime
) -> feasibility.Calendar | None:
    """The request's calendar for the moment a seller's part has of its own (`deliver_at`), if it has one."""
    if on is None or deliver_at is None:
        return on
    return None if clock.is_over(deliver_at, now) else replace(on, day=clock.last_day(deliver_at), by=deliver_at)


def line_faults(request: PurchaseRequest, contents: RequestContents, now: datetime) -> LineFaults:
    """What keeps each line the approver has not dropped from being ordered, with the line. What its owner may not sell
    this month is told of the seller (`RequestContents.full`)."""
    on = calendar_of(request, [line.product for line in contents.kept], now)
    found = []
    for part in contents.parts:
        mine = calendar_for(on, part.deliver_at, now)
        for line in part.kept:
            faults = feasibility.faults(line.product, line.quantity, mine)
            found.append((line, feasibility.on_no_day(faults) if part.seller.pk in contents.full else faults))
    return found


def less_for_more(request: PurchaseRequest, contents: RequestContents, now: datetime) -> dict[int, str]:
    """By pk of a line, which larger quantity of its goods costs no more in all and can come, too.

    Of a request that was sent, no more than its held price: more is bought by sending it back, at the prices of then.
    """
    is_held = policies.holds(request)
    asked = [
        (part, line, line.amount if is_held else None)
        for part in contents.parts
        for line in part.kept
        if line.quoted_price is None
    ]
    asked = [row for row in asked if no_dearer(row[1].product, row[1].quantity, row[2]) is not None]
    if not asked:
        return {}  # the calendar is not asked
    on = calendar_of(request, [line.product for _part, line, _amount in asked], now)
    on = on and replace(on, is_held=False)  # it would be sent anew
    said = {
        line.pk: feasibility.less_for_more(
            line.product, line.quantity, calendar_for(on, part.deliver_at, now), amount=amount
        )
        for part, line, amount in asked
    }
    return {pk: words for pk, words in said.items() if words}


def hold_end(now: datetime) -> datetime:
    """The end of the dated days for which a request sent now is held, where its sellers can wait so long."""
    day = clock.local_date(now)
    return clock.end_of(day + timedelta(days=rules.HOLD.on(day)))


def order_by(
    request: PurchaseRequest, contents: RequestContents, now: datetime, first: Mapping[int, date]
) -> datetime | None:
    """Until when every seller can still be asked in time; None while the day of delivery is open or past.

    `first`: by product, the first day whose capacity the request takes (`stock.first_days_held`); before it is sent
    nobody knows, and goods made over several days may have to be asked earlier.
    """
    on = calendar_of(request, (), now)  # what is free of the goods is not asked
    ends = []
    for part in contents.parts:
        mine = calendar_for(on, part.deliver_at, now)
        if mine is None:
            return None
        # What comes on several dates must be ordered for the first of them.
        ends += [
            feasibility.order_by(
                line.product, feasibility.first_date(line.product, mine), first=first.get(line.product_id)
            )
            for line in part.kept
        ]
    return min(ends, default=None)


def check_time(now: datetime, until: datetime, steps: int) -> None:
    """Raises RuleBroken `signers_short` when the sellers cannot wait for all who sign and decide."""
    text = turns.too_short(now, until, steps) if until < hold_end(now) else ""
    if text:
        raise RuleBroken(text, field="deliver_at", code="signers_short")


def own_shop_words() -> str:
    return _("Anda tidak dapat memesan untuk dinas dari toko yang Anda urus atau pernah urus. Minta rekan membuatnya.")


def to_replace(contents: RequestContents) -> list[RequestLine]:
    """Lines of owners whose order brought nothing before: this request is to find their goods elsewhere."""
    return [line for line in contents.kept if line.seller_id in contents.gone]


def _event(request: PurchaseRequest, contents: RequestContents, now: datetime) -> Iterator[Obstacle]:
    if request.line is None:
        yield Obstacle(EVENT, "budget_missing", _("Pilih mata anggaran yang membayar permintaan ini."))
    lines = _payers(request, contents)
    for line in lines:
        if not line.rup_id.strip():
            text = _(
                "Mata anggaran ini belum punya ID RUP, jadi belum boleh dibelanjakan. "
                "Pilih yang lain atau minta perencana mengisinya."
            )
            yield Obstacle(EVENT, "no_rup", _named(line, text, lines))
    if request.deliver_at is None:
        yield Obstacle(EVENT, "deliver_missing", _("Isi kapan barang harus tiba."))
    else:
        if clock.is_over(schedules.first_due(request), now):
            yield Obstacle(EVENT, "deliver_past", _("Waktu barang tiba sudah lewat. Pilih waktu yang akan datang."))
        due = {clock.last_day(day.deliver_at).year for day in schedules.days_of(request)}
        years = sorted(due | {clock.last_day(request.deliver_at).year})
        for line, year in [(line, year) for line in lines for year in years]:
            if line.year != year:
                text = _(
                    "Mata anggaran ini untuk tahun %(year)s, sedangkan barang tiba tahun %(other)s. Samakan tahunnya."
                ) % {"year": line.year, "other": year}
                yield Obstacle(EVENT, "budget_year", _named(line, text, lines))
        # A schedule serves several events, of which the request names one.
        is_after = request.event_at is not None and request.deliver_at > request.event_at
        if is_after and not request.scheduled_days:
            yield Obstacle(EVENT, "deliver_after_event", _("Barang tiba sesudah acara dimulai. Ubah waktu tibanya."))
    if not request.delivery_place.strip() or request.delivery_kelurahan_id is None:
        yield Obstacle(EVENT, "place_missing", _("Isi alamat antar dan kelurahannya."))


def _goods(request: PurchaseRequest, contents: RequestContents, faults: LineFaults) -> Iterator[Obstacle]:
    if not contents.kept:
        yield Obstacle(GOODS, "no_lines", _("Tambahkan barang yang diminta."))
        return
    for line in to_replace(contents):
        part = contents.gone[line.seller_id]
        if line.seller_id == part.seller_id:
            text = _("%(said)s. Pilih penjual lain untuk %(name)s.")
        else:
            text = _("%(said)s, dan %(shop)s milik pemilik yang sama. Pilih penjual lain untuk %(name)s.")
        words = {"said": said(part), "shop": line.seller_name, "name": line.name}
        yield Obstacle(GOODS, "seller_missing", text % words)
    for code, text in results.objections(request, contents):
        yield Obstacle(GOODS, code, text)
    ties = shops.ties_of(request.requester)
    if any(line.seller_id in ties for line in contents.kept):
        yield Obstacle(GOODS, "own_shop", own_shop_words())
    for line, planned in schedules.unplanned(request, contents.kept):
        text = _(
            "Jadwal memuat %(planned)s %(name)s, sedangkan permintaan ini %(asked)s. Samakan di jadwal pengiriman."
        )
        counted = Unit(line.unit).counted
        words = {"planned": counted(planned), "name": line.name, "asked": counted(line.quantity)}
        yield Obstacle(GOODS, "schedule_sum", text % words)
    for line, found in faults:
        for fault in found:
            yield Obstacle(GOODS, fault.code, fault.text, line.pk)
    for fault in contents.full.values():
        yield Obstacle(GOODS, fault.code, fault.text)
    if contents.total <= 0:
        yield Obstacle(GOODS, "total_zero", _("Jumlah permintaan masih nol. Periksa harga dan jumlah barang."))
    if contents.news:
        news = PricesChanged(contents.news)
        yield Obstacle(GOODS, news.code, news.before_sending)


def _payers(request: PurchaseRequest, contents: RequestContents) -> list[BudgetLine]:
    """The request's own line first, though nothing is charged to it yet, and every other its goods are charged to."""
    if request.line is None:
        return []
    others = [charge.line for charge in contents.charged(request.line) if charge.line.pk != request.line.pk]
    return [request.line, *others]


def _named(line: BudgetLine, text: str, lines: list[BudgetLine]) -> str:
    """Which of several lines a sentence is about."""
    return text if len(lines) == 1 else f"{line}: {text}"


def shortages(request: PurchaseRequest, contents: RequestContents) -> list[Charge]:
    """What the budget lines cannot bear as they are now, the request's own line first. None for an award's money."""
    if policies.holds_award(request):
        return []
    return [charge for charge in contents.charged(request.line) if charge.missing]


def _budget(request: PurchaseRequest, contents: RequestContents) -> Iterator[Obstacle]:
    for short in shortages(request, contents):
        text = (
            budgets.short_words(short.line, short.amount, is_part=len(contents.charges) > 1)
            if request.from_quotation_id is None
            else budgets.short_award_words(short.line, short.amount)
        )
        yield Obstacle(GOODS, "budget_short", text)


def _time(request: PurchaseRequest, contents: RequestContents, now: datetime, split: int) -> Iterator[Obstacle]:
    """Nothing is asked of the database while the sellers can wait as long as the request is held."""
    until = order_by(request, contents, now, {}) if request.line is not None else None
    if until is None or clock.is_over(until, now) or until >= hold_end(now):
        return
    steps = turns.steps_to_come(request, contents, clock.local_date(now), split)
    if text := turns.too_short(now, until, steps):
        yield Obstacle(EVENT, "signers_short", text)


def _comparison(sheet: Comparison | None) -> Iterator[Obstacle]:
    for found in reasons.objections(sheet) if sheet else ():
        yield Obstacle(COMPARE, found.code, found.text)
