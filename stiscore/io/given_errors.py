"""The errors a table gives of its figures, as standard errors below and above each value.

A column of standard errors holds for both sides. An interval is taken as one of 95 %: its ends are
1.959963984540054 standard errors away from the value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from stiscore.dataset import Dataset, Flag, Values, titled
from stiscore.io.figures import figures
from stiscore.methods.agreement import Z95
from stiscore.words.faults import found

if TYPE_CHECKING:
    import numpy.typing as npt

    from stiscore.finding import Finding
    from stiscore.io.figures import Figures
    from stiscore.io.grid import Grid
    from stiscore.io.layouts import Named, Table

_NO_FIGURE = {
    Flag.NOT_A_NUMBER: "D101",
    Flag.ERROR_CELL: "D102",
    Flag.NO_CACHED_VALUE: "D103",
    Flag.COMMA: "D105",
    Flag.NUMBER_AS_TEXT: "D104",
}
# What conversion may move an end across its value by.
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class _Column:
    """The error columns of one column of a dataset, and the figures in them."""

    grid: Grid
    dataset: Dataset
    place: int
    heads: tuple[Named, ...]
    held: Figures
    lines: npt.NDArray[np.int32]

    @property
    def values(self) -> Values:
        """The figures whose error is given: (rows,)."""
        return self.dataset.values[:, self.place]

    def text(self, row: int, part: int | None = None) -> str:
        """What stands in a row's cell of one of the columns, or else of the figures'."""
        own = int(self.dataset.origin[row, self.place, 1]) - 1
        at = own if part is None else self.heads[part].column
        return self.grid.text(int(self.lines[row]), at).strip()

    def find(self, code: str, row: int, part: int = 0, **fields: Any) -> Finding:
        """A finding at a row's cell in the first or second of the columns."""
        head, unit = self.heads[part], self.dataset.units[row]
        told = {"column": " ".join(head.header.split()), **fields}
        told |= {"error_of": self.dataset.columns[self.place].id}
        where = self.grid.location(int(self.lines[row]), head.column)
        return found(code, where, unit=titled(unit, "both"), group=told["column"], **told)


def with_errors(
    dataset: Dataset,
    grid: Grid,
    table: Table,
    rows: Sequence[int],
    columns: Mapping[str, tuple[Named, ...]],
) -> tuple[Dataset, tuple[Finding, ...]]:
    """The dataset with the errors of its figures, and what is wrong with some of them.

    ``rows``: the dataset's rows as positions in the table; ``columns``: by id of a column, that of
    its standard errors or those of the ends of its intervals. An error at fault is left out (NaN),
    and so is that of a figure that is missing.
    """
    if not columns:
        return dataset, ()
    errors = np.full((*dataset.values.shape, 2), np.nan)
    findings: list[Finding] = []
    for name, heads in columns.items():
        column = _column(dataset, grid, table, rows, name, heads)
        findings += _no_figures(column)
        read = _standard if len(heads) == 1 else _interval
        errors[:, column.place] = read(column, findings)
    errors[np.isnan(dataset.values)] = np.nan
    return replace(dataset, errors=errors), tuple(findings)


def _column(
    dataset: Dataset,
    grid: Grid,
    table: Table,
    rows: Sequence[int],
    name: str,
    heads: tuple[Named, ...],
) -> _Column:
    by_place = {head.column: head for head in heads}
    table = table._replace(columns=tuple(by_place.get(c.column, c) for c in table.columns))
    held = figures(grid, table, rows, [table.columns.index(head) for head in heads])
    lines = np.array([table.rows[row].row for row in rows], dtype=np.int32)
    return _Column(grid, dataset, dataset.ids.index(name), heads, held, lines)


def _no_figures(column: _Column) -> Iterator[Finding]:
    """D101-D105: cells that hold no number, or a mark beside one."""
    for flag, code in _NO_FIGURE.items():
        for row, part in np.argwhere((column.held.flags & flag) > 0).tolist():
            text = column.held.texts.get((row, part), "").strip()
            number = float(column.held.values[row, part])
            yield column.find(code, row, part, value=text, number=number)


def _standard(column: _Column, findings: list[Finding]) -> Values:
    """Both sides, (rows, 2), from a column of standard errors; D208 where one is below zero."""
    given = column.held.values[:, 0]
    below = np.flatnonzero(given < 0).tolist()
    findings += (column.find("D208", row, value=column.text(row, 0)) for row in below)
    kept = np.where(given < 0, np.nan, given)
    return np.column_stack([kept, kept])


def _interval(column: _Column, findings: list[Finding]) -> Values:
    """Both sides, (rows, 2), from the ends of intervals.

    D209 where the value lies outside its own, D210 where one end is missing.
    """
    low, high = column.held.values.T
    values, known = column.values, ~np.isnan(column.held.values)
    reach = np.column_stack([values - low, high - values])
    outside: npt.NDArray[np.bool_] = reach < -_ROUNDING * np.abs(values)[:, None]
    for row, part in np.argwhere(outside & (np.cumsum(outside, axis=1) == 1)).tolist():
        ends = {"low": column.text(row, 0) or "-", "high": column.text(row, 1) or "-"}
        findings.append(column.find("D209", row, part, value=column.text(row), **ends))
    sound = ~outside.any(axis=1, keepdims=True)
    # What else stands there instead of a figure is told already.
    blank = (column.held.flags & np.uint16(Flag.BLANK | Flag.MISSING_MARK)) > 0
    half = blank & known[:, ::-1] & sound & ~np.isnan(values)[:, None]
    findings += (column.find("D210", row, part) for row, part in np.argwhere(half).tolist())
    whole = sound & known.all(axis=1, keepdims=True)
    return np.where(whole, np.maximum(reach, 0.0) / Z95, np.nan)
