"""The goal: a rank, a score or a severity, and what of the unit must reach how much."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from stiscore.analysis.evaluated import Evaluated
from stiscore.dataset import titled
from stiscore.errors import UsageError
from stiscore.finding import Finding
from stiscore.scores import number
from stiscore.words import Words
from stiscore.words.faults import found, refusal
from stiscore.words.faults.target import NOTHING, PRESENT


class Goal(NamedTuple):
    """What is to be reached. ``wanted``: the rank, the score or the severity; ``gap``: its id."""

    kind: Literal["rank", "score", "gap"]
    wanted: float
    gap: str | None = None


class State(NamedTuple):
    """Where a unit stands; ``severity`` is that of the goal's gap, None without one."""

    score: float | None
    rank: int | None
    severity: float | None = None


class Sought(NamedTuple):
    """A goal as a score: ``need`` of the index, or of the mean behind the gap.

    ``rival``: the row whose score it is, for a rank.
    """

    goal: Goal
    need: float
    rival: int | None = None


def state(evaluated: Evaluated, row: int, goal: Goal) -> State:
    """Where a row stands."""
    score = number(evaluated.scores.index[row])
    rank = int(evaluated.group_ranks[row, -1]) or None
    if goal.gap is None:
        return State(score, rank)
    gaps = evaluated.gaps
    return State(score, rank, number(gaps.severity[row, gaps.ids.index(goal.gap)]))


def sought(evaluated: Evaluated, row: int, goal: Goal) -> Sought:
    """What must be reached; UsageError where the row has no such figure or is there (U181, U182).

    A rank N asks for the score of the N-th best other ranked unit: ties share the better rank.
    """
    at, scores = state(evaluated, row, goal), evaluated.scores
    if goal.kind == "rank":
        return _ranked(evaluated, row, goal, at)
    held = at.score if goal.kind == "score" else at.severity
    if held is None:
        raise refusal(UsageError, [_nothing(evaluated, row, goal.kind)])
    if goal.kind == "score":
        if goal.wanted <= held + scores.tie:
            raise refusal(UsageError, [_there(evaluated, row, goal, at)])
        return Sought(goal, goal.wanted)
    if held <= goal.wanted + scores.tie:
        raise refusal(UsageError, [_there(evaluated, row, goal, at)])
    low, high = scores.fitted.ends
    return Sought(goal, high - goal.wanted * (high - low) / 100.0)


def _ranked(evaluated: Evaluated, row: int, goal: Goal, at: State) -> Sought:
    if at.rank is None:
        raise refusal(UsageError, [_nothing(evaluated, row, "rank")])
    if at.rank <= goal.wanted:
        raise refusal(UsageError, [_there(evaluated, row, goal, at)])
    index = evaluated.scores.index
    others = [int(r) for r in np.flatnonzero(evaluated.ranked) if r != row]
    others.sort(key=lambda other: -index[other])
    rival = others[int(goal.wanted) - 1]
    return Sought(goal, float(index[rival]), rival)


def _nothing(evaluated: Evaluated, row: int, kind: str) -> Finding:
    unit = titled(evaluated.scores.data.units[row], "both")
    return found("U182", unit=unit, what=NOTHING[kind].filled(unit=unit))


def _there(evaluated: Evaluated, row: int, goal: Goal, at: State) -> Finding:
    unit = titled(evaluated.scores.data.units[row], "both")
    held = {"rank": at.rank, "score": at.score, "gap": at.severity}[goal.kind]
    told: Words = PRESENT[goal.kind].filled(unit=unit, held=held, wanted=goal.wanted)
    return found("U181", unit=unit, what=told)
