"""D2xx: values no such indicator can have, and values it hardly ever has."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from stiscore.checks.rule import Rule, Subject
from stiscore.dataset import Flag
from stiscore.finding import Finding

# With fewer values a column of small shares is no surprise.
_FRACTIONS_FROM = 3


def below(subject: Subject) -> Iterator[Finding]:
    """D202: below the lower bound."""
    for place, indicator in subject.at_level():
        low, _ = subject.framework.bounds(indicator, subject.dataset.level)
        if low is not None:
            rows = np.flatnonzero(subject.dataset.values[:, place] < low)
            for row in rows.tolist():
                yield _outside(subject, "D202", row, place, bound=low)


def above(subject: Subject) -> Iterator[Finding]:
    """D203: above the upper bound, with the figure that may have been meant."""
    for place, indicator in subject.at_level():
        low, high = subject.framework.bounds(indicator, subject.dataset.level)
        if high is not None:
            values = subject.dataset.values[:, place]
            for row in np.flatnonzero(values > high).tolist():
                guess = meant(float(values[row]), low, high)
                yield _outside(subject, "D203", row, place, bound=high, guess=guess)


def implausible(subject: Subject) -> Iterator[Finding]:
    """D204: within the bounds, but outside what is ever seen."""
    level = subject.dataset.level
    for place, indicator in subject.at_level():
        plausible = indicator.levels[level].plausible
        if plausible is None:
            continue
        values = subject.dataset.values[:, place]
        low, high = subject.framework.bounds(indicator, level)
        odd = (values < plausible[0]) | (values > plausible[1])
        # Outside the bounds is another finding, and the worse one.
        odd &= values >= (-np.inf if low is None else low)
        odd &= values <= (np.inf if high is None else high)
        for row in np.flatnonzero(odd).tolist():
            yield _outside(subject, "D204", row, place, low=plausible[0], high=plausible[1])


def fractions(subject: Subject) -> Iterator[Finding]:
    """D205: a per cent column that lies within 0 and 1 as a whole, where its scale goes further."""
    data = subject.dataset
    for place, indicator in subject.at_level():
        scale = indicator.levels[data.level]
        reach = max(scale.goalposts or scale.plausible or (100.0,))
        values = data.values[:, place]
        present = values[~np.isnan(values)]
        told = bool((data.flags[:, place] & Flag.PERCENT_FORMAT).any())
        if indicator.measured_in != "%" or reach <= 1 or told or present.size < _FRACTIONS_FROM:
            continue
        if present.min() >= 0 and 0 < present.max() <= 1:
            yield subject.on_column(
                "D205",
                place,
                count=int(present.size),
                largest=float(present.max()),
            )


def meant(value: float, low: float | None, high: float) -> float | None:
    """The value with digits taken off until it is within bounds, None when that takes over three.

    >>> meant(134.0, 0.0, 100.0), meant(1e9, 0.0, 100.0)
    (13.4, None)
    """
    for power in (10, 100, 1000):
        if (low is None or value / power >= low) and value / power <= high:
            return value / power
    return None


def _outside(subject: Subject, code: str, row: int, place: int, **fields: float | None) -> Finding:
    data = subject.dataset
    return subject.on_value(
        code,
        row,
        place,
        value=subject.typed(row, place),
        number=float(data.values[row, place]),
        measured=subject.wanted(data.columns[place]),
        **fields,
    )


RULES = (
    Rule(("D202",), "bounds", below, needs=("L109", "D206")),
    Rule(("D203",), "bounds", above, needs=("L109", "D206")),
    Rule(("D204",), "bounds", implausible, needs=("L109", "D206")),
    Rule(("D205",), "bounds", fractions, needs=("L109", "D206")),
)
