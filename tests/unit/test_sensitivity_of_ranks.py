"""Sobol' indices of ranks: closed forms, SALib on an index, what is left out or must not matter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from stiscore.analysis.uncertainty import sensitivity as module
from stiscore.analysis.uncertainty.plan import Plan, Planned
from stiscore.analysis.uncertainty.sensitivity import Sensitivity, hindrance, runs, sensitivity
from stiscore.analysis.uncertainty.variants import Variants
from stiscore.framework.uncertainty import Weights
from stiscore.methods.base import Array
from stiscore.robust import draws
from stiscore.robust.draws import Even
from stiscore.robust.effects import Effect
from stiscore.robust.sobol import Indices, design, mixed
from stiscore.scores import rank
from tests import made, varied

SAMPLE = 256
WEIGHTS = {"kind": "weights", "spread": 0.5}
BELOW = {"kind": "weights", "of": "below", "spread": 0.25}
METHODS = {"kind": "methods", "alternatives": [["aggregate.level2=geometric"]]}
NOTHING = {"kind": "weights", "spread": 0.0}


def turned(indicator: str) -> dict[str, Any]:
    return {"kind": "directions", "indicators": [indicator]}


def grid(*told: dict[str, Any], units: int = 9) -> Variants:
    return varied.variants(varied.two_areas(), made.dataset(varied.grid(units, 4)), *told)


def flat(table: dict[str, Sequence[float]], *told: dict[str, Any]) -> Variants:
    """Indicators that are areas themselves, of equal weight."""
    leaves = [made.leaf(i, goalposts=[0, 10]) for i in table]
    framework = varied.lenient(made.framework(made.group("index", leaves)))
    return varied.variants(framework, made.dataset(table), *told)


def worked(variants: Variants, sample: int = SAMPLE, **options: Any) -> Sensitivity:
    told = sensitivity(variants, sample, 1, **options)
    assert told is not None
    return told


def same(one: Indices, other: Indices) -> bool:
    pairs = zip(one, other, strict=True)
    return all(np.asarray(a).tobytes() == np.asarray(b).tobytes() for a, b in pairs)


def test_two_directions_of_which_one_suffices_for_a_tie() -> None:
    """Both as wide: either turned makes the two units level, both turn them round.

    So the mean shift is half the number of turned ones, and the second unit's rank is 1 unless
    none is turned, the first one's unless both are.
    """
    table = {"a": [9.0, 5.0], "b": [6.0, 2.0]}
    told = worked(flat(table, turned("a"), turned("b")), 1024)
    assert (told.factors, told.rows, told.sample, told.runs) == (("f0", "f1"), (0, 1), 1024, 4096)
    np.testing.assert_allclose(told.indices.variance, [1 / 8, 3 / 16, 3 / 16], rtol=0.02)
    np.testing.assert_allclose(told.indices.first, [[1 / 2, 1 / 3, 1 / 3]] * 2, atol=0.03)
    np.testing.assert_allclose(told.indices.total, [[1 / 2, 2 / 3, 2 / 3]] * 2, atol=0.03)
    assert told.leaders == (None, None, None)


def test_a_factor_that_decides_alone() -> None:
    """The areas differ by 4 and by 0.5: only turning the first turns the units round."""
    told = worked(flat({"a": [9.0, 5.0], "b": [5.0, 5.5]}, turned("b"), turned("a"), NOTHING))
    expected = [[0.0] * 3, [1.0] * 3, [0.0] * 3]
    np.testing.assert_allclose(told.indices.total, expected, atol=0.01)
    assert told.indices.total[[0, 2]].tolist() == [[0.0] * 3] * 2
    assert told.indices.first[[0, 2]].tolist() == [[0.0] * 3] * 2
    assert told.leaders == ("f1", "f1", "f1")


def runs_by_hand(variants: Variants, sample: int) -> Array:
    """Outputs of A, of each mixture and of B, (runs, sample, outputs), one variant at a time."""
    effects = variants.plan.effects
    dims = [e.source.dims for e in effects]
    made_of = design(sample, sum(dims), 1)
    ends = np.cumsum([0, *dims])
    cubes = [made_of.a]
    cubes += [mixed(made_of, range(ends[f], ends[f + 1])) for f in range(len(dims))]
    cubes.append(made_of.b)
    nominal = np.arange(1, variants.ranked + 1)
    told = np.empty((len(cubes), sample, 1 + variants.ranked))
    for run, cube in enumerate(cubes):
        for row, point in enumerate(cube):
            values = {
                e.number: e.source.at(point[None, ends[f] : ends[f + 1]])
                for f, e in enumerate(effects)
            }
            ranks = rank(variants.at(values, 1).scores[0][0, : variants.ranked], 1e-7)
            told[run, row] = [np.abs(ranks - nominal).mean(), *ranks]
    return told


def test_salib_on_an_index() -> None:
    """The same runs, up to what SALib takes off and divides by; see test_sobol.py."""
    from SALib.analyze import sobol

    sample = 32
    variants = grid(WEIGHTS, METHODS, BELOW, {"kind": "leave-out"}, units=6)
    ours = worked(variants, sample, bootstraps=5).indices
    outputs = runs_by_hand(variants, sample)
    problem = {"num_vars": 4, "names": [*"wmbl"], "bounds": [[0, 1]] * 4}
    varying = np.flatnonzero(ours.variance)
    assert varying.size >= 5
    for at in varying:
        y = outputs[:, :, at]
        theirs = sobol.analyze(
            problem, y.T.ravel(), calc_second_order=False, num_resamples=2, seed=1
        )
        divided = 2 * sample / (2 * sample - 1)
        middle = (y[0].mean() + y[-1].mean()) / 2
        apart = (middle - y.mean()) * (y[1:-1] - y[0]).mean(axis=1) / ours.variance[at]
        np.testing.assert_allclose(theirs["ST"], ours.total[:, at] * divided, rtol=1e-9)
        np.testing.assert_allclose(
            theirs["S1"], (ours.first[:, at] + apart) * divided, rtol=1e-9, atol=1e-12
        )


def test_nothing_hangs_on_how_much_is_worked_out_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    variants = grid(WEIGHTS, METHODS, BELOW)
    whole = worked(variants, 1024).indices
    monkeypatch.setattr(draws, "_CELLS", 1)
    parts: list[int] = []
    assert same(worked(variants, 1024, progress=parts.append).indices, whole)
    assert (set(parts), sum(parts)) == ({256}, 5 * 1024)
    monkeypatch.setattr(module, "_TOGETHER", 2)
    cut = worked(variants, 1024)
    assert len(cut.rows) == 9
    for one, other in zip(cut.indices, whole, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12)


def test_who_leads_is_told_by_the_intervals_of_total_indices() -> None:
    told = worked(grid(WEIGHTS, METHODS, BELOW, {"kind": "leave-out"}))
    shares = told.indices
    expected = []
    for at in range(1 + len(told.rows)):
        best = int(shares.total[:, at].argmax())
        others = np.delete(shares.total_high[:, at], best)
        ahead = shares.total_low[best, at] > others.max()
        expected.append(f"f{best}" if ahead else None)
    assert told.leaders == tuple(expected)
    assert {None, "f3"} == {*expected}


def test_seeds() -> None:
    variants = grid(WEIGHTS, BELOW)
    one, again, other = (sensitivity(variants, 64, seed) for seed in (3, 3, 4))
    assert one is not None
    assert again is not None
    assert other is not None
    assert same(one.indices, again.indices)
    assert one.indices.total.tolist() != other.indices.total.tolist()


def test_bootstraps() -> None:
    """Intervals hold the share that the framework's ranges hold."""
    variants = grid(WEIGHTS, BELOW)
    told = worked(variants)
    assert (told.share, told.bootstraps) == (0.9, 100)
    framework = varied.two_areas(uncertainty={"share": 0.5, "factors": []})
    half = Variants.of(
        varied.examined(framework, made.dataset(varied.grid(9, 4))), varied.factors(WEIGHTS, BELOW)
    )
    narrow, wide = (one.indices for one in (worked(half), told))
    assert worked(half).share == 0.5
    apart = [(one.total_high - one.total_low)[:, 0] for one in (narrow, wide)]
    assert (apart[0] < 0.6 * apart[1]).all()
    none = worked(variants, bootstraps=0)
    assert np.isnan(none.indices.total_low).all()
    assert set(none.leaders) == {None}
    assert none.indices.total.tobytes() == told.indices.total.tobytes()


def failing(*others: list[str]) -> Variants:
    """A geometric mean that meets a zero, among other methods."""
    lost = ["aggregate=geometric", "aggregate.floor=null"]
    methods = {"kind": "methods", "alternatives": [lost, *others]}
    return flat({"a": [0.0, 6.0, 3.0], "b": [9.0, 5.0, 7.0]}, methods, WEIGHTS)


def test_rows_with_a_variant_that_failed_are_left_out() -> None:
    """One method in four fails: a row is kept where neither of its samples takes that one."""
    variants = failing(["aggregate=harmonic"], ["aggregate=mean-min"])
    told = worked(variants)
    made_of = design(SAMPLE, 3, 1)
    taken = [np.floor(4 * sample[:, 0]).astype(int) == 1 for sample in made_of]
    kept = int((~taken[0] & ~taken[1]).sum())
    assert SAMPLE / 2 < kept < 0.6 * SAMPLE
    assert told.indices.used == kept
    assert told.rows == (1, 2, 0)
    assert np.isfinite(told.indices.total[:, 0]).all()


def test_too_few_rows_are_left() -> None:
    assert sensitivity(failing(), SAMPLE, 1) is None


def test_a_unit_without_a_rank_in_some_variant_has_no_indices() -> None:
    table = {"a": [9.0, 6.0, np.nan], "b": [2.0, 7.0, 5.0]}
    told = worked(flat(table, {"kind": "leave-out", "nodes": ["b"]}, WEIGHTS))
    assert told.rows == (1, 0)
    assert told.indices.total.shape == (2, 3)
    assert told.indices.used == SAMPLE


def test_all_level() -> None:
    told = worked(flat({"a": [4.0, 4.0], "b": [6.0, 6.0]}, WEIGHTS, {"kind": "leave-out"}))
    assert told.indices.variance.tolist() == [0.0] * 3
    assert np.isnan(told.indices.total).all()
    assert told.leaders == (None,) * 3


def planned(*dims: int) -> Plan:
    effects = [Effect(n, "weights", Even(d, 0.1), tuple(range(d))) for n, d in enumerate(dims)]
    factors = [Planned(Weights(id=f"f{e.number}", spread=0.1), e) for e in effects]
    return Plan(tuple(factors), ())


@pytest.mark.parametrize(
    ("dims", "expected"),
    [
        ((), "factors"),
        ((7,), "factors"),
        ((20_000,), "factors"),
        ((1, 1), None),
        ((10_000, 600), None),
        ((10_000, 601), "columns"),
    ],
)
def test_hindrances(dims: tuple[int, ...], expected: str | None) -> None:
    assert hindrance(planned(*dims)) == expected


def test_a_design_has_no_more_columns() -> None:
    with pytest.raises(ValueError, match="21201"):
        design(1, module.MOST_COLUMNS + 1, 1)


def test_variants_of_a_design() -> None:
    assert runs(planned(3, 1, 4), 64) == 5 * 64


def test_a_sample_that_is_no_power_of_two() -> None:
    with pytest.raises(ValueError, match="power of two"):
        sensitivity(grid(WEIGHTS, BELOW), 100, 1)
