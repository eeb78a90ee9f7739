"""Which sheet holds the table, and in which layout: every recogniser looks, the best score wins.

A new layout is a module with a ``recognise`` and a place in ``RECOGNISERS``; nothing else changes.
Where two readings are about as good, none is taken: the user is asked, with the option that
decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from stiscore.errors import DataInvalid, Location, UsageError
from stiscore.io.layouts import long, wide, world_bank, years
from stiscore.io.layouts.recognition import Named, Recogniser, Recognition, Row, Table
from stiscore.io.layouts.several import tables_in
from stiscore.io.layouts.window import windowed
from stiscore.words.faults import found, refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stiscore.io.grid import Book, Grid
    from stiscore.io.vocabulary import Vocabulary

RECOGNISERS: dict[str, Recogniser] = {
    "wide": wide.recognise,
    world_bank.LAYOUT: world_bank.recognise,
    years.LAYOUT: years.recognise,
    long.LAYOUT: long.recognise,
}
# A reading that scores this close to the best is as good a guess, and a guess is not made.
_AS_GOOD = 0.8
# The special form of a layout is no rival of the general one.
_FORM_OF = {world_bank.LAYOUT: years.LAYOUT}


class Choice(NamedTuple):
    """What the user decided: the sheet (with a range of cells, if need be) and the layout."""

    sheet: str | None = None
    layout: str | None = None


def candidates(book: Book, vocabulary: Vocabulary) -> tuple[Recognition, ...]:
    """Every reading that fits a sheet, the best first, or else the nearest; sheet by sheet."""
    return tuple(r for grid in book.grids for r in _fitting(grid, vocabulary))


def _fitting(grid: Grid, vocabulary: Vocabulary) -> list[Recognition]:
    readings = sorted(_readings(grid, vocabulary, None), key=lambda r: -r.score)
    # The general form of a layout says nothing that its special form does not.
    general = {_FORM_OF[r.layout] for r in readings if r.score > 0 and r.layout in _FORM_OF}
    fitting = [r for r in readings if r.score > 0 and r.layout not in general]
    return fitting or readings[:1]


def look(grid: Grid, vocabulary: Vocabulary, layout: str | None = None) -> Recognition:
    """The layout that fits one grid best; of equals the first."""
    return max(_readings(grid, vocabulary, layout), key=lambda r: r.score)


def choose(book: Book, vocabulary: Vocabulary, choice: Choice = Choice()) -> Recognition:  # noqa: B008
    """The sheet that holds the table, as its layout was recognised.

    Raises UsageError when there is no such sheet (L103), range (L122) or layout (L120); DataInvalid
    when nothing fits (L101), several sheets (L102), layouts (L116) or tables of a sheet (L117) fit
    about equally well, or the reading needs to be told something (L118, L119).
    """
    if choice.layout is not None and choice.layout not in RECOGNISERS:
        shown = ", ".join(RECOGNISERS)
        raise refusal(UsageError, [found("L120", layout=choice.layout, layouts=shown)])
    grids = windowed(book, choice.sheet)
    seen = [r for g in grids for r in _readings(g, vocabulary, choice.layout)]
    fitting = sorted((r for r in seen if r.score > 0), key=lambda r: -r.score)
    if not fitting:
        raise refusal(DataInvalid, [found("L101", Location(book.file, choice.sheet))])
    best = fitting[0]
    _refuse_rivals(book, best, fitting)
    tables = tables_in(best, vocabulary)
    if len(tables) > 1:
        where = Location(book.file, best.grid.sheet)
        shown, first = ", ".join(map(str, tables)), tables[0].cells
        fault = found("L117", where, count=len(tables), tables=shown, first=first)
        raise refusal(DataInvalid, [fault])
    if best.question is not None:
        raise refusal(DataInvalid, [best.question])
    return best


def _readings(grid: Grid, vocabulary: Vocabulary, layout: str | None) -> list[Recognition]:
    """Every layout's reading of one grid, or that of the layout given."""
    return [r(grid, vocabulary) for name, r in RECOGNISERS.items() if layout in {None, name}]


def _refuse_rivals(book: Book, best: Recognition, fitting: Sequence[Recognition]) -> None:
    rivals = [r for r in fitting if r.score >= _AS_GOOD * best.score]
    sheets = list(dict.fromkeys(r.sheet for r in rivals))
    if len(sheets) > 1:
        raise refusal(DataInvalid, [found("L102", Location(book.file), sheets=", ".join(sheets))])
    layouts = list(dict.fromkeys(_FORM_OF.get(r.layout, r.layout) for r in rivals))
    if len(layouts) > 1:
        where = Location(book.file, best.grid.sheet)
        raise refusal(DataInvalid, [found("L116", where, layouts=", ".join(layouts))])


__all__ = [
    "RECOGNISERS",
    "Choice",
    "Named",
    "Recogniser",
    "Recognition",
    "Row",
    "Table",
    "candidates",
    "choose",
    "look",
]
