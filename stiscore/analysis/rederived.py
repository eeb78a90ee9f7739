"""What a table computes of one row again when figures in it are others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import isnan
from types import MappingProxyType

import numpy as np

from stiscore.dataset import Dataset
from stiscore.derived import AS_READ, denominate
from stiscore.framework.model import Framework


def rederived(
    framework: Framework, data: Dataset, row: int, values: Mapping[str, float]
) -> dict[str, float]:
    """What the table computes of one row once ``values`` stand in it, by column; only changes.

    An indicator is computed as it was when the table was read, from a recipe or divided by a
    column; NaN where it cannot be any more.
    """
    touched = [
        c.id for c in data.columns if c.derived_from and _reaches(data, c.derived_from, values)
    ]
    if not touched:
        return {}
    again = denominate(framework, _as_read(data, row, values))
    told = {}
    for column in touched:
        at, then = again.position(column), data.values[row, data.ids.index(column)]
        if at is not None:
            now = float(again.values[0, at])
            if now != then and not (isnan(now) and isnan(then)):
                told[column] = now
    return told


def _reaches(data: Dataset, parts: tuple[str, ...], values: Mapping[str, float]) -> bool:
    """Whether a changed column is among the parts of another, all of which are still there."""
    bare = {part.removesuffix(AS_READ) for part in parts}
    return bool(bare & values.keys()) and all(data.position(p) is not None for p in parts)


def _as_read(data: Dataset, row: int, values: Mapping[str, float]) -> Dataset:
    """One row without what was computed, with other values in it."""
    kept = [i for i, column in enumerate(data.columns) if not column.derived_from]
    columns = tuple(
        replace(data.columns[i], id=data.columns[i].id.removesuffix(AS_READ)) for i in kept
    )
    held = data.values[row : row + 1, kept].copy()
    for place, i in enumerate(kept):
        # An indicator that is divided is changed as the reports show it, after the division.
        if data.columns[i].id in values:
            held[0, place] = values[data.columns[i].id]
    return replace(
        data.rows([row]),
        columns=columns,
        values=held,
        flags=np.where(np.isnan(held), data.flags[row : row + 1, kept], 0),
        origin=data.origin[row : row + 1, kept],
        errors=None,
        texts=MappingProxyType({}),
        collected=MappingProxyType({}),
        references=None,
    )
