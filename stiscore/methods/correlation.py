"""Correlations between columns over the rows that both have, with the number of those rows."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from stiscore.methods.agreement import Z95
from stiscore.methods.base import Array, Mask

Kind = Literal["pearson", "spearman", "kendall"]
Counts = npt.NDArray[np.int64]


class Correlation(NamedTuple):
    """``r``: (left columns, right columns), -1 to 1, NaN where undefined; ``n``: rows behind it."""

    r: Array
    n: Counts


def correlate(kind: Kind, left: Array, right: Array | None = None) -> Correlation:
    """The correlation of ``kind`` between columns; see ``pearson``, ``spearman``, ``kendall``.

    >>> float(correlate("kendall", np.array([[1.0, 1.0], [2.0, 8.0], [3.0, 9.0]])).r[0, 1])
    1.0
    """
    return {"pearson": pearson, "spearman": spearman, "kendall": kendall}[kind](left, right)


def pearson(left: Array, right: Array | None = None) -> Correlation:
    """Pearson's product-moment correlation of every column of ``left`` with every one of ``right``.

    Formula: ``sum (x - mean x)(y - mean y) / sqrt(sum (x - mean x)^2 sum (y - mean y)^2)``. Shapes:
    (units, columns) each, the same units; ``right`` None is ``left``. Range -1 to 1. Missing values
    (NaN): a pair uses the rows that both columns have, its means too. NaN with fewer than two such
    rows, or where one of the columns does not vary over them. Raises ValueError when the numbers of
    units differ.

    Reference: Pearson (1895); Handbook (2008), step 4.

    >>> pearson(np.array([[1.0, 2.0], [2.0, 1.0], [3.0, np.nan], [4.0, -1.0]])).r.round(12)
    array([[ 1., -1.],
           [-1.,  1.]])
    """
    return _by_column(left, right, ranked=False)


def spearman(left: Array, right: Array | None = None) -> Correlation:
    """Spearman's rank correlation: Pearson's of the ranks, ties sharing the mean of theirs.

    Shapes, range, missing values and errors as in ``pearson``; the rows that both columns have are
    ranked among themselves.

    Reference: Spearman (1904), The proof and measurement of association between two things.

    >>> round(float(spearman(np.array([[1.0, 5.0], [2.0, 6.0], [9.0, 6.0]])).r[0, 1]), 6)
    0.866025
    """
    return _by_column(left, right, ranked=True)


def kendall(left: Array, right: Array | None = None) -> Correlation:
    """Kendall's tau-b: pairs of rows in the same order less those in opposite order.

    Formula: ``(P - Q) / sqrt((P + Q + X)(P + Q + Y))`` with ``P`` and ``Q`` the concordant and
    discordant pairs of rows, ``X`` those tied in y alone and ``Y`` those tied in x alone. Shapes,
    range, missing values and errors as in ``pearson``. Time grows with the square of the units.

    Reference: Kendall (1945), The treatment of ties in ranking problems.

    >>> round(float(kendall(np.array([[1.0, 1.0], [2.0, 3.0], [3.0, 2.0]])).r[0, 1]), 6)
    0.333333
    """
    first, second = _alike(left, right)
    held, others = ~np.isnan(first), ~np.isnan(second)
    shape = (first.shape[1], second.shape[1])
    order, moved, met = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for lag in range(1, first.shape[0]):
        # Every pair of rows comes up once, at its distance; whole numbers, so sums are exact.
        x, here = _signs(first, held, lag)
        y, there = (x, here) if right is None else _signs(second, others, lag)
        order += x.T @ y
        moved += np.abs(x).T @ there
        met += here.T @ np.abs(y)
    with np.errstate(divide="ignore", invalid="ignore"):
        tau = order / np.sqrt(moved * met)
    return Correlation(np.clip(tau, -1.0, 1.0), _rows(held, others))


def p_values(correlation: Correlation) -> Array:
    """Two-sided p of Pearson correlations against none: how seldom chance alone gives as much.

    From Student's t with n - 2 degrees of freedom, ``t = r sqrt((n - 2) / (1 - r^2))``, as the
    regularised incomplete beta function of ``1 - r^2`` with ``(n - 2) / 2`` and ``1 / 2``. Same
    shape as ``r``; NaN where r is, and where n < 3.

    Reference: Fisher (1915); Abramowitz and Stegun 26.7.1.

    >>> p_values(Correlation(np.array([[0.5]]), np.array([[20]]))).round(6)
    array([[0.02477]])
    """
    from scipy.special import betainc, betaincc

    r = correlation.r
    half = np.where(correlation.n > 2, correlation.n - 2.0, np.nan) / 2
    # Near none 1 - r^2 has lost what r says, near one r^2 has.
    p: Array = np.where(
        np.abs(r) < 0.7, betaincc(0.5, half, r * r), betainc(half, 0.5, (1 - r) * (1 + r))
    )
    return p


def told_apart(n: int, kind: Kind = "pearson") -> float:
    """The least ``|r|`` that ``n`` pairs of values can tell apart from none at 5 %, 0-1.

    For Pearson where ``p_values`` gives 0.05, and for Spearman nearly so; for Kendall from the
    normal approximation, whose variance is ``2 (2n + 5) / (9 n (n - 1))``, at most 1. NaN for
    n < 3.

    Reference: as for ``p_values``; Kendall (1938), A new measure of rank correlation.

    >>> round(told_apart(31), 2), round(told_apart(109), 2), round(told_apart(31, "kendall"), 2)
    (0.36, 0.19, 0.25)
    """
    from scipy.special import betaincinv

    if n < 3:
        return float("nan")
    if kind == "kendall":
        return min(1.0, Z95 * float(np.sqrt(2 * (2 * n + 5) / (9 * n * (n - 1)))))
    return float(np.sqrt(1 - betaincinv((n - 2) / 2, 0.5, 0.05)))


def _by_column(left: Array, right: Array | None, *, ranked: bool) -> Correlation:
    """One column of ``left`` at a time against all of ``right``, each pair on its own rows."""
    first, second = _alike(left, right)
    held, others = ~np.isnan(first), ~np.isnan(second)
    r = np.full((first.shape[1], second.shape[1]), np.nan)
    for j in range(first.shape[1]):
        from_here = j if right is None else 0
        both = held[:, [j]] & others[:, from_here:]
        mine = np.broadcast_to(first[:, [j]], both.shape)
        theirs = second[:, from_here:]
        if ranked:
            mine, theirs = _ranks(mine, both), _ranks(theirs, both)
        r[j, from_here:] = (_directions(mine, both) * _directions(theirs, both)).sum(axis=0)
        if right is None:
            r[j, j] = np.nan if np.isnan(r[j, j]) else 1.0
            r[j:, j] = r[j, j:]
    n = _rows(held, others)
    return Correlation(np.where(n > 1, np.clip(r, -1.0, 1.0), np.nan), n)


def _alike(left: Array, right: Array | None) -> tuple[Array, Array]:
    second = left if right is None else right
    if left.shape[0] != second.shape[0]:
        message = f"{left.shape[0]} and {second.shape[0]} units cannot be paired"
        raise ValueError(message)
    return left, second


def _rows(held: Mask, others: Mask) -> Counts:
    return held.T.astype(np.int64) @ others.astype(np.int64)


def _directions(values: Array, held: Mask) -> Array:
    """Columns centred over ``held`` and of length one, zero elsewhere; NaN where nothing varies.

    A power of two brings values near one first, so that no square overflows or vanishes.
    """
    near = np.where(held, values, 0.0)
    near = np.ldexp(near, -np.frexp(np.abs(near).max(axis=0, initial=0.0))[1])
    top = np.where(held, near, -np.inf).max(axis=0, initial=-np.inf)
    varies = top > np.where(held, near, np.inf).min(axis=0, initial=np.inf)
    count = np.maximum(held.sum(axis=0), 1)
    off = near
    # The second pass takes away what rounding left of the mean.
    for _ in range(2):
        off = np.where(held, off - off.sum(axis=0) / count, 0.0)
    length = np.sqrt((off * off).sum(axis=0))
    out: Array = off / np.where(varies, length, np.nan)
    return out


def _ranks(values: Array, held: Mask) -> Array:
    """Ranks of each column among its held rows, from 1, ties sharing their mean; NaN elsewhere."""
    rows, columns = values.shape
    places = np.arange(rows)[:, None]
    # What is not held sorts last, behind infinity's place, and is blanked afterwards.
    listed = np.where(held, values, np.nan)
    order = np.argsort(listed, axis=0)
    ordered = np.take_along_axis(listed, order, axis=0)
    new = np.ones((rows + 1, columns), dtype=bool)
    new[1:-1] = ordered[1:] != ordered[:-1]
    first = np.maximum.accumulate(np.where(new[:-1], places, 0), axis=0)
    last = np.minimum.accumulate(np.where(new[1:], places, rows)[::-1], axis=0)[::-1]
    ranks = np.full((rows, columns), np.nan)
    np.put_along_axis(ranks, order, (first + last) / 2 + 1, axis=0)
    return np.where(held, ranks, np.nan)


def _signs(values: Array, held: Mask, lag: int) -> tuple[Array, Array]:
    """Sign of the difference of rows ``lag`` apart, 0 where one is missing; and where both are."""
    both = held[lag:] & held[:-lag]
    with np.errstate(invalid="ignore", over="ignore"):
        signs = np.sign(values[lag:] - values[:-lag])
    return np.where(both, signs, 0.0), both.astype(np.float64)
