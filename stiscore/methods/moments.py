"""Mean, standard deviation, skewness and kurtosis of columns, exact enough to decide by.

Columns are centred before anything is squared (two passes), what rounding left over is corrected
for, and both the values and their distances from the mean are scaled by powers of two, which is
exact, so that magnitudes from 1e-300 to 1e300 neither overflow nor vanish.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from stiscore.methods.base import Array, Mask

# Values worked on at a time: few enough to stay in the cache.
_BLOCK = 1 << 16
# Values between 1/2 and 1 that differ at all lie farther from their mean; rounding lies nearer.
_NOISE = 2.0**-60


class Moments(NamedTuple):
    """One entry a column, NaN where not defined.

    ``n``: values that are there. ``mean`` needs one, ``deviation`` (n - 1 below) two, ``skew``
    (type 2) three and ``kurtosis`` (type 2, excess) four values; the last two values that differ.
    """

    n: Array
    mean: Array
    deviation: Array
    skew: Array
    kurtosis: Array


class Sums(NamedTuple):
    """Sums of powers of the distances from the mean, one entry a column.

    ``second``, ``third``, ``fourth`` are in units of ``scale``, ``scale ** 2 ...``: a power of two
    just above the greatest distance, so that sums of columns that vary lie between 1/4 and n.
    """

    n: Array
    mean: Array
    scale: Array
    second: Array
    third: Array
    fourth: Array


def moments(values: Array) -> Moments:
    """The moments of every column of ``values`` (units, columns), or of one column (units,).

    Missing values (NaN) are left out. Skewness and kurtosis are type 2, as SAS, Excel and pandas
    give them; those of a constant column are not defined (NaN).

    Reference: Joanes and Gill (1998), Comparing measures of sample skewness and kurtosis; Chan,
    Golub and LeVeque (1983), Algorithms for computing the sample variance.

    >>> told = moments(np.array([[1.0], [2.0], [np.nan], [4.0], [9.0]]))
    >>> told.mean.item(), round(told.skew.item(), 4), round(told.kurtosis.item(), 4)
    (4.0, 1.3309, 1.5)
    """
    return shape(sums(values))


def mean(values: Array) -> Array:
    """The mean of every column, NaN for one without a value.

    >>> mean(np.array([[1e300, 0.1], [1e300, 0.3]]))
    array([1.e+300, 2.e-001])
    """
    return sums(values, highest=1).mean


def deviation(values: Array) -> Array:
    """The standard deviation of every column, n - 1 below; NaN for fewer than two values.

    >>> deviation(np.array([10000001.0, 10000003.0, 10000002.0]))
    array([1.])
    """
    return shape(sums(values, highest=2)).deviation


def skewness(values: Array) -> Array:
    """The type 2 skewness of every column; NaN for fewer than three values or a constant column.

    >>> skewness(np.array([1.0, 2.0, 3.0]))
    array([0.])
    """
    return moments(values).skew


def kurtosis(values: Array) -> Array:
    """The type 2 excess kurtosis of every column; NaN for fewer than four values or a constant one.

    >>> kurtosis(np.array([1.0, 2.0, 2.0, 3.0])).round(9)
    array([1.5])
    """
    return moments(values).kurtosis


def sums(values: Array, highest: int = 4) -> Sums:
    """The sums of every column, in blocks; those of powers over ``highest`` stay zero."""
    columns = values[:, None] if values.ndim == 1 else values
    wide = max(1, _BLOCK // max(1, columns.shape[0]))
    parts = [
        _block(np.array(columns[:, at : at + wide].T, order="C"), highest)
        for at in range(0, max(columns.shape[1], 1), wide)
    ]
    return Sums(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def added(one: Sums, other: Sums) -> Sums:
    """The sums of two parts of the same columns together; neither part may be empty.

    Reference: Pebay (2008), Formulas for robust, one-pass parallel computation of covariances and
    arbitrary-order statistical moments.

    >>> whole = added(sums(np.array([1.0, 2.0])), sums(np.array([4.0, 9.0])))
    >>> whole.mean, shape(whole).deviation.round(6)
    (array([4.]), array([3.559026]))
    """
    n, apart = one.n + other.n, other.mean - one.mean
    scale = np.maximum(np.maximum(one.scale, other.scale), _power_above(apart))
    (a2, a3, a4), (b2, b3, b4) = (_in_units(part, scale) for part in (one, other))
    a, b, gap = one.n / n, other.n / n, apart / scale
    second = a2 + b2 + n * gap**2 * a * b
    third = a3 + b3 + n * gap**3 * a * b * (a - b) + 3 * gap * (a * b2 - b * a2)
    fourth = a4 + b4 + n * gap**4 * a * b * (a**2 - a * b + b**2)
    fourth += 6 * gap**2 * (a**2 * b2 + b**2 * a2) + 4 * gap * (a * b3 - b * a3)
    return Sums(n, one.mean + apart * b, scale, second, third, fourth)


def _in_units(part: Sums, scale: Array) -> tuple[Array, Array, Array]:
    ratio = part.scale / scale
    return part.second * ratio**2, part.third * ratio**3, part.fourth * ratio**4


def _power_above(values: Array) -> Array:
    return np.ldexp(1.0, np.minimum(np.frexp(values)[1], 1023))


def _block(work: Array, highest: int) -> Sums:
    """The sums of a few columns as rows of ``work``, which is used up."""
    missing = np.isnan(work)
    n = work.shape[1] - missing.sum(axis=1).astype(np.float64)
    gaps = missing if missing.any() else None
    measure = _measure(work, gaps)
    centre = _centre(work, n, gaps)
    spread = _measure(work, gaps)
    work[spread < _NOISE] = 0.0
    powers = np.zeros((3, n.size))
    if highest > 1:
        square = work * work
        powers[0] = square.sum(axis=1)
    if highest > 2:
        work *= square
        powers[1] = work.sum(axis=1)
        square *= square
        powers[2] = square.sum(axis=1)
    with np.errstate(over="ignore"):
        return Sums(n, centre * measure, spread * measure, *powers)


def _measure(work: Array, gaps: Mask | None) -> Array:
    """Brings rows to about 1 by a power of two, and gives it; missing values become zero."""
    if gaps is not None:
        work[gaps] = 0.0
    most = np.maximum(work.max(axis=1, initial=0.0), -work.min(axis=1, initial=0.0))
    measure = _power_above(most)
    exponent = np.frexp(measure)[1] - 1
    # Two steps at the far ends, where the reciprocal of the power is not a number of full accuracy.
    first = np.where(np.abs(exponent) < 1000, exponent, exponent // 2)
    for step in (first, exponent - first):
        if step.any():
            work *= np.ldexp(1.0, -step)[:, None]
    return measure


def _centre(work: Array, n: Array, gaps: Mask | None) -> Array:
    """Takes the mean from every row, and gives it: a first guess, then what that left over."""
    count = np.where(n > 0, n, np.nan)
    centre = np.zeros(n.size)
    for _ in range(2):
        step = work.sum(axis=1) / count
        work -= step[:, None]
        centre += step
        if gaps is not None:
            work[gaps] = 0.0
    return centre


def shape(told: Sums) -> Moments:
    """The moments that sums of powers come to."""
    n = told.n
    with np.errstate(invalid="ignore", divide="ignore"):
        deviations = np.where(n > 1, told.scale * np.sqrt(told.second / (n - 1)), np.nan)
        variance = told.second / n
        third = told.third / n / variance**1.5
        fourth = told.fourth / n / variance**2 - 3
        skew = third * np.sqrt(n * (n - 1)) / (n - 2)
        kurt = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * fourth + 6)
    varies = told.second > 0
    return Moments(
        n,
        told.mean,
        deviations,
        np.where(varies & (n > 2), skew, np.nan),
        np.where(varies & (n > 3), kurt, np.nan),
    )
