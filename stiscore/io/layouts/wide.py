"""The wide layout: one row a unit (and year), one column a figure.

The header is the row that names most columns. Rows beside it that name the same columns in another
language or by id, that complete a header split over rows, or that hold measurements belong to the
head; what stands above is preface.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from stiscore.io.grid import CellKind
from stiscore.io.layouts.head import Head
from stiscore.io.layouts.recognition import Named, Namer, Recognition, Row, Table
from stiscore.io.layouts.roles import filled_down
from stiscore.io.periods import period_of
from stiscore.seen import Reason

if TYPE_CHECKING:
    from stiscore.io.grid import Grid
    from stiscore.io.vocabulary import Vocabulary


def recognise(grid: Grid, vocabulary: Vocabulary) -> Recognition:
    """How well ``grid`` fits the layout, and where its parts stand; score 0 when it does not.

    The score is the number of distinct things the columns name.
    """
    head = Head(grid, vocabulary)
    hits = head.find_header()
    if not hits:
        return _misfit(grid, Reason("no-header"))
    named = Reason("header", {"row": int(grid.lines[head.header]), "known": hits})
    if not head.find_keys():
        return _misfit(grid, named, Reason("no-units"))
    head.extend()
    columns = tuple(head.columns())
    if head.years_beside(columns):
        return _misfit(grid, named, Reason("years-in-head"))
    known = {c.meaning.term.id for c in columns if c.meaning}
    first = head.rows[-1] + 1
    keys = [c for c in (head.unit, head.code) if c is not None]
    units = int((grid.kinds[first:, keys] != CellKind.EMPTY).any(axis=1).sum())
    if not known or not units:
        return _misfit(grid, named, Reason("no-rows"))
    return Recognition(
        layout="wide",
        grid=grid,
        score=float(len(known)),
        reasons=(
            named,
            *_reasons(head),
            Reason("units", {"rows": units}),
            Reason("columns", {"known": len(known), "of": sum(c.error is None for c in columns)}),
        ),
        make=partial(_lay_out, head, first, columns),
        header=head.header,
        labels=tuple(sorted(head.labels)),
        unit_row=head.unit_row,
        preface=tuple(r for r in range(head.rows[0]) if (grid.kinds[r] > 0).any()),
        first=first,
        unit=head.unit,
        code=head.code,
        year=head.year,
        keys=tuple(head.keys),
        asides=tuple(head.asides),
        columns=columns,
    )


def _lay_out(head: Head, first: int, columns: tuple[Named, ...]) -> Table:
    """Every row below the head that is not wholly blank, and every column."""
    namer, grid = Namer(), head.grid
    places = (head.unit, head.code, head.year)
    label = next(c for c in places if c is not None)
    filled = (grid.kinds[first:] != CellKind.EMPTY).any(axis=1).nonzero()[0] + first
    blank = [""] * len(filled)
    names, codes, years = (blank if c is None else filled_down(grid, c, filled) for c in places)
    for column in head.keys:
        again = filled_down(grid, column, filled)
        codes = [
            code or (other if namer.contradict(name, other) else "")
            for code, name, other in zip(codes, names, again, strict=True)
        ]
    rows = tuple(
        Row(row, label, code, name, period_of(year), namer.entry(code, name))
        for row, name, code, year in zip(filled.tolist(), names, codes, years, strict=True)
    )
    at = np.array([c.column for c in columns], dtype=np.int32)
    return Table(rows, columns, filled.astype(np.int32)[:, None], at[None, :])


def _misfit(grid: Grid, *reasons: Reason) -> Recognition:
    return Recognition("wide", grid, 0.0, reasons)


def _reasons(head: Head) -> Iterator[Reason]:
    for row in sorted(head.labels):
        yield Reason("label-row", {"row": int(head.grid.lines[row])})
    if head.unit_row is not None:
        yield Reason("unit-row", {"row": int(head.grid.lines[head.unit_row])})
    if head.year is not None:
        yield Reason("year-column", {"column": head.year + 1})
