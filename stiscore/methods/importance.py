"""How much a part decides a whole: what its weight comes to once correlations are counted in."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from stiscore.methods.base import Array
from stiscore.methods.correlation import pearson

# One bend for every four different values, and no more bends than this.
_VALUES_A_KNOT = 4
_MOST_KNOTS = 20
# Generalised cross-validation alone bends too readily in small samples (Kim and Gu 2004).
_PRICE = 1.4
_PENALTIES = 10.0 ** np.arange(6.0, -6.25, -0.25)


class MainEffect(NamedTuple):
    """``share`` of the variance, 0-1; ``freedom`` the smooth curve used (2: a straight line)."""

    share: float
    freedom: float
    n: int


def squared_correlation(part: Array, whole: Array) -> float:
    """Share of the variance of ``whole`` that a straight line in ``part`` explains, 0-1.

    Both (units,); units with both values count. NaN where either does not vary over them.

    Reference: Handbook (2008), step 7.

    >>> round(squared_correlation(np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 2.0])), 6)
    0.75
    """
    return float(pearson(part[:, None], whole[:, None]).r[0, 0]) ** 2


def main_effect(part: Array, whole: Array) -> MainEffect:
    """Squared correlation ratio: share of the variance of ``whole`` that ``part`` alone explains.

    Formula: ``V(E(whole | part)) / V(whole)``. The conditional mean is a penalised spline of
    straight pieces: a line and one bend for every four different values of ``part`` (at most 20),
    at their quantiles, the bends shrunk by the penalty with the least generalised cross-validation
    on a fixed grid, freedom counted 1.4 times. Nothing is random. Shapes: (units,) each. Missing
    values (NaN): units with both values count. Range 0-1, never below the squared correlation. NaN
    where either does not vary. Limits: sharp jumps are smoothed; with fewer than eight different
    values there is at most one bend and with fewer than four none, so that it is then the squared
    correlation; of unrelated columns it is about 1 / (n - 1) and not 0.

    Reference: Paruolo, Saisana and Saltelli (2013), Ratings and rankings: voodoo or science?,
    section 3; Ruppert, Wand and Carroll (2003), Semiparametric Regression, sections 3.5 and 5.3;
    Kim and Gu (2004), Smoothing spline Gaussian regression, for the 1.4.

    >>> x = np.linspace(-1, 1, 41)
    >>> round(squared_correlation(x, x * x), 3), round(main_effect(x, x * x).share, 2)
    (0.0, 1.0)
    """
    held = ~(np.isnan(part) | np.isnan(whole))
    n = int(held.sum())
    x, y = _unit(part[held]), _unit(whole[held])
    if n < 2 or x.max() == x.min() or y.max() == y.min():
        return MainEffect(float("nan"), float("nan"), n)
    # Sums in one order, so that the order of the units changes no bit.
    order = np.lexsort((y, x))
    x, y = x[order], y[order]
    line, bends = _line(x), _bends(x)
    y = y - y.mean()
    along = line.T @ y
    rest = y - line @ along
    shrunk, freedom = _curve(bends - line @ (line.T @ bends), rest)
    share = (float(along @ along) + float(shrunk @ shrunk)) / float(y @ y)
    return MainEffect(min(1.0, share), freedom, n)


def _unit(values: Array) -> Array:
    """Values brought to 0-1; all zero where they do not vary."""
    if not values.size:
        return values
    near = np.ldexp(values, -np.frexp(np.abs(values).max())[1])
    low, span = near.min(), near.max() - near.min()
    moved: Array = (near - low) / span if span > 0 else np.zeros_like(near)
    return moved


def _line(x: Array) -> Array:
    """The mean and the slope as two orthonormal columns."""
    off = x - x.mean()
    return np.column_stack([np.full(x.size, x.size**-0.5), off / np.sqrt(off @ off)])


def _bends(x: Array) -> Array:
    """``max(0, x - knot)`` for each knot, (units, knots)."""
    different = np.unique(x)
    count = min(_MOST_KNOTS, different.size // _VALUES_A_KNOT)
    places = np.arange(1, count + 1) / (count + 1) * (different.size - 1)
    knots = np.interp(places, np.arange(different.size), different)
    bent: Array = np.maximum(0.0, x[:, None] - knots)
    return bent


def _curve(bends: Array, rest: Array) -> tuple[Array, float]:
    """What the shrunk bends explain of ``rest``, in orthonormal directions, and the freedom used.

    Both are free of the line already. The stiffest of equally good penalties is taken; the first
    candidate is the line itself.
    """
    n = rest.size
    directions, sizes, _ = np.linalg.svd(bends, full_matrices=False)
    along = directions.T @ rest
    squares = sizes**2
    top = squares.max(initial=0.0)
    whole, best, chosen = float(rest @ rest), np.inf, np.zeros_like(along)
    for penalty in (np.inf, *(_PENALTIES * top)):
        kept = squares / (squares + penalty) if top > 0 else np.zeros_like(squares)
        left = n - _PRICE * (2 + float(kept.sum()))
        if left <= 0:
            break
        missed = max(0.0, whole - float((kept * (2 - kept) * along**2).sum()))
        if missed / left**2 < best * (1 - 1e-9):
            best, chosen = missed / left**2, kept
    return chosen * along, 2 + float(chosen.sum())
