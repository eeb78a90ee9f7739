"""What the reader sees in a file, as data: for ``inspect`` and for anyone asking "why not?".

Nothing here raises for the sake of a table that does not fit: that is what is to be shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stiscore.errors import DataInvalid, UsageError
from stiscore.finding import Findings
from stiscore.io.figures import factor_of
from stiscore.io.layouts import Choice, candidates, choose, look
from stiscore.io.layouts.error_heads import settled
from stiscore.io.layouts.window import windowed
from stiscore.io.rows import known_level, level_of, registries
from stiscore.io.template_parts import apart, parts_of
from stiscore.io.vocabulary import Vocabulary
from stiscore.seen import ColumnSeen, Inspection, SheetSeen

if TYPE_CHECKING:
    from stiscore.framework.model import Framework
    from stiscore.io.grid import Book
    from stiscore.io.layouts import Recognition, Row


def inspect_book(
    book: Book,
    framework: Framework,
    *,
    level: str | None = None,
    sheet: str | None = None,
    layout: str | None = None,
    indicator: str | None = None,
) -> Inspection:
    """What ``interpret`` would make of ``book``; why it would refuse stands in ``refused``."""
    vocabulary = Vocabulary(framework, level).of(indicator)
    seen = tuple(
        SheetSeen(r.sheet, r.grid.shape, r.layout, r.score, r.reasons, r.grid.hidden_rows)
        for r in candidates(book, vocabulary)
    )
    refused, facts = Findings(), {}
    try:
        table = choose(apart(book, parts_of(book), sheet), vocabulary, Choice(sheet, layout))
        facts = _facts(table, vocabulary)
        rows = table.table().rows
        facts |= _rows(rows)
        level = (
            known_level(framework, level, book.file)
            if level
            else level_of(table.grid, rows, framework)
        )
        known = vocabulary.at(level)
        facts |= _facts(look(table.grid, known, table.layout), known) | {"level": level}
    except (DataInvalid, UsageError) as fault:
        refused = Findings(fault.findings)  # type: ignore[arg-type]
    return Inspection(
        file=book.file,
        sha256=book.sha256,
        container=book.container,
        encoding=book.encoding,
        delimiter=book.delimiter,
        notes=book.notes,
        sheets=seen,
        refused=refused,
        **facts,  # type: ignore[arg-type]
    )


def _facts(table: Recognition, vocabulary: Vocabulary) -> dict[str, object]:
    """Where the table's parts stand."""
    grid, lines = table.grid, table.grid.lines

    def header(column: int | None) -> str | None:
        """What heads a column, none when there is no such column."""
        return None if column is None else grid.text(table.header, column)

    return {
        "sheet": grid.sheet,
        "layout": table.layout,
        "header_row": int(lines[table.header]),
        "label_rows": tuple(int(lines[r]) for r in table.labels),
        "unit_row": None if table.unit_row is None else int(lines[table.unit_row]),
        "preface": tuple(_first_text(table, r) for r in table.preface),
        "unit_header": header(table.unit),
        "code_header": header(table.code),
        "year_header": header(table.year),
        "columns": _columns(table, vocabulary),
    }


def _columns(table: Recognition, vocabulary: Vocabulary) -> tuple[ColumnSeen, ...]:
    read = {c.meaning.term.id: c for c in reversed(table.columns) if c.meaning}
    errors = {c.column: c for of in settled(table.columns, read).of.values() for c in of}
    seen = []
    for column in table.columns:
        cell = str(table.grid.location(column.row, column.column))
        meaning = errors.get(column.column, column).meaning
        if meaning is None:
            near = vocabulary.suggestion(column.header)
            seen.append(ColumnSeen(column.header, cell, suggestion=near))
            continue
        term, given = meaning
        kind = column.error.part if column.error else term.kind
        factor = factor_of(meaning)
        seen.append(ColumnSeen(column.header, cell, term.id, kind, given, term.measured_in, factor))
    return tuple(seen)


def _rows(rows: tuple[Row, ...]) -> dict[str, object]:
    """Units by registry, names of none, and years."""
    named = [r for r in rows if r.text]
    return {
        "units": tuple(sorted(registries(rows).items())),
        "unknown_units": tuple(dict.fromkeys(r.text for r in named if r.entry is None)),
        "years": tuple(sorted({r.period for r in rows if r.period})),
    }


def _first_text(table: Recognition, row: int) -> str:
    texts = (table.grid.text(row, c).strip() for c in range(table.grid.shape[1]))
    return next((t for t in texts if t), "")


def grid_rows(book: Book, sheet: str | None = None) -> list[list[str]]:
    """A sheet's raw grid as text, row by row from the first; the first sheet unless one is named.

    ``sheet`` may name a part of one; what lies outside is blank. Raises UsageError when there is no
    such sheet (L103) or part (L122).
    """
    grid = windowed(book, sheet)[0]
    rows, columns = grid.shape
    return [[grid.text(r, c) for c in range(columns)] for r in range(rows)]
