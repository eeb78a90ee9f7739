"""Where most new observations would fall about a least squares fit, if they went as the others."""

from __future__ import annotations

from math import atan, cos, exp, lgamma, log, log1p, pi, sin, sqrt
from typing import NamedTuple

import numpy as np

from stiscore.methods.base import Array

# Columns of unit length whose own part is smaller than this say what the others say.
_DEPENDENT = 1e-7


class Band(NamedTuple):
    """The fit at a point and the two ends of the band about it; NaN where there is none."""

    middle: float
    low: float
    high: float


def new_unit_band(x: Array, y: Array, at: Array, share: float = 0.9) -> Band:
    """The band that holds ``share`` of new observations at a point, about a least squares fit.

    ``x``: (n, k) without a column of ones, ``y``: (n,), ``at``: (k,), of one that is not among
    them; nothing missing. With ``p = k + 1`` parameters and ``X`` as ``x`` with ones,
    ``fit +- t sqrt(1 + x0' (X'X)^-1 x0) s``, ``s^2`` the residual sum of squares by ``n - p`` and
    ``t`` Student's quantile with ``n - p`` degrees of freedom at ``(1 + share) / 2``. Exact where
    errors are normal and of one spread. Of the range of ``y``, and beyond it. NaN where
    ``n <= p`` or the columns depend on each other (a constant one depends on the ones).

    Reference: Draper and Smith (1998), Applied Regression Analysis, sections 3.1 and 5.1.

    >>> x, y = np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([0.0, 1.0, 1.0, 2.0])
    >>> [round(end, 4) for end in new_unit_band(x, y, np.array([1.5]))]
    [1.0, -0.0324, 2.0324]
    """
    n, k = x.shape
    nothing = Band(np.nan, np.nan, np.nan)
    if n <= k + 1:
        return nothing
    mean, from_mean = x.mean(axis=0), x - x.mean(axis=0)
    length = np.sqrt((from_mean**2).sum(axis=0))
    if (length <= _DEPENDENT * np.abs(mean)).any() or not length.all():
        return nothing
    q, r = np.linalg.qr(from_mean / length)
    if np.abs(np.diag(r)).min() < _DEPENDENT:
        return nothing
    middle, own = float(y.mean()), np.linalg.solve(r.T, (at - mean) / length)
    shares = q.T @ (y - middle)
    left = y - middle - q @ shares
    fit = middle + float(own @ shares)
    spread = sqrt(float(left @ left) / (n - k - 1) * (1 + 1 / n + float(own @ own)))
    half = t_quantile(n - k - 1, (1 + share) / 2) * spread
    return Band(fit, fit - half, fit + half)


def t_quantile(freedom: int, share: float) -> float:
    """Student's quantile at ``share`` (0.5-1, 1 not included) for a whole number of degrees.

    The finite sums for ``P(|T| < t)``, solved by Newton's steps from 0: they close in from one
    side, the distribution being concave there. scipy has it, and takes longer to import than a
    card to make.

    Reference: Abramowitz and Stegun (1964), 26.7.3 and 26.7.4.

    >>> round(t_quantile(1, 0.75), 12), round(t_quantile(25, 0.95), 6)
    (1.0, 1.708141)
    """
    odd = freedom % 2
    steps = np.arange(1, (freedom - odd) // 2)
    factors = np.cumprod((2 * steps - 1 + odd) / (2 * steps + odd))
    sums = np.concatenate(([1.0], factors)) if freedom > 1 else factors
    powers = 2 * np.arange(sums.size) + odd
    log_peak = lgamma((freedom + 1) / 2) - lgamma(freedom / 2) - log(freedom * pi) / 2
    t, last = 0.0, -1.0
    while t - last > 1e-15 * t:
        angle = atan(t / sqrt(freedom))
        within = sin(angle) * float(sums @ cos(angle) ** powers)
        within = 2 / pi * (angle + within) if odd else within
        density = exp(log_peak - (freedom + 1) / 2 * log1p(t * t / freedom))
        t, last = t + (2 * share - 1 - within) / (2 * density), t
    return t
