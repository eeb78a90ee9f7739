"""A light pass over a sheet's XML for what the parser does not tell.

Error cells, formulas whose result was never saved, percent formats, hidden rows. Regular
expressions find hits in the bytes and only hits are looked at; a sheet written in an unusual way
(cells without addresses, other quotes) is walked cell by cell, which is slower and says the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from stiscore.io.around import attribute, column_number, hidden_columns, merges
from stiscore.io.wire import ERROR, NO_VALUE, Box

Place = tuple[int, int]


class Seen(NamedTuple):
    """What was seen in one sheet; places are 0-based (row, column), what is hidden is 1-based.

    ``merged``: 0-based (first row, first column, last row, last column), in the order of the file.
    """

    marks: dict[Place, tuple[int, str]]
    percent: list[Place]
    hidden_rows: tuple[int, ...]
    merged: tuple[Box, ...] = ()
    hidden_columns: tuple[int, ...] = ()


NOTHING = Seen({}, [], ())


class Unclear(Exception):
    """The part is not written as a worksheet is."""


class _Walk(Exception):
    """A hit has no address of its own: only a walk from the top finds it."""


DATA = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?)sheetData\b[^>]*?(/?)>")
_NOT_CELLS = re.compile(rb"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_ADDRESS = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3})([1-9]\d{0,6})[\"']")
_TAG_LENGTH = 200  # bytes in which a cell's address is looked for
_ERROR = re.compile(rb't="e"')
_PLACE = re.compile(rb"([A-Z]{1,3})([1-9]\d{0,6})\Z")


class _Patterns(NamedTuple):
    hidden: re.Pattern[bytes]
    cell: re.Pattern[bytes]
    uncached: re.Pattern[bytes]
    formula: re.Pattern[bytes]
    value: re.Pattern[bytes]
    bare: bytes


@lru_cache(maxsize=8)
def _patterns(prefix: bytes) -> _Patterns:
    p = re.escape(prefix)
    formula = rb"<%bf(?:\s[^>]*)?(?:/>|(?<!/)>([^<]*)</%bf\s*>)" % (p, p)
    return _Patterns(
        hidden=re.compile(rb'<%brow(\s[^>]*\bhidden="(?:1|true)"[^>]*)>' % p),
        cell=re.compile(rb"<%b(row|c)(\s[^>]*?)?(/?)>" % p),
        uncached=re.compile(
            formula + rb"\s*(<%bv\s*/>|<%bv\s*>\s*</%bv\s*>)?\s*</%bc\s*>" % (p, p, p, p)
        ),
        formula=re.compile(formula),
        value=re.compile(rb"<%bv(?:\s[^>]*)?>([^<]*)</%bv\s*>" % (p, p)),
        bare=b"<%bc>" % prefix,
    )


class Part:
    """One sheet's XML and where its cells begin and end in it."""

    def __init__(self, xml: bytes) -> None:
        found = DATA.search(xml)
        if found is None:
            raise Unclear
        self.prefix = found[1]
        self.patterns = _patterns(self.prefix)
        self.closing = b"</%bc" % self.prefix
        if xml.find(b"<!") >= 0:
            # Comments could hide cells that are none, and CDATA may hold any text.
            xml = _NOT_CELLS.sub(lambda m: b"." if m[1] else b"", xml)
            found = DATA.search(xml) or found
        self.xml, self.begin = xml, found.end()
        end = xml.find(b"</%bsheetData" % self.prefix, self.begin)
        self.end = self.begin if found[2] else end if end >= 0 else len(xml)

    @property
    def addressed(self) -> bool:
        """Whether every row and cell says, first thing, where it stands."""
        return all(
            self._count(b"<%b " % tag) == self._count(b'<%b r="' % tag)
            and self.xml.find(b"<%b>" % tag, self.begin, self.end) < 0
            for tag in (self.prefix + b"row", self.prefix + b"c")
        )

    def numbers(self) -> int:
        """How many cells hold a plain number, by counting signs: right unless a text has them."""
        values = self._count(b"<%bv>" % self.prefix)
        return values - sum(self._count(b' t="%b"' % kind) for kind in (b"s", b"str", b"b", b"e"))

    def _count(self, sign: bytes) -> int:
        return self.xml.count(sign, self.begin, self.end)

    def extent(self, enough: int) -> Place:
        """Rows and columns up to the last cell that holds something.

        Rough while the box is no larger than ``enough``: taken from the last cell of each row,
        which in a file out of order is not the rightmost. The parser's own range is
        checked afterwards.
        """
        tall = wide = 0
        row_end, cell = b"</%brow" % self.prefix, b"<%bc " % self.prefix
        at, end = self.begin, self.xml.find(row_end, self.begin, self.end)
        while end >= 0:
            last = self.xml.rfind(cell, at, end)
            found = _ADDRESS.search(self.xml, last, last + _TAG_LENGTH) if last >= 0 else None
            if found:
                tall, wide = max(tall, int(found[2])), max(wide, column_number(found[1]) + 1)
            at, end = end + 1, self.xml.find(row_end, end + 1, self.end)
        return (tall, wide) if tall * wide <= enough else self._exact_extent()

    def _exact_extent(self) -> Place:
        tall = wide = 0
        for (row, column), _, _, body in self.cells():
            if body:
                tall, wide = max(tall, row + 1), max(wide, column + 1)
        return tall, wide

    def look(self, percent_styles: frozenset[bytes]) -> Seen:
        """All that is to be seen, by hits if the sheet is written as usual."""
        unusual = (b"='", b" =", b"= ", self.patterns.bare)
        odd = any(self.xml.find(sign, self.begin, self.end) >= 0 for sign in unusual)
        if not odd and b"0" not in percent_styles:
            try:
                return self._seen(self._marks(), self._percents(percent_styles), self._hidden())
            except _Walk:
                pass
        return self.walk(percent_styles)

    def cells(self, hidden: list[int] | None = None) -> Iterator[tuple[Place, bytes, bytes, bytes]]:
        """Every cell in turn: place, style, type, content; hidden rows are put in ``hidden``."""
        row, column = -1, -1
        for tag in self.patterns.cell.finditer(self.xml, self.begin, self.end):
            inside = tag[2] or b""
            given = attribute(inside, b"r")
            if tag[1] == b"row":
                numbered = _row(given)
                row, column = (numbered - 1 if numbered else row + 1), -1
                if hidden is not None and attribute(inside, b"hidden") in (b"1", b"true"):
                    hidden.append(row + 1)
                continue
            row, column = _place(given) if given else (max(row, 0), column + 1)
            end = tag.end() if tag[3] else self.xml.find(self.closing, tag.end())
            body = self.xml[tag.end() : max(end, tag.end())]
            yield (
                (row, column),
                attribute(inside, b"s") or b"0",
                attribute(inside, b"t") or b"",
                body,
            )

    def walk(self, percent_styles: frozenset[bytes]) -> Seen:
        """All that is to be seen, cell by cell."""
        marks: dict[Place, tuple[int, str]] = {}
        percent: list[Place] = []
        hidden: list[int] = []
        for place, style, kind, body in self.cells(hidden):
            mark = self._mark(kind, body)
            if mark is not None:
                marks[place] = mark
            if style in percent_styles:
                percent.append(place)
        return self._seen(marks, percent, tuple(hidden))

    def _seen(
        self, marks: dict[Place, tuple[int, str]], percent: list[Place], hidden: tuple[int, ...]
    ) -> Seen:
        merged = merges(self.xml, self.prefix, self.end)
        columns = hidden_columns(self.xml, self.prefix, self.begin)
        return Seen(marks, percent, hidden, merged, columns)

    def _mark(self, kind: bytes, body: bytes) -> tuple[int, str] | None:
        value = self.patterns.value.search(body)
        if kind == b"e":
            return ERROR, _text(value[1] if value else b"") or "#ERROR!"
        formula = self.patterns.formula.search(body)
        if formula is None or (value is not None and value[1].strip()):
            return None
        if kind == b"str" and b"<%bv" % self.prefix in body:
            return None  # the saved result is an empty text
        return NO_VALUE, "=" + _text(formula[1] or b"")

    def _marks(self) -> dict[Place, tuple[int, str]]:
        starts = {self._cell_start(m.start()) for m in self._all(self.patterns.uncached)}
        starts |= {self._cell_start(m.start()) for m in self._all(_ERROR)}
        marks = {}
        for start in sorted(starts):
            tag = self.xml[start : self.xml.find(b">", start)]
            body = self.xml[start + len(tag) + 1 : self.xml.find(self.closing, start)]
            mark = self._mark(attribute(tag, b"t") or b"", body)
            if mark is not None:
                marks[_place(attribute(tag, b"r"))] = mark
        return marks

    def _all(self, pattern: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
        return pattern.finditer(self.xml, self.begin, self.end)

    def _cell_start(self, inside: int) -> int:
        start = self.xml.rfind(b"<%bc " % self.prefix, self.begin, inside)
        if start < 0 or self.xml.find(self.closing, start, inside) >= 0:
            raise _Walk
        return start

    def _percents(self, styles: frozenset[bytes]) -> list[Place]:
        if not styles:
            return []
        hit = rb'<%bc\s([^>]*?\bs="(?:%b)"[^>]*)>' % (
            re.escape(self.prefix),
            b"|".join(sorted(styles)),
        )
        plain = re.compile(rb'r="([A-Z]{1,3})([1-9]\d{0,6})"')
        places = []
        for tag in self._all(re.compile(hit)):
            inside = tag[1]
            found = plain.match(inside)
            if found:
                places.append((int(found[2]) - 1, column_number(found[1])))
            else:
                places.append(_place(attribute(inside, b"r")))
        return places

    def _hidden(self) -> tuple[int, ...]:
        hidden = []
        for tag in self._all(self.patterns.hidden):
            number = _row(attribute(tag[1], b"r"))
            if number is None:
                raise _Walk
            hidden.append(number)
        return tuple(hidden)


def _place(address: bytes | None) -> Place:
    if address is None:
        raise _Walk
    found = _PLACE.match(address)
    if found is None:
        raise Unclear
    return int(found[2]) - 1, column_number(found[1])


def _row(given: bytes | None) -> int | None:
    return int(given) if given is not None and len(given) <= 7 and given.isdigit() else None


def _text(raw: bytes) -> str:
    return unescape(raw.decode("utf-8", "replace"))
