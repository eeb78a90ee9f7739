"""The band for a new unit: against a closed form, plain algebra and a simulation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stiscore.methods.band import new_unit_band, t_quantile
from stiscore.methods.base import Array


def test_one_column_by_hand() -> None:
    # y = 0 1 1 2 over x = 0 1 2 3: slope 0.6, residual sum 0.2, two degrees of freedom, so
    # s^2 = 0.1; at the mean 1 + 1/4, at 3 another 2.25 / 5. With two degrees of freedom
    # P(|T| < t) = t / sqrt(2 + t^2), so that t = u sqrt(2 / (1 - u^2)) for u = 0.9.
    x, y = np.arange(4.0)[:, None], np.array([0.0, 1.0, 1.0, 2.0])
    t = 0.9 * math.sqrt(2 / (1 - 0.9**2))
    for at, middle, more in ((1.5, 1.0, 0.0), (3.0, 1.9, 2.25 / 5)):
        half = t * math.sqrt(0.1 * (1 + 1 / 4 + more))
        band = new_unit_band(x, y, np.array([at]))
        assert band == pytest.approx((middle, middle - half, middle + half), rel=1e-12)


@given(st.integers(0, 10_000), st.integers(6, 60), st.integers(1, 3))
def test_against_the_normal_equations(seed: int, n: int, k: int) -> None:
    rng = np.random.default_rng(seed)
    x, at = rng.normal(3, 2, (n, k)), rng.normal(3, 2, k)
    y = x @ rng.normal(0, 1, k) + rng.normal(0, 1, n)
    ones, point = np.column_stack([np.ones(n), x]), np.concatenate([[1.0], at])
    inverse = np.linalg.inv(ones.T @ ones)
    slopes = inverse @ ones.T @ y
    variance = ((y - ones @ slopes) ** 2).sum() / (n - k - 1)
    half = t_quantile(n - k - 1, 0.95) * math.sqrt(variance * (1 + point @ inverse @ point))
    middle = float(point @ slopes)
    band = new_unit_band(x, y, at)
    assert band == pytest.approx((middle, middle - half, middle + half), rel=1e-8, abs=1e-8)


@given(st.integers(0, 10_000), st.floats(0.1, 100), st.floats(-100, 100))
def test_other_units_of_measure_give_the_same_band(seed: int, by: float, more: float) -> None:
    rng = np.random.default_rng(seed)
    x, y, at = rng.normal(0, 1, (30, 2)), rng.normal(0, 1, 30), rng.normal(0, 1, 2)
    band = new_unit_band(x, y, at)
    assert new_unit_band(x * by + more, y, at * by + more) == pytest.approx(band, rel=1e-6)


def test_nine_in_ten_new_units_fall_into_it() -> None:
    rng = np.random.default_rng(1)

    def units(count: int) -> tuple[Array, Array]:
        x = rng.normal(0, 1, (count, 2))
        return x, x @ np.array([2.0, -1.0]) + rng.normal(0, 3, count)

    held = 0
    for _ in range(4_000):
        (x, y), (at, own) = units(28), units(1)
        band = new_unit_band(x, y, at[0])
        held += band.low <= own[0] <= band.high
    # Within four standard deviations of a share of 4,000.
    assert held / 4_000 == pytest.approx(0.9, abs=4 * math.sqrt(0.09 / 4_000))


@pytest.mark.parametrize(
    "x",
    [
        np.column_stack([np.arange(30.0), np.full(30, 5.0)]),
        np.column_stack([np.arange(30.0), 2 * np.arange(30.0) - 7]),
        np.array([[1.0, 2.0], [2.0, 1.0], [3.0, 5.0]]),
    ],
    ids=["constant", "dependent", "few"],
)
def test_no_band_where_nothing_can_be_told_apart(x: Array) -> None:
    band = new_unit_band(x, np.arange(float(len(x))), x[0])
    assert np.isnan(band).all()


def test_a_perfect_fit_is_a_point() -> None:
    x = np.arange(10.0)[:, None]
    assert new_unit_band(x, 3 * x[:, 0] + 1, np.array([4.5])) == pytest.approx((14.5,) * 3)


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 5, 22, 25, 26, 99, 100, 1001])
@pytest.mark.parametrize("share", [0.5, 0.75, 0.9, 0.95, 0.975, 0.999])
def test_students_quantile(freedom: int, share: float) -> None:
    from scipy.special import stdtrit

    assert t_quantile(freedom, share) == pytest.approx(float(stdtrit(freedom, share)), rel=1e-10)
