"""Price tiers: from which quantity on goods cost less each, and what so much of them costs. One answer for carts,
requests, comparisons and papers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from django.db import models
from django.db.models import Case, F, Func, When
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from epeken.core.i18n.words import rupiah
from epeken.core.money import check_rupiah, share
from epeken.core.quantity import plain
from umkm.catalogue.states import Unit

MOST = 3  # tiers of one product
_CELL = models.DecimalField(max_digits=18, decimal_places=3)


@dataclass(frozen=True, order=True)
class PriceTier:
    """`price`: whole rupiah of one unit, from this quantity on."""

    from_quantity: Decimal
    price: int

    def __str__(self) -> str:
        return f"{plain(self.from_quantity)}: {self.price}"


Tiers = tuple[PriceTier, ...]
if TYPE_CHECKING:
    _Field = models.Field[Any, Any]
else:
    _Field = models.Field


class Tiered(Protocol):
    """Goods, or a row that keeps what they cost."""

    @property
    def price(self) -> int: ...
    @property
    def tiers(self) -> Tiers: ...


class TiersField(_Field):
    """The tiers of one row, the least quantity first; in the database pairs of quantity and price, `numeric[][]`.

    A column and not a table: they are one value of the goods, read wherever a price is, proposed, compared and copied
    as a whole (`docs/decisions.md`).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"default": tuple, "blank": True, **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {key: value for key, value in kwargs.items() if key not in ("default", "blank")}

    def db_type(self, connection: Any) -> str:
        return "numeric(18, 3)[]"

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        return "%s::numeric(18, 3)[]"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Tiers:
        return tuple(PriceTier(quantity, int(price)) for quantity, price in value or ())

    def get_prep_value(self, value: Any) -> Any:
        return [[tier.from_quantity, Decimal(check_rupiah(tier.price))] for tier in value or ()]

    def formfield(self, *args: Any, **kwargs: Any) -> None:
        """None: only the forms of shops write them (`tier_fields`)."""
        return

    def value_to_string(self, obj: models.Model) -> str:
        return "; ".join(str(tier) for tier in self.value_from_object(obj))


def tier_at(tiers: Sequence[PriceTier], quantity: Decimal) -> PriceTier | None:
    """The tier that the quantity reaches; None below the first."""
    return next((tier for tier in reversed(tiers) if tier.from_quantity <= quantity), None)


def price_at(price: int, tiers: Sequence[PriceTier], quantity: Decimal) -> int:
    """Of one unit, where so much is bought for `price` each or by one of the tiers."""
    tier = tier_at(tiers, quantity)
    return price if tier is None else tier.price


def unit_price(goods: Tiered, quantity: Decimal) -> int:
    """What one unit costs where so much of the goods is bought at once, whole rupiah; `unit_price_sql` is the twin."""
    return price_at(goods.price, goods.tiers, quantity)


def tier_from(goods: Tiered, quantity: Decimal, price: int) -> Decimal | None:
    """From which quantity on the goods cost `price` each, where that is why so much of them costs it; None for the
    price of one, and for one that was agreed otherwise."""
    tier = tier_at(goods.tiers, quantity)
    return tier.from_quantity if tier is not None and tier.price == price else None


def from_words(unit: str, quantity: Decimal | None) -> str:
    """`Harga mulai 50 kotak`, of a price with this `tier_from`; '' without one."""
    return "" if quantity is None else _("Harga mulai %(from)s") % {"from": Unit(unit).counted(quantity)}


def words_of(unit: str, tiers: Iterable[PriceTier]) -> str:
    """`mulai 50 kotak Rp18.000; mulai 100 kotak Rp17.000`."""
    counted = Unit(unit).counted
    told = _("mulai %(from)s %(price)s")
    return "; ".join(told % {"from": counted(tier.from_quantity), "price": rupiah(tier.price)} for tier in tiers)


def further_words(goods: Tiered, unit: str, quantity: Decimal) -> str:
    """`words_of` the tiers that more of the goods would reach; '' where there are none."""
    return words_of(unit, (tier for tier in goods.tiers if tier.from_quantity > quantity))


def no_dearer(goods: Tiered, quantity: Decimal, amount: int | None = None) -> PriceTier | None:
    """The first tier above the quantity whose least costs no more in all than the quantity does; None without one.
    `amount`: what the quantity costs, whole rupiah, where its price was agreed before; None: by the goods' price."""
    whole = share(unit_price(goods, quantity), quantity) if amount is None else amount
    further = (tier for tier in goods.tiers if tier.from_quantity > quantity)
    return next((tier for tier in further if share(tier.price, tier.from_quantity) <= whole), None)


def no_dearer_words(unit: str, tier: PriceTier, amount: int) -> str:
    """`25 buah lebih murah: Rp724.500`. `tier`: of `no_dearer`; `amount`: what the lesser quantity costs, whole
    rupiah."""
    whole = share(tier.price, tier.from_quantity)
    text = _("%(from)s lebih murah: %(amount)s") if whole < amount else _("%(from)s sama harganya: %(amount)s")
    return text % {"from": Unit(unit).counted(tier.from_quantity), "amount": rupiah(whole)}


def lowest_price(goods: Tiered) -> int:
    """Of one unit, however much is bought."""
    return goods.tiers[-1].price if goods.tiers else goods.price


def affordable(goods: Tiered, amount: int) -> Decimal:
    """As much as the rupiah pay for, and everything below it too: just below a tier goods may cost more than at it."""
    price = goods.price
    for tier in goods.tiers:
        if Decimal(amount) / price < tier.from_quantity:
            break
        price = tier.price
    return Decimal(amount) / price


def dearer_at(old: Tiers, new: Tiers, price: int) -> Iterator[tuple[Decimal, int, int]]:
    """The quantities of which one unit costs more than before, with what it cost and costs. `price`: of one piece."""
    for quantity in sorted({tier.from_quantity for tier in (*old, *new)}):
        before, after = price_at(price, old, quantity), price_at(price, new, quantity)
        if after > before:
            yield quantity, before, after


def below(tiers: Iterable[PriceTier], price: int) -> Tiers:
    """Those that goods of this price can have."""
    return tuple(tier for tier in tiers if tier.price < price)


def unit_price_sql(quantity: Any, *, path: str = "") -> Case:
    """`unit_price` in SQL. `quantity`: an expression; `path`: to the goods, as of `F`."""

    def cell(row: int, column: int) -> Func:
        return Func(F(f"{path}tiers"), template=f"(%(expressions)s)[{row}][{column}]", output_field=_CELL)

    whole = models.BigIntegerField()
    rows = [When(_AtLeast(quantity, cell(n, 1)), then=Cast(cell(n, 2), whole)) for n in range(MOST, 0, -1)]
    return Case(*rows, default=F(f"{path}price"), output_field=whole)


class _AtLeast(Func):
    """Whether the first is no less than the second; NULL where the goods have no such tier."""

    template = "%(expressions)s"
    arg_joiner = " >= "
    output_field = models.BooleanField()
