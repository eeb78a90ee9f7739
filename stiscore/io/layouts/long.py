"""The long layout: one row a figure, with columns for unit, year, indicator, value and its flag.

The head needs a column of values and one of units. What a figure is of stands in one or several
columns (a name and a code); they must not contradict each other. Without such a column the values
are of one indicator, which has to be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stiscore.dataset import column_letters
from stiscore.io.grid import CellKind
from stiscore.io.layouts.joined import said_above
from stiscore.io.layouts.recognition import Named, Namer, Recognition, Row, Spread, Table, merged
from stiscore.io.layouts.roles import (
    SEARCHED,
    Naming,
    Parts,
    filled_down,
    named_by,
    nameless,
    others,
    parts_in,
    unnamed,
)
from stiscore.io.measurement import measure, stated
from stiscore.io.periods import period_of
from stiscore.seen import Reason

if TYPE_CHECKING:
    import numpy.typing as npt

    from stiscore.finding import Finding
    from stiscore.io.grid import Grid
    from stiscore.io.vocabulary import Vocabulary

LAYOUT = "long"
# A table that asks something before it can be read ranks below one that does not.
_ASKING = 0.5
# A list of where the figures of another sheet stand is no rival of that sheet.
_LIST_OF_CELLS = 0.5


class _Long(NamedTuple):
    """A long table made out: its header row, the parts of its columns, the figures' names."""

    grid: Grid
    header: int
    parts: Parts
    names: dict[tuple[str, ...], Named]


def recognise(grid: Grid, vocabulary: Vocabulary) -> Recognition:
    """How well ``grid`` fits the layout; the score is the number of distinct things named."""
    header = _header(grid, vocabulary)
    if header is None:
        return Recognition(LAYOUT, grid, 0.0, (Reason("no-values"),))
    seen = _Long(grid, header, parts_in(grid, vocabulary, header), {})
    given = stated(grid.text(header, seen.parts.value or 0))[1]
    said = (given,) if given and measure(given) else said_above(grid, header)
    seen.names.update(_names(seen, Naming(vocabulary, said)))
    columns = merged(seen.names.values())
    known = sum(c.meaning is not None for c in columns)
    return Recognition(
        layout=LAYOUT,
        grid=grid,
        score=known * (_LIST_OF_CELLS if seen.parts.cell is not None else 1.0) or _ASKING,
        reasons=tuple(_reasons(seen, known, len(columns))),
        make=partial(_lay_out, seen),
        question=None if known else _question(seen, vocabulary),
        header=header,
        preface=tuple(r for r in range(header) if (grid.kinds[r] > 0).any()),
        first=header + 1,
        unit=seen.parts.unit,
        code=seen.parts.code,
        year=seen.parts.year,
        asides=seen.parts.asides,
        columns=(*columns, *others(seen.grid, seen.header, seen.parts.used())),
    )


def _header(grid: Grid, vocabulary: Vocabulary) -> int | None:
    """The first row that heads a column of values beside one of units."""
    for row in range(min(SEARCHED, grid.shape[0] - 1)):
        if any(vocabulary.role(t) == "value" for _, t in grid.words(row)):
            return row if parts_in(grid, vocabulary, row).keyed else None
    return None


def _names(seen: _Long, naming: Naming) -> dict[tuple[str, ...], Named]:
    """Every distinct name of a figure, with the place it first stands at and what it means."""
    grid, parts = seen.grid, seen.parts
    if not parts.indicators:
        return {(): _sole(seen, naming)}
    figure = (grid.kinds[:, parts.value or 0] != CellKind.EMPTY).tolist()
    given = _column(seen, parts.measurement)
    told = (
        (row, name, measured)
        for (row, name), measured in zip(_named(seen), given, strict=True)
        # A figure that has no name is not dropped in silence.
        if any(name) or figure[row]
    )
    return named_by(told, parts, naming)


def _sole(seen: _Long, naming: Naming) -> Named:
    """The one column of a table that names no indicator."""
    value = seen.parts.value or 0
    header = seen.grid.text(seen.header, value).strip()
    texts = dict.fromkeys(t for t in _column(seen, seen.parts.measurement) if t)
    measured = " | ".join(texts) or None
    return Named(value, header, seen.header, naming.sole(measured))


def _rows(seen: _Long) -> npt.NDArray[np.intp]:
    return np.arange(seen.header + 1, seen.grid.shape[0])


def _named(seen: _Long) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Every row with what its columns of indicators say."""
    rows = _rows(seen)
    texts = [filled_down(seen.grid, c, rows) for c in seen.parts.indicators]
    names = zip(*texts, strict=True) if texts else repeat((), len(rows))
    return zip(rows.tolist(), names, strict=True)


def _lay_out(seen: _Long) -> Table:
    """The figures of known names; rows that name no figure at all are kept as rows without any."""
    columns, parts = merged(seen.names.values()), seen.parts
    by_term = {c.meaning.term.id: i for i, c in enumerate(columns) if c.meaning}
    spread, value = Spread(columns), parts.value or 0
    places = _Places(spread, parts.label())
    filled = (seen.grid.kinds != CellKind.EMPTY).any(axis=1)
    texts = (_column(seen, c) for c in (parts.code, parts.unit, parts.year, parts.flag))
    for (row, name), code, unit, year, mark in zip(_named(seen), *texts, strict=True):
        named = seen.names.get(name)
        if not filled[row] or (named is not None and named.meaning is None):
            continue
        place = places.of(row, code, unit, year)
        if named is not None and named.meaning is not None:
            spread.put(place, by_term[named.meaning.term.id], (row, value), mark)
    return spread.table()


class _Places:
    """The row of the table every record belongs to, looked up once for what names it."""

    def __init__(self, spread: Spread, label: int) -> None:
        self._spread, self._label, self._namer = spread, label, Namer()
        self._held: dict[tuple[str, str, str], int] = {}

    def of(self, row: int, code: str, name: str, year: str) -> int:
        """The table's row for a record in ``row`` of the grid; nameless records share none."""
        key = (code, name, year)
        if key not in self._held or not (code or name):
            entry = self._namer.entry(code, name)
            keyed = Row(row, self._label, code, name, period_of(year), entry)
            self._held[key] = self._spread.row(keyed)
        return self._held[key]


def _column(seen: _Long, column: int | None) -> Sequence[str]:
    """A column's texts under the head; blank throughout where there is no such column."""
    rows = _rows(seen)
    return [""] * len(rows) if column is None else filled_down(seen.grid, column, rows)


def _question(seen: _Long, vocabulary: Vocabulary) -> Finding:
    """What has to be told before the table can be read."""
    grid, parts = seen.grid, seen.parts
    if parts.indicators:
        names = [c.header for c in seen.names.values() if c.header]
        return nameless(grid, seen.header, parts.indicators[0], names)
    value = parts.value or 0
    header = grid.text(seen.header, value).strip()
    return unnamed(grid, vocabulary, seen.header, parts, value, header)


def _reasons(seen: _Long, known: int, of: int) -> Iterator[Reason]:
    parts, row = seen.parts, int(seen.grid.lines[seen.header])
    yield Reason("long-header", {"row": row, "value": column_letters((parts.value or 0) + 1)})
    for column in parts.indicators:
        yield Reason("indicator-column", {"column": column_letters(column + 1)})
    if parts.year is not None:
        yield Reason("year-column", {"column": parts.year + 1})
    if parts.measurement is not None:
        yield Reason("measurement-column", {"column": column_letters(parts.measurement + 1)})
    if parts.flag is not None:
        yield Reason("flag-column", {"column": column_letters(parts.flag + 1)})
    if parts.cell is not None:
        yield Reason("cell-column", {"column": column_letters(parts.cell + 1)})
    yield Reason("names", {"known": known, "of": of})
