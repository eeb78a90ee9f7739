"""Setting errors aside: a cell at fault becomes missing, and everything else goes on.

Only faults of single cells, and rows that name no known unit, can be set aside. A table whose
layout, keys or framework are wrong would be scored as something it is not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from stiscore.dataset import Dataset, Flag, Flags
from stiscore.finding import Finding, Findings
from stiscore.words.faults import found

# Rows that were not read for want of a unit; the reader has left them out already.
_ROWS = frozenset({"D302", "D303"})
_NO_DENOMINATOR = "D310"


def stopping(findings: Findings) -> Findings:
    """The errors that cannot be set aside.

    >>> [f.code for f in stopping(Findings([found("D101", at=(0, 0)), found("D301")]))]
    ['D301']
    """
    return Findings(f for f in findings.errors if not _tolerable(f))


def _tolerable(finding: Finding) -> bool:
    # An error at fault was left out when it was read; the value it belongs to stays.
    of_an_error = "error_of" in finding.fields
    return finding.at is not None or of_an_error or finding.code in {*_ROWS, _NO_DENOMINATOR}


def set_aside(dataset: Dataset, findings: Findings) -> Dataset:
    """``dataset`` without the values that ``findings`` call errors; itself where there are none.

    Give it the dataset the findings were made on, derived columns included. A value set aside is
    NaN with ``Flag.TOLERATED``, and so is every value derived from it; what stood in the cell
    stays in ``texts``. Errors that are not of a single value change nothing.
    """
    aside = np.zeros(dataset.values.shape, dtype=bool)
    texts = dict(dataset.texts)
    for finding in findings.errors:
        if finding.at is not None:
            aside[finding.at] = True
            texts.setdefault(finding.at, str(finding.fields.get("value", "")))
        elif finding.code == _NO_DENOMINATOR and finding.group is not None:
            place = dataset.position(finding.group)
            if place is not None:
                aside[:, place] |= (dataset.flags[:, place] & Flag.ZERO_DENOMINATOR) > 0
    if not aside.any():
        return dataset
    for place, column in enumerate(dataset.columns):
        parts = [p for p in map(dataset.position, column.derived_from) if p is not None]
        aside[:, place] |= aside[:, parts].any(axis=1)
    flags: Flags = np.where(aside, dataset.flags | np.uint16(Flag.TOLERATED), dataset.flags)
    values = np.where(aside, np.nan, dataset.values)
    errors = dataset.errors
    if errors is not None:
        errors = np.where(aside[:, :, None], np.nan, errors)
    texts_kept = MappingProxyType(texts)
    return replace(dataset, values=values, flags=flags, texts=texts_kept, errors=errors)


def in_the_way(findings: Findings) -> Finding:
    """D112: which errors cannot be set aside, so that nothing is scored."""
    codes = dict.fromkeys(f.code for f in stopping(findings))
    return found("D112", codes=", ".join(codes))


def said(findings: Findings) -> Iterator[Finding]:
    """D110 and D111: how many cells and rows ``findings`` cost."""
    columns = Counter(
        f.group for f in findings.errors if _tolerable(f) and f.code not in _ROWS and f.group
    )
    if columns:
        told = ", ".join(f"{column} {n}" for column, n in columns.items())
        yield found("D110", count=columns.total(), columns=told)
    rows = sum(1 for f in findings.errors if f.code in _ROWS)
    if rows:
        yield found("D111", count=rows)
