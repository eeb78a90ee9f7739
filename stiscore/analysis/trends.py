"""One node of every unit over the years: values, change, growth and trend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from stiscore.analysis.compare import Kind, tracks
from stiscore.analysis.evaluated import Evaluated
from stiscore.dataset import Dataset, Flag
from stiscore.derived import denominate
from stiscore.framework.model import Framework
from stiscore.methods.base import Array
from stiscore.methods.panel import growth, trend
from stiscore.panels import time_of
from stiscore.scores import number


class Point(NamedTuple):
    """One year of one unit. ``value`` None where it has none; ``filled``: not read but filled."""

    value: float | None = None
    ranked: bool = False
    filled: bool = False


class Course(NamedTuple):
    """One unit over the years, and what its values come to.

    ``first`` and ``last``: positions of the first and last year with a value. ``change`` is from
    the one to the other, ``rate`` the growth rate between them (0.05 is 5 % a year), ``slope`` the
    trend a year and ``share`` the slope by the trend's first value; None where not defined.
    ``rank`` is that of the last year of all. ``same_cells``: whether the same indicators have
    values in the first and the last year.
    """

    unit: str
    points: tuple[Point, ...]
    years: int
    rank: int | None
    first: int | None
    last: int | None
    change: float | None
    rate: float | None
    slope: float | None
    share: float | None
    same_cells: bool


class Measure(NamedTuple):
    """What is followed. ``raw``: an indicator in its own measurement; else scores.

    ``comparable``: whether values of different years stand on one scale. ``from_zero``: whether
    that scale begins at a zero of its own, so that ratios of its values mean something.
    """

    kind: Kind
    node: str
    comparable: bool
    from_zero: bool

    @property
    def raw(self) -> bool:
        """Whether values are as measured."""
        return self.kind == "indicator"


class Year(NamedTuple):
    """One scored year. ``whole``: its data before columns that other years lack were left out."""

    label: str
    evaluated: Evaluated
    whole: Dataset

    @property
    def time(self) -> float:
        """The year as a number."""
        return time_of(self.whole.periods[0])


class _Held(NamedTuple):
    """A year's values, ranks (0: none) and fillings by unit, and which indicators it has."""

    points: dict[str, Point]
    ranks: dict[str, int]
    cells: dict[str, bytes]


def courses(
    framework: Framework, years: Sequence[Year], measure: Measure, units: Sequence[str]
) -> tuple[Course, ...]:
    """The units' courses over ``years``, in the order of ``units``."""
    held = [_held(framework, year, measure) for year in years]
    times = [year.time for year in years]
    return tuple(_course(unit, held, times, measure) for unit in units)


def zero_based(framework: Framework, columns: Sequence[str]) -> bool:
    """Whether scores of these columns are between goalposts on a scale that begins at zero."""
    methods = [framework.method.of("normalise", column) for column in columns]
    return all(m.id == "goalposts" and m.range[0] == 0 for m in methods)


def _held(framework: Framework, year: Year, measure: Measure) -> _Held:
    evaluated = year.evaluated
    ids = [unit.id for unit in evaluated.scores.data.units]
    track = next((t for t in tracks(evaluated) if t.key == (measure.kind, measure.node)), None)
    ranks = {} if track is None or track.ranks is None else _by_unit(ids, track.ranks)
    ranked = _by_unit(ids, evaluated.ranked)
    present = ~np.isnan(evaluated.scores.normalised)
    cells = {unit: row.tobytes() for unit, row in zip(ids, present, strict=True)}
    if measure.raw:
        data = denominate(framework, year.whole)
        values, filled = _raw(data, measure.node)
        ids = [unit.id for unit in data.units]
        cells = {}
    else:
        values = np.full(len(ids), np.nan) if track is None else track.values
        filled = np.zeros(len(ids), dtype=np.bool_)
    points = {
        unit: Point(number(value), bool(ranked.get(unit)), bool(was))
        for unit, value, was in zip(ids, values.tolist(), filled.tolist(), strict=True)
    }
    return _Held(points, {u: int(r) for u, r in ranks.items()}, cells)


def _by_unit(ids: Sequence[str], column: Sequence[float] | np.ndarray) -> dict[str, float]:
    return dict(zip(ids, np.asarray(column).tolist(), strict=True))


def _raw(data: Dataset, node: str) -> tuple[Array, np.ndarray]:
    """An indicator's values as measured, and which were filled from other years; (rows,)."""
    place = data.position(node)
    if place is None:
        rows = len(data.units)
        return np.full(rows, np.nan), np.zeros(rows, dtype=np.bool_)
    return data.values[:, place], (data.flags[:, place] & np.uint16(Flag.ALONG_YEARS)) > 0


def _course(unit: str, held: Sequence[_Held], times: Sequence[float], measure: Measure) -> Course:
    points = tuple(year.points.get(unit, Point()) for year in held)
    values = np.array([np.nan if p.value is None else p.value for p in points])
    known = np.flatnonzero(~np.isnan(values)).tolist()
    told = measure.comparable and len(known) > 1
    line = trend(values, times) if told else None
    ratios = told and measure.from_zero
    # Below zero a share of where the line begins would have the wrong sign.
    share = line.share if line and ratios and line.share * line.slope >= 0 else np.nan
    return Course(
        unit=unit,
        points=points,
        years=len(known),
        rank=held[-1].ranks.get(unit) or None,
        first=known[0] if known else None,
        last=known[-1] if known else None,
        change=float(values[known[-1]] - values[known[0]]) if told else None,
        rate=number(growth(values, times)) if ratios else None,
        slope=number(line.slope) if line else None,
        share=number(share),
        same_cells=len({held[at].cells.get(unit) for at in (known[:1] + known[-1:])}) < 2,
    )
