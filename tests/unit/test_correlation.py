"""Correlations and column statistics against their definitions, written out one pair at a time."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from stiscore.methods.correlation import (
    Correlation,
    Kind,
    correlate,
    kendall,
    p_values,
    pearson,
    spearman,
    told_apart,
)
from stiscore.methods.describe import describe, outlying

KINDS: tuple[Kind, ...] = ("pearson", "spearman", "kendall")
# Few different values, so that ties are common.
CELLS = st.one_of(st.just(math.nan), st.integers(-3, 3).map(float), st.floats(-9, 9, width=32))
TABLES = hnp.arrays(np.float64, st.tuples(st.integers(0, 9), st.integers(1, 4)), elements=CELLS)


def written_out(kind: Kind, x: list[float], y: list[float]) -> float:
    """The correlation of one pair of complete columns from its definition; NaN if undefined."""
    if kind == "kendall":
        return tau_b(x, y)
    if kind == "spearman":
        x, y = mean_ranks(x), mean_ranks(y)
    if len(set(x)) < 2 or len(set(y)) < 2:
        return math.nan
    n, mean_x, mean_y = len(x), math.fsum(x) / len(x), math.fsum(y) / len(y)
    both = math.fsum((x[i] - mean_x) * (y[i] - mean_y) for i in range(n))
    own = math.fsum((v - mean_x) ** 2 for v in x) * math.fsum((v - mean_y) ** 2 for v in y)
    return both / math.sqrt(own) if own else math.nan


def mean_ranks(values: list[float]) -> list[float]:
    return [sum(v < each for v in values) + (values.count(each) + 1) / 2 for each in values]


def tau_b(x: list[float], y: list[float]) -> float:
    pairs = list(combinations(range(len(x)), 2))
    signs = [(np.sign(x[i] - x[j]), np.sign(y[i] - y[j])) for i, j in pairs]
    whole = sum(a != 0 for a, _ in signs) * sum(b != 0 for _, b in signs)
    return sum(a * b for a, b in signs) / math.sqrt(whole) if whole else math.nan


@given(TABLES)
def test_every_pair_uses_the_rows_both_have(table: np.ndarray) -> None:
    for kind in KINDS:
        told = correlate(kind, table)
        for i in range(table.shape[1]):
            for j in range(table.shape[1]):
                rows = ~np.isnan(table[:, i]) & ~np.isnan(table[:, j])
                x, y = table[rows, i].tolist(), table[rows, j].tolist()
                wanted = written_out(kind, x, y)
                assert told.n[i, j] == rows.sum()
                # The definition, in plain floats, is itself off by what it loses in the mean.
                assert told.r[i, j] == pytest.approx(wanted, rel=1e-6, abs=1e-6, nan_ok=True)


@given(TABLES, st.integers(0, 2**32 - 1))
def test_order_of_rows_and_units_of_measurement_do_not_matter(table: np.ndarray, seed: int) -> None:
    mixed = np.random.default_rng(seed).permutation(table, axis=0)
    for kind in KINDS:
        once = correlate(kind, table).r
        np.testing.assert_allclose(correlate(kind, mixed).r, once, atol=1e-9)
        np.testing.assert_allclose(correlate(kind, table * 1024.0).r, once, atol=1e-12)
        np.testing.assert_allclose(correlate(kind, table, -table).r, -once, atol=1e-12)
        np.testing.assert_array_equal(once, once.T)
        assert (np.isnan(once.diagonal()) | (once.diagonal() == 1)).all()
        assert not (np.abs(once) > 1).any()


@pytest.mark.parametrize("kind", KINDS)
def test_right_columns_are_a_block_of_the_whole(kind: Kind) -> None:
    rng = np.random.default_rng(5)
    table = rng.normal(size=(40, 7))
    table[rng.random(table.shape) < 0.2] = np.nan
    block = correlate(kind, table[:, :3], table[:, 3:])
    whole = correlate(kind, table)
    np.testing.assert_allclose(block.r, whole.r[:3, 3:], rtol=1e-14)
    np.testing.assert_array_equal(block.n, whole.n[:3, 3:])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("scale", [1e-300, 1e-12, 1000.0, 1e300, 5e-324])
def test_magnitude_does_not_matter(kind: Kind, scale: float) -> None:
    x, y = np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, 3.0, 2.0, 4.0])
    r = correlate(kind, np.column_stack([x * scale, y])).r[0, 1]
    assert r == pytest.approx(2 / 3 if kind == "kendall" else 0.8, rel=1e-12)


def test_opposite_ends_of_the_range_of_floats() -> None:
    told = pearson(np.array([[-1.7e308, 1.0], [0.0, 2.0], [1.7e308, 3.0], [1e-300, 2.0]]))
    assert told.r[0, 1] == pytest.approx(1)
    far = kendall(np.array([[-1.7e308, 1.0], [1.7e308, 2.0], [0.0, 3.0]]))
    assert far.r[0, 1] == pytest.approx(1 / 3)


def test_small_differences_far_from_zero_are_kept() -> None:
    # Seven of them, so that their mean is no float.
    steps = np.array([0.0, 1.0, 2.0, 4.0, 0.0, 3.0, 2.0])
    far = np.column_stack([1e15 + steps, steps**2])
    near = np.column_stack([steps, steps**2])
    assert pearson(far).r[0, 1] == pytest.approx(pearson(near).r[0, 1], rel=1e-12)


def test_a_huge_value_outside_the_common_rows_loses_nothing() -> None:
    x = np.array([1.0, 2.0, 4.0, 7.0, 1e18])
    y = np.array([2.0, 1.0, 5.0, 6.0, np.nan])
    told = pearson(np.column_stack([x, y])).r[0, 1]
    assert told == pytest.approx(pearson(np.column_stack([x, y])[:4]).r[0, 1], rel=1e-14)


@pytest.mark.parametrize("units", [3, 6, 7, 31])
def test_a_constant_whose_mean_is_rounded_is_constant(units: int) -> None:
    columns = np.column_stack([np.full(units, 0.1), np.full(units, 1 / 3), np.arange(units)])
    assert np.isnan(pearson(columns).r[:, :2]).all()


@pytest.mark.parametrize("kind", KINDS)
def test_what_does_not_vary_has_none(kind: Kind) -> None:
    flat = np.column_stack([np.full(6, 0.1), np.arange(6.0), np.full(6, np.nan)])
    told = correlate(kind, flat)
    assert np.isnan(told.r[0]).all()
    assert np.isnan(told.r[2]).all()
    assert told.r[1, 1] == 1
    assert told.n.tolist() == [[6, 6, 0], [6, 6, 0], [0, 0, 0]]
    one_row = correlate(kind, np.array([[1.0, 2.0]]))
    assert np.isnan(one_row.r).all()


def test_units_must_be_the_same() -> None:
    for each in (pearson, spearman, kendall):
        with pytest.raises(ValueError, match="3 and 2 units"):
            each(np.ones((3, 1)), np.ones((2, 1)))


@given(st.floats(-1, 1))
@example(2.5e-8)
@example(1 - 1e-12)
def test_p_has_closed_forms_for_three_and_four_units(r: float) -> None:
    told = p_values(Correlation(np.array([r, r, r]), np.array([3, 4, 2])))
    # Student's t with one degree of freedom is Cauchy's; with two it is uniform in r.
    assert told[0] == pytest.approx(1 - 2 / math.pi * math.asin(abs(r)), abs=1e-7)
    assert told[1] == pytest.approx(1 - abs(r), rel=1e-9, abs=1e-18)
    assert np.isnan(told[2])


@pytest.mark.parametrize(("n", "r"), [(5, 0.878), (10, 0.632), (31, 0.355), (102, 0.195)])
def test_least_correlations_are_those_of_printed_tables(n: int, r: float) -> None:
    assert round(told_apart(n), 3) == r
    assert p_values(Correlation(np.array([told_apart(n)]), np.array([n])))[0] == pytest.approx(0.05)


def test_few_units_tell_little() -> None:
    assert math.isnan(told_apart(2))
    assert told_apart(3) > 0.99
    assert told_apart(3, "kendall") == 1
    assert told_apart(20, "kendall") == pytest.approx(1.96 * math.sqrt(90 / 3420), rel=1e-4)


@given(TABLES)
def test_columns_are_described_as_their_values_are(table: np.ndarray) -> None:
    told = describe(table)
    for j in range(table.shape[1]):
        held = sorted(v for v in table[:, j].tolist() if not math.isnan(v))
        assert (told.n[j], told.missing[j]) == (len(held), len(table) - len(held))
        assert told.unique[j] == len(set(held))
        assert told.same[j] == max((held.count(v) for v in held), default=0)
        assert told.zeros[j] == sum(v == 0 for v in held)
        ends = (told.least[j], told.median[j], told.q5[j], told.q95[j], told.greatest[j])
        if not held:
            assert all(map(math.isnan, (*ends, told.mean[j], told.sd[j], told.share_zero[j])))
            continue
        shares = (0, 0.5, 0.05, 0.95, 1)
        assert ends == pytest.approx([np.quantile(held, share) for share in shares], abs=1e-12)
        assert told.mean[j] == pytest.approx(math.fsum(held) / len(held), abs=1e-12)
        assert told.share_same[j] == told.same[j] / len(held)


def test_shape_follows_its_formulas() -> None:
    told = describe(np.array([[1.0], [2.0], [3.0], [np.nan], [10.0]]))
    # Worked out by hand: deviations -3, -2, -1, 6.
    assert told.sd[0] == pytest.approx(math.sqrt(50 / 3))
    assert told.skew[0] == pytest.approx(4 / 6 * (180 / (50 / 3) ** 1.5))
    fourth = (81 + 16 + 1 + 1296) / (50 / 3) ** 2
    assert told.kurtosis[0] == pytest.approx(20 / 6 * fourth - 27 / 2)


@pytest.mark.parametrize("scale", [1e-300, 1000.0, 1e300])
def test_shape_does_not_depend_on_magnitude(scale: float) -> None:
    values = np.array([[1.0], [2.0], [3.0], [np.nan], [10.0]])
    once, scaled = describe(values), describe(values * scale)
    assert scaled.skew[0] == pytest.approx(once.skew[0], rel=1e-12)
    assert scaled.kurtosis[0] == pytest.approx(once.kurtosis[0], rel=1e-12)
    assert scaled.q95[0] == pytest.approx(once.q95[0] * scale, rel=1e-12)


def test_outliers_take_skew_and_kurtosis_together() -> None:
    skew = np.array([2.0, -2.5, 1.9, 5.0, np.nan])
    kurt = np.array([3.5, 4.0, 9.0, 3.4, 9.0])
    assert outlying(skew, kurt).tolist() == [True, True, False, False, False]
    assert outlying(skew, kurt, most_skew=1.0)[2]
    assert outlying(skew, kurt, most_kurtosis=3.0)[3]
