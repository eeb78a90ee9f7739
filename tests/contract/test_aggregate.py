"""What every aggregation owes; a new member of the union is met here without an edit."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from stiscore.methods.aggregate import Aggregate, Arithmetic, NonPositive
from stiscore.methods.base import members
from stiscore.methods.combined import Combined, Combining

ALL = members(Aggregate)
MEANS = [method for method in ALL if method.between_parts]
PENALISED = [method for method in ALL if "penalty" in method.model_fields]
FLOORED = [method for method in ALL if "floor" in method.model_fields]
GAPS = np.array(
    [[60.0, 50.0, 100.0], [3.0, np.nan, 0.5], [100.0, 100.0, 100.0], [7.0, 9.0, np.nan]]
)

every = pytest.mark.parametrize("method", ALL, ids=lambda m: m.model_fields["id"].default)


def some(rows: int, children: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).uniform(1, 100, (rows, children))


@every
class TestEvery:
    def test_missing_parts_are_left_out(self, method: type[Combining]) -> None:
        others = some(5, 3)
        wide = np.insert(others, 1, np.nan, axis=1)
        thin = method().combine(wide, [1, 5, 2, 3])
        full = method().combine(others, [1, 2, 3])
        np.testing.assert_allclose(thin.score, full.score, rtol=1e-14)
        np.testing.assert_allclose(thin.points[:, [0, 2, 3]], full.points, rtol=1e-12, atol=1e-12)
        assert (thin.points[:, 1] == 0).all()

    def test_no_part_no_score(self, method: type[Combining]) -> None:
        parts = some(3, 2)
        parts[1] = np.nan
        assert np.isnan(method().combine(parts, [1, 1]).score).tolist() == [False, True, False]
        assert np.isnan(method().combine(parts[[1]], [1, 1]).score).all()

    @pytest.mark.parametrize("children", [1, 2, 5, 12])
    def test_points_add_up(self, method: type[Combining], children: int) -> None:
        parts = some(7, children)
        parts[np.random.default_rng(2).random(parts.shape) < 0.2] = np.nan
        parts[:, 0] = 5.0
        out = method().combine(parts, list(range(1, children + 1)))
        np.testing.assert_allclose(out.points.sum(axis=1), out.score, rtol=1e-12)

    def test_who_wants_no_points_gets_the_same_score(self, method: type[Combining]) -> None:
        with_them = method().combine(GAPS, [1, 2, 0.5])
        without = method().combine(GAPS, [1, 2, 0.5], points=False)
        assert without.score.tobytes() == with_them.score.tobytes()
        assert (without.floored == with_them.floored).all()
        assert without.points.shape == (4, 0)

    def test_scale_of_weights_is_free(self, method: type[Combining]) -> None:
        one, other = (method().combine(GAPS, [k, 3 * k, 2 * k]).score for k in (1, 100))
        np.testing.assert_allclose(one, other, rtol=1e-14)

    def test_a_weight_of_nought_is_no_part(self, method: type[Combining]) -> None:
        parts = some(6, 3)
        out = method().combine(parts, [2, 1, 0])
        np.testing.assert_allclose(out.score, method().combine(parts[:, :2], [2, 1]).score)
        assert (out.points[:, 2] == 0).all()

    def test_constant_column_and_ties(self, method: type[Combining]) -> None:
        parts = some(4, 3)
        parts[:, 1] = 30.0
        parts[3] = parts[0]
        score = method().combine(parts, [1, 1, 2]).score
        assert np.isfinite(score).all()
        assert score[0] == score[3]

    @pytest.mark.parametrize("rows", [0, 1, 2])
    def test_few_units(self, method: type[Combining], rows: int) -> None:
        out = method().combine(some(rows, 3), [1, 1, 2])
        assert out.score.shape == (rows,)
        assert out.points.shape == out.floored.shape == (rows, 3)
        assert np.isfinite(out.score).all()

    def test_zero_and_negative_parts_are_scored_or_refused(self, method: type[Combining]) -> None:
        for parts in (np.array([[0.0, 50.0], [80.0, 0.0]]), np.array([[-5.0, 50.0], [4.0, -2.0]])):
            try:
                score = method().combine(parts, [1, 1]).score
            except NonPositive as fault:
                assert fault.score == parts[fault.row, fault.child] <= 0  # noqa: PT017
            else:
                assert np.isfinite(score).all()

    @pytest.mark.parametrize("size", [1e-300, 1e300])
    def test_any_magnitude(self, method: type[Combining], size: float) -> None:
        parts = np.array([[1.0, 2.0, 1.5], [1.0, 1.0, 1.0], [3.0, 2.0, np.nan]]) * size
        out = method().combine(parts, [1, 2, 3])
        assert np.isfinite(out.score).all()
        assert np.isfinite(out.points).all()

    def test_order_of_rows_and_of_children_is_free(self, method: type[Combining]) -> None:
        parts, weights = some(9, 4), [1.0, 2.0, 0.5, 4.0]
        out = method().combine(parts, weights)
        back = method().combine(parts[::-1], weights)
        assert np.ascontiguousarray(back.score[::-1]).tobytes() == out.score.tobytes()
        turned = method().combine(parts[:, ::-1], weights[::-1])
        np.testing.assert_allclose(turned.score, out.score, rtol=1e-13)
        np.testing.assert_allclose(turned.points[:, ::-1], out.points, rtol=1e-10, atol=1e-10)

    def test_a_part_of_the_rows_gives_the_bits_of_the_whole(self, method: type[Combining]) -> None:
        parts, reference = np.vstack([some(9, 3), GAPS]), some(20, 3, seed=3)
        whole = method().combine(parts, [1, 2, 0.5], reference)
        for rows in ([0], [12], [3, 10, 4], list(range(1, 13))):
            part = method().combine(parts[rows], [1, 2, 0.5], reference)
            for field in Combined._fields:
                own = np.ascontiguousarray(getattr(whole, field)[rows])
                assert getattr(part, field).tobytes() == own.tobytes(), field

    def test_units_of_measurement_are_free(self, method: type[Combining]) -> None:
        parts = some(8, 3)
        small, large = (method().combine(k * parts, [1, 2, 1]).score for k in (1, 1000))
        np.testing.assert_allclose(large, small if method.compares else 1000 * small, rtol=1e-12)

    def test_settings_survive_json(self, method: type[Combining]) -> None:
        made = method()
        assert method.model_validate_json(made.model_dump_json()) == made
        assert next(iter(method.model_fields)) == "id"

    def test_inputs_are_left_as_they_are(self, method: type[Combining]) -> None:
        parts = GAPS.copy()
        method().combine(parts, [1, 2, 0.5])
        assert parts.tobytes() == GAPS.tobytes()

    @given(parts=arrays(float, (4, 3), elements=st.one_of(st.floats(0, 100), st.just(np.nan))))
    def test_any_table(self, method: type[Combining], parts: np.ndarray) -> None:
        parts[:, 0] = np.fmax(parts[:, 0], 1.0)
        out = method().combine(parts, [1, 2, 3])
        there = ~np.isnan(parts).all(axis=1)
        assert (np.isnan(out.score) == ~there).all()
        total = out.points.sum(axis=1)
        np.testing.assert_allclose(total[there], out.score[there], rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("method", MEANS, ids=lambda m: m.__name__)
def test_means_lie_between_lowest_and_highest(method: type[Combining]) -> None:
    parts = some(200, 4)
    score = method().combine(parts, [0.1, 0.2, 0.3, 0.4]).score
    assert (score >= parts.min(axis=1)).all()
    assert (score <= parts.max(axis=1)).all()
    alike = np.repeat(parts[:, :1], 4, axis=1)
    assert (method().combine(alike, [0.1, 0.2, 0.3, 0.4]).score == alike[:, 0]).all()


@pytest.mark.parametrize("method", MEANS, ids=lambda m: m.__name__)
def test_means_rise_with_each_part(method: type[Combining]) -> None:
    parts = some(100, 3)
    before = method().combine(parts, [1, 2, 3]).score
    for child in range(3):
        raised = parts.copy()
        raised[:, child] += 5.0
        assert (method().combine(raised, [1, 2, 3]).score >= before).all()


@pytest.mark.parametrize("method", [*MEANS, *PENALISED], ids=lambda m: m.__name__)
def test_equal_parts_give_themselves(method: type[Combining]) -> None:
    out = method().combine(np.full((2, 3), 40.0), [1, 2, 3])
    np.testing.assert_allclose(out.score, 40.0, rtol=1e-14)


@pytest.mark.parametrize("method", PENALISED, ids=lambda m: m.__name__)
def test_penalties_go_one_way(method: type[Combining]) -> None:
    parts = some(100, 4)
    mean = Arithmetic().combine(parts, [1, 2, 3, 4]).score
    less, more = (
        method(penalty=way).combine(parts, [1, 2, 3, 4]).score for way in ("negative", "positive")
    )
    assert (less < mean).all()
    np.testing.assert_allclose(less + more, 2 * mean, rtol=1e-13)


@pytest.mark.parametrize("method", FLOORED, ids=lambda m: m.__name__)
def test_floors_serve_where_they_must(method: type[Combining]) -> None:
    settings = {"power": -2.0} if "power" in method.model_fields else {}
    parts = np.array([[5.0, 1.0], [5.0, 0.0], [-3.0, np.nan]])
    out = method(floor=0.5, **settings).combine(parts, [1, 1])
    assert out.floored.tolist() == [[False, False], [False, True], [True, False]]
    assert out.score[2] == 0.5
    bare = method(floor=None, **settings)
    assert bare.positive
    with pytest.raises(NonPositive, match=r"score 0.0 in row 1, child 1 is not positive") as fault:
        bare.combine(parts, [1, 1])
    assert (fault.value.row, fault.value.child) == (1, 1)


ROW_WISE = [method for method in ALL if not method.compares]


@pytest.mark.parametrize("method", ROW_WISE, ids=lambda m: m.__name__)
def test_points_are_shapley_values(method: type[Combining]) -> None:
    """Against the definition: the mean gain over all orders, every child at the base first."""
    made, parts, weights = method(), np.array([4.0, 130.0, 90.0]), np.array([0.2, 0.3, 0.5])
    base = getattr(made, "base", getattr(made, "floor", 0.0))
    wanted = weights * base
    for order in permutations(range(3)):
        held = np.full(3, base)
        for child in order:
            before = made.combine(held[None], weights, points=False).score[0]
            held[child] = parts[child]
            after = made.combine(held[None], weights, points=False).score[0]
            wanted[child] += (after - before) / 6
    np.testing.assert_allclose(made.combine(parts[None], weights).points[0], wanted, rtol=1e-12)
