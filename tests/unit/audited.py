"""Small tables to audit, and ways to look into what is told of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from stiscore.analysis.audit.table import AuditTable
from stiscore.analysis.evaluated import Evaluated, examine
from stiscore.dataset import Dataset
from stiscore.finding import Findings
from stiscore.framework.model import Framework
from stiscore.pipeline import fit, score
from stiscore.words import Words
from stiscore.words.audit_tables import STATES, VERDICTS
from tests import made

NAN = float("nan")
TIMES = np.arange(12.0)
# A fixed order without a trend: its correlation with 0, 1, ... 11 is 0 to the last digit or two.
NOISE = np.array([3.0, 9, 5, 1, 11, 4, 7, 0, 10, 6, 2, 8])


def evaluated(made_framework: Framework, data: Dataset) -> Evaluated:
    return examine(score(fit(made_framework, data), data), Findings())


def of_areas(areas: Mapping[str, Mapping[str, Sequence[float]]], **fields: Any) -> Evaluated:
    """Areas of indicators on goalposts wide enough to clip nothing."""
    made_framework = made.framework(
        made.group(
            "index",
            [
                made.group(area, [made.leaf(i, goalposts=[-100, 100]) for i in held])
                for area, held in areas.items()
            ],
        ),
        **fields,
    )
    return evaluated(
        made_framework, made.dataset({i: c for a in areas.values() for i, c in a.items()})
    )


def by_id(tables: Sequence[AuditTable]) -> dict[str, AuditTable]:
    return {table.id: table for table in tables}


def cells(table: AuditTable, row: str, *heads: str) -> tuple[Any, ...]:
    """Cells of the row whose first cell names this node or unit."""
    for at, first in enumerate(table.rows):
        told = first[0].en if isinstance(first[0], Words) else str(first[0])
        if told == row or f"({row})" in told:
            return tuple(table.column(head)[at] for head in heads)
    raise KeyError(row)


def state(key: str) -> Words:
    return STATES[key]


def says(told: Words, key: str) -> bool:
    """Whether a verdict is the sentence of this key, whatever its figures."""
    return told.en.startswith(VERDICTS[key].en.partition("{")[0])
