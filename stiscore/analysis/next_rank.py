"""What one rank more would take: the next unit above, and how far one indicator alone gets.

Arithmetic on the frame as fitted: weights, scales and all other units stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np

from stiscore.analysis.evaluated import Evaluated
from stiscore.dataset import Unit
from stiscore.framework.model import Indicator
from stiscore.methods.aggregate import AdjustedMazziottaPareto, MazziottaPareto
from stiscore.methods.base import Array, Mask
from stiscore.methods.maps import Affine, ColumnMap
from stiscore.scores import Ranks, Scores

# Each round looks at so many scores at once and keeps the interval between two of them.
_AT_ONCE = 257
_ROUNDS = 8
# How often a value is moved on by doubled last bits until it scores what it was asked to.
_NUDGES = 40

Why = Literal["sample", "treated", "position", "flat", "compares", "uneven"]


class Above(NamedTuple):
    """The nearest of the ranked units one rank above at a node.

    ``level``: how many units hold that rank. ``short``: the score (for a gap the severity) that
    lacks to be level with it, which is to share its rank.
    """

    unit: Unit
    row: int
    rank: int
    score: float
    short: float
    level: int


class Alone(NamedTuple):
    """How far one indicator alone gets towards the next rank in the index.

    ``value`` in its own measurement and ``score`` that bring the index level with the next unit
    above, None when even the best score does not: ``most`` is what the index gains by that one,
    ``lacking`` what it then lacks still.
    """

    value: float | None
    score: float | None
    most: float
    lacking: float | None


class Step(NamedTuple):
    """What a better value of one indicator gives.

    ``value``: the value that is level with the next unit above in this indicator, ``gain`` the
    points of the index it gives. ``alone``: None for the first in the index. ``why_not``: why there
    are no such values.
    """

    why_not: Why | None = None
    value: float | None = None
    gain: float | None = None
    alone: Alone | None = None


def above(
    evaluated: Evaluated, row: int, values: Array, ranks: Ranks, *, least: bool = False
) -> Above | None:
    """The next unit above a row in ``values`` (rows,), ranked as ``ranks`` (rows,).

    ``least``: less is better. None for the first, and for a row without a rank.
    """
    better = np.flatnonzero((ranks > 0) & (ranks < ranks[row]))
    if not better.size:
        return None
    rank = ranks[better].max()
    holders = better[ranks[better] == rank]
    nearest = int(holders[np.argmin(-values[holders] if least else values[holders])])
    return Above(
        unit=evaluated.scores.data.units[nearest],
        row=nearest,
        rank=int(rank),
        score=float(values[nearest]),
        short=abs(float(values[nearest] - values[row])),
        level=int(holders.size),
    )


def step(evaluated: Evaluated, row: int, leaf: int, over: Above | None) -> Step | None:
    """What a better value of one leaf gives a row; None for a row without a rank or a value.

    ``over``: the next unit above in the indicator.
    """
    scores = evaluated.scores
    own = scores.normalised[row, leaf]
    if not evaluated.ranked[row] or np.isnan(own):
        return None
    if (why := _unsolved(scores, leaf)) is not None:
        return Step(why)
    fitted_map = _map(scores, leaf)
    held = float(scores.index[row])
    value = gain = None
    if over is not None:
        value = _value(fitted_map, over.score, lambda score: score >= over.score - scores.tie / 2)
        gain = float(index_with(scores, row, leaf, np.array([over.score]))[0]) - held
    ahead = above(evaluated, row, scores.index, evaluated.group_ranks[:, -1])
    alone = None if ahead is None else _alone(scores, row, leaf, fitted_map, ahead)
    return Step(None, value, gain, alone)


def index_with(scores: Scores, row: int, leaf: int, at: Array) -> Array:
    """The index of one row if a leaf scored ``at`` (n,) instead: (n,).

    The row's other scores, its weights and what it is compared with stay. Where a group on the way
    up has no score, the index stays as well.
    """
    tree = scores.fitted.tree
    by_group = {bough.group: bough for bough in scores.fitted.boughs}
    place, moved = leaf, at
    while place != tree.root:
        bough = by_group[tree.parent[place]]
        if np.isnan(scores.node(bough.group)[row]):
            return np.full(at.shape, scores.index[row])
        parts = np.tile([scores.node(c)[row] for c in bough.children], (at.size, 1))
        parts[:, bough.children.index(place)] = moved
        combined = bough.joiner.combine(parts, bough.weights, bough.standard, points=False)
        place, moved = bough.group, combined.score
    return moved


def _alone(scores: Scores, row: int, leaf: int, fitted: Affine, ahead: Above) -> Alone:
    held, own = float(scores.index[row]), float(scores.normalised[row, leaf])
    best = max(own, scores.fitted.ends[1])
    most = float(index_with(scores, row, leaf, np.array([best]))[0]) - held

    def reaches(at: Array) -> Mask:
        """Where the index is level with the unit ahead."""
        told: Mask = index_with(scores, row, leaf, at) >= ahead.score - scores.tie / 2
        return told

    score = _least(reaches, own, best)
    if score is None:
        return Alone(None, None, most, ahead.short - most)
    value = _value(fitted, score, lambda s: bool(reaches(np.array([s]))[0]))
    return Alone(value, score, most, None)


def _least(reaches: Callable[[Array], Mask], low: float, high: float) -> float | None:
    """The least score that reaches, of a measure that never falls; None when none does."""
    if not reaches(np.array([high]))[0]:
        return None
    for _ in range(_ROUNDS):
        grid = np.linspace(low, high, _AT_ONCE)
        first = int(np.argmax(reaches(grid)))
        low, high = float(grid[max(first - 1, 0)]), float(grid[first])
    return high


def _value(fitted: Affine, score: float, reaches: Callable[[float], bool]) -> float | None:
    """The value that scores ``score``, moved on by last bits until it does."""
    value = fitted.backwards(score)
    better = 1.0 if fitted.scale > 0 else -1.0
    for nudge in range(_NUDGES):
        if reaches(float(fitted.apply(np.array([value]))[0])):
            return float(value)
        value += better * np.spacing(abs(value)) * 2.0**nudge
    return None


def _map(scores: Scores, leaf: int) -> Affine:
    told = _column_map(scores, leaf)
    assert isinstance(told, Affine)  # noqa: S101 - _unsolved saw to it
    return told


def _column_map(scores: Scores, leaf: int) -> ColumnMap:
    fitted = scores.fitted
    return fitted.maps[fitted.columns.index(fitted.tree.ids[leaf])]


def _unsolved(scores: Scores, leaf: int) -> Why | None:
    """Why no value can be worked out backwards for a leaf; None when it can."""
    fitted, told = scores.fitted, _column_map(scores, leaf)
    joiners = [fitted.joiner(place) for place in fitted.tree.above(leaf)]
    indicator = fitted.leaves[leaf]
    reasons: tuple[tuple[Why, bool], ...] = (
        ("position", not isinstance(told, Affine)),
        ("flat", isinstance(told, Affine) and told.scale == 0),
        ("sample", fitted.framework.method.of("normalise", indicator.id).from_sample),
        ("treated", _is_treated(scores, indicator)),
        ("compares", any(joiner.compares or joiner.per_unit for joiner in joiners)),
        # More of one part may lower these two: it makes a unit less even.
        ("uneven", any(isinstance(j, MazziottaPareto | AdjustedMazziottaPareto) for j in joiners)),
    )
    return next((why for why, holds in reasons if holds), None)


def _is_treated(scores: Scores, indicator: Indicator) -> bool:
    fitted = scores.fitted
    at = fitted.columns.index(indicator.id)
    return bool(fitted.treatments) and bool(fitted.treatments[at].steps)
