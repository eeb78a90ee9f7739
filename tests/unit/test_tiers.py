"""Tiers against the plain definition, pair by pair."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stiscore.methods.base import Array
from stiscore.robust.tiers import beats, tiers

SCORE = st.one_of(st.integers(0, 6).map(float), st.floats(0, 6), st.just(float("nan")))


@st.composite
def tables(draw: st.DrawFn) -> Array:
    units, count = draw(st.integers(1, 6)), draw(st.integers(1, 12))
    rows = draw(
        st.lists(st.lists(SCORE, min_size=units, max_size=units), min_size=count, max_size=count)
    )
    return np.array(rows)


def share_of_wins(scores: Array, above: int, below: int, tie: float) -> float:
    apart = [a - b for a, b in scores[:, [above, below]].tolist()]
    met = [each for each in apart if not math.isnan(each)]
    return sum(each > tie for each in met) / len(met) if met else math.nan


def plain(scores: Array, order: list[int], share: float, tie: float) -> tuple[int, ...]:
    told, tier = [], 1
    for place in range(len(order)):
        if place and all(
            share_of_wins(scores, above, below, tie) >= share
            for above in order[:place]
            for below in order[place:]
        ):
            tier += 1
        told.append(tier)
    return tuple(told)


@given(tables(), st.sampled_from([0.5, 0.9, 1.0]), st.sampled_from([0.0, 1e-9, 1.0]), st.data())
def test_tiers_are_cut_where_all_above_beat_all_below(
    scores: Array, share: float, tie: float, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(scores.shape[1])))
    assert tiers(scores, order, share, tie) == plain(scores, order, share, tie)


@given(tables(), st.sampled_from([0.0, 1e-9, 1.0]))
def test_who_beats_whom(scores: Array, tie: float) -> None:
    for above in range(scores.shape[1]):
        for below in range(scores.shape[1]):
            got = beats(scores, above, below, tie)
            assert got == pytest.approx(share_of_wins(scores, above, below, tie), nan_ok=True)


def test_a_tie_beats_nobody() -> None:
    level = np.full((5, 3), 2.0)
    assert tiers(level, [0, 1, 2], 0.5, 1e-9) == (1, 1, 1)
    assert beats(level, 0, 1, 1e-9) == 0.0


def test_nine_in_ten_are_enough_and_eight_are_not() -> None:
    scores = np.tile([5.0, 1.0], (10, 1))
    scores[0] = [1.0, 5.0]
    assert tiers(scores, [0, 1], 0.9, 1e-9) == (1, 2)
    scores[1] = [1.0, 5.0]
    assert tiers(scores, [0, 1], 0.9, 1e-9) == (1, 1)


def test_hard_to_tell_apart_is_not_transitive() -> None:
    # The first beats the last always, but neither can be told from the one between.
    scores = np.array([[6.0, 7.0, 3.0], [6.0, 2.0, 3.0]])
    assert tiers(scores, [0, 1, 2], 0.9, 1e-9) == (1, 1, 1)


def test_who_never_meets_is_not_told_apart() -> None:
    apart = np.array([[9.0, np.nan], [np.nan, 1.0]])
    assert tiers(apart, [0, 1], 0.9, 1e-9) == (1, 1)
    assert tiers(np.full((2, 2), np.nan), [0, 1], 0.9, 1e-9) == (1, 1)
    assert tiers(np.empty((3, 0)), [], 0.9, 1e-9) == ()
