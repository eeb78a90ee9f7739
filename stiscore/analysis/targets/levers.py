"""The levers of one unit, how far each may move, and why no other indicator is one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal, NamedTuple

import numpy as np

from stiscore.analysis.targets.pace import Pace
from stiscore.dataset import Flag
from stiscore.errors import Location
from stiscore.framework.model import Indicator
from stiscore.methods.maps import Affine
from stiscore.scores import Scores

Limit = Literal["goalpost", "plausible", "bounds", "pace"]
Why = Literal[
    "not_lever", "proxy", "context", "no_column", "superseded", "missing", "filled",
    "not_scored", "other_gap", "weightless", "flat", "no_cost",
]  # fmt: skip


class Lever(NamedTuple):
    """An indicator that may move.

    ``value`` as measured, ``score`` on the scale, ``start`` the score from which moves count,
    ``top`` the score it may reach at most and ``limit`` what holds it there. ``limits``: the score
    that each limit allows by itself. ``cells``: where the value was read.
    """

    place: int
    indicator: Indicator
    fitted: Affine
    value: float
    score: float
    start: float
    top: float
    limit: Limit
    limits: Mapping[Limit, float]
    pace: Pace
    cells: tuple[Location, ...]

    @property
    def room(self) -> float:
        """Points it may move, 0 or more."""
        return max(self.top - self.start, 0.0)

    def value_at(self, score: float) -> float:
        """The value that scores ``score``, the map read backwards."""
        return self.fitted.backwards(score)


class Aside(NamedTuple):
    """An indicator that is not considered, and why."""

    indicator: Indicator
    why: Why


def asides(
    scores: Scores,
    row: int,
    *,
    gap: str | None = None,
    costs: Collection[str] | None = None,
) -> tuple[Aside, ...]:
    """The indicators of the level that are no levers here, in framework order.

    A lever is a core indicator that policy can move and of which the unit has a value that was
    read; for a ``gap`` one of those its severity rests on; with ``costs`` one that has a cost.
    """
    fitted = scores.fitted
    told = []
    for indicator in fitted.framework.at_level(fitted.level):
        why = _why(scores, row, indicator, gap)
        if why is None and costs is not None and indicator.id not in costs:
            why = "no_cost"
        if why is not None:
            told.append(Aside(indicator, why))
    return tuple(told)


def _why(scores: Scores, row: int, indicator: Indicator, gap: str | None) -> Why | None:
    """Why an indicator is no lever; the first of several reasons."""
    fitted = scores.fitted
    other = gap is not None and (indicator.gaps is None or indicator.gaps.primary != gap)
    reasons: dict[Why, bool] = {
        "context": indicator.role == "context",
        "superseded": indicator.id in fitted.superseded,
        "proxy": indicator.role == "proxy",
        "not_lever": not indicator.lever,
        "other_gap": other,
        "no_column": indicator.id not in fitted.columns,
    }
    first = next((why for why, holds in reasons.items() if holds), None)
    return first or _of_value(scores, row, indicator)


def _of_value(scores: Scores, row: int, indicator: Indicator) -> Why | None:
    """Why the value of the unit does not make it a lever."""
    fitted = scores.fitted
    place = fitted.tree.ids.index(indicator.id)
    column = scores.data.position(indicator.id)
    if column is None or np.isnan(scores.raw[row, place]):
        return "filled" if not np.isnan(scores.filled[row, place]) else "missing"
    if scores.data.flags[row, column] & np.uint16(Flag.ALONG_YEARS):
        return "filled"
    if np.isnan(scores.normalised[row, place]):
        return "not_scored"
    fitted_map = fitted.maps[fitted.columns.index(indicator.id)]
    return "flat" if isinstance(fitted_map, Affine) and fitted_map.scale == 0 else None


def lever(
    scores: Scores, row: int, indicator: Indicator, pace: Pace, years: float, floor: float
) -> Lever:
    """One lever with its limits; ``floor``: the score below which its group takes it for that."""
    fitted = scores.fitted
    place = fitted.tree.ids.index(indicator.id)
    fitted_map = fitted.maps[fitted.columns.index(indicator.id)]
    assert isinstance(fitted_map, Affine)  # noqa: S101 - others were refused before
    value, score = float(scores.raw[row, place]), float(scores.normalised[row, place])
    limits = _limits(scores, indicator, fitted_map, fitted_map.unclipped(value), pace, years)
    limit: Limit = min(limits, key=lambda each: limits[each])
    column = scores.data.position(indicator.id)
    return Lever(
        place,
        indicator,
        fitted_map,
        value,
        score,
        max(score, floor),
        limits[limit],
        limit,
        limits,
        pace,
        () if column is None else scores.data.locations(row, column),
    )


def _limits(
    scores: Scores,
    indicator: Indicator,
    fitted_map: Affine,
    straight: float,
    pace: Pace,
    years: float,
) -> dict[Limit, float]:
    """The highest score each limit allows; pace counts from below the lower goalpost, if there."""
    fitted = scores.fitted
    better = 1 if indicator.direction == "benefit" else 0
    told: dict[Limit, float] = {"goalpost": fitted.ends[1]}
    ends = {
        "plausible": indicator.levels[fitted.level].plausible,
        "bounds": fitted.framework.bounds(indicator, fitted.level),
    }
    for name, pair in ends.items():
        end = None if pair is None else pair[better]
        if end is not None:
            told["plausible" if name == "plausible" else "bounds"] = fitted_map.unclipped(end)
    told["pace"] = straight + max(pace.points, 0.0) * years
    return told
