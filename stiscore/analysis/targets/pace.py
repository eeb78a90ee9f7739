"""How many points a year an indicator has been seen to rise, or is taken to rise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from stiscore.dataset import Dataset, Unit
from stiscore.derived import denominate
from stiscore.methods.base import Array
from stiscore.panels import time_of
from stiscore.scores import Fitted


class Pace(NamedTuple):
    """Points of the scale a year; ``unit`` from year ``first`` to ``last`` was seen to rise so.

    None of the three where the pace is declared and not observed.
    """

    points: float
    unit: Unit | None = None
    first: str | None = None
    last: str | None = None


def declared(fitted: Fitted) -> Pace:
    """The declared share of the scale a year."""
    low, high = fitted.ends
    return Pace(fitted.framework.method.targets.pace * (high - low))


def observed(
    panel: Dataset, fitted: Fitted, units: Container[str], until: str | None
) -> Mapping[str, Pace]:
    """The best yearly rise of each scored column among ``units`` (ids), by indicator.

    Between neighbouring years of a unit, on the frame's own scale, clipped as scores are; where
    years are left out, the rise is divided by the years between. Years after ``until`` and values
    outside the indicator's bounds take no part. No entry where nobody has two years.
    """
    data = denominate(fitted.framework, panel)
    last = time_of(until)
    times = [time_of(period) for period in data.periods]
    kept = [
        row
        for row, unit in enumerate(data.units)
        if unit.id in units and not np.isnan(times[row]) and not times[row] > last
    ]
    told = {}
    for column, fitted_map in zip(fitted.columns, fitted.maps, strict=True):
        place = data.position(column)
        if place is not None:
            values = _in_bounds(fitted, column, data.values[:, place])
            best = _best(data, kept, times, fitted_map.apply(values))
            if best is not None:
                told[column] = best
    return told


def _in_bounds(fitted: Fitted, column: str, values: Array) -> Array:
    indicator = next(leaf for leaf in fitted.leaves if leaf.id == column)
    low, high = fitted.framework.bounds(indicator, fitted.level)
    outside = (values < (-np.inf if low is None else low)) | (
        values > (np.inf if high is None else high)
    )
    return np.where(outside, np.nan, values)


def _best(data: Dataset, rows: list[int], times: list[float], scores: Array) -> Pace | None:
    histories: dict[str, list[int]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: times[r]):
        if not np.isnan(scores[row]):
            histories[data.units[row].id].append(row)
    rises = [
        Pace(
            float((scores[after] - scores[before]) / (times[after] - times[before])),
            data.units[after],
            data.periods[before],
            data.periods[after],
        )
        for held in histories.values()
        for before, after in pairwise(held)
        if times[after] > times[before]
    ]
    return max(rises, key=lambda pace: pace.points, default=None)
