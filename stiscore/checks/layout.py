"""L1xx: years, columns that are not known or meant twice, measurements."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from stiscore.checks.rule import Rule, Subject
from stiscore.errors import Location
from stiscore.finding import Finding
from stiscore.words.faults import found

_UNUSED = {"error-alone": "L127", "error-half": "L128", "error-twice": "L129"}


def several_years(subject: Subject) -> Iterator[Finding]:
    """L105: more than one period; the latest is scored."""
    periods = sorted({p for p in subject.dataset.periods if p is not None})
    if len(periods) > 1:
        source = subject.dataset.source
        where = Location(source.file, source.sheet)
        yield found(
            "L105", where, count=len(periods), periods=", ".join(periods), latest=periods[-1]
        )


def unknown_columns(subject: Subject) -> Iterator[Finding]:
    """L106: a column nothing in the framework is called by."""
    for left in subject.dataset.leftovers:
        if left.kind == "column" and left.why == "unknown":
            yield found("L106", left.location, column=left.text, suggestion=left.suggestion)


def repeated_columns(subject: Subject) -> Iterator[Finding]:
    """L107: two columns that mean the same."""
    headers = {c.id: c.header for c in subject.dataset.columns}
    for left in subject.dataset.leftovers:
        if left.kind == "column" and left.why == "duplicate":
            meant = left.suggestion or ""
            first = headers.get(meant, meant)
            yield found(
                "L107", left.location, column=left.text, indicator=meant, first=first, group=meant
            )


def narrowed_columns(subject: Subject) -> Iterator[Finding]:
    """L123: a column that the table's title makes narrower than what it would mean."""
    for left in subject.dataset.leftovers:
        if left.kind == "column" and left.why == "scope":
            yield found("L123", left.location, column=left.text, indicator=left.suggestion)


def unstated_amounts(subject: Subject) -> Iterator[Finding]:
    """L124: an amount whose header says nothing of its measurement."""
    for left in subject.dataset.leftovers:
        if left.kind == "column" and left.why == "unstated":
            yield found("L124", left.location, column=left.text, wanted=left.suggestion)


def unused_errors(subject: Subject) -> Iterator[Finding]:
    """L127, L128, L129: errors of no column, half intervals, and errors given a second time."""
    for left in subject.dataset.leftovers:
        if left.why in _UNUSED:
            code, of = _UNUSED[left.why], left.suggestion
            yield found(code, left.location, column=left.text, indicator=of)


def measurements(subject: Subject) -> Iterator[Finding]:
    """L109: a measurement that is not understood; L110: one that was converted."""
    data = subject.dataset
    for place, column in enumerate(data.columns):
        told = {"given": column.measured_in, "wanted": subject.wanted(column)}
        if np.isnan(column.factor):
            yield subject.on_column("L109", place, **told)
        elif column.factor != 1.0:
            yield subject.on_column("L110", place, factor=column.factor, **told)


def unstated(subject: Subject) -> Iterator[Finding]:
    """L111: a raw figure whose header says nothing of its measurement."""
    for place, column in enumerate(subject.dataset.columns):
        # What is kept in no measurement needs none.
        if column.kind == "raw" and column.measured_in is None and subject.wanted(column):
            yield subject.on_column("L111", place, wanted=subject.wanted(column))


def other_level(subject: Subject) -> Iterator[Finding]:
    """L112: an indicator that has no scale at this level."""
    for place, indicator in subject.indicators():
        if subject.dataset.level not in indicator.levels:
            yield subject.on_column("L112", place, level=subject.level)


RULES = (
    Rule(("L105",), "layout", several_years),
    Rule(("L106",), "layout", unknown_columns),
    Rule(("L107",), "layout", repeated_columns),
    Rule(("L123",), "layout", narrowed_columns),
    Rule(("L124",), "layout", unstated_amounts),
    Rule(("L127", "L128", "L129"), "layout", unused_errors),
    Rule(("L109", "L110"), "layout", measurements),
    Rule(("L111",), "layout", unstated),
    Rule(("L112",), "layout", other_level),
)
