"""D206: a whole column a power of ten away from what is ever seen; D207: one fraction in it."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from stiscore.checks.rule import Rule, Subject
from stiscore.dataset import Flag, Values
from stiscore.finding import Finding
from stiscore.framework.model import Range, Scale
from stiscore.words.faults.cells import LARGE, SMALL

# 万元 for 亿元, thousands or millions for units; 100 is a fraction for a percentage (D205).
_SLIPS = (1e4, 1e3, 1e6, 1e8)
# Of fewer values a common slip cannot be told from a strange table.
_FROM = 5
# The best of five units is never so far below what scores 100.
_FAR_BELOW = 1e-3
# A lone fraction: at most one in five, and five times smaller than the smallest of the others.
_FEW, _FAR = 5, 5
_LOW_SCALE = 20


def slips(subject: Subject) -> Iterator[Finding]:
    """D206: all values too large or too small by the same power of ten."""
    data = subject.dataset
    for place, indicator in subject.at_level():
        values = data.values[:, place]
        present = values[~np.isnan(values)]
        if present.size < _FROM:
            continue
        factor = slip(present, indicator.levels[data.level])
        if factor is not None:
            yield subject.on_column(
                "D206",
                place,
                count=int(present.size),
                middle=float(np.median(present)),
                factor=max(factor, 1 / factor),
                way=LARGE if factor > 1 else SMALL,
                meant=float(np.median(present) / factor),
                measured=subject.wanted(data.columns[place]),
                parts=", ".join(_headers(subject, place)),
            )


def slip(values: Values, scale: Scale) -> float | None:
    """The power of ten the values are too large by (below 1: too small), None when they are not.

    >>> slip(np.full(5, 2e5), Scale(goalposts=(0.0, 50.0), plausible=(0.0, 100.0)))
    10000.0
    """
    fitting = list(_fitting(values, scale))
    ends = scale.goalposts or scale.plausible
    if not fitting or ends is None:
        return None
    # Of several that would do, the one that brings the table nearest to the middle of the scale.
    usual, middle = float(np.mean(np.abs(ends))), float(np.median(values))
    return min(fitting, key=lambda factor: abs(math.log10(middle / factor / usual)))


def _fitting(values: Values, scale: Scale) -> Iterator[float]:
    """The powers of ten that would bring all values into what is usual."""
    plausible, goalposts = scale.plausible, scale.goalposts
    if plausible and values.min() > plausible[1]:
        yield from (p for p in _SLIPS if _within(values / p, plausible))
    elif goalposts and _far_below(values, goalposts):
        middle = np.median(values, keepdims=True)
        yield from (1 / p for p in _SLIPS if middle > 0 and _within(middle * p, goalposts))


def _far_below(values: Values, goalposts: Range) -> bool:
    reach = max(abs(g) for g in goalposts)
    return bool(values.min() >= 0 and 0 < values.max() < reach * _FAR_BELOW)


def _within(values: Values, limits: Range) -> bool:
    low, high = min(limits), max(limits)
    return bool(((values >= low) & (values <= high)).all())


def _headers(subject: Subject, place: int) -> Iterator[str]:
    """The headers a column's values stand under, each with the median of its figures as typed."""
    data = subject.dataset
    parts = data.columns[place].derived_from
    for p in [p for p in map(data.position, parts) if p is not None] or [place]:
        column = data.columns[p]
        median = float(np.nanmedian(data.values[:, p])) / (column.factor or 1.0)
        yield f"{' '.join(column.header.split())} [{median:.6g}]"


def fractions_among(subject: Subject) -> Iterator[Finding]:
    """D207: a value below 1 in a per cent column that its hundredfold would fit better."""
    data = subject.dataset
    for place, indicator in subject.at_level():
        # A skewed indicator has many small values, and a few large ones say nothing of them.
        skewed = indicator.curve == "sqrt" or _reaches_low(indicator.levels[data.level])
        if indicator.measured_in != "%" or skewed:
            continue
        values = data.values[:, place]
        marked = (data.flags[:, place] & Flag.PERCENT_FORMAT) > 0
        for row in lone_fractions(np.where(marked, np.nan, values)):
            typed, usual = subject.typed(row, place), float(values[row] * 100)
            yield subject.on_value("D207", row, place, value=typed, meant=usual)


def _reaches_low(scale: Scale) -> bool:
    """Whether shares below 1 % are nothing strange on a scale."""
    ends = [abs(e) for e in (*(scale.goalposts or ()), *(scale.plausible or ()))]
    return any(0 < e < 1 for e in ends) or max(scale.goalposts or (100.0,)) <= _LOW_SCALE


def lone_fractions(values: Values) -> list[int]:
    """Where a value between 0 and 1 stands far below all others, and 100 times it among them.

    >>> lone_fractions(np.array([20.0, 31, 0.25, 44, 38, 27]))
    [2]
    """
    held = ~np.isnan(values)
    small = held & (values > 0) & (values < 1)
    others = values[held & ~small]
    # With more of them, or with zeros, small shares are nothing strange in the column.
    if others.size < _FROM or small.sum() * _FEW > others.size or others.min() < 1:
        return []
    fits = (values * 100 >= others.min()) & (values * 100 <= others.max())
    return np.flatnonzero(small & fits & (values * _FAR < others.min())).tolist()


RULES = (
    Rule(("D206",), "bounds", slips, needs=("L109",)),
    Rule(("D207",), "bounds", fractions_among, needs=("L109", "D206")),
)
