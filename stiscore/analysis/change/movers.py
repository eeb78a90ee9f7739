"""Which indicators moved a score, by how many points, and whether two ranks can be told apart."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from stiscore.analysis.evaluated import Evaluated
from stiscore.errors import Location
from stiscore.scores import number

# Less than this many points is summation noise.
_NOISE = 1e-9
Span = tuple[int, int] | None


class Standing(NamedTuple):
    """An indicator on one side: its value, score, points, and cells. None: not measured there."""

    value: float | None = None
    score: float | None = None
    points: float | None = None
    cells: tuple[Location, ...] = ()


class Mover(NamedTuple):
    """An indicator that moved a score by so many ``points`` of the index."""

    indicator: str
    points: float
    old: Standing
    new: Standing


def movers(old: Evaluated, new: Evaluated, rows: tuple[int, int], most: int) -> tuple[Mover, ...]:
    """The indicators whose points changed most, the largest change first, at most so many.

    An indicator that a side does not measure, or has no value for, adds nothing there. None at all
    for a unit without a score on either side.
    """
    sides = tuple(zip((old, new), rows, strict=True))
    if any(np.isnan(evaluated.scores.index[row]) for evaluated, row in sides):
        return ()
    was, now = (_standings(evaluated, row) for evaluated, row in sides)
    told = []
    for name in dict.fromkeys((*now, *was)):
        before, after = was.get(name, Standing()), now.get(name, Standing())
        by = (after.points or 0.0) - (before.points or 0.0)
        if abs(by) > _NOISE:
            told.append(Mover(name, by, before, after))
    return tuple(sorted(told, key=lambda mover: -abs(mover.points))[:most])


def _standings(evaluated: Evaluated, row: int) -> dict[str, Standing]:
    """Every scored indicator of one row."""
    scores = evaluated.scores
    return {
        leaf.id: _standing(evaluated, row, place)
        for place, leaf in enumerate(scores.fitted.leaves)
        if scores.fitted.measures(place)
    }


def _standing(evaluated: Evaluated, row: int, place: int) -> Standing:
    scores = evaluated.scores
    column = scores.data.position(scores.fitted.leaves[place].id)
    raw, score = (number(told[row, place]) for told in (scores.raw, scores.normalised))
    return Standing(
        value=raw,
        score=score,
        points=None if score is None else float(scores.points[row, place]),
        cells=() if column is None else scores.data.locations(row, column),
    )


def told_apart(old: int | None, new: int | None, was: Span, now: Span) -> bool | None:
    """Whether a change of rank goes beyond what choices of method move ranks by.

    It does not where the new rank lies inside the old range and the old rank inside the new one,
    and where the rank is the same. None without ranks, or without ranges.

    >>> told_apart(4, 6, (2, 7), (3, 8)), told_apart(4, 6, (3, 5), (3, 8))
    (False, True)
    """
    if old is None or new is None:
        return None
    if old == new:
        return False
    if was is None or now is None:
        return None
    return not (was[0] <= new <= was[1] and now[0] <= old <= now[1])
