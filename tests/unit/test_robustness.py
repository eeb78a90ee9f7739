"""The whole of ``robustness``: what is told or left out and why, seeds, jobs, interruption."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from stiscore.analysis.evaluated import Evaluated
from stiscore.analysis.uncertainty import enough as tolerances
from stiscore.analysis.uncertainty.robustness import Robustness, robustness, variants_planned
from stiscore.robust.draws import Block
from stiscore.robust.engine import Outcome, Work, one_block
from tests import made, varied

WEIGHTS: dict[str, Any] = {"id": "w", "kind": "weights", "spread": 0.5}
METHODS: dict[str, Any] = {
    "id": "m",
    "kind": "methods",
    "in_evaluate": False,
    "alternatives": [["aggregate.level2=geometric"]],
}
BLOCK = 8192


def table(*factors: dict[str, Any], units: int = 7) -> Evaluated:
    framework = varied.two_areas(uncertainty={"factors": list(factors)})
    return varied.examined(framework, made.dataset(varied.grid(units, 2)))


def flat(**columns: Sequence[float]) -> Evaluated:
    """Indicators that are areas themselves, under the usual factors."""
    leaves = [made.leaf(i, goalposts=[0, 10]) for i in columns]
    return varied.examined(
        varied.lenient(made.framework(made.group("index", leaves))), made.dataset(columns)
    )


def told(evaluated: Evaluated, **options: Any) -> Robustness:
    found = robustness(evaluated, **{"draws": 500, "sample": 64, **options})
    assert found is not None
    return found


class Stop:
    """A progress that counts, and interrupts once ``limit`` variants are worked out."""

    def __init__(self, limit: float = math.inf) -> None:
        self.limit, self.done = limit, 0

    def __call__(self, done: int) -> None:
        self.done += done
        if self.done >= self.limit:
            raise KeyboardInterrupt


def same(one: Robustness, other: Robustness) -> None:
    """Bytes of whatever was drawn, and all that follows from it."""
    for a, b in zip(one.ranges.outcome.kept, other.ranges.outcome.kept, strict=True):
        assert a.tobytes() == b.tobytes()
    for a, b in zip(one.ranges.outcome.shares, other.ranges.outcome.shares, strict=True):
        assert a.counts.tobytes() == b.counts.tobytes()
    assert one.shifts == other.shifts
    assert one.closeness == other.closeness
    assert (one.error, one.ranges.draws) == (other.error, other.ranges.draws)
    assert (one.sobol is None) == (other.sobol is None)
    if one.sobol is not None and other.sobol is not None:
        for a, b in zip(one.sobol.indices, other.sobol.indices, strict=True):
            assert np.asarray(a).tobytes() == np.asarray(b).tobytes()


def test_everything_over_all_factors() -> None:
    """Those that ``evaluate`` does not vary are varied here."""
    found = told(table(WEIGHTS, METHODS))
    assert [planned.factor.id for planned in found.ranges.plan.factors] == ["w", "m"]
    assert (found.ranges.draws, found.ranges.asked, found.ranges.seed) == (500, 500, 1)
    assert [shift.factor for shift in found.shifts] == ["w"] * 5 + ["m"]
    assert found.sobol is not None
    assert (found.sobol.factors, found.sobol.sample, found.sobol.runs) == (("w", "m"), 64, 256)
    assert found.sobol.rows == found.dominance.rows == found.ranges.rows
    assert [(c.above, c.below) for c in found.closeness] == [
        *zip(found.ranges.rows[:-1], found.ranges.rows[1:], strict=True)
    ]
    assert (found.no_sobol, found.no_closeness, found.interrupted) == (None, None, False)


def test_the_error_is_the_widest_share_s() -> None:
    found = told(table(WEIGHTS, METHODS), sobol=False)
    share = found.ranges.outcome.shares[0].counts / 500
    assert found.error == pytest.approx(np.sqrt(share * (1 - share) / 500).max())
    assert (found.tolerance, found.no_sobol) == (None, "off")


def test_jobs_and_seeds() -> None:
    evaluated = table(WEIGHTS, METHODS)
    one = told(evaluated, draws=BLOCK + 100, seed=7)
    same(one, told(evaluated, draws=BLOCK + 100, seed=7, jobs=2))
    other = told(evaluated, draws=BLOCK + 100, seed=8)
    assert one.ranges.index.tobytes() != other.ranges.index.tobytes()
    assert one.shifts != other.shifts


def test_interrupted_after_the_first_block() -> None:
    evaluated = table(WEIGHTS, METHODS)
    found = told(evaluated, draws=3 * BLOCK, progress=Stop(1))
    assert (found.interrupted, found.no_sobol, found.sobol) == (True, "interrupted", None)
    assert (found.ranges.draws, found.ranges.asked, found.shifts) == (BLOCK, 3 * BLOCK, ())
    assert len(found.closeness) == 6
    whole = told(evaluated, draws=BLOCK, sobol=False)
    assert found.error == whole.error
    for a, b in zip(found.ranges.outcome.shares, whole.ranges.outcome.shares, strict=True):
        assert a.counts.tolist() == b.counts.tolist()


def test_interrupted_within_a_block(monkeypatch: pytest.MonkeyPatch) -> None:
    def worked(work: Work, block: Block, seed: int, keep: int) -> Outcome:
        if block.number == 1:
            raise KeyboardInterrupt
        return one_block(work, block, seed, keep)

    monkeypatch.setattr("stiscore.robust.engine.one_block", worked)
    found = told(table(WEIGHTS, METHODS), draws=3 * BLOCK)
    assert (found.interrupted, found.no_sobol, found.shifts) == (True, "interrupted", ())
    assert found.ranges.draws == BLOCK


def test_interrupted_when_the_last_block_was_done() -> None:
    found = told(table(WEIGHTS, METHODS), sobol=False, progress=Stop(500))
    assert (found.interrupted, found.no_sobol, found.shifts) == (True, "off", ())
    assert found.ranges.draws == 500


def test_interrupted_in_the_sobol_indices() -> None:
    evaluated = table(WEIGHTS, METHODS)
    found = told(evaluated, progress=Stop(501))
    assert (found.interrupted, found.no_sobol, found.sobol) == (True, "interrupted", None)
    assert found.ranges.draws == 500
    assert found.shifts == told(evaluated, sobol=False).shifts


def test_interrupted_before_anything_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("stiscore.robust.engine.one_block", interrupt)
    with pytest.raises(KeyboardInterrupt):
        robustness(table(WEIGHTS, METHODS))


@pytest.mark.parametrize("sobol", [True, False])
@pytest.mark.parametrize("factors", [(WEIGHTS, METHODS), (WEIGHTS,), ()])
def test_progress_is_told_of_what_is_planned(
    factors: tuple[dict[str, Any], ...],
    sobol: bool,
) -> None:
    evaluated, progress = table(*factors), Stop()
    told(evaluated, draws=BLOCK + 5, sobol=sobol, progress=progress)
    extra = 4 * 64 if sobol and len(factors) == 2 else 0
    assert progress.done == BLOCK + 5 + extra
    assert variants_planned(evaluated, BLOCK + 5, sobol, 64) == progress.done


@pytest.mark.parametrize(("tolerance", "least"), [(0.02, 300), (0.004, BLOCK)])
def test_a_tolerance_is_reached(tolerance: float, least: int) -> None:
    evaluated = table(WEIGHTS, METHODS)
    found = told(evaluated, draws=100, sobol=False, tolerance=tolerance)
    assert least < found.ranges.draws <= math.ceil(0.25 / tolerance**2)
    assert found.ranges.asked == found.ranges.draws
    assert 0.9 * tolerance < found.error <= tolerance == found.tolerance
    again = told(evaluated, draws=100, sobol=False, tolerance=tolerance, jobs=2)
    same(found, again)


def test_a_tolerance_that_is_met_already_asks_for_no_more() -> None:
    found = told(table(WEIGHTS, METHODS), sobol=False, tolerance=0.2)
    assert found.ranges.draws == 500
    assert found.error < 0.2


def test_a_tolerance_allows_for_variants_that_fail() -> None:
    """Half of them give no ranks, so twice as many are needed."""
    lost = {
        "id": "lost",
        "kind": "methods",
        "alternatives": [["aggregate=geometric", "aggregate.floor=null"]],
    }
    a, b = [8.0, 4.0, 0.0], [4.0, 6.0, 1.0]
    framework = varied.two_areas(uncertainty={"factors": [WEIGHTS, lost]})
    close = made.dataset({"a1": a, "a2": a, "b1": b, "b2": b})
    found = told(varied.examined(framework, close), draws=1, sobol=False, tolerance=0.01)
    assert sum(failed.draws for failed in found.ranges.failed) > 0.45 * found.ranges.draws
    assert found.error <= 0.01


def test_a_tolerance_out_of_reach_ends_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tolerances, "MOST_DRAWS", 3000)
    for tolerance in (1e-6, 1e-200):
        found = told(table(WEIGHTS, METHODS), sobol=False, tolerance=tolerance)
        assert found.ranges.draws == 3000
        assert found.error > tolerance


def test_nothing_is_varied() -> None:
    evaluated = table()
    found = told(evaluated, tolerance=0.001)
    nominal = evaluated.group_ranks[:, -1]
    assert found.ranges.nodes["index"].ranks.tolist() == [[r, r] for r in nominal]
    assert (found.shifts, found.no_sobol, found.error) == ((), "factors", 0.0)
    assert found.ranges.draws == 500


def test_one_factor_has_no_indices() -> None:
    found = told(table(WEIGHTS))
    assert (found.sobol, found.no_sobol, len(found.shifts)) == (None, "factors", 5)


def test_too_few_rows_for_indices() -> None:
    evaluated = flat(a=[0, 6, 3], b=[9, 5, 7])
    framework = evaluated.scores.fitted.framework
    lost = [["aggregate=geometric", "aggregate.floor=null"]]
    factors = varied.factors({"kind": "methods", "alternatives": lost}, {"kind": "leave-out"})
    uncertainty = framework.varied.model_copy(update={"factors": factors})
    framework = framework.model_copy(update={"uncertainty": uncertainty})
    framework.__dict__.pop("varied", None)
    found = told(varied.examined(framework, evaluated.scores.data))
    assert (found.sobol, found.no_sobol, found.interrupted) == (None, "rows", False)
    assert [shift.why is None for shift in found.shifts] == [False, True, True]


def test_an_index_that_is_no_mean_of_its_areas() -> None:
    evaluated = table(WEIGHTS)
    framework = varied.lenient(evaluated.scores.fitted.framework, "aggregate=harmonic")
    found = told(varied.examined(framework, evaluated.scores.data))
    assert (found.closeness, found.no_closeness) == ((), "aggregation")
    assert found.dominance.over.shape == (7, 7)


def test_two_units() -> None:
    """The first is better in both areas: nothing moves it."""
    found = told(flat(a=[9, 5], b=[8, 4]))
    assert found.ranges.nodes["index"].ranks.tolist() == [[1, 1], [2, 2]]
    assert found.dominance.over.tolist() == [[False, True], [False, False]]
    assert [c.dominated for c in found.closeness] == [True]
    assert {shift.largest for shift in found.shifts} == {0}
    assert found.sobol is not None
    assert found.sobol.leaders == (None,) * 3
    assert found.error == 0


def test_all_level() -> None:
    found = told(flat(a=[5, 5, 5], b=[5, 5, 5]))
    assert found.ranges.nodes["index"].ranks.tolist() == [[1, 1]] * 3
    assert {shift.largest for shift in found.shifts} == {0}
    assert {shift.row for shift in found.shifts} == {None}
    assert not found.dominance.over.any()
    assert [c.moved for c in found.closeness] == [0.0, 0.0]


@pytest.mark.parametrize("columns", [{"a": [9.0], "b": [8.0]}, {"a": [9.0, np.nan]}])
def test_fewer_than_two_ranked_units(columns: dict[str, Sequence[float]]) -> None:
    evaluated = flat(**columns)
    assert robustness(evaluated, draws=10) is None
    assert variants_planned(evaluated, 10, sobol=True, sample=64) == 0


@pytest.mark.parametrize(
    "options", [{"draws": 0}, {"tolerance": 0.0}, {"tolerance": -1.0}, {"tolerance": math.nan}]
)
def test_what_cannot_be_drawn(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="cannot be worked out"):
        robustness(table(WEIGHTS), **options)


@pytest.mark.parametrize("sample", [-4, 0, 3, 1000])
def test_a_sample_that_is_no_power_of_two_is_refused_before_anything_is_drawn(sample: int) -> None:
    progress = Stop()
    with pytest.raises(ValueError, match=f"power of two, not {sample}"):
        robustness(table(WEIGHTS, METHODS), sample=sample, progress=progress)
    assert progress.done == 0
    assert told(table(WEIGHTS), draws=10, sample=sample, sobol=False).sobol is None


def test_every_variant_failed() -> None:
    """Of a single one, as chance has it."""
    lost = {
        "id": "lost",
        "kind": "methods",
        "alternatives": [["aggregate=geometric", "aggregate.floor=null"]],
    }
    columns = varied.grid(5, 2)
    columns["a1"][0] = columns["a2"][0] = 0.0
    framework = varied.two_areas(uncertainty={"factors": [WEIGHTS, lost]})
    evaluated = varied.examined(framework, made.dataset(columns))
    found = [told(evaluated, draws=1, seed=seed, sobol=False) for seed in range(20)]
    failed = [each for each in found if each.ranges.failed]
    assert 0 < len(failed) < 20
    for each in found:
        assert math.isnan(each.error) == (each in failed)
        assert len(each.shifts) == 6
