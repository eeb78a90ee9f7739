"""Several tables on one sheet: stacked under each other, or side by side.

Which of them is meant is the user's to say. A table that merely has blank rows between its units,
or prints their names twice, is one table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stiscore.io.cells import parse_cell
from stiscore.io.grid import CellKind
from stiscore.io.layouts.window import Area
from stiscore.units.registry import find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stiscore.io.grid import Grid
    from stiscore.io.layouts.recognition import Recognition
    from stiscore.io.vocabulary import Vocabulary


def tables_in(table: Recognition, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The tables of a sheet as the user names them; one or none when there is but one."""
    if table.layout != "wide":
        return ()
    areas = list(_stacked(table, vocabulary)) or list(_beside(table))
    return tuple(area.named(table.grid) for area in areas)


def _stacked(table: Recognition, vocabulary: Vocabulary) -> Iterator[Area]:
    """The areas from head to head, where a further head follows the rows of the first."""
    grid = table.grid
    further = [r for r in _headed(table, vocabulary) if _is_head(grid, r, vocabulary)]
    tops = [table.header, *_apart(grid, table.first, further)]
    if len(tops) == 1:
        return
    tops[0] = min(table.header, *table.labels) if table.labels else table.header
    for top, after in zip(tops, [*tops[1:], grid.shape[0]], strict=True):
        yield _trimmed(grid, top, after - 1)


def _headed(table: Recognition, vocabulary: Vocabulary) -> list[int]:
    """The rows below the head in which a column of units, or one at the left, is headed as such."""
    grid, first = table.grid, table.first + 1
    columns = sorted({*range(min(3, grid.shape[1])), *_given(table.unit), *_given(table.code)})
    at = grid.text_at[first:, columns]
    # Each distinct text is asked about once, however many rows there are.
    heads = [
        a for a in set(at[at >= 0].tolist()) if vocabulary.role(grid.texts[a]) in {"unit", "code"}
    ]
    return (np.flatnonzero(np.isin(at, heads).any(axis=1)) + first).tolist()


def _given(column: int | None) -> list[int]:
    return [] if column is None else [column]


def _is_head(grid: Grid, row: int, vocabulary: Vocabulary) -> bool:
    """Whether a row names units' column and at least one thing known."""
    texts = [text for _, text in grid.words(row)]
    if not any(vocabulary.role(t) in {"unit", "code"} for t in texts):
        return False
    return any(vocabulary.role(t) is None and vocabulary.meaning(t) for t in texts)


def _apart(grid: Grid, first: int, heads: list[int]) -> Iterator[int]:
    """Of neighbouring head rows the first, where figures stand between it and the head before."""
    last = first
    for row in heads:
        if any(_figures(grid, r) for r in range(last, row)):
            yield row
        last = row


def _beside(table: Recognition) -> Iterator[Area]:
    """The areas from one column of units to the next, where they name different units."""
    if table.unit is None:
        return
    own = _units(table, table.unit)
    others = [c for c in table.keys if (held := _units(table, c)) and not held & own]
    if not others:
        return
    starts = sorted([table.unit, *others])
    for left, after in zip(starts, [*starts[1:], table.grid.shape[1]], strict=True):
        area = _trimmed(table.grid, table.header, table.grid.shape[0] - 1)
        yield area._replace(left=left, right=min(after - 1, area.right))


def _units(table: Recognition, column: int) -> set[str]:
    """The scored units a column names."""
    rows = range(table.first, table.grid.shape[0])
    met = (find(t) for r in rows if (t := table.grid.text(r, column).strip()))
    return {e.id for e in met if e and e.registry != "aggregate"}


def _trimmed(grid: Grid, top: int, bottom: int) -> Area:
    """The rows from ``top`` to the last with a figure, over the columns that hold something.

    What stands below the last figure is a note, or the title of the next table.
    """
    filled = grid.kinds[top : bottom + 1] != CellKind.EMPTY
    last = next(r for r in range(bottom, top - 1, -1) if r == top or _figures(grid, r))
    columns = filled[: last - top + 1].any(axis=0).nonzero()[0]
    return Area(top, int(columns[0]), last, int(columns[-1]))


def _figures(grid: Grid, row: int) -> bool:
    """Whether a row holds a number."""
    if (grid.kinds[row] == CellKind.NUMBER).any():
        return True
    return any(parse_cell(text).value is not None for _, text in grid.words(row))
