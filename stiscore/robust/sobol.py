"""Sobol' indices: how much of an output's variance over the variants each factor accounts for.

The model is run on two independent samples A and B of the factors, and once more for each factor
on A with that factor's values from B. Here are the samples and the indices; what the model is, is
the caller's.

References: Sobol' (1993); Saltelli et al. (2010), Variance based sensitivity analysis of model
output (first order, total: Jansen (1999)); Hyndman and Fan (1996), quantiles of type 7.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from stiscore.methods.base import Array, Mask
from stiscore.robust.blas import one_thread

# Relative to an output's size, a smaller standard deviation is rounding.
_ROUNDING = 1e-12


class Design(NamedTuple):
    """Two independent samples, (n, dims) each, in [0, 1): a column is one input of the model."""

    a: Array
    b: Array


class Indices(NamedTuple):
    """Shares of each output's variance, (factors, outputs), with their bootstrap intervals.

    ``first``: what goes with the factor alone; ``total``: what goes with it in any company. Both
    lie in 0 to 1 up to sampling error, which may put them outside. NaN for an output that does not
    vary. ``low`` and ``high`` are NaN without bootstraps. ``used``: rows behind them.
    ``variance``: (outputs,), of A and B together, 0 where the output does not vary.
    """

    first: Array
    total: Array
    first_low: Array
    first_high: Array
    total_low: Array
    total_high: Array
    used: int
    variance: Array


def design(n: int, dims: int, seed: int) -> Design:
    """Samples A and B from one scrambled Sobol' sequence of 2 ``dims`` columns.

    The same arguments give the same numbers. Raises ValueError unless ``n`` is a power of two, on
    which the sequence's evenness depends, and ``dims`` at least 1.

    >>> made = design(4, 3, seed=1)
    >>> made.a.shape, np.sort((made.a[:, 0] * 4).astype(int)).tolist()
    ((4, 3), [0, 1, 2, 3])
    """
    if n < 1 or n & (n - 1):
        raise ValueError(f"the number of rows must be a power of two, not {n}")
    if dims < 1:
        raise ValueError(f"a design needs at least one column, not {dims}")
    # Costs 0.7 s, which only a sensitivity analysis should wait for.
    from scipy.stats import qmc

    sequence = qmc.Sobol(d=2 * dims, scramble=True, rng=np.random.default_rng(seed))
    rows = sequence.random_base2(n.bit_length() - 1)
    return Design(np.ascontiguousarray(rows[:, :dims]), np.ascontiguousarray(rows[:, dims:]))


def mixed(design: Design, columns: Sequence[int]) -> Array:
    """Sample A, (n, dims), with ``columns``, all those of one factor, from sample B.

    >>> mixed(Design(np.zeros((1, 3)), np.ones((1, 3))), [0, 2])
    array([[1., 0., 1.]])
    """
    told = design.a.copy()
    chosen = list(columns)
    told[:, chosen] = design.b[:, chosen]
    return told


def indices(
    ya: Array, yb: Array, yab: Array, *, bootstraps: int = 100, share: float = 0.9, seed: int = 1
) -> Indices:
    """First-order and total indices of every factor for every output.

    Formula: ``first = mean(yB (yAB - yA)) / V`` and ``total = sum((yA - yAB)^2) / (2 N V)``, the
    outputs less their mean over A and B, ``V`` their sample variance (over 2 N - 1). Without
    taking the mean off, the first order would carry the mean times the noise of ``yAB - yA``.

    Shapes: ``ya`` and ``yb`` (n, outputs), ``yab`` (factors, n, outputs); any unit. Rows with a
    missing (NaN) or infinite value anywhere are left out of everything. Intervals hold the middle
    ``share`` of ``bootstraps`` resamples of the rows, type 7; resamples in which an output does
    not vary are left out of its own. Same arguments, same bytes, at any number of threads. Raises
    ValueError where the shapes do not fit, or ``share`` is not between 0 and 1.

    >>> made = design(1024, 2, seed=1)
    >>> model = lambda x: 10 + x @ np.array([[2.0], [1.0]])
    >>> told = indices(*map(model, made), np.stack([model(mixed(made, [c])) for c in (0, 1)]))
    >>> told.first.round(2).tolist(), told.total.round(2).tolist()
    ([[0.8], [0.2]], [[0.8], [0.2]])
    """
    if ya.ndim != 2 or ya.shape != yb.shape or yab.shape[1:] != ya.shape or yab.ndim != 3:
        raise ValueError(f"outputs of shapes {ya.shape}, {yb.shape} and {yab.shape} do not fit")
    if not 0 < share < 1:
        raise ValueError(f"the share of an interval lies between 0 and 1, not at {share}")
    a, b, mixes = _complete(ya, yb, yab)
    variance, varies = _spread(a, b)
    told = np.full((3, len(yab), 2, ya.shape[1]), np.nan)
    if varies.any():
        _fill(told, (a, b, mixes), np.where(varies, variance, np.nan), (bootstraps, share, seed))
    (first, total), (first_low, total_low), (first_high, total_high) = told.swapaxes(1, 2)
    intervals = (first_low, first_high, total_low, total_high)
    return Indices(first, total, *intervals, used=len(a), variance=variance)


def leader(low: Array, high: Array, value: Array) -> int | None:
    """The factor of the largest index, if its interval lies above every other factor's.

    (factors,) each, for one output. None where intervals touch or overlap, or one is NaN.

    >>> leader(np.array([0.1, 0.5]), np.array([0.4, 0.7]), np.array([0.2, 0.6]))
    1
    >>> leader(np.array([0.1, 0.3]), np.array([0.4, 0.7]), np.array([0.2, 0.6])) is None
    True
    """
    if not value.size or np.isnan([low, high, value]).any():
        return None
    best = int(value.argmax())
    return best if (low[best] > np.delete(high, best)).all() else None


def _complete(ya: Array, yb: Array, yab: Array) -> tuple[Array, Array, Array]:
    """The rows in which every output of every run is there.

    A and B come back row by row in memory: sums over rows would round differently otherwise.
    """
    there = np.isfinite(yab).all(axis=(0, 2))
    there &= np.isfinite(ya).all(axis=1) & np.isfinite(yb).all(axis=1)
    if not there.all():
        ya, yb, yab = ya[there], yb[there], yab[:, there]
    return np.ascontiguousarray(ya), np.ascontiguousarray(yb), yab


def _spread(a: Array, b: Array) -> tuple[Array, Mask]:
    """The variance of A and B together, 0 where it is rounding alone; where it is more."""
    both = np.concatenate([a, b])
    if not len(both):
        return np.zeros(a.shape[1]), np.zeros(a.shape[1], dtype=bool)
    variance = both.var(axis=0, ddof=1)
    varies = variance > np.square(_ROUNDING * np.abs(both).max(axis=0))
    return np.where(varies, variance, 0.0), varies


def _fill(
    told: Array,
    runs: tuple[Array, Array, Array],
    variance: Array,
    resampling: tuple[int, float, int],
) -> None:
    """Write into ``told``: (value, low, high) x factors x (first, total) x outputs."""
    # Its start-up costs 25 ms, and a product must not depend on how many threads share it.
    a, b, mixes = runs
    bootstraps, share, seed = resampling
    n, outputs = a.shape
    centre = (a.mean(axis=0) + b.mean(axis=0)) / 2
    centred = b - centre
    terms = np.empty((n, 2, outputs))
    with one_thread():
        counts = _counts(n, bootstraps, seed)
        spreads = _spreads(counts, a - centre, centred)
        for factor, mix in enumerate(mixes):
            moved = mix - a
            np.multiply(centred, moved, out=terms[:, 0])
            np.multiply(moved, moved / 2, out=terms[:, 1])
            told[0, factor] = terms.sum(axis=0) / (n * variance)
            if bootstraps:
                sums = (counts @ terms.reshape(n, -1)).reshape(bootstraps, 2, outputs)
                told[1:, factor] = _interval(sums / (n * spreads[:, None]), share)
    told[1:, ..., np.isnan(variance)] = np.nan


def _counts(n: int, bootstraps: int, seed: int) -> Array:
    """How often each row is in each resample, (bootstraps, n)."""
    drawn = np.random.default_rng(seed).integers(0, n, size=(bootstraps, n))
    drawn += n * np.arange(bootstraps)[:, None]
    told = np.bincount(drawn.ravel(), minlength=bootstraps * n)
    return told.reshape(bootstraps, n).astype(np.float64)


def _spreads(counts: Array, a: Array, b: Array) -> Array:
    """The variance of A and B in each resample, (bootstraps, outputs), NaN where there is none."""
    size = 2 * len(a)
    squares = counts @ (a * a + b * b)
    told = (squares - np.square(counts @ (a + b)) / size) / (size - 1)
    told[told <= _ROUNDING * squares / size] = np.nan
    return told


def _interval(drawn: Array, share: float) -> Array:
    """Quantiles of type 7 along axis 0 that enclose ``share``, those of what is not NaN: (2, ...).

    ``numpy.nanquantile`` does the same, one column at a time.
    """
    ordered = np.sort(drawn, axis=0)
    last = np.maximum(ordered.shape[0] - np.isnan(ordered).sum(axis=0) - 1, 0)
    told = np.empty((2, *last.shape))
    for place, tail in enumerate(((1 - share) / 2, (1 + share) / 2)):
        at = last * tail
        below = np.floor(at).astype(np.int64)
        low = np.take_along_axis(ordered, below[None], axis=0)[0]
        high = np.take_along_axis(ordered, np.minimum(below + 1, last)[None], axis=0)[0]
        told[place] = low + (high - low) * (at - below)
    return told
