"""The least moves: exact where one plane tells all, near enough where many must."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from stiscore.methods.base import Array
from stiscore.methods.least_change import EXACT, Bend, Rising, alone, least_moves, nearest

SEEDS = st.integers(0, 2**32 - 1)


class Plane:
    """``start + slopes @ moves``."""

    bend: Bend = "linear"

    def __init__(self, start: float, slopes: Array) -> None:
        self._start, self._slopes = start, slopes

    def values(self, moves: Array) -> Array:
        return np.asarray(self._start + moves @ self._slopes)

    def slopes(self, moves: Array) -> Array:
        del moves
        return self._slopes


class Product:
    """The weighted geometric mean of scores that move."""

    bend: Bend = "concave"

    def __init__(self, starts: Array, weights: Array) -> None:
        self._starts, self._weights = starts, weights

    def values(self, moves: Array) -> Array:
        return np.asarray(np.exp(np.log(self._starts + moves) @ self._weights))

    def slopes(self, moves: Array) -> Array:
        told = self._weights * self.values(moves[None])[0] / (self._starts + moves)
        return np.asarray(told)


def drawn(seed: int, *, bent: bool) -> tuple[Any, Array, float, Array]:
    """A score, the room of its levers, a goal within reach and costs."""
    random = np.random.default_rng(seed)
    n = int(random.integers(1, 7))
    starts = random.uniform(1, 90, n)
    starts[random.random(n) < 0.3] = 1.0
    weights = random.dirichlet(np.ones(n))
    rising: Any = Product(starts, weights) if bent else Plane(float(starts @ weights), weights)
    room = np.minimum(random.uniform(0, 60, n), 100 - starts)
    low, high = rising.values(np.array([np.zeros(n), room]))
    goal = float(low + random.uniform(0.02, 1) * (high - low))
    return rising, room, goal, random.uniform(0.2, 5, n)


def by_slsqp(rising: Rising, room: Array, goal: float, costs: Array | None) -> float:
    """The least effort that a general solver finds; infinite where it fails."""
    meets = {
        "type": "ineq",
        "fun": lambda x: rising.values(x[None])[0] - goal,
        "jac": rising.slopes,
    }
    done = minimize(
        lambda x: x @ x if costs is None else costs @ x,
        room,
        jac=lambda x: 2 * x if costs is None else costs,
        bounds=[(0, most) for most in room],
        constraints=meets,
        method="SLSQP",
        options={"ftol": 1e-13, "maxiter": 300},
    )
    return float(done.fun) if done.success else np.inf


@given(SEEDS, st.booleans(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_no_other_way_takes_less(seed: int, bent: bool, costed: bool) -> None:
    rising, room, goal, prices = drawn(seed, bent=bent)
    costs = prices if costed else None

    def effort(moves: Array) -> float:
        return float(moves @ moves if costs is None else costs @ moves)

    moves = least_moves(rising, room, goal, costs)
    assert (moves >= 0).all()
    assert (moves <= room + EXACT).all()
    assert rising.values(moves[None])[0] == pytest.approx(goal, abs=2 * EXACT)
    best = effort(moves)
    assert best <= by_slsqp(rising, room, goal, costs) * (1 + 1e-6) + 1e-6
    others = np.random.default_rng(seed).random((400, room.size)) * room
    for other in others[rising.values(others) >= goal]:
        assert best <= effort(other) + 1e-6
    for lever in np.flatnonzero(moves > 1e-3):
        fewer = moves.copy()
        fewer[lever] -= 1e-3
        assert rising.values(fewer[None])[0] < goal


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_the_linear_programme_agrees_with_trying_every_corner(seed: int) -> None:
    rising, room, goal, costs = drawn(seed, bent=False)
    slopes, start = rising.slopes(room), rising.values(np.zeros((1, room.size)))[0]
    tried = []
    # A corner has every lever at a bound but one, and that one takes what is left.
    for size in range(room.size + 1):
        for full in map(list, combinations(range(room.size), size)):
            held = np.zeros(room.size)
            held[full] = room[full]
            for free in range(room.size):
                own = held.copy()
                own[free] = 0.0
                own[free] = max((goal - start - slopes @ own) / slopes[free], 0.0)
                if own[free] <= room[free] + 1e-12:
                    tried.append(costs @ own)
    moves = least_moves(rising, room, goal, costs)
    assert costs @ moves == pytest.approx(min(tried), rel=1e-7, abs=1e-7)


def test_out_of_reach_is_every_lever_at_its_bound() -> None:
    room = np.array([5.0, 7.0])
    for costs in (None, np.ones(2)):
        told = least_moves(Plane(10.0, np.array([0.5, 0.5])), room, 20.0, costs)
        assert told.tolist() == [5.0, 7.0]


def test_a_full_lever_leaves_the_rest_to_the_others() -> None:
    # 0.6 * 10 + 0.4 d = 12: by hand.
    told = nearest(np.array([0.6, 0.4]), np.array([10.0, 50.0]), 12.0)
    assert told == pytest.approx([10.0, 15.0])
    assert nearest(np.array([0.6, 0.4]), np.array([10.0, 50.0]), -1.0).tolist() == [0.0, 0.0]


def test_what_has_no_effect_does_not_move() -> None:
    told = least_moves(Plane(10.0, np.array([0.5, 0.0])), np.array([50.0, 50.0]), 20.0)
    assert told == pytest.approx([20.0, 0.0])


@given(SEEDS, st.booleans())
@settings(max_examples=40, deadline=None)
def test_one_lever_alone(seed: int, bent: bool) -> None:
    rising, room, goal, _ = drawn(seed, bent=bent)
    for lever, move in enumerate(alone(rising, room, goal)):
        own = np.zeros(room.size)
        own[lever] = room[lever] if np.isnan(move) else move
        value = rising.values(own[None])[0]
        assert value < goal if np.isnan(move) else value == pytest.approx(goal, abs=2 * EXACT)
