"""The second look at an OpenDocument table: one pass over content.xml. Runs in the worker.

It also measures each sheet before the parser sees it, since a repeat count can blow up a few bytes
into millions of cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from stiscore.io.around import MERGES, attribute
from stiscore.io.second_look import Place, Seen
from stiscore.io.wire import ERROR, NO_VALUE, Box

_ATTRIBUTES = rb"((?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*(/?)>"
_TAG = re.compile(
    rb"<(/?)table:(table|table-row|table-cell|covered-table-cell|table-column)" + _ATTRIBUTES
)
_SHAPES = re.compile(rb"<table:shapes\b[^>]*?(?:/>|(?<!/)>.*?</table:shapes\s*>)", re.DOTALL)
_BETWEEN = re.compile(rb">\s+(?=</?(?:table:|office:|text:p\b))")
_CLOSING = re.compile(rb"</table:(?:covered-)?table-cell")
_SAID = re.compile(rb"<text:p[^>]*>\s*(?:<text:span[^>]*>)?\s*(#[A-Z0-9/!?]+|Err:\d+)\s*<")
_MOST = 1 << 21  # a repeat count above is no more than that for us


class Measured(NamedTuple):
    """One sheet: rows and columns up to the last cell that holds something, and what was seen."""

    name: str
    tall: int
    wide: int
    seen: Seen


def without_shapes(content: bytes) -> bytes:
    """The document without drawings, whose own tables the parser takes for rows of the sheet."""
    return _SHAPES.sub(b"", content) if b"<table:shapes" in content else content


def without_spaces(content: bytes) -> bytes:
    """The document without line breaks between its tags, which the parser does not expect."""
    return _BETWEEN.sub(b">", content)


def measure(content: bytes, cells: int) -> Iterator[Measured]:
    """The sheets in order. Places beyond ``cells`` cells in a sheet are not collected."""
    sheet: _Sheet | None = None
    depth = 0
    for tag in _TAG.finditer(content):
        closing, kind, inside, alone = tag[1], tag[2], tag[3], bool(tag[4])
        if kind == b"table":
            depth += -1 if closing else 0 if alone else 1
            if closing and not depth and sheet is not None:
                yield sheet.measured()
                sheet = None
            elif depth == 1 and not closing:
                sheet = _Sheet(_text(attribute(inside, b"table:name") or b""), cells)
        elif sheet is not None and depth == 1 and not closing:
            sheet.take(kind, inside, b"" if alone else _body(content, tag.end(), kind))


class _Sheet:
    """Where we are in a sheet, and what was seen so far."""

    def __init__(self, name: str, cells: int) -> None:
        self.name, self.cells = name, cells
        self.tall = self.wide = self.row = self.column = self.columns = 0
        self.next_row = 0
        self.marks: dict[Place, tuple[int, str]] = {}
        self.percent: list[Place] = []
        self.merged: list[Box] = []
        self.hidden: list[int] = []
        self.hidden_columns: list[int] = []

    def measured(self) -> Measured:
        """What was seen once the sheet has ended: its size, marks and hidden parts."""
        seen = Seen(
            self.marks, self.percent, tuple(self.hidden), tuple(self.merged),
            tuple(self.hidden_columns),
        )  # fmt: skip
        return Measured(self.name, self.tall, self.wide, seen)

    def take(self, kind: bytes, inside: bytes, body: bytes) -> None:
        """Take in one tag of a sheet: a row, a column or a cell, as often as it repeats."""
        hidden = attribute(inside, b"table:visibility") in (b"collapse", b"filter")
        if kind == b"table-row":
            self.row, self.column = self.next_row, 0
            self.next_row += _count(inside, b"table:number-rows-repeated")
            if hidden:
                last = min(self.next_row, self.row + self.cells)
                self.hidden += range(self.row + 1, last + 1)
        elif kind == b"table-column":
            repeat = _count(inside, b"table:number-columns-repeated")
            if hidden:
                self.hidden_columns += range(self.columns + 1, self.columns + repeat + 1)
            self.columns += repeat
        else:
            self._take_cell(inside, body)

    def _take_cell(self, inside: bytes, body: bytes) -> None:
        repeat = _count(inside, b"table:number-columns-repeated")
        sort = attribute(inside, b"office:value-type")
        formula = attribute(inside, b"table:formula")
        if sort or formula is not None or body:
            self.tall = max(self.tall, self.next_row)
            self.wide = max(self.wide, self.column + repeat)
            self._take_value(inside, body, sort, formula, repeat)
        self.column += repeat

    def _take_value(
        self, inside: bytes, body: bytes, sort: bytes | None, formula: bytes | None, repeat: int
    ) -> None:
        if sort == b"percentage":
            self.percent += self._places(repeat)
        mark = _mark(inside, body, sort, formula)
        if mark is not None:
            self.marks.update(dict.fromkeys(self._places(repeat), mark))
        down = _count(inside, b"table:number-rows-spanned")
        right = _count(inside, b"table:number-columns-spanned")
        if down * right > 1 and len(self.merged) < MERGES:
            self.merged.append(
                (self.row, self.column, self.row + down - 1, self.column + right - 1)
            )

    def _places(self, repeat: int) -> list[Place]:
        """Where the cell stands, repeats and all; none once the sheet is too large to be read."""
        if self.tall * self.wide > self.cells:
            return []
        columns = range(self.column, self.column + repeat)
        return [(row, c) for row in range(self.row, self.next_row) for c in columns]


def _mark(
    inside: bytes, body: bytes, sort: bytes | None, formula: bytes | None
) -> tuple[int, str] | None:
    said = _SAID.search(body)
    if attribute(inside, b"calcext:value-type") == b"error" or (formula is not None and said):
        return ERROR, _text(said[1]) if said else "#ERROR!"
    if formula is not None and not sort:
        return NO_VALUE, "=" + _text(formula).partition(":=")[2]
    return None


def _body(content: bytes, begin: int, kind: bytes) -> bytes:
    if kind not in (b"table-cell", b"covered-table-cell"):
        return b""
    end = _CLOSING.search(content, begin)
    return content[begin : end.start()] if end else b""


def _count(inside: bytes, name: bytes) -> int:
    given = attribute(inside, name)
    return min(max(int(given), 1), _MOST) if given and given.isdigit() and len(given) < 10 else 1


def _text(raw: bytes) -> str:
    return unescape(raw.decode("utf-8", "replace"))
