"""What every treatment owes; a new member of the union is met here without an edit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pydantic import TypeAdapter, ValidationError

from stiscore.methods.base import members
from stiscore.methods.maps import ColumnSpec, apply_maps
from stiscore.methods.moments import moments
from stiscore.methods.treat import (
    BoxCox,
    Clip,
    Gii,
    IqrFence,
    NoTreat,
    Treat,
    Treated,
    Winsorise,
)
from stiscore.methods.treat_maps import BoxCoxMap
from stiscore.methods.treat_shape import Treatment

ALL = members(Treat)
MOVING = [Winsorise, Gii]
SHAPED = [method for method in ALL if {"skew", "kurtosis"} <= method.model_fields.keys()]

every = pytest.mark.parametrize("method", ALL, ids=lambda m: m.model_fields["id"].default)


def fit(method: Treatment, values: object) -> Treated:
    """The treatment of one column."""
    return method.fit(np.array(values, dtype=float)[:, None], [spec()])[0]


def spec(name: str = "c") -> ColumnSpec:
    return ColumnSpec(name, benefit=True, curve="linear", goalposts=None)


def some(rows: int = 60, columns: int = 5, seed: int = 3) -> np.ndarray:
    """Skewed, one with gaps, one with a tail below, one with ties, one that passes."""
    draw = np.random.default_rng(seed)
    table = draw.lognormal(0, 2, (rows, columns))
    table[::7, 0] = np.nan
    table[:, 1] *= -1
    table[:, 2] = np.round(table[:, 2])
    table[:, 3] = draw.normal(size=rows)
    return table


def treated(method: Treatment, table: np.ndarray) -> tuple[np.ndarray, tuple[Treated, ...]]:
    told = method.fit(table, [spec(str(j)) for j in range(table.shape[1])])
    return apply_maps(table, told), told


@every
class TestEvery:
    def test_missing_stays_missing_and_matters_to_nothing_else(
        self, method: type[Treatment]
    ) -> None:
        table = some()
        out, _ = treated(method(), table)
        assert (np.isnan(out) == np.isnan(table)).all()
        held = table[~np.isnan(table[:, 0]), 0]
        thick = fit(method(), held)
        assert thick == fit(method(), table[:, 0])

    def test_all_missing_one_and_two_units(self, method: type[Treatment]) -> None:
        for column in ([np.nan, np.nan], [3.0], [3.0, 900.0], [], [np.nan, 5.0]):
            told = fit(method(), column)
            assert told.winsorised == 0
            out = told.apply(np.array(column))
            np.testing.assert_array_equal(out, column)

    def test_a_constant_column_stays_as_it_is(self, method: type[Treatment]) -> None:
        for value in (0.1, 0.0, -4.0, 1e300):
            told = fit(method(), [value] * 9)
            assert told.passes
            assert not told.steps
            assert (told.apply(np.full(3, value)) == value).all()

    def test_order_is_kept_and_ties_stay_ties(self, method: type[Treatment]) -> None:
        table = some(300)
        out, _ = treated(method(), table)
        for before, after in zip(table.T, out.T, strict=True):
            held = before[~np.isnan(before)].argsort(kind="stable")
            rising = after[~np.isnan(before)][held]
            assert (np.diff(rising) >= 0).all()
            same = np.diff(before[~np.isnan(before)][held]) == 0
            assert (np.diff(rising)[same] == 0).all()

    def test_the_order_of_rows_changes_no_bit(self, method: type[Treatment]) -> None:
        table = some()
        mixed = np.random.default_rng(8).permutation(table.shape[0])
        out, told = treated(method(), table)
        other, again = treated(method(), table[mixed])
        assert again == told
        assert other.tobytes() == np.ascontiguousarray(out[mixed]).tobytes()

    def test_columns_do_not_depend_on_their_neighbours(self, method: type[Treatment]) -> None:
        table = some()
        _, together = treated(method(), table)
        assert [fit(method(), column) for column in table.T] == list(together)

    def test_rows_do_not_depend_on_the_rows_they_go_with(self, method: type[Treatment]) -> None:
        table = some()
        told = method().fit(table[:40], [spec(str(j)) for j in range(5)])
        out = apply_maps(table, told)
        assert apply_maps(table[40:], told).tobytes() == out[40:].tobytes()
        assert (np.isnan(out) == np.isnan(table)).all()
        for row in range(table.shape[0]):
            assert apply_maps(table[[row]], told).tobytes() == out[[row]].tobytes()

    # The first Box-Cox search loads scipy, which may take longer than a call is given.
    @settings(deadline=None)
    @given(
        arrays(
            float,
            st.integers(4, 30),
            elements=st.sampled_from([0.0, 1e-300, -1e-300, 1.0, 2.0, 3.5, 1e300, -1e300, np.nan]),
        )
    )
    def test_extreme_magnitudes_stay_finite(
        self, method: type[Treatment], column: np.ndarray
    ) -> None:
        out = fit(method(), column).apply(column)
        assert np.isfinite(out[~np.isnan(column)]).all()

    def test_values_never_seen_have_a_finite_place(self, method: type[Treatment]) -> None:
        table = some()
        _, told = treated(method(), table)
        new = np.array([-1e300, -5.0, 0.0, 1e-300, 7.0, 1e300])
        for each in told:
            out = each.apply(new)
            assert np.isfinite(out).all()
            assert (np.diff(out) >= 0).all()

    def test_fitted_steps_survive_json(self, method: type[Treatment]) -> None:
        for told in treated(method(), some())[1]:
            assert Treated.model_validate_json(told.model_dump_json()) == told

    def test_settings_are_frozen_strict_and_survive_json(self, method: type[Treatment]) -> None:
        made = method()
        assert TypeAdapter(Treat).validate_json(made.model_dump_json()) == made
        with pytest.raises(ValidationError, match="no_such_parameter"):
            method.model_validate_json('{"no_such_parameter": 1}')

    def test_the_shape_goes_with_the_steps(self, method: type[Treatment]) -> None:
        table = some()
        for column, told in zip(table.T, treated(method(), table)[1], strict=True):
            assert len(told.skew) == len(told.kurtosis) == len(told.steps) + 1
            now = column
            for place, step in enumerate(told.steps):
                now = step.apply(now)
                assert step.formula
                assert told.skew[place + 1] == pytest.approx(moments(now).skew.item(), rel=1e-10)
                assert told.kurtosis[place + 1] == pytest.approx(
                    moments(now).kurtosis.item(), rel=1e-10
                )

    def test_only_who_transforms_says_so(self, method: type[Treatment]) -> None:
        steps = [step.kind for told in treated(method(), some(400))[1] for step in told.steps]
        assert any(kind != "clip" for kind in steps) == method().transforms


@pytest.mark.parametrize("factor", [1000.0, 1e-3])
@pytest.mark.parametrize(
    "method", [NoTreat(), IqrFence(), Winsorise(), Winsorise(then="log-plus"), Gii(then="log")]
)
def test_units_of_measurement_are_free(method: Treatment, factor: float) -> None:
    """Limits go along with the measurement, logarithms shift by a constant."""
    table = some(300)
    out, told = treated(method, table)
    other, again = treated(method, table * factor)
    for j, (one, two) in enumerate(zip(told, again, strict=True)):
        bent = any(step.kind != "clip" for step in one.steps)
        assert [s.kind for s in two.steps] == [s.kind for s in one.steps]
        shift = other[:, j] - out[:, j] if bent else other[:, j] - factor * out[:, j]
        wanted = np.full(table.shape[0], np.nanmax(shift) if bent else 0.0)
        wanted[np.isnan(table[:, j])] = np.nan
        np.testing.assert_allclose(shift, wanted, rtol=1e-11, atol=1e-9 * factor)


def plainly(
    column: list[float], winmax: int, skew: float = 2.0, kurt: float = 3.5
) -> tuple[list[float], int]:
    """Winsorising by the sentence that defines it, with lists."""
    held, moved = list(column), {1: 0, -1: 0}
    while sum(moved.values()) < winmax:
        told = moments(np.array(held))
        if not (abs(told.skew.item()) >= skew and told.kurtosis.item() >= kurt):
            break
        sign = 1 if told.skew.item() >= 0 else -1
        top = max(sign * v for v in held)
        nearer = max(sign * v for v in held if sign * v < top)
        after = [sign * nearer if sign * v == top else v for v in held]
        if len(set(after)) == 1:
            break
        moved[sign] = sum(sign * v == top for v in held)
        held = after
    return held, sum(moved.values())


@given(
    st.lists(
        st.sampled_from([0, 0, 0, 1, 1, 2, 3, 40, 50, 90, -70, 1000]), min_size=4, max_size=40
    ),
    st.integers(1, 8),
)
def test_winsorising_follows_its_definition(column: list[int], winmax: int) -> None:
    values = [float(v) for v in column]
    for limits in ({}, {"skew": 0.5, "kurtosis": -1.0}):
        told = fit(Winsorise(winmax=winmax, then="none", **limits), values)
        wanted, points = plainly(values, winmax, limits.get("skew", 2), limits.get("kurtosis", 3.5))
        assert told.apply(np.array(values)).tolist() == wanted
        assert told.winsorised == points


def test_ties_move_together_and_may_overshoot() -> None:
    told = fit(Winsorise(winmax=2, then="none"), [*range(40), 900, 800, 800, 800])
    assert told.winsorised == 4
    assert told.steps == (Clip(upper=39.0),)


def test_no_step_may_leave_one_value_only() -> None:
    for column in ([5.0] * 20 + [100.0], [5.0] * 20 + [-100.0]):
        told = fit(Winsorise(then="none"), column)
        assert told == fit(Winsorise(then="none"), column[::-1])
        assert not told.steps
        assert not told.passes


@pytest.mark.parametrize("method", MOVING)
@pytest.mark.parametrize("combine", [False, True])
def test_what_still_fails_is_transformed(method: type[Winsorise], combine: bool) -> None:
    column = np.random.default_rng(4).lognormal(2, 1.2, 500)
    told = fit(method(combine=combine), column)
    assert [step.kind for step in told.steps] == (["clip", "log"] if combine else ["log"])
    assert told.winsorised == (5 if combine else 0)
    assert told.passes
    least = column.min()
    assert told.steps[-1].end == least


def test_what_fails_to_the_end_is_kept_and_flagged() -> None:
    column = [0.0] * 60 + [1e6, 2e6, 3e6, 4e6, 5e6, 6e6, 7e6]
    told = fit(Winsorise(winmax=1), column)
    assert [step.kind for step in told.steps] == ["log"]
    assert not told.passes


def test_box_cox_leaves_what_passes_and_takes_a_parameter() -> None:
    assert not fit(BoxCox(), np.arange(30.0)).steps
    told = fit(BoxCox(lam=-1.0), [0.0, 1, 1, 2, 2, 3, 90])
    assert told.steps == (BoxCoxMap(end=0.0, lam=-1.0),)
    np.testing.assert_allclose(told.apply(np.array([1.0])), 0.5)


def test_fences_stand_where_tukey_puts_them() -> None:
    column = np.array([3.0, 1, 2, 4, 5, 6, 7, 50, np.nan, -60])
    low, high = np.nanpercentile(column, [25, 75])
    told = fit(IqrFence(factor=2.0), column)
    assert told.steps == (Clip(lower=low - 2 * (high - low), upper=high + 2 * (high - low)),)
    assert told.winsorised == 2
    assert told.passes


def test_a_fence_is_a_finite_number_or_none() -> None:
    told = fit(IqrFence(), [1.7e308, 1.0, 2.0])
    assert not told.steps
    assert not told.passes


def test_no_fence_around_a_single_value() -> None:
    told = fit(IqrFence(), [4.0] * 9 + [8.0])
    assert not told.steps
    assert not told.passes


@pytest.mark.parametrize("method", SHAPED)
def test_a_column_passes_when_either_limit_is_kept(method: type[Treatment]) -> None:
    column = [5.0] * 18 + [100.0] * 3
    told = moments(np.array(column))
    assert told.skew.item() > 2
    assert told.kurtosis.item() < 3.5
    assert not fit(method(), column).steps
    assert fit(method(kurtosis=3.0, skew=2.0), column) != fit(method(), column)


def test_a_setting_of_one_keeps_the_defaults_of_the_others() -> None:
    """COINr drops them when an indicator has a setting of its own."""
    made = Winsorise.model_validate_json('{"winmax": 3}')
    assert made == Winsorise(winmax=3, skew=2.0, kurtosis=3.5, then="log", combine=False)
    assert Gii.model_validate_json('{"winmax": 3}').skew == 2.25


@pytest.mark.parametrize(
    ("method", "settings"),
    [
        (Winsorise, {"winmax": 0}),
        (Winsorise, {"then": "square-root"}),
        (Winsorise, {"lam": 9.0}),
        (Gii, {"skew": -1.0}),
        (IqrFence, {"factor": 0.0}),
        (BoxCox, {"lam": float("nan")}),
    ],
)
def test_settings_out_of_range_are_refused(method: type[Treatment], settings: dict) -> None:
    with pytest.raises(ValidationError, match=next(iter(settings))):
        method(**settings)
