"""Sobol' indices of the ranks of 31 units on 40 weights, beside bare numpy and SALib."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bench.peers import there
from stiscore.methods.aggregate import Arithmetic
from stiscore.methods.climb import Bough
from stiscore.robust.blas import one_thread
from stiscore.robust.draws import Even
from stiscore.robust.effects import Effect, laid_out
from stiscore.robust.engine import Configuration, Work, scored
from stiscore.robust.ranking import ranks
from stiscore.robust.sobol import Design, design, indices, mixed
from stiscore.robust.tree import Setting

Call = Callable[[], object]
UNITS, FACTORS, ROWS, BOOTSTRAPS = 31, 40, 1_024, 100
TIE = 1e-9
VALUES = np.random.default_rng(1).uniform(0, 100, (UNITS, FACTORS))
# Sample A, sample B, and A with one column after the other from B.
TAKEN = (range(0), range(FACTORS), *(range(f, f + 1) for f in range(FACTORS)))


def calls() -> dict[str, Call]:
    """What runs against what."""
    made = design(ROWS, FACTORS, 1)
    told: dict[str, Call] = {"limit": lambda: _limit(made), "stiscore": lambda: _ours(made)}
    if there("SALib", "test"):
        told["SALib, indices of one"] = _by_salib(made)
    return told


def _by_salib(made: Design) -> Call:
    from SALib.analyze import sobol

    problem = {
        "num_vars": FACTORS,
        "names": [str(f) for f in range(FACTORS)],
        "bounds": [[0, 1]] * FACTORS,
    }
    runs = np.stack([_plainly(mixed(made, taken)) for taken in TAKEN])
    # Row by row: A, the mixtures, B.
    one = np.concatenate([runs[:1], runs[2:], runs[1:2]])[:, :, 0].T.ravel()
    options = {"calc_second_order": False, "num_resamples": BOOTSTRAPS, "seed": 1}
    return lambda: sobol.analyze(problem, one, **options)


def _ours(made: Design) -> object:
    places, everyone = tuple(range(FACTORS)), np.ones((UNITS, FACTORS + 1), dtype=np.bool_)
    bough = Bough(FACTORS, places, (1.0,) * FACTORS, Arithmetic())
    setting = Setting(VALUES, (bough,), FACTORS, everyone, fills=False, tie=TIE)
    effects = tuple(Effect(f, "weights", Even(1, 0.5), (f,)) for f in places)
    work = Work(effects, {(): Configuration(setting)}, (FACTORS,), UNITS, UNITS, FACTORS + 1)
    outputs = np.empty((len(TAKEN), ROWS, UNITS))
    with one_thread():
        for run, taken in enumerate(TAKEN):
            told = scored(work, laid_out(effects, mixed(made, taken)), ROWS)
            outputs[run] = ranks(told.scores[0], TIE)
    return indices(outputs[0], outputs[1], outputs[2:], bootstraps=BOOTSTRAPS)


def _plainly(cube: np.ndarray) -> np.ndarray:
    """Ranks (rows, units) at points of the unit cube; no ties, nothing missing."""
    weights = cube + 0.5
    order = np.argsort(-(weights @ VALUES.T), axis=1)
    told = np.empty(order.shape)
    np.put_along_axis(told, order, np.arange(1.0, UNITS + 1)[None, :], axis=1)
    return told


def _limit(made: Design) -> object:
    with one_thread():
        a, b = (_plainly(mixed(made, taken)) for taken in TAKEN[:2])
        mean, drawn = (a.mean(axis=0) + b.mean(axis=0)) / 2, np.random.default_rng(1)
        counts = np.stack(
            [np.bincount(drawn.integers(0, ROWS, ROWS), minlength=ROWS) for _ in range(BOOTSTRAPS)]
        ).astype(np.float64)
        spread = counts @ ((a - mean) ** 2 + (b - mean) ** 2) / (2 * ROWS)
        told = []
        for taken in TAKEN[2:]:
            moved = _plainly(mixed(made, taken)) - a
            terms = np.concatenate([(b - mean) * moved, moved * moved / 2], axis=1)
            sums = np.sort(counts @ terms / ROWS / np.tile(spread, 2), axis=0)
            told.append((terms.mean(axis=0), sums[5], sums[94]))
        return told
