"""Whether goods can be ordered: this much, for this day, from this shop. One answer for carts and departments.

Asked while a cart or request is written, when it is sent, decided and ordered. A request that holds goods asks with its
number: what it holds is there for it and for nobody else. The days and hours its goods need, and the amounts in which
they are sold, were asked when it took them, and how long it may hold them follows from that: a shop that changes them
afterwards takes nothing back. A shop that closes, or may not sell any more, does.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import RuleBroken
from epeken.core.i18n.times import clock_words, long_date, long_time
from epeken.core.money import MAX_RUPIAH, share
from epeken.core.quantity import fits_step
from umkm.catalogue import rules
from umkm.catalogue.models import Product
from umkm.catalogue.policies import MOST, cut_off_of, is_for_sale, is_made_ahead, is_meal
from umkm.catalogue.states import StockMode, Unit
from umkm.catalogue.tiers import no_dearer, no_dearer_words, unit_price
from umkm.owners.services import Room, cap_words
from umkm.sellers import hours
from umkm.sellers.models import Seller
from umkm.stock.services import short_words
from umkm.stock.supply import Supply, supply_of


@dataclass(frozen=True)
class Fault:
    """One reason why not. `field` is what to change: "product", "quantity", "day" or "seller"."""

    code: str
    field: str
    text: str
    most: Decimal | None = None  # how much can be ordered instead, where less is the way out
    day: date | None = None  # the first day on which it can come
    fact: str = ""  # of a text that names ways out, what is so without them

    @property
    def without_ways_out(self) -> "Fault":
        """The same where neither another day nor less of it would do."""
        return replace(self, text=self.fact or self.text, most=None, day=None)

    def refusal(self, field: str | None = None) -> RuleBroken:
        return RuleBroken(self.text, field=field or self.field, code=self.code)


@dataclass(frozen=True)
class Portion:
    """So much of the goods is to be there by this moment: one date of a delivery schedule."""

    by: datetime
    quantity: Decimal


@dataclass(frozen=True)
class Calendar:
    """What the faults of one day need besides the goods: the day, the moment of asking, what is free of each."""

    day: date
    now: datetime
    supply: Supply
    meal_days: int  # days before which the seller must have answered for a meal
    by: datetime | None = None  # when the goods must be there; None: any hour of the day the shop works
    # By product pk, what comes on which date, the first date first; goods without an entry come at once.
    schedule: Mapping[int, Sequence[Portion]] = field(default_factory=dict)
    until: date | None = None  # the last day that may be proposed instead; None: any within the horizon
    is_held: bool = False  # who asks holds the goods for this moment

    def working_day(self, seller: Seller) -> date:
        """The day of the shop whose work brings the goods."""
        return hours.working_day(seller, self.by) if self.by else self.day


def calendar(
    products: Iterable[Product],
    day: date,
    now: datetime,
    *,
    for_agency: bool,
    by: datetime | None = None,
    held_by: str = "",
    schedule: Mapping[int, Sequence[Portion]] | None = None,
    until: date | None = None,
) -> Calendar:
    """Two queries at most, two more with `held_by`, the number of the request that asks; whatever the number of goods.

    Source for meals of a department: e-purchasing practice.
    """
    today = clock.local_date(now)
    answer = rules.ANSWER_FOOD_BEFORE.on(today) if for_agency else 0
    return Calendar(day, now, supply_of(products, today, held_by=held_by), answer, by, schedule or {}, until)


def less_for_more(product: Product, quantity: Decimal, on: Calendar | None, amount: int | None = None) -> str:
    """`25 buah lebih murah: Rp724.500`, of a larger quantity that costs no more in all; '' where none does, or where it
    cannot come. `amount`: as of `no_dearer`."""
    tier = no_dearer(product, quantity, amount)
    if tier is None or faults(product, tier.from_quantity, on):
        return ""
    whole = share(unit_price(product, quantity), quantity) if amount is None else amount
    return no_dearer_words(product.unit, tier, whole)


def faults(product: Product, quantity: Decimal, on: Calendar | None) -> list[Fault]:
    """Everything in the way, the gravest first; without a day only what holds on every day. Pure over loaded rows."""
    if not is_for_sale(product):
        text = _("%(name)s sedang tidak dijual. Pilih barang lain.") % {"name": product.name}
        return [Fault("not_for_sale", "product", text)]
    if on is not None and product.pk in on.schedule:
        return _faults_by_date(product, quantity, on)
    found = [] if on is not None and on.is_held else quantity_faults(product, quantity)
    return found if on is None else [*found, *supply_faults(product, quantity, on)]


def by_date(product: Product, quantity: Decimal, on: Calendar) -> list[tuple[Calendar, Decimal]]:
    """The calendar and the amount of each date of its schedule, on which earlier dates took what they need; of goods
    that come at once one pair."""
    found, supply = [], on.supply
    for portion in on.schedule.get(product.pk, ()):
        mine = replace(on, day=clock.last_day(portion.by), by=portion.by, supply=supply, schedule={})
        found.append((mine, portion.quantity))
        supply = supply.without(product, production_days(product, mine), portion.quantity)
    return found or [(on, quantity)]


def first_date(product: Product, on: Calendar) -> Calendar:
    """The calendar of the first date on which it comes."""
    portions = on.schedule.get(product.pk)
    return replace(on, day=clock.last_day(portions[0].by), by=portions[0].by, schedule={}) if portions else on


def _faults_by_date(product: Product, quantity: Decimal, on: Calendar) -> list[Fault]:
    """Each fault once. What mends a purchase of one date, another day or less of it, is no way out of a schedule's."""
    found: dict[tuple[str, str], Fault] = {}
    for mine, part in by_date(product, quantity, on):
        sold = [] if mine.is_held else quantity_faults(product, part)
        for fault in [*sold, *supply_faults(product, part, mine)]:
            found.setdefault((fault.code, fault.text), fault.without_ways_out)
    return list(found.values())


def quantity_faults(product: Product, quantity: Decimal) -> list[Fault]:
    """Why so much of it is never sold at once: fewer than its minimum, off its step, beyond every order."""
    return [*_quantity(product, quantity)]


def supply_faults(product: Product, quantity: Decimal, on: Calendar) -> list[Fault]:
    """Why so much of it cannot come on the day."""
    late = [*_day(product, quantity, on)]
    # What is made per day has no amount on a day on which it cannot be made.
    made = product.stock_mode == StockMode.STOCK or not late
    return [*late, *_amount(product, quantity, on)] if made else late


def production_days(product: Product, on: Calendar) -> list[date]:
    """The days whose capacity can go into an order: from the first on which it can be made to that of its delivery.

    A meal and what must be fresh are made on the day itself. Empty when the day is too soon or the shop closed. Who
    holds capacity of other days until then has these, too, while the shop works on them.
    """
    days = _production_days(product, on.working_day(product.seller), on)
    if not on.is_held:
        return days
    last = clock.last_day(on.by) if on.by else on.day
    held = {day for pk, day in on.supply.own if pk == product.pk and day <= last}
    return sorted({*days, *(day for day in held if hours.opens_on(product.seller, day))})


def earliest_day(product: Product, quantity: Decimal, on: Calendar) -> date | None:
    """The first day from today on on which this much can come; None when it is none within the horizon."""
    return _first_free(product, quantity, on, first_day(product, on.now, meal_days=on.meal_days))


def order_by(product: Product, on: Calendar, *, first: date | None = None) -> datetime:
    """The end of the time in which the goods can still be ordered for this day; when the first of them are made on
    `first`, for that day."""
    seller = product.seller
    day = first or on.working_day(seller)
    end = min(
        hours.last_call(seller, product.lead_days, day, cut_off=cut_off_of(product)),
        hours.last_call(seller, _answer_days(product, on.meal_days), day),
    )
    return end if on.by is None else min(end, on.by - hours.PREPARE)


def room_faults(totals: Mapping[Seller, int], rooms: Mapping[int, Room]) -> dict[int, Fault]:
    """By seller pk: its owner may not sell this much more this month. `totals`: of every shop of the cart or request,
    so that two shops of one owner count together; `rooms`: by seller pk."""
    wanted: dict[int, int] = defaultdict(int)
    for seller, total in totals.items():
        wanted[seller.owner_id or 0] += total
    found = {}
    for seller, total in totals.items():
        left, asked = rooms[seller.pk].left, wanted[seller.owner_id or 0]
        if total and asked > left:
            found[seller.pk] = Fault("cap_full", "seller", cap_words(seller.name, left, asked))
    return found


def on_no_day(found: Iterable[Fault]) -> list[Fault]:
    """The same beside a fault that no other day mends, as a full month or a short budget: a day on which the goods
    could come is then no way out, and is not offered."""
    return [fault.without_ways_out if fault.day else fault for fault in found]


def check(product: Product, quantity: Decimal, on: Calendar | None) -> None:
    """Raises RuleBroken with the first fault."""
    for fault in faults(product, quantity, on):
        raise fault.refusal()


def problem_of(product: Product, quantity: Decimal, today: date | None = None) -> str:
    """Why this much cannot be wished for, beside the field; "" when it can. `today`: of somebody who gets all of it on
    one day; None where it may come on several dates."""
    try:
        check(product, quantity, None)
        check_shelf(product, quantity)
        if today is not None:
            check_one_day(product, quantity, today)
    except RuleBroken as refusal:
        return str(refusal.message)
    return ""


def check_shelf(product: Product, quantity: Decimal) -> None:
    """Of goods in stock no more is wished for than is there: it would be refused later anyhow. Goods made per day are
    asked once the day is known. Raises: RuleBroken."""
    left = product.on_hand
    if product.stock_mode != StockMode.STOCK or quantity <= left:
        return
    text = _("%(name)s tinggal %(left)s. Kurangi jumlahnya.")
    words = {"name": product.name, "left": Unit(product.unit).counted(max(left, Decimal(0)))}
    raise RuleBroken(text % words, field="quantity", code="out_of_stock")


def check_one_day(product: Product, quantity: Decimal, today: date) -> None:
    """Of what is made on the day it comes no more is wished for than is made on any day: no day would do. Raises:
    RuleBroken."""
    if product.daily_capacity is None or product.stock_mode != StockMode.DAILY or is_made_ahead(product):
        return
    planned = product.capacity_days.filter(day__gte=today).values_list("planned", flat=True)
    most = max(product.daily_capacity, *(amount for amount in planned if amount is not None), Decimal(0))
    if quantity > most:
        text = _("%(name)s dibuat paling banyak %(most)s sehari. Kurangi jumlahnya.")
        words = {"name": product.name, "most": Unit(product.unit).counted(most)}
        raise RuleBroken(text % words, field="quantity", code="beyond_capacity")


def first_day(product: Product, now: datetime, *, meal_days: int = 0) -> date:
    """The earliest day on which goods ordered now can come, whatever is free: the days they need from the day as of
    which the order counts, the shop's days and hours, and for a meal at least those its answer must come before."""
    made = hours.first_day(product.seller, product.lead_days, now, cut_off=cut_off_of(product))
    return max(made, hours.first_day(product.seller, _answer_days(product, meal_days), now))


def _answer_days(product: Product, meal_days: int) -> int:
    return meal_days if is_meal(product) else 0


def _production_days(product: Product, day: date, on: Calendar) -> list[date]:
    earliest = first_day(product, on.now, meal_days=on.meal_days)
    if day < earliest:
        return []
    return hours.working_days(product.seller, earliest if is_made_ahead(product) else day, day)


def _quantity(product: Product, quantity: Decimal) -> Iterable[Fault]:
    words, counted = {"name": product.name}, Unit(product.unit).counted
    if quantity < product.minimum:
        text = _("%(name)s dipesan paling sedikit %(least)s.") % {**words, "least": counted(product.minimum)}
        yield Fault("below_minimum", "quantity", text)
    elif not fits_step(quantity, product.step):
        text = _("%(name)s dipesan dalam kelipatan %(step)s.") % {**words, "step": counted(product.step)}
        yield Fault("off_step", "quantity", text)
    elif quantity >= MOST or share(unit_price(product, quantity), quantity) > MAX_RUPIAH:
        yield Fault("too_many", "quantity", _("Jumlah %(name)s terlalu besar.") % words)


def _day(product: Product, quantity: Decimal, on: Calendar) -> Iterable[Fault]:
    seller = product.seller
    day = on.working_day(seller)
    words = {"name": product.name, "shop": seller.name, "day": long_date(day)}
    earliest = first_day(product, on.now, meal_days=on.meal_days)
    if not hours.opens_on(seller, day):
        fact = _("%(shop)s tutup %(day)s, jadi %(name)s tidak bisa disiapkan untuk hari itu.") % words
        other = _first_day(product, quantity, on)
        way_out = _("Pilih hari lain.") if other else _("Cari penjual lain.")
        yield Fault("shop_closed", "day", f"{fact} {way_out}", day=other, fact=fact)
    elif on.is_held:
        return
    elif day < earliest:
        text = _("%(name)s untuk %(day)s tidak sempat disiapkan. Paling cepat %(earliest)s.")
        text %= {**words, "earliest": long_date(earliest)}
        cut_off = cut_off_of(product)
        if cut_off is not None and hours.is_past_cut_off(cut_off, on.now):
            after = _("Pesanan mulai pukul %(hour)s dihitung sebagai pesanan hari berikutnya.")
            text = f"{text} {after % {'hour': clock_words(cut_off)}}"
        yield Fault("too_soon", "day", text, day=_first_day(product, quantity, on))
    elif on.by is not None and on.by < (first := hours.first_moment(seller, day, on.now)):
        text = _("%(shop)s baru bisa mengirim %(name)s mulai %(first)s. Minta tiba sesudah itu.")
        yield Fault("before_opening", "day", text % {**words, "first": long_time(first)})


def _amount(product: Product, quantity: Decimal, on: Calendar) -> Iterable[Fault]:
    left = on.supply.free(product, production_days(product, on))
    if left >= quantity:
        return
    whole = left - left % product.step
    most = whole if whole >= product.minimum else None
    if product.stock_mode == StockMode.STOCK:
        yield Fault("out_of_stock", "quantity", short_words(product, left), most)
        return
    first, counted = _first_day(product, quantity, on), Unit(product.unit).counted
    day, is_ahead = on.working_day(product.seller), is_made_ahead(product)
    makes = (product.daily_capacity or Decimal(0)) if is_ahead else on.supply.capacity_on(product, day)
    words = {
        "shop": product.seller.name,
        "name": product.name,
        "capacity": counted(makes),
        "day": long_date(day),
        "left": counted(left),
        "first": long_date(first) if first else "",
    }
    text = (
        _("%(shop)s bisa %(capacity)s %(name)s sehari; sampai %(day)s tersisa %(left)s.")
        if is_ahead
        else _("%(shop)s bisa %(capacity)s %(name)s sehari; untuk %(day)s tersisa %(left)s.")
        if makes
        else _("%(shop)s tidak membuat %(name)s untuk %(day)s.")
    )
    yield Fault("out_of_stock", "quantity", f"{text} {_ways_out(most, first)}" % words, most, first, text % words)


def _ways_out(most: Decimal | None, first: date | None) -> str:
    if most is not None and first is not None:
        return _("Kurangi jumlah, pilih %(first)s, atau ambil sebagian dari penjual lain.")
    if first is not None:
        return _("Pilih %(first)s, atau cari penjual lain.")
    return _("Kurangi jumlah, atau ambil sebagian dari penjual lain.") if most is not None else _("Cari penjual lain.")


def _first_day(product: Product, quantity: Decimal, on: Calendar) -> date | None:
    """The first day within the horizon, from tomorrow of the day asked for on, on which this much can come."""
    asked = on.working_day(product.seller)
    first = first_day(product, on.now, meal_days=on.meal_days)
    return _first_free(product, quantity, on, max(asked + timedelta(days=1), first))


def _first_free(product: Product, quantity: Decimal, on: Calendar, start: date) -> date | None:
    for ahead in range(hours.HORIZON_DAYS):
        day = start + timedelta(days=ahead)
        if on.until is not None and day > on.until:
            return None
        if not hours.opens_on(product.seller, day):
            continue
        if on.supply.free(product, _production_days(product, day, on)) >= quantity:
            return day
    return None
