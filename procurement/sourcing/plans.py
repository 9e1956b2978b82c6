"""How so much of some goods is shared among sellers, where one is asked for too much. Pure over loaded offers.

The fewest owners that can bring it, or as many as are asked for. Among equals come first: goods whose name is looked
for, a price near the lowest (in steps of a dated rule), the nearer shop, the one that used less of this month's cap,
then the cheaper. One shop of an owner, since its shops share the room of the month.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from functools import cached_property
from heapq import nlargest, nsmallest

from epeken.core.money import share
from umkm.catalogue.tiers import unit_price
from umkm.discovery.offers import Offer


@dataclass(frozen=True)
class Candidate:
    """The offer of one owner. `price_step`: 0 where one piece costs the least, one more for each step above it."""

    offer: Offer
    in_name: bool
    price_step: int
    most: Decimal  # as much as it can bring
    taken: Decimal = Decimal(0)  # what the purchase asks of these goods anyway

    @cached_property
    def least(self) -> Decimal:
        """As little as it sells, in whole steps."""
        product = self.offer.product
        return (product.minimum / product.step).to_integral_value(ROUND_CEILING) * product.step

    @cached_property
    def order(self) -> tuple[int, ...]:
        offer = self.offer
        return (
            not self.in_name, self.price_step, offer.nearness, offer.room.quarter, offer.product.price,
            offer.product.pk,
        )  # fmt: skip

    @property
    def order_by_price(self) -> tuple[int, ...]:
        return (not self.in_name, self.offer.product.price, *self.order)


@dataclass(frozen=True)
class PlanShare:
    candidate: Candidate
    quantity: Decimal

    @property
    def goods(self) -> int:
        """Each at the price of all that the purchase then asks of them."""
        product = self.candidate.offer.product
        return share(unit_price(product, self.candidate.taken + self.quantity), self.quantity)

    @property
    def total(self) -> int:
        return self.goods + self.candidate.offer.fee


@dataclass(frozen=True)
class Plan:
    """`spare`: candidates that got no share, the first ones first."""

    wanted: Decimal
    shares: list[PlanShare]
    spare: list[Candidate]

    @property
    def planned(self) -> Decimal:
        return sum((one.quantity for one in self.shares), Decimal(0))

    @property
    def missing(self) -> Decimal:
        return max(self.wanted - self.planned, Decimal(0))

    @property
    def excess(self) -> Decimal:
        """More than is wanted: sellers sell no less, or only in steps."""
        return max(self.planned - self.wanted, Decimal(0))

    @property
    def total(self) -> int:
        return sum(one.total for one in self.shares)


def candidates(
    offers: Iterable[Offer], in_name: Mapping[int, bool], price_step: Decimal, taken: Mapping[int, Decimal]
) -> list[Candidate]:
    """One of each owner, in order. `taken`: by pk of the goods, what the purchase asks of them anyway."""
    able = [
        (offer, offer.most, taken.get(offer.product.pk, Decimal(0)))
        for offer in offers
        if offer.is_able and offer.most is not None
    ]
    lowest = min((offer.product.price for offer, _most, _held in able), default=0)
    best: dict[int, Candidate] = {}
    for offer, most, held in able:
        steps = (offer.product.price - lowest) / (lowest * price_step) if lowest and price_step else Decimal(0)
        one = Candidate(offer, in_name.get(offer.product.pk, False), int(steps), most - held, held)
        if one.most < one.least:
            continue
        # A shop without an owner group stands for itself.
        key = offer.seller.owner_id or -offer.seller.pk
        if key not in best or _better(one, best[key]):
            best[key] = one
    return sorted(best.values(), key=lambda one: one.order)


def plan(wanted: Decimal, able: Sequence[Candidate], *, sellers: int | None, most: int | None) -> Plan:
    """Shares of `wanted` (more than 0) over `able`. `sellers`: at least so many where they can share it; None: as few
    as can. `most`: rupiah there is; above it the cheaper come first, and the plan is the one that costs less.
    """
    found = _plan(wanted, sorted(able, key=lambda one: one.order), sellers)
    if most is None or found.total <= most:
        return found
    cheaper = _plan(wanted, sorted(able, key=lambda one: one.order_by_price), sellers)
    return min(found, cheaper, key=lambda one: (one.missing, one.total))


def _better(one: Candidate, other: Candidate) -> bool:
    """Of one owner: the name that is looked for, then the one that can bring more, then the order."""
    return (not one.in_name, -one.most, one.order) < (not other.in_name, -other.most, other.order)


def _plan(wanted: Decimal, ordered: list[Candidate], sellers: int | None) -> Plan:
    fewest = _fewest(wanted, ordered)
    asked = min(max(fewest, sellers or 0), len(ordered))
    # Shares below a seller's minimum are none: with too many sellers one fewer is tried, down to the fewest.
    counts = [*range(asked, fewest - 1, -1)]
    chosen = next(
        (found for count in counts if (found := _choose(wanted, ordered, count))),
        nlargest(fewest, ordered, key=lambda one: one.most),
    )
    amounts = _shared(wanted, chosen)
    taken = {id(one) for one in chosen}
    return Plan(
        wanted=wanted,
        shares=[PlanShare(one, amount) for one, amount in zip(chosen, amounts, strict=True)],
        spare=[one for one in ordered if id(one) not in taken],
    )


def _fewest(wanted: Decimal, ordered: list[Candidate]) -> int:
    """How many of those that can bring most bring `wanted`; all when even they do not."""
    left = wanted
    for count, most in enumerate(sorted((one.most for one in ordered), reverse=True), start=1):
        left -= most
        if left <= 0:
            return count
    return len(ordered)


def _choose(wanted: Decimal, ordered: list[Candidate], count: int) -> list[Candidate]:
    """The first `count` in order that can still bring it together, each at least its minimum; [] when none can."""
    chosen: list[Candidate] = []
    can, must = Decimal(0), Decimal(0)
    reachable = min(wanted, sum(nlargest(count, (one.most for one in ordered)), Decimal(0)))
    for place, one in enumerate(ordered):
        slots = count - len(chosen) - 1
        rest = ordered[place + 1 :]
        if len(rest) < slots:
            return []
        most = can + one.most + sum(nlargest(slots, (other.most for other in rest)), Decimal(0))
        least = must + one.least + sum(nsmallest(slots, (other.least for other in rest)), Decimal(0))
        if most < reachable or (least > wanted and count > 1):
            continue
        chosen.append(one)
        can, must = can + one.most, must + one.least
        if not slots:
            return chosen
    return []


def _shared(wanted: Decimal, chosen: list[Candidate]) -> list[Decimal]:
    """Equal shares, each from its minimum to what it can bring and in its steps; rounded up where no step is left."""
    amounts = [one.least for one in chosen]
    left = wanted - sum(amounts, Decimal(0))
    while left > 0:
        growing = [n for n, one in enumerate(chosen) if amounts[n] + one.offer.product.step <= one.most]
        if not growing:
            break
        lowest = min(amounts[n] for n in growing)
        level = [n for n in growing if amounts[n] == lowest]
        above = min((amounts[n] for n in growing if amounts[n] > lowest), default=None)
        each = left / len(level) if above is None else min(left / len(level), above - lowest)
        grown = False
        for n in level:
            one, step = chosen[n], chosen[n].offer.product.step
            more = min(each, one.most - amounts[n], left)
            more = more // step * step
            if more > 0:
                amounts[n] += more
                left -= more
                grown = True
        if not grown:
            # Less than a step for each of them: one step for the first; beyond what is wanted where none fits.
            fitting = [n for n in level if chosen[n].offer.product.step <= left]
            n = fitting[0] if fitting else min(growing, key=lambda n: chosen[n].offer.product.step)
            amounts[n] += chosen[n].offer.product.step
            left -= chosen[n].offer.product.step
    return amounts
