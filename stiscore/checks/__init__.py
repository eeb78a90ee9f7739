"""Every rule a dataset must stand up to, and the one function that asks them all.

Give ``check`` the dataset with its derived indicators, so that bounds hold for those as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stiscore.checks import bounds, cells, columns, keys, layout, magnitude
from stiscore.checks.rule import Rule, Subject
from stiscore.finding import Finding, Findings, Severity

if TYPE_CHECKING:
    from stiscore.dataset import Dataset
    from stiscore.framework.model import Framework

RULES: tuple[Rule, ...] = (
    *layout.RULES,
    *cells.RULES,
    *magnitude.RULES,
    *bounds.RULES,
    *keys.RULES,
    *columns.RULES,
)


def check(framework: Framework, dataset: Dataset) -> Findings:
    """All findings on ``dataset``, in the order of their places; never raises on faulty data.

    What the reader noted of the file stands among them. A rule's findings on a column are dropped
    where a rule it needs found an error in that column.
    """
    subject = Subject(framework, dataset)
    told = list(dataset.source.notes)
    broken: set[tuple[str, str | None]] = set()
    for rule in RULES:
        for finding in rule.look(subject):
            if any((code, finding.group) in broken for code in rule.needs):
                continue
            told.append(finding)
            if finding.severity is Severity.ERROR:
                broken.add((finding.code, finding.group))
    return Findings(sorted(told, key=_place))


def _place(finding: Finding) -> tuple[str, str, int, int, int, str]:
    """Files and sheets by name, then whole-file findings, then row by row, left to right."""
    where = finding.location
    if where is None:
        return ("", "", 0, 0, 0, finding.code)
    cell = re.fullmatch(r"([A-Z]+)([0-9]+)", where.cell or "")
    row = int(cell[2]) if cell else where.line or 0
    letters = cell[1] if cell else ""
    return (
        where.file,
        where.sheet or "",
        row,
        len(letters),
        where.column or 0,
        letters + finding.code,
    )


__all__ = ["RULES", "Rule", "Subject", "check"]
