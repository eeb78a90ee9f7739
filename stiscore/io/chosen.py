"""Which columns of a table are read, in what order, and which are left over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from stiscore.dataset import Column, Leftover, column_letters
from stiscore.io.figures import factor_of
from stiscore.io.layouts.error_heads import settled
from stiscore.io.layouts.joined import title_of
from stiscore.io.vocabulary import unstated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stiscore.errors import Location
    from stiscore.io.layouts import Named, Recognition, Table
    from stiscore.io.layouts.error_heads import Unread
    from stiscore.io.vocabulary import Meaning, Vocabulary

_KINDS = ("indicator", "raw", "context")


class Chosen(NamedTuple):
    """``columns``: positions in the table, in the order of a Dataset. ``unread``: the others.

    ``errors``: by id of a column, the columns that give its error.
    """

    columns: list[int]
    errors: Mapping[str, tuple[Named, ...]]
    unread: list[Leftover]


def chosen(seen: Recognition, table: Table, vocabulary: Vocabulary) -> Chosen:
    """The columns to read, those that give their errors, and those left over."""
    scope = vocabulary.under(title_of(seen.grid, vocabulary))
    read: dict[str, Named] = {}
    unread: list[Leftover] = []
    for column in seen.columns:
        meaning, where = column.meaning, seen.grid.location(column.row, column.column)
        if column.error is not None:
            continue
        if meaning is None:
            unread.append(_unknown(column, where, scope))
        elif meaning.term.id in read:
            unread.append(Leftover("column", "duplicate", column.header, where, meaning.term.id))
        elif unstated(_told_as(column, meaning, vocabulary), meaning):
            wanted = meaning.term.measured_in
            unread.append(Leftover("column", "unstated", column.header, where, wanted))
        else:
            read[meaning.term.id] = column
    unread += _asides(seen)
    errors = settled(seen.columns, read)
    unread += _without_use(seen, errors.unread, scope)
    terms = {name: m.term for name, column in read.items() if (m := column.meaning)}
    order = sorted(
        terms, key=lambda name: (_KINDS.index(terms[name].kind), vocabulary.place(terms[name]))
    )
    return Chosen([table.columns.index(read[name]) for name in order], errors.of, unread)


def column_of(seen: Recognition, column: Named, meaning: Meaning) -> Column:
    """A column of the table as a Dataset remembers it."""
    term, given = meaning
    return Column(
        id=term.id,
        kind=term.kind,
        header=column.header,
        measured_in=given,
        factor=factor_of(meaning),
        header_at=(int(seen.grid.lines[column.row]), column.column + 1),
    )


def _asides(seen: Recognition) -> Iterator[Leftover]:
    """The columns of remarks and sources."""
    for place in seen.asides:
        where = seen.grid.location(seen.header, place)
        yield Leftover("column", "context", seen.grid.text(seen.header, place), where)


def _without_use(
    seen: Recognition, columns: tuple[tuple[Named, Unread, str], ...], scope: Vocabulary
) -> Iterator[Leftover]:
    """Columns that would give an error, and why they do not."""
    for column, why, name in columns:
        where = seen.grid.location(column.row, column.column)
        if why == "unknown":
            yield _unknown(column, where, scope)
        else:
            yield Leftover("column", why, " ".join(column.header.split()), where, name)


def _told_as(column: Named, meaning: Meaning, vocabulary: Vocabulary) -> str:
    """The text a column is known by: its header, or what the user said its figures are of."""
    sole = vocabulary.sole_meaning()
    told = sole is not None and sole.term == meaning.term
    return vocabulary.sole or "" if told else column.header


def _unknown(column: Named, where: Location, scope: Vocabulary) -> Leftover:
    """A column nobody knows, or one that is known but not under a title of narrower scope."""
    narrowed = scope.narrowed(column.header)
    if narrowed is not None:
        return Leftover("column", "scope", column.header, where, narrowed)
    text = " ".join(column.header.split()) or column_letters(column.column + 1)
    return Leftover("column", "unknown", text, where, scope.suggestion(column.header))
