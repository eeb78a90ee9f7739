"""What sets units apart: who leads, by how much, and where a unit stands among its peers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import numpy as np

from stiscore.analysis.evaluated import Evaluated
from stiscore.methods.base import Array, Mask
from stiscore.scores import Ranks, quantile, rank

Kind = Literal["index", "group", "gap", "indicator"]
Key = tuple[Kind, str]
# The gap index stands among the gaps under this name, as in the tidy CSV of a scorecard.
GAP_INDEX = "gap_index"


class Contrast(NamedTuple):
    """Values side by side.

    ``leaders``: positions of the best, several where they tie, none where fewer than two count.
    ``last``: position of the worst, None where there is no spread. ``differences``: to the first.
    """

    leaders: tuple[int, ...]
    last: int | None
    spread: float | None
    differences: tuple[float | None, ...]


class Track(NamedTuple):
    """One node over all rows: ``values`` and, for an indicator, ``raw``; (rows,), NaN: missing."""

    key: Key
    values: Array
    raw: Array | None
    ranks: Ranks | None

    @property
    def least(self) -> bool:
        """Whether less is better: of severities, not of scores."""
        return self.key[0] == "gap"


class Standing(NamedTuple):
    """A node within a group: ``ranks`` (rows,), 0 outside it; medians of the ``peers`` there."""

    ranks: Ranks
    median: float | None
    raw: float | None
    peers: int


def contrast(
    values: Sequence[float | None], counted: Sequence[bool], tie: float, *, least: bool = False
) -> Contrast:
    """Who leads among the ``counted``, and every difference to the first value.

    Values within ``tie`` of the best share the lead. What is missing or not counted never leads.

    >>> contrast([50.0, 80.0, None], [True, True, True], 1e-9)
    Contrast(leaders=(1,), last=0, spread=30.0, differences=(0.0, 30.0, None))
    """
    held = {i: v for i, v in enumerate(values) if v is not None and counted[i]}
    first = values[0] if values else None
    differences = tuple(None if v is None or first is None else v - first for v in values)
    if len(held) < 2:
        return Contrast((), None, None, differences)
    low, high = (end(held, key=lambda i: held[i]) for end in (min, max))
    best, worst = (low, high) if least else (high, low)
    leaders = tuple(i for i, v in held.items() if abs(v - held[best]) <= tie)
    return Contrast(leaders, worst, held[high] - held[low], differences)


def tracks(evaluated: Evaluated, *, indicators: bool = True) -> Iterator[Track]:
    """Every measured node: the index, the gap index, groups, gaps, then indicators and context."""
    scores, gaps = evaluated.scores, evaluated.gaps
    fitted, tree = scores.fitted, scores.fitted.tree
    ranks = evaluated.group_ranks
    yield Track(("index", tree.ids[tree.root]), scores.index, None, ranks[:, -1])
    yield Track(("gap", GAP_INDEX), gaps.index, None, None)
    for place in tree.groups:
        if place != tree.root and fitted.measures(place):
            column = place - tree.leaves
            values = scores.groups[:, column]
            yield Track(("group", tree.ids[place]), values, None, ranks[:, column])
    for g, gap in enumerate(gaps.ids):
        yield Track(("gap", gap), gaps.severity[:, g], None, gaps.ranks[:, g])
    if not indicators:
        return
    for i, leaf in enumerate(fitted.leaves):
        if fitted.measures(i):
            values, raw = scores.normalised[:, i], scores.raw[:, i]
            yield Track(("indicator", leaf.id), values, raw, evaluated.leaf_ranks[:, i])
    nothing = np.full(len(scores.data.units), np.nan)
    for leaf in fitted.framework.at_level(fitted.level):
        column_of = scores.data.position(leaf.id)
        if leaf.role == "context" and column_of is not None:
            yield Track(("indicator", leaf.id), nothing, scores.data.values[:, column_of], None)


def standing(track: Track, evaluated: Evaluated, members: Mask, shown: Mask) -> Standing:
    """A node within a group.

    ``members``: (rows,), who belongs to it; only ranked ones take part. ``shown``: (rows,), the
    units compared, which are not their own peers.
    """
    among = members & evaluated.ranked
    sign = -1.0 if track.least else 1.0
    ranks = rank(sign * track.values, evaluated.scores.tie, among=among)
    peers = among & ~shown
    has_raw = track.raw is not None
    held = track.raw if has_raw and np.isnan(track.values).all() else track.values
    count = 0 if held is None else int((~np.isnan(held[peers])).sum())
    raw = _median(track.raw[peers]) if track.raw is not None else None
    return Standing(ranks, _median(track.values[peers]), raw, count)


def _median(values: Array) -> float | None:
    held = values[~np.isnan(values)]
    return quantile(held, 0.5) if held.size else None


def rows_of(evaluated: Evaluated, units: Sequence[str]) -> Mask:
    """Which rows are of these units, (rows,)."""
    wanted = frozenset(units)
    return np.array([u.id in wanted for u in evaluated.scores.data.units], dtype=np.bool_)


def ranked_units(evaluated: Evaluated) -> frozenset[str]:
    """The ids of the ranked units: ranks over other units say something else."""
    units = evaluated.scores.data.units
    return frozenset(units[row].id for row in np.flatnonzero(evaluated.ranked))


def in_order(evaluated: Evaluated) -> list[str]:
    """Ids of all units as tables list them: ranked ones by rank, then the rest by score."""
    index, ranked = evaluated.scores.index, evaluated.ranked
    units = evaluated.scores.data.units
    score = np.where(np.isnan(index), -np.inf, index)
    order = sorted(range(len(units)), key=lambda row: (not ranked[row], -score[row]))
    return [units[row].id for row in order]
