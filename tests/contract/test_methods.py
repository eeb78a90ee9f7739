"""What every member of every union owes; a new method is met here without an edit."""

from __future__ import annotations

import inspect

import numpy as np
import pytest
from pydantic import ValidationError

from stiscore.framework.method import catalogue
from stiscore.methods.aggregate import Aggregate, NonPositive
from stiscore.methods.base import Method, members
from stiscore.methods.denominate import Denominate
from stiscore.methods.maps import ColumnSpec, apply_maps
from stiscore.methods.normalise import Normalise
from stiscore.methods.tree import Tree
from stiscore.methods.weight import Weighting

UNIONS = (Denominate, Normalise, Weighting, Aggregate)
ALL = [method for union in UNIONS for method in members(union)]
NORMALISE, AGGREGATE, WEIGHT = members(Normalise), members(Aggregate), members(Weighting)


def ids(method: type[Method]) -> str:
    return method.model_fields["id"].default


@pytest.mark.parametrize("method", ALL, ids=ids)
def test_card(method: type[Method]) -> None:
    told = inspect.getdoc(method) or ""
    assert "Reference:" in told
    assert ">>>" in told
    assert method.reference
    assert any(card["id"] == ids(method) and card["stage"] == method.stage for card in catalogue())


@pytest.mark.parametrize("method", ALL, ids=ids)
def test_settings_are_frozen_strict_and_survive_json(method: type[Method]) -> None:
    made = method()
    assert method.model_validate_json(made.model_dump_json()) == made
    with pytest.raises(ValidationError):
        method.model_validate_json('{"no_such_parameter": 1}')
    with pytest.raises(ValidationError):
        made.id = "other"  # type: ignore[attr-defined]


def _spec(*, benefit: bool = True, goalposts: tuple[float, float] = (0.0, 10.0)) -> ColumnSpec:
    return ColumnSpec("c", benefit, "linear", goalposts)


@pytest.mark.parametrize("method", NORMALISE, ids=ids)
class TestNormalise:
    def test_missing_stays_missing(self, method: type[Method]) -> None:
        values = np.array([[1.0], [np.nan], [9.0]])
        out = apply_maps(values, method().fit(values, [_spec()]))
        assert np.isnan(out).tolist() == [[False], [True], [False]]

    def test_direction_turns_the_order(self, method: type[Method]) -> None:
        values = np.array([[1.0], [4.0], [9.0]])
        up = apply_maps(values, method().fit(values, [_spec()]))
        down = apply_maps(values, method().fit(values, [_spec(benefit=False)]))
        assert (np.diff(up[:, 0]) > 0).all()
        assert (np.diff(down[:, 0]) < 0).all()

    def test_constant_column_is_defined(self, method: type[Method]) -> None:
        values = np.full((3, 1), 4.0)
        out = apply_maps(values, method().fit(values, [_spec()]))
        assert np.isfinite(out).all()
        assert len(set(out.ravel())) == 1

    def test_all_missing_and_one_unit(self, method: type[Method]) -> None:
        for values in (np.full((2, 1), np.nan), np.array([[3.0]])):
            out = apply_maps(values, method().fit(values, [_spec()]))
            assert (np.isnan(out) == np.isnan(values)).all()

    def test_ties_stay_ties_and_order_of_rows_is_free(self, method: type[Method]) -> None:
        values = np.array([[5.0], [2.0], [5.0], [8.0]])
        out = apply_maps(values, method().fit(values, [_spec()]))
        turned = apply_maps(values[::-1], method().fit(values[::-1], [_spec()]))
        assert out[0, 0] == out[2, 0]
        assert turned[::-1].tobytes() == np.ascontiguousarray(out).tobytes()

    def test_extreme_magnitudes_stay_finite(self, method: type[Method]) -> None:
        values = np.array([[1e-300], [1e300], [-1e300]])
        spec = _spec(goalposts=(-1e300, 1e300))
        with np.errstate(over="ignore"):
            out = apply_maps(values / 4, method().fit(values / 4, [spec]))
        assert np.isfinite(out).all()

    def test_fit_on_one_part_serves_another(self, method: type[Method]) -> None:
        values = np.array([[1.0], [4.0], [9.0], [6.0]])
        maps = method().fit(values[:3], [_spec()])
        assert apply_maps(values, maps)[:3].tobytes() == apply_maps(values[:3], maps).tobytes()


@pytest.mark.parametrize("method", AGGREGATE, ids=ids)
class TestAggregate:
    def test_equal_parts_give_themselves(self, method: type[Method]) -> None:
        out = method().combine(np.full((2, 3), 40.0), [1, 2, 3])
        np.testing.assert_allclose(out.score, 40.0, rtol=1e-14)

    def test_missing_parts_are_left_out(self, method: type[Method]) -> None:
        thin = method().combine(np.array([[20.0, np.nan, 60.0]]), [1, 5, 3])
        full = method().combine(np.array([[20.0, 60.0]]), [1, 3])
        np.testing.assert_allclose(thin.score, full.score, rtol=1e-14)

    def test_no_part_no_score(self, method: type[Method]) -> None:
        assert np.isnan(method().combine(np.full((1, 2), np.nan), [1, 1]).score).all()

    def test_points_add_up(self, method: type[Method]) -> None:
        parts = np.array([[0.0, 50.0, 100.0], [3.0, np.nan, 0.5], [100.0, 100.0, 100.0]])
        out = method().combine(parts, [1, 2, 0.5])
        np.testing.assert_allclose(out.points.sum(axis=1), out.score, rtol=1e-12)

    def test_scale_of_weights_is_free(self, method: type[Method]) -> None:
        parts = np.array([[10.0, 70.0]])
        one, other = (method().combine(parts, w).score for w in ([1, 3], [100, 300]))
        np.testing.assert_allclose(one, other, rtol=1e-14)

    def test_between_lowest_and_highest(self, method: type[Method]) -> None:
        parts = np.random.default_rng(1).uniform(1, 100, (200, 4))
        score = method().combine(parts, [0.1, 0.2, 0.3, 0.4]).score
        assert (score >= parts.min(axis=1)).all()
        assert (score <= parts.max(axis=1)).all()


@pytest.mark.parametrize("method", WEIGHT, ids=ids)
def test_weights_sum_to_one_where_measured(method: type[Method]) -> None:
    tree = Tree(
        ("a", "b", "c", "x", "y", "index"),
        (3, 3, 4, 5, 5, -1),
        (1.0, 2.0, 3.0, 1.0, 4.0, 1.0),
        leaves=3,
    )
    weights = method().fit(tree, present={0, 2})
    assert sum(weights.effective[:3]) == pytest.approx(1.0)
    assert weights.effective[1] == 0
    for place in tree.groups:
        assert sum(weights.local[c] for c in tree.children(place)) == pytest.approx(1.0)


def test_geometric_without_a_floor_refuses_zero() -> None:
    from stiscore.methods.aggregate import Geometric

    with pytest.raises(NonPositive) as fault:
        Geometric(floor=None).combine(np.array([[5.0, 1.0], [5.0, 0.0]]), [1, 1])
    assert (fault.value.row, fault.value.child) == (1, 1)


def test_geometric_points_are_shapley_values() -> None:
    """Against the definition: the mean marginal gain over all orders, from the floor."""
    from itertools import permutations

    from stiscore.methods.aggregate import Geometric

    parts, weights = np.array([[4.0, 30.0, 90.0]]), np.array([0.2, 0.3, 0.5])
    wanted = np.zeros(3)
    for order in permutations(range(3)):
        held = np.ones(3)
        for child in order:
            before = np.prod(held**weights)
            held[child] = parts[0, child]
            wanted[child] += (np.prod(held**weights) - before) / 6
    wanted += weights * 1.0
    np.testing.assert_allclose(Geometric().combine(parts, weights).points[0], wanted, rtol=1e-12)
