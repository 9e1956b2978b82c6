"""The published rule: pure, exact, whatever the order in which offers are read."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procurement.quotations.ranking import Bid, Weights, points_of, rank
from procurement.quotations.states import RankingRule
from tests.factories.procurement import HOUR, MONDAY

RULES = list(RankingRule)
MINUTE = timedelta(minutes=1)


def bid(pk: int, total: int, *, owner: int | None = None, hours: int = 0, near: int = 2, sent: int = 0) -> Bid:
    return Bid(pk, pk if owner is None else owner, total, MONDAY + hours * HOUR, near, MONDAY + sent * MINUTE)


def order(bids: list[Bid], rule: str, weights: Weights = Weights()) -> list[int]:  # noqa: B008
    return [row.bid.pk for row in rank(bids, rule, weights).ranked]


bids = st.lists(
    st.builds(
        bid,
        st.just(0),
        st.integers(1, 50),
        owner=st.integers(1, 4),
        hours=st.integers(0, 3),
        near=st.integers(0, 2),
        sent=st.integers(0, 2),
    ),
    max_size=8,
).map(lambda rows: [replace(row, pk=pk) for pk, row in enumerate(rows)])
weights = st.tuples(st.integers(1, 100), st.integers(0, 99)).filter(lambda pair: sum(pair) <= 100).map(
    lambda pair: Weights(pair[0], pair[1], 100 - sum(pair))
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(rows=bids, rule=st.sampled_from(RULES), given_weights=weights, seed=st.randoms())
def test_quotation_ranking_holds_for_any_offers(rows, rule, given_weights, seed) -> None:  # type: ignore[no-untyped-def]
    result = rank(rows, rule, given_weights)
    shuffled = list(rows)
    seed.shuffle(shuffled)
    assert rank(shuffled, rule, given_weights) == result
    placed = [row.bid for row in result.ranked]
    assert [row.rank for row in result.ranked] == list(range(1, len(placed) + 1))
    assert sorted([one.pk for one in placed] + list(result.beaten)) == sorted(one.pk for one in rows)
    assert len({one.owner for one in placed}) == len(placed)
    for pk, better in result.beaten.items():
        assert next(one for one in rows if one.pk == pk).owner == better.owner
    if rule == RankingRule.LOWEST:
        totals = [one.total for one in placed]
        assert totals == sorted(totals)
        assert all(row.points is None for row in result.ranked)
    else:
        exact = [points_of(placed, given_weights)[one.pk] for one in placed]
        assert exact == sorted(exact, reverse=True)
        assert all(0 <= points <= 100 for points in exact)


@settings(max_examples=200, deadline=None)
@given(rows=bids, rule=st.sampled_from(RULES))
def test_quotation_a_cheaper_offer_never_ranks_worse_for_being_cheaper(rows, rule) -> None:  # type: ignore[no-untyped-def]
    """Price alone weighs: whoever lowers the total keeps at least the rank."""
    alone = [Bid(one.pk, None, one.total, MONDAY, 2, MONDAY) for one in rows]
    if not alone:
        return
    before = order(alone, rule).index(alone[0].pk)
    cheaper = [Bid(0, None, max(alone[0].total - 1, 1), MONDAY, 2, MONDAY), *alone[1:]]
    assert order(cheaper, rule).index(0) <= before


@pytest.mark.parametrize(
    ("other", "first"),
    [
        (bid(2, 100, hours=1), 1),  # the same total: the earlier arrival
        (bid(2, 100, near=0), 2),  # then the nearer shop
        (bid(2, 100, sent=1), 1),  # then whoever sent first
        (bid(2, 99, hours=9, sent=9), 2),
    ],
)
def test_quotation_ties_end_as_published(other: Bid, first: int) -> None:
    assert order([other, bid(1, 100)], RankingRule.LOWEST)[0] == first


def test_quotation_points_by_hand() -> None:
    rows = [bid(1, 100, hours=4, near=2), bid(2, 125, hours=0, near=0), bid(3, 200, hours=2, near=1)]
    result = rank(rows, RankingRule.POINTS, Weights(70, 20, 10))
    assert [(row.bid.pk, row.points) for row in result.ranked] == [
        (2, Decimal("86.00")), (1, Decimal("70.00")), (3, Decimal("50.00")),
    ]  # fmt: skip


def test_quotation_one_owner_counts_once_with_the_best() -> None:
    rows = [bid(1, 90, owner=7), bid(2, 80, owner=7), bid(3, 85, owner=8)]
    result = rank(rows, RankingRule.LOWEST, Weights())
    assert [row.bid.pk for row in result.ranked] == [2, 3]
    assert {pk: better.pk for pk, better in result.beaten.items()} == {1: 2}


def test_quotation_without_offers_nobody_ranks() -> None:
    for rule in RULES:
        assert rank([], rule, Weights()).ranked == []
