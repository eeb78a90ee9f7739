"""Years as columns: one row a unit, one column a year.

What the figures are of stands in a column beside the unit (stacked), in rows of its own between the
units (blocks), in the head above or below the years, or in the lines before the table when there is
one indicator; where it stands nowhere it has to be told. A year in which no unit has a figure is no
period.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stiscore.io.cells import parse_cell
from stiscore.io.grid import CellKind
from stiscore.io.layouts.recognition import Named, Namer, Recognition, Row, Spread, Table
from stiscore.io.layouts.roles import (
    SEARCHED,
    Parts,
    joint_meaning,
    nameless,
    parts_in,
    unnamed,
    years_in,
)
from stiscore.io.measurement import measure, stated
from stiscore.seen import Reason
from stiscore.units.registry import find

if TYPE_CHECKING:
    from stiscore.finding import Finding
    from stiscore.io.grid import Grid
    from stiscore.io.vocabulary import Vocabulary

LAYOUT = "years"
_ASKING = 0.5
_PREFIXED = re.compile(r"(?:指标|indicator|series|变量)\s*[:：]\s*(?P<name>.+)", re.IGNORECASE)


class Years(NamedTuple):
    """A table made out: its head, its year columns, and the name that goes with each figure.

    ``by_column``: names told in the head, by column; ``blocks``: rows that name what the rows under
    them hold; ``records``: names told in columns, by row; ``whole``: the name of all figures.
    """

    grid: Grid
    header: int
    first: int
    parts: Parts
    years: dict[int, str]
    by_column: dict[int, Named]
    blocks: dict[int, Named]
    records: dict[int, Named]
    whole: Named | None

    def named(self, row: int, column: int, block: Named | None) -> Named | None:
        """What the figure in a cell is of."""
        if self.parts.indicators:
            return self.records.get(row)
        return self.by_column.get(column) or block or self.whole

    def columns(self) -> tuple[Named, ...]:
        """Everything named, names of one meaning once; in the order they stand in."""
        held: dict[str | Named, Named] = {}
        whole = [self.whole] if self.whole else []
        for named in (
            *self.by_column.values(), *self.blocks.values(), *self.records.values(), *whole
        ):  # fmt: skip
            held.setdefault(named.meaning.term.id if named.meaning else named, named)
        return tuple(held.values())


def recognise(grid: Grid, vocabulary: Vocabulary) -> Recognition:
    """How well ``grid`` fits the layout; the score is the number of distinct things named."""
    seen = make_out(grid, vocabulary)
    if seen is None:
        return Recognition(LAYOUT, grid, 0.0, (Reason("no-years"),))
    return read(seen, LAYOUT, vocabulary)


def make_out(grid: Grid, vocabulary: Vocabulary) -> Years | None:
    """The parts of a table with years in its head; None when there is no such head."""
    header = _header(grid, vocabulary)
    if header is None:
        return None
    parts, years = parts_in(grid, vocabulary, header), years_in(grid, header)
    if not parts.keyed:
        return None
    # Under a year stand figures, or in the head the names of several columns.
    parts = parts._replace(indicators=tuple(c for c in parts.indicators if c < min(years)))
    by_column, depth = _in_head(grid, header, years, vocabulary)
    seen = Years(grid, header, header + 1 + depth, parts, years, by_column, {}, {}, None)
    if parts.indicators:
        return seen._replace(records=dict(_records(seen, vocabulary)))
    if by_column:
        return seen
    blocks = dict(_blocks(seen, vocabulary))
    whole = None if blocks else _in_preface(seen, vocabulary) or _told(seen, vocabulary)
    return seen._replace(blocks=blocks, whole=whole)


def read(seen: Years, layout: str, vocabulary: Vocabulary, *more: Reason) -> Recognition:
    """The recognition of a table that was made out."""
    columns, parts, grid = seen.columns(), seen.parts, seen.grid
    known = sum(c.meaning is not None for c in columns)
    return Recognition(
        layout=layout,
        grid=grid,
        score=float(known) if known else _ASKING,
        reasons=(*_reasons(seen), *more, Reason("names", {"known": known, "of": len(columns)})),
        make=partial(_lay_out, seen),
        question=None if known else _question(seen, vocabulary),
        header=seen.header,
        preface=tuple(r for r in range(seen.header) if (grid.kinds[r] > 0).any()),
        first=seen.first,
        unit=parts.unit,
        code=parts.code,
        asides=parts.asides,
        columns=(*columns, *_others(seen)),
    )


def _header(grid: Grid, vocabulary: Vocabulary) -> int | None:
    """The first row with years beside a head of units, or with several years and no figure."""
    for row in range(min(SEARCHED, grid.shape[0] - 1)):
        years = years_in(grid, row)
        figures = np.flatnonzero(grid.kinds[row] == CellKind.NUMBER).tolist()
        if not years or any(c not in years for c in figures):
            continue
        filled = (grid.kinds[row] != CellKind.EMPTY).nonzero()[0].tolist()
        others = [grid.text(row, c).strip() for c in filled if c not in years]
        headed = any(vocabulary.role(t) in {"unit", "code"} for t in others)
        words = all(parse_cell(t).value is None and find(t) is None for t in others)
        if words and (headed or len(years) > 1) and not any(map(vocabulary.meaning, others)):
            return row
    return None


def _in_head(
    grid: Grid, header: int, years: dict[int, str], vocabulary: Vocabulary
) -> tuple[dict[int, Named], int]:
    """Names in the row above the years, each over some of them, or under them, one a column.

    With the columns they name come the number of rows the head reaches below the years; ``years``
    is filled to the right where a year stands over several names.
    """
    if header + 1 < grid.shape[0]:
        below = _known_in(grid, header + 1, range(min(years), grid.shape[1]), vocabulary)
        if below:
            _fill(years, below)
            return {c: n for c, n in below.items() if c in years}, 1
    if header == 0:
        return {}, 0
    above = _known_in(grid, header - 1, range(min(years), max(years) + 1), vocabulary)
    if not above or min(above) > min(years):
        return {}, 0
    named: dict[int, Named] = {}
    for column in sorted(years):
        named[column] = above[max(c for c in above if c <= column)]
    return named, 0


def _fill(years: dict[int, str], named: dict[int, Named]) -> None:
    """Give every named column the year that stands over it or, merged, to its left."""
    for column in named:
        left = max((c for c in years if c <= column), default=None)
        if left is not None:
            years[column] = years[left]


def _known_in(grid: Grid, row: int, columns: range, vocabulary: Vocabulary) -> dict[int, Named]:
    """The cells of a row that name something known."""
    texts = ((c, grid.text(row, c).strip()) for c in columns if grid.kinds[row, c] == CellKind.TEXT)
    met = ((c, t, vocabulary.meaning(t)) for c, t in texts if t)
    return {c: Named(c, t, row, m) for c, t, m in met if m is not None}


def _records(seen: Years, vocabulary: Vocabulary) -> Iterator[tuple[int, Named]]:
    """The name in every row, from the columns that hold names."""
    grid, parts, held = seen.grid, seen.parts, dict[tuple[str, ...], Named]()
    for row in range(seen.first, grid.shape[0]):
        name = tuple(grid.text(row, c).strip() for c in parts.indicators)
        if not any(name):
            continue
        if name not in held:
            given = grid.text(row, parts.measurement).strip() if parts.measurement else ""
            meaning = joint_meaning(name, vocabulary, given or None)
            shown = " / ".join(t for t in name if t)
            held[name] = Named(parts.indicators[0], shown, row, meaning)
        yield row, held[name]


def _blocks(seen: Years, vocabulary: Vocabulary) -> Iterator[tuple[int, Named]]:
    """Rows that hold the name of an indicator and no figure."""
    column = seen.parts.label()
    for row in range(seen.first, seen.grid.shape[0]):
        text = seen.grid.text(row, column).strip()
        if text and not _figures(seen, row) and (meaning := vocabulary.meaning(text)):
            yield row, Named(column, text, row, meaning)


def _in_preface(seen: Years, vocabulary: Vocabulary) -> Named | None:
    """The one thing named above the table, or in its corner."""
    met: dict[str, Named] = {}
    measured = None
    for row in range(seen.header + 1):
        for column in range(seen.grid.shape[1]):
            if seen.grid.kinds[row, column] != CellKind.TEXT or column in seen.years:
                continue
            text = seen.grid.text(row, column).strip()
            name, given = stated(text)
            if given and not name and measure(given):
                measured = measured or given
            told = _PREFIXED.fullmatch(text)
            if meaning := vocabulary.meaning(told["name"] if told else text):
                met.setdefault(meaning.term.id, Named(column, text, row, meaning))
    if len(met) != 1:
        return None
    (named,) = met.values()
    meaning = named.meaning
    if meaning is not None and meaning.measured_in is None and measured:
        return Named(named.column, named.header, named.row, meaning._replace(measured_in=measured))
    return named


def _told(seen: Years, vocabulary: Vocabulary) -> Named | None:
    """The indicator the user named for all figures."""
    meaning = vocabulary.sole_meaning()
    if meaning is None:
        return None
    column = seen.parts.label()
    return Named(column, seen.grid.text(seen.header, column).strip(), seen.header, meaning)


def _figures(seen: Years, row: int) -> bool:
    return any(seen.grid.kinds[row, c] != CellKind.EMPTY for c in seen.years)


def _lay_out(seen: Years) -> Table:
    columns = seen.columns()
    by_term = {c.meaning.term.id: i for i, c in enumerate(columns) if c.meaning}
    spread, namer, block = Spread(columns), Namer(), None
    years = {c: y for c, y in seen.years.items() if _filled(seen, c)}
    for row in range(seen.first, seen.grid.shape[0]):
        if row in seen.blocks:
            block = seen.blocks[row]
        elif (seen.grid.kinds[row] != CellKind.EMPTY).any():
            first = _row(seen, row, namer)
            if first.entry is None and not _figures(seen, row):
                spread.row(first)  # a note, or a name nobody knows beside nothing
                continue
            for column, year in years.items():
                named = seen.named(row, column, block)
                if named is not None and named.meaning is not None:
                    key = spread.row(first._replace(period=year))
                    spread.put(key, by_term[named.meaning.term.id], (row, column))
    return spread.table()


def _filled(seen: Years, column: int) -> bool:
    """Whether any row holds a figure in a year's column."""
    kinds = seen.grid.kinds[seen.first :, column]
    if (kinds == CellKind.NUMBER).any():
        return True
    texts = {seen.grid.text(seen.first + r, column) for r in (kinds == CellKind.TEXT).nonzero()[0]}
    return any(parse_cell(t).value is not None for t in texts)


def _row(seen: Years, row: int, namer: Namer) -> Row:
    parts, grid = seen.parts, seen.grid
    code, name = (
        grid.text(row, c).strip() if c is not None else "" for c in (parts.code, parts.unit)
    )
    return Row(row, parts.label(), code, name, None, namer.entry(code, name))


def _others(seen: Years) -> Iterator[Named]:
    """The columns that play no part."""
    for column in range(seen.grid.shape[1]):
        header = seen.grid.text(seen.header, column).strip()
        if header and column not in seen.parts.used() and column not in seen.years:
            yield Named(column, header, seen.header, None)


def _question(seen: Years, vocabulary: Vocabulary) -> Finding:
    """What has to be told before the table can be read."""
    grid, column = seen.grid, seen.parts.label()
    names = list(dict.fromkeys(c.header for c in seen.columns()))
    if names:
        return nameless(grid, seen.header, column, names)
    shown = "-".join(sorted({min(seen.years.values()), max(seen.years.values())}))
    return unnamed(grid, vocabulary, seen.header, seen.parts, column, shown)


def _reasons(seen: Years) -> Iterator[Reason]:
    years = sorted(seen.years.values())
    facts = {"row": int(seen.grid.lines[seen.header]), "count": len(set(years))}
    yield Reason("years-header", {**facts, "first": years[0], "last": years[-1]})
    if seen.blocks:
        yield Reason("blocks", {"count": len(seen.blocks)})
