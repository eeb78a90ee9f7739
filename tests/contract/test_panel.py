"""What every filling along a unit's years owes; a new member is met here without an edit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pydantic import ValidationError

from stiscore.methods.base import members
from stiscore.methods.impute import Impute
from stiscore.methods.panel import (
    AlongYears,
    Constant,
    Latest,
    Linear,
    LinearConstant,
    growth,
    trend,
)

ALL = [method for method in members(Impute) if method.panel]
NO = np.nan
TIMES = [2015.0, 2016.0, 2018.0, 2019.5, 2023.0]
VALUES = np.array(
    [
        [NO, 1.0, NO, -3.0, 5.0],
        [4.0, NO, NO, 0.0, NO],
        [NO, NO, NO, NO, 5.0],
        [10.0, 4.0, NO, -0.0, NO],
        [NO, NO, NO, 8.0, NO],
    ]
)

every = pytest.mark.parametrize("method", ALL, ids=lambda m: m.model_fields["id"].default)


def within(out: np.ndarray, values: np.ndarray) -> bool:
    """Whether what is there lies between the lowest and highest of its column."""
    low, high = np.fmin.reduce(values), np.fmax.reduce(values)
    slack = 1e-14 * np.fmax.reduce(np.abs(values))
    return bool((np.isnan(out) | (out >= low - slack) & (out <= high + slack)).all())


@every
class TestEvery:
    def test_what_is_there_stays_and_is_its_own_source(self, method: type[AlongYears]) -> None:
        values, there = VALUES.copy(), ~np.isnan(VALUES)
        out = method().fill(values, TIMES)
        assert out.values[there].tobytes() == VALUES[there].tobytes()
        np.testing.assert_array_equal(out.taken[there], np.tile(TIMES, (5, 1)).T[there])
        assert values.tobytes() == VALUES.tobytes()

    def test_what_is_taken_over_is_that_years_value(self, method: type[AlongYears]) -> None:
        out = method().fill(VALUES, TIMES)
        for row, column in np.argwhere(~np.isnan(out.taken)):
            source = TIMES.index(out.taken[row, column])
            assert out.values[row, column] == VALUES[source, column]
        assert np.isnan(out.taken[np.isnan(out.values)]).all()

    def test_something_is_filled(self, method: type[AlongYears]) -> None:
        out = method().fill(VALUES, TIMES).values
        assert np.isnan(out).sum() < np.isnan(VALUES).sum()

    def test_a_series_without_a_value_stays_missing(self, method: type[AlongYears]) -> None:
        out = method().fill(np.full((3, 2), NO), [1, 2, 3])
        assert np.isnan(out.values).all()
        assert np.isnan(out.taken).all()

    @pytest.mark.parametrize("level", [0.1, 0.0, -7.3, 1e-300, 1e300])
    def test_a_constant_series_stays_constant(self, method: type[AlongYears], level: float) -> None:
        told = method().fill(np.array([[NO], [level], [NO], [level], [NO]]), TIMES).values
        assert told[2, 0] == level
        assert set(told[~np.isnan(told)]) == {level}

    @pytest.mark.parametrize("rows", [0, 1, 2])
    def test_few_years(self, method: type[AlongYears], rows: int) -> None:
        out = method().fill(VALUES[:rows], TIMES[:rows])
        assert out.values.shape == out.taken.shape == (rows, 5)
        there = ~np.isnan(VALUES[:rows])
        assert out.values[there].tobytes() == VALUES[:rows][there].tobytes()

    @pytest.mark.parametrize("size", [1e-300, 1e-150, 1e150, 1e299])
    def test_any_magnitude(self, method: type[AlongYears], size: float) -> None:
        out, plain = method().fill(VALUES * size, TIMES), method().fill(VALUES, TIMES)
        np.testing.assert_allclose(out.values, plain.values * size, rtol=1e-12, atol=0)
        np.testing.assert_array_equal(out.taken, plain.taken)

    def test_mixed_magnitudes(self, method: type[AlongYears]) -> None:
        values = np.array([[1e300], [NO], [-1e300], [NO], [1e-300]])
        out = method().fill(values, TIMES).values
        assert np.isfinite(out).all()
        assert within(out, values)

    def test_series_know_nothing_of_each_other(self, method: type[AlongYears]) -> None:
        whole = method().fill(VALUES, TIMES)
        turn = [4, 2, 0, 3, 1]
        turned = method().fill(VALUES[:, turn], TIMES)
        assert turned.values.tobytes() == whole.values[:, turn].tobytes()
        for column in range(5):
            alone = method().fill(VALUES[:, [column]], TIMES)
            assert alone.values.tobytes() == whole.values[:, [column]].tobytes()
            assert alone.taken.tobytes() == whole.taken[:, [column]].tobytes()

    def test_units_of_measurement_are_free(self, method: type[AlongYears]) -> None:
        small, large = (method().fill(k * VALUES, TIMES).values for k in (1, 1000))
        np.testing.assert_allclose(large, 1000 * small, rtol=1e-12)

    def test_the_count_of_years_is_free(self, method: type[AlongYears]) -> None:
        here = method().fill(VALUES, TIMES)
        there = method().fill(VALUES, [time - 2000 for time in TIMES])
        np.testing.assert_allclose(there.values, here.values, rtol=1e-12)
        np.testing.assert_array_equal(there.taken + 2000, here.taken)

    @pytest.mark.parametrize("times", [[2020, 2020], [2021, 2020], [2020, NO], [NO, 2020]])
    def test_times_that_do_not_rise_are_refused(
        self, method: type[AlongYears], times: list[float]
    ) -> None:
        with pytest.raises(ValueError, match="times must rise"):
            method().fill(np.ones((2, 1)), times)

    def test_settings_survive_json(self, method: type[AlongYears]) -> None:
        settings = method()
        assert method.model_validate_json(settings.model_dump_json()) == settings
        assert next(iter(method.model_fields)) == "id"

    @given(values=arrays(float, (5, 3), elements=st.one_of(st.floats(-1e300, 1e300), st.just(NO))))
    def test_any_series(self, method: type[AlongYears], values: np.ndarray) -> None:
        out = method().fill(values, TIMES).values
        there = ~np.isnan(values)
        assert out[there].tobytes() == values[there].tobytes()
        assert not np.isinf(out).any()
        assert within(out, values)


COLUMN = [NO, 4.0, NO, 10.0, NO]


@pytest.mark.parametrize(
    ("method", "told", "taken"),
    [
        (Latest(), [NO, 4, 4, 10, 10], [NO, 2016, 2016, 2019.5, 2019.5]),
        (Latest(max_age=3), [NO, 4, 4, 10, NO], [NO, 2016, 2016, 2019.5, NO]),
        (Latest(max_age=2), [NO, 4, 4, 10, NO], [NO, 2016, 2016, 2019.5, NO]),
        (Latest(max_age=1.9), [NO, 4, NO, 10, NO], [NO, 2016, NO, 2019.5, NO]),
        (Latest(max_age=0), COLUMN, [NO, 2016, NO, 2019.5, NO]),
        (Constant(), [4, 4, 4, 10, 10], [2016, 2016, 2016, 2019.5, 2019.5]),
        (Linear(), [NO, 4, 4 + 12 / 3.5, 10, NO], [NO, 2016, NO, 2019.5, NO]),
        (LinearConstant(), [4, 4, 4 + 12 / 3.5, 10, 10], [2016, 2016, NO, 2019.5, 2019.5]),
    ],
)
def test_worked_out(method: AlongYears, told: list[float], taken: list[float]) -> None:
    out = method.fill(np.array(COLUMN)[:, None], TIMES)
    np.testing.assert_allclose(out.values[:, 0], told, rtol=1e-14)
    np.testing.assert_array_equal(out.taken[:, 0], taken)


@pytest.mark.parametrize("start", [2019.1, 2019.2, 2020.3, 1999.7, 2015.55])
def test_a_value_exactly_as_old_as_is_allowed_is_taken(start: float) -> None:
    for tenths in range(1, 60):
        age = tenths / 10
        series = np.array([[1.0], [NO]])
        assert Latest(max_age=age).fill(series, [start, start + age]).values[1] == 1
        assert np.isnan(Latest(max_age=age - 0.01).fill(series, [start, start + age]).values[1])


def test_an_age_below_zero_is_refused() -> None:
    with pytest.raises(ValidationError, match="max_age"):
        Latest(max_age=-1.0)


class TestGrowth:
    @pytest.mark.parametrize("rate", [-0.5, -0.01, 0.0, 0.03, 0.2, 4.0])
    def test_compound_growth_is_found_again(self, rate: float) -> None:
        series = 70.0 * (1 + rate) ** np.array([0.0, 1.0, 3.0, 4.5, 8.0])
        assert growth(series, TIMES) == pytest.approx(rate, rel=1e-12, abs=1e-14)
        gaps = np.where(np.array([True, False, True, True, False]), series, NO)
        assert growth(gaps, TIMES) == pytest.approx(rate, rel=1e-12, abs=1e-14)

    @pytest.mark.parametrize(
        "series", [[], [5.0], [NO, 5.0], [NO, NO], [0.0, 5.0], [5.0, 0.0], [-1.0, 5.0], [5.0, -1.0]]
    )
    def test_no_rate_is_defined(self, series: list[float]) -> None:
        assert np.isnan(growth(np.array(series), range(2000, 2000 + len(series))))

    def test_any_magnitude(self) -> None:
        assert growth(np.array([1e-300, 1e300]), [0, 600]) == pytest.approx(9, rel=1e-12)
        assert growth(np.array([1e300, 1e-300]), [0, 1]) == -1
        assert np.isnan(growth(np.array([1e-300, 1e300]), [0, 1]))


class TestTrend:
    @given(
        rise=st.floats(-1e3, 1e3),
        start=st.floats(-1e3, 1e3),
        gaps=st.sets(st.integers(0, 4), max_size=3),
    )
    def test_a_straight_line_is_found_again(
        self, rise: float, start: float, gaps: set[int]
    ) -> None:
        series = start + rise * np.array([0.0, 1.0, 3.0, 4.5, 8.0])
        series[list(gaps)] = NO
        told = trend(series, TIMES)
        assert told.slope == pytest.approx(rise, rel=1e-9, abs=1e-9)
        first = series[~np.isnan(series)][0]
        if abs(first) > 1:
            assert told.share == pytest.approx(rise / first, rel=1e-6, abs=1e-6)

    def test_least_squares(self) -> None:
        """Against numpy's solver, on a series that is no line."""
        series = np.array([3.0, 1.0, NO, 7.0, 6.0])
        held = ~np.isnan(series)
        design = np.column_stack([np.ones(4), np.array(TIMES)[held] - 2015])
        [level, rise], *_ = np.linalg.lstsq(design, series[held])
        told = trend(series, TIMES)
        assert told == pytest.approx((rise, rise / level), rel=1e-12)

    @pytest.mark.parametrize("series", [[], [5.0], [NO, 5.0], [NO, NO]])
    def test_no_line_is_defined(self, series: list[float]) -> None:
        assert np.isnan(trend(np.array(series), range(len(series)))).all()

    def test_a_line_from_zero_has_no_share(self) -> None:
        told = trend(np.array([0.0, 2.0]), [2000, 2001])
        assert told.slope == 2
        assert np.isnan(told.share)
