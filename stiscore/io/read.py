"""Raw grid -> Dataset: every figure with the cell it came from, every gap with its reason.

``interpret`` decides what sheet, rows and columns are; faults in single cells, columns and keys
are kept in the Dataset for the checks to report together. Only what leaves nothing to check (no
table, two levels) is raised here.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from stiscore.dataset import Dataset, Leftover, Origins, Unit
from stiscore.errors import Location, UsageError
from stiscore.finding import line_runs
from stiscore.io.chosen import chosen, column_of
from stiscore.io.figures import figures
from stiscore.io.given_errors import with_errors
from stiscore.io.grid import Book
from stiscore.io.layouts import Choice, choose, look
from stiscore.io.layouts.joined import title_of
from stiscore.io.memory import grid_of
from stiscore.io.rows import Kept, known_level, level_of, sort_rows
from stiscore.io.template_parts import apart, parts_of
from stiscore.io.vocabulary import Vocabulary, key
from stiscore.units.near import suggest
from stiscore.words.faults import found, refusal
from stiscore.words.faults.layout import NO_YEARS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stiscore.finding import Finding
    from stiscore.framework.model import Framework
    from stiscore.io.grid import Grid
    from stiscore.io.layouts import Recognition, Table

# Looking for likenesses is slow; beyond so many names the table is of something else.
_SUGGESTED = 50
_YEARLY = re.compile(r"(?:19|20)[0-9]{2}(?![0-9])")


def interpret(
    book: Book,
    framework: Framework,
    *,
    level: str | None = None,
    sheet: str | None = None,
    layout: str | None = None,
    indicator: str | None = None,
    any_units: bool = False,
) -> Dataset:
    """Read the table of a parsed file.

    Columns come in framework order, then raw quantities, then context in file order; values in the
    measurement the framework wants. Missing values are NaN with a flag. ``level`` None infers the
    level from the units; ``sheet`` may name a part of a sheet (``Data!A4:H40``); ``layout`` is one
    of ``RECOGNISERS``; ``indicator`` says what values are of that no header names. Raises
    DataInvalid (no table, several, mixed levels) and UsageError (no such sheet, layout or level).
    """
    vocabulary = Vocabulary(framework, level).of(indicator)
    parts = parts_of(book)
    table = choose(apart(book, parts, sheet), vocabulary, Choice(sheet, layout))
    others = tuple(
        Leftover("sheet", "unknown", g.sheet or "", Location(book.file, g.sheet))
        for g in book.grids
        if g.sheet != table.grid.sheet
    )
    source = Origins(
        file=book.file,
        sha256=book.sha256,
        sheet=table.grid.sheet,
        container=book.container,
        encoding=book.encoding,
        text_file=table.grid.sheet is None,
        invented=_invented(table.grid),
        notes=_notes(book, table.grid),
    )
    read = _dataset(table, framework, vocabulary, source, level=level, any_units=any_units)
    read = _hidden(read, table.grid)
    read = replace(read, leftovers=(*read.leftovers, *others))
    if not parts:
        return read
    # Only a template's own sheets make it worth loading what counts them.
    from stiscore.io import collected

    return collected.join(book, read, framework)


def _hidden(dataset: Dataset, grid: Grid) -> Dataset:
    """The dataset with a note on rows of it that the spreadsheet does not show."""
    rows = sorted({row for row, _ in dataset.keys_at} & set(grid.hidden_rows))
    if not rows:
        return dataset
    shown = ", ".join(line_runs(rows))
    note = found("L121", Location(grid.file, grid.sheet), count=len(rows), rows=shown)
    source = replace(dataset.source, notes=(*dataset.source.notes, note))
    return replace(dataset, source=source)


def interpret_rows(
    rows: Sequence[Sequence[object]],
    framework: Framework,
    *,
    level: str | None = None,
    any_units: bool = False,
) -> Dataset:
    """Read rows of Python values, the head first; None and NaN are blank.

    Raises as ``interpret`` does; places are told as if the rows stood in a sheet named ``rows``.
    """
    grid = grid_of(rows)
    source = Origins(
        file=grid.file,
        sha256=hashlib.sha256(repr([list(map(str, r)) for r in rows]).encode()).hexdigest(),
        sheet=grid.sheet,
        invented=_invented(grid),
    )
    vocabulary = Vocabulary(framework, level)
    table = choose(Book(grid.file, source.sha256, "xlsx", (grid,)), vocabulary)
    return _dataset(table, framework, vocabulary, source, level=level, any_units=any_units)


def periods(dataset: Dataset) -> tuple[str, ...]:
    """The distinct periods of a dataset, earliest first; rows without one are not counted."""
    held = {p for p in dataset.periods if p is not None}
    # What is no year (合计, "average") is older than any year, so that it is never the latest.
    return tuple(sorted(held, key=lambda p: (_YEARLY.match(p) is not None, p)))


def latest(dataset: Dataset) -> Dataset:
    """Only the rows of the latest period; the dataset itself when it has none."""
    known = periods(dataset)
    return at(dataset, known[-1]) if known else dataset


def at(dataset: Dataset, period: str) -> Dataset:
    """Only the rows of ``period``; UsageError (L114) when there are none."""
    rows = [row for row, held in enumerate(dataset.periods) if held == period]
    if not rows:
        known = ", ".join(periods(dataset)) or NO_YEARS
        fault = found("L114", Location(dataset.source.file), period=period, periods=known)
        raise refusal(UsageError, [fault])
    totals = dataset.references
    if totals is not None:
        here = [row for row, held in enumerate(totals.periods) if held == period]
        totals = totals.rows(here) if here else None
    return replace(dataset.rows(rows), references=totals)


def _dataset(
    seen: Recognition,
    framework: Framework,
    vocabulary: Vocabulary,
    source: Origins,
    *,
    level: str | None,
    any_units: bool,
) -> Dataset:
    table, grid = seen.table(), seen.grid
    level = _level(table, grid, framework, level)
    # A name that two indicators share at different levels is only clear now.
    if vocabulary.shared:
        seen = look(grid, vocabulary.at(level), seen.layout)
        table = seen.table()
    kept = sort_rows(grid, table, framework.levels[level].registry, any_units=any_units)
    columns, errors, unread = chosen(seen, table, vocabulary)
    labels, unread = _groupings(seen, table, kept.rows, framework, unread)
    own = _taken(seen, table, kept.rows, columns, source=source, level=level, units=kept.units)
    own, faults = with_errors(own, grid, table, kept.rows, errors)
    totals = _taken(
        seen, table, kept.totals, columns, source=source, level=level, units=kept.total_units
    )
    totals, _ = with_errors(totals, grid, table, kept.totals, errors)
    strangers = _strangers(grid, table, kept) if any_units else ()
    scoped = _scoped(seen, table, vocabulary)
    notes = (*source.notes, *_clashes(grid, table), *strangers, *scoped, *faults)
    return replace(
        own,
        source=replace(source, notes=notes),
        leftovers=(*unread, *kept.leftovers),
        references=totals if kept.totals else None,
        groupings=MappingProxyType(labels),
    )


def _level(table: Table, grid: Grid, framework: Framework, level: str | None) -> str:
    """The level asked for, or else that of the units."""
    if level:
        return known_level(framework, level, grid.file)
    return level_of(grid, table.rows, framework)


def _taken(
    seen: Recognition,
    table: Table,
    rows: Sequence[int],
    columns: Sequence[int],
    *,
    source: Origins,
    level: str,
    units: tuple[Unit, ...],
) -> Dataset:
    """Chosen rows and columns of a table, with nothing left over."""
    held = figures(seen.grid, table, rows, columns)
    keys = [table.rows[r] for r in rows]
    named = [table.columns[c] for c in columns]
    return Dataset(
        level=level,
        units=units,
        periods=tuple(k.period for k in keys),
        columns=tuple(column_of(seen, c, c.meaning) for c in named if c.meaning),
        values=held.values,
        flags=held.flags,
        origin=held.origin,
        source=source,
        texts=held.texts,
        keys_at=tuple((int(seen.grid.lines[k.row]), k.column + 1) for k in keys),
    )


def _groupings(
    seen: Recognition,
    table: Table,
    rows: Sequence[int],
    framework: Framework,
    unread: list[Leftover],
) -> tuple[dict[str, tuple[str | None, ...]], list[Leftover]]:
    """The group of each row by grouping column, and the columns that are then still left over."""
    labels: dict[str, tuple[str | None, ...]] = {}
    taken = set()
    for grouping in framework.groupings:
        names = {key(n) for n in (grouping.id, grouping.name.en, grouping.name.zh)}
        names |= {key(alias) for alias in grouping.aliases}
        for column in seen.columns:
            if column.meaning is None and key(column.header) in names and grouping.id not in labels:
                cells = (seen.grid.text(table.rows[r].row, column.column).strip() for r in rows)
                labels[grouping.id] = tuple(cell or None for cell in cells)
                taken.add(seen.grid.location(column.row, column.column))
    return labels, [left for left in unread if left.location not in taken]


def _scoped(seen: Recognition, table: Table, vocabulary: Vocabulary) -> Iterator[Finding]:
    """L126: columns that mean what they do because of the table's title."""
    scope = vocabulary.under(title_of(seen.grid, vocabulary)).scope
    for column in table.columns if scope else ():
        if column.meaning is None or column.meaning.term.id not in scope:
            continue
        plain = vocabulary.meaning(column.header)
        if plain is None or plain.term != column.meaning.term:
            where = seen.grid.location(column.row, column.column)
            named = {"column": " ".join(column.header.split()), "indicator": column.meaning.term.id}
            yield found("L126", where, unit=None, group=None, at=None, **named)


def _clashes(grid: Grid, table: Table) -> Iterator[Finding]:
    """D306: figures given twice, with both and their places."""
    for row, column, second, first in table.clashes:
        yield found(
            "D306",
            grid.location(*second),
            group="figures",
            what=f"{row.text}{f' {row.period}' if row.period else ''}, {column.header}",
            value=grid.text(*second),
            other=grid.text(*first),
            first=str(grid.location(*first)),
        )


def _strangers(grid: Grid, table: Table, kept: Kept) -> Iterator[Finding]:
    """D307: units taken as they are (--units any) whose names are near known ones."""
    told: set[str] = set()
    for place in kept.rows:
        row = table.rows[place]
        if row.entry is None and row.text not in told and len(told) < _SUGGESTED:
            told.add(row.text)
            if near := suggest(row.text):
                where = grid.location(row.row, row.column)
                yield found("D307", where, group="units", label=row.text, suggestion=near)


def _notes(book: Book, grid: Grid) -> tuple[Finding, ...]:
    """What the parser found of the file and of the sheet that is used."""
    about = ((note, note.location) for note in book.notes)
    return tuple(n for n, where in about if not where or where.sheet in {None, grid.sheet})


def _invented(grid: Grid) -> bool:
    """Whether the sheet says at its top that its figures are invented."""
    rows, columns = grid.shape
    shown = (grid.text(r, c) for r in range(min(rows, 3)) for c in range(columns))
    return any("INVENTED" in text.upper() or "虚构" in text for text in shown)
