"""Errors of the figures in method variants: against simulated truth, bounds, one-sided ones."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from stiscore.analysis.uncertainty.ranges import ranges
from stiscore.dataset import Dataset
from stiscore.framework.model import Framework
from stiscore.methods.base import Array
from stiscore.robust.draws import generator
from tests.made import dataset, framework, group, leaf
from tests.unit.test_ranges import table, told_of
from tests.varied import examined, factors, lenient, scored, two_areas


def covered(made: Framework, truth: Array, errors: Array, tables: int) -> tuple[int, int]:
    """Of simulated tables how many intervals hold the true score, and how many there are.

    ``truth``: (units, columns). ``errors``: (units, columns, 2): standard errors below and above.
    """
    columns = ("a1", "a2", "b1", "b2")
    held = count = 0
    true = scored(made, dataset(dict(zip(columns, truth.T, strict=True)))).index
    random = np.random.default_rng(11)
    for number in range(tables):
        z = random.standard_normal(truth.shape)
        # A figure is above the truth by as much as the truth may be below the figure.
        read = truth + z * np.where(z > 0, errors[..., 0], errors[..., 1])
        data = replace(dataset(dict(zip(columns, read.T, strict=True))), errors=errors)
        told = ranges(examined(made, data), 400, number, factors=factors({"kind": "data-error"}))
        assert told is not None
        span = told.nodes["index"].scores
        held += int(((span[:, 0] <= true) & (true <= span[:, 1])).sum())
        count += len(true)
    return held, count


def wide(curve: str = "linear") -> Framework:
    """Goalposts so wide that no figure of the simulation is clipped."""
    areas = [
        group(a, [leaf(f"{a}{n}", goalposts=[0, 1000], curve=curve) for n in (1, 2)], w)
        for a, w in (("a", 1), ("b", 2))
    ]
    return framework(group("index", areas))


def near(held: int, count: int, share: float, slack: float = 0.0) -> bool:
    """Whether a count is that of a share, within four standard errors and ``slack``."""
    return abs(held / count - share) <= 4 * math.sqrt(share * (1 - share) / count) + slack


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    random = np.random.default_rng(2)
    truth = random.uniform(300, 700, (10, 4))
    errors = np.repeat(random.uniform(5, 30, (10, 4, 1)), 2, axis=2)
    held, count = covered(wide(), truth, errors, 120)
    # 400 variants place the ends with an error of their own: its share is below one per cent.
    assert near(held, count, 0.9, 0.01)


def test_intervals_under_a_curve_hold_it_as_often() -> None:
    random = np.random.default_rng(3)
    truth = random.uniform(300, 700, (10, 4))
    errors = np.repeat(random.uniform(5, 20, (10, 4, 1)), 2, axis=2)
    held, count = covered(wide("sqrt"), truth, errors, 80)
    assert near(held, count, 0.9, 0.015)


def test_intervals_of_uneven_errors_hold_it_about_as_often() -> None:
    random = np.random.default_rng(4)
    truth = random.uniform(300, 700, (10, 4))
    errors = random.uniform(5, 30, (10, 4, 2))
    held, count = covered(wide(), truth, errors, 80)
    assert near(held, count, 0.9, 0.03)


def errors_at(data: Dataset, row: int, column: int, below: float, above: float) -> Dataset:
    told = np.full((*data.values.shape, 2), np.nan)
    told[row, column] = below, above
    return replace(data, errors=told)


def spans(data: Dataset, made: Framework | None = None, draws: int = 4_000) -> Array:
    told = told_of(examined(made or wide(), data), {"kind": "data-error"}, draws=draws)
    return told.nodes["index"].scores


def test_a_symmetrical_error_is_as_wide_as_its_normal_distribution() -> None:
    data = errors_at(table(a1=[500.0] * 8), 3, 0, 30, 30)
    span = spans(data)
    held = examined(wide(), data).scores.index
    # a1 counts a half of a third: 30 in 1,000 is 3 points of its score.
    half = 1.6448536269514722 * 3 / 6
    # The 5 % point of n normal values has the error sqrt(p (1 - p) / n) over the density there.
    error = math.sqrt(0.05 * 0.95 / 4_000) / 0.10313564037537139 * 3 / 6
    assert abs(span[3, 0] - (held[3] - half)) < 4 * error
    assert abs(span[3, 1] - (held[3] + half)) < 4 * error
    others = [row for row in range(8) if row != 3]
    np.testing.assert_allclose(span[others, 0], held[others], rtol=1e-12)
    np.testing.assert_allclose(span[others, 1], held[others], rtol=1e-12)


def test_an_uneven_error_reaches_further_on_its_wider_side() -> None:
    data = errors_at(table(a1=[500.0] * 8), 3, 0, 10, 40)
    span, held = spans(data), examined(wide(), data).scores.index
    assert (held[3] - span[3, 0]) * 4 == pytest.approx(span[3, 1] - held[3], rel=0.15)
    one_sided = spans(errors_at(table(a1=[500.0] * 8), 3, 0, 0, 40))
    assert one_sided[3, 0] == pytest.approx(held[3], abs=1e-12)
    assert one_sided[3, 1] == pytest.approx(span[3, 1], rel=1e-9)


def test_a_wilson_interval_is_an_interval_of_its_own_ends() -> None:
    """3 of 10: Wilson's ends 10.78 and 60.32 % are 95 % ends; 90 % of the variants lie inside."""
    z = 1.959963984540054
    low, high = 10.779126740630097, 60.32218525388551
    data = errors_at(
        table(a1=[30.0] * 8, a2=[50.0] * 8, b1=[50.0] * 8, b2=[50.0] * 8),
        0,
        0,
        (30 - low) / z,
        (high - 30) / z,
    )
    made = framework(
        group("index", [leaf(n, goalposts=[0, 100], bounds=[0, 100]) for n in ("a1",)])
    )
    told = told_of(examined(made, data), {"kind": "data-error"}, draws=8_000)
    scores = told.index[:, told.rows.index(0)]
    inside = ((scores >= low) & (scores <= high)).mean()
    assert abs(inside - 0.95) < 4 * math.sqrt(0.95 * 0.05 / 8_000)
    ratio = 1.6448536269514722 / z
    span = told.nodes["index"].scores[0]
    assert span[0] == pytest.approx(30 - (30 - low) * ratio, abs=1)
    assert span[1] == pytest.approx(30 + (high - 30) * ratio, abs=1.5)


def test_figures_never_pass_their_bounds() -> None:
    made = framework(group("index", [leaf("a1", goalposts=[-50, 200], bounds=[0, 100])]))
    data = errors_at(dataset({"a1": [98.0, 50.0, 2.0]}), 0, 0, 40, 40)
    told = told_of(examined(made, data), {"kind": "data-error"}, draws=2_000)
    scores = told.index[:, told.rows.index(0)]
    assert scores.max() == pytest.approx((100 + 50) / 250 * 100)
    assert (scores >= (0 + 50) / 250 * 100 - 1e-9).all()
    at_bound = (scores >= scores.max() - 1e-9).mean()
    # From 98 on up: the normal tail above a twentieth of a standard error.
    assert abs(at_bound - 0.4801) < 4 * math.sqrt(0.25 / 2_000)


def test_bounds_of_the_level_go_before_those_of_the_indicator() -> None:
    scale = {"goalposts": [0, 200], "basis": "judgement", "bounds": [0, 110]}
    own = leaf("a1", bounds=[0, 100])
    own["levels"] = {"only": scale}
    data = errors_at(dataset({"a1": [98.0, 50.0]}), 0, 0, 40, 40)
    told = told_of(examined(framework(group("index", [own])), data), {"kind": "data-error"})
    assert told.index[:, told.rows.index(0)].max() == pytest.approx(55)


def test_well_separated_units_keep_their_ranks_and_close_ones_do_not() -> None:
    data = dataset({"a1": [900.0, 500.0, 499.0, 100.0]})
    made = framework(group("index", [leaf("a1", goalposts=[0, 1000])]))
    told = told_of(
        examined(made, data),
        {"kind": "data-error", "errors": {"a1": {"standard_error": 20}}},
        draws=1_000,
    )
    assert told.nodes["index"].ranks.tolist() == [[1, 1], [2, 3], [2, 3], [4, 4]]
    assert told.tiers.tolist() == [1, 2, 2, 3]
    assert abs(told.above(1, 2) - 0.5) < 0.1
    assert told.above(0, 3) == 1.0


@pytest.mark.parametrize("settings", [(), ("treat=iqr-fence",), ("normalise=min-max",)])
def test_errors_pass_through_treatment_and_scale_as_learned(settings: tuple[str, ...]) -> None:
    data = errors_at(table(a1=[1, 2, 3, 4, 5, 6, 7, 90.0]), 2, 0, 0.5, 0.5)
    made = lenient(two_areas(), *settings)
    held = examined(made, data)
    told = told_of(held, {"kind": "data-error"}, draws=300)
    at = told.rows.index(2)
    shift = generator(1, 0, 0).standard_normal((300, 1))[:, 0] * 0.5
    fitted = held.scores.fitted
    column = 3 + shift
    if fitted.treatments:
        column = fitted.treatments[0].apply(column)
    scores = fitted.maps[0].apply(column)
    own = held.scores.normalised[2]
    wanted = ((scores + 2 * own[1]) / 3 + 2 * (own[2] + own[3]) / 2) / 3
    np.testing.assert_allclose(told.index[:, at], wanted, rtol=1e-9)
