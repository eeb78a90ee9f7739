"""The raw grid a parser hands over: cells with kinds and addresses, nothing interpreted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

import numpy as np
import numpy.typing as npt

from stiscore.dataset import column_letters
from stiscore.errors import Location
from stiscore.finding import Finding


class CellKind(IntEnum):
    """What a cell holds."""

    EMPTY = 0
    NUMBER = 1
    TEXT = 2
    BOOLEAN = 3
    DATE = 4
    ERROR = 5  # #DIV/0! and the like; the text is the error's name
    NO_VALUE = 6  # a formula whose result was never saved; the text is the formula


# Asked of every cell: an enumeration's member is a search, a constant is none.
_NUMBER = int(CellKind.NUMBER)


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """One sheet, from row 1 and column 1.

    ``kinds``, ``numbers``, ``text_at`` and ``percent``: (rows, columns). ``text_at`` points into
    ``texts`` (-1: none); in a large table a text may stand there twice. ``numbers`` is NaN where
    the cell holds no number. ``lines``: (rows,) the physical line of each row in a text file, or
    the row number in a sheet. ``hidden_rows`` and ``hidden_columns`` are 1-based. ``merged``:
    0-based (first row, first column, last row, last column), cut off at the used range.
    ``semicolons``: a text file cut by them, where a comma may be a decimal sign.
    """

    file: str
    sheet: str | None
    kinds: npt.NDArray[np.uint8]
    numbers: npt.NDArray[np.float64]
    text_at: npt.NDArray[np.int32]
    texts: Sequence[str]
    percent: npt.NDArray[np.bool_]
    lines: npt.NDArray[np.int32]
    hidden_rows: tuple[int, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_columns: tuple[int, ...] = ()
    semicolons: bool = False

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        rows, columns = self.kinds.shape
        return rows, columns

    def text(self, row: int, column: int) -> str:
        """What a cell shows, trimmed of nothing: '' when empty, a number in its shortest form."""
        if self.kinds[row, column] == _NUMBER:
            return f"{self.numbers[row, column]:.15g}"
        at = int(self.text_at[row, column])
        return self.texts[at] if at >= 0 else ""

    def column(self, column: int, rows: npt.NDArray[np.intp]) -> list[str]:
        """What the cells of a column show in some rows, trimmed."""
        if (self.kinds[rows, column] == _NUMBER).any():
            return [self.text(row, column).strip() for row in rows.tolist()]
        at = self.text_at[rows, column].tolist()
        return [self.texts[a].strip() if a >= 0 else "" for a in at]

    def words(self, row: int) -> list[tuple[int, str]]:
        """The cells of a row that hold text, with their columns, trimmed."""
        columns = np.flatnonzero(self.text_at[row] >= 0).tolist()
        at = self.text_at[row].tolist()
        return [(c, t) for c in columns if (t := self.texts[at[c]].strip())]

    def location(self, row: int, column: int | None = None) -> Location:
        """Where a cell (or a row) stands, as the user's program shows it."""
        line = int(self.lines[row])
        if self.sheet is None:
            return Location(self.file, line=line, column=None if column is None else column + 1)
        cell = None if column is None else f"{column_letters(column + 1)}{line}"
        return Location(self.file, self.sheet, cell)


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """A parsed file: its facts and its sheets in order."""

    file: str
    sha256: str
    container: Literal["xlsx", "xls", "xlsb", "ods", "parquet", "csv"]
    grids: tuple[Grid, ...]
    encoding: str | None = None
    delimiter: str | None = None
    notes: tuple[Finding, ...] = ()
