"""D3xx: which unit a row is of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from stiscore.checks.rule import Rule, Subject
from stiscore.dataset import Leftover, titled
from stiscore.finding import Finding
from stiscore.framework.find import called
from stiscore.words.faults import found


def twice(subject: Subject) -> Iterator[Finding]:
    """D301: the same unit (and year) in two rows."""
    data = subject.dataset
    first: dict[tuple[str, str | None], int] = {}
    for row, key in enumerate(zip((u.id for u in data.units), data.periods, strict=True)):
        if key in first:
            yield found(
                "D301",
                data.key_location(row),
                unit=titled(data.units[row], "both"),
                label=data.units[row].label,
                period=f" ({key[1]})" if key[1] else "",
                first=str(data.key_location(first[key])),
            )
        first.setdefault(key, row)


def unknown_units(subject: Subject) -> Iterator[Finding]:
    """D302: a name that is no unit of the level, and nothing else either."""
    for left in _rows(subject, "unknown"):
        yield found(
            "D302", left.location, group="units", label=left.text, suggestion=left.suggestion
        )


def nameless(subject: Subject) -> Iterator[Finding]:
    """D303: figures in a row that names no unit."""
    for left in _rows(subject, "blank"):
        yield found("D303", left.location, group="units")


def totals(subject: Subject) -> Iterator[Finding]:
    """D304: totals and groups of units, which are not scored."""
    for left in _rows(subject, "aggregate"):
        yield found("D304", left.location, group="units", label=left.text)


def other_level(subject: Subject) -> Iterator[Finding]:
    """D305: units of another level, left out because the level was given."""
    for left in _rows(subject, "other-level"):
        yield found("D305", left.location, group="units", label=left.text, level=subject.level)


def zero_denominators(subject: Subject) -> Iterator[Finding]:
    """D310: an indicator that cannot be derived because what it is divided by is zero."""
    data = subject.dataset
    for indicator in subject.framework.at_level(data.level):
        rule, own = indicator.derive, data.position(indicator.id)
        if (
            rule is None
            or not rule.denominators
            or (own is not None and not data.columns[own].derived_from)
        ):
            continue
        parts = [data.position(q) for q in (*rule.denominators, *rule.numerators)]
        places = [p for p in parts if p is not None]
        if len(places) < len(parts):
            continue
        below_line = places[: len(rule.denominators)]
        below = data.values[:, below_line].sum(axis=1)
        whole = ~np.isnan(data.values[:, places]).any(axis=1)
        for row in np.flatnonzero((below == 0) & whole).tolist():
            yield found(
                "D310",
                data.location(row, places[0]),
                unit=titled(data.units[row], "both"),
                group=indicator.id,
                column=indicator.id,
                called=called(subject.framework, indicator.id),
                denominator=" + ".join(data.columns[p].header for p in below_line),
            )


def _rows(
    subject: Subject, why: Literal["unknown", "blank", "aggregate", "other-level"]
) -> Iterator[Leftover]:
    return (x for x in subject.dataset.leftovers if x.kind == "row" and x.why == why)


RULES = (
    Rule(("D301",), "keys", twice),
    Rule(("D302",), "keys", unknown_units),
    Rule(("D303",), "keys", nameless),
    Rule(("D304",), "keys", totals),
    Rule(("D305",), "keys", other_level),
    Rule(("D310",), "keys", zero_denominators, needs=("L109",)),
)
