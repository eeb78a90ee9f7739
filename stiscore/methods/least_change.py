"""Least change: the smallest moves of bounded levers that bring a rising score to a goal.

Moves are points of the levers' own scale, never below 0. With one linear constraint the smallest
sum of squares is exact; a concave score is met by tangent planes, which lie above it throughout, so
that what a plane rules out cannot reach the goal either.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple, Protocol

import numpy as np

from stiscore.methods.base import Array

# A goal is met when it is missed by less than this, and moves below it are none, in points.
EXACT = 1e-9
_ROUNDS = 200
_HALVINGS = 60
# What a step must gain at least of what its slope promises (Armijo's rule).
_PROMISED = 1e-4
_TIGHT = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}

Bend = Literal["linear", "concave"]


class Rising(Protocol):
    """A score that rises with every move, linear or concave in them."""

    @property
    def bend(self) -> Bend:
        """Whether one plane tells all of it."""

    def values(self, moves: Array) -> Array:
        """The scores of ``moves`` (rows, levers), (rows,)."""

    def slopes(self, moves: Array) -> Array:
        """Score points a point of each lever adds at ``moves`` (levers,); same shape, >= 0."""


def least_moves(rising: Rising, room: Array, goal: float, costs: Array | None = None) -> Array:
    """The least moves (levers,) with a score of ``goal``; ``room`` itself where none reaches it.

    ``room``: the most each lever can move, >= 0. Least in the sum of squares, or with ``costs``
    (above 0, one a lever) in ``sum(costs * moves)``. What is found meets the goal to rounding and
    overshoots it by no more; a move without effect is none.

    >>> class Mean:
    ...     bend = "linear"
    ...     def values(self, moves): return 40 + moves @ self.slopes(moves[0])
    ...     def slopes(self, moves): return np.array([0.75, 0.25])
    >>> least_moves(Mean(), np.array([10.0, 60.0]), 50.0)
    array([10., 10.])
    """
    if _value(rising, room) < goal - EXACT:
        return room.copy()
    if costs is not None:
        found = _cheapest(rising, room, goal, costs)
    elif rising.bend == "linear":
        slopes = rising.slopes(np.zeros(room.size))
        found = nearest(slopes, room, goal - _value(rising, np.zeros(room.size)))
    else:
        found = _spread(rising, room, goal)
    return _needed_only(rising, _settled(rising, _snapped(found, room), room, goal), room, goal)


def nearest(slopes: Array, room: Array, need: float) -> Array:
    """The moves of least ``sum(d ** 2)`` with ``slopes @ d >= need`` and ``0 <= d <= room``.

    ``d = min(k slopes, room)`` for one multiplier k (Karush-Kuhn-Tucker); between the values of k
    at which a lever meets its bound the sum is linear in k, so k is exact. ``room`` of every lever
    that counts where even that falls short.

    >>> nearest(np.array([3.0, 1.0]), np.array([9.0, 9.0]), 20.0), nearest(*np.ones((2, 1)), 5.0)
    (array([6., 2.]), array([1.]))
    """
    found = np.zeros(room.size)
    live = np.flatnonzero((slopes > 0) & (room > 0))
    if need <= 0 or not live.size:
        return found
    live = live[np.argsort(room[live] / slopes[live], kind="stable")]
    rise, most = slopes[live], room[live]
    full = np.concatenate(([0.0], np.cumsum(rise * most)[:-1]))
    free = np.cumsum((rise**2)[::-1])[::-1]
    at = int(np.searchsorted(full + most / rise * free, need))
    if at == live.size:
        found[live] = most
        return found
    found[live] = np.minimum((need - full[at]) / free[at] * rise, most)
    return found


class _Plane(NamedTuple):
    """A tangent plane: ``slopes @ moves >= need`` is what reaches the goal on it."""

    slopes: Array
    need: float
    value: float


def _plane(rising: Rising, moves: Array, goal: float) -> _Plane:
    slopes, value = rising.slopes(moves), _value(rising, moves)
    return _Plane(slopes, goal - value + float(slopes @ moves), value)


def _spread(rising: Rising, room: Array, goal: float) -> Array:
    """Successive planes for the least sum of squares, each step cut back until it gains.

    The gain is measured by ``sum(d ** 2) / 2 + k (goal - score)`` with a k above every multiplier
    met: its only minimum is the answer, since the score is concave, and no step raises it.
    """
    moves, weight = np.zeros(room.size), 0.0
    for _ in range(_ROUNDS):
        plane = _plane(rising, moves, goal)
        wanted = nearest(plane.slopes, room, plane.need)
        step = wanted - moves
        if np.abs(step).max(initial=0.0) < EXACT:
            break
        pulled = np.divide(wanted, plane.slopes, out=np.zeros(room.size), where=plane.slopes > 0)
        weight = max(weight, 2 * pulled.max(initial=0.0))
        share = _gaining(rising, moves, step, goal, (weight, plane.value))
        if share == 0:
            break
        moves = moves + share * step
    return moves


def _gaining(
    rising: Rising, moves: Array, step: Array, goal: float, at: tuple[float, float]
) -> float:
    """The share of a step, halved as often as it takes, that brings a gain; 0 for none."""
    weight, value = at
    before = float(moves @ moves) / 2 + weight * max(goal - value, 0.0)
    promised = moves @ step - weight * max(goal - value, 0.0)
    shares: Array = np.power(0.5, np.arange(_HALVINGS // 2))
    tried = moves + shares[:, None] * step
    weighed = weight * np.maximum(goal - rising.values(tried), 0.0)
    after = (tried**2).sum(axis=1) / 2 + weighed
    gains = np.flatnonzero(after <= before + _PROMISED * min(float(promised), 0.0) * shares)
    return float(shares[gains[0]]) if gains.size else 0.0


def _cheapest(rising: Rising, room: Array, goal: float, costs: Array) -> Array:
    """The least linear cost: a linear programme under all planes so far, until its answer holds."""
    from scipy.optimize import linprog

    bounds = np.column_stack([np.zeros(room.size), room])
    planes = [_plane(rising, np.zeros(room.size), goal)]
    moves = np.zeros(room.size)
    for _ in range(_ROUNDS):
        above = np.array([-plane.slopes for plane in planes])
        below = [-plane.need for plane in planes]
        done = linprog(costs, above, below, bounds=bounds, method="highs", options=_TIGHT)
        if done.x is None:
            return room.copy()
        moves = np.clip(done.x, 0.0, room)
        if rising.bend == "linear" or _value(rising, moves) >= goal - 100 * EXACT:
            break
        # The plane at the edge of what reaches the goal cuts deeper than the one at the answer.
        planes.append(_plane(rising, _edge(rising, moves, room, goal), goal))
    return moves


def _edge(rising: Rising, outside: Array, inside: Array, goal: float) -> Array:
    """The point between the two at which the goal is met."""
    share = _least_share(rising, lambda t: outside + t * (inside - outside), 1.0, goal)
    return outside + share * (inside - outside)


def _snapped(moves: Array, room: Array) -> Array:
    """Without the dust of a solver's tolerance at either bound."""
    dusted = np.where(moves < EXACT, 0.0, np.where(room - moves < EXACT, room, moves))
    return np.asarray(dusted)


def _settled(rising: Rising, moves: Array, room: Array, goal: float) -> Array:
    """The moves drawn out or in together, bounds kept, until the goal is met and no more."""
    held = moves > 0
    if not held.any():
        return _edge(rising, moves, room, goal)
    most = float((room[held] / moves[held]).max())
    full = np.where(held, room, 0.0)
    if _value(rising, full) < goal:
        # What moves is at its bounds and short by a rounding: enough, or a little of all others.
        return full if _value(rising, full) >= goal - EXACT else _edge(rising, full, room, goal)
    share = _least_share(rising, lambda t: np.minimum(t * moves, room), most, goal)
    return np.asarray(np.minimum(share * moves, room))


def _needed_only(rising: Rising, moves: Array, room: Array, goal: float) -> Array:
    """Without moves the goal is met without, which a floor under a group's score brings about."""
    told = moves.copy()
    for lever in np.flatnonzero(moves):
        without = told.copy()
        without[lever] = 0.0
        if _value(rising, without) >= goal - EXACT / 10:
            told = without
    return told if (told == moves).all() else _settled(rising, told, room, goal)


def _least_share(rising: Rising, at: Callable[[float], Array], most: float, goal: float) -> float:
    """The least share from 0 to ``most`` at which the goal is met, which it is at ``most``."""
    low, high = 0.0, most
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _value(rising, at(middle)) >= goal:
            high = middle
        else:
            low = middle
    return high


def alone(rising: Rising, room: Array, goal: float) -> Array:
    """The least move of each lever by itself that meets the goal, (levers,); NaN where none does.

    >>> class Mean:
    ...     bend = "linear"
    ...     def values(self, moves): return 40 + moves @ np.array([0.75, 0.25])
    ...     def slopes(self, moves): return np.array([0.75, 0.25])
    >>> alone(Mean(), np.array([20.0, 20.0]), 46.0)
    array([ 8., nan])
    """
    low, high = np.zeros(room.size), room.copy()
    reached = rising.values(np.diag(high)) >= goal - EXACT
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        meets = rising.values(np.diag(middle)) >= goal
        low, high = np.where(meets, low, middle), np.where(meets, middle, high)
    return np.asarray(np.where(reached, high, np.nan))


def _value(rising: Rising, moves: Array) -> float:
    return float(rising.values(moves[None, :])[0])
