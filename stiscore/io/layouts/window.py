"""A part of a sheet, as a spreadsheet names it: ``Sheet1``, ``Sheet1!A4:H40``, ``A4:H40``.

The part keeps its addresses: what lies outside it is blanked and not cut off.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stiscore.dataset import column_letters
from stiscore.errors import Location, UsageError
from stiscore.finding import cell_place
from stiscore.io.grid import CellKind
from stiscore.words.faults import found, refusal

if TYPE_CHECKING:
    from stiscore.io.grid import Book, Grid

_CELL = r"\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6}"
_RANGE = re.compile(f"{_CELL}:{_CELL}", re.IGNORECASE)


class Area(NamedTuple):
    """A rectangle of cells, 0-based, ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def named(self, grid: Grid) -> str:
        """As the user writes it, with the sheet's name where there is one."""
        lines = grid.lines
        cells = (
            f"{column_letters(self.left + 1)}{int(lines[self.top])}"
            f":{column_letters(self.right + 1)}{int(lines[self.bottom])}"
        )
        return f"{grid.sheet}!{cells}" if grid.sheet else cells


def windowed(book: Book, wanted: str | None) -> tuple[Grid, ...]:
    """The grids to look at: all, the sheet named, or the part of it.

    Raises UsageError: L103 no such sheet, L122 a range outside the sheet.
    """
    if wanted is None:
        return book.grids
    whole = [g for g in book.grids if g.sheet == wanted]
    if whole:
        return tuple(whole)
    name, _, cells = wanted.rpartition("!")
    name = name.strip("'")
    part = _RANGE.fullmatch(cells.strip())
    alone = not name and len(book.grids) == 1
    grids = [g for g in book.grids if (g.sheet or "") == name or alone]
    if part is None or not grids:
        shown = ", ".join(g.sheet for g in book.grids if g.sheet) or "-"
        raise refusal(UsageError, [found("L103", Location(book.file), sheet=wanted, sheets=shown)])
    return (cut(grids[0], _area(grids[0], part[0], wanted)),)


def cut(grid: Grid, area: Area) -> Grid:
    """The grid with everything outside ``area`` blank."""
    outside = np.ones(grid.shape, dtype=bool)
    outside[area.top : area.bottom + 1, area.left : area.right + 1] = False
    return replace(
        grid,
        kinds=np.where(outside, np.uint8(CellKind.EMPTY), grid.kinds),
        numbers=np.where(outside, np.nan, grid.numbers),
        text_at=np.where(outside, np.int32(-1), grid.text_at),
    )


def _area(grid: Grid, cells: str, wanted: str) -> Area:
    """The rows by their printed numbers, since a text file may skip lines."""
    corners = [cell_place(cell) for cell in cells.replace("$", "").upper().split(":")]
    (left, first), (right, last) = (c or (0, 0) for c in corners)
    left, right = sorted((left - 1, right - 1))
    first, last = sorted((first, last))
    rows = np.flatnonzero((grid.lines >= first) & (grid.lines <= last))
    if not rows.size or left >= grid.shape[1]:
        raise refusal(UsageError, [found("L122", Location(grid.file, grid.sheet), range=wanted)])
    return Area(int(rows[0]), left, int(rows[-1]), min(right, grid.shape[1] - 1))
