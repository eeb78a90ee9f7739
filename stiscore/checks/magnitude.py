"""D206: a whole column that is a power of ten away from anything ever seen."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from stiscore.checks.rule import Rule, Subject
from stiscore.dataset import Values
from stiscore.finding import Finding
from stiscore.framework.model import Range, Scale
from stiscore.words.faults import found

# 万元 for 亿元, thousands or millions for units; 100 is a fraction for a percentage (D205).
_SLIPS = (1e4, 1e3, 1e6, 1e8)
# Of fewer values a common slip cannot be told from a strange table.
_FROM = 5
# The best of five units is never so far below what scores 100.
_FAR_BELOW = 1e-3


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
            yield found(
                "D206",
                data.header_location(place),
                group=indicator.id,
                column=indicator.id,
                count=int(present.size),
                middle=float(np.median(present)),
                factor=max(factor, 1 / factor),
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
    """The headers a column's values stand under, as printed."""
    data = subject.dataset
    parts = data.columns[place].derived_from
    places = [p for p in map(data.position, parts) if p is not None] or [place]
    return (" ".join(data.columns[p].header.split()) for p in places)


RULES = (Rule(("D206",), "bounds", slips, needs=("L109",)),)
