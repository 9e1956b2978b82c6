"""The rule that orders shops: bounded, the same for the same figures, and never across a price group."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umkm.exposure import policy
from umkm.exposure.policy import LEVELS, Bounds, OwnPart, ShopFigures

BOUNDS = Bounds(
    lift=Decimal("0.5"),
    orders_part=Decimal("0.25"),
    conduct_prior=Decimal("0.9"),
    conduct_weight=10,
    taper=Decimal("0.5"),
    warn=Decimal("0.8"),
)
EVEN = OwnPart(own=100, whole=1000, owners=10)
NOTHING = OwnPart(own=0, whole=1000, owners=10)
NOBODY = OwnPart(own=0, whole=0, owners=10)


def figures(
    attention: OwnPart = EVEN, orders: OwnPart = EVEN, *, kept: int = 0, broken: int = 0, used: str = "0"
) -> ShopFigures:
    return ShopFigures([attention], [orders], kept, broken, Decimal(used))


@pytest.mark.parametrize(
    ("part", "missing"),
    [
        (NOTHING, "1"), (EVEN, "0"), (OwnPart(50, 1000, 10), "0.5"), (OwnPart(900, 1000, 10), "0"), (NOBODY, "0"),
        (OwnPart(1000, 1000, 1), "0"),
    ],
)  # fmt: skip
def test_what_is_missing_is_counted_from_an_even_part(part: OwnPart, missing: str) -> None:
    assert part.missing == Decimal(missing)


@pytest.mark.parametrize(
    ("given_", "score"),
    [
        (figures(EVEN), "0.9"),  # nothing known: the prior
        (figures(NOTHING, NOTHING), "1.35"),  # the whole lift
        (figures(NOTHING, EVEN), "1.2375"),  # three quarters of it: attention is missing, orders are not
        (figures(EVEN, NOTHING), "1.0125"),
        (figures(NOBODY, NOBODY), "0.9"),
        (figures(EVEN, kept=10), "0.95"),
        (figures(EVEN, broken=10), "0.45"),
        (figures(NOTHING, NOTHING, broken=10), "0.675"),  # the whole lift does not make up for ten of ten broken
        (figures(EVEN, used="0.8"), "0.9"),
        (figures(EVEN, used="0.9"), "0.675"),
        (figures(EVEN, used="1"), "0.45"),
    ],
)
def test_a_level_follows_from_the_figures(given_: ShopFigures, score: str) -> None:
    assert policy.level(given_, BOUNDS) == int(Decimal(score) / Decimal("1.5") * LEVELS)


parts = st.builds(
    lambda own, others, owners: OwnPart(own, own + others, owners),
    st.integers(0, 10**9), st.integers(0, 10**9), st.integers(1, 5000),
)  # fmt: skip
all_figures = st.builds(
    ShopFigures, st.lists(parts, min_size=2, max_size=2), st.lists(parts, min_size=2, max_size=2),
    st.integers(0, 9999), st.integers(0, 9999),
    st.integers(0, 1000).map(lambda n: Decimal(n) / 1000),
)  # fmt: skip


@given(all_figures)
def test_a_level_stays_inside_its_bounds(one: ShopFigures) -> None:
    assert 0 <= policy.level(one, BOUNDS) < LEVELS
    assert 0 <= policy.lift(one, BOUNDS) <= BOUNDS.lift
    assert 0 <= policy.conduct(one, BOUNDS) <= 1
    assert BOUNDS.taper <= policy.taper(one, BOUNDS) <= 1


@given(all_figures, st.integers(1, 10**9))
def test_more_attention_lifts_no_shop(one: ShopFigures, more: int) -> None:
    attention = [OwnPart(part.own + more, part.whole + more, part.owners) for part in one.attention]
    if all(part.whole for part in one.attention):
        assert policy.level(replace(one, attention=attention), BOUNDS) <= policy.level(one, BOUNDS)


@given(st.integers(0, LEVELS - 1), st.integers(0, LEVELS - 1), st.integers(0, 1))
def test_no_level_leads_out_of_its_price_group(low: int, high: int, group: int) -> None:
    assert policy.standing(low, group) > policy.standing(high, group + 1)
    assert policy.price_group(policy.standing(high, group)) == group
