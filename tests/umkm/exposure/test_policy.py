"""The rule that orders shops: bounded, the same for the same figures, and never across a price group."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umkm.exposure import policy
from umkm.exposure.policy import LEVELS, Bounds, Figures, Part

BOUNDS = Bounds(
    lift=Decimal("0.5"), conduct_prior=Decimal("0.9"), conduct_weight=10, taper=Decimal("0.5"), warn=Decimal("0.8")
)
EVEN = Part(own=100, whole=1000, owners=10)
NOTHING = Part(own=0, whole=1000, owners=10)
NOBODY = Part(own=0, whole=0, owners=10)


def figures(*parts: Part, kept: int = 0, broken: int = 0, used: str = "0") -> Figures:
    return Figures(parts or (EVEN,), kept, broken, Decimal(used))


@pytest.mark.parametrize(
    ("part", "missing"),
    [
        (NOTHING, "1"), (EVEN, "0"), (Part(50, 1000, 10), "0.5"), (Part(900, 1000, 10), "0"), (NOBODY, "0"),
        (Part(1000, 1000, 1), "0"),
    ],
)  # fmt: skip
def test_what_is_missing_is_counted_from_an_even_part(part: Part, missing: str) -> None:
    assert part.missing == Decimal(missing)


@pytest.mark.parametrize(
    ("given_", "score"),
    [
        (figures(EVEN), "0.9"),  # nothing known: the prior
        (figures(NOTHING), "1.35"),  # the whole lift
        (figures(NOTHING, EVEN), "1.125"),  # half of it: attention, but no lack of orders
        (figures(NOBODY, NOBODY), "0.9"),
        (figures(EVEN, kept=10), "0.95"),
        (figures(EVEN, broken=10), "0.45"),
        (figures(NOTHING, broken=10), "0.675"),  # the whole lift does not make up for ten of ten broken
        (figures(EVEN, used="0.8"), "0.9"),
        (figures(EVEN, used="0.9"), "0.675"),
        (figures(EVEN, used="1"), "0.45"),
    ],
)
def test_a_level_follows_from_the_figures(given_: Figures, score: str) -> None:
    assert policy.level(given_, BOUNDS) == int(Decimal(score) / Decimal("1.5") * LEVELS)


parts = st.builds(
    lambda own, others, owners: Part(own, own + others, owners),
    st.integers(0, 10**9), st.integers(0, 10**9), st.integers(1, 5000),
)  # fmt: skip
all_figures = st.builds(
    Figures, st.lists(parts, max_size=4), st.integers(0, 9999), st.integers(0, 9999),
    st.integers(0, 1000).map(lambda n: Decimal(n) / 1000),
)  # fmt: skip


@given(all_figures)
def test_a_level_stays_inside_its_bounds(one: Figures) -> None:
    assert 0 <= policy.level(one, BOUNDS) < LEVELS
    assert 0 <= policy.lift(one, BOUNDS) <= BOUNDS.lift
    assert 0 <= policy.conduct(one, BOUNDS) <= 1
    assert BOUNDS.taper <= policy.taper(one, BOUNDS) <= 1


@given(all_figures, st.integers(1, 10**9))
def test_more_attention_lifts_no_shop(one: Figures, more: int) -> None:
    richer = Figures(
        [Part(part.own + more, part.whole + more, part.owners) for part in one.parts], one.kept, one.broken, one.used
    )
    if all(part.whole for part in one.parts):
        assert policy.level(richer, BOUNDS) <= policy.level(one, BOUNDS)


@given(st.integers(0, LEVELS - 1), st.integers(0, LEVELS - 1), st.integers(0, 1))
def test_no_level_leads_out_of_its_price_group(low: int, high: int, group: int) -> None:
    assert policy.standing(low, group) > policy.standing(high, group + 1)
    assert policy.price_group(policy.standing(high, group)) == group
