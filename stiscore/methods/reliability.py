"""Whether the children of a group move together: alpha, principal components, KMO, Bartlett.

All of these take a column for one more reading of the same thing (a reflective indicator). A
composite that sums different things (formative indicators) has no need of high values.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from stiscore.methods.base import Array
from stiscore.methods.correlation import pearson


def cronbach(values: Array) -> float:
    """Cronbach's alpha of the columns: how far they agree as readings of one thing.

    Formula: ``k^2 c / s`` over the covariances of the k columns, with ``c`` the mean of those
    between different columns and ``s`` the sum of all. Shape: (units, columns). At most 1; below 0
    where columns run against each other. Missing values (NaN): every covariance is over the units
    that both columns have. NaN for fewer than two columns, for a pair with fewer than two common
    units, and where the covariances sum to zero.

    Reference: Cronbach (1951), Coefficient alpha and the internal structure of tests; Handbook
    (2008), step 4.

    >>> round(cronbach(np.array([[1.0, 2.0], [2.0, 2.0], [3.0, 5.0]])), 6)
    0.857143
    """
    return _alpha(_covariances(values))


def cronbach_without(values: Array) -> Array:
    """Alpha of the other columns when each is left out, (columns,).

    NaN where fewer than two columns remain; else as in ``cronbach``.

    >>> cronbach_without(np.array([[1.0, 1.0, 4.0], [2.0, 2.0, 1.0], [3.0, 3.0, 2.0]])).round(2)
    array([-3., -3.,  1.])
    """
    whole = _covariances(values)
    columns = np.arange(whole.shape[0])
    return np.array([_alpha(whole[np.ix_(columns != j, columns != j)]) for j in columns])


class Principal(NamedTuple):
    """Principal components of standardised columns, the largest first.

    ``eigenvalues``: (components,), they sum to the number of columns. ``vectors``: (columns,
    components), of length one; the largest part of each is positive, since signs are arbitrary.
    ``n``: the units behind them.
    """

    eigenvalues: Array
    vectors: Array
    n: int

    @property
    def loadings(self) -> Array:
        """Correlation of each column with each component, (columns, components)."""
        scaled: Array = self.vectors * np.sqrt(self.eigenvalues)
        return scaled

    @property
    def explained(self) -> Array:
        """Share of the variance behind each component, (components,)."""
        shares: Array = self.eigenvalues / self.eigenvalues.sum()
        return shares


def principal(values: Array) -> Principal:
    """Principal components of the correlation matrix of the columns.

    Shape: (units, columns). Missing values (NaN): only units with a value in every column count.
    Raises ValueError for fewer complete units than two and for a column that does not vary over
    them.

    Reference: Handbook (2008), step 4; Jolliffe (2002), Principal Component Analysis, chapter 3.

    >>> told = principal(np.array([[1.0, 5.0], [2.0, 3.0], [3.0, 4.0], [4.0, 1.0]]))
    >>> told.eigenvalues.round(6), told.n
    (array([1.831522, 0.168478]), 4)
    """
    held = complete(values)
    if held.shape[0] < 2:
        message = f"{held.shape[0]} complete units give no components"
        raise ValueError(message)
    centred = _centred(held)
    length = np.sqrt((centred * centred).sum(axis=0))
    if not length.all():
        message = "a column that does not vary has no components"
        raise ValueError(message)
    _, singular, across = np.linalg.svd(centred / length, full_matrices=False)
    vectors = across.T
    largest = np.abs(vectors).argmax(axis=0)
    signs = np.sign(vectors[largest, np.arange(vectors.shape[1])])
    return Principal(singular**2, vectors * signs, held.shape[0])


def kmo(correlations: Array) -> float:
    """Kaiser-Meyer-Olkin measure of sampling adequacy: how far correlations are shared by many.

    Formula: ``sum r^2 / (sum r^2 + sum q^2)`` over pairs of different columns, with ``q`` the
    partial correlation of a pair given all others. Shape: (columns, columns), a correlation
    matrix. Range 0-1. NaN where any correlation is missing, where no columns correlate, and where
    the matrix cannot be inverted.

    Reference: Kaiser (1974), An index of factorial simplicity; Handbook (2008), step 4.

    >>> round(kmo(np.array([[1.0, 0.5, 0.5], [0.5, 1.0, 0.5], [0.5, 0.5, 1.0]])), 4)
    0.6923
    """
    if not _invertible(correlations):
        return float("nan")
    inverse = np.linalg.inv(correlations)
    root = np.sqrt(np.diag(inverse))
    partial = inverse / np.outer(root, root)
    others = ~np.eye(correlations.shape[0], dtype=bool)
    shared = float((correlations[others] ** 2).sum())
    apart = float((partial[others] ** 2).sum())
    return shared / (shared + apart) if shared + apart > 0 else float("nan")


class Sphericity(NamedTuple):
    """Bartlett's statistic, its degrees of freedom, and its p."""

    chi_square: float
    freedom: int
    p: float


def bartlett(correlations: Array, n: int) -> Sphericity:
    """Bartlett's test of sphericity: how seldom columns without any relation correlate as much.

    Formula: ``-(n - 1 - (2 k + 5) / 6) ln det R`` against chi square with ``k (k - 1) / 2``
    degrees of freedom. ``correlations``: (columns, columns), from ``n`` complete units. NaN in
    statistic and p where any correlation is missing or the matrix cannot be inverted, and where n
    is too small for the factor to be positive.

    Reference: Bartlett (1951), The effect of standardization on a chi-square approximation in
    factor analysis; Handbook (2008), step 4.

    >>> told = bartlett(np.array([[1.0, 0.6], [0.6, 1.0]]), 20)
    >>> round(told.chi_square, 4), told.freedom, round(told.p, 4)
    (7.81, 1, 0.0052)
    """
    from scipy.special import chdtrc

    k = correlations.shape[0]
    freedom = k * (k - 1) // 2
    factor = n - 1 - (2 * k + 5) / 6
    if factor <= 0 or freedom == 0 or not _invertible(correlations):
        return Sphericity(float("nan"), freedom, float("nan"))
    # Uncorrelated columns have determinant 1, which rounding may exceed.
    statistic = max(0.0, -factor * float(np.linalg.slogdet(correlations)[1]))
    return Sphericity(statistic, freedom, float(chdtrc(freedom, statistic)))


def complete(values: Array) -> Array:
    """The units that have a value in every column.

    >>> complete(np.array([[1.0, 2.0], [np.nan, 3.0]]))
    array([[1., 2.]])
    """
    held: Array = values[~np.isnan(values).any(axis=1)]
    return held


def correlations_of(values: Array) -> Array:
    """Pearson correlations of the columns over the complete units, (columns, columns)."""
    return pearson(complete(values)).r


def _invertible(correlations: Array) -> bool:
    """Whether the matrix is complete and no column is, to rounding, a sum of the others."""
    if correlations.shape[0] < 2 or np.isnan(correlations).any():
        return False
    least = float(np.linalg.eigvalsh(correlations)[0])
    return bool(least > correlations.shape[0] * 1e-12)


def _alpha(covariances: Array) -> float:
    k = covariances.shape[0]
    total = float(covariances.sum())
    if k < 2 or np.isnan(total) or total == 0:
        return float("nan")
    between = (total - float(np.trace(covariances))) / (k * (k - 1))
    return float(k * k * between / total)


def _covariances(values: Array) -> Array:
    """Covariances over the units each pair of columns has, on a scale common to all columns.

    A power of two brings the largest value near one, so that no square overflows; alpha is the
    same on any common scale.
    """
    held = ~np.isnan(values)
    exponent = np.frexp(np.where(held, np.abs(values), 0.0).max(initial=0.0))[1]
    near = np.ldexp(np.where(held, values, 0.0), -exponent)
    columns = near.shape[1]
    out = np.full((columns, columns), np.nan)
    for j in range(columns):
        both = held[:, [j]] & held
        count = both.sum(axis=0)
        mine = _off(np.broadcast_to(near[:, [j]], both.shape), both, count)
        theirs = _off(near, both, count)
        with np.errstate(divide="ignore", invalid="ignore"):
            out[j] = np.where(count > 1, (mine * theirs).sum(axis=0) / (count - 1), np.nan)
    return out


def _off(values: Array, held: np.ndarray, count: np.ndarray) -> Array:
    """Deviations from the mean of the held values; the second pass takes what rounding left."""
    off = values
    for _ in range(2):
        mean = np.where(held, off, 0.0).sum(axis=0) / np.maximum(count, 1)
        off = np.where(held, off - mean, 0.0)
    return off


def _centred(values: Array) -> Array:
    """Columns less their means, each on its own scale near one; exactly zero where constant."""
    exponent = np.frexp(np.abs(values).max(axis=0, initial=0.0))[1]
    near = np.ldexp(values, -exponent)
    held = np.ones(near.shape, dtype=bool)
    off = _off(near, held, np.full(near.shape[1], near.shape[0]))
    off = np.where(near.max(axis=0) > near.min(axis=0), off, 0.0)
    again: Array = np.ldexp(off, -np.frexp(np.abs(off).max(axis=0, initial=0.0))[1])
    return again
