"""Which sheet holds the table, and in which layout: every recogniser looks, the best score wins.

A new layout is a module with a ``recognise`` and a place in ``RECOGNISERS``; nothing else changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stiscore.errors import DataInvalid, Location, UsageError
from stiscore.io.layouts import wide
from stiscore.io.layouts.recognition import Named, Recogniser, Recognition
from stiscore.words.faults import found, refusal

if TYPE_CHECKING:
    from stiscore.io.grid import Book, Grid
    from stiscore.io.vocabulary import Vocabulary

RECOGNISERS: tuple[Recogniser, ...] = (wide.recognise,)
# A sheet that scores this close to the best is as good a guess, and a guess is not made.
_AS_GOOD = 0.8


def candidates(book: Book, vocabulary: Vocabulary) -> tuple[Recognition, ...]:
    """The best reading of every sheet, in the order of the sheets."""
    return tuple(look(grid, vocabulary) for grid in book.grids)


def look(grid: Grid, vocabulary: Vocabulary) -> Recognition:
    """The layout that fits one grid best; of equals the first."""
    return max((recognise(grid, vocabulary) for recognise in RECOGNISERS), key=lambda r: r.score)


def choose(book: Book, vocabulary: Vocabulary, sheet: str | None = None) -> Recognition:
    """The sheet that holds the table, as its layout was recognised.

    ``sheet`` restricts the choice to one sheet. Raises UsageError (L103) when there is no such
    sheet, DataInvalid when no sheet fits (L101) or several fit about equally well (L102).
    """
    names = [grid.sheet for grid in book.grids]
    if sheet is not None and sheet not in names:
        shown = ", ".join(n for n in names if n) or "-"
        raise refusal(UsageError, [found("L103", Location(book.file), sheet=sheet, sheets=shown)])
    seen = [r for r in candidates(book, vocabulary) if sheet is None or r.grid.sheet == sheet]
    fitting = sorted((r for r in seen if r.score > 0), key=lambda r: -r.score)
    if not fitting:
        raise refusal(DataInvalid, [found("L101", Location(book.file, sheet))])
    rivals = [r.sheet for r in fitting if r.score >= _AS_GOOD * fitting[0].score]
    if len(rivals) > 1:
        raise refusal(DataInvalid, [found("L102", Location(book.file), sheets=", ".join(rivals))])
    return fitting[0]


__all__ = ["Named", "Recogniser", "Recognition", "candidates", "choose", "look"]
