"""Why a unit has its score: from the index down to the cell, with the figures put in."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from stiscore.analysis.evaluated import Evaluated
from stiscore.dataset import Collected, Flag
from stiscore.derived import AS_READ
from stiscore.errors import Location
from stiscore.framework.find import sourced
from stiscore.framework.model import Group, Indicator, Source
from stiscore.methods.aggregate import shares_present
from stiscore.methods.base import Array
from stiscore.methods.climb import Bough
from stiscore.methods.denominate import ByColumn
from stiscore.methods.maps import Affine, ColumnMap, Ecdf, bend
from stiscore.methods.treat import Treated
from stiscore.scores import Scores


class Part(NamedTuple):
    """A raw figure behind a value, and the cell it stands in."""

    column: str
    value: float | None
    location: Location


class Leaf(NamedTuple):
    """An indicator: its cells, its scale, and what became of the value.

    ``filled``: the value after filling; ``filled_by``: the method that put it, or a part of it,
    where none was read. ``treated``: the value after treatment, and ``treatment`` its steps.
    ``ends`` are the values that score the lower and upper end, None where the map has none;
    ``straight`` is the score before clipping; ``worse`` of ``of`` reference values are worse, where
    ranks are what counts. ``share`` is the weight in the parent for this unit, renormalised over
    what it has or chosen by itself, and ``effective`` the product of shares down from the index.
    ``aside``: the value was set aside for an error (--tolerate), and this is what its cell holds,
    empty for a derived one. ``collected``: what stands behind a share counted from a coding or
    questionnaire sheet. ``sourced``: whose each part is matters in this framework.
    """

    indicator: Indicator
    value: float | None
    parts: tuple[Part, ...]
    factor: float
    map: ColumnMap
    ends: tuple[float, float] | None
    straight: float | None
    score: float | None
    rank: int | None
    share: float
    effective: float
    points: float | None
    basis: str | None
    target: tuple[float, float]
    source: Source | None
    aside: str | None = None
    collected: Collected | None = None
    filled_by: str | None = None
    filled: float | None = None
    sourced: bool = True
    treated: float | None = None
    treatment: Treated | None = None
    worse: int | None = None
    of: int | None = None

    @property
    def divided(self) -> bool:
        """Whether the value is a figure as read, divided by another column."""
        return any(part.column.endswith(AS_READ) for part in self.parts)

    @property
    def clipped(self) -> bool:
        """Whether the value lies beyond an end of the scale and was counted as that end."""
        return (
            self.straight is not None
            and self.score is not None
            and abs(self.straight - self.score) > 1e-9
        )

    @property
    def formula(self) -> str | None:
        """The scale with this unit's value put in, e.g. ``100 x (5.96 - 0.8) / (8 - 0.8)``.

        None where the map is no straight line.
        """
        if self.ends is None or not isinstance(self.map, Affine):
            return None
        start, end = self.ends
        value, start_text, end_text = (_bent(v, self.map.curve) for v in (self.treated, start, end))
        first, last = self.target
        stretch = f"{last - first:g} x ({value} - {start_text}) / ({end_text} - {start_text})"
        return stretch if first == 0 else f"{first:g} + {stretch}"


class Branch(NamedTuple):
    """A group: how its children were joined, and what it adds to the index."""

    group: Group
    method: str
    score: float | None
    rank: int | None
    share: float
    effective: float
    coverage: float
    points: float | None
    children: tuple[Branch | Leaf, ...]
    sourced: bool = True


def explain(evaluated: Evaluated, row: int) -> Branch:
    """The whole tree of one row's score. Nodes without a column are left out."""
    return _branch(evaluated, row, evaluated.scores.fitted.tree.root, (1.0, 1.0))


def under_gap(branch: Branch, gap: str) -> tuple[Leaf, ...]:
    """The measured indicators whose primary tag is ``gap``, in framework order."""
    found: list[Leaf] = []
    for child in branch.children:
        if isinstance(child, Branch):
            found.extend(under_gap(child, gap))
        elif child.indicator.gaps is not None and child.indicator.gaps.primary == gap:
            found.append(child)
    return tuple(found)


def find(branch: Branch, node: str) -> Branch | Leaf | None:
    """The part of an explanation that is about ``node``; None when nothing is measured there."""
    if branch.group.id == node:
        return branch
    for child in branch.children:
        if isinstance(child, Leaf):
            if child.indicator.id == node:
                return child
        elif (held := find(child, node)) is not None:
            return held
    return None


def _branch(evaluated: Evaluated, row: int, place: int, weight: tuple[float, float]) -> Branch:
    scores = evaluated.scores
    fitted, tree = scores.fitted, scores.fitted.tree
    bough = next(b for b in fitted.boughs if b.group == place)
    children = bough.children
    shares = _shares(bough, np.array([[scores.node(c)[row] for c in children]]))
    column = place - tree.leaves
    score = scores.groups[row, column]
    return Branch(
        group=next(g for g in fitted.framework.groups if g.id == tree.ids[place]),
        method=fitted.joiner(place).id,
        score=None if np.isnan(score) else float(score),
        rank=int(evaluated.group_ranks[row, column]) or None,
        share=weight[0],
        effective=weight[1],
        coverage=float(scores.coverage[row, column]),
        points=None if np.isnan(score) else float(scores.points[row, place]),
        children=tuple(
            (_leaf if c < tree.leaves else _branch)(
                evaluated, row, c, (float(s), weight[1] * float(s))
            )
            for c, s in zip(children, shares, strict=True)
        ),
        sourced=sourced(fitted.framework),
    )


def _shares(bough: Bough, parts: Array) -> Array:
    """The weights of a group's children for one row (1, children), as (children,)."""
    own = shares_present(parts, bough.weights)[0]
    if bough.joiner.per_unit:
        told = bough.joiner.combine(parts, bough.weights, bough.standard)
        own = told.points[0] / told.score[0] if told.score[0] > 0 else np.zeros(own.size)
    shares: Array = np.nan_to_num(own)
    return shares


def _leaf(evaluated: Evaluated, row: int, place: int, weight: tuple[float, float]) -> Leaf:
    scores = evaluated.scores
    fitted = scores.fitted
    indicator = fitted.leaves[place]
    at = fitted.columns.index(indicator.id)
    fitted_map = fitted.maps[at]
    value, treated = _held(scores.raw[row, place]), _held(scores.treated[row, place])
    score = _held(scores.normalised[row, place])
    normalise = fitted.framework.method.of("normalise", indicator.id)
    column = scores.data.position(indicator.id)
    flags = 0 if column is None else int(scores.data.flags[row, column])
    imputed = bool(scores.imputed[row, place] or flags & Flag.ALONG_YEARS)
    worse, of = _position(fitted_map, treated)
    return Leaf(
        indicator=indicator,
        value=value,
        parts=_parts(scores, row, indicator),
        factor=_factor(scores, indicator),
        map=fitted_map,
        ends=_ends(fitted_map, fitted.ends),
        straight=_straight(fitted_map, treated),
        score=score,
        rank=int(evaluated.leaf_ranks[row, place]) or None,
        share=weight[0],
        effective=weight[1],
        points=None if score is None else float(scores.points[row, place]),
        basis=None if normalise.from_sample else indicator.levels[fitted.level].basis,
        target=fitted.ends,
        source=_source(indicator, fitted.level),
        aside=_aside(scores, row, indicator),
        collected=_collected(scores, row, indicator),
        filled_by=fitted.framework.method.of("impute", indicator.id).id if imputed else None,
        filled=_held(scores.filled[row, place]),
        sourced=sourced(fitted.framework),
        treated=treated,
        treatment=fitted.treatments[at] if fitted.treatments else None,
        worse=worse,
        of=of,
    )


def _held(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _factor(scores: Scores, indicator: Indicator) -> float:
    """What a quotient was multiplied with; 1 for a value that was read."""
    rule = scores.fitted.framework.method.of("denominate", indicator.id)
    if isinstance(rule, ByColumn):
        return rule.factor
    return indicator.derive.factor if indicator.derive else 1.0


def _straight(fitted: ColumnMap, value: float | None) -> float | None:
    """The score before clipping, on a scale that is a straight line."""
    if value is None or not isinstance(fitted, Affine):
        return None
    return fitted.scale * float(bend(np.array([value]), fitted.curve)[0]) + fitted.offset


def _position(fitted: ColumnMap, value: float | None) -> tuple[int | None, int | None]:
    """How many of the reference values are worse, where ranks are what counts."""
    if not isinstance(fitted, Ecdf) or value is None:
        return None, None
    counting = fitted.model_copy(update={"scale": 1.0, "offset": 0.0, "ties": "min"})
    return int(counting.apply(np.array([value]))[0]), len(fitted.values)


def _aside(scores: Scores, row: int, indicator: Indicator) -> str | None:
    place = scores.data.position(indicator.id)
    if place is None or not scores.data.flags[row, place] & Flag.TOLERATED:
        return None
    return scores.data.texts.get((row, place), "")


def _collected(scores: Scores, row: int, indicator: Indicator) -> Collected | None:
    place = scores.data.position(indicator.id)
    return None if place is None else scores.data.collected.get((row, place))


def _source(indicator: Indicator, level: str) -> Source | None:
    """The first source that serves a level; none when the framework names none for it."""
    return next((s for s in indicator.sources if s.level in (level, "both")), None)


def _parts(scores: Scores, row: int, indicator: Indicator) -> tuple[Part, ...]:
    data = scores.data
    place = data.position(indicator.id)
    if place is None:
        return ()
    columns = data.columns[place].derived_from or (indicator.id,)
    told = []
    for column in columns:
        at = data.position(column)
        if at is not None:
            value = data.values[row, at]
            told.append(
                Part(column, None if np.isnan(value) else float(value), data.location(row, at))
            )
    return tuple(told)


def _ends(fitted: ColumnMap, target: tuple[float, float]) -> tuple[float, float] | None:
    """The values that score the two ends of the scale, the map read backwards."""
    if not isinstance(fitted, Affine) or fitted.scale == 0:
        return None
    first, last = ((t - fitted.offset) / fitted.scale for t in target)
    if fitted.curve == "sqrt":
        return (first * abs(first), last * abs(last))
    return (first, last)


def _bent(value: float | None, curve: str) -> str:
    """A value as it enters the formula; below zero the root keeps the sign."""
    text = "-" if value is None else f"{value + 0.0:.6g}"
    return f"sqrt({text})" if curve == "sqrt" else f"({text})" if text.startswith("-") else text
