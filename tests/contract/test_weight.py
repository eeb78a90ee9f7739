"""What every weighting owes; a new member of the union is met here without an edit."""

from __future__ import annotations

from itertools import combinations
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pydantic import ValidationError
from scipy.optimize import linprog

from stiscore.methods.base import members
from stiscore.methods.combined import NonPositive
from stiscore.methods.siblings import Siblings, Weighing
from stiscore.methods.weight import (
    Ahp,
    Balanced,
    BenefitOfTheDoubt,
    Budget,
    Critic,
    Declared,
    Entropy,
    Equal,
    Merec,
    Pca,
    PcaFirst,
    StandardDeviation,
    Weighting,
)

ALL = members(Weighting)
IDS = ("a", "b", "c", "d")
NEEDED = {
    "points": {"Li": {"a": 40.0, "b": 30.0, "c": 20.0, "d": 10.0}, "Wu": {"a": 1.0, "d": 1.0}},
    "judgements": {f"{one}/{other}": 2.0 for one, other in combinations(IDS, 2)},
}

every = pytest.mark.parametrize("method", ALL, ids=lambda m: m.model_fields["id"].default)
by_data = pytest.mark.parametrize(
    "method", [m for m in ALL if m.uses_data], ids=lambda m: m.model_fields["id"].default
)


def made(method: type[Weighing]) -> Weighing:
    return method(**({method.required: NEEDED[method.required]} if method.required else {}))


def siblings(parts: np.ndarray) -> Siblings:
    size = parts.shape[1]
    return Siblings(
        IDS[:size], (3.0, 1.0, 2.0, 2.0)[:size], (1.0, 0.5, 1.0, 0.25)[:size], (1,) * size, parts
    )


def some(rows: int = 30, children: int = 4, seed: int = 1) -> np.ndarray:
    """Scores that share a factor, so that no first component turns against a child."""
    draw = np.random.default_rng(seed)
    common, own = draw.uniform(20, 80, (rows, 1)), draw.uniform(-18, 18, (rows, children))
    return common + own


def told(method: type[Weighing], parts: np.ndarray) -> np.ndarray:
    return np.array(made(method).weigh(siblings(parts)))


def weighed_or_refused(method: type[Weighing], parts: np.ndarray) -> np.ndarray | None:
    """Weights that are weights, or None after a refusal that is a plain sentence."""
    try:
        weights = told(method, parts)
    except ValueError as fault:
        assert len(str(fault)) > 10  # noqa: PT017
        assert any(name in str(fault) for name in IDS)  # noqa: PT017
        return None
    assert np.isfinite(weights).all()
    assert (weights >= 0).all()
    assert weights.sum() == pytest.approx(1, abs=1e-12)
    return weights


@every
class TestEvery:
    def test_weights_are_shares(self, method: type[Weighing]) -> None:
        weights = weighed_or_refused(method, some())
        assert weights is not None
        assert weights.size == 4

    def test_an_only_child_has_it_all(self, method: type[Weighing]) -> None:
        for parts in (some(5, 1), np.full((3, 1), np.nan), np.empty((0, 1))):
            assert method().weigh(siblings(parts)) == (1.0,)

    @pytest.mark.parametrize("rows", [0, 1, 2])
    def test_few_units(self, method: type[Weighing], rows: int) -> None:
        assert weighed_or_refused(method, some(rows)) is not None or method.uses_data

    def test_a_child_without_any_value(self, method: type[Weighing]) -> None:
        parts = some()
        parts[:, 1] = np.nan
        assert (weighed_or_refused(method, parts) is None) == method.uses_data

    def test_gaps(self, method: type[Weighing]) -> None:
        parts = some()
        parts[np.random.default_rng(2).random(parts.shape) < 0.1] = np.nan
        assert weighed_or_refused(method, parts) is not None

    def test_constant_children_and_ties(self, method: type[Weighing]) -> None:
        parts = some()
        parts[:, 2] = 50.0
        parts[5:10] = parts[4]
        weighed_or_refused(method, parts)
        weighed_or_refused(method, np.full((10, 4), 50.0))

    def test_equal_children(self, method: type[Weighing]) -> None:
        weighed_or_refused(method, np.repeat(some(30, 1), 4, axis=1))

    def test_zero_and_negative_scores(self, method: type[Weighing]) -> None:
        parts = some() - 50
        weighed_or_refused(method, parts)
        weighed_or_refused(method, np.maximum(parts, 0.0))
        weighed_or_refused(method, np.zeros((10, 4)))

    @pytest.mark.parametrize("size", [1e-300, 1e300])
    def test_any_magnitude(self, method: type[Weighing], size: float) -> None:
        usual = told(method, some())
        np.testing.assert_allclose(told(method, some() / 100 * size), usual, rtol=1e-9, atol=1e-9)
        weighed_or_refused(method, some() * [1e-300, 1.0, 1e300, 1.0])

    def test_units_of_measurement_are_free(self, method: type[Weighing]) -> None:
        np.testing.assert_allclose(
            told(method, 1000 * some()), told(method, some()), rtol=1e-9, atol=1e-12
        )

    def test_order_of_units_changes_no_bit(self, method: type[Weighing]) -> None:
        parts = some()
        parts[3, 1] = np.nan
        turned = np.random.default_rng(3).permutation(parts)
        assert told(method, turned).tobytes() == told(method, parts).tobytes()

    def test_settings_survive_json(self, method: type[Weighing]) -> None:
        for one in (method(), made(method)):
            assert method.model_validate_json(one.model_dump_json()) == one
        with pytest.raises(ValidationError):
            method.model_validate_json('{"no_such_parameter": 1}')

    def test_inputs_are_left_as_they_are(self, method: type[Weighing]) -> None:
        parts = some()
        told(method, parts)
        assert parts.tobytes() == some().tobytes()

    def test_what_is_needed_can_be_left_out_until_it_is_used(self, method: type[Weighing]) -> None:
        if method.required:
            with pytest.raises(ValueError, match=r"no expert has points|no judgement on a/b"):
                method().weigh(siblings(some()))

    @given(
        parts=arrays(
            float, (8, 3), elements=st.one_of(st.floats(0, 100), st.just(np.nan), st.just(0.0))
        )
    )
    def test_any_table(self, method: type[Weighing], parts: np.ndarray) -> None:
        weighed_or_refused(method, parts)


@by_data
def test_declared_weights_of_children_that_are_told_apart_by_data_alone(
    method: type[Weighing],
) -> None:
    """Only ``balanced`` aims at what is declared."""
    other = siblings(some())._replace(declared=(1.0, 1.0, 1.0, 9.0))
    same = made(method).weigh(other) == made(method).weigh(siblings(some()))
    assert same == (method.model_fields["id"].default != "balanced")


class TestDeclared:
    def test_scaled_by_what_is_measured(self) -> None:
        weights = Declared().weigh(siblings(some()))
        np.testing.assert_allclose(weights, np.array([3, 0.5, 2, 0.5]) / 6)

    def test_or_not(self) -> None:
        weights = Declared(area_weight="equal").weigh(siblings(some()))
        np.testing.assert_allclose(weights, np.array([3, 1, 2, 2]) / 8)


def test_equal_among_indicators_counts_leaves() -> None:
    held = siblings(some())._replace(counts=(1, 2, 3, 4))
    assert Equal().weigh(held) == (0.25,) * 4
    np.testing.assert_allclose(Equal(among="indicators").weigh(held), [0.1, 0.2, 0.3, 0.4])


class TestBudget:
    def test_experts_without_points_for_these_are_left_out(self) -> None:
        held = siblings(some(3, 2))._replace(measured=(1.0, 1.0))
        points = {"Li": {"a": 80.0, "b": 20.0}, "Wu": {"c": 5.0}, "Xu": {"a": 0.0, "b": 7.0}}
        np.testing.assert_allclose(Budget(points=points).weigh(held), [0.4, 0.6])

    def test_scaled_by_what_is_measured(self) -> None:
        held, points = siblings(some(3, 2)), {"Li": {"a": 50.0, "b": 50.0}}
        np.testing.assert_allclose(Budget(points=points).weigh(held), [2 / 3, 1 / 3])
        plain = Budget(points=points, area_weight="equal")
        assert plain.weigh(held) == (0.5, 0.5)

    def test_no_points_below_nought(self) -> None:
        with pytest.raises(ValidationError):
            Budget(points={"Li": {"a": -1.0}})


class TestAhp:
    def test_missing_pairs_are_named(self) -> None:
        judged = {"a/b": 2.0, "c/a": 3.0}
        with pytest.raises(ValueError, match="no judgement on b/c"):
            Ahp(judgements=judged).weigh(siblings(some(3, 3)))

    def test_either_order_will_do(self) -> None:
        one, other = Ahp(judgements={"a/b": 4.0}), Ahp(judgements={"b/a": 0.25})
        held = siblings(some(3, 2))
        assert one.weigh(held) == other.weigh(held)

    def test_contradictions_and_what_is_no_pair_are_refused(self) -> None:
        for judged in ({"a/b": 3.0, "b/a": 3.0}, {"ab": 2.0}, {"a/b/c": 2.0}, {"a/b": 0.0}):
            with pytest.raises(ValidationError):
                Ahp(judgements=judged)

    @given(st.lists(st.floats(0.05, 20.0), min_size=3, max_size=4))
    def test_consistent_judgements_give_their_weights_back(self, weights: list[float]) -> None:
        ids = IDS[: len(weights)]
        judged = {
            f"{ids[i]}/{ids[j]}": weights[i] / weights[j]
            for i, j in combinations(range(len(ids)), 2)
        }
        out = Ahp(judgements=judged).judged(ids)
        np.testing.assert_allclose(out.weights, np.array(weights) / sum(weights), rtol=1e-9)
        assert out.lambda_max == pytest.approx(len(ids), abs=1e-9)
        assert out.consistency_ratio == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("method", [Entropy, Critic, StandardDeviation, Merec])
def test_a_constant_child_weighs_nought(method: type[Weighing]) -> None:
    parts = some()
    parts[:, 2] = 50.0
    assert told(method, parts)[2] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("method", [Entropy, BenefitOfTheDoubt, Merec])
def test_scores_too_low_are_named(method: type[Weighing]) -> None:
    parts = some()
    parts[4, 1] = -1.0
    with pytest.raises(ValueError, match=r"\bb$"):
        told(method, parts)


def test_merec_takes_zero_with_a_floor() -> None:
    parts = some()
    parts[4, 1] = 0.0
    with pytest.raises(ValueError, match="floor"):
        told(Merec, parts)
    raised = parts.copy()
    raised[4, 1] = 1.0
    assert Merec(floor=1.0).weigh(siblings(parts)) == Merec().weigh(siblings(raised))


def test_critic_sees_direction() -> None:
    parts = some()
    parts[:, 3] = 100 - parts[:, 3]
    assert told(Critic, parts)[3] > told(Critic, some())[3]


def test_the_first_component_refuses_a_child_against_the_others() -> None:
    parts = some()
    parts[:, 3] = 100 - parts[:, 3]
    with pytest.raises(ValueError, match=r"\bd$"):
        told(PcaFirst, parts)


class TestPca:
    def test_two_factors_share_by_the_variance_they_explain(self) -> None:
        draw = np.random.default_rng(5)
        one, other = draw.normal(size=(2, 400, 1))
        noise = draw.normal(scale=0.1, size=(400, 4))
        # Every child is all but its factor: both factors count, and all children alike.
        parts = np.hstack([one, other, other, one]) + noise
        np.testing.assert_allclose(told(Pca, parts), 0.25, atol=0.01)

    def test_a_child_outside_every_factor_hardly_weighs(self) -> None:
        draw = np.random.default_rng(5)
        one, other = draw.normal(size=(2, 400, 1))
        parts = np.hstack([one, one, one, other]) + draw.normal(scale=0.1, size=(400, 4))
        assert told(Pca, parts)[3] < 0.02

    def test_too_few_units(self) -> None:
        with pytest.raises(ValueError, match="4 units have all of a, b, c and d; 5 are needed"):
            told(Pca, some(4))


class TestBalanced:
    @pytest.mark.parametrize("kind", ["pearson2", "pearson"])
    def test_importance_is_what_is_declared(self, kind: Literal["pearson2", "pearson"]) -> None:
        parts = np.random.default_rng(4).normal(50, [1.0, 5.0, 20.0], (40, 3))
        held = siblings(parts)._replace(measured=(1.0, 1.0, 1.0))
        weights = np.array(Balanced(importance=kind).weigh(held))
        shares = _importance(parts, weights, 2 if kind == "pearson2" else 1)
        np.testing.assert_allclose(shares, [3 / 6, 1 / 6, 2 / 6], rtol=1e-9)

    def test_equal_children_share_alike(self) -> None:
        parts = np.repeat(some(20, 1), 3, axis=1)
        equal = siblings(parts)._replace(declared=(1.0,) * 3, measured=(1.0,) * 3)
        np.testing.assert_allclose(Balanced().weigh(equal), 1 / 3)

    def test_every_child_keeps_the_least(self) -> None:
        parts, aim = some(), np.array([3, 0.5, 2, 0.5]) / 6
        effect = told(Balanced, parts) * parts.std(axis=0)
        assert (effect / effect.sum() >= 0.1 * aim - 1e-12).all()
        assert (effect / effect.sum() < 0.1 * aim + 1e-12).any()
        whole = np.array(Balanced(least=1.0).weigh(siblings(parts))) * parts.std(axis=0)
        np.testing.assert_allclose(whole / whole.sum(), aim)

    def test_out_of_reach_comes_as_near_as_it_can(self) -> None:
        """Any other weights of 0 or more have correlations further from proportion."""
        parts, aim = some(), np.array([3, 0.5, 2, 0.5]) / 6
        weights = np.array(Balanced(least=0.0).weigh(siblings(parts)))
        assert (weights == 0).any()

        def off(chosen: np.ndarray) -> float:
            r = np.array([np.corrcoef(x, parts @ chosen)[0, 1] for x in parts.T])
            wanted = np.sqrt(aim) / np.linalg.norm(np.sqrt(aim))
            return float(1 - r @ wanted / np.linalg.norm(r))

        draws = np.random.default_rng(6).dirichlet(np.full(4, 0.5), 300)
        assert off(weights) <= min(off(other) for other in draws)


def _importance(parts: np.ndarray, weights: np.ndarray, power: int) -> np.ndarray:
    mean = parts @ weights
    r = np.array([np.corrcoef(column, mean)[0, 1] for column in parts.T]) ** power
    return r / r.sum()


class TestBenefitOfTheDoubt:
    def scores(self, parts: np.ndarray, reference: np.ndarray, **settings: object) -> np.ndarray:
        return BenefitOfTheDoubt(**settings).combine(parts, [1.0] * parts.shape[1], reference).score

    @given(
        arrays(float, (7, 3), elements=st.floats(0, 100)),
        st.sampled_from([None, (0.0, 0.6), (0.1, 0.8), (0.2, 0.4)]),
    )
    def test_agrees_with_a_general_solver(
        self, parts: np.ndarray, bounds: tuple[float, float] | None
    ) -> None:
        parts = np.where(parts < 1e-3, 0.0, parts)
        ours = self.scores(parts, parts, bounds=bounds)
        np.testing.assert_allclose(ours, _by_highs(parts, bounds), atol=1e-5)

    @pytest.mark.parametrize("bounds", [None, (0.05, 0.5), (1 / 3, 1 / 3)])
    @pytest.mark.parametrize("on", ["score", "weights"])
    def test_no_other_weights_do_better(
        self, bounds: tuple[float, float] | None, on: Literal["score", "weights"]
    ) -> None:
        parts = some(40, 3)
        best = BenefitOfTheDoubt(bounds=bounds, bounds_on=on).combine(parts, [1] * 3, parts)
        weights = best.points / parts
        shares = (best.points if on == "score" else weights).T
        low, high = bounds or (0.0, 1.0)
        assert (shares / shares.sum(axis=0) >= low - 1e-9).all()
        assert (shares / shares.sum(axis=0) <= high + 1e-9).all()
        assert (parts @ weights.T <= 100 + 1e-9).all()
        if bounds is None:
            draws = np.random.default_rng(1).dirichlet(np.ones(3), 500)
            reached = 100 * (parts @ draws.T / (parts @ draws.T).max(axis=0)).max(axis=1)
            assert (best.score >= reached - 1e-9).all()

    def test_points_add_up_and_the_best_score_100(self) -> None:
        parts = some(40)
        out = BenefitOfTheDoubt().combine(parts, [1] * 4, parts)
        np.testing.assert_allclose(out.points.sum(axis=1), out.score, rtol=1e-12)
        assert out.score.max() == 100
        assert BenefitOfTheDoubt().combine(parts, [1] * 4, parts, points=False).points.size == 0

    def test_a_row_depends_on_the_reference_alone(self) -> None:
        parts, reference = some(12, seed=7), some(20)
        parts[3, 1] = np.nan
        whole = self.scores(parts, reference)
        for rows in ([0], [3, 7], [11, 2]):
            assert self.scores(parts[rows], reference).tobytes() == whole[rows].tobytes()
        turned = np.random.default_rng(8).permutation(reference)
        assert self.scores(parts, turned).tobytes() == whole.tobytes()

    def test_bounds_leave_a_child_alone(self) -> None:
        parts = np.array([[20.0, np.nan], [80.0, np.nan], [80.0, 40.0]])
        scores = self.scores(parts, parts, bounds=(0.1, 0.6))
        np.testing.assert_allclose(scores, [25.0, 100.0, 100.0])
        np.testing.assert_allclose(
            self.scores(parts[:, :1], parts[:, :1], bounds=(0.1, 0.6)), [25.0, 100.0, 100.0]
        )

    def test_nobody_passes_100(self) -> None:
        assert self.scores(np.array([[900.0, 1.0], [0.0, 5.0]]), some(9, 2))[0] == 100
        assert self.scores(np.array([[3.0, 2.0]]), np.array([[0.0, 9.0]]))[0] == 100

    def test_missing_children_are_left_out(self) -> None:
        parts = some(20, 3)
        wide = np.column_stack([parts, np.full(20, np.nan)])
        np.testing.assert_allclose(self.scores(wide, wide), self.scores(parts, parts))
        assert np.isnan(self.scores(np.full((1, 3), np.nan), parts)).all()

    def test_what_a_reference_unit_lacks_holds_nobody(self) -> None:
        # w = (1/80, 1/100): the first limits one weight alone, the second what is left.
        reference = np.array([[80.0, np.nan], [40.0, 50.0]])
        np.testing.assert_allclose(self.scores(np.array([[40.0, 40.0]]), reference), [90.0])

    def test_zero_scores_nought_and_negative_is_refused(self) -> None:
        assert self.scores(np.zeros((2, 3)), some(9, 3)).tolist() == [0, 0]
        with pytest.raises(NonPositive):
            self.scores(np.array([[1.0, -1.0]]), some(9, 2))

    def test_bounds_that_cannot_hold_are_refused(self) -> None:
        with pytest.raises(ValidationError):
            BenefitOfTheDoubt(bounds=(0.6, 0.5))
        with pytest.raises(ValueError, match="cannot hold 4 shares"):
            BenefitOfTheDoubt(bounds=(0.3, 0.9)).weigh(siblings(some()))

    def test_units_of_measurement_are_free(self) -> None:
        parts = some()
        other = parts * [1e-300, 1.0, 1e3, 1e290]
        np.testing.assert_allclose(self.scores(other, other), self.scores(parts, parts))


def _by_highs(parts: np.ndarray, bounds: tuple[float, float] | None) -> list[float]:
    low, high = bounds or (0.0, 1.0)
    told = []
    for own in parts:
        each = np.diag(own)
        limits = np.vstack([parts, low * own - each, each - high * own])
        ends = np.append(np.ones(len(parts)), np.zeros(2 * own.size))
        scale = np.where(parts.max(axis=0) > 0, parts.max(axis=0), 1.0)
        found = linprog(-own / scale, A_ub=limits / scale, b_ub=ends, method="highs")
        told.append(-100 * found.fun)
    return told
