"""By which rule shops stand before one another among goods that fit a search alike. Pure: figures in, a level out.

Who is below an even part of attention or of orders is lifted, within bounds, and what was promised and not done takes
down. Near the monthly cap a shop stands lower. Owners are compared, so that a second shop gains nothing, with all who
sell goods of the same category, in the city and in the kecamatan of the shop. Nothing here is random, and nothing can
be bought.

Sources: exposure by merit over many rankings, Singh and Joachims, "Fairness of Exposure in Rankings", KDD 2018, and
Biega, Gummadi and Weikum, "Equity of Attention", SIGIR 2018.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

VERSION = 1  # of this rule; goes up when the same figures would give another level
LEVELS = 100  # 0 to 99
# Goods stand in groups by how far their price is above the market; a level never leads out of its group.
PRICE_GROUPS = 3
# The standing of goods until the next reckoning: in the middle of those with a usual price.
UNRANKED = (PRICE_GROUPS - 1) * LEVELS + LEVELS // 2


@dataclass(frozen=True)
class Bounds:
    """The dated figures. `lift`: the most by which a shop is lifted, a part of what it has; `orders_part`: of it, for
    missing orders, the rest for missing attention. `conduct_prior`: the part of kept promises of a shop of which
    nothing is known, as if from `conduct_weight` orders. `taper`: what remains of it at a full cap; `warn`: the part of
    the cap from which it falls."""

    lift: Decimal
    orders_part: Decimal
    conduct_prior: Decimal
    conduct_weight: int
    taper: Decimal
    warn: Decimal


@dataclass(frozen=True)
class OwnPart:
    """What an owner got, of what `owners` owners got together."""

    own: int
    whole: int
    owners: int

    @property
    def missing(self) -> Decimal:
        """How far it is below an even part: 0 at or above it, 1 with nothing; 0 where nobody got anything."""
        if not self.whole:
            return Decimal(0)
        return max(1 - Decimal(self.own) * self.owners / self.whole, Decimal(0))


@dataclass(frozen=True)
class ShopFigures:
    """Of the owner of a shop in one category over the window: attention and orders, each in the city and in the
    kecamatan. `kept`, `broken`: orders. `used`: part of the monthly cap, 0 to 1."""

    attention: Sequence[OwnPart]
    orders: Sequence[OwnPart]
    kept: int
    broken: int
    used: Decimal


def conduct(figures: ShopFigures, bounds: Bounds) -> Decimal:
    """The part of promises that were kept, drawn towards the prior while there are few. 0 to 1."""
    known = figures.kept + figures.broken
    return (figures.kept + bounds.conduct_prior * bounds.conduct_weight) / (known + bounds.conduct_weight)


def lift(figures: ShopFigures, bounds: Bounds) -> Decimal:
    """0 to `bounds.lift`."""
    attention, orders = _missing(figures.attention), _missing(figures.orders)
    return bounds.lift * (attention + bounds.orders_part * (orders - attention))


def _missing(parts: Sequence[OwnPart]) -> Decimal:
    return sum((part.missing for part in parts), Decimal(0)) / len(parts)


def taper(figures: ShopFigures, bounds: Bounds) -> Decimal:
    """1 up to the warning, then falling to `bounds.taper` at a full cap."""
    above = max(min(figures.used, Decimal(1)) - bounds.warn, Decimal(0))
    room = 1 - bounds.warn
    return 1 - (1 - bounds.taper) * above / room if above and room else Decimal(1)


def level(figures: ShopFigures, bounds: Bounds) -> int:
    """0 to LEVELS - 1, higher before lower."""
    score = conduct(figures, bounds) * (1 + lift(figures, bounds)) * taper(figures, bounds)
    return min(int(score / (1 + bounds.lift) * LEVELS), LEVELS - 1)


def standing(level: int, price_group: int) -> int:
    """The number by which goods are ordered, higher before lower. `price_group`: 0 usual, 1 above the market, 2 far
    above it."""
    return (PRICE_GROUPS - 1 - price_group) * LEVELS + level


def price_group(standing: int) -> int:
    return PRICE_GROUPS - 1 - standing // LEVELS
