"""Sobol' indices of ranks: which factor the ranks of a table depend on most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from stiscore.analysis.uncertainty.plan import Plan
from stiscore.analysis.uncertainty.standings import baseline, mean_moves, moves, standings
from stiscore.analysis.uncertainty.variants import Variants
from stiscore.methods.base import Array
from stiscore.robust.draws import Block, blocks
from stiscore.robust.effects import Effect, laid_out
from stiscore.robust.engine import Progress
from stiscore.robust.sobol import Design, Indices, design, indices, leader, mixed

# Why there are no indices: keys of the words that say so.
Reason = Literal["off", "factors", "columns", "rows", "interrupted"]
# Two samples share one sequence, whose direction numbers end here.
MOST_COLUMNS = 21_201 // 2
# Outputs whose indices are worked out at once: a few tens of MiB.
_TOGETHER = 512

# Every run's ranks are kept until the last is there; half the room of the usual ones.
Runs = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Sensitivity:
    """Sobol' indices: how much of an output's variance over the variants each factor accounts for.

    ``factors``: ids, in the order of the indices. ``rows``: outputs beyond the first, which is the
    mean absolute rank shift; each is the rank of that row. A ranked row that has no rank in some
    variant has no indices and is not among them. ``leaders``: by output the factor whose total
    index lies above all others', None where intervals overlap. ``sample``: rows of the design,
    ``runs``: variants worked out. ``share``: what share of the bootstraps an interval holds.
    """

    factors: tuple[str, ...]
    rows: tuple[int, ...]
    indices: Indices
    leaders: tuple[str | None, ...]
    sample: int
    runs: int
    bootstraps: int
    share: float


def hindrance(plan: Plan) -> Reason | None:
    """Why no indices can be worked out for these factors, None where they can."""
    if len(plan.factors) < 2:
        return "factors"
    return "columns" if sum(e.source.dims for e in plan.effects) > MOST_COLUMNS else None


def runs(plan: Plan, sample: int) -> int:
    """How many variants a design of ``sample`` rows comes to."""
    return (len(plan.factors) + 2) * sample


def sensitivity(
    variants: Variants,
    sample: int,
    seed: int,
    *,
    bootstraps: int = 100,
    progress: Progress | None = None,
) -> Sensitivity | None:
    """Indices of the mean absolute rank shift and of every ranked row's rank.

    ``sample``: rows of the design, a power of two (else ValueError). A row is left out of
    everything where one of its variants ranks nobody; None where less than half are left.
    ``progress`` is told of variants as they are worked out. Same seed, same bytes.
    """
    effects = variants.plan.effects
    made = design(sample, sum(e.source.dims for e in effects), seed)
    ranked, shifts = _worked(variants, made, progress)
    usable = ~np.isnan(shifts).any(axis=0)
    if 2 * usable.sum() < sample:
        return None
    ranked, shifts = ranked[:, usable], shifts[:, usable]
    steady = np.flatnonzero((ranked > 0).all(axis=(0, 1)))
    share = variants.evaluated.scores.fitted.framework.varied.share
    told = _indices(ranked, shifts, steady, (bootstraps, share, seed))
    factors = tuple(planned.factor.id for planned in variants.plan.factors)
    return Sensitivity(
        factors=factors,
        rows=tuple(variants.rows[unit] for unit in steady),
        indices=told,
        leaders=tuple(_leaders(factors, told)),
        sample=sample,
        runs=runs(variants.plan, sample),
        bootstraps=bootstraps,
        share=share,
    )


def columns(effects: Sequence[Effect]) -> list[range]:
    """The columns of the unit cube that each factor takes."""
    ends = np.cumsum([0, *(e.source.dims for e in effects)]).tolist()
    return [range(first, end) for first, end in pairwise(ends)]


def _worked(variants: Variants, made: Design, progress: Progress | None) -> tuple[Runs, Array]:
    """Ranks (runs, rows of the design, units) and mean shifts (runs, rows): A, B, the mixtures."""
    effects, nominal = variants.plan.effects, baseline(variants)
    sample, dims = made.a.shape
    taken = [range(0), range(dims), *columns(effects)]
    ranked = np.empty((len(taken) * sample, variants.ranked), dtype=np.int32)
    shifts = np.empty(len(ranked))
    # Runs share blocks: a configuration costs the same for few variants as for many.
    for block in blocks(len(ranked), max(len(variants.rows), dims)):
        part = slice(block.first, block.first + block.size)
        cube = np.concatenate([*_cut(made, taken, block)])
        told = standings(variants, laid_out(effects, cube), block.size)
        ranked[part], shifts[part] = told, mean_moves(moves(told, nominal))
        if progress is not None:
            progress(block.size)
    shape = (len(taken), sample)
    return ranked.reshape(*shape, variants.ranked), shifts.reshape(shape)


def _cut(made: Design, taken: Sequence[range], block: Block) -> Iterator[Array]:
    """The points of one block of all runs, one after another; each run has its columns from B."""
    sample = len(made.a)
    for run, from_b in enumerate(taken):
        first = max(0, block.first - run * sample)
        end = max(0, block.first + block.size - run * sample)
        yield mixed(Design(made.a[first:end], made.b[first:end]), from_b)


def _indices(
    ranked: Runs, shifts: Array, units: npt.NDArray[np.int64], resampling: tuple[int, float, int]
) -> Indices:
    """Indices of the mean shift and of the ranks of ``units``, side by side."""
    bootstraps, share, seed = resampling
    parts = [
        indices(y[0], y[1], y[2:], bootstraps=bootstraps, share=share, seed=seed)
        for y in _outputs(ranked, shifts, units)
    ]
    return Indices(
        first=np.hstack([part.first for part in parts]),
        total=np.hstack([part.total for part in parts]),
        first_low=np.hstack([part.first_low for part in parts]),
        first_high=np.hstack([part.first_high for part in parts]),
        total_low=np.hstack([part.total_low for part in parts]),
        total_high=np.hstack([part.total_high for part in parts]),
        used=parts[0].used,
        variance=np.hstack([part.variance for part in parts]),
    )


def _outputs(ranked: Runs, shifts: Array, units: npt.NDArray[np.int64]) -> Iterator[Array]:
    """(runs, rows, outputs), a few at a time."""
    yield shifts[:, :, None]
    for first in range(0, len(units), _TOGETHER):
        yield ranked[:, :, units[first : first + _TOGETHER]].astype(np.float64)


def _leaders(factors: Sequence[str], told: Indices) -> Iterator[str | None]:
    """By output the factor that stands out."""
    for low, high, total in zip(told.total_low.T, told.total_high.T, told.total.T, strict=True):
        first = leader(low, high, total)
        yield None if first is None else factors[first]
