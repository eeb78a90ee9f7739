"""What sheets of judgements and of points have in common: named rows and columns around cells."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from stiscore.errors import Location
from stiscore.finding import Finding
from stiscore.framework.flaw import heading
from stiscore.io.cells import parse_cell
from stiscore.io.grid import CellKind
from stiscore.words.faults import found
from stiscore.words.faults.framework import did_you_mean
from stiscore.words.faults.judgements import CELLS, FORMS

if TYPE_CHECKING:
    from stiscore.framework.model import Framework
    from stiscore.io.grid import Book, Grid

# A framework of more parts than this would need a million judgements.
_MOST = 1_000


class Side(NamedTuple):
    """The rows or the columns of a sheet: their places and names."""

    places: tuple[int, ...]
    names: tuple[str, ...]


class Sheet(NamedTuple):
    """A sheet whose first row and first column that are not blank hold names."""

    grid: Grid
    head: int
    first: int
    rows: Side
    columns: Side

    def shown(self, row: int, column: int) -> str:
        """What a cell shows, trimmed; numbers in all their digits."""
        return exact(self.grid, row, column)

    def head_cell(self, column: int) -> Location:
        """Where a column is named."""
        return self.grid.location(self.head, column)

    def row_cell(self, row: int) -> Location:
        """Where a row is named."""
        return self.grid.location(row, self.first)

    def refuse_cell(self, row: int, column: int, wanted: str) -> Finding:
        """F184: what stands in a cell is not what is wanted there."""
        where, value = self.grid.location(row, column), self.shown(row, column)
        return found("F184", where, value=value, wanted=CELLS[wanted])


def sheets(book: Book, form: str, faults: list[Finding]) -> list[Sheet]:
    """The sheets of a parsed file that are not blank; F181 for one without names on two sides."""
    told = []
    for grid in book.grids:
        filled = _filled(grid)
        if filled is None:
            continue
        sheet = _sheet(grid, *filled)
        if sheet.rows.places and sheet.columns.places:
            told.append(sheet)
        else:
            faults.append(found("F181", _place(grid), form=FORMS[form]))
    if not told and not faults:
        faults.append(found("F181", Location(book.file), form=FORMS[form]))
    return told


def names(framework: Framework) -> Mapping[str, tuple[str, ...]]:
    """Ids of nodes by every way to write them: id, names and short names in both languages."""
    told: dict[str, tuple[str, ...]] = {}
    nodes = [node for node in framework.nodes if node.id != framework.index.id]
    for node in nodes:
        own = (node.id, node.name.en, node.name.zh, node.name.short_en, node.name.short_zh)
        for text in {heading(each) for each in own if each}:
            told[text] = (*told.get(text, ()), node.id)
    # What is the id of one node and the name of another means the first.
    return told | {heading(node.id): (node.id,) for node in nodes}


def unknown_name(given: str, known: Mapping[str, tuple[str, ...]], where: Location) -> Finding:
    """F182, with the node whose name is nearest."""
    near = difflib.get_close_matches(heading(given), known, 1)
    hint = did_you_mean(known[near[0]][0] if near else None)
    return found("F182", where, given=given, hint=hint)


def amount(text: str) -> float | None:
    """A plain number; None for anything else, a per cent sign included.

    >>> amount("3"), amount("３．５"), amount("30%"), amount("many")
    (3.0, 3.5, None, None)
    """
    parsed = parse_cell(text)
    return None if parsed.percent else parsed.value


def _place(grid: Grid) -> Location:
    return Location(grid.file, grid.sheet)


def _filled(grid: Grid) -> tuple[list[int], list[int]] | None:
    """Rows and columns that hold anything; None for a blank sheet."""
    held = grid.kinds != CellKind.EMPTY
    rows = [int(r) for r in held.any(axis=1).nonzero()[0] if any(_texts(grid, int(r)))]
    columns = [int(c) for c in held.any(axis=0).nonzero()[0]]
    if not rows or not columns:
        return None
    # A table of data given by mistake would yield a fault a cell.
    return (rows, columns) if max(len(rows), len(columns)) <= _MOST else ([], [])


def _texts(grid: Grid, row: int) -> list[str]:
    return [exact(grid, row, column) for column in range(min(grid.shape[1], _MOST))]


def exact(grid: Grid, row: int, column: int) -> str:
    """What a cell holds, trimmed; of a number every digit."""
    if grid.kinds[row, column] == CellKind.NUMBER:
        return repr(float(grid.numbers[row, column])).removesuffix(".0")
    return grid.text(row, column).strip()


def _sheet(grid: Grid, rows: list[int], columns: list[int]) -> Sheet:
    head, first = (rows or [0])[0], (columns or [0])[0]
    body = rows[1:]
    held = [c for c in columns[1:] if any(exact(grid, r, c) for r in rows)]
    return Sheet(
        grid,
        head,
        first,
        Side(tuple(body), tuple(exact(grid, r, first) for r in body)),
        Side(tuple(held), tuple(exact(grid, head, c) for c in held)),
    )
