"""Dominance: who stays at or above whom whatever the weights of the areas."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from stiscore.methods.base import Array, Mask
from stiscore.robust.dominance import dominates

# Few different values, so that ties and dominated units are common; quarters, so that they add
# up without rounding.
VALUES = st.integers(0, 4).map(lambda n: n / 4)
SHAPES = st.tuples(st.integers(1, 7), st.integers(1, 4))
WHOLE = npst.arrays(float, SHAPES, elements=VALUES)
TABLES = npst.arrays(float, SHAPES, elements=VALUES | st.just(np.nan))
TIES = st.sampled_from([0.0, 0.25, 0.6])

# The second stands below the first and level with the third; the fourth is best in one area and
# worst in another; the fifth lacks an area and is best in the others.
UNITS = np.array(
    [
        [80.0, 60.0, 40.0],
        [70.0, 60.0, 30.0],
        [70.0, 60.0, 30.0],
        [95.0, 10.0, 20.0],
        [99.0, np.nan, 99.0],
    ]
)


def pairs(over: Mask) -> list[tuple[int, int]]:
    """Row and column of every pair that holds."""
    return [(int(row), int(column)) for row, column in np.argwhere(over)]


def one_by_one(parts: Array, tie: float) -> Mask:
    """The definition, read out pair by pair."""
    over = np.zeros((len(parts), len(parts)), dtype=bool)
    for row, one in enumerate(parts):
        for column, other in enumerate(parts):
            if not (np.isnan(one).any() or np.isnan(other).any()):
                over[row, column] = min(one - other) >= -tie and max(one - other) > tie
    return over


def test_equal_units_and_a_missing_part() -> None:
    assert pairs(dominates(UNITS, 0.0)) == [(0, 1), (0, 2)]


def test_a_missing_part_outside_the_areas_compared_does_no_harm() -> None:
    over = pairs(dominates(UNITS[:, [0, 2]], 0.0))
    assert over == [(0, 1), (0, 2), (4, 0), (4, 1), (4, 2), (4, 3)]


def test_a_tie_forgives_what_is_below_and_asks_more_of_what_is_above() -> None:
    assert pairs(dominates(UNITS, 10.0)) == []  # 10 apart in two areas is level
    # The fourth is 25 above and 10 below the second and third; 15 above the first is not enough.
    over = pairs(dominates(UNITS[:, [0, 2]], 20.0))
    assert over == [(3, 1), (3, 2), (4, 0), (4, 1), (4, 2), (4, 3)]


def test_without_units_or_areas_nobody_dominates() -> None:
    assert dominates(np.empty((0, 3)), 0.0).shape == (0, 0)
    assert not dominates(np.empty((2, 0)), 0.0).any()


@given(TABLES, TIES)
def test_it_is_the_definition_for_every_pair(parts: Array, tie: float) -> None:
    np.testing.assert_array_equal(dominates(parts, tie), one_by_one(parts, tie))


@given(TABLES, TIES)
def test_no_two_dominate_each_other(parts: Array, tie: float) -> None:
    over = dominates(parts, tie)
    assert not (over & over.T).any()


@given(WHOLE)
def test_who_dominates_a_unit_dominates_all_that_it_dominates(parts: Array) -> None:
    over = dominates(parts, 0.0)
    through = (over.astype(int) @ over.astype(int)) > 0
    assert not (through & ~over).any()


@given(WHOLE, st.integers(0, 2**32 - 1))
def test_no_weights_put_a_dominated_unit_above(parts: Array, seed: int) -> None:
    above, below = np.nonzero(dominates(parts, 0.0))
    weights = np.random.default_rng(seed).dirichlet(np.full(parts.shape[1], 0.5), size=50)
    scores = weights @ parts.T
    assert (scores[:, above] >= scores[:, below] - 1e-15).all()


@given(WHOLE)
def test_some_weights_put_either_of_two_above_where_neither_dominates(parts: Array) -> None:
    over = dominates(parts, 0.0)
    alike = (parts[:, None] == parts).all(axis=2)
    # All weight on one area is enough.
    ahead = (parts[:, None] > parts).any(axis=2)
    np.testing.assert_array_equal(~over & ~over.T & ~alike, ahead & ahead.T)
