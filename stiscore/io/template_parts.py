"""The sheets of a filled template: known by their heads in either language, never by name alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from stiscore.framework.flaw import heading
from stiscore.framework.imprint import SCHEMA
from stiscore.io.grid import CellKind
from stiscore.words.template import ANSWER, CODERS, HEADS, NEEDED, QUESTIONS

if TYPE_CHECKING:
    from stiscore.errors import Location
    from stiscore.io.grid import Book, Grid
    from stiscore.words import Words

# A head further down or a column further right is none of a template's.
_SEARCHED = 10
_WIDEST = 60
_ABOUT_ROWS = 60


class Part(NamedTuple):
    """A sheet of a template: which, and where its columns stand. Rows and columns count from 0."""

    kind: str
    grid: Grid
    head: int
    columns: Mapping[str, int]

    def text(self, row: int, column: str) -> str:
        """What a cell shows, without the spaces around it; '' where the column is missing."""
        return self.grid.text(row, self.columns[column]).strip() if column in self.columns else ""

    def where(self, row: int, column: str) -> Location:
        """The place of a cell; of the whole row where the column is missing."""
        return self.grid.location(row, self.columns.get(column))

    def rows(self) -> Iterator[int]:
        """The rows below the head that are not wholly blank."""
        filled = (self.grid.kinds[self.head + 1 :] != CellKind.EMPTY).any(axis=1).nonzero()[0]
        return iter((filled + self.head + 1).tolist())


def parts_of(book: Book) -> tuple[Part, ...]:
    """The sheets of ``book`` that belong to a template, its table of figures apart."""
    if len(book.grids) < 2:
        return ()
    return tuple(part for grid in book.grids if (part := _recognised(grid)) is not None)


def apart(book: Book, parts: tuple[Part, ...], sheet: str | None = None) -> Book:
    """The book without the sheets of a template that hold no table of figures.

    The sheet named ``sheet`` stays whatever it is.
    """
    others = {id(part.grid) for part in parts if part.grid.sheet != sheet}
    return replace(book, grids=tuple(grid for grid in book.grids if id(grid) not in others))


def about(parts: tuple[Part, ...]) -> Mapping[str, str]:
    """What a template says of itself, by key; empty when the book is none."""
    for part in parts:
        if part.kind == "about":
            rows = range(min(part.grid.shape[0], _ABOUT_ROWS))
            return {part.text(row, "key"): part.text(row, "value") for row in rows}
    return {}


def answer_key(question: str, coder: str) -> str:
    """The key of the column that holds a coder's answers to a question."""
    return f"{question}/{coder}"


def _recognised(grid: Grid) -> Part | None:
    rows, columns = grid.shape[0], min(grid.shape[1], _WIDEST)
    if (
        rows
        and columns >= 3
        and any(grid.text(row, 2).strip() == SCHEMA for row in range(min(rows, _SEARCHED)))
    ):
        return Part("about", grid, 0, {"key": 0, "value": 2})
    for row in range(min(rows, _SEARCHED)):
        texts = {heading(text): c for c in range(columns) if (text := grid.text(row, c).strip())}
        for kind, needed in NEEDED.items():
            found = {k: texts[text] for text, k in _headings(kind).items() if text in texts}
            asked = kind != "coding" or any("/" in key for key in found)
            if needed <= found.keys() and asked:
                return Part(kind, grid, row, found)
    return None


@lru_cache(maxsize=8)
def _headings(kind: str) -> dict[str, str]:
    """Every way a head of ``kind`` may be written, and the key of its column."""
    told = {text: key for key, words in HEADS[kind].items() for text in written(words)}
    if kind == "coding":
        for question, asked in QUESTIONS.items():
            for coder, who in CODERS.items():
                words = ANSWER._replace(
                    en=ANSWER.en.format(question=asked.en, coder=who.en),
                    zh=ANSWER.zh.format(question=asked.zh, coder=who.zh),
                )
                told |= dict.fromkeys(written(words), answer_key(question, coder))
    return told


def written(words: Words) -> tuple[str, ...]:
    """A head in English, in Chinese and in both, as heads are compared.

    >>> from stiscore.words import Words
    >>> written(Words("Unit", "单位"))
    ('unit', '单位', 'unit单位')
    """
    en, zh = heading(words.en), heading(words.zh)
    return (en, zh, en + zh)
