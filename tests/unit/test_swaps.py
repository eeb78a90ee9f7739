"""The smallest change of weights that brings two units level, against closed forms and greed."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stiscore.methods.base import Array
from stiscore.robust.swaps import Swap, swap

# The first swap loads the solver, which takes longer than an example may.
plain = settings(deadline=None, max_examples=60)


@st.composite
def problems(draw: st.DrawFn, most: int = 6) -> tuple[Array, Array, Array]:
    """Parts of the unit above, of the one below, in tenths of 0-100, and weights."""
    areas = draw(st.integers(1, most))
    tenths = st.lists(st.integers(0, 1000), min_size=areas, max_size=areas)
    above, below = (np.array(draw(tenths)) / 10 for _ in "ab")
    shares = np.array(draw(st.lists(st.integers(0, 20), min_size=areas, max_size=areas)), float)
    assume(shares.sum() > 0)
    return above, below, shares / shares.sum()


def moved_greedily(lead: Array, weights: Array) -> float:
    """The least weight to move: to where the lead is best, from where it is worst, until level."""
    short, moved = -float(lead @ weights), 0.0
    for area in np.argsort(lead):
        gain = lead.max() - lead[area]
        if short > 0 and gain > 0:
            taken = min(weights[area], short / gain)
            short, moved = short - taken * gain, moved + taken
    return moved


def found(above: list[float], below: list[float], weights: list[float]) -> Swap:
    told = swap(np.array(above), np.array(below), np.array(weights))
    assert told is not None
    return told


def test_two_areas_meet_where_the_weighted_leads_are_equal() -> None:
    # 40 w = 20 (1 - w)
    told = found([80, 20], [40, 40], [0.5, 0.5])
    assert told.weights == pytest.approx((1 / 3, 2 / 3), abs=1e-15)
    assert told.moved == pytest.approx(1 / 6, abs=1e-15)


def test_three_areas_where_the_worst_is_enough() -> None:
    # 7 short; a point of weight moved from the first area to the last brings 60.
    told = found([60, 50, 30], [20, 40, 50], [0.2, 0.5, 0.3])
    assert told.moved == pytest.approx(7 / 60, abs=1e-15)
    assert told.weights == pytest.approx((0.2 - 7 / 60, 0.5, 0.3 + 7 / 60), abs=1e-15)
    assert told.weights[1] == 0.5


def test_three_areas_where_the_worst_is_emptied_first() -> None:
    # 7 short; emptying the first area brings 6, the rest comes from the second at 30 a point.
    told = found([60, 50, 30], [20, 40, 50], [0.1, 0.7, 0.2])
    assert told.weights == pytest.approx((0, 0.7 - 1 / 30, 0.3 + 1 / 30), abs=1e-15)
    assert told.weights[0] == 0.0
    assert told.moved == pytest.approx(0.1 + 1 / 30, abs=1e-15)


def test_an_area_without_weight_may_be_given_some() -> None:
    told = found([60, 10], [50, 40], [1.0, 0.0])
    assert told.weights == pytest.approx((0.75, 0.25), abs=1e-15)


def test_equal_in_one_area_and_worse_elsewhere_puts_all_weight_there() -> None:
    told = found([60, 30, 50], [20, 30, 40], [0.5, 0.3, 0.2])
    assert told == (pytest.approx((0, 1, 0), abs=1e-15), pytest.approx(0.7, abs=1e-15))


def test_all_weight_goes_where_two_are_equal_though_they_hardly_differ_elsewhere() -> None:
    # No room around the answer: handed over as it is, the solver sees no way here.
    told = found([50, 50, 50, 50], [50 - 2e-8, 30, 20, 50], [0.3, 0.2, 0.3, 0.2])
    assert told == (pytest.approx((0, 0, 0, 1), abs=1e-15), pytest.approx(0.8, abs=1e-15))


def test_what_is_finer_than_the_last_digits_of_the_scale_is_equal() -> None:
    # The solver fails on leads this small beside large ones; both are kept out of its sight.
    told = found([50, 50, 50, 50], [50 - 2e-9, 30, 20, 50 + 1e-9], [0.3, 0.2, 0.3, 0.2])
    assert told.weights[1:3] == (0.0, 0.0)
    assert told.moved == pytest.approx(0.5, abs=1e-15)
    assert np.dot(told.weights, [-2e-9, -20, -30, 1e-9]) == pytest.approx(0, abs=50 * 1e-9)


@pytest.mark.parametrize("below", [[50.0, 50.0], [60.0, 40.0], [90.0, 70.0]])
def test_level_or_ahead_nothing_moves(below: list[float]) -> None:
    assert found([50, 50], below, [0.5, 0.5]) == ((0.5, 0.5), 0.0)


def test_apart_by_rounding_alone_is_level() -> None:
    above, below = [54.6, 64.0], [33.0, 85.6]
    assert np.dot([0.5, 0.5], np.subtract(below, above)) < 0
    assert found(above, below, [0.5, 0.5]) == ((0.5, 0.5), 0.0)


def test_better_in_every_area_no_weights_will_do() -> None:
    assert swap(np.array([50.0, 60.0]), np.array([49.0, 59.0]), np.array([0.5, 0.5])) is None


@pytest.mark.parametrize("side", [0, 1])
def test_a_part_missing_in_an_area_with_weight_is_refused(side: int) -> None:
    units = np.array([[60.0, 30.0], [40.0, 50.0]])
    units[side, 1] = np.nan
    with pytest.raises(ValueError, match="missing in an area with weight"):
        swap(units[0], units[1], np.array([0.9, 0.1]))


def test_an_area_without_weight_and_without_part_stays_without() -> None:
    told = found([80, np.nan, 20], [40, 90, 40], [0.5, 0.0, 0.5])
    assert told.weights == pytest.approx((1 / 3, 0, 2 / 3), abs=1e-15)
    assert told.weights[1] == 0.0


def test_emptying_an_area_and_hardly_more_is_solved_to_the_last_digits() -> None:
    # Short by what the first area brings and 1e-8 of the second: less than solvers mind.
    told = found([60, 50, 30], [20, 40, 50], [0.2, 2 / 3 + 1e-8, 2 / 15 - 1e-8])
    assert told.weights == pytest.approx((0, 2 / 3, 1 / 3), abs=1e-14)
    assert told.moved == pytest.approx(0.2 + 1e-8, abs=1e-14)


@plain
@given(problems())
def test_the_weights_are_weights_and_bring_the_two_level(
    problem: tuple[Array, Array, Array],
) -> None:
    above, below, weights = problem
    told = swap(above, below, weights)
    assert (told is None) == bool((above > below).all())
    if told is None:
        return
    new, lead = np.array(told.weights), below - above
    assert ((new == 0) | (new > 1e-10)).all()
    assert new.sum() == pytest.approx(1, abs=1e-15)
    assert told.moved == pytest.approx(np.abs(new - weights).sum() / 2, abs=1e-15)
    if told.moved > 0:
        assert lead @ new == pytest.approx(0, abs=1e-9 * 100)
    else:
        assert told.weights == tuple(weights)
        assert lead @ weights >= -1e-9 * 100


@plain
@given(problems())
def test_no_less_can_be_moved(problem: tuple[Array, Array, Array]) -> None:
    above, below, weights = problem
    told = swap(above, below, weights)
    if told is None:
        return
    assert told.moved == pytest.approx(moved_greedily(below - above, weights), abs=1e-9)


@plain
@given(problems(most=4), st.integers(0, 2**32 - 1))
def test_no_weights_tried_at_random_are_nearer(
    problem: tuple[Array, Array, Array], seed: int
) -> None:
    above, below, weights = problem
    told = swap(above, below, weights)
    if told is None:
        return
    tried = np.random.default_rng(seed).dirichlet(np.full(weights.size, 0.5), size=400)
    # Between the old weights and those tried too: a level point on the way is nearer than its end.
    way = np.linspace(0, 1, 9)[1:, None, None]
    tried = (weights + way * (tried - weights)).reshape(-1, weights.size)
    level = tried[tried @ (below - above) >= 0]
    assert (np.abs(level - weights).sum(axis=1) / 2 >= told.moved - 1e-9).all()


@plain
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_areas_and_the_scale_of_parts_play_no_part(
    problem: tuple[Array, Array, Array], random: Random
) -> None:
    above, below, weights = problem
    order = np.array(random.sample(range(weights.size), weights.size))
    told = swap(above, below, weights)
    again = swap(above[order] * 1024, below[order] * 1024, weights[order])
    assert (told is None) == (again is None)
    if told is not None and again is not None:
        assert again.moved == pytest.approx(told.moved, abs=1e-9)
