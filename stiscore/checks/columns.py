"""C302, C303: columns that are thin or constant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from stiscore.checks.rule import Rule, Subject
from stiscore.errors import Location
from stiscore.finding import Finding, Severity
from stiscore.framework.find import called, lacking
from stiscore.words.faults import found


def thin(subject: Subject) -> Iterator[Finding]:
    """C302: an indicator with values for too few of the rows."""
    data, needed = subject.dataset, subject.framework.method.coverage.min_column_coverage
    latest = subject.latest()
    rows = len(latest)
    for place, indicator in subject.at_level():
        present = int((~np.isnan(data.values[latest, place])).sum())
        if indicator.role != "context" and rows and present / rows < needed - 1e-12:
            yield subject.on_column(
                "C302",
                place,
                present=present,
                of=rows,
                share=present / rows,
                needed=needed,
            )


def constant(subject: Subject) -> Iterator[Finding]:
    """C303: one value throughout; an error where the method takes its scale from the sample."""
    data = subject.dataset
    method, latest = subject.framework.method, subject.latest()
    for place, indicator in subject.at_level():
        sampled = method.of("normalise", indicator.id).from_sample
        values = data.values[latest, place]
        present = values[~np.isnan(values)]
        # One unit alone is no variation either, where the scale comes from the sample.
        few = present.size == 0 or (present.size == 1 and not sampled)
        if indicator.role == "context" or few or present.min() != present.max():
            continue
        finding = subject.on_column(
            "C303",
            place,
            count=int(present.size),
            value=float(present[0]),
        )
        yield replace(finding, severity=Severity.ERROR) if sampled else finding


def lacking_parts(subject: Subject) -> Iterator[Finding]:
    """C310: an indicator of which the table holds some quantities and not all."""
    data, source = subject.dataset, subject.dataset.source
    for indicator, absent in lacking(subject.framework, data.level, data.ids).items():
        where = Location(source.file, source.sheet)
        told = called(subject.framework, indicator)
        absent_ids = ", ".join(absent)
        yield found("C310", where, indicator=indicator, called=told, absent=absent_ids)


RULES = (
    Rule(("C302",), "columns", thin, needs=("L109",)),
    Rule(("C310",), "columns", lacking_parts),
    Rule(("C303",), "columns", constant, needs=("L109",)),
)
