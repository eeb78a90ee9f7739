"""Many variants at once: block by block their scores, the ranks counted, the scores kept.

A block is the same whoever works on it, so threads, processes and machines change no byte.
"""

from __future__ import annotations

import math
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from stiscore.methods.base import Array, Mask
from stiscore.robust.blas import one_thread
from stiscore.robust.draws import Block, Choice, Choices, blocks
from stiscore.robust.effects import Effect, Values, codes, distinct, drawn, multipliers
from stiscore.robust.memory import keep_freed
from stiscore.robust.ranking import RankShares, tally
from stiscore.robust.tree import Setting, climb_variants

# A configuration by its choices.
Code = tuple[int, ...]
Progress = Callable[[int], None]
# Figures shifted by their errors: by leaf, from values of the noise to normalised scores.
Shift = Callable[[Array], Mapping[int, Array]]


@dataclass(frozen=True, slots=True, eq=False)
class Configuration:
    """One configuration: what its variants have in common, and how errors shift its figures.

    ``on_scale``: whether its scores can be put into one range with the framework's own.
    """

    setting: Setting
    on_scale: bool = True
    shift: Shift | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """All that a block of variants needs.

    ``configurations``: by code; one that is not there cannot be computed. ``groups``: the nodes
    whose scores are wanted, the index first. ``ranked``: the first so many units are ranked, the
    others only scored. ``nodes``: how many the tree has.
    """

    effects: tuple[Effect, ...]
    configurations: Mapping[Code, Configuration]
    groups: tuple[int, ...]
    units: int
    ranked: int
    nodes: int


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Scores of a run of variants.

    ``scores``: by group (draws, units), NaN where a unit has none. ``on_scale``: (draws,).
    ``ties``: (draws,), scores this close are equal. ``failed``: how many variants of a
    configuration could not be computed.
    """

    scores: tuple[Array, ...]
    on_scale: Mask
    ties: Array
    failed: Counter[Code]


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What came of a run: counts of ranks by group, and the first scores as they are.

    ``kept``: by group (kept draws, units); ``on_scale``: (kept draws,). ``draws``: variants that
    were worked out, failed ones among them.
    """

    shares: tuple[RankShares, ...]
    kept: tuple[Array, ...]
    on_scale: Mask
    draws: int
    failed: Counter[Code]


def needed(effects: Sequence[Effect], draws: int, units: int, seed: int) -> list[Code]:
    """The configurations that a run meets, each once."""
    settings = [e for e in effects if e.kind == "setting"]
    if not settings:
        return [()]
    told: set[Code] = set()
    sources = [e.source for e in settings if isinstance(e.source, Choice)]
    every = math.prod(len(source.shares) ** source.dims for source in sources)
    for block in blocks(draws, units):
        told.update(distinct(codes(settings, drawn(settings, seed, block)))[0])
        # Mostly all are met in the first block, and a long run has many.
        if len(told) == every:
            break
    return sorted(told)


def scored(work: Work, values: Values, draws: int) -> Scored:
    """Scores of the variants that ``values`` stand for."""
    out = tuple(np.empty((draws, work.units)) for _ in work.groups)
    on_scale, ties = np.ones(draws, dtype=np.bool_), np.zeros(draws)
    failed: Counter[Code] = Counter()
    for code, rows in _by_code(work, values, draws):
        made, size = work.configurations.get(code), len(ties[rows])
        if made is None:
            failed[code] += size
            for held in out:
                held[rows] = np.nan
            continue
        part = {number: given[rows] for number, given in values.items()}
        for held, scores in zip(out, _climbed(work, made, part, size), strict=True):
            held[rows] = scores
        on_scale[rows], ties[rows] = made.on_scale, made.setting.tie
    return Scored(out, on_scale, ties, failed)


def _climbed(work: Work, made: Configuration, values: Values, draws: int) -> list[Array]:
    """Scores of variants of one configuration, by group (draws, units) or (1, units)."""
    factors = multipliers(work.effects, values, draws, work.nodes, made.setting.boughs)
    noise = [values[e.number] for e in work.effects if e.kind == "noise"]
    shifted = made.shift(noise[0]) if noise and made.shift else None
    return climb_variants(made.setting, factors, work.groups, shifted)


def _by_code(work: Work, values: Values, draws: int) -> Iterator[tuple[Code, Choices | slice]]:
    """The variants of each configuration."""
    met, number = distinct(codes(work.effects, values))
    if len(met) == 1:
        yield met[0], slice(draws)
        return
    ends = np.cumsum(np.bincount(number))[:-1]
    yield from zip(met, np.split(np.argsort(number, kind="stable"), ends), strict=True)


def counted(told: Scored, ranked: int) -> tuple[RankShares, ...]:
    """Counts of the ranks of the first ``ranked`` units, by group."""
    # Mostly one throughout, which is told at a glance.
    alike = bool((told.ties == told.ties[:1]).all())
    ties = told.ties[:1].tolist() if alike else sorted(set(told.ties.tolist()))
    out = []
    for scores in told.scores:
        counts = np.zeros((ranked, ranked), dtype=np.int64)
        for tie in ties:
            # A copy of all rows would cost more than the count of a small table.
            part = scores if alike else scores[told.ties == tie]
            counts += tally(part[:, :ranked], tie)
        out.append(RankShares(counts, len(scores)))
    return tuple(out)


def run(
    work: Work,
    draws: int,
    seed: int,
    *,
    keep: int = 0,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Outcome:
    """Work out ``draws`` variants; the first ``keep`` of them keep their scores.

    ``jobs``: 1 works in threads of this process, more in as many processes (joblib). ``progress``
    is told of every block's size. Interrupted, it gives what was finished, block by block from the
    first.
    """
    keep_freed()
    tasks = list(blocks(draws, work.units))
    done: list[Outcome] = []
    try:
        with one_thread():
            for outcome in _worked(work, tasks, seed, keep, jobs):
                done.append(outcome)
                if progress is not None:
                    progress(outcome.draws)
    except KeyboardInterrupt:
        if not done:
            raise
    return _together(done)


def _worked(
    work: Work, tasks: Sequence[Block], seed: int, keep: int, jobs: int
) -> Iterator[Outcome]:
    """The outcome of every block, in order."""
    if jobs > 1:
        from joblib import Parallel, delayed

        pool = Parallel(n_jobs=jobs, return_as="generator")
        yield from pool(delayed(_alone)(work, task, seed, keep) for task in tasks)
        return
    threads = min(4, os.cpu_count() or 1, len(tasks))
    if threads <= 1:
        yield from (one_block(work, task, seed, keep) for task in tasks)
        return
    with ThreadPoolExecutor(threads) as executor:
        futures = [executor.submit(one_block, work, task, seed, keep) for task in tasks]
        try:
            yield from (future.result() for future in futures)
        finally:
            executor.shutdown(wait=True, cancel_futures=True)


def _alone(work: Work, block: Block, seed: int, keep: int) -> Outcome:
    """One block in a process of its own."""
    keep_freed()
    with one_thread():
        return one_block(work, block, seed, keep)


def one_block(work: Work, block: Block, seed: int, keep: int) -> Outcome:
    """One block, whoever works on it."""
    told = scored(work, drawn(work.effects, seed, block), block.size)
    room = max(0, min(block.size, keep - block.first))
    return Outcome(
        counted(told, work.ranked),
        # A view would hold the scores of the whole block.
        tuple(scores[:room].copy() for scores in told.scores),
        told.on_scale[:room].copy(),
        block.size,
        told.failed,
    )


def _together(done: Sequence[Outcome]) -> Outcome:
    shares = list(done[0].shares)
    for other in done[1:]:
        shares = [a + b for a, b in zip(shares, other.shares, strict=True)]
    kept = zip(*(outcome.kept for outcome in done), strict=True)
    return Outcome(
        tuple(shares),
        tuple(np.concatenate(each) for each in kept),
        np.concatenate([outcome.on_scale for outcome in done]),
        sum(outcome.draws for outcome in done),
        sum((outcome.failed for outcome in done), Counter()),
    )
