"""Power means, penalised means and points against formulas written out once more."""

from __future__ import annotations

import numpy as np
import pytest

from stiscore.methods.aggregate import (
    AdjustedMazziottaPareto,
    Arithmetic,
    GeneralisedMean,
    Geometric,
    Harmonic,
    MazziottaPareto,
    MeanMin,
    NonPositive,
)
from stiscore.methods.shapley import ALL_COALITIONS, shapley

PARTS = np.random.default_rng(5).uniform(1, 100, (40, 4))
WEIGHTS = [0.1, 0.2, 0.3, 0.4]


@pytest.mark.parametrize(
    ("power", "method"),
    [(1.0, Arithmetic()), (0.0, Geometric()), (1e-12, Geometric()), (-1.0, Harmonic())],
)
def test_the_power_names_the_classic_means(power: float, method: Arithmetic | Geometric) -> None:
    ours = GeneralisedMean(power=power).combine(PARTS, WEIGHTS)
    known = method.combine(PARTS, WEIGHTS)
    np.testing.assert_allclose(ours.score, known.score, rtol=1e-10)
    if power in (1.0, 0.0, -1.0):
        np.testing.assert_allclose(ours.points, known.points, rtol=1e-11)


@pytest.mark.parametrize("power", [2.0, 0.5, -0.3, -4.0])
def test_generalised_mean_by_its_formula(power: float) -> None:
    wanted = (PARTS**power @ np.array(WEIGHTS)) ** (1 / power)
    ours = GeneralisedMean(power=power).combine(PARTS, WEIGHTS).score
    np.testing.assert_allclose(ours, wanted, rtol=1e-12)


def test_generalised_mean_rises_with_its_power_up_to_the_extremes() -> None:
    powers = [-1e6, -3.0, -1.0, -1e-9, 0.0, 1e-9, 0.5, 1.0, 3.0, 1e6]
    scores = np.array([GeneralisedMean(power=p).combine(PARTS, WEIGHTS).score for p in powers])
    assert (np.diff(scores, axis=0) >= -1e-12 * scores[:-1]).all()
    np.testing.assert_allclose(scores[0], PARTS.min(axis=1), rtol=1e-5)
    np.testing.assert_allclose(scores[-1], PARTS.max(axis=1), rtol=1e-5)


@pytest.mark.parametrize("power", [2.0, 0.5, 0.0, -1.0])
def test_generalised_mean_goes_without_a_missing_child(power: float) -> None:
    method = GeneralisedMean(power=power)
    thin = method.combine(np.array([[10.0, np.nan, 30.0], [np.nan, np.nan, 7.0]]), [2, 1, 1])
    full = method.combine(np.array([[10.0, 30.0]]), [2, 1])
    np.testing.assert_allclose(thin.score, [full.score[0], 7.0], rtol=1e-14)


def test_a_positive_power_takes_zero_as_it_is_and_nothing_below() -> None:
    out = GeneralisedMean(power=0.5).combine(np.array([[0.0, 64.0], [0.0, 0.0]]), [1, 1])
    np.testing.assert_allclose(out.score, [16.0, 0.0], rtol=1e-14)
    assert not out.floored.any()
    with pytest.raises(NonPositive) as fault:
        GeneralisedMean(power=0.5).combine(np.array([[1.0, -2.0]]), [1, 1])
    assert (fault.value.row, fault.value.child, fault.value.score) == (0, 1, -2.0)
    assert GeneralisedMean(power=1.0).combine(np.array([[1.0, -2.0]]), [1, 1]).score == [-0.5]


def test_distant_magnitudes_meet() -> None:
    parts = np.array([[1e-300, 1e300]])
    np.testing.assert_allclose(
        GeneralisedMean(power=0.01).combine(parts, [1, 1]).score,
        1e300 * (0.5 * (1 + 1e-6)) ** 100,
        rtol=1e-9,
    )
    bare = Harmonic(floor=None)
    np.testing.assert_allclose(bare.combine(parts, [1, 1]).score, 2e-300, rtol=1e-12)


@pytest.mark.parametrize("ddof", [0, 1])
def test_mazziotta_pareto_by_its_formula(ddof: int) -> None:
    standard = 100 + (PARTS - 50) / 5
    mean, spread = standard.mean(axis=1), standard.std(axis=1, ddof=ddof)
    below = MazziottaPareto(ddof=ddof).combine(standard, [1] * 4).score
    above = MazziottaPareto(ddof=ddof, penalty="positive").combine(standard, [1] * 4).score
    np.testing.assert_allclose(below, mean * (1 - (spread / mean) ** 2), rtol=1e-13)
    np.testing.assert_allclose(above, mean * (1 + (spread / mean) ** 2), rtol=1e-13)
    if ddof == 0:
        adjusted = AdjustedMazziottaPareto().combine(standard, [1] * 4).score
        assert adjusted.tobytes() == below.tobytes()


def test_a_weight_counts_as_so_many_children() -> None:
    once = MazziottaPareto().combine(np.array([[90.0, 120.0]]), [1, 3]).score
    repeated = MazziottaPareto().combine(np.array([[90.0, 120.0, 120.0, 120.0]]), [1] * 4).score
    np.testing.assert_allclose(once, repeated, rtol=1e-14)


@pytest.mark.parametrize("ddof", [0, 1])
def test_one_child_has_no_spread(ddof: int) -> None:
    parts = np.array([[90.0, np.nan, np.nan], [np.nan, 110.0, 104.0]])
    method = MazziottaPareto(ddof=ddof)
    score = method.combine(parts, [1, 1, 1]).score
    assert score[0] == 90.0
    np.testing.assert_allclose(score[1], 107 - (9 if ddof == 0 else 18) / 107, rtol=1e-14)


@pytest.mark.parametrize("method", [MazziottaPareto(), AdjustedMazziottaPareto()])
def test_a_mean_that_is_not_positive_is_refused_by_its_lowest_child(
    method: MazziottaPareto,
) -> None:
    parts = np.array([[-50.0, 100.0, 100.0], [np.nan, 10.0, -30.0]])
    assert np.isfinite(method.combine(parts[:1], [1, 1, 1]).points).all()
    with pytest.raises(NonPositive) as fault:
        method.combine(parts, [1, 1, 1])
    assert (fault.value.row, fault.value.child, fault.value.score) == (1, 2, -30.0)
    # It is the weighted mean that counts.
    assert method.combine(parts[1:], [1, 9, 1]).score < 10.0


def test_mean_min_by_its_formula_and_at_its_ends() -> None:
    mean, lowest = PARTS @ np.array(WEIGHTS), PARTS.min(axis=1)
    for alpha, beta in ((0.5, 20.0), (0.3, 0.0), (1.0, 5.0)):
        wanted = mean - alpha * (np.sqrt((mean - lowest) ** 2 + beta**2) - beta)
        ours = MeanMin(alpha=alpha, beta=beta).combine(PARTS, WEIGHTS).score
        np.testing.assert_allclose(ours, wanted, rtol=1e-13)
    ends = [MeanMin(alpha=alpha).combine(PARTS, WEIGHTS).score for alpha in (0.0, 1.0)]
    np.testing.assert_allclose(ends, [mean, lowest], rtol=1e-13)
    far = MeanMin(alpha=1.0, beta=1e12).combine(np.array([[0.0, 2e3]]), [1, 1]).score
    np.testing.assert_allclose(1000 - far, 1e6 / 2e12, rtol=1e-6)


def test_many_children_are_sampled_alike_every_time() -> None:
    children = ALL_COALITIONS + 2
    parts = np.random.default_rng(3).uniform(1, 100, (3, children))
    weights = np.arange(1.0, children + 1) / 78
    plain = GeneralisedMean(power=1.0).combine(parts, weights)
    np.testing.assert_allclose(plain.points, weights * parts, rtol=1e-10)
    once, again = (Harmonic().combine(parts, weights).points for _ in range(2))
    assert once.tobytes() == again.tobytes()


def test_the_sample_comes_near_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = np.random.default_rng(4).uniform(20, 100, (5, 6))
    exact = Harmonic().combine(parts, [1, 2, 3, 4, 5, 6])
    monkeypatch.setattr("stiscore.methods.shapley.ALL_COALITIONS", 2)
    near = Harmonic().combine(parts, [1, 2, 3, 4, 5, 6])
    assert near.points.tobytes() != exact.points.tobytes()
    np.testing.assert_allclose(near.points, exact.points, atol=0.06 * exact.score.max())
    np.testing.assert_allclose(near.points.sum(axis=1), exact.score, rtol=1e-12)


def test_blocks_of_rows_meet_without_a_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Harmonic().combine(PARTS, WEIGHTS).points
    monkeypatch.setattr("stiscore.methods.shapley.ROWS", 7)
    assert Harmonic().combine(PARTS, WEIGHTS).points.tobytes() == whole.tobytes()


def test_no_score_no_points() -> None:
    def most(parts: np.ndarray, shares: np.ndarray) -> np.ndarray:
        return parts.max(axis=1)

    told = shapley(most, np.array([[3.0, 5.0]]), np.array([[0.5, 0.5]]), 0.0, np.array([np.nan]))
    assert told.tolist() == [[0.0, 0.0]]
