"""A year of a market under five orders of its lists: how many shops nobody orders from, and what it costs buyers.

`python -m bench.fairness [--sellers 2000] [--days 360] [--searches 600] [--seeds 3]`. No database: buyers, shops and
orders are simulated; the rule is the product's own (`umkm.exposure.policy`), reckoned once a day, with each owner in
turn as in `umkm.discovery.search`. Exit status 1 when a goal is missed.

Each search is for one sort of goods of a category; shops that bear its name fit better than the others of the category.
A buyer looks at places with a probability that falls with them, sees a second page seldom, and takes of what was seen
what is worth most to them: departments weigh kept promises and buy much, neighbours what is near, everybody the price.

Sources: position bias and its discount, Järvelin and Kekäläinen, ACM TOIS 20 (2002), and Craswell et al., "An
Experimental Comparison of Click Position-Bias Models", WSDM 2008; exposure, Singh and Joachims, KDD 2018; Gini over
items, Fleder and Hosanagar, "Blockbuster Culture's Next Rise or Fall", Management Science 55 (2009).
"""

import argparse
import math
import random
import sys
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import fmean, median

from bench import stage

CATEGORIES, KECAMATAN, SORTS = 20, 31, 4
PAGE, WINDOW = 24, 28
CAP, WARN = 30_000_000, Decimal("0.8")
SECOND_PAGE = 0.15
BUYS = 0.35
GOALS = {"quiet": 0.05, "gini": 0.25, "ndcg": 0.95, "price": 0.01}


@dataclass
class Shop:
    number: int
    category: int
    kecamatan: int
    sorts: frozenset[int]  # of its category, whose name its goods bear
    price: float  # of the market's
    keeps: float  # how often it does what it promised
    opened: int  # day
    exposure: float = 0.0
    orders: int = 0
    used: int = 0
    days: deque[tuple[float, int]] = field(default_factory=lambda: deque([(0.0, 0)], WINDOW))
    kept: int = 0
    broken: int = 0
    level: int = 50

    @property
    def price_group(self) -> int:
        return 0 if self.price <= 1.25 else 1 if self.price <= 1.75 else 2


@dataclass(frozen=True)
class Buyer:
    kind: str
    kecamatan: int
    pays: float  # how much the price weighs
    trusts: float  # how much kept promises weigh
    near: float
    amount: int  # rupiah, at the market's price


def buyer(dice: random.Random) -> Buyer:
    place, kind = dice.randrange(KECAMATAN), dice.random()
    if kind < 0.25:
        return Buyer("department", place, 1.0, 3.0, 0.2, round(dice.lognormvariate(13.9, 0.6)))
    if kind < 0.55:
        return Buyer("neighbour", place, 1.5, 0.6, 1.5, round(dice.lognormvariate(11.2, 0.5)))
    return Buyer("public", place, 3.0, 0.8, 0.4, round(dice.lognormvariate(11.0, 0.6)))


Order = Callable[[Sequence[Shop], int, random.Random], list[Shop]]


def fits(shop: Shop, sort: int) -> int:
    """0 by its name, 1 by its category."""
    return 0 if sort in shop.sorts else 1


def by_newest(shops: Sequence[Shop], sort: int, _dice: random.Random) -> list[Shop]:
    return sorted(shops, key=lambda shop: (fits(shop, sort), -shop.opened, shop.number))


def by_orders(shops: Sequence[Shop], sort: int, _dice: random.Random) -> list[Shop]:
    return sorted(shops, key=lambda shop: (fits(shop, sort), -shop.orders, shop.number))


def by_price(shops: Sequence[Shop], sort: int, _dice: random.Random) -> list[Shop]:
    return sorted(shops, key=lambda shop: (fits(shop, sort), shop.price, shop.number))


def by_chance(shops: Sequence[Shop], sort: int, dice: random.Random) -> list[Shop]:
    return sorted(dice.sample(shops, len(shops)), key=lambda shop: fits(shop, sort))


def by_rule(shops: Sequence[Shop], sort: int, _dice: random.Random) -> list[Shop]:
    return sorted(shops, key=lambda shop: (fits(shop, sort), shop.price_group, -shop.level, -shop.opened, shop.number))


ORDERS: dict[str, Order] = {
    "newest": by_newest, "bestseller": by_orders, "price": by_price, "random": by_chance, "ours": by_rule,
}  # fmt: skip


def shops_of(count: int, days: int, dice: random.Random) -> list[Shop]:
    """One in ten opens during the year."""
    return [
        Shop(
            number, int(dice.paretovariate(1.2) - 1) % CATEGORIES, dice.randrange(KECAMATAN),
            frozenset(dice.sample(range(SORTS), dice.choice([1, 2]))), dice.lognormvariate(0, 0.16),
            dice.betavariate(18, 2), dice.randrange(days) if dice.random() < 0.1 else -dice.randrange(1, 400),
        )
        for number in range(count)
    ]  # fmt: skip


def reckon(shops: Sequence[Shop], day: int) -> None:
    from umkm.exposure import policy

    bounds = policy.Bounds(
        lift=Decimal("0.5"),
        orders_part=Decimal("0.25"),
        conduct_prior=Decimal("0.9"),
        conduct_weight=10,
        taper=Decimal("0.5"),
        warn=WARN,
    )
    weight = {shop.number: round(1000 * sum(seen for seen, _n in shop.days)) for shop in shops}
    orders = {shop.number: sum(n for _seen, n in shop.days) for shop in shops}
    groups: dict[tuple[int, int], list[Shop]] = {}
    for shop in shops:
        if shop.opened <= day:
            for key in ((shop.category, -1), (shop.category, shop.kecamatan)):
                groups.setdefault(key, []).append(shop)
    whole = {
        key: (sum(weight[one.number] for one in group), sum(orders[one.number] for one in group), len(group))
        for key, group in groups.items()
    }
    for shop in shops:
        if shop.opened > day:
            continue
        attention, bought = [], []
        for key in ((shop.category, -1), (shop.category, shop.kecamatan)):
            all_weight, all_orders, owners = whole[key]
            attention.append(policy.OwnPart(weight[shop.number], all_weight, owners))
            bought.append(policy.OwnPart(orders[shop.number], all_orders, owners))
        used = Decimal(shop.used * 1000 // CAP) / 1000
        shop.level = policy.level(policy.ShopFigures(attention, bought, shop.kept, shop.broken, used), bounds)


def weight(place: int) -> float:
    return 1 / math.log2(1 + place)


def gain(shop: Shop, sort: int) -> int:
    """Of three grades: it bears the name, at a usual price, and mostly keeps its word; it bears the name; it is of the
    category."""
    if fits(shop, sort):
        return 1
    return 7 if shop.price_group == 0 and shop.keeps >= 0.8 else 3


def ndcg(shown: Sequence[Shop], all_: Iterable[Shop], sort: int) -> float:
    best = sorted((gain(shop, sort) for shop in all_), reverse=True)[: len(shown)]
    got = sum(gain(shop, sort) * weight(place) for place, shop in enumerate(shown, 1))
    return got / sum(one * weight(place) for place, one in enumerate(best, 1))


def gini(values: Sequence[float]) -> float:
    rows = sorted(values)
    total = sum(rows)
    return sum((2 * n - len(rows) - 1) * value for n, value in enumerate(rows, 1)) / (len(rows) * total)


def year(order: Order, *, sellers: int, days: int, searches: int, seed: int) -> dict[str, float]:
    dice = random.Random(seed)
    shops = shops_of(sellers, days, dice)
    by_category = [[shop for shop in shops if shop.category == n] for n in range(CATEGORIES)]
    popular = [len(group) for group in by_category]
    paid: list[float] = []
    quality: list[float] = []
    for day in range(days):
        if day % 30 == 0:
            for shop in shops:
                shop.used = 0
        if order is by_rule:
            reckon(shops, day)
        lists: dict[tuple[int, int], list[Shop]] = {}
        today: dict[int, list[float]] = {}
        for search in range(searches):
            category, sort = dice.choices(range(CATEGORIES), popular)[0], dice.randrange(SORTS)
            who = buyer(dice)
            key = (category, sort)
            if key not in lists or order is by_chance:
                open_ = [shop for shop in by_category[category] if shop.opened <= day and shop.used < CAP]
                lists[key] = order(open_, sort, dice)
            found = [shop for shop in lists[key] if shop.used < CAP]
            seen = found[: PAGE * 2 if dice.random() < SECOND_PAGE else PAGE]
            if not seen:
                continue
            if search % 20 == 0:
                quality.append(ndcg(seen[:PAGE], found, sort))
            looked = []
            for place, shop in enumerate(seen, 1):
                shop.exposure += weight(place)
                today.setdefault(shop.number, [0.0, 0])[0] += weight(place)
                if dice.random() < weight(place):
                    looked.append(shop)
            if not looked or dice.random() > BUYS:
                continue
            chosen = max(
                looked,
                key=lambda shop: (
                    -fits(shop, sort) - who.pays * math.log(shop.price)
                    + who.trusts * (shop.kept + 9) / (shop.kept + shop.broken + 10)
                    + who.near * (shop.kecamatan == who.kecamatan) + dice.gauss(0, 0.5)
                ),
            )  # fmt: skip
            amount = round(who.amount * chosen.price)
            if chosen.used + amount > CAP:
                continue
            chosen.used += amount
            chosen.orders += 1
            today[chosen.number][1] += 1
            if dice.random() < chosen.keeps:
                chosen.kept += 1
            else:
                chosen.broken += 1
            paid.append(chosen.price)
        for shop in shops:
            seen_today, bought = today.get(shop.number, (0.0, 0))
            shop.days.append((seen_today, int(bought)))
    old = [shop for shop in shops if shop.opened < 0]
    return {
        "orders": len(paid),
        "quiet": sum(shop.orders == 0 for shop in old) / len(old),
        "gini": gini([shop.exposure for shop in old]),
        "ndcg": fmean(quality),
        "price": fmean(paid),
        "promises_kept": sum(shop.kept for shop in shops) / len(paid),
        "newcomers_quiet": _quiet([shop for shop in shops if 0 <= shop.opened < days - 90]),
        "median_orders": median(shop.orders for shop in old),
    }


def _quiet(shops: Sequence[Shop]) -> float:
    return sum(shop.orders == 0 for shop in shops) / len(shops) if shops else 0.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sellers", type=int, default=2_000)
    parser.add_argument("--days", type=int, default=360)
    parser.add_argument("--searches", type=int, default=600, help="a day")
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    told: dict[str, dict[str, float]] = {}
    for name, order in ORDERS.items():
        runs = [
            year(order, sellers=options.sellers, days=options.days, searches=options.searches, seed=seed)
            for seed in range(1, options.seeds + 1)
        ]
        told[name] = {key: round(fmean(run[key] for run in runs), 4) for key in runs[0]}
        told[name]["gini_worst"] = round(max(run["gini"] for run in runs), 4)
        told[name]["quiet_worst"] = round(max(run["quiet"] for run in runs), 4)
    ours, chance = told["ours"], told["random"]
    dearer = ours["price"] / chance["price"] - 1
    missed = [
        name
        for name, is_met in {
            "quiet": ours["quiet_worst"] <= GOALS["quiet"],
            "gini": ours["gini_worst"] <= GOALS["gini"],
            "ndcg": ours["ndcg"] >= GOALS["ndcg"],
            "price": dearer <= GOALS["price"],
        }.items()
        if not is_met
    ]
    stage.report("fairness", {"by_order": told, "dearer_than_random": round(dearer, 4), "missed": missed})
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
