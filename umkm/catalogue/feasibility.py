"""Whether goods can be ordered: this much, for this day, from this shop. One answer for carts and departments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import RuleBroken
from epeken.core.i18n.times import long_date, long_time
from epeken.core.money import MAX_RUPIAH, share
from epeken.core.quantity import fits_step, plain
from umkm.catalogue import rules
from umkm.catalogue.models import Product
from umkm.catalogue.policies import is_for_sale
from umkm.catalogue.states import FoodKind, Keeps
from umkm.sellers import hours
from umkm.stock import services as stock

MOST = Decimal(1_000_000)


@dataclass(frozen=True)
class Fault:
    """One reason why not. `field` is what to change: "product", "quantity" or "day"."""

    code: str
    field: str
    text: str

    def refusal(self, field: str | None = None) -> RuleBroken:
        return RuleBroken(self.text, field=field or self.field, code=self.code)


@dataclass(frozen=True)
class Calendar:
    """What the faults of one day need besides the goods: the day, the moment of asking, what is left of each."""

    day: date
    now: datetime
    left: dict[int, Decimal]  # by product
    meal_days: int  # days before which the seller must have answered for a meal
    by: datetime | None = None  # when the goods must be there; None: any hour of the day the shop works


def calendar(
    products: Iterable[Product], day: date, now: datetime, *, for_agency: bool, by: datetime | None = None
) -> Calendar:
    """Two queries at most, whatever the number of goods. Source for meals of a department: e-purchasing practice."""
    answer = rules.ANSWER_FOOD_BEFORE.on(clock.local_date(now)) if for_agency else 0
    return Calendar(day, now, stock.left_on(products, day), answer, by)


def faults(product: Product, quantity: Decimal, on: Calendar | None) -> list[Fault]:
    """Everything in the way, the gravest first; without a day only what holds on every day. Pure over loaded rows."""
    if not is_for_sale(product):
        text = _("%(name)s sedang tidak dijual. Pilih barang lain.") % {"name": product.name}
        return [Fault("not_for_sale", "product", text)]
    found = [*_quantity(product, quantity)]
    if on is not None:
        found += [*_day(product, on)]
        left = on.left[product.pk]
        if left < quantity:
            found.append(Fault("out_of_stock", "quantity", stock.short_words(product, left)))
    return found


def check(product: Product, quantity: Decimal, on: Calendar | None) -> None:
    """Raises RuleBroken with the first fault."""
    for fault in faults(product, quantity, on):
        raise fault.refusal()


def lead_of(product: Product, meal_days: int) -> int:
    """Days the goods need: the shop's own, and for a meal at least those the answer must come before."""
    is_meal = product.food_kind != FoodKind.NONE or product.keeps == Keeps.COOKED
    return max(product.lead_days, meal_days if is_meal else 0)


def _quantity(product: Product, quantity: Decimal) -> Iterable[Fault]:
    words = {"name": product.name, "unit": product.get_unit_display()}
    if quantity < product.minimum:
        text = _("%(name)s dipesan paling sedikit %(least)s %(unit)s.") % {**words, "least": plain(product.minimum)}
        yield Fault("below_minimum", "quantity", text)
    elif not fits_step(quantity, product.step):
        text = _("%(name)s dipesan dalam kelipatan %(step)s %(unit)s.") % {**words, "step": plain(product.step)}
        yield Fault("off_step", "quantity", text)
    elif quantity >= MOST or share(product.price, quantity) > MAX_RUPIAH:
        yield Fault("too_many", "quantity", _("Jumlah %(name)s terlalu besar.") % words)


def _day(product: Product, on: Calendar) -> Iterable[Fault]:
    seller = product.seller
    day = hours.working_day(seller, on.by) if on.by else on.day
    words = {"name": product.name, "shop": seller.name, "day": long_date(day)}
    lead = lead_of(product, on.meal_days)
    earliest = hours.first_day(seller, lead, on.now)
    if not hours.opens_on(seller, day):
        text = _("%(shop)s tutup %(day)s, jadi %(name)s tidak bisa disiapkan untuk hari itu. Pilih hari lain.") % words
        yield Fault("shop_closed", "day", text)
    elif day < earliest:
        text = _("%(name)s untuk %(day)s tidak sempat disiapkan. Paling cepat %(earliest)s.")
        yield Fault("too_soon", "day", text % {**words, "earliest": long_date(earliest)})
    elif on.by is not None and on.by < (first := hours.first_moment(seller, day, on.now)):
        text = _("%(shop)s baru bisa mengirim %(name)s mulai %(first)s. Minta tiba sesudah itu.")
        yield Fault("before_opening", "day", text % {**words, "first": long_time(first)})
