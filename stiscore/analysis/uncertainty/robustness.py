"""Everything that is asked of a table's ranks: how far they depend on what, and on whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from stiscore.analysis.evaluated import Evaluated
from stiscore.analysis.uncertainty.enough import enough
from stiscore.analysis.uncertainty.pairs import Closeness, Dominance, closeness, dominance
from stiscore.analysis.uncertainty.plan import Plan, plan
from stiscore.analysis.uncertainty.ranges import Ranges, kept, told_of
from stiscore.analysis.uncertainty.sensitivity import (
    Reason,
    Sensitivity,
    hindrance,
    runs,
    sensitivity,
)
from stiscore.analysis.uncertainty.shifts import RankShift, rank_shifts
from stiscore.analysis.uncertainty.variants import Variants
from stiscore.robust.engine import Progress

__all__ = [
    "Closeness",
    "Dominance",
    "RankShift",
    "Robustness",
    "Sensitivity",
    "robustness",
    "variants_planned",
]


@dataclass(frozen=True, slots=True, eq=False)
class Robustness:
    """What ``stiscore robustness`` tells.

    ``ranges``: over all factors. ``error``: largest Monte Carlo standard error of a rank share of
    the index, 0-1; NaN where no variant gave a rank. ``tolerance``: what it was to stay under, None
    when nothing was asked. ``interrupted``: whether the run was stopped, so that what follows rests
    on fewer variants or is missing. ``no_sobol``: key of the reason why there are no indices
    (``off``, ``factors``: fewer than two, ``columns``: more than a design has, ``rows``: too few
    without a failed variant, ``interrupted``), ``no_closeness`` (``aggregation``) likewise; None
    where there are.
    """

    evaluated: Evaluated
    ranges: Ranges
    shifts: tuple[RankShift, ...]
    sobol: Sensitivity | None
    no_sobol: Reason | None
    dominance: Dominance
    closeness: tuple[Closeness, ...]
    no_closeness: str | None
    error: float
    tolerance: float | None
    interrupted: bool


@dataclass(slots=True)
class _Watched:
    """A run's progress, and whether whoever is told of it has had enough."""

    progress: Progress | None
    stopped: bool = False

    def __call__(self, done: int) -> None:
        """Hand on how many variants were worked out."""
        try:
            if self.progress is not None:
                self.progress(done)
        except KeyboardInterrupt:
            self.stopped = True
            raise


def robustness(
    evaluated: Evaluated,
    *,
    draws: int = 10_000,
    seed: int = 1,
    sobol: bool = True,
    sample: int = 1024,
    bootstraps: int = 100,
    tolerance: float | None = None,
    framed: bool = False,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Robustness | None:
    """Ranges, rank shifts, Sobol' indices, dominance and closeness over all of its factors.

    None with fewer than two ranked units. ``draws``: 1 or more; with a ``tolerance`` (0-1) as many
    more as bring the error under it, at most ten million. ``sample``: rows of the Sobol' design, a
    power of two. ``framed``: the scores stand on a saved frame. ``jobs``: processes of the random
    variants. ``progress`` is told of variants as they are worked out. Same seed, same bytes,
    whatever the jobs.

    Interrupted, it tells what is finished; KeyboardInterrupt where that is nothing. Raises
    ValueError for ``draws``, a ``tolerance`` or a ``sample`` that cannot be.
    """
    _check(draws, tolerance, sample if sobol else 1)
    if evaluated.ranked.sum() < 2:
        return None
    factors = evaluated.scores.fitted.framework.varied.factors
    variants = Variants.of(evaluated, factors, framed=framed)
    # Quick, so that nothing but the long runs is left to interrupt.
    pairs = _pairs(variants)
    wanted = draws if tolerance is None else enough(variants, draws, seed, tolerance)
    watched = _Watched(progress)
    outcome = variants.run(
        wanted, seed, keep=kept(variants, len(variants.groups)), jobs=jobs, progress=watched
    )
    why = _hindrance(variants.plan, sobol=sobol)
    if watched.stopped or outcome.draws < wanted:
        further = _Further((), None, why or "interrupted", interrupted=True)
    else:
        further = _further(variants, why, _Design(sample, seed, bootstraps), progress)
    return Robustness(
        evaluated=evaluated,
        ranges=told_of(variants, outcome, wanted, seed),
        error=outcome.shares[0].error(),
        tolerance=tolerance,
        **further._asdict(),
        **pairs._asdict(),
    )


def _check(draws: int, tolerance: float | None, sample: int) -> None:
    """Refuse what cannot be worked out, before anything long is."""
    if draws < 1 or not (tolerance is None or tolerance > 0):
        raise ValueError(f"{draws} variants with a tolerance of {tolerance} cannot be worked out")
    if sample < 1 or sample.bit_count() != 1:
        raise ValueError(f"the rows of a design are a power of two, not {sample}")


def variants_planned(
    evaluated: Evaluated,
    draws: int,
    sobol: bool,  # noqa: FBT001 - in the order robustness has them
    sample: int,
) -> int:
    """How many variants ``robustness`` will tell its progress of; a tolerance may ask for more."""
    if evaluated.ranked.sum() < 2:
        return 0
    made = plan(evaluated.scores, evaluated.scores.fitted.framework.varied.factors)
    return draws + (runs(made, sample) if _hindrance(made, sobol=sobol) is None else 0)


def _hindrance(made: Plan, *, sobol: bool) -> Reason | None:
    return hindrance(made) if sobol else "off"


class _Pairs(NamedTuple):
    """What is asked of pairs of units."""

    dominance: Dominance
    closeness: tuple[Closeness, ...]
    no_closeness: str | None


def _pairs(variants: Variants) -> _Pairs:
    scores, rows = variants.evaluated.scores, variants.rows[: variants.ranked]
    close = closeness(scores, rows)
    why = "aggregation" if close is None else None
    return _Pairs(dominance(scores, rows), close or (), why)


class _Design(NamedTuple):
    """How Sobol' indices are to be worked out."""

    sample: int
    seed: int
    bootstraps: int


class _Further(NamedTuple):
    """What follows the random variants, as far as there was time for it."""

    shifts: tuple[RankShift, ...]
    sobol: Sensitivity | None
    no_sobol: Reason | None
    interrupted: bool


def _further(
    variants: Variants, why: Reason | None, how: _Design, progress: Progress | None
) -> _Further:
    """Rank shifts and, unless there is a reason ``why`` not, Sobol' indices."""
    shifts: tuple[RankShift, ...] = ()
    try:
        shifts = rank_shifts(variants, how.seed)
        if why is not None:
            return _Further(shifts, None, why, interrupted=False)
        told = sensitivity(
            variants, how.sample, how.seed, bootstraps=how.bootstraps, progress=progress
        )
    except KeyboardInterrupt:
        return _Further(shifts, None, why or "interrupted", interrupted=True)
    return _Further(shifts, told, None if told else "rows", interrupted=False)
