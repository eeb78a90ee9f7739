"""The least change of a unit's levers that reaches a goal: frame and other units held fixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from stiscore.analysis.evaluated import Evaluated
from stiscore.analysis.scenario import with_values
from stiscore.analysis.targets.goal import Goal, Sought, State, sought, state
from stiscore.analysis.targets.levers import Aside, Lever, Limit, asides, lever
from stiscore.analysis.targets.pace import Pace, declared
from stiscore.analysis.targets.refuse import expect_fit, joins
from stiscore.analysis.targets.response import GapResponse, IndexResponse, floor_over
from stiscore.framework.model import Indicator
from stiscore.methods.base import Array
from stiscore.methods.least_change import EXACT, alone, least_moves

# Nodes of the integral that shares out points between levers; exact for a polynomial of degree 31.
_NODES = 16
# A lever this near its bound stands at it, in points.
_AT_BOUND = 1e-6


class Terms(NamedTuple):
    """What a target is worked out under.

    ``paces``: observed ones by indicator. ``costs``: a lever's cost a point, by id; None spreads
    the effort. ``framed``: whether the scale is a saved one.
    """

    years: float
    paces: Mapping[str, Pace]
    costs: Mapping[str, float] | None = None
    framed: bool = False
    common: bool = False


class Change(NamedTuple):
    """A lever that moves: ``to`` in its measurement, ``score`` there, ``moved`` in points.

    ``points``: what it adds to the index, None where the index allows no such split. ``share``: of
    the whole effort, 0-1. ``limit``: what holds it there; None within its bounds.
    """

    lever: Lever
    to: float
    score: float
    moved: float
    points: float | None
    share: float
    limit: Limit | None


class Alone(NamedTuple):
    """One lever by itself: the value it would need, or how far it gets at its bound."""

    lever: Lever
    reached: bool
    to: float
    at: State


class Aim(NamedTuple):
    """What was found. ``changes``: the largest effort first; all at their bounds if not reached.

    ``effort``: the sum of squares of points moved, or the cost.
    """

    sought: Sought
    terms: Terms
    reached: bool
    before: State
    after: State
    effort: float
    changes: tuple[Change, ...]
    alone: tuple[Alone, ...]
    levers: tuple[Lever, ...]
    asides: tuple[Aside, ...]


def aim(evaluated: Evaluated, row: int, goal: Goal, terms: Terms) -> Aim:
    """What the goal takes of one row. Raises UsageError (U181 to U188) where nothing can be told.

    With an index that is concave in its leaves the answer is the least there is; where a whole
    group lies under the floor of a geometric mean, it is one of which no part can be spared.
    """
    wanted = sought(evaluated, row, goal)
    scores = evaluated.scores
    left = asides(scores, row, gap=goal.gap, costs=terms.costs)
    levers = _levers(evaluated, row, goal, terms, left)
    rising = _rising(evaluated, row, goal, levers)
    # A lever whose group has too little to be scored, or no weight, moves nothing.
    counts = rising.slopes(np.zeros(len(levers))) > 0
    if isinstance(rising, IndexResponse):
        counts = counts | rising.sunk
    idle = [each.indicator for each, counted in zip(levers, counts, strict=True) if not counted]
    levers = [each for each, counted in zip(levers, counts, strict=True) if counted]
    left = _in_order(scores.fitted.framework.indicators, left, idle)
    expect_fit(scores, row, goal, [e.indicator for e in levers], framed=terms.framed)
    rising = _rising(evaluated, row, goal, levers)
    room = np.array([each.room for each in levers])
    costs = None if terms.costs is None else np.array([terms.costs[e.indicator.id] for e in levers])
    moves = _least(rising, room, wanted.need, costs)
    after = _after(evaluated, row, goal, levers, moves, terms)
    return Aim(
        wanted,
        terms,
        float(rising.values(moves[None, :])[0]) >= wanted.need - EXACT,
        state(evaluated, row, goal),
        after,
        _effort(moves, costs),
        _changes(evaluated, row, levers, moves, costs),
        _alone(evaluated, row, wanted, levers, rising, terms),
        tuple(levers),
        left,
    )


def _levers(
    evaluated: Evaluated, row: int, goal: Goal, terms: Terms, left: Sequence[Aside]
) -> list[Lever]:
    scores = evaluated.scores
    fitted = scores.fitted
    out = {aside.indicator.id for aside in left}
    held = [i for i in fitted.framework.at_level(fitted.level) if i.id not in out]
    expect_fit(scores, row, goal, held, framed=terms.framed)
    told = []
    for indicator in held:
        pace = terms.paces.get(indicator.id) or declared(fitted)
        place = fitted.tree.ids.index(indicator.id)
        floor = -np.inf if goal.kind == "gap" else floor_over(fitted, place)
        told.append(lever(scores, row, indicator, pace, terms.years, floor))
    return told


def _rising(
    evaluated: Evaluated, row: int, goal: Goal, levers: Sequence[Lever]
) -> IndexResponse | GapResponse:
    places = [each.place for each in levers]
    if goal.gap is not None:
        leaves = evaluated.gaps.leaves[evaluated.gaps.ids.index(goal.gap)]
        return GapResponse(evaluated.scores, row, places, leaves)
    starts = np.array([each.start for each in levers])
    return IndexResponse(evaluated.scores, row, places, starts)


def _in_order(
    known: Sequence[Indicator], left: Sequence[Aside], idle: Sequence[Indicator]
) -> tuple[Aside, ...]:
    order = {indicator.id: place for place, indicator in enumerate(known)}
    told = [*left, *(Aside(indicator, "weightless") for indicator in idle)]
    return tuple(sorted(told, key=lambda aside: order[aside.indicator.id]))


def _least(
    rising: IndexResponse | GapResponse, room: Array, need: float, costs: Array | None
) -> Array:
    """The least moves; with a group under a floor the better of lifting it and leaving it."""
    moves = least_moves(rising, room, need, costs)
    if not isinstance(rising, IndexResponse) or not rising.sunk.any():
        return moves
    other = least_moves(rising, np.where(rising.sunk, 0.0, room), need, costs)
    tried = [m for m in (moves, other) if rising.values(m[None, :])[0] >= need - EXACT]
    return min(tried, key=lambda m: _effort(m, costs), default=moves)


def _effort(moves: Array, costs: Array | None) -> float:
    return float(moves @ moves if costs is None else costs @ moves)


def _to(each: Lever, move: float) -> float:
    return each.value_at(each.start + move) if move > 0 else each.value


def _after(
    evaluated: Evaluated,
    row: int,
    goal: Goal,
    levers: Sequence[Lever],
    moves: Array,
    terms: Terms,
) -> State:
    """Where the row stands after the moves, the whole table scored again."""
    values = {
        each.indicator.id: _to(each, move)
        for each, move in zip(levers, moves.tolist(), strict=True)
        if move > 0
    }
    if not values:
        return state(evaluated, row, goal)
    return state(with_values(evaluated, row, values, common=terms.common), row, goal)


def _changes(
    evaluated: Evaluated,
    row: int,
    levers: Sequence[Lever],
    moves: Array,
    costs: Array | None,
) -> tuple[Change, ...]:
    effort = moves**2 if costs is None else costs * moves
    whole = float(effort.sum()) or 1.0
    points = _shared(evaluated, row, levers, moves)
    told = [
        Change(
            each,
            _to(each, float(moves[n])),
            each.start + float(moves[n]),
            float(moves[n]),
            None if points is None else float(points[n]),
            float(effort[n]) / whole,
            each.limit if moves[n] >= each.room - _AT_BOUND else None,
        )
        for n, each in enumerate(levers)
        if moves[n] > 0
    ]
    return tuple(sorted(told, key=lambda change: -change.share))


def _shared(evaluated: Evaluated, row: int, levers: Sequence[Lever], moves: Array) -> Array | None:
    """Points of the index each move adds, (levers,), summing to the change; None without an index.

    Aumann-Shapley: a lever's slope, integrated as all move together from where they are.
    """
    fitted = evaluated.scores.fitted
    if joins(fitted) is not None or np.isnan(evaluated.scores.index[row]):
        return None
    starts = np.array([max(each.score, floor_over(fitted, each.place)) for each in levers])
    index = IndexResponse(evaluated.scores, row, [each.place for each in levers], starts)
    nodes, heights = np.polynomial.legendre.leggauss(_NODES)
    slopes = [index.slopes((node + 1) / 2 * moves) for node in nodes]
    told = moves * (heights / 2 @ np.array(slopes))
    before, after = index.values(np.array([np.zeros(moves.size), moves]))
    whole = float(told.sum())
    return np.asarray(told * ((after - before) / whole) if whole > 0 else told)


def _alone(
    evaluated: Evaluated,
    row: int,
    wanted: Sought,
    levers: Sequence[Lever],
    rising: IndexResponse | GapResponse,
    terms: Terms,
) -> tuple[Alone, ...]:
    room = np.array([each.room for each in levers])
    moves = alone(rising, room, wanted.need)
    told = []
    for n, each in enumerate(levers):
        reached = not np.isnan(moves[n])
        own = np.zeros(len(levers))
        own[n] = moves[n] if reached else room[n]
        at = _after(evaluated, row, wanted.goal, levers, own, terms)
        told.append(Alone(each, reached, _to(each, float(own[n])), at))
    return tuple(told)
