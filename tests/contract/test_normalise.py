"""What every normalisation owes; a new member of the union is met here without an edit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pydantic import TypeAdapter, ValidationError

from stiscore.methods.base import members
from stiscore.methods.maps import ColumnMap, ColumnSpec, apply_maps
from stiscore.methods.normalise import Normalise
from stiscore.methods.scaling import Scaling

ALL = members(Normalise)
BOTH_WAYS = [method for method in ALL if method.costs]
# What tells costs as well does not depend on where nought is.
MOVABLE = [method for method in BOTH_WAYS if method.from_sample]
VALUES = np.array([[4.0], [9.0], [1.0], [9.0], [6.0], [2.0]])


def called(method: type[Scaling]) -> str:
    return method.model_fields["id"].default


every = pytest.mark.parametrize("method", ALL, ids=called)
both_ways = pytest.mark.parametrize("method", BOTH_WAYS, ids=called)


def made(method: type[Scaling]) -> Scaling:
    """Default settings; the first row where a unit must be named."""
    return method(unit="u0") if "unit" in method.model_fields else method()


def spec(
    *,
    benefit: bool = True,
    goalposts: tuple[float, float] = (0.0, 10.0),
    target: float | None = None,
    curve: str = "linear",
) -> ColumnSpec:
    goal = target if target is not None else (12.0 if benefit else 0.5)
    return ColumnSpec("c", benefit, curve, goalposts, goal)


def units(values: np.ndarray) -> list[str]:
    return [f"u{row}" for row in range(values.shape[0])]


def fit(method: Scaling, values: np.ndarray, *specs: ColumnSpec) -> tuple[ColumnMap, ...]:
    return method.fit(values, specs or [spec()], units(values))


def scored(method: Scaling, values: np.ndarray, *specs: ColumnSpec) -> np.ndarray:
    return apply_maps(values, fit(method, values, *specs))


@every
class TestEvery:
    def test_missing_stays_missing_and_teaches_nothing(self, method: type[Scaling]) -> None:
        gaps = np.vstack([VALUES, [[np.nan]], [[np.nan]]])
        out = scored(made(method), gaps)
        assert np.isnan(out).ravel().tolist() == [False] * 6 + [True] * 2
        assert out[:6].tobytes() == scored(made(method), VALUES).tobytes()

    def test_more_is_better_for_a_benefit(self, method: type[Scaling]) -> None:
        out = scored(made(method), VALUES)
        order = np.argsort(VALUES[:, 0], kind="stable")
        assert (np.diff(out[order, 0]) >= 0).all()
        assert out.max() > out.min()

    def test_ties_stay_ties(self, method: type[Scaling]) -> None:
        out = scored(made(method), VALUES)
        assert out[1, 0] == out[3, 0]

    @pytest.mark.parametrize("level", [4.0, 0.0, -7.0, 1e-300, 1e300])
    def test_constant_column(self, method: type[Scaling], level: float) -> None:
        reachable = spec(target=abs(level) * 2 + 1)
        out = scored(made(method), np.full((3, 1), level), reachable)
        assert np.isfinite(out).all()
        assert len(set(out.ravel())) == 1

    @pytest.mark.parametrize("rows", [[[3.0]], [[3.0], [5.0]], [[5.0], [3.0]], [[3.0], [3.0]]])
    def test_one_and_two_units(self, method: type[Scaling], rows: list[list[float]]) -> None:
        values = np.array(rows)
        if "unit" in method.model_fields and rows[0] < rows[-1]:
            with pytest.raises(ValueError, match="no better than the worst"):
                scored(made(method), values)
            return
        out = scored(made(method), values)
        assert np.isfinite(out).all()
        assert (out[0, 0] < out[-1, 0]) == (rows[0] < rows[-1])

    def test_all_missing(self, method: type[Scaling]) -> None:
        for rows in (1, 2, 5):
            maps = fit(made(method), np.full((rows, 1), np.nan))
            assert np.isnan(apply_maps(np.full((rows, 1), np.nan), maps)).all()
            assert np.isfinite(apply_maps(VALUES, maps)).all()

    def test_zero_and_negative_values(self, method: type[Scaling]) -> None:
        out = scored(made(method), np.array([[0.0], [-3.0], [-0.0], [8.0], [-9.0]]))
        assert np.isfinite(out).all()
        assert out[0, 0] == out[2, 0]
        assert not np.signbit(out[out == 0]).any()

    @pytest.mark.parametrize("size", [1e-300, 1e-150, 1e150, 1e300])
    @pytest.mark.parametrize("curve", ["linear", "sqrt"])
    def test_any_magnitude(self, method: type[Scaling], size: float, curve: str) -> None:
        values = np.array([[0.5], [0.1], [-1.0], [1.0]]) * size
        there = spec(goalposts=(-size, size), target=2 * size, curve=curve)
        out = scored(made(method), values, there)
        assert np.isfinite(out).all()
        assert out[3, 0] == out.max()

    def test_mixed_magnitudes(self, method: type[Scaling]) -> None:
        values = np.array([[1e-300], [1e300], [-1e300], [1.0]])
        out = scored(made(method), values, spec(goalposts=(-1e300, 1e300), target=1e300))
        assert np.isfinite(out).all()

    @pytest.mark.parametrize("seed", range(5))
    def test_order_of_rows_is_free_to_the_bit(self, method: type[Scaling], seed: int) -> None:
        draw = np.random.default_rng(seed)
        values = draw.lognormal(2, 1.5, (40, 1))
        values[0] = values.max()
        values[7] = np.nan
        ids, turn = units(values), draw.permutation(40)
        wide = spec(goalposts=(0.0, 500.0), target=1e6)
        maps = made(method).fit(values, [wide], ids)
        assert made(method).fit(values[turn], [wide], [ids[row] for row in turn]) == maps

    def test_a_value_far_outside_a_narrow_scale_stays_a_number(self, method: type[Scaling]) -> None:
        narrow = np.array([[3e-300], [1e-300], [2e-300]])
        there = spec(goalposts=(0.0, 4e-300), target=4e-300)
        out = apply_maps(np.array([[1e300], [-1e300]]), fit(made(method), narrow, there))
        assert np.isfinite(out).all()
        assert out[0, 0] > out[1, 0]

    def test_units_of_measurement_are_free(self, method: type[Scaling]) -> None:
        values = np.random.default_rng(3).normal(5, 2, (20, 1))
        values[0] = values.max()
        settings = {"upper": 1000.0} if "upper" in method.model_fields else {}
        small = scored(made(method), values, spec(target=20.0))
        large = scored(
            made(method).model_copy(update=settings),
            values * 1000,
            spec(goalposts=(0.0, 10_000.0), target=20_000.0),
        )
        np.testing.assert_allclose(large, small, rtol=1e-12, atol=1e-12)

    def test_fit_on_one_part_serves_another_to_the_bit(self, method: type[Scaling]) -> None:
        maps = fit(made(method), VALUES[:4])
        whole = apply_maps(VALUES, maps)
        for rows in ([0], [4, 1], [5, 5, 2], list(range(6))):
            assert apply_maps(VALUES[rows], maps).tobytes() == whole[rows].tobytes()
        assert np.isfinite(whole).all()

    def test_fitted_maps_survive_json(self, method: type[Scaling]) -> None:
        kind: TypeAdapter[tuple[ColumnMap, ...]] = TypeAdapter(tuple[ColumnMap, ...])
        maps = fit(made(method), VALUES / 7)
        again = kind.validate_json(kind.dump_json(maps))
        assert again == maps
        assert [type(m) for m in again] == [type(m) for m in maps]
        assert apply_maps(VALUES, again).tobytes() == apply_maps(VALUES, maps).tobytes()

    def test_settings_are_frozen_strict_and_survive_json(self, method: type[Scaling]) -> None:
        settings = made(method)
        assert method.model_validate_json(settings.model_dump_json()) == settings
        assert next(iter(method.model_fields)) == "id"
        with pytest.raises(ValidationError, match="frozen"):
            settings.id = "other"
        with pytest.raises(ValidationError, match="extra_forbidden"):
            method(scales=3)

    def test_a_block_of_columns_gives_the_bits_of_each_alone(self, method: type[Scaling]) -> None:
        rows = np.random.default_rng(4).normal(5, 2, (5000, 3))
        rows[0] = rows.max(axis=0)
        rows[7, 1] = np.nan
        specs = [spec(), spec(curve="sqrt"), spec(goalposts=(2.0, 6.0))]
        whole = scored(made(method), rows, *specs)
        for j, own in enumerate(specs):
            alone = scored(made(method), rows[:, [j]], own)
            np.testing.assert_array_max_ulp(whole[:, [j]], alone, 1)
            [fitted] = fit(made(method), rows[:, [j]], own)
            assert fitted.apply(rows[:, j]).tobytes() == alone.tobytes()

    def test_values_are_left_as_they_are(self, method: type[Scaling]) -> None:
        values = VALUES.copy()
        scored(made(method), values, spec(curve="sqrt"))
        assert values.tobytes() == VALUES.tobytes()

    @given(values=arrays(float, (6, 1), elements=st.floats(-1e6, 1e6)))
    def test_reference_units_stay_inside_the_ends_of_a_bounded_scale(
        self, method: type[Scaling], values: np.ndarray
    ) -> None:
        values[0] = values.max()
        if "unit" in method.model_fields and np.ptp(values) < 1e-300:
            values[1:] -= 1.0
        settings = made(method)
        out = scored(settings, values, spec(target=2e6))
        assert np.isfinite(out).all()
        low, high = settings.ends(len(values))
        if settings.bounded:
            slack = 1e-9 * (high - low) * max(1.0, np.abs(values).max() / max(np.ptp(values), 1e-9))
            assert (out >= low - slack).all()
            assert (out <= high + slack).all()

    def test_ends_rise(self, method: type[Scaling]) -> None:
        for count in (0, 1, 2, 30):
            low, high = made(method).ends(count)
            assert low < high


@both_ways
class TestCosts:
    def test_less_is_better_for_a_cost(self, method: type[Scaling]) -> None:
        values = np.vstack([VALUES[2:3], VALUES])
        out = scored(made(method), values, spec(benefit=False))
        order = np.argsort(values[:, 0], kind="stable")
        assert (np.diff(out[order, 0]) <= 0).all()
        assert out.max() > out.min()

    def test_a_cost_is_a_benefit_with_its_sign_turned(self, method: type[Scaling]) -> None:
        values = np.array([[1.0], [4.0], [9.0], [9.0], [2.5], [6.0]])
        settings = {"lower": -10.0, "upper": 10.0} if "upper" in method.model_fields else {}
        chosen = made(method).model_copy(update=settings)
        cost = spec(benefit=False, target=0.5)
        mirror = spec(goalposts=(-10.0, 0.0), target=-0.5)
        here, there = scored(chosen, values, cost), scored(chosen, -values, mirror)
        np.testing.assert_allclose(here, there, rtol=1e-13, atol=1e-12)


@pytest.mark.parametrize("method", MOVABLE, ids=called)
def test_moving_the_nought_changes_no_score(method: type[Scaling]) -> None:
    values = np.vstack([VALUES.max(axis=0), VALUES])
    here = scored(made(method), values, spec(target=20.0))
    there = scored(made(method), values + 273.0, spec(target=293.0))
    np.testing.assert_allclose(there, here, rtol=1e-11, atol=1e-11)


@every
def test_who_learns_says_so(method: type[Scaling]) -> None:
    one_way, other = (fit(made(method), k * VALUES, spec(target=99.0)) for k in (1, 2))
    assert (one_way != other) == method.from_sample
