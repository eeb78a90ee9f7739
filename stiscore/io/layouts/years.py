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
from stiscore.io.layouts.joined import measured_whole, said_above
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
    years_in,
)
from stiscore.io.layouts.year_heads import names_in_head
from stiscore.io.rows import is_note
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
        whole = [self.whole] if self.whole else []
        return merged(
            (*self.by_column.values(), *self.blocks.values(), *self.records.values(), *whole)
        )


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
    naming = Naming(vocabulary, said_above(grid, header + 1))
    by_column, depth = names_in_head(grid, header, years, naming)
    seen = Years(grid, header, header + 1 + depth, parts, years, by_column, {}, {}, None)
    if parts.indicators:
        return seen._replace(records=dict(_records(seen, naming)))
    if by_column:
        return seen
    seen = seen._replace(whole=_in_preface(seen, naming))
    blocks = _blocks(seen, naming)
    whole = seen.whole or (None if blocks else _told(seen, naming))
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
        keys=tuple(_further_units(seen, vocabulary)),
        asides=parts.asides,
        columns=(*columns, *others(grid, seen.header, {*seen.parts.used(), *seen.years})),
    )


def _further_units(seen: Years, vocabulary: Vocabulary) -> Iterator[int]:
    """The columns among the years that name units again, as where two tables stand abreast."""
    for column in range(min(seen.years), seen.grid.shape[1]):
        if vocabulary.role(seen.grid.text(seen.header, column)) == "unit":
            yield column


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
        # Eurostat heads its units "geo", which is also Georgia's code.
        data = (t for t in others if vocabulary.role(t) is None)
        words = all(parse_cell(t).value is None and find(t) is None for t in data)
        if words and (headed or len(years) > 1) and not any(map(vocabulary.meaning, others)):
            return row
    return None


def _records(seen: Years, naming: Naming) -> Iterator[tuple[int, Named]]:
    """The name in every row, from the columns that hold names."""
    grid, parts, rows = seen.grid, seen.parts, np.arange(seen.first, seen.grid.shape[0])
    texts = [filled_down(grid, c, rows) for c in parts.indicators]
    names = list(zip(*texts, strict=True))
    given = [""] * len(rows)
    if parts.measurement is not None:
        given = filled_down(grid, parts.measurement, rows)
    told = [
        (row, name, measured)
        for row, name, measured in zip(rows.tolist(), names, given, strict=True)
        # A figure that has no name is not dropped in silence.
        if any(name) or _figures(seen, row)
    ]
    held = named_by(told, parts, naming)
    for row, name, _ in told:
        yield row, held[name]


def _blocks(seen: Years, naming: Naming) -> dict[int, Named]:
    """The headings among the units, when any of them is known."""
    met = dict(_headings(seen, naming))
    return met if any(named.meaning for named in met.values()) else {}


def _headings(seen: Years, naming: Naming) -> Iterator[tuple[int, Named]]:
    """Rows that hold the name of an indicator, and headings nobody knows with figures below.

    What stands under an unknown heading is not of the indicator above it.
    """
    column, namer = seen.parts.label(), Namer()
    heading, named, last = None, seen.whole is not None, -1
    for row in range(seen.first, seen.grid.shape[0]):
        text = seen.grid.text(row, column).strip()
        unit = bool(text) and namer.entry("", text) is not None
        if text and not unit and (meaning := naming.meaning(text)):
            heading, named, last = None, True, row
            yield row, Named(column, text, row, meaning)
        elif not _figures(seen, row):
            if said := measured_whole(text):
                if last >= 0 and heading is None:  # a line of measurement under the heading
                    above = seen.grid.text(last, column).strip()
                    own = naming._replace(said=tuple(said)).meaning(above)
                    yield last, Named(column, above, last, own)
            elif text and not unit and not is_note(text):
                heading = Named(column, text, row, None)
        elif unit and (heading is not None or not named):
            # Figures before any heading have no name, and are not dropped in silence.
            told = heading or Named(column, "", row, None)
            heading, named, last = None, True, -1
            yield told.row, told
        else:
            last = -1


def _in_preface(seen: Years, naming: Naming) -> Named | None:
    """The one thing named above the table, or in its corner."""
    met: dict[str, Named] = {}
    for row in range(seen.header + 1):
        for column, text in seen.grid.words(row):
            if column in seen.years:
                continue
            told = _PREFIXED.fullmatch(text)
            if meaning := naming.meaning(told["name"] if told else text):
                met.setdefault(meaning.term.id, Named(column, text, row, meaning))
    return next(iter(met.values())) if len(met) == 1 else None


def _told(seen: Years, naming: Naming) -> Named | None:
    """The indicator the user named for all figures."""
    meaning = naming.sole(None)
    if meaning is None:
        return None
    column = seen.parts.label()
    return Named(column, seen.grid.text(seen.header, column).strip(), seen.header, meaning)


def _figures(seen: Years, row: int) -> bool:
    return any(seen.grid.kinds[row, c] != CellKind.EMPTY for c in seen.years)


def _lay_out(seen: Years) -> Table:
    columns = seen.columns()
    by_term = {c.meaning.term.id: i for i, c in enumerate(columns) if c.meaning}
    spread, block = Spread(columns), None
    years = {c: y for c, y in seen.years.items() if _filled(seen, c)}
    for row, first in zip(range(seen.first, seen.grid.shape[0]), _keys(seen), strict=True):
        block = seen.blocks.get(row, block)
        if not (seen.grid.kinds[row] != CellKind.EMPTY).any() or _repeats(seen, row):
            continue
        if first.entry is None and not _figures(seen, row):
            if row not in seen.blocks and not measured_whole(first.text):
                spread.row(first)  # a note, or a name nobody knows beside nothing
            continue
        for column, year in years.items():
            named = seen.named(row, column, block)
            if named is not None and named.meaning is not None:
                key = spread.row(first._replace(period=year))
                spread.put(key, by_term[named.meaning.term.id], (row, column))
    return spread.table()


def _repeats(seen: Years, row: int) -> bool:
    """Whether a row prints the head again, as on a new page."""
    label, grid = seen.parts.label(), seen.grid
    return grid.text(row, label) == grid.text(seen.header, label) and all(
        grid.text(row, c) == grid.text(seen.header, c) for c in seen.years
    )


def _filled(seen: Years, column: int) -> bool:
    """Whether any row holds a figure in a year's column."""
    kinds = seen.grid.kinds[seen.first :, column]
    if (kinds == CellKind.NUMBER).any():
        return True
    texts = {seen.grid.text(seen.first + r, column) for r in (kinds == CellKind.TEXT).nonzero()[0]}
    return any(parse_cell(t).value is not None for t in texts)


def _keys(seen: Years) -> Iterator[Row]:
    """Every row below the head, of no period yet."""
    parts, grid, namer = seen.parts, seen.grid, Namer()
    rows = np.arange(seen.first, grid.shape[0])
    blank = [""] * len(rows)
    codes, names = (
        blank if c is None else filled_down(grid, c, rows) for c in (parts.code, parts.unit)
    )
    for row, code, name in zip(rows.tolist(), codes, names, strict=True):
        yield Row(row, parts.label(), code, name, None, namer.entry(code, name))


def _question(seen: Years, vocabulary: Vocabulary) -> Finding:
    """What has to be told before the table can be read."""
    grid, column = seen.grid, seen.parts.label()
    names = list(dict.fromkeys(c.header for c in seen.columns() if c.header))
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
