"""Raw grid -> Dataset: every figure with the cell it came from, every gap with its reason.

``interpret`` decides what sheet, rows and columns are; faults in single cells, columns and keys
are kept in the Dataset for the checks to report together. Only what leaves nothing to check (no
table, two levels) is raised here.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from stiscore.dataset import Column, Dataset, Leftover, Origins, column_letters
from stiscore.errors import Location, UsageError
from stiscore.io.figures import factor_of, figures
from stiscore.io.grid import Book
from stiscore.io.layouts import choose, look
from stiscore.io.memory import grid_of
from stiscore.io.rows import known_level, level_of, rows_of, sort_rows
from stiscore.io.vocabulary import Vocabulary
from stiscore.words.faults import found, refusal
from stiscore.words.faults.layout import NO_YEARS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stiscore.finding import Finding
    from stiscore.framework.model import Framework
    from stiscore.io.grid import Grid
    from stiscore.io.layouts import Named, Recognition
    from stiscore.io.vocabulary import Meaning

_KINDS = ("indicator", "raw", "context")


def interpret(
    book: Book,
    framework: Framework,
    *,
    level: str | None = None,
    sheet: str | None = None,
    any_units: bool = False,
) -> Dataset:
    """Read the table of a parsed file.

    Columns come in framework order, then raw quantities, then context in file order; values in the
    measurement the framework wants. Missing values are NaN with a flag. ``level`` None infers the
    level from the units. Raises DataInvalid (no table, several, mixed levels) and UsageError (no
    such sheet or level).
    """
    vocabulary = Vocabulary(framework, level)
    table = choose(book, vocabulary, sheet)
    others = tuple(
        Leftover("sheet", "unknown", g.sheet or "", Location(book.file, g.sheet))
        for g in book.grids
        if g is not table.grid
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
    return replace(read, leftovers=(*read.leftovers, *others))


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
    return tuple(sorted({p for p in dataset.periods if p is not None}))


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
    return dataset.rows(rows)


def _dataset(
    table: Recognition,
    framework: Framework,
    vocabulary: Vocabulary,
    source: Origins,
    *,
    level: str | None,
    any_units: bool,
) -> Dataset:
    rows = rows_of(table)
    level = (
        known_level(framework, level, source.file) if level else level_of(table, rows, framework)
    )
    # A name that two indicators share at different levels is only clear now.
    if vocabulary.shared:
        table = look(table.grid, vocabulary.at(level))
    kept = sort_rows(table, rows, framework.levels[level].registry, any_units=any_units)
    columns, unread = _columns(table, vocabulary)
    held = figures(table.grid, [r.row for r in kept.rows], columns)
    lines = table.grid.lines
    return Dataset(
        level=level,
        units=kept.units,
        periods=tuple(r.period for r in kept.rows),
        columns=tuple(_column(table, c, c.meaning) for c in columns if c.meaning),
        values=held.values,
        flags=held.flags,
        origin=held.origin,
        source=source,
        texts=held.texts,
        leftovers=(*unread, *kept.leftovers),
        keys_at=tuple((int(lines[r.row]), r.column + 1) for r in kept.rows),
    )


def _columns(table: Recognition, vocabulary: Vocabulary) -> tuple[list[Named], list[Leftover]]:
    """The columns to read, in the order of a Dataset, and those left over."""
    read: dict[str, Named] = {}
    unread: list[Leftover] = []
    for column in table.columns:
        where = table.grid.location(column.row, column.column)
        if column.meaning is None:
            text = " ".join(column.header.split()) or column_letters(column.column + 1)
            near = vocabulary.suggestion(column.header)
            unread.append(Leftover("column", "unknown", text, where, near))
        elif column.meaning.term.id in read:
            unread.append(
                Leftover("column", "duplicate", column.header, where, column.meaning.term.id)
            )
        else:
            read[column.meaning.term.id] = column
    for place in table.asides:
        where = table.grid.location(table.header, place)
        unread.append(Leftover("column", "context", table.grid.text(table.header, place), where))
    terms = {name: c.meaning.term for name, c in read.items() if c.meaning}
    order = sorted(
        terms, key=lambda name: (_KINDS.index(terms[name].kind), vocabulary.place(terms[name]))
    )
    return [read[name] for name in order], unread


def _column(table: Recognition, column: Named, meaning: Meaning) -> Column:
    term, given = meaning
    return Column(
        id=term.id,
        kind=term.kind,
        header=column.header,
        measured_in=given,
        factor=factor_of(meaning),
        header_at=(int(table.grid.lines[column.row]), column.column + 1),
    )


def _notes(book: Book, grid: Grid) -> tuple[Finding, ...]:
    """What the parser found of the file and of the sheet that is used."""
    about = ((note, note.location) for note in book.notes)
    return tuple(n for n, where in about if not where or where.sheet in {None, grid.sheet})


def _invented(grid: Grid) -> bool:
    """Whether the sheet says at its top that its figures are invented."""
    rows, columns = grid.shape
    shown = (grid.text(r, c) for r in range(min(rows, 3)) for c in range(columns))
    return any("INVENTED" in text.upper() or "虚构" in text for text in shown)
