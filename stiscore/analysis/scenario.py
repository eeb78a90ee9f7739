"""A table in which some figures of one unit are others; frame and other units stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from stiscore.analysis.evaluated import Evaluated, examine
from stiscore.dataset import Dataset, Flag
from stiscore.pipeline import score

# Why a value is missing, or where it came from: nothing of it holds of a supposed one.
_OF_THE_READ = np.uint16(
    Flag.BLANK | Flag.MISSING_MARK | Flag.NOT_A_NUMBER | Flag.ERROR_CELL | Flag.NO_CACHED_VALUE
    | Flag.ZERO_DENOMINATOR | Flag.TOLERATED | Flag.ALONG_YEARS
)  # fmt: skip


def with_values(
    evaluated: Evaluated, row: int, values: Mapping[str, float], *, common: bool = False
) -> Evaluated:
    """The table scored again with ``values`` of one row, by id of a column that was read.

    In each column's own measurement; NaN takes a value away. The frame is the one the table was
    scored on: no scale, filling or weight is learned anew. ``common``: as in ``examine``. Findings
    are those of the table as it was read. Raises ComputationFailed where no mean can take a score.
    """
    scores = evaluated.scores
    again = score(scores.fitted, _replaced(scores.data, row, values))
    return examine(again, evaluated.findings, common=common)


def _replaced(data: Dataset, row: int, values: Mapping[str, float]) -> Dataset:
    places = [data.ids.index(column) for column in values]
    held, flags = data.values.copy(), data.flags.copy()
    held[row, places] = list(values.values())
    flags[row, places] &= ~_OF_THE_READ
    return replace(data, values=held, flags=flags)
