"""An indicator of one unit: its cells, its scale, and what became of the value."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from stiscore.analysis.evaluated import Evaluated
from stiscore.analysis.next_rank import Above, Step
from stiscore.analysis.weight_way import Way
from stiscore.dataset import Collected, Flag
from stiscore.derived import AS_READ
from stiscore.errors import Location
from stiscore.framework.find import sourced
from stiscore.framework.model import Indicator, Range, Scale, Source
from stiscore.methods.denominate import ByColumn
from stiscore.methods.maps import Affine, ColumnMap, Ecdf
from stiscore.methods.treat import Treated
from stiscore.scores import Scores, number


class Part(NamedTuple):
    """A raw figure behind a value, and the cell it stands in.

    ``error``: its standard error below and above, in the column's measurement, where one is given.
    """

    column: str
    value: float | None
    location: Location
    error: tuple[float, float] | None = None


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
    questionnaire sheet. ``sourced``: whose each part is matters in this framework. ``posts``: the
    indicator's scale at this level, None where the scale was learned from the table.
    ``implausible``: the plausible range, where the value lies outside. ``period``: the year of the
    value, where the table holds several. ``above``: the next unit above in the indicator. ``step``:
    what a better value gives. ``way``: how it came by its weight. ``median`` of the peers' scores
    and ``median_value`` of their values, where peers were asked for; ``few`` of them have one, None
    where all have.
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
    posts: Scale | None = None
    implausible: Range | None = None
    period: str | None = None
    above: Above | None = None
    step: Step | None = None
    way: Way | None = None
    median: float | None = None
    median_value: float | None = None
    few: int | None = None

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


class Told(NamedTuple):
    """What is said of a leaf beside the leaf itself: where it stands, how it is weighed."""

    share: float
    effective: float
    above: Above | None
    step: Step | None
    way: Way
    median: float | None
    median_value: float | None
    few: int | None


def leaf_of(evaluated: Evaluated, row: int, place: int, told: Told) -> Leaf:
    """The leaf at ``place`` of the tree for one row."""
    scores = evaluated.scores
    fitted = scores.fitted
    indicator = fitted.leaves[place]
    at = fitted.columns.index(indicator.id)
    fitted_map, scale = fitted.maps[at], indicator.levels[fitted.level]
    value, treated = number(scores.raw[row, place]), number(scores.treated[row, place])
    score = number(scores.normalised[row, place])
    normalise = fitted.framework.method.of("normalise", indicator.id)
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
        points=None if score is None else float(scores.points[row, place]),
        basis=None if normalise.from_sample else scale.basis,
        target=fitted.ends,
        source=_source(indicator, fitted.level),
        aside=_aside(scores, row, indicator),
        collected=_collected(scores, row, indicator),
        filled_by=_filled_by(scores, row, place),
        filled=number(scores.filled[row, place]),
        sourced=sourced(fitted.framework),
        treated=treated,
        treatment=fitted.treatments[at] if fitted.treatments else None,
        worse=worse,
        of=of,
        posts=None if normalise.from_sample else scale,
        implausible=_implausible(scale, value),
        period=scores.data.periods[row] if len(set(scores.data.periods)) > 1 else None,
        **told._asdict(),
    )


def _filled_by(scores: Scores, row: int, place: int) -> str | None:
    """The method that filled a value, or a part of it, where none was read."""
    framework, leaf = scores.fitted.framework, scores.fitted.leaves[place].id
    column = scores.data.position(leaf)
    flags = 0 if column is None else int(scores.data.flags[row, column])
    imputed = bool(scores.imputed[row, place] or flags & Flag.ALONG_YEARS)
    return framework.method.of("impute", leaf).id if imputed else None


def _implausible(scale: Scale, value: float | None) -> Range | None:
    """The plausible range of a value that lies outside of it."""
    if value is None or scale.plausible is None:
        return None
    low, high = scale.plausible
    return None if low <= value <= high else scale.plausible


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
    return fitted.unclipped(value)


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
    return tuple(
        Part(column, number(data.values[row, at]), data.location(row, at), _error(scores, row, at))
        for column in columns
        if (at := data.position(column)) is not None
    )


def _error(scores: Scores, row: int, column: int) -> tuple[float, float] | None:
    """The standard error below and above a figure; None where none is given."""
    if scores.data.errors is None:
        return None
    below, above = scores.data.errors[row, column].tolist()
    return None if np.isnan(below) or np.isnan(above) else (below, above)


def _ends(fitted: ColumnMap, target: tuple[float, float]) -> tuple[float, float] | None:
    """The values that score the two ends of the scale, the map read backwards."""
    if not isinstance(fitted, Affine) or fitted.scale == 0:
        return None
    first, last = map(fitted.backwards, target)
    return first, last


def _bent(value: float | None, curve: str) -> str:
    """A value as it enters the formula; below zero the root keeps the sign."""
    text = "-" if value is None else f"{value + 0.0:.6g}"
    return f"sqrt({text})" if curve == "sqrt" else f"({text})" if text.startswith("-") else text
