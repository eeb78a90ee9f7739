"""Ranks of many variants against ranks of one, and counts against the ranks they stand for."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stiscore.methods.base import Array
from stiscore.robust.ranking import Counts, RankShares, ranks, tally
from stiscore.scores import rank

# Scores that tie exactly, tie nearly, tie in a chain, or are missing.
SCORE = st.one_of(
    st.sampled_from([0.0, 0.1, 0.2, 0.30000000000000004, 0.3, 100.0, -5.0]),
    st.floats(-100, 100, allow_nan=False),
    st.just(float("nan")),
)


@st.composite
def tables(draw: st.DrawFn) -> Array:
    units, count = draw(st.integers(1, 7)), draw(st.integers(1, 6))
    rows = draw(
        st.lists(st.lists(SCORE, min_size=units, max_size=units), min_size=count, max_size=count)
    )
    return np.array(rows)


@st.composite
def listed(draw: st.DrawFn) -> list[list[int]]:
    """The ranks of some units in as many variants, any of them none."""
    units = draw(st.integers(1, 9))
    places = st.integers(1, units)
    return draw(st.lists(st.lists(places, max_size=60), min_size=units, max_size=units))


def counts_of(told: list[list[int]]) -> Counts:
    counts = np.zeros((len(told), len(told)), dtype=np.int64)
    for unit, held in enumerate(told):
        for place in held:
            counts[unit, place - 1] += 1
    return counts


@given(tables(), st.sampled_from([0.0, 1e-9, 0.05, 0.1, 1.0]))
def test_every_variant_is_ranked_as_one_table_is(scores: Array, tie: float) -> None:
    told = ranks(scores, tie)
    for row, held in zip(scores, told, strict=True):
        np.testing.assert_array_equal(held, rank(row, tie))


@given(tables(), st.sampled_from([0.0, 1e-9, 0.05, 0.1, 1.0]))
def test_counts_are_those_of_the_ranks(scores: Array, tie: float) -> None:
    told, counts = ranks(scores, tie), tally(scores, tie)
    units = scores.shape[1]
    assert counts.shape == (units, units)
    for unit in range(units):
        for place in range(units):
            assert counts[unit, place] == (told[:, unit] == place + 1).sum()


def test_scores_that_follow_each_other_closely_are_one_tie() -> None:
    chain = np.array([[1.0, 1.09, 1.18, 0.5]])
    assert ranks(chain, 0.1).tolist() == [[1, 1, 1, 4]]
    assert ranks(chain, 0.05).tolist() == [[3, 2, 1, 4]]


def test_all_units_tied_are_all_first() -> None:
    assert tally(np.full((4, 3), 7.0), 1e-9).tolist() == [[4, 0, 0]] * 3


def test_nobody_and_nothing_are_counted() -> None:
    assert tally(np.empty((3, 0)), 1e-9).shape == (0, 0)
    assert tally(np.empty((0, 2)), 1e-9).tolist() == [[0, 0], [0, 0]]
    assert tally(np.full((2, 2), np.nan), 1e-9).tolist() == [[0, 0], [0, 0]]
    assert ranks(np.full((1, 2), np.nan), 1e-9).tolist() == [[0, 0]]
    assert ranks(np.array([[4.0]]), 1e-9).tolist() == [[1]]


def test_memory_order_and_read_only_scores_make_no_difference() -> None:
    scores = np.random.default_rng(3).integers(0, 5, (40, 6)).astype(float)
    turned = np.asfortranarray(scores)
    turned.setflags(write=False)
    np.testing.assert_array_equal(tally(scores, 1e-9), tally(turned, 1e-9))


@given(listed(), st.floats(0, 1))
def test_quantiles_are_those_of_the_listed_ranks(told: list[list[int]], share: float) -> None:
    got = RankShares(counts_of(told), 60).quantile(share)
    for held, value in zip(told, got, strict=True):
        if not held:
            assert math.isnan(value)
        else:
            assert value == pytest.approx(np.quantile(held, share), abs=1e-9)


# Shares whose half from the ends is a plain number, told independently of any subtraction.
ENDS = {0.5: (0.25, 0.75), 0.8: (0.1, 0.9), 0.9: (0.05, 0.95), 0.95: (0.025, 0.975)}


def rounded_out(held: list[int], share: float) -> list[int]:
    """Floor of the lower type 7 quantile, ceiling of the upper, from whole-number arithmetic."""
    ordered, told = sorted(held), []
    for per_mille, upwards in zip(
        (round(e * 1000) for e in ENDS[share]), (False, True), strict=True
    ):
        below, rest = divmod(per_mille * (len(ordered) - 1), 1000)
        low = ordered[below]
        high = ordered[min(below + 1, len(ordered) - 1)] if rest else low
        # Ranks are whole: between two of them lies their floor or ceiling, by exact fractions.
        exact = low * 1000 + rest * (high - low)
        told.append(-(-exact // 1000) if upwards else exact // 1000)
    return told


@given(listed(), st.sampled_from(sorted(ENDS)))
def test_intervals_are_rounded_outwards(told: list[list[int]], share: float) -> None:
    got = RankShares(counts_of(told), 60).interval(share)
    for held, ends in zip(told, got.tolist(), strict=True):
        assert ends == (rounded_out(held, share) if held else [0, 0])


@pytest.mark.parametrize("share", sorted(ENDS))
@pytest.mark.parametrize("draws", [*range(1, 62), 101, 201, 1000, 1001, 2001, 4001])
def test_an_end_on_a_variant_is_that_variants_rank(share: float, draws: int) -> None:
    """With 21 variants the 5 % point is the second lowest rank itself, not a hair below it."""
    held = list(range(1, draws + 1))
    counts = np.zeros((draws, draws), dtype=np.int64)
    counts[:] = 1
    got = RankShares(counts[:1], draws).interval(share)
    assert got[0].tolist() == rounded_out(held, share)


def test_shares_and_first_places() -> None:
    told = RankShares(np.array([[3, 1, 0], [1, 2, 1], [0, 0, 0]]), 5)
    assert told.scored.tolist() == [4, 4, 0]
    assert told.top(1)[:2].tolist() == [0.75, 0.25]
    assert told.top(2)[:2].tolist() == [1.0, 0.75]
    assert math.isnan(told.top(1)[2])


@given(listed())
def test_the_error_is_that_of_the_widest_share(told: list[list[int]]) -> None:
    counts = counts_of(told)
    worst = -1.0
    for held in told:
        for place in range(1, len(told) + 1):
            if held:
                share = held.count(place) / len(held)
                worst = max(worst, math.sqrt(share * (1 - share) / len(held)))
    got = RankShares(counts, max(map(len, told))).error()
    if worst < 0:
        assert math.isnan(got)
    else:
        assert got == pytest.approx(worst, abs=1e-12)


@given(tables(), st.data())
def test_counts_of_parts_add_up(scores: Array, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(scores)))
    one = RankShares(tally(scores[:cut], 1e-9), cut)
    other = RankShares(tally(scores[cut:], 1e-9), len(scores) - cut)
    both = one + other
    np.testing.assert_array_equal(both.counts, tally(scores, 1e-9))
    assert both.draws == len(scores)
