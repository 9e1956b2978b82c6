"""The published rule applied to opened offers: pure, exact, and the same however the offers are sorted before.

Ties: the lower total, then the earlier arrival, then the nearer shop, then whoever sent the offer first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from procurement.quotations.states import RankingRule

HUNDREDTH = Decimal("0.01")
FARTHEST = 2


@dataclass(frozen=True)
class Bid:
    """What the rule looks at. `pk`: of the sealed offer, in the order in which they were sent."""

    pk: int
    owner: int | None
    total: int
    deliver_at: datetime
    nearness: int
    sent_at: datetime


@dataclass(frozen=True)
class Weights:
    price: int = 100
    time: int = 0
    distance: int = 0


@dataclass(frozen=True)
class Ranked:
    bid: Bid
    rank: int
    points: Decimal | None  # out of 100; None where the lowest total wins


@dataclass(frozen=True)
class Ranking:
    ranked: list[Ranked]
    beaten: dict[int, Bid]  # by pk of an offer: the better one of the same owner, which counts instead


def rank(bids: Iterable[Bid], rule: str, weights: Weights) -> Ranking:
    """All that could be awarded, in order. Of the offers of one owner only the best counts."""
    rest = list(bids)
    best, beaten = _one_of_each_owner(rest, rule, weights)
    scores = points_of(best, weights) if rule == RankingRule.POINTS else {}
    ordered = sorted(best, key=lambda bid: _order(bid, scores))
    ranked = [
        Ranked(bid, place, _rounded(scores[bid.pk]) if scores else None) for place, bid in enumerate(ordered, start=1)
    ]
    return Ranking(ranked, beaten)


def points_of(bids: Iterable[Bid], weights: Weights) -> dict[int, Fraction]:
    """By pk. Price: the lowest total over this one's; time: the earliest gets all, the latest none; distance: all in
    the kelurahan, half in the kecamatan, none elsewhere."""
    rest = list(bids)
    if not rest:
        return {}
    lowest = min(bid.total for bid in rest)
    first, last = min(bid.deliver_at for bid in rest), max(bid.deliver_at for bid in rest)
    span = int((last - first).total_seconds())

    def points(bid: Bid) -> Fraction:
        price = Fraction(lowest, bid.total) if bid.total else Fraction(1)
        time = Fraction(int((last - bid.deliver_at).total_seconds()), span) if span else Fraction(1)
        distance = Fraction(FARTHEST - bid.nearness, FARTHEST)
        return weights.price * price + weights.time * time + weights.distance * distance

    return {bid.pk: points(bid) for bid in rest}


def _one_of_each_owner(bids: list[Bid], rule: str, weights: Weights) -> tuple[list[Bid], dict[int, Bid]]:
    scores = points_of(bids, weights) if rule == RankingRule.POINTS else {}
    best: dict[int, Bid] = {}
    alone: list[Bid] = []
    beaten: dict[int, Bid] = {}
    for bid in sorted(bids, key=lambda bid: _order(bid, scores)):
        if bid.owner is None:
            alone.append(bid)
        elif bid.owner in best:
            beaten[bid.pk] = best[bid.owner]
        else:
            best[bid.owner] = bid
    return [*best.values(), *alone], beaten


def _order(bid: Bid, scores: dict[int, Fraction]) -> tuple[Fraction, int, datetime, int, datetime, int]:
    return -scores.get(bid.pk, Fraction(0)), bid.total, bid.deliver_at, bid.nearness, bid.sent_at, bid.pk


def _rounded(points: Fraction) -> Decimal:
    return (Decimal(points.numerator) / Decimal(points.denominator)).quantize(HUNDREDTH, ROUND_HALF_UP)
