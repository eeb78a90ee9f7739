"""The sheets of a parsed file as plain values, for whoever writes them again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from stiscore.io.cells import plain_number
from stiscore.io.grid import CellKind
from stiscore.seen import SheetCells

if TYPE_CHECKING:
    from stiscore.io.grid import Book, Grid


def sheets(book: Book) -> tuple[SheetCells, ...]:
    """All sheets in order, every value in the row and column its findings name."""
    return tuple(SheetCells(grid.sheet, _rows(grid), _percent(grid)) for grid in book.grids)


def _rows(grid: Grid) -> Iterator[tuple[int, list[float | str | None]]]:
    rows, columns = grid.shape
    for row in range(rows):
        yield int(grid.lines[row]), [_value(grid, row, column) for column in range(columns)]


def _value(grid: Grid, row: int, column: int) -> float | str | None:
    """A number as such; dates, truth values, errors and unsaved formulas as their texts.

    A text file has texts only: those that a number would be shown as are numbers.
    """
    if grid.kinds[row, column] == CellKind.NUMBER:
        return float(grid.numbers[row, column])
    text = grid.text(row, column)
    if grid.sheet is None and plain_number(text) and f"{float(text):.15g}" == text:
        return float(text)
    return text or None


def _percent(grid: Grid) -> frozenset[tuple[int, int]]:
    at = np.argwhere(grid.percent & (grid.kinds == CellKind.NUMBER)).tolist()
    return frozenset((int(grid.lines[row]), column + 1) for row, column in at)
