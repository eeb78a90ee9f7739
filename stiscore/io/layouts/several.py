"""Several tables on one sheet: stacked under each other, or side by side.

Which of them is meant is the user's to say. A table that merely has blank rows between its units,
or prints their names twice, is one table.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stiscore.io.cells import parse_cell
from stiscore.io.grid import CellKind
from stiscore.io.layouts import long
from stiscore.io.layouts.joined import measured_whole
from stiscore.io.layouts.recognition import Namer
from stiscore.io.layouts.roles import years_in
from stiscore.io.layouts.window import Area
from stiscore.io.rows import is_note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stiscore.io.grid import Grid
    from stiscore.io.layouts.recognition import Recognition
    from stiscore.io.vocabulary import Vocabulary
    from stiscore.units.registry import Entry

# A title further above belongs to something else.
_TITLE_WITHIN = 3


class Several(NamedTuple):
    """One of several tables: the cells it takes, as the user names them, and what stands above."""

    cells: str
    title: str

    def __str__(self) -> str:
        return f"{self.cells} ({self.title})" if self.title else self.cells


def tables_in(table: Recognition, vocabulary: Vocabulary) -> tuple[Several, ...]:
    """The tables of a sheet; one or none when there is but one."""
    if table.layout == long.LAYOUT:
        return ()
    found = list(_stacked(table, vocabulary)) or list(_beside(table))
    return tuple(Several(a.named(table.grid), _title(table.grid, head)) for head, a in found)


def _title(grid: Grid, head: int) -> str:
    """The words that stand alone in the nearest of the rows above its head, if any do."""
    for row in range(head - 1, max(-1, head - 1 - _TITLE_WITHIN), -1):
        words = grid.words(row)
        if words and not measured_whole(words[0][1]):
            return " ".join(words[0][1].split()) if len(words) == 1 else ""
    return ""


def _stacked(table: Recognition, vocabulary: Vocabulary) -> Iterator[tuple[int, Area]]:
    """Each head with its area, where a further head follows the rows of the first."""
    grid = table.grid
    is_head = partial(_is_head, vocabulary) if table.layout == "wide" else _other_years
    further = [r for r in _headed(table, vocabulary) if is_head(table, r)]
    heads = [table.header, *_apart(table, further)]
    if len(heads) == 1:
        return
    top = 0
    for head, after in zip(heads, [*heads[1:], grid.shape[0]], strict=True):
        area = _trimmed(grid, top, head, after - 1)
        # What a table is of and measured in stands above its head.
        top = area.bottom + 1
        yield head, area


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


def _is_head(vocabulary: Vocabulary, table: Recognition, row: int) -> bool:
    """Whether a row names units' column and at least one thing known."""
    texts = [text for _, text in table.grid.words(row)]
    if not any(vocabulary.role(t) in {"unit", "code"} for t in texts):
        return False
    return any(vocabulary.role(t) is None and vocabulary.meaning(t) for t in texts)


def _other_years(table: Recognition, row: int) -> bool:
    """Whether a row heads other years than the table's head, which a new page only repeats."""
    there = years_in(table.grid, row)
    return bool(there) and there != years_in(table.grid, table.header)


def _apart(table: Recognition, heads: list[int]) -> Iterator[int]:
    """Of neighbouring head rows the first, where figures stand between it and the head before."""
    grid, last = table.grid, table.first
    for row in heads:
        if any(_figures(grid, r) for r in range(last, row)):
            yield row
        last = row


def _beside(table: Recognition) -> Iterator[tuple[int, Area]]:
    """The head with each area from a column of units to the next, where these name other units."""
    if table.unit is None:
        return
    own = _units(table, table.unit)
    others = [c for c in table.keys if _of_others(own, _units(table, c))]
    if not others:
        return
    starts = sorted([table.unit, *others])
    for left, after in zip(starts, [*starts[1:], table.grid.shape[1]], strict=True):
        area = _trimmed(table.grid, table.header, table.header, table.grid.shape[0] - 1)
        yield table.header, area._replace(left=left, right=min(after - 1, area.right))


def _units(table: Recognition, column: int) -> list[Entry | None]:
    """The scored unit a column names in each row, None where it names none."""
    rows, namer = np.arange(table.first, table.grid.shape[0]), Namer()
    met = (namer.entry("", text) for text in table.grid.column(column, rows))
    return [e if e and e.registry != "aggregate" else None for e in met]


def _of_others(own: list[Entry | None], there: list[Entry | None]) -> bool:
    """Whether most rows name another unit there; a country beside its province is none."""
    pairs = [(a, b) for a, b in zip(own, there, strict=True) if a and b]
    return sum(a != b and a.registry == b.registry for a, b in pairs) * 2 > len(pairs)


def _trimmed(grid: Grid, top: int, head: int, bottom: int) -> Area:
    """The rows from ``top`` to the last with a figure, over the columns that hold something.

    Blank rows and notes of the table before are no part of it; what stands below the last figure is
    a note, or the title of the next table.
    """
    while top < head and (not (told := grid.words(top)) or is_note(told[0][1])):
        top += 1
    filled = grid.kinds[top : bottom + 1] != CellKind.EMPTY
    last = next(r for r in range(bottom, head - 1, -1) if r == head or _figures(grid, r))
    columns = filled[: last - top + 1].any(axis=0).nonzero()[0]
    return Area(top, int(columns[0]), last, int(columns[-1]))


def _figures(grid: Grid, row: int) -> bool:
    """Whether a row holds a number."""
    if (grid.kinds[row] == CellKind.NUMBER).any():
        return True
    return any(parse_cell(text).value is not None for _, text in grid.words(row))
