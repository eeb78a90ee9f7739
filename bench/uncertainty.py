"""Method variants beside bare numpy and their peers: wall seconds, everything in turn.

"Limit" is numpy doing the arithmetic and nothing else, in blocks as stiscore has them, on as many
threads. Peers come with the extra ``bench``; one that is not installed is left out and named.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from bench import asem
from bench.peers import there
from bench.race import alternate, race, table
from bench.sobol import calls as sobol
from stiscore.analysis.uncertainty.variants import Variants
from stiscore.framework.locate import shipped_samples
from stiscore.methods.aggregate import Arithmetic
from stiscore.methods.climb import Bough
from stiscore.robust.blas import one_thread
from stiscore.robust.draws import Dirichlet, blocks
from stiscore.robust.effects import Effect
from stiscore.robust.engine import Code, Configuration, Work, one_block
from stiscore.robust.engine import run as worked_out
from stiscore.robust.tree import Setting

Call = Callable[[], object]
# Draws, units and indicators, and by how much of the limit stiscore may be slower.
SHARES = (
    (10_000, (31, 40), 2.0),
    (10_000, (200, 60), 2.0),
    (1_000_000, (31, 40), 1.5),
    (1_000_000, (300, 40), 1.5),
)
BOOKS = {
    "provinces": "provinces_2022.xlsx",
    "economies": "economies_2022.xlsx",
    "31 x 33, invented": "provinces_full_invented.xlsx",
}


def run(runs: int) -> None:
    """Print every table."""
    _evaluate(runs)
    for draws, size, goal in SHARES:
        _shares(draws, size, goal, runs)
    _mixed(min(runs, 5))
    print("\nSobol': N = 1,024, 40 factors, 31 outputs, 100 bootstraps; goal: 1.5 x limit")
    print(table(alternate(sobol(), min(runs, 5), time.perf_counter), "limit"))


def _evaluate(runs: int) -> None:
    """What a thousand variants add to the whole process."""
    commands: dict[str, list[str]] = {}
    for name, file in BOOKS.items():
        book = str(Path(shipped_samples()) / file)
        begun = [sys.executable, "-m", "stiscore", "evaluate", book]
        commands |= {name: begun, f"{name}, none": [*begun, "--draws", "0"]}
    times = race(commands, runs)
    print("evaluate with its 1,000 variants and without, whole process; goal: 50 ms more")
    for name in BOOKS:
        pairs = zip(times[name], times[f"{name}, none"], strict=True)
        print(f"{name:26} {1000 * statistics.median(a - b for a, b in pairs):5.0f} ms more")
    print(table(times, "provinces, none"))


def _shares(draws: int, size: tuple[int, int], goal: float, runs: int) -> None:
    """Rank shares of flat Dirichlet weights, on several threads and on one."""
    values = np.random.default_rng(1).uniform(0, 100, size)
    work, parts = _flat(values), list(blocks(draws, size[0]))
    threads = min(4, os.cpu_count() or 1, len(parts))
    sizes = [part.size for part in parts]

    def alone() -> object:
        with one_thread():
            return sum(one_block(work, part, 1, 0).shares[0].counts for part in parts)

    runs = min(runs, 3 if draws * values.size > 10**9 else 11)
    peers = _peers(values, draws) if draws * values.size < 10**8 else {}
    print(f"\nrank shares, {draws:,} weight draws, {size[0]} x {size[1]}; goal: {goal} x limit")
    calls: dict[str, Call] = {
        "limit": lambda: _limit(values, sizes, threads),
        "stiscore": lambda: worked_out(work, draws, 1),
        **peers,
    }
    print(f"{threads} threads\n{table(alternate(calls, runs, time.perf_counter), 'limit')}")
    calls = {"limit": lambda: _limit(values, sizes, 1), "stiscore": alone}
    print(f"one thread\n{table(alternate(calls, runs, time.perf_counter), 'limit')}")


def _flat(values: np.ndarray) -> Work:
    """An index of one level whose weights are drawn evenly from all there are."""
    units, columns = values.shape
    places, weights = tuple(range(columns)), (1 / columns,) * columns
    bough = Bough(columns, places, weights, Arithmetic())
    scored = np.ones((units, columns + 1), dtype=np.bool_)
    setting = Setting(values, (bough,), columns, scored, fills=False, tie=1e-9)
    effect = Effect(0, "weights", Dirichlet(weights, float(columns)), places)
    ready: dict[Code, Configuration] = {(): Configuration(setting)}
    return Work((effect,), ready, (columns,), units, units, columns + 1)


def _limit(values: np.ndarray, sizes: list[int], threads: int) -> np.ndarray:
    """Weights that need no division, one product, one sort, one count."""
    units, columns = values.shape

    def block(number: int) -> np.ndarray:
        random = np.random.default_rng((1, number))
        weights = random.standard_exponential((sizes[number], columns))
        order = np.argsort(-(weights @ values.T), axis=1)
        cells = order * units + np.arange(units)
        return np.bincount(cells.ravel(), minlength=units * units)

    with one_thread(), ThreadPoolExecutor(threads) as executor:
        each = map if threads == 1 else executor.map
        told: np.ndarray = sum(each(block, range(len(sizes))), np.zeros(units * units, np.int64))
        return told


def _peers(values: np.ndarray, draws: int) -> dict[str, Call]:
    """SMAA of pysensmcda, with the same weights for all there is to it."""
    if not there("pysensmcda"):
        return {}
    import warnings

    from pymcdm.methods import WSM
    from pymcdm.normalizations import minmax_normalization
    from pysensmcda.smaa import smaa2

    weights = np.random.default_rng(1).dirichlet(np.ones(values.shape[1]), draws)
    types = np.ones(values.shape[1])

    def by_pysensmcda() -> object:
        with warnings.catch_warnings(action="ignore"):
            return smaa2(WSM(minmax_normalization), values, types, weights=weights)

    return {"pysensmcda": by_pysensmcda}


def _mixed(runs: int) -> None:
    """A thousand variants of everything at once, configurations prepared anew each time."""
    held = asem.evaluated()
    factors = held.scores.fitted.framework.varied.factors

    def ours() -> object:
        return Variants.of(held, factors).run(1_000, 1)

    print(
        f"\n{asem.UNITS} x {asem.LEAVES}, three levels: 1,000 variants of weights, normalisation,"
    )
    print("treatment, imputation and aggregation; goal: 0.5 s")
    print(table(alternate({"stiscore": ours}, runs, time.perf_counter), "stiscore"))
    command = asem.coinr_command()
    if not command:
        print("(R with COINr is not installed)")
        return
    print(table(race({"COINr, 100 variants": command}, 1), "COINr, 100 variants"))
