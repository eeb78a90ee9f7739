"""Moments of columns: certified data sets, other programs, and the far ends of the numbers."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stiscore.methods.moments import (
    added,
    deviation,
    kurtosis,
    mean,
    moments,
    shape,
    skewness,
    sums,
)

# NIST Statistical Reference Datasets, univariate: the data, certified mean and deviation.
NIST = {
    "NumAcc1": ([10000001.0, 10000003.0, 10000002.0], 10000002.0, 1.0),
    "NumAcc2": ([1.2, *[1.1, 1.3] * 500], 1.2, 0.1),
    "NumAcc3": ([1000000.2, *[1000000.1, 1000000.3] * 500], 1000000.2, 0.1),
    "NumAcc4": ([10000000.2, *[10000000.1, 10000000.3] * 500], 10000000.2, 0.1),
}


def exact_deviation(values: list[float]) -> float:
    """In whole fractions, of the numbers as the machine holds them."""
    held = [Fraction(v) for v in values]
    middle = sum(held) / len(held)
    return float(sum((v - middle) ** 2 for v in held) / (len(held) - 1)) ** 0.5


@pytest.mark.parametrize("name", NIST)
def test_certified_values(name: str) -> None:
    values, centre, spread = NIST[name]
    column = np.array(values)
    np.testing.assert_allclose(mean(column), centre, rtol=1e-15)
    # 10000000.1 is itself only held to nine digits of the part that varies.
    np.testing.assert_allclose(deviation(column), spread, rtol=1e-8)
    np.testing.assert_allclose(deviation(column), exact_deviation(values), rtol=1e-15)


COLUMNS = st.lists(st.floats(-1e6, 1e6, width=32), min_size=4, max_size=60)


@given(COLUMNS)
def test_as_pandas_gives_them(values: list[float]) -> None:
    told, series = moments(np.array(values)), pd.Series(values)
    if len(set(values)) == 1:
        assert told.deviation.item() == 0
        assert np.isnan([told.skew.item(), told.kurtosis.item()]).all()
        return
    np.testing.assert_allclose(told.mean, series.mean(), rtol=1e-9, atol=1e-9)
    if told.deviation.item() > 1e-3 * abs(told.mean.item()):
        np.testing.assert_allclose(told.deviation, series.std(), rtol=1e-9)
        np.testing.assert_allclose(told.skew, series.skew(), rtol=1e-7, atol=1e-7)
        np.testing.assert_allclose(told.kurtosis, series.kurt(), rtol=1e-7, atol=1e-7)


@given(COLUMNS, COLUMNS)
def test_parts_add_up_to_the_whole(one: list[float], other: list[float]) -> None:
    joined = shape(added(sums(np.array(one)), sums(np.array(other))))
    whole = moments(np.array(one + other))
    assert joined.n == whole.n
    np.testing.assert_allclose(joined.mean, whole.mean, rtol=1e-12, atol=1e-9)
    if whole.deviation.item() > 1e-6 * np.abs([*one, *other]).max():
        for name in ("deviation", "skew", "kurtosis"):
            np.testing.assert_allclose(
                getattr(joined, name), getattr(whole, name), rtol=1e-8, atol=1e-8
            )


@pytest.mark.parametrize("power", [-1000, -300, 300, 990])
def test_powers_of_two_change_no_bit(power: int) -> None:
    column = np.array([1.0, 2.5, -0.75, 4.0, 11.0, np.nan])
    told, scaled = moments(column), moments(np.ldexp(column, power))
    assert scaled.skew.tobytes() == told.skew.tobytes()
    assert scaled.kurtosis.tobytes() == told.kurtosis.tobytes()
    assert scaled.mean.tobytes() == np.ldexp(told.mean, power).tobytes()
    assert scaled.deviation.tobytes() == np.ldexp(told.deviation, power).tobytes()


def test_far_apart_magnitudes_are_finite() -> None:
    told = moments(np.array([[1e300, 1e300], [-1e300, 1.0], [1e-300, 2.0], [0.0, 3.0]]))
    assert np.isfinite(told).all()
    # One value against three that are alike beside it, whatever they are.
    np.testing.assert_allclose(told.skew[1], moments(np.array([1.0, 0, 0, 0])).skew)


def test_a_small_spread_on_a_great_level() -> None:
    close = np.array([2.0**52, 2.0**52 + 1, 2.0**52 + 3, 2.0**52 + 3])
    plain = np.array([0.0, 1.0, 3.0, 3.0])
    for name in ("deviation", "skew", "kurtosis"):
        np.testing.assert_allclose(
            getattr(moments(close), name), getattr(moments(plain), name), rtol=1e-12
        )


@pytest.mark.parametrize("value", [0.1, -1e300, 1e-300, 1 / 3, 0.0])
@pytest.mark.parametrize("times", [3, 7, 1001])
def test_constant_columns_have_no_shape(value: float, times: int) -> None:
    told = moments(np.full(times, value))
    assert told.mean == value
    assert told.deviation == 0
    assert np.isnan([told.skew, told.kurtosis]).all()


def test_how_many_values_each_needs() -> None:
    for n, there in enumerate(["", "m", "md", "mds", "mdsk"]):
        told = moments(np.array([*[1.0, 5.0, 2.0, 9.0][:n], np.nan]))
        assert told.n == n
        defined = [
            letter
            for letter, figure in zip("mdsk", told[1:], strict=True)
            if not np.isnan(figure.item())
        ]
        assert "".join(defined) == there


def test_columns_do_not_depend_on_their_neighbours() -> None:
    table = np.random.default_rng(5).lognormal(size=(300, 7))
    table[::9, 2] = np.nan
    whole = moments(table)
    for j in range(7):
        for figure, alone in zip(whole, moments(table[:, j]), strict=True):
            assert figure[j : j + 1].tobytes() == alone.tobytes()


def test_the_given_values_stay_untouched() -> None:
    for order in "CF":
        table = np.asarray(np.arange(8.0).reshape(4, 2), order=order)
        before = table.copy()
        skewness(table), kurtosis(table)
        assert table.tobytes() == before.tobytes()


def test_no_rows_and_no_columns() -> None:
    assert np.isnan(moments(np.empty((0, 2))).mean).all()
    assert moments(np.empty((3, 0))).n.shape == (0,)
