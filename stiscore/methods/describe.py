"""What a column of figures looks like: its extent, its shape, its ties and zeros."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from stiscore.methods.base import Array, Mask
from stiscore.methods.moments import moments

Counts = npt.NDArray[np.int64]
# A column with too large a skew and too large a kurtosis is held to have outliers.
MOST_SKEW = 2.0
MOST_KURTOSIS = 3.5
_SHARES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)


class Description(NamedTuple):
    """One entry a column; figures in the column's own measurement, NaN where not defined.

    ``n`` and ``missing``: values there and not there. ``unique``: different values; ``same``: how
    often the most frequent of them occurs; ``zeros``: how many are zero.
    """

    n: Counts
    missing: Counts
    least: Array
    greatest: Array
    mean: Array
    median: Array
    q5: Array
    q25: Array
    q75: Array
    q95: Array
    sd: Array
    skew: Array
    kurtosis: Array
    unique: Counts
    same: Counts
    zeros: Counts

    @property
    def share_same(self) -> Array:
        """Share of the values there that are the most frequent one, 0-1."""
        return _share(self.same, self.n)

    @property
    def share_zero(self) -> Array:
        """Share of the values there that are zero, 0-1."""
        return _share(self.zeros, self.n)


def describe(values: Array) -> Description:
    """The statistics of every column of ``values`` (units, columns).

    Missing values (NaN) are left out. Quantiles are of type 7. ``sd`` divides by n - 1; skew and
    kurtosis are type 2 (SAS, Excel) and need three and four values that vary. A column without any
    value has counts of 0 and NaN elsewhere.

    >>> told = describe(np.array([[1.0], [2.0], [2.0], [np.nan], [0.0]]))
    >>> told.n.item(), told.median.item(), told.unique.item(), told.same.item(), told.zeros.item()
    (4, 1.5, 3, 2, 1)
    """
    ordered = np.sort(values, axis=0)
    held = ~np.isnan(ordered)
    n = held.sum(axis=0)
    shape = moments(values)
    unique, same = _ties(ordered, held)
    least, q5, q25, median, q75, q95, greatest = (_quantile(ordered, n, s) for s in _SHARES)
    return Description(
        n=n,
        missing=values.shape[0] - n,
        least=least,
        greatest=greatest,
        mean=shape.mean,
        median=median,
        q5=q5,
        q25=q25,
        q75=q75,
        q95=q95,
        sd=shape.deviation,
        skew=shape.skew,
        kurtosis=shape.kurtosis,
        unique=unique,
        same=same,
        zeros=(ordered == 0).sum(axis=0),
    )


def outlying(
    skew: Array, kurt: Array, most_skew: float = MOST_SKEW, most_kurtosis: float = MOST_KURTOSIS
) -> Mask:
    """Which columns have outliers: ``|skew|`` and kurtosis both at or over their limits.

    NaN, from columns too short or constant, is not.

    Reference: COIN Tool User's Guide (JRC 2019), outlier detection; Handbook (2008), step 5.

    >>> outlying(np.array([2.4, 2.4, np.nan]), np.array([9.0, 1.0, np.nan]))
    array([ True, False, False])
    """
    out: Mask = (np.abs(skew) >= most_skew) & (kurt >= most_kurtosis)
    return out


def _quantile(ordered: Array, n: Counts, share: float) -> Array:
    """The type 7 quantile of sorted columns, missing values last; NaN for a column without any."""
    rows, columns = ordered.shape
    if rows == 0:
        return np.full(columns, np.nan)
    place = share * np.maximum(n - 1, 0)
    below = place.astype(np.int64)
    above = np.minimum(below + 1, np.maximum(n - 1, 0))
    each = np.arange(columns)
    low, high = ordered[below, each], ordered[above, each]
    between: Array = low + (place - below) * (high - low)
    return between


def _ties(ordered: Array, held: Mask) -> tuple[Counts, Counts]:
    """Different values of each sorted column, and the length of its longest run of equal ones."""
    places = np.arange(ordered.shape[0])[:, None]
    new = held.copy()
    new[1:] &= ordered[1:] != ordered[:-1]
    start = np.maximum.accumulate(np.where(new, places, 0), axis=0)
    runs = np.where(held, places - start + 1, 0)
    return new.sum(axis=0), runs.max(axis=0, initial=0)


def _share(part: Counts, whole: Counts) -> Array:
    share: Array = np.where(whole > 0, part / np.maximum(whole, 1), np.nan)
    return share
