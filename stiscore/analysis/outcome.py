"""What becomes of one unit when figures of it change: scores, ranks, gaps, who is overtaken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

import numpy as np

from stiscore.analysis.compare import Track, tracks
from stiscore.analysis.evaluated import Evaluated
from stiscore.analysis.explain import Leaf, explain, find
from stiscore.analysis.scenario import with_values
from stiscore.analysis.supposed import Change, Figure, suppose
from stiscore.finding import Findings
from stiscore.scores import number

Kind = Literal["index", "group", "gap", "indicator"]
# What is to be said of an indicator that changed; words stand in words/whatif.py.
Remark = Literal[
    "idle", "context", "superseded", "unscored", "new", "gone", "already", "reaches", "leaves",
    "level",
]  # fmt: skip
End = Literal["upper", "lower"]


class State(NamedTuple):
    """A node at one time: ``score`` (of a gap its severity), rank, points it adds to the index."""

    score: float | None
    rank: int | None
    points: float | None = None


class Shift(NamedTuple):
    """A node before and after."""

    id: str
    kind: Kind
    before: State
    after: State

    @property
    def moved(self) -> bool:
        """Whether its score, points or rank is another."""
        return self.before != self.after

    @property
    def change(self) -> float | None:
        """Score after less score before; None where either is missing."""
        if self.before.score is None or self.after.score is None:
            return None
        return self.after.score - self.before.score


class Noted(NamedTuple):
    """Something to be said of an indicator; ``end``: of its scale, with the value there."""

    remark: Remark
    indicator: str
    end: End | None = None
    at: float | None = None


class Standing(NamedTuple):
    """Where the unit stands: index, rank (None: not ranked), gap index, coverage 0-1."""

    score: float | None
    rank: int | None
    gap_index: float | None
    coverage: float


class Outcome(NamedTuple):
    """One scenario of one unit. ``shifts``: index, areas and groups, gaps, indicators touched.

    Rows of other ranked units: ``overtaken`` by this one, ``overtaking`` it, ``joined``: from now
    on level with it. None of them where it is not ranked before and after. ``ranked``: (before,
    after), how many units are.
    """

    scenario: str | None
    row: int
    changes: Mapping[str, Change]
    figures: tuple[Figure, ...]
    before: Standing
    after: Standing
    shifts: tuple[Shift, ...]
    overtaken: tuple[int, ...]
    overtaking: tuple[int, ...]
    joined: tuple[int, ...]
    ranked: tuple[int, int]
    notes: tuple[Noted, ...]
    findings: Findings

    @property
    def idle(self) -> bool:
        """Whether no score, severity or rank is another."""
        return not any(shift.moved for shift in self.shifts)


def outcome(
    evaluated: Evaluated,
    row: int,
    changes: Mapping[str, Change],
    *,
    scenario: str | None = None,
    common: bool = False,
) -> Outcome:
    """One unit scored again after ``changes``; all other units, the scale and weights stay."""
    supposed = suppose(evaluated, row, changes)
    again = with_values(evaluated, row, supposed.values, common=common)
    touched = {f.id for f in supposed.figures if not f.quantity}
    overtaken, overtaking, joined = _passed(evaluated, again, row)
    return Outcome(
        scenario=scenario,
        row=row,
        changes=changes,
        figures=supposed.figures,
        before=_standing(evaluated, row),
        after=_standing(again, row),
        shifts=tuple(_shifts(evaluated, again, row, touched)),
        overtaken=overtaken,
        overtaking=overtaking,
        joined=joined,
        ranked=(int(evaluated.ranked.sum()), int(again.ranked.sum())),
        notes=tuple(_notes(evaluated, again, row, supposed.figures)),
        findings=supposed.findings,
    )


def _standing(evaluated: Evaluated, row: int) -> Standing:
    scores = evaluated.scores
    return Standing(
        number(scores.index[row]),
        int(evaluated.group_ranks[row, -1]) or None,
        number(evaluated.gaps.index[row]),
        float(scores.coverage[row, -1]),
    )


def _shifts(before: Evaluated, after: Evaluated, row: int, touched: set[str]) -> Iterator[Shift]:
    """Every group and gap, and the scored indicators among ``touched``."""
    tree = before.scores.fitted.tree
    points = [e.scores.points[row] for e in (before, after)]
    for old, new in zip(tracks(before), tracks(after), strict=True):
        kind, node = old.key
        if kind == "indicator" and (node not in touched or node not in tree.ids):
            continue
        place = tree.ids.index(node) if node in tree.ids and kind != "gap" else None
        states = (
            _state(track, row, None if place is None else float(p[place]))
            for track, p in zip((old, new), points, strict=True)
        )
        yield Shift(node, kind, *states)


def _state(track: Track, row: int, points: float | None) -> State:
    score = number(track.values[row])
    rank = None if track.ranks is None else int(track.ranks[row]) or None
    return State(score, rank, None if score is None or points is None else points)


def _passed(
    before: Evaluated, after: Evaluated, row: int
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Rows of units it overtakes, of those that overtake it, and of those it is now level with."""
    if not (before.ranked[row] and after.ranked[row]):
        return (), (), ()
    index, tie = before.scores.index, before.scores.tie
    sides = [np.sign(np.where(np.abs(d) <= tie, 0.0, d)) for d in (
        index - index[row], index - after.scores.index[row]
    )]  # fmt: skip
    others = before.ranked.copy()
    others[row] = False
    then, now = sides
    told = (others & (then >= 0) & (now < 0), others & (then <= 0) & (now > 0),
            others & (then != 0) & (now == 0))  # fmt: skip
    order = np.argsort(-np.where(np.isnan(index), -np.inf, index), kind="stable").tolist()
    first, second, third = (tuple(r for r in order if mask[r]) for mask in told)
    return first, second, third


def _notes(
    before: Evaluated, after: Evaluated, row: int, figures: tuple[Figure, ...]
) -> Iterator[Noted]:
    """What is to be said of each indicator that was changed, or changes with another figure."""
    fitted = before.scores.fitted
    context = {i.id for i in fitted.framework.at_level(fitted.level) if i.role == "context"}
    told = [explain(e, row) for e in (before, after)]
    for figure in figures:
        if figure.quantity:
            continue
        leaves = [find(branch, figure.id) for branch in told]
        if figure.before == figure.after:
            yield Noted("idle", figure.id)
        elif figure.id in context:
            yield Noted("context", figure.id)
        elif figure.id in fitted.superseded:
            yield Noted("superseded", figure.id)
        elif not isinstance(leaves[0], Leaf) or not isinstance(leaves[1], Leaf):
            yield Noted("unscored", figure.id)
        else:
            yield from _on_scale(figure, leaves[0], leaves[1])


def _on_scale(figure: Figure, old: Leaf, new: Leaf) -> Iterator[Noted]:
    """Newly measured, no longer measured, or beyond an end of the scale."""
    if figure.before is None:
        yield Noted("new", figure.id)
    if figure.after is None:
        yield Noted("gone", figure.id)
        return
    same = old.score is not None and new.score is not None and abs(new.score - old.score) < 1e-9
    then, now = _beyond(old), _beyond(new)
    if same and now is not None:
        yield Noted("already", figure.id, *now)
    elif same:
        yield Noted("level", figure.id)
    elif now is not None:
        yield Noted("reaches", figure.id, *now)
    elif then is not None:
        yield Noted("leaves", figure.id, *then)


def _beyond(leaf: Leaf) -> tuple[End, float] | None:
    """The end of the scale a value lies beyond, and the value there."""
    if not leaf.clipped or leaf.ends is None or leaf.treated is None:
        return None
    low, high = sorted(leaf.ends)
    return ("upper", high) if leaf.treated > high else ("lower", low)
