"""Another index from a file: a column of units, and every column of figures beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from stiscore.analysis.audit.against import OtherColumn, OtherIndex, matched
from stiscore.dataset import Dataset
from stiscore.errors import Location, UsageError
from stiscore.io.cells import parse_cell
from stiscore.io.grid import CellKind
from stiscore.io.parse import read_book
from stiscore.methods.base import Array
from stiscore.units import find, normalise
from stiscore.words.audit import FORMS
from stiscore.words.faults import found, refusal

if TYPE_CHECKING:
    from stiscore.io.grid import Book, Grid

# Whole numbers that tell when, not how much.
_YEARS = frozenset({"year", "years", "period", "time", "date", "年份", "年度", "年", "时间"})
# A column of figures has them in half of the rows it is not blank in.
_HALF = 0.5


def index_beside(path: Path, data: Dataset) -> OtherIndex:
    """Another index from a file; UsageError (U103) where it holds no unit of ``data``."""
    other = other_index(read_book(path))
    if max(matched(other, data).rows) < 0:
        form = FORMS["against_units"]
        told = found("U103", Location(path.name), option="--against", form=form, given=path.name)
        raise refusal(UsageError, [told])
    return other


def other_index(book: Book) -> OtherIndex:
    """The first sheet of a parsed file as another index.

    The first row that is not blank holds the heads. Units stand in the column that names most known
    units, else in the first column of texts; every other column in which at least half of what
    stands there are numbers is one of figures, a column of years apart. Raises UsageError (U103)
    when there is no such table.
    """
    grid = book.grids[0]
    cells = _cells(grid)
    body = [row for row in cells[1:] if any(row)]
    if body:
        columns = list(zip(*body, strict=True))
        at = _units_at(columns)
        figures = [
            OtherColumn(cells[0][j], _numbers(column))
            for j, column in enumerate(columns)
            if j != at and _is_figures(cells[0][j], column)
        ]
        if at is not None and figures:
            return OtherIndex(book.file, tuple(columns[at]), tuple(figures))
    where = Location(book.file, grid.sheet)
    told = found("U103", where, option="--against", form=FORMS["against"], given=book.file)
    raise refusal(UsageError, [told])


def _cells(grid: Grid) -> list[list[str]]:
    """What all cells show, trimmed, from the first row that is not blank."""
    rows = range(grid.shape[0])
    shown = [[_shown(grid, row, column) for column in range(grid.shape[1])] for row in rows]
    first = next((i for i, row in enumerate(shown) if any(row)), len(shown))
    return shown[first:] or [[]]


def _shown(grid: Grid, row: int, column: int) -> str:
    if grid.kinds[row, column] in {CellKind.ERROR, CellKind.NO_VALUE}:
        return ""
    # The shortest form would cost digits, of which ranks and correlations need all.
    if grid.kinds[row, column] == CellKind.NUMBER:
        return repr(float(grid.numbers[row, column]))
    return grid.text(row, column).strip()


def _units_at(columns: Sequence[Sequence[str]]) -> int | None:
    known = [sum(find(cell) is not None for cell in column) for column in columns]
    if max(known, default=0) > 0:
        return known.index(max(known))
    texts = (j for j, column in enumerate(columns) if any(map(_is_text, column)))
    return next(texts, None)


def _is_text(cell: str) -> bool:
    return bool(cell) and parse_cell(cell).value is None


def _is_figures(head: str, column: Sequence[str]) -> bool:
    held = [cell for cell in column if cell]
    numbers = sum(parse_cell(cell).value is not None for cell in held)
    return bool(held) and numbers >= _HALF * len(held) and normalise(head) not in _YEARS


def _numbers(column: Sequence[str]) -> Array:
    values = (parse_cell(cell).value for cell in column)
    return np.array([np.nan if value is None else value for value in values])
