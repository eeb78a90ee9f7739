"""Rows of Python values as a raw grid, so that a data frame is read by the rules files are."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from numbers import Real

import numpy as np

from stiscore.io.grid import CellKind, Grid

FILE, SHEET = "data frame", "rows"


def grid_of(rows: Sequence[Sequence[object]]) -> Grid:
    """The grid of ``rows``, the head first; short rows are filled with empty cells.

    None and NaN are empty, infinities are text ("inf") and so no numbers, strings stay strings.

    >>> grid_of([["unit", "share"], ["北京", 0.5], ["天津"]]).shape
    (3, 2)
    """
    shape = (len(rows), max(map(len, rows), default=0))
    kinds = np.zeros(shape, dtype=np.uint8)
    numbers = np.full(shape, np.nan)
    text_at = np.full(shape, -1, dtype=np.int32)
    texts: dict[str, int] = {}
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            kind, number, text = _cell(value)
            kinds[r, c], numbers[r, c] = kind, number
            if text:
                text_at[r, c] = texts.setdefault(text, len(texts))
    return Grid(
        file=FILE,
        sheet=SHEET,
        kinds=kinds,
        numbers=numbers,
        text_at=text_at,
        texts=tuple(texts),
        percent=np.zeros(shape, dtype=bool),
        lines=np.arange(1, shape[0] + 1, dtype=np.int32),
    )


def _cell(value: object) -> tuple[CellKind, float, str]:
    if value is None:
        return CellKind.EMPTY, math.nan, ""
    if isinstance(value, bool | np.bool_):
        return CellKind.BOOLEAN, math.nan, str(value).upper()
    if isinstance(value, Real):
        number = float(value)
        if math.isnan(number):
            return CellKind.EMPTY, math.nan, ""
        return (
            (CellKind.NUMBER, number, "")
            if math.isfinite(number)
            else (CellKind.TEXT, math.nan, str(number))
        )
    if isinstance(value, dt.date):
        return CellKind.DATE, math.nan, value.isoformat()
    text = str(value)
    return (CellKind.TEXT if text else CellKind.EMPTY), math.nan, text
