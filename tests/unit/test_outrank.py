"""Pairwise majorities against a double loop in plain Python, with gaps, ties and draws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from stiscore.methods import outrank
from stiscore.methods.outrank import Copeland, net_wins, outranking

CELLS = st.sampled_from([math.nan, 0.0, 1.0, 2.0, 2.0, 50.0, -3.0])
TABLES = arrays(float, st.tuples(st.integers(1, 7), st.just(3)), elements=CELLS)
WEIGHTS = st.lists(st.sampled_from([1.0, 2.0, 0.5, 3.25]), min_size=3, max_size=3)


def plain(mine: list[float], other: list[float], weights: list[float]) -> float:
    """Share of weight ahead over the children both have; half when there is none."""
    held = [
        (w, a, b)
        for w, a, b in zip(weights, mine, other, strict=True)
        if not math.isnan(a) and not math.isnan(b)
    ]
    if not held:
        return 0.5
    ahead = sum(w * (1.0 if a > b else 0.5 if a == b else 0.0) for w, a, b in held)
    return ahead / sum(w for w, _, _ in held)


@given(parts=TABLES, reference=TABLES, weights=WEIGHTS)
def test_matrix_by_a_double_loop(
    parts: np.ndarray, reference: np.ndarray, weights: list[float]
) -> None:
    wanted = [[plain(a, b, weights) for b in reference.tolist()] for a in parts.tolist()]
    np.testing.assert_allclose(outranking(parts, weights, reference), wanted, atol=1e-14)


@given(parts=TABLES, weights=WEIGHTS)
def test_what_one_wins_the_other_loses(parts: np.ndarray, weights: list[float]) -> None:
    """COINr's matrix is not consistent when a child is missing; ours always adds up to 1."""
    matrix = outranking(parts, weights)
    np.testing.assert_allclose(matrix + matrix.T, 1.0, rtol=0, atol=1e-15)
    assert (np.diag(matrix) == 0.5).all()
    assert net_wins(parts, weights).sum() == 0


@given(parts=TABLES, weights=WEIGHTS)
def test_score_is_a_straight_line_through_net_wins(parts: np.ndarray, weights: list[float]) -> None:
    matrix = outranking(parts, weights)
    wanted = (matrix > 0.5 + 1e-12).sum(axis=1) - (matrix < 0.5 - 1e-12).sum(axis=1)
    assert net_wins(parts, weights).tolist() == wanted.tolist()
    scored = ~np.isnan(parts).all(axis=1)
    score = Copeland().combine(parts, weights).score
    assert (np.isnan(score) == ~scored).all()
    held = 50 + 50 * wanted[scored] / max(scored.sum(), 1)
    np.testing.assert_allclose(score[scored], held, rtol=1e-14)


def test_a_newcomer_is_measured_by_the_reference_alone() -> None:
    reference = np.array([[1.0, 5.0], [2.0, 4.0], [3.0, 3.0], [np.nan, np.nan]])
    newcomers = np.array([[9.0, 9.0], [0.0, 0.0], [2.0, 4.0], [2.5, np.nan], [np.nan, np.nan]])
    score = Copeland().combine(newcomers, [2, 1], reference).score
    np.testing.assert_allclose(score[:4], [100.0, 0.0, 50.0, 50 + 50 / 3])
    assert np.isnan(score[4])
    # Standing where a reference unit stands, it scores as that unit does.
    assert score[2] == Copeland().combine(reference, [2, 1]).score[1]


def test_nothing_in_common_is_no_comparison() -> None:
    reference = np.array([[1.0, np.nan], [2.0, np.nan]])
    assert np.isnan(Copeland().combine(np.array([[np.nan, 7.0]]), [1, 1], reference).score).all()
    assert np.isnan(Copeland().combine(reference, [1, 1], reference[:0]).score).all()


def test_rounding_neither_orders_scores_nor_decides_majorities() -> None:
    noise = np.array([[0.1 + 0.2], [0.3]])
    assert net_wins(noise, [1]).tolist() == [0.0, 0.0]
    assert net_wins(noise, [1], tie=0.0).tolist() == [1.0, -1.0]
    drawn = np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    assert net_wins(drawn, [0.1, 0.2, 0.3]).tolist() == [0.0, 0.0]


def test_a_step_between_two_rungs_is_a_rung_of_its_own() -> None:
    reference = np.array([[10.0], [20.0], [20.0 + 1e-12], [30.0]])
    rows = np.array([[5.0], [15.0], [20.0], [25.0], [35.0]])
    assert net_wins(rows, [1], reference).tolist() == [-4.0, -2.0, 0.0, 2.0, 4.0]


def test_points_go_to_the_children_that_beat_others() -> None:
    parts = np.array([[9.0, 5.0, 1.0], [5.0, 5.0, 2.0], [1.0, 5.0, 3.0]])
    out = Copeland().combine(parts, [3, 2, 1])
    np.testing.assert_allclose(out.points[0], [out.score[0], 0, 0])
    np.testing.assert_allclose(out.points[1], [50 * 3 / 4, 0, 50 / 4])
    alone = Copeland().combine(parts[:1], [3, 2, 1])
    np.testing.assert_allclose(alone.points, [[25.0, 50 / 3, 25 / 3]])


def test_blocks_of_pairs_meet_without_a_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = np.random.default_rng(6).uniform(0, 100, (30, 5))
    parts[parts < 10] = np.nan
    weights = [0.1, 0.2, 0.3, 0.15, 0.25]
    whole, matrix = net_wins(parts, weights), outranking(parts, weights)
    monkeypatch.setattr(outrank, "PAIRS", 70)
    assert net_wins(parts, weights).tobytes() == whole.tobytes()
    assert outranking(parts, weights).tobytes() == matrix.tobytes()
