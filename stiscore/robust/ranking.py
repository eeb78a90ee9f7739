"""Ranks of the same units in many variants, counted instead of kept.

A variant is a row of scores, one a unit. What is asked of ranks (median, range, shares) is read
from counts of each rank, so a million variants need no more memory than a thousand.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from stiscore.methods.base import Array, Mask

Ranks = npt.NDArray[np.int64]
Counts = npt.NDArray[np.int64]
_WHOLE = 1e-9
# Cells ranked at once: with what they become on the way they stay in the cache. Never fewer than
# the table of counts has, which is added to each time.
_AT_ONCE = 2**17
# What subtraction leaves of a share, relative to it.
_HAIR = 1e-12


def ranks(scores: Array, tie: float) -> Ranks:
    """Ranks in every variant, (draws, units): highest score first, 0 where there is no score.

    ``scores``: (draws, units), NaN missing. Neighbours in order that differ by at most ``tie`` are
    equal and share the lowest rank, as in ``stiscore.scores.rank``.

    >>> ranks(np.array([[3.0, np.nan, 5.0, 3.0], [1.0, 2.0, 3.0, 4.0]]), 1e-9)
    array([[2, 0, 1, 2],
           [4, 3, 2, 1]])
    """
    placed = _placed(scores, tie)
    flat = np.empty(scores.size, dtype=np.int64)
    # Flat on both sides: half the time of what numpy does along an axis.
    flat[placed.cells.ravel()] = np.broadcast_to(placed.places + 1, scores.shape).ravel()
    told = flat.reshape(scores.shape)
    if placed.missing is not None:
        told[np.isnan(scores)] = 0
    return told


def tally(scores: Array, tie: float) -> Counts:
    """How often each unit has each rank, (units, units): row a unit, column j rank j + 1.

    A unit without a score in a variant counts nowhere there, so its row sums to less.

    >>> tally(np.array([[3.0, 5.0], [2.0, 2.0]]), 1e-9)
    array([[1, 1],
           [2, 0]])
    """
    units = scores.shape[1]
    if np.isnan(scores[:1]).any():
        # Who never has a score need not be sorted in every variant.
        held = np.flatnonzero(~np.isnan(scores).all(axis=0))
        if held.size < units:
            counts = np.zeros((units, units), dtype=np.int64)
            counts[np.ix_(held, np.arange(held.size))] = tally(scores[:, held], tie)
            return counts
    counts = np.zeros(units * units, dtype=np.int64)
    step = max(_AT_ONCE // max(units, 1), units, 1)
    for first in range(0, len(scores), step):
        cells = _counted(scores[first : first + step], tie)
        counts += np.bincount(cells, minlength=units * units)
    return counts.reshape(units, units)


def _counted(scores: Array, tie: float) -> Ranks:
    """For each unit and variant the cell of the flat table of counts it belongs to."""
    placed = _placed(scores, tie)
    cells = placed.order
    cells *= scores.shape[1]
    cells += placed.places
    return cells.ravel() if placed.missing is None else cells[~placed.missing]


class _Placed(NamedTuple):
    """Units of every variant from the best on, missing ones last.

    ``order``: (draws, units). ``cells``: where each stands in the flat table of scores. ``places``:
    from 0, (units,) where they are the same in every variant. ``missing``: None where none is.
    """

    order: Ranks
    cells: Ranks
    places: Ranks
    missing: Mask | None


def _placed(scores: Array, tie: float) -> _Placed:
    units = scores.shape[1]
    lowered = -scores
    # One sort: it is most of the work. What is equal is told afterwards, so its order is free.
    order = np.argsort(lowered, axis=1)
    # By flat position: a third of the time of take_along_axis.
    cells = order + units * np.arange(len(scores))[:, None]
    ordered = lowered.ravel().take(cells)
    missing = np.isnan(ordered) if np.isnan(ordered[:, -1:]).any() else None
    falls = ordered[:, 1:] - ordered[:, :-1] > tie
    places = np.arange(units)
    if falls.all():
        return _Placed(order, cells, places, missing)
    level = ~falls.all(axis=1)
    shared = np.broadcast_to(places, scores.shape).copy()
    starts = np.where(falls[level], places[1:], 0)
    shared[level, 1:] = np.maximum.accumulate(starts, axis=1)
    return _Placed(order, cells, shared, missing)


@dataclass(frozen=True, slots=True, eq=False)
class RankShares:
    """Counts of ranks over ``draws`` variants.

    ``counts``: (units, ranks). A unit's row sums to the variants in which it has a score.
    """

    counts: Counts
    draws: int

    @property
    def scored(self) -> Counts:
        """In how many variants each unit has a rank, (units,)."""
        held: Counts = self.counts.sum(axis=1)
        return held

    @property
    def shares(self) -> Array:
        """Share of its variants in which a unit has each rank, (units, ranks); NaN without any."""
        with np.errstate(invalid="ignore"):
            shares: Array = self.counts / self.scored[:, None].astype(np.float64)
        return shares

    def top(self, places: int) -> Array:
        """Share of its variants in which a unit is among the first ``places``, (units,)."""
        with np.errstate(invalid="ignore"):
            told: Array = self.counts[:, :places].sum(axis=1) / self.scored.astype(np.float64)
        return told

    def quantile(self, share: float) -> Array:
        """Type 7 quantiles of each unit's ranks, (units,); NaN for a unit without a rank.

        >>> RankShares(np.array([[1, 2, 0]]), 3).quantile(0.5)
        array([2.])
        """
        rising, scored = self.counts.cumsum(axis=1), self.scored
        place = share * np.maximum(scored - 1, 0)
        # 5 % is a hair off when it comes of 1 - 0.9: on a variant, it is that variant's rank.
        whole = np.rint(place)
        place = np.where(np.abs(place - whole) <= _HAIR * np.maximum(whole, 1), whole, place)
        below = place.astype(np.int64)
        low, high = (
            (rising <= at[:, None]).sum(axis=1) + 1
            for at in (below, np.minimum(below + 1, scored - 1))
        )
        told: Array = np.where(scored > 0, low + (place - below) * (high - low), np.nan)
        return told

    def interval(self, share: float) -> Ranks:
        """The range that ``share`` of the variants give each unit, (units, 2); 0 without a rank.

        From the floor of the lower point to the ceiling of the upper: 5 % and 95 % for 0.9.
        """
        aside = (1.0 - share) / 2
        # A point that is whole but for its last bits must not be rounded away from itself.
        ends = [self.quantile(aside) + _WHOLE, self.quantile(1.0 - aside) - _WHOLE]
        told = np.zeros((len(self.counts), 2), dtype=np.int64)
        for side, (end, rounded) in enumerate(zip(ends, (np.floor, np.ceil), strict=True)):
            told[:, side] = np.nan_to_num(rounded(end))
        return told

    def error(self) -> float:
        """The largest Monte Carlo standard error of any share, 0-1; NaN without variants."""
        if not self.draws:
            return math.nan
        shares = self.shares[self.scored > 0]
        if not shares.size:
            return math.nan
        within = shares * (1.0 - shares) / self.scored[self.scored > 0][:, None]
        return float(np.sqrt(within.max()))

    def __add__(self, other: RankShares) -> RankShares:
        return RankShares(self.counts + other.counts, self.draws + other.draws)
