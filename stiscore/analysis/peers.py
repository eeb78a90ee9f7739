"""Peers: the units a unit is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from stiscore.analysis.evaluated import Evaluated
from stiscore.methods.base import Array, Mask
from stiscore.scores import Ranks, quantile, rank
from stiscore.words import Words
from stiscore.words.peers import PEERS

EVERYONE = "all"


class Peers(NamedTuple):
    """The units a unit is compared with.

    ``id``: ``all``, ``nearest:5``, ``named_peers``, or a group's id. ``rows``: rows of the table,
    ranked units only and never the unit itself; nearest ones nearest first. ``source``: who says
    that they belong together, None where nobody but the user or the framework does. ``notes``:
    what is to be said of them.
    """

    id: str
    name: Words
    rows: tuple[int, ...]
    source: Words | None = None
    notes: tuple[Words, ...] = ()

    def median(self, values: Array) -> float | None:
        """The median (type 7) of the peers' values, (rows,); None where none has one."""
        held = values[list(self.rows)]
        held = held[~np.isnan(held)]
        return quantile(held, 0.5) if held.size else None

    def having(self, values: Array) -> int:
        """How many peers have a value of (rows,): what their median rests on."""
        return int((~np.isnan(values[list(self.rows)])).sum())

    def few(self, values: Array) -> int | None:
        """How many peers have a value, where not all have; None where all have."""
        told = self.having(values)
        return None if told == len(self.rows) else told


def everyone(evaluated: Evaluated, row: int) -> Peers:
    """All other ranked units of the table."""
    rows = np.flatnonzero(evaluated.ranked)
    return Peers(EVERYONE, PEERS["everyone"], tuple(rows[rows != row].tolist()))


class Others(NamedTuple):
    """What all other ranked rows make of one column, for every row at once.

    ``counts``: (rows,), how many others have a value. ``medians``: (rows,), type 7, NaN without
    any. To the bit what ``everyone`` gives row by row.
    """

    counts: Ranks
    medians: Array


def others(values: Array, ranked: Mask) -> Others:
    """Counts and medians of a column (rows,) without the row itself; NaN is missing.

    >>> others(np.array([1.0, 5.0, 3.0, np.nan]), np.array([True, True, True, False])).medians
    array([4., 2., 3., 3.])
    """
    own = ranked & ~np.isnan(values)
    ordered = np.sort(values[own])
    counts = ordered.size - own.astype(np.int64)
    if not ordered.size:
        return Others(counts, np.full(values.shape, np.nan))
    taken = np.where(own, np.searchsorted(ordered, values), ordered.size)
    below = np.maximum(counts - 1, 0) // 2
    low, high = (
        # What stands behind the row's own value moves up by one.
        ordered[np.minimum(place + (place >= taken), ordered.size - 1)]
        for place in (below, below + (counts % 2 == 0))
    )
    half = np.where(counts % 2 == 0, 0.5, 0.0)
    return Others(counts, np.where(counts > 0, low + half * (high - low), np.nan))


def ranked_rows(evaluated: Evaluated, row: int, units: Sequence[str]) -> tuple[int, ...]:
    """The rows of these units that are ranked, without ``row``, in the order of ``units``."""
    rows = {unit.id: place for place, unit in enumerate(evaluated.scores.data.units)}
    held = (rows[unit] for unit in units if unit in rows)
    return tuple(r for r in held if r != row and evaluated.ranked[r])


def rank_among(evaluated: Evaluated, row: int, peers: Peers) -> int | None:
    """The unit's rank by score among its peers and itself; None where it is not ranked."""
    among = np.zeros(evaluated.ranked.shape, dtype=np.bool_)
    among[[row, *peers.rows]] = True
    ranks = rank(evaluated.scores.index, evaluated.scores.tie, among=among & evaluated.ranked)
    return int(ranks[row]) or None


def nearest(values: Array, row: int, count: int, among: Mask) -> tuple[int, ...]:
    """The ``count`` rows nearest to ``row``, the nearest first, of equals the first in the table.

    Euclidean distance over columns as z-scores. ``values``: (rows, columns), complete for ``row``;
    means and standard deviations are those of the rows of ``among``, (rows,), that have all
    columns. A column that is the same throughout tells nobody apart. Fewer rows than ``count``
    come back where there are no more; ``row`` never.

    >>> values = np.array([[0.0, 1.0], [1.0, 1.0], [9.0, 1.0], [2.0, 1.0], [np.nan, 1.0]])
    >>> nearest(values, 3, 2, np.ones(5, dtype=bool))
    (1, 0)
    """
    held = among & ~np.isnan(values).any(axis=1)
    if not held.any():
        return ()
    spread = values[held].std(axis=0)
    apart = (values - values[row]) / np.where(spread > 0, spread, 1.0)
    squares = (apart**2).sum(axis=1)
    rows = [int(r) for r in np.flatnonzero(held) if r != row]
    return tuple(sorted(rows, key=lambda r: float(squares[r]))[:count])
